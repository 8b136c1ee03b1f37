/**
 * From jupyter-book's pages to the site: nothing that points outside, and beside the pages what they
 * need (plotly.js, MathJax, pictures, the notebooks as they are).
 *
 * @module
 */
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { serialize } from "../notebook.ts";
import { underPolicy } from "./policy.ts";
import { withReadingAids } from "./reading_aids.ts";
import { indexWithTitlesAsText, titleWithTags, withTitlesAsText } from "./titles.ts";
import type { SiteNotebooks } from "./sources.ts";

/** Of a page's head: a service for running code elsewhere, icons drawn by script (the fonts do). */
const UNWANTED: readonly RegExp[] = [
  /<script>const THEBE_JS_URL[^<]*<\/script>\s*/g,
  /<script async="async" src="[^"]*sphinx-thebe\.js[^"]*"><\/script>\s*/g,
  /<link [^>]*sphinx-thebe\.css[^>]*>\s*/g,
  /<script [^>]*fontawesome[^>]*><\/script>\s*/g,
  /<link rel="preload" as="font" [^>]*>\s*/g, // which is an error where the site is no server's
  /<link rel="index" [^>]*>\s*/g,
];

/** Scripts in the page, which its policy would not run; what they are for is in `start.js`. */
const INLINE: readonly RegExp[] = [
  /<script>(let toggle\w+|var togglebuttonSelector|kernelName|window\.MathJax) ?= ?[^<]*<\/script>\s*/g,
  /<script>DOCUMENTATION_OPTIONS\.pagename = [^<]*<\/script>\s*/g,
  /<script type="text\/x-thebe-config">[^<]*<\/script>\s*/g,
  /<script>\s*\/\/ Activate the search field[^<]*<\/script>\s*/g,
  /<script defer="defer" src="_static\/mathjax\/[^"]*"><\/script>\s*/g,
];

const START = '<script src="_static/start.js"></script>';
const MATHJAX = '<script defer src="_static/mathjax/tex-svg-full.js"></script>';

/**
 * A page without what points outside and without scripts in it, under the site's policy.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { finishedPage } from "./finish.ts";
 * const page = finishedPage("<head></head><script>\n document.write(`<b>a</b>`);\n</script>");
 * assert(page.startsWith("<head><meta") && page.endsWith("</head><b>a</b>"));
 * ```
 */
export function finishedPage(html: string): string {
  const plain = [...UNWANTED, ...INLINE].reduce((text, gone) => text.replace(gone, ""), html)
    .replace(/<script>\s*document\.write\(`([^`]*)`\);\s*<\/script>/g, (_, written) => written)
    .replace(/<script data-cfasync="false">[^<]*<\/script>/, START)
    .replaceAll('onclick="window.print()"', "data-print");
  // Sphinx does not see the formulas of outputs.
  const mathJax = /class="math /.test(plain) ? `${MATHJAX}\n` : "";
  return underPolicy(plain.replace("</head>", () => `${mathJax}</head>`));
}

/** What stands beside the pages, by path from the site's root. */
export type SiteFiles = Readonly<Record<string, string | Uint8Array>>;

/** Copies rendered pages into a new folder and adds what they need. */
export async function finishSite(
  rendered: string,
  folder: string,
  { notebooks, pages, files }: {
    readonly notebooks: SiteNotebooks;
    /** The pages there are; others are left from an earlier time. */
    readonly pages: readonly string[];
    readonly files: SiteFiles;
  },
): Promise<void> {
  await copyFolder(
    rendered,
    folder,
    (path) =>
      !/\.map$|\/fontawesome\/[^/]+\/js\/|sphinx-thebe|\/_sources\/|\.buildinfo$/.test(path) &&
      // Files of this machine that a text pointed to.
      !/\/_(downloads|images)\//.test(path.slice(rendered.length)),
  );
  const known = new Set([...pages, "index", "search"].map((name) => `${name}.html`));
  const html = new Map<string, string>();
  for await (const { name } of Deno.readDir(folder)) {
    if (!name.endsWith(".html")) continue;
    const path = `${folder}/${name}`;
    if (!known.has(name)) await Deno.remove(path);
    else html.set(path, await Deno.readTextFile(path));
  }
  const titles = [...html.values()].flatMap((page) => titleWithTags(page) ?? []);
  const byName = [...html].map(([path, page]) =>
    [basename(path, ".html"), withTitlesAsText(page, titles)] as const
  );
  const place = (name: string) => pages.indexOf(name);
  byName.sort(([a], [b]) => place(a) - place(b));
  for (const [name, page] of withReadingAids(new Map(byName))) {
    await Deno.writeTextFile(`${folder}/${name}.html`, finishedPage(page));
  }
  const index = `${folder}/searchindex.js`;
  const found = await Deno.readTextFile(index).catch(() => undefined);
  if (found) await Deno.writeTextFile(index, indexWithTitlesAsText(found));
  // The page's button gives the notebook itself, not what was made of it for the site.
  for (const [name, notebook] of notebooks) {
    await put(`${folder}/_sources/${name}.ipynb`, serialize(notebook));
  }
  await put(`${folder}/vendor/plotly.min.js`, await plotly());
  for (const [name, text] of Object.entries(await mathJax())) {
    await put(`${folder}/_static/mathjax/${name}`, text);
  }
  const start = fileURLToPath(new URL("./assets/start.js", import.meta.url));
  await put(`${folder}/_static/start.js`, await Deno.readTextFile(start));
  for (const [path, content] of Object.entries(files)) await put(`${folder}/${path}`, content);
}

async function plotly(): Promise<string> {
  return (await import("plotly.js-cartesian-dist-min/plotly-cartesian.min.js", {
    with: { type: "text" },
  })).default;
}

// One file with every extension and no fonts, and what keeps formulas from being more than that.
async function mathJax(): Promise<Record<string, string>> {
  const as = { with: { type: "text" } } as const;
  const [whole, safe] = await Promise.all([
    import("mathjax/es5/tex-svg-full.js", as),
    import("mathjax/es5/ui/safe.js", as),
  ]);
  return { "tex-svg-full.js": whole.default, "ui/safe.js": safe.default };
}

async function put(path: string, content: string | Uint8Array): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  if (typeof content === "string") await Deno.writeTextFile(path, content);
  else await Deno.writeFile(path, content);
}

/** Copies what lies in a folder and has a path, of folders with a slash at its end, that `wanted` accepts. */
export async function copyFolder(
  from: string,
  to: string,
  wanted: (path: string) => boolean = () => true,
): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    const path = `${from}/${name}`;
    if (!wanted(isDirectory ? `${path}/` : path)) continue;
    if (isDirectory) await copyFolder(path, `${to}/${name}`, wanted);
    else await Deno.copyFile(path, `${to}/${name}`);
  }
}
