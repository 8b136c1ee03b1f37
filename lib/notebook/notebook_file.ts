/**
 * A notebook as a record: reading, writing, and the one form in which it is kept.
 *
 * @module
 */
import { stripVTControlCharacters } from "node:util";
import { writeWhole } from "../resources/mod.ts";

// Ours, not the types of @jupyterlab/nbformat: theirs are unions of whole records, for who writes
// them; here is read what a file may lack, and every access would need a cast.

/** One output of a code cell, as nbformat 4 keeps it. */
export interface Output {
  output_type: string;
  /** Of a stream. */
  name?: string;
  text?: string | string[];
  /** Of a display or a result: a MIME bundle. */
  data?: Record<string, unknown>;
  metadata?: Record<string, unknown>;
  execution_count?: number | null;
  /** Of an error. */
  ename?: string;
  evalue?: string;
  traceback?: string[];
}

/** One cell, as nbformat 4 keeps it. */
export interface Cell {
  id?: string;
  cell_type: string;
  source: string | string[];
  metadata: { tags?: string[]; [key: string]: unknown };
  outputs?: Output[];
  execution_count?: number | null;
  [key: string]: unknown;
}

/** A notebook of nbformat 4. */
export interface Notebook {
  cells: Cell[];
  metadata: Record<string, unknown>;
  nbformat: number;
  nbformat_minor: number;
}

/** The tag of a cell that was put in to set parameters. */
export const INJECTED = "injected-parameters";

const METADATA = {
  kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
  // The kernel adds versions here; they would change a committed notebook for nothing.
  language_info: {
    file_extension: ".ts",
    mimetype: "text/x.typescript",
    name: "typescript",
    nbconvert_exporter: "script",
    pygments_lexer: "typescript",
  },
};

/**
 * Reads a notebook.
 *
 * @throws {Error} naming the file, if it is not a notebook of format 4.
 */
export async function readNotebook(path: string): Promise<Notebook> {
  const text = await Deno.readTextFile(path);
  let value: Partial<Notebook> | null;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} is not a notebook: ${(error as Error).message}`);
  }
  if (!value || value.nbformat !== 4 || !Array.isArray(value.cells)) {
    throw new Error(`${path} is not a notebook of format 4: nbformat is ${value?.nbformat}`);
  }
  return { ...value, metadata: value.metadata ?? {} } as Notebook;
}

/** Writes a notebook in its kept form: one space of indent, keys sorted, texts line by line. */
export function writeNotebook(path: string, notebook: Notebook): Promise<void> {
  return writeWhole(path, serialize(notebook));
}

/** The text of a notebook's file; see {@linkcode writeNotebook}. */
export function serialize(notebook: Notebook): string {
  return `${JSON.stringify(sorted(notebook), null, 1)}\n`;
}

/** A text that nbformat keeps as one string or as lines. */
export function joined(text: string | readonly string[] | undefined): string {
  return text === undefined ? "" : typeof text === "string" ? text : text.join("");
}

/** A code cell with its index among all cells and its number among the code cells, from 1. */
export interface CodeCell {
  readonly cell: Cell;
  readonly index: number;
  readonly number: number;
  readonly source: string;
}

/**
 * The code cells that are run, in order. An injected cell has the number of the one before it,
 * so that the others keep theirs; an empty cell is not run and has none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { codeCells } from "./notebook_file.ts";
 * const cell = (cell_type: string, source: string) => ({ cell_type, source, metadata: {} });
 * const cells = [cell("markdown", "# Title"), cell("code", "1"), cell("code", "2")];
 * const notebook = { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 };
 * assert(codeCells(notebook)[1].number === 2 && codeCells(notebook)[1].index === 2);
 * ```
 */
export function codeCells(notebook: Notebook): CodeCell[] {
  let number = 0;
  return notebook.cells.flatMap((cell, index) => {
    const source = joined(cell.source);
    if (cell.cell_type !== "code" || source.trim() === "") return [];
    if (!hasTag(cell, INJECTED)) number++;
    return [{ cell, index, number, source }];
  });
}

/** Whether a cell carries a tag. */
export function hasTag(cell: Cell, tag: string): boolean {
  return cell.metadata.tags?.includes(tag) ?? false;
}

/** Whether a cell's code does nothing but import. */
export function onlyImports(source: string): boolean {
  const rest = source.replace(/^import\s[\s\S]*?from\s+["'][^"']+["'];?\s*$/gm, "");
  return source.trim() !== "" && rest.trim() === "";
}

/** The first heading of a notebook, or what is given instead. */
export function titleOf(notebook: Notebook, otherwise: string): string {
  for (const cell of notebook.cells) {
    const heading = cell.cell_type === "markdown" && /^#+\s+(.+?)\s*#*$/m.exec(joined(cell.source));
    if (heading) return heading[1];
  }
  return otherwise;
}

/**
 * The same notebook without what changes from run to run or from machine to machine: times,
 * versions, widget states, colour codes in texts; cells keep their ids, or get them by position.
 */
export function normalize(notebook: Notebook): Notebook {
  const numbers = new Map(codeCells(notebook).map(({ index, number }) => [index, number]));
  const { widgets: _, papermill: __, ...metadata } = notebook.metadata;
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { ...metadata, ...METADATA },
    cells: notebook.cells.map((cell, index) => {
      const { execution: _, ...metadata } = cell.metadata;
      const common = { ...cell, id: cell.id ?? `cell-${index + 1}`, metadata };
      if (cell.cell_type !== "code") return common;
      const outputs = (cell.outputs ?? []).map(withoutColours);
      const ran = cell.execution_count != null && !hasTag(cell, INJECTED);
      const execution_count = ran ? numbers.get(index) ?? null : null;
      return {
        ...common,
        execution_count,
        outputs: outputs.map((output) =>
          output.output_type === "execute_result" ? { ...output, execution_count } : output
        ),
      };
    }),
  };
}

function withoutColours(output: Output): Output {
  const stripped = { ...output };
  if (output.text !== undefined) stripped.text = stripVTControlCharacters(joined(output.text));
  if (output.evalue !== undefined) stripped.evalue = stripVTControlCharacters(output.evalue);
  if (output.traceback) stripped.traceback = output.traceback.map(stripVTControlCharacters);
  if (output.data && "text/plain" in output.data) {
    const plain = output.data["text/plain"] as string | string[];
    stripped.data = { ...output.data, "text/plain": stripVTControlCharacters(joined(plain)) };
  }
  return stripped;
}

// Keys in order as nbformat writes them, sources and texts as lists of lines: small differences.
function sorted(value: unknown, key = "", parent = ""): unknown {
  if (Array.isArray(value)) {
    const text = isText(key, parent) && value.every((line) => typeof line === "string");
    return text ? lines(value.join("")) : value.map((item) => sorted(item, "", key));
  }
  if (typeof value === "string") return isText(key, parent) ? lines(value) : value;
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0);
  return Object.fromEntries(
    entries.map(([name, item]) => [name, sorted(item, name, key === "" ? parent : key)]),
  );
}

function isText(key: string, parent: string): boolean {
  return key === "source" && parent === "cells" || key === "text" && parent === "outputs" ||
    parent === "data" && /^text\/|^image\/svg/.test(key);
}

function lines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? [];
}
