/**
 * Whether a notebook's outputs are those of the code that it shows: a hash of the code that made them
 * is kept in the notebook when it is written back.
 *
 * @module
 */
import { listNotebooks } from "../../notebook/conclusions.ts";
import { notebooksFolder } from "../../notebook/folders.ts";
import { type Notebook, readNotebook } from "../../notebook/notebook_file.ts";
import { codeHash } from "../code_hash.ts";
import { libraryHash } from "../library_files.ts";

/** What a notebook's metadata tells of the run that made its outputs. */
export interface ExecutedFrom {
  /** SHA-256 of its code cells. */
  readonly code: string;
  /** SHA-256 of the library's files. */
  readonly library: string;
}

const KEY = "executed_from";

/** The notebook with the code and the library that made its outputs named in its metadata. */
export async function stamped(notebook: Notebook): Promise<Notebook> {
  const from: ExecutedFrom = { code: codeHash(notebook), library: await libraryHash() };
  return { ...notebook, metadata: { ...notebook.metadata, [KEY]: from } };
}

/** A notebook whose outputs are older than what they should come from. */
export interface StaleNotebook {
  readonly notebook: string;
  /** Its own code: the outputs are of other code, or it is not known of which. Else the library. */
  readonly what: "code" | "library";
}

/**
 * The notebooks of a folder whose outputs are older than their code, or than the library. The latter
 * is for information: most changes of a library change no output.
 *
 * @throws {Error} if a notebook cannot be read.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { staleNotebooks } from "./freshness.ts";
 * const folder = await Deno.makeTempDir();
 * assert.deepEqual(await staleNotebooks(folder), []);
 * await Deno.remove(folder);
 * ```
 */
export async function staleNotebooks(
  folder: string = notebooksFolder,
  library?: string,
): Promise<StaleNotebook[]> {
  const now = library ?? await libraryHash();
  const found: StaleNotebook[] = [];
  for (const notebook of await listNotebooks(folder)) {
    const read = await readNotebook(`${folder}/${notebook}.ipynb`);
    const from = read.metadata[KEY] as Partial<ExecutedFrom> | undefined;
    if (from?.code !== codeHash(read)) found.push({ notebook, what: "code" });
    else if (from.library !== now) found.push({ notebook, what: "library" });
  }
  return found;
}

/** What is stale as a line of text, with what to do. */
export function describeStale({ notebook, what }: StaleNotebook): string {
  return what === "code"
    ? `${notebook}: its outputs are not of the code that it shows; ` +
      `run \`deno task companion ${notebook} --write\``
    : `${notebook}: the library has changed since its outputs were made (this may not matter)`;
}
