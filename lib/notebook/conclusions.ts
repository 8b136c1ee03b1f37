/**
 * What the notebooks conclude: the headline figure and the claims that a notebook's last cell
 * shows, read back from its outputs.
 *
 * @module
 */
import { checkOptions, checkText, maybe } from "../numerics/checks.ts";
import { CLAIM_MARKS, VERDICTS } from "../experiments/claims/claim.ts";
import {
  CELL_ID,
  type ConcludedClaim,
  CONCLUSION_TYPE,
  type NotebookConclusion,
} from "./concluded.ts";
import { buildFolder, notebooksFolder } from "./folders.ts";
import { type Cell, type Notebook, type Output, readNotebook, titleOf } from "./notebook_file.ts";

/**
 * The conclusion among a notebook's outputs, the last if there are several; `undefined` if none.
 *
 * @throws {TypeError} if an output says it is a conclusion and is not of that form.
 */
export function conclusionOf(notebook: Notebook): NotebookConclusion | undefined {
  const found = concludingCell(notebook)?.outputs?.map(conclusionIn)
    .findLast((value) => value !== undefined);
  return found === undefined ? undefined : checked(found);
}

/** The last cell that shows a conclusion. */
function concludingCell(notebook: Notebook): Cell | undefined {
  return notebook.cells.findLast(({ outputs }) =>
    outputs?.some((output) => conclusionIn(output) !== undefined)
  );
}

const conclusionIn = (output: Output): unknown => output.data?.[CONCLUSION_TYPE];

/** One notebook of the series with what it concludes, if it was run to its end. */
export interface NotebookEntry {
  /** The file's name without `.ipynb`, as `06_fully_connected`. */
  readonly name: string;
  readonly title: string;
  /** The id of the cell that concludes. */
  readonly cell?: string;
  readonly conclusion?: NotebookConclusion;
}

/**
 * Every notebook of the series with its conclusion: from the last run on this machine where there
 * is one, unless the notebook's own file is newer, as after an update; else from its committed
 * outputs. The contents themselves are left out.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { collectConclusions } from "./conclusions.ts";
 * const folder = await Deno.makeTempDir();
 * assert((await collectConclusions({ notebooks: folder, executed: folder })).length === 0);
 * await Deno.remove(folder);
 * ```
 */
export async function collectConclusions(
  options: { readonly notebooks?: string; readonly executed?: string } = {},
): Promise<NotebookEntry[]> {
  const { notebooks = notebooksFolder, executed = `${buildFolder}/notebooks` } = checkOptions(
    "options",
    options,
    { notebooks: maybe(checkText), executed: maybe(checkText) },
  );
  const names = (await listNotebooks(notebooks)).filter((name) => !isContents(name));
  return await Promise.all(names.map(async (name) => {
    const [own, last] = [`${notebooks}/${name}.ipynb`, `${executed}/${name}.ipynb`];
    const committed = await readNotebook(own);
    const run = await isNewer(last, own) ? await readNotebook(last) : undefined;
    const read = run ?? committed;
    const { id } = concludingCell(read) ?? {};
    const cell = id !== undefined && CELL_ID.test(id) ? id : undefined;
    return { name, title: titleOf(committed, name), cell, conclusion: conclusionOf(read) };
  }));
}

/** Whether the first file is there, and was written after the second. */
async function isNewer(path: string, than: string): Promise<boolean> {
  const written = await Deno.stat(path).catch(() => undefined);
  return !!written?.mtime && written.mtime >= (await Deno.stat(than)).mtime!;
}

/** The notebooks of a folder by number, names without `.ipynb`. */
export async function listNotebooks(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { isFile, name } of Deno.readDir(folder)) {
    if (isFile && name.endsWith(".ipynb") && !name.startsWith(".")) names.push(name.slice(0, -6));
  }
  return names.sort((a, b) => parseInt(a) - parseInt(b) || (a < b ? -1 : 1));
}

/**
 * Whether a notebook is one of the pages before the first: the contents, which collect the others'
 * claims and so run last, and the notation. They conclude nothing.
 */
export function isContents(name: string): boolean {
  return /^0+(_|$)/.test(name);
}

function checked(value: unknown): NotebookConclusion {
  const { notebook, headline, claims } = (value ?? {}) as Partial<NotebookConclusion>;
  const isClaim = ({ claim, mark, cell, verdict, evidence }: ConcludedClaim) =>
    typeof claim === "string" && typeof evidence === "string" &&
    (cell === undefined || (typeof cell === "string" && CELL_ID.test(cell))) &&
    (mark === undefined || CLAIM_MARKS.includes(mark)) &&
    (VERDICTS as readonly unknown[]).includes(verdict);
  const whole = typeof notebook === "string" && typeof headline === "string" &&
    Array.isArray(claims) && claims.every((claim) => claim && isClaim(claim));
  if (whole) return { notebook, headline, claims };
  throw new TypeError(
    `the conclusion is ${JSON.stringify(value)?.slice(0, 200)}; it must be ` +
      "{ notebook, headline, claims: { claim, mark, verdict, evidence }[] } with a verdict of " +
      VERDICTS.join(", "),
  );
}
