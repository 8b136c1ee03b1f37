/**
 * What jupyter-book reads: the notebooks made ready, the other pages, the order of all.
 *
 * @module
 */
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { writeWhole } from "../../resources/mod.ts";
import { listNotebooks } from "../../notebook/conclusions.ts";
import { sameCode } from "../code_hash.ts";
import { type Notebook, readNotebook, serialize, titleOf } from "../../notebook/notebook_file.ts";
import { notebookPage } from "./notebook_page.ts";
import { allPages, pageSource, type SitePage } from "./site_page.ts";

/** Styles and scripts that Sphinx puts into each page, beside its own. */
const ASSETS = ["site.css", "reading.css", "plots.js", "figure_csv.js", "reading.js"];

/** The notebooks of a site: by name, in order. */
export type SiteNotebooks = ReadonlyMap<string, Notebook>;

/**
 * The committed notebooks, each as it was last run where that run had the same code.
 *
 * @throws {RangeError} if there is none, or if the name of one cannot be an address.
 * @throws {Error} if one cannot be read.
 */
export async function siteNotebooks(
  folder: string,
  executed?: string,
): Promise<SiteNotebooks> {
  const names = await listNotebooks(folder);
  if (names.length === 0) throw new RangeError(`there are no notebooks in ${folder}`);
  for (const name of names) {
    if (!/^[\p{L}\p{N}_][\p{L}\p{N}_ .()-]*$/u.test(name)) {
      throw new RangeError(
        `the notebook's name is ${name}; it must be letters, digits, spaces and _ . - ( )`,
      );
    }
  }
  return new Map(
    await Promise.all(names.map(async (name) => {
      const committed = await readNotebook(`${folder}/${name}.ipynb`);
      const run = executed &&
        await readNotebook(`${executed}/${name}.ipynb`).catch(() => undefined);
      return [name, run && sameCode(run, committed) ? run : committed] as const;
    })),
  );
}

/**
 * Writes the sources into a folder, leaving those that are as they were; gives the pictures that the
 * notebooks show, by file name.
 */
export async function writeSources(
  folder: string,
  notebooks: SiteNotebooks,
  pages: readonly SitePage[],
): Promise<Map<string, Uint8Array>> {
  const pictures = new Map<string, Uint8Array>();
  const written = new Map<string, string>();
  const names = [...notebooks.keys()];
  for (const [name, notebook] of notebooks) {
    const page = notebookPage(name, notebook, names);
    for (const [file, bytes] of page.pictures) pictures.set(file, bytes);
    written.set(`${name}.ipynb`, serialize(page.notebook));
  }
  for (const page of allPages(pages)) written.set(`${page.name}.md`, pageSource(page));
  const titles = [
    ...[...notebooks].map(([name, notebook]) => titleOf(notebook, name)),
    ...allPages(pages).map(({ title }) => title),
  ];
  const navigation = tableOfContents(names, pages) +
    titles.map((title) => `# ${title.replaceAll(/\s+/g, " ")}\n`).join("");
  written.set("_toc.yml", navigation);
  for (const name of ["_config.yml", ...ASSETS.map((asset) => `_static/${asset}`)]) {
    const asset = fileURLToPath(new URL(`./assets/${basename(name)}`, import.meta.url));
    written.set(name, await Deno.readTextFile(asset));
  }
  const isNew = await Deno.readTextFile(`${folder}/_toc.yml`).catch(() => "") !== navigation;
  for (const [name, text] of written) await writeIfChanged(`${folder}/${name}`, text, isNew);
  for await (const { name, isFile } of Deno.readDir(folder)) {
    if (isFile && !written.has(name)) await Deno.remove(`${folder}/${name}`);
  }
  return pictures;
}

/** The order of the pages, as jupyter-book reads it. */
function tableOfContents(names: readonly string[], pages: readonly SitePage[]): string {
  const [home] = pages.filter(({ first }) => first);
  const [root, ...chapters] = home ? [home.name, ...names] : names;
  const list = (pages: readonly SitePage[], key: string, indent: string): string =>
    pages.length === 0
      ? ""
      : `${indent}${key}:\n` + pages.map(({ name, pages = [] }) =>
        `${indent}- file: ${JSON.stringify(name)}\n${list(pages, "sections", `${indent}  `)}`
      ).join("");
  const part = (caption: string, pages: readonly SitePage[]) =>
    pages.length === 0 ? "" : `- caption: ${caption}\n${list(pages, "chapters", "  ")}`;
  const notebooks = chapters.map((name) => ({ name, title: name }));
  const parts = part("Notebooks", notebooks) +
    part("Beyond", pages.filter((page) => page !== home));
  return `format: jb-book\nroot: ${JSON.stringify(root)}\n${parts && `parts:\n${parts}`}`;
}

// What was not touched is not built again; but each page holds the navigation, so a new one touches all.
async function writeIfChanged(path: string, text: string, always: boolean): Promise<void> {
  const before = always ? undefined : await Deno.readTextFile(path).catch(() => undefined);
  if (before !== text) await writeWhole(path, text);
}
