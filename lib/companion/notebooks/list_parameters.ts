import { stripVTControlCharacters } from "node:util";
import { listNotebooks } from "../../notebook/conclusions.ts";
import { notebooksFolder } from "../../notebook/folders.ts";
import { readNotebook, titleOf } from "../../notebook/notebook_file.ts";
import { commentOf, parametersOf } from "../../notebook/parameters.ts";
import { selectNotebooks } from "./plan_run.ts";

/**
 * The notebooks with their parameters, as lines of text: each parameter's default, its meaning with
 * the unit, its range.
 *
 * @param only these notebooks, by number or name; all if there are none
 * @throws {RangeError} if a name fits no notebook.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { listParameters } from "./list_parameters.ts";
 * const lines = await listParameters(["02"]);
 * assert(/^ {2}bend = 0.5 .*\[-5 … 5\]$/m.test(lines.join("\n")));
 * ```
 */
export async function listParameters(
  only: readonly string[] = [],
  { notebooks = notebooksFolder } = {},
): Promise<string[]> {
  const names = await listNotebooks(notebooks);
  const wanted = new Set(selectNotebooks(names, only));
  const lines: string[] = [];
  for (const name of names.filter((name) => wanted.has(name))) {
    const notebook = await readNotebook(`${notebooks}/${name}.ipynb`);
    const parameters = parametersOf(notebook).map((parameter) => ({
      assignment: `${parameter.name} = ${parameter.value}`,
      meaning: commentOf(parameter),
    }));
    const width = Math.max(...parameters.map(({ assignment }) => assignment.length));
    if (lines.length > 0) lines.push("");
    lines.push(
      `${name}: ${titleOf(notebook, name)}`,
      ...parameters.map(({ assignment, meaning }) => `  ${assignment.padEnd(width)}  ${meaning}`),
      ...(parameters.length === 0 ? ["  no parameters"] : []),
    );
  }
  return lines.map(printable);
}

// What a notebook holds must not steer the terminal.
function printable(text: string): string {
  // deno-lint-ignore no-control-regex
  return stripVTControlCharacters(text).replace(/[\x00-\x1f\x7f-\x9f]/g, "").trimEnd();
}
