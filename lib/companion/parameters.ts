/**
 * A notebook's parameters: the `let name = value;` lines of the cell tagged `parameters`, and the
 * cell put in after it to give them other values.
 *
 * @module
 */
import { type Cell, hasTag, INJECTED, joined, type Notebook } from "./notebook.ts";

/** New values by the parameter's name. */
export type Values = Readonly<Record<string, unknown>>;

/** A parameter as the notebook declares it: its name and its value, in TypeScript. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
}

/**
 * The parameters a notebook declares, in order; none if it has no cell tagged `parameters`.
 *
 * @example
 * ```ts
 * import { parametersOf } from "./parameters.ts";
 * const cell = {
 *   cell_type: "code",
 *   source: "let n = 500; // images",
 *   metadata: { tags: ["parameters"] },
 * };
 * const notebook = { cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 };
 * const [{ name, value }] = parametersOf(notebook);
 * console.assert(name === "n" && value === "500");
 * ```
 */
export function parametersOf(notebook: Notebook): Parameter[] {
  const cell = notebook.cells.find((cell) => hasTag(cell, "parameters"));
  return cell ? declarations(joined(cell.source)) : [];
}

/**
 * The notebook with a cell after the parameters' that gives new values to some of them.
 *
 * @throws {RangeError} naming the parameters there are, if a name is none of them.
 * @throws {TypeError} if a value is of another kind than the declared one, or no plain value.
 */
export function setParameters(notebook: Notebook, values: Values, name: string): Notebook {
  const declared = parametersOf(notebook);
  const assignments = Object.entries(values).map(([key, value]) => {
    const parameter = declared.find((parameter) => parameter.name === key);
    if (!parameter) {
      throw new RangeError(
        declared.length === 0
          ? `${key} cannot be set in ${name}: it has no parameters`
          : `${key} is not a parameter of ${name}; it has ${
            declared.map(({ name, value }) => `${name} = ${value}`).join(", ")
          }`,
      );
    }
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

/**
 * A plain value as a TypeScript literal.
 *
 * @throws {TypeError} naming the parameter, if the value has no literal.
 *
 * @example
 * ```ts
 * import { literal } from "./parameters.ts";
 * console.assert(literal([1, Infinity, "a"], "x") === '[1, Infinity, "a"]');
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

// A value typed on a command line may look like a number and be meant as a text.
function fitting(value: unknown, { name, value: declared }: Parameter, notebook: string): unknown {
  const wanted = kindOf(declared);
  const given = Array.isArray(value) ? "list" : typeof value === "object" ? "record" : typeof value;
  if (wanted === undefined || value === null || given === wanted) return value;
  if (wanted === "string" && (given === "number" || given === "boolean")) return String(value);
  throw new TypeError(
    `${name} is ${literal(value, name)}; in ${notebook} it is a ${wanted}, as in ${declared}`,
  );
}

function kindOf(value: string): string | undefined {
  if (/^["'`]/.test(value)) return "string";
  if (/^-?(\.?\d[\w.+-]*|Infinity)$|^NaN$/.test(value)) {
    return /^-?\d+n$/.test(value) ? "bigint" : "number";
  }
  if (/^(true|false)$/.test(value)) return "boolean";
  return value.startsWith("[") ? "list" : value.startsWith("{") ? "record" : undefined;
}

// A statement ends with a semicolon; one in a text or in brackets does not end it.
function declarations(source: string): Parameter[] {
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
    found.push({ name: match[1], value: value.replace(/\s+/g, " ") });
    start.lastIndex = end;
  }
  return found;
}
