/**
 * The page that the site opens with: what README says first.
 *
 * @module
 */
// @ts-types="@types/escape-html"
import escapeHtml from "escape-html";
import { projectFolder } from "../../notebook/folders.ts";
import { pictureFile, picturesFolder, type Theme } from "./picture.ts";
import type { SitePage } from "./site_page.ts";

/** Where in README the site's page ends. */
const END = "<!-- The site's first page ends here. -->";

const THEMES: readonly Theme[] = ["light", "dark"];

/** The site's first page, of README and its pictures. */
export async function homePage(): Promise<SitePage> {
  const readme = await Deno.readTextFile(`${projectFolder}/README.md`);
  const pictures = await Promise.all(THEMES.map(async (theme) => {
    const file = pictureFile(theme);
    return [`pictures/${file}`, await Deno.readFile(`${picturesFolder}/${file}`)] as const;
  }));
  return {
    ...{ name: "index", first: true, title: /^# (.+)$/m.exec(readme)?.[1] ?? "Speed limits" },
    markdown: homeText(readme),
    files: Object.fromEntries(pictures),
  };
}

/**
 * README's beginning as the site's page: links lead to its pages, and the picture is that of the
 * page's theme, which need not be the browser's.
 *
 * @throws {RangeError} if README does not say where the page ends, or has no picture
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { homeText } from "./home_page.ts";
 * const readme = '# A\n\n[b](notebooks/b.ipynb)\n\n<picture>\n<img width="9" alt="c">\n</picture>\n' +
 *   "<!-- The site's first page ends here. -->\n\nd";
 * const text = homeText(readme);
 * assert.match(text, /^\[b\]\(b\.ipynb\)/);
 * assert.match(text, /class="only-dark"[^>]* alt="c"/);
 * assert.doesNotMatch(text, /d$/);
 * ```
 */
export function homeText(readme: string): string {
  const end = readme.indexOf(END);
  const picture = /<picture>[\s\S]*?<\/picture>/.exec(readme)?.[0];
  if (end < 0 || !picture) {
    throw new RangeError(
      `README.md has no ${picture ? END : "<picture>"} for the site's first page`,
    );
  }
  return readme.slice(0, end)
    .replace(/^# .+\n/, "")
    .replace(picture, () => themedPicture(picture))
    .replace(/^<!--.*-->\n/gm, "")
    .replaceAll("](notebooks/", "](")
    .trim();
}

/** Both pictures, of which the theme shows its own; the other is not fetched. */
function themedPicture(picture: string): string {
  const [, alt = ""] = /alt="([^"]*)"/.exec(picture) ?? [];
  const [, width = ""] = /width="(\d+)"/.exec(picture) ?? [];
  const images = THEMES.map((theme) => {
    const path = `pictures/${pictureFile(theme)}`;
    return `<a class="only-${theme}" href="${path}"><img class="only-${theme}" src="${path}" ` +
      `width="${width}" loading="lazy" alt="${escapeHtml(alt)}"></a>`;
  });
  return `<figure class="picture first">${images.join("")}</figure>`;
}
