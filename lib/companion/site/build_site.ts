/**
 * The companion as a site: its notebooks with their outputs, the library's reference, and pages
 * beside them, in a folder that needs no server and asks nothing of other machines.
 *
 * @module
 */
import { basename, dirname } from "node:path";
import {
  makePartial,
  putInPlace,
  removeIfPossible,
  removePartials,
} from "../../resources/files.ts";
import { withProjectLock } from "../project_lock.ts";
import { buildFolder, notebooksFolder, projectFolder } from "../../notebook/folders.ts";
import { sourceFiles } from "../library_files.ts";
import { copyFolder, finishSite, type SiteFiles } from "./finish.ts";
import { standingPages } from "./pages.ts";
import { publicSymbols, type Reference, referenceOf } from "./reference/mod.ts";
import { render } from "./render.ts";
import { allPages, type SitePage } from "./site_page.ts";
import { siteNotebooks, writeSources } from "./sources.ts";

/** What is built, and where. */
export interface SiteOptions {
  /** The folder of the committed notebooks. */
  readonly notebooks?: string;
  /** A folder of executed ones, which are taken where their code is the same. */
  readonly executed?: string;
  /** Where the site goes; what is there is replaced when the new one is whole. */
  readonly output?: string;
  /** What is kept from one time to the next, so that only what changed is built. */
  readonly work?: string;
  /** The pages beside the notebooks. */
  readonly pages?: readonly SitePage[];
  /** Whether the library's reference is made. */
  readonly reference?: boolean;
  /** Told the share of the work that is done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** A site that was built. */
export interface Site {
  readonly folder: string;
  /** The pages in the navigation's order, file names without `.html`. */
  readonly pages: readonly string[];
  /** What pages could not show, and what jupyter-book found amiss: links to nowhere and the like. */
  readonly warnings: readonly string[];
}

/**
 * Builds the site.
 *
 * @throws {RangeError} if there are no notebooks.
 * @throws {Error} if one cannot be read, or the pages cannot be made, with the tool's message.
 */
export async function buildSite(options: SiteOptions = {}): Promise<Site> {
  const { notebooks: from = notebooksFolder, executed, reference = true } = options;
  const { output = `${buildFolder}/site`, work = `${output}-work`, onProgress } = options;
  const made = reference ? await libraryReference() : undefined;
  const pages = options.pages ?? await standingPages(made);
  return await withProjectLock(`${work}/.lock`, async () => {
    const notebooks = await siteNotebooks(from, executed);
    const sources = `${work}/sources`;
    const pictures = await writeSources(sources, notebooks, pages);
    onProgress?.(0.05);
    const { folder: rendered, warnings } = await render(
      sources,
      work,
      (share) => onProgress?.(0.05 + 0.8 * share),
    );
    const all = allPages(pages);
    const of = (isFirst: boolean) =>
      all.filter(({ first = false }) => first === isFirst).map(({ name }) => name);
    const names = [...of(true), ...notebooks.keys(), ...of(false)];
    removePartials(dirname(output), basename(output));
    const partial = makePartial(dirname(output), basename(output));
    try {
      const files: SiteFiles = Object.assign(
        {},
        ...all.map((page) => page.files ?? {}),
        ...[...pictures].map(([file, bytes]) => ({ [`pictures/${file}`]: bytes })),
      );
      await finishSite(rendered, partial, { notebooks, pages: names, files, reference: made });
      // Sphinx leaves its copies as they were while no page has changed.
      await copyFolder(`${sources}/_static`, `${partial}/_static`);
      await Deno.chmod(partial, 0o755);
      putInPlace(partial, output);
    } finally {
      removeIfPossible(partial);
    }
    onProgress?.(1);
    const lacks = all.flatMap((page) => page.warnings ?? []);
    return { folder: output, pages: names, warnings: [...lacks, ...warnings] };
  });
}

/** The reference of the public names, with what each file of the library says of itself. */
async function libraryReference(): Promise<Reference> {
  const symbols = await publicSymbols();
  const texts = new Map<string, string>();
  for (const file of await sourceFiles(`${projectFolder}/lib`)) {
    const code = await Deno.readTextFile(`${projectFolder}/lib/${file}`);
    const [, comment] = /^\/\*\*([\s\S]*?)\*\//.exec(code) ?? [];
    if (!comment?.includes("@module")) continue;
    texts.set(file, comment.replace(/@module[\s\S]*/, "").replace(/^\s*\* ?/gm, "").trim());
  }
  return referenceOf(symbols, texts);
}
