/**
 * Working copies of the notebooks, for JupyterLab. It saves by itself, with pictures of its own among
 * the outputs: in a copy this changes no file that others share. A reader's edits stay there from one
 * start to the next; a copy that is as it was made follows the notebook.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Figure } from "../../figures/figure.ts";
import { forEitherTheme, PLOTLY } from "../../notebook/show.ts";
import { writeWhole } from "../../resources/mod.ts";
import { fileError } from "../../resources/set_up_error.ts";
import { listNotebooks } from "../../notebook/conclusions.ts";
import { notebooksFolder } from "../../notebook/folders.ts";
import { workingFolder } from "../folders.ts";
import {
  type Cell,
  hasTag,
  joined,
  type Notebook,
  onlyImports,
  type Output,
  readNotebook,
  serialize,
} from "../../notebook/notebook_file.ts";

/** What a copy's metadata tells of its origin. */
interface Origin {
  /** SHA-256 of the notebook's file, and of the form that copies have. */
  readonly notebook: string;
  /** SHA-256 of the copy's cells as they were made. */
  readonly cells: string;
}

const KEY = "copied_from";

/** To be raised when {@linkcode workingCopy} makes other copies than before: they are then renewed. */
const FORM = "1";

/** What was done with one copy. */
export interface CopyReport {
  /** The notebook's name, without `.ipynb`. */
  readonly name: string;
  /**
   * Made, where there was none; renewed, as the notebook has changed and the copy had not been edited;
   * kept, as both have changed; or not read, as it is no notebook.
   */
  readonly what: "made" | "renewed" | "kept" | "unreadable";
}

/**
 * Makes the copies that are missing and renews those that are older than their notebook, but for
 * those that were edited. Says what was done; nothing of the copies that needed nothing.
 *
 * @throws {SetUpError} if the folder cannot be written to
 * @throws {Error} if a notebook cannot be read
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { updateCopies } from "./working_copies.ts";
 * const folder = await Deno.makeTempDir();
 * const made = await updateCopies({ folder });
 * assert.equal(made[0].what, "made");
 * assert.deepEqual(await updateCopies({ folder }), []);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function updateCopies(
  { notebooks = notebooksFolder, folder = workingFolder }: {
    readonly notebooks?: string;
    readonly folder?: string;
  } = {},
): Promise<CopyReport[]> {
  const reports: CopyReport[] = [];
  for (const name of await listNotebooks(notebooks)) {
    const [from, to] = [`${notebooks}/${name}.ipynb`, `${folder}/${name}.ipynb`];
    const hash = sha256(FORM, await Deno.readTextFile(from));
    const what = await stateOf(to, hash);
    if (what === "made" || what === "renewed") {
      const copy = serialize(workingCopy(await readNotebook(from), hash));
      await writeWhole(to, copy).catch((error) => {
        throw fileError(error, folder, "See to it that you may write there");
      });
    }
    if (what !== "current") reports.push({ name, what });
  }
  return reports;
}

async function stateOf(path: string, hash: string): Promise<CopyReport["what"] | "current"> {
  if (!await Deno.lstat(path).catch(() => undefined)) return "made";
  const copy = await readNotebook(path).catch(() => undefined);
  if (!copy) return "unreadable";
  const origin = copy.metadata[KEY] as Partial<Origin> | undefined;
  if (origin?.notebook === hash) return "current";
  return origin?.cells === cellsHash(copy) ? "renewed" : "kept";
}

/**
 * A notebook as it is worked on: figures without the picture that JupyterLab would show in their
 * place, and to be read on a light and on a dark page; what only imports is folded.
 *
 * @param hash tells the notebook from a later one
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { workingCopy } from "./working_copies.ts";
 * const cell = { cell_type: "code", source: 'import { a } from "./a.ts";', metadata: {} };
 * const made = { cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 };
 * assert.deepEqual(workingCopy(made, "").cells[0].metadata.jupyter, { source_hidden: true });
 * ```
 */
export function workingCopy(notebook: Notebook, hash: string): Notebook {
  const cells = notebook.cells.map((cell) =>
    cell.cell_type === "code"
      ? { ...folded(cell), outputs: (cell.outputs ?? []).map(interactive) }
      : cell
  );
  const origin: Origin = { notebook: hash, cells: cellsHash(notebook) };
  return { ...notebook, cells, metadata: { ...notebook.metadata, [KEY]: origin } };
}

function folded(cell: Cell): Cell {
  const plumbing = hasTag(cell, "hide-input") || onlyImports(joined(cell.source));
  if (!plumbing || hasTag(cell, "show-input")) return cell;
  const jupyter = { ...cell.metadata.jupyter as Record<string, unknown>, source_hidden: true };
  return { ...cell, metadata: { ...cell.metadata, jupyter } };
}

function interactive(output: Output): Output {
  const figure = output.data?.[PLOTLY] as Figure | undefined;
  if (!figure?.data || !figure.layout) return output;
  const { "image/png": _, ...data } = output.data!;
  return { ...output, data: { ...data, [PLOTLY]: forEitherTheme(figure) } };
}

/** Of what a reader edits; cells that were left empty, as JupyterLab adds one in the end, are none. */
function cellsHash({ cells }: Notebook): string {
  const sources = cells.map(({ cell_type, source }) => [cell_type, joined(source).trimEnd()]);
  return sha256(JSON.stringify(sources.filter(([, source]) => source !== "")));
}

function sha256(...texts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(text).update("\0");
  return hash.digest("hex");
}

/** What was done, in lines for a terminal; `folder` is how the copies' folder is called there. */
export function describeCopies(reports: readonly CopyReport[], folder = "lab"): string[] {
  const names = (what: CopyReport["what"]) =>
    reports.filter((report) => report.what === what).map(({ name }) => `${name}.ipynb`);
  const [made, renewed, kept, unreadable] = (["made", "renewed", "kept", "unreadable"] as const)
    .map(names);
  const again = "rename or remove it and run `deno task lab` again";
  return [
    ...made.length > 0
      ? [
        `Copied into ${folder}/, for you to work on: ` +
        (made.length > 3 ? `${made.length} notebooks` : made.join(", ")),
      ]
      : [],
    ...renewed.length > 0
      ? [`Renewed in ${folder}/, as the notebook has changed: ${renewed.join(", ")}`]
      : [],
    ...kept.map((name) =>
      `${folder}/${name} stays as you edited it, but notebooks/${name} has changed since: ` +
      `to have the new one, ${again}.`
    ),
    ...unreadable.map((name) =>
      `${folder}/${name} cannot be read as a notebook and is left alone: to have a fresh one, ${again}.`
    ),
  ];
}
