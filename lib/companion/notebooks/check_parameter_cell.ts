/**
 * Checks the form of a notebook's parameters: where their cell is, what its comments state, and that
 * the cell after it has their values checked.
 *
 * @module
 */
import type { Finding } from "./finding.ts";
import { codeCells, hasTag, joined, type Notebook } from "../../notebook/notebook_file.ts";
import { checkValue } from "../../notebook/parameter_range.ts";
import { type Parameter, parametersOf } from "../../notebook/parameters.ts";

/** How many code cells may come before the end of the parameters: the imports and they themselves. */
const TOP = 2;

/**
 * What is wrong with the parameters of a notebook; nothing if it has none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parameterFindings } from "./check_parameter_cell.ts";
 * const cells = [
 *   { cell_type: "code", source: "let n = 0; // images, [1 … 9]", metadata: { tags: ["parameters"] } },
 *   { cell_type: "code", source: 'await checkParameters("01_made", { n });', metadata: {} },
 * ];
 * const notebook = { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 };
 * const [{ message }] = parameterFindings("01_made", notebook);
 * assert(message === "n is 0; it must be a number in [1 … 9]");
 * ```
 */
export function parameterFindings(notebook: string, { cells, ...rest }: Notebook): Finding[] {
  const code = codeCells({ cells, ...rest });
  const at = code.findIndex(({ cell }) => hasTag(cell, "parameters"));
  if (at < 0) return [];
  const { number, source } = code[at];
  const parameters = parametersOf({ cells, ...rest });
  const found: Finding[] = parameters.flatMap((parameter) => {
    const message = fault(parameter);
    const line = lineOf(source, parameter.name);
    return message === undefined ? [] : [{ notebook, cell: number, line, message }];
  });
  if (number > TOP) {
    found.push({
      notebook,
      cell: number,
      message: "the parameters must come first, or after imports",
    });
  }
  const next = code[at + 1];
  const names = parameters.map(({ name }) => name).join(", ");
  if (checkedNames(joined(next?.cell.source), notebook) !== names) {
    found.push({
      notebook,
      cell: next?.number ?? number,
      message:
        `the cell after the parameters must be: await checkParameters("${notebook}", { ${names} });`,
    });
  }
  return found;
}

function fault({ name, value, meaning, range }: Parameter): string | undefined {
  if (!meaning || !range) {
    return `the comment of ${name} must tell its meaning and end with its range, as in ` +
      "// training images, whole [1 … 50000]";
  }
  try {
    checkValue(name, JSON.parse(value), range);
  } catch (error) {
    return error instanceof SyntaxError
      ? `${name} is ${value}; it must be a number, a text in double quotes, a boolean or a list`
      : (error as Error).message;
  }
}

function checkedNames(source: string, notebook: string): string | undefined {
  const [, name, list] = /^await checkParameters\(\s*"([^"]*)",\s*\{([^}]*)\}\s*\);/.exec(source) ??
    [];
  if (name !== notebook) return undefined;
  return list.split(",").map((item) => item.trim()).filter((item) => item !== "").join(", ");
}

function lineOf(source: string, name: string): number {
  const lines = source.split("\n");
  return 1 +
    lines.findIndex((line) =>
      new RegExp(`^\\s*let\\s+${name.replaceAll("$", "\\$")}\\b`).test(line)
    );
}
