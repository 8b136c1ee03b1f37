/**
 * A notebook's parameters: the `let name = value; // meaning, range` lines of the cell tagged
 * `parameters`, and the cell put in after it to give them other values.
 *
 * @module
 */
import { didYouMean } from "../numerics/checks.ts";
import { type Cell, hasTag, INJECTED, joined, type Notebook } from "./notebook_file.ts";
import { checkValue, type ParameterRange, parseComment, told } from "./parameter_range.ts";

/** New values by the parameter's name. */
export type Values = Readonly<Record<string, unknown>>;

/** A parameter as the notebook declares it: its name, its value in TypeScript, its comment. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
  readonly meaning: string;
  readonly range?: ParameterRange;
}

/** So many seeds at most are made from their number. */
const MOST_SEEDS = 1000;

/**
 * The parameters a notebook declares, in order; none if it has no cell tagged `parameters`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parametersOf } from "./parameters.ts";
 * const cell = {
 *   cell_type: "code",
 *   source: "let n = 500; // images, whole [1 … 50000]",
 *   metadata: { tags: ["parameters"] },
 * };
 * const notebook = { cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 };
 * const [{ name, value, meaning, range }] = parametersOf(notebook);
 * assert(name === "n" && value === "500" && meaning === "images");
 * assert(range?.text === "whole [1 … 50000]");
 * ```
 */
export function parametersOf(notebook: Notebook): Parameter[] {
  const cell = notebook.cells.find((cell) => hasTag(cell, "parameters"));
  return cell ? parametersIn(joined(cell.source)) : [];
}

/**
 * The notebook with a cell after the parameters' that gives new values to some of them.
 *
 * Values as they are typed on a command line are understood: a number for a text is a text; `0,1,2`
 * or a single item for a list is a list; and a number for the list `seeds` counts them from 0.
 *
 * @throws {RangeError} naming the parameters there are, if a name is none of them; or if a value is
 * outside of its range.
 * @throws {TypeError} if a value is of another kind than the declared one, or no plain value.
 */
export function setParameters(notebook: Notebook, values: Values, name: string): Notebook {
  const declared = parametersOf(notebook);
  const assignments = Object.entries(values).map(([key, value]) => {
    const parameter = declared.find((parameter) => parameter.name === key);
    if (!parameter) throw unknownParameter(key, declared, name);
    return `${key} = ${literal(fitting(value, parameter, name), key)};`;
  });
  if (assignments.length === 0) return notebook;
  const at = notebook.cells.findIndex((cell) => hasTag(cell, "parameters"));
  const injected: Cell = {
    id: INJECTED,
    cell_type: "code",
    metadata: { tags: [INJECTED] },
    source: ["// Set for this run.", ...assignments].join("\n"),
    outputs: [],
    execution_count: null,
  };
  return { ...notebook, cells: notebook.cells.toSpliced(at + 1, 0, injected) };
}

/** The error for a name that is no parameter: the nearest, if it is near, and all there are. */
export function unknownParameter(
  key: string,
  declared: readonly Pick<Parameter, "name" | "value">[],
  notebook: string,
): RangeError {
  const shown = shownName(key);
  return new RangeError(
    declared.length === 0
      ? `${shown} cannot be set in ${notebook}: it has no parameters`
      : `${shown} is not a parameter of ${notebook}${
        didYouMean(key, declared.map(({ name }) => name))
      }; it has ${declared.map(({ name, value }) => `${name} = ${value}`).join(", ")}`,
  );
}

/** A name as a message shows it: what is no identifier is quoted, its control characters spelt out. */
export function shownName(name: string): string {
  return /^[\w$]+$/.test(name) ? name : told(name);
}

/**
 * A plain value as a TypeScript literal.
 *
 * @throws {TypeError} naming the parameter, if the value has no literal.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { literal } from "./parameters.ts";
 * assert(literal([1, Infinity, "a"], "x") === '[1, Infinity, "a"]');
 * ```
 */
export function literal(value: unknown, name: string): string {
  if (value === undefined || typeof value === "number") {
    return Object.is(value, -0) ? "-0" : String(value);
  }
  if (typeof value === "bigint") return `${value}n`;
  if (value === null || typeof value === "boolean" || typeof value === "string") {
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, name)).join(", ")}]`;
  if (typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype) {
    const fields = Object.entries(value)
      .map(([key, item]) => `${JSON.stringify(key)}: ${literal(item, name)}`);
    return `{ ${fields.join(", ")} }`;
  }
  throw new TypeError(
    `the value of ${name} is of type ${typeof value}; it must be a number, a text, a boolean, or a list or record of them`,
  );
}

function fitting(given: unknown, parameter: Parameter, notebook: string): unknown {
  const { name, value: declared, range } = parameter;
  const kind = kindOf(parameter);
  const value = asMeant(given, kind, name);
  try {
    if (range) checkValue(name, value, range);
    else if (kind !== undefined && value !== null && kind !== kindOfLiteral(literal(value, name))) {
      throw new TypeError(`${name} is ${told(value)}; it must be a ${kind}`);
    }
  } catch (error) {
    if (error instanceof Error) error.message += ` (${notebook} has ${name} = ${declared})`;
    throw error;
  }
  return value;
}

// A value typed on a command line may look like one thing and be meant as another.
function asMeant(given: unknown, kind: string | undefined, name: string): unknown {
  const scalar = typeof given === "number" || typeof given === "boolean";
  if (kind === "string" && scalar) return String(given);
  if (kind !== "list") return given;
  if (name === "seeds" && typeof given === "number") {
    if (Number.isInteger(given) && given >= 1 && given <= MOST_SEEDS) {
      return Array.from({ length: given }, (_, seed) => seed);
    }
    throw new RangeError(
      `seeds is ${given}; their number must be whole and in [1 … ${MOST_SEEDS}], or it is a list ` +
        "such as [0, 1, 2]",
    );
  }
  if (scalar) return [given];
  if (typeof given !== "string") return given;
  try {
    return JSON.parse(`[${given}]`);
  } catch {
    return given;
  }
}

/** What a parameter's comment says, on one line: "images; whole [1 … 50000]". */
export function commentOf({ meaning, range }: Pick<Parameter, "meaning" | "range">): string {
  return [meaning, range?.text].filter((text) => text).join("; ");
}

/** Of which kind a parameter is: as its range says, or its value, if that is plain. */
export function kindOf(
  { value, range }: Pick<Parameter, "value" | "range">,
): string | undefined {
  return range ? range.each ? "list" : range.type : kindOfLiteral(value);
}

function kindOfLiteral(value: string): string | undefined {
  if (/^["'`]/.test(value)) return "string";
  if (/^-?(\.?\d[\w.+-]*|Infinity)$|^NaN$/.test(value)) {
    return /^-?\d+n$/.test(value) ? "bigint" : "number";
  }
  if (/^(true|false)$/.test(value)) return "boolean";
  return value.startsWith("[") ? "list" : value.startsWith("{") ? "record" : undefined;
}

/**
 * The parameters that a cell's source declares, in order. A statement ends with a semicolon; one in a
 * text or in brackets does not end it.
 */
export function parametersIn(source: string): Parameter[] {
  const found: Parameter[] = [];
  const start = /^[ \t]*let\s+([A-Za-z_$][\w$]*)\s*(?::[^=;]+)?=(?!=|>)\s*/gm;
  for (let match = start.exec(source); match; match = start.exec(source)) {
    let depth = 0;
    let quote = "";
    let end = start.lastIndex;
    for (; end < source.length; end++) {
      const character = source[end];
      if (quote) {
        if (character === "\\") end++;
        else if (character === quote) quote = "";
      } else if (/["'`]/.test(character)) quote = character;
      else if (/[([{]/.test(character)) depth++;
      else if (/[)\]}]/.test(character)) depth--;
      else if (character === ";" && depth === 0) break;
    }
    const value = source.slice(start.lastIndex, end).trim();
    const [, comment = ""] = /^;[ \t]*\/\/(.*)/.exec(source.slice(end)) ?? [];
    found.push({ name: match[1], value: value.replace(/\s+/g, " "), ...parseComment(comment) });
    start.lastIndex = end;
  }
  return found;
}
