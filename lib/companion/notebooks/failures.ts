/**
 * A notebook's failure, told so that a reader finds the place: the cell, the error, the code.
 *
 * @module
 */
import { stripVTControlCharacters } from "node:util";
import type { Failure } from "./execute_notebook.ts";
import { codeCells, joined, type Notebook } from "../../notebook/notebook_file.ts";

const SHOWN_LINES = 15;

/** The report of a failure, several lines: notebook and cell, error, trace, the cell's code. */
export function describeFailure(name: string, notebook: Notebook, failure: Failure): string {
  const { kind, message, traceback, log } = failure;
  const at = codeCells(notebook).find(({ index }) => index === failure.cell);
  const place = at ? `${name}, cell ${at.number}` : `${name}, before its first cell`;
  const happened = {
    error: "failed",
    timeout: "took too long",
    dead: "lost its kernel",
    start: "could not be run",
  }[kind];
  const error = kind === "error" ? `${failure.name}: ${message}` : message;
  // The trace begins with the error itself; its frames come after.
  const trace = stripVTControlCharacters(traceback.join("\n")).split("\n").filter((line) =>
    /^\s+at /.test(line)
  );
  const lines = (at?.source ?? "").split("\n");
  const hidden = lines.length - SHOWN_LINES;
  const code = lines.slice(0, SHOWN_LINES).map((line, i) =>
    `${String(i + 1).padStart(5)} | ${line}`
  );
  return [
    `${place}: ${happened}`,
    ...indented(stripVTControlCharacters(error).trimEnd().split("\n")),
    ...indented(trace.map((line) => line.trimStart()), "    "),
    ...(at ? code : []),
    ...(at && hidden > 0 ? [`      … ${hidden} more lines`] : []),
    ...(kind !== "error" && log.length > 0 ? ["  Last messages:", ...indented(log, "    ")] : []),
  ].join("\n");
}

/**
 * The same failure, with a message where the kernel gives none: of a cell that is not TypeScript
 * it says only "Execution failed".
 */
export async function explained(failure: Failure, notebook: Notebook): Promise<Failure> {
  if (failure.kind !== "error" || failure.message !== "Execution failed") return failure;
  const message = await syntaxError(joined(notebook.cells[failure.cell ?? 0].source));
  return message ? { ...failure, name: "SyntaxError", message } : failure;
}

/** The notebook with the failure among its cell's outputs, where the kernel left none. */
export function withError(notebook: Notebook, failure?: Failure): Notebook {
  const at = failure?.cell;
  if (!failure || at === undefined) return notebook;
  const outputs = notebook.cells[at].outputs ?? [];
  if (outputs.some(({ output_type }) => output_type === "error")) return notebook;
  const { name: ename, message: evalue } = failure;
  const traceback = `${ename}: ${evalue}`.split("\n");
  const cell = {
    ...notebook.cells[at],
    outputs: [...outputs, { output_type: "error", ename, evalue, traceback }],
  };
  return { ...notebook, cells: notebook.cells.with(at, cell) };
}

async function syntaxError(source: string): Promise<string | undefined> {
  const fmt = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--no-config", "--ext=ts", "-"],
    env: { NO_COLOR: "1" },
    stdin: "piped",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const stdin = fmt.stdin.getWriter();
  await stdin.write(new TextEncoder().encode(source));
  await stdin.close();
  const { success, stderr } = await fmt.output();
  if (success) return undefined;
  const said = new TextDecoder().decode(stderr);
  return /SyntaxError: ([\s\S]*?)\n\s+at /.exec(stripVTControlCharacters(said))?.[1] ?? said;
}

function indented(lines: readonly string[], by = "  "): string[] {
  return lines.map((line) => by + line);
}
