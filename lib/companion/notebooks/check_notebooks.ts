/**
 * Checks types, lint and format of the notebooks' code, and the form of their parameters. Neither
 * `deno check` nor `deno lint` reads a notebook: its cells are joined into one module, and what is
 * found is told by cell and line. (`deno fmt --check` reads it, and finds fault with every one: each
 * cell goes to it as a file.)
 *
 * @module
 */
import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { writeWhole } from "../../resources/mod.ts";
import { parameterFindings } from "./check_parameter_cell.ts";
import type { Finding } from "./finding.ts";
import { listNotebooks } from "../../notebook/conclusions.ts";
import { buildFolder, notebooksFolder, projectFolder } from "../../notebook/folders.ts";
import { codeCells, hasTag, type Notebook, readNotebook } from "../../notebook/notebook_file.ts";
import { parametersOf } from "../../notebook/parameters.ts";

/** A notebook's code as one module, and where each of its lines comes from. */
export interface JoinedModule {
  readonly text: string;
  /** By the module's line, from 0: the code cell's number and its line, both from 1. */
  readonly origins: readonly (Origin | undefined)[];
}

/** A line of a notebook's code. */
export interface Origin {
  readonly cell: number;
  readonly line: number;
}

/**
 * Joins a notebook's code cells into one module that sits in any folder: its relative imports are
 * made absolute, seen from the notebook's folder.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { joinCells } from "./check_notebooks.ts";
 * const cell = (source: string) => ({ cell_type: "code", source, metadata: {} });
 * const cells = [cell("const a = 1;"), cell("\na + 1;")];
 * const { origins } = joinCells({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }, ".");
 * assert(origins[4]?.cell === 2 && origins[4]?.line === 2);
 * ```
 */
export function joinCells(notebook: Notebook, folder: string): JoinedModule {
  const lines: string[] = [];
  const origins: (Origin | undefined)[] = [];
  const between = (line: string) => {
    lines.push(line);
    origins.push(undefined);
  };
  for (const { cell, number, source } of codeCells(notebook)) {
    between(";"); // a cell that ends without one must not run on into the next
    absoluteImports(source, folder).split("\n").forEach((line, i) => {
      lines.push(line);
      origins.push({ cell: number, line: i + 1 });
    });
    const names = hasTag(cell, "parameters") ? parametersOf(notebook).map(({ name }) => name) : [];
    if (names.length > 0) {
      // A run may set them: without this the checker takes `let mode: "a" | "b" = "a"` for "a".
      between(`;[${names.join(", ")}] = JSON.parse("[]");`);
    }
  }
  between("export {};"); // a module, with or without imports: cells may await
  return { text: `${lines.join("\n")}\n`, origins };
}

/**
 * Everything that `deno check`, `deno lint` and `deno fmt` find in the code of a folder's notebooks,
 * and what is wrong with their parameters, by notebook, cell and line; none if all is well.
 *
 * @throws {Error} if a notebook cannot be read.
 */
export async function checkNotebooks(
  { notebooks = notebooksFolder, build = buildFolder } = {},
): Promise<Finding[]> {
  const names = await listNotebooks(notebooks);
  const folder = `${build}/check`;
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  const modules = new Map<string, { name: string; origins: JoinedModule["origins"] }>();
  const cells = new Map<string, { notebook: string; cell: number }>();
  const ofParameters: Finding[] = [];
  for (const name of names) {
    const notebook = await readNotebook(`${notebooks}/${name}.ipynb`);
    for (const { number, source } of codeCells(notebook)) {
      const path = `${folder}/${name}.cells/${number}.ts`;
      await writeWhole(path, `${source}\n`);
      cells.set(path, { notebook: name, cell: number });
    }
    ofParameters.push(...parameterFindings(name, notebook));
    const { text, origins } = joinCells(notebook, notebooks);
    await writeWhole(`${folder}/${name}.ts`, text);
    modules.set(pathToFileURL(`${folder}/${name}.ts`).href, { name, origins });
  }
  if (names.length === 0) return [];
  const paths = names.map((name) => `${folder}/${name}.ts`);
  const find = (href: string, line: number, message: string): Finding => {
    const module = modules.get(href);
    return module
      ? { notebook: module.name, ...module.origins[line - 1], message }
      : { notebook: names.join(", "), message: `${message} (${href}:${line})` };
  };
  const found = [
    ...ofParameters,
    ...await typeFindings(paths, find),
    ...await lintFindings(paths, find),
    ...await formatFindings(cells),
  ];
  return found.sort((a, b) =>
    a.notebook < b.notebook
      ? -1
      : a.notebook > b.notebook
      ? 1
      : (a.cell ?? 0) - (b.cell ?? 0) || (a.line ?? 0) - (b.line ?? 0)
  );
}

/** A finding as one line of text, more where the message has more. */
export function describeFinding({ notebook, cell, line, message }: Finding): string {
  const place = cell === undefined ? notebook : `${notebook}, cell ${cell}, line ${line}`;
  return `${place}: ${message}`;
}

type Find = (href: string, line: number, message: string) => Finding;

async function typeFindings(paths: readonly string[], find: Find): Promise<Finding[]> {
  const { success, errors } = await deno(["check", ...paths]);
  if (success) return [];
  const found: Finding[] = [];
  // Each block is a message, the line and its mark, and the place; a syntax error has it inside.
  for (const block of errors.split(/\n\s*\n/)) {
    const place = /(?:\bat )?(file:\/\/\S+?):(\d+):\d+/.exec(block);
    if (!place) continue;
    const message = block.slice(0, place.index).split("\n")
      .filter((line) => !/^\s*(Check|Warning|npm)\b/.test(line)).join("\n").trim();
    found.push(find(place[1], Number(place[2]), message.replace(/^(?:error: )?/, "")));
  }
  // A failure without a place must not pass for none.
  return found.length > 0 ? found : [{ notebook: "notebooks", message: errors.trim() }];
}

interface LintReport {
  readonly diagnostics: readonly {
    readonly filename: string;
    readonly range: { readonly start: { readonly line: number } };
    readonly message: string;
    readonly code: string;
    readonly hint?: string;
  }[];
  readonly errors: readonly { readonly file_path: string; readonly message: string }[];
}

async function lintFindings(paths: readonly string[], find: Find): Promise<Finding[]> {
  const { success, text, errors } = await deno(["lint", "--json", ...paths]);
  if (success) return [];
  let report: LintReport;
  try {
    report = JSON.parse(text);
  } catch {
    return [{ notebook: "notebooks", message: errors.trim() }];
  }
  // What does not parse is told by `deno check`; what was put between the cells is nobody's code.
  return report.diagnostics.map(({ filename, range, message, code, hint }) =>
    find(filename, range.start.line, `lint ${code}: ${message}${hint ? ` (${hint})` : ""}`)
  ).filter(({ cell }) => cell !== undefined);
}

async function formatFindings(
  cells: ReadonlyMap<string, { readonly notebook: string; readonly cell: number }>,
): Promise<Finding[]> {
  if (cells.size === 0) return [];
  const { success, errors } = await deno(["fmt", "--check", ...cells.keys()]);
  if (success) return [];
  const places = [...errors.matchAll(/^from (.+):\n\s*(\d+) \|/gm)];
  const found = places.map(([, path, line]) => ({
    ...(cells.get(path) ?? { notebook: path }),
    line: Number(line),
    message: "format: `deno fmt` would write this otherwise",
  }));
  // What does not parse is told by `deno check`.
  const silent = found.length === 0 && !/SyntaxError/.test(errors);
  return silent ? [{ notebook: "notebooks", message: errors.trim() }] : found;
}

async function deno(
  args: readonly string[],
): Promise<{ success: boolean; text: string; errors: string }> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: projectFolder,
    env: { NO_COLOR: "1" },
  }).output();
  const decode = (bytes: Uint8Array) => stripVTControlCharacters(new TextDecoder().decode(bytes));
  return { success, text: decode(stdout), errors: decode(stderr) };
}

function absoluteImports(source: string, folder: string): string {
  const base = `${pathToFileURL(folder).href}/`;
  return source.replace(
    /(\bfrom\s*|\bimport\s*\(?\s*)(["'])(\.\.?\/[^"'\n]*)\2/g,
    (_, before, quote, path) => `${before}${quote}${new URL(path, base).href}${quote}`,
  );
}
