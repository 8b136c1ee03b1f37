/**
 * From jupyter-book's pages to the site: formulas set, nothing that points outside, and beside the
 * pages what they need (plotly.js, fonts, pictures, the notebooks as they are).
 *
 * @module
 */
import { readdir } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { serialize } from "../../notebook/notebook_file.ts";
import { projectFolder } from "../../notebook/folders.ts";
import { accessible } from "./accessible.ts";
import { pageInFrame } from "./frame.ts";
import { lightCode } from "./light_code.ts";
import { lightStyles } from "./light_styles.ts";
import { mathFiles, withFormulas } from "./math_html.ts";
import { type Reference, sourceArticle, withLinkedNames } from "./reference/mod.ts";
import { underPolicy } from "./policy.ts";
import { withReadingAids } from "./reading_aids.ts";
import { boxedTables } from "./tables.ts";
import { indexWithTitlesAsText, titleWithTags, withTitlesAsText } from "./titles.ts";
import type { SiteNotebooks } from "./sources.ts";

/** A service for running code elsewhere, icons drawn by script (the fonts do), links to nowhere. */
const UNWANTED: readonly RegExp[] = [
  /<script>const THEBE_JS_URL[^<]*<\/script>\s*/g,
  /<script async="async" src="[^"]*sphinx-thebe\.js[^"]*"><\/script>\s*/g,
  /<link [^>]*sphinx-thebe\.css[^>]*>\s*/g,
  /<script [^>]*fontawesome[^>]*><\/script>\s*/g,
  /<link rel="preload" as="font" [^>]*>\s*/g, // which is an error where the site is no server's
  /<link rel="index" [^>]*>\s*/g,
  /<script [^>]*design-tabs\.js[^>]*><\/script>\s*/g, // of which there are none
  // The source of a page that is no notebook, which is not beside the pages.
  /<li><a href="_sources\/[^"]*\.md"(?:(?!<\/li>)[\s\S])*<\/li>\s*/g,
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
const FORMULAS = '<link rel="stylesheet" href="_static/katex/katex.css">';

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
  const boxed = boxedTables(plain);
  const set = withFormulas(boxed);
  const style = set === boxed ? "" : `${FORMULAS}\n`;
  return underPolicy(accessible(set).replace("</head>", () => `${style}</head>`));
}

/** What stands beside the pages, by path from the site's root. */
export type SiteFiles = Readonly<Record<string, string | Uint8Array>>;

/** Copies rendered pages into a new folder and adds what they need. */
export async function finishSite(
  rendered: string,
  folder: string,
  { notebooks, pages, files, reference }: {
    readonly notebooks: SiteNotebooks;
    /** The pages there are; others are left from an earlier time. */
    readonly pages: readonly string[];
    readonly files: SiteFiles;
    /** The library's, for the links in code and the sources beside. */
    readonly reference?: Reference;
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
  const addresses = reference?.addresses ?? new Map<string, string>();
  const byName = [...html].map(([path, page]) =>
    [basename(path, ".html"), withTitlesAsText(page, titles)] as const
  );
  const place = (name: string) => pages.indexOf(name);
  byName.sort(([a], [b]) => place(a) - place(b));
  for (const [name, page] of withReadingAids(new Map(byName))) {
    const types = /^api_\w+$/.test(name);
    const finished = withLinkedNames(finishedPage(page), addresses, { types });
    html.set(`${folder}/${name}.html`, lightCode(finished));
  }
  for (const [path, page] of html) await Deno.writeTextFile(path, page);
  await lightenStyles(`${folder}/_static`, [...html.values()]);
  if (reference) await putSources(folder, reference.sources);
  const index = `${folder}/searchindex.js`;
  const found = await Deno.readTextFile(index).catch(() => undefined);
  if (found) await Deno.writeTextFile(index, indexWithTitlesAsText(found));
  // The page's button gives the notebook itself, not what was made of it for the site.
  for (const [name, notebook] of notebooks) {
    await put(`${folder}/_sources/${name}.ipynb`, serialize(notebook));
  }
  const start = fileURLToPath(new URL("./assets/start.js", import.meta.url));
  await put(`${folder}/_static/start.js`, await Deno.readTextFile(start));
  const beside = { ...await plotly(), ...await mathFiles(), ...files };
  for (const [path, content] of Object.entries(beside)) await put(`${folder}/${path}`, content);
}

/** The library's files as pages, each in the frame of the page that leads to them all. */
async function putSources(folder: string, sources: readonly string[]): Promise<void> {
  const frame = await Deno.readTextFile(`${folder}/library.html`);
  for (const source of sources) {
    const text = await Deno.readTextFile(`${projectFolder}/lib/${source}`);
    const page = { title: `lib/${source}`, article: sourceArticle(source, text) };
    const path = `source/${source}.html`;
    await put(`${folder}/${path}`, pageInFrame(frame, { ...page, path }));
  }
}

/** The theme's own style sheets, each made anew from the one it came with. */
async function lightenStyles(folder: string, pages: readonly string[]): Promise<void> {
  const scripts: string[] = [];
  const styles: Record<string, string> = {};
  await Deno.mkdir(folder, { recursive: true });
  for (const path of await readdir(folder, { recursive: true })) {
    if (/(^|[/\\])katex[/\\]/.test(path)) continue; // whose pages have all that it is for
    if (path.endsWith(".js")) scripts.push(await Deno.readTextFile(`${folder}/${path}`));
    if (path.endsWith(".css")) styles[path] = await Deno.readTextFile(`${folder}/${path}`);
  }
  for (const [path, css] of Object.entries(await lightStyles(styles, pages, scripts))) {
    await Deno.writeTextFile(`${folder}/${path}`, css);
  }
}

/** Plotly for lines and bars, and the larger one that draws heat maps too, for pages with one. */
async function plotly(): Promise<Record<string, string>> {
  const as = { with: { type: "text" } } as const;
  const [basic, cartesian] = await Promise.all([
    import("plotly.js-basic-dist-min/plotly-basic.min.js", as),
    import("plotly.js-cartesian-dist-min/plotly-cartesian.min.js", as),
  ]);
  return {
    "vendor/plotly.min.js": basic.default,
    "vendor/plotly-cartesian.min.js": cartesian.default,
  };
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
