/** Calls of public functions with one argument wrong, made from what each argument may be. */
import type { Kind, Kinds } from "./kinds.ts";

/** A place in the arguments: the name of one, of its field, `[]` for the entries of an array. */
export type Path = readonly string[];

/** One way to be wrong: at the place, instead of what is right. */
export interface Wrong {
  readonly path: Path;
  readonly kind: Kind;
  readonly value: unknown;
  /** In words, as a failure shows it. */
  readonly how: string;
}

const signal = new AbortController().signal;

/** A value of the kind. */
export function right(kind: Kind): unknown {
  if ("like" in kind) return structuredCloneOr(kind.like);
  switch (kind.is) {
    case "bounded":
      return Math.min(Math.max(kind.least ?? 1, 3), kind.most ?? Infinity);
    case "instance":
      return instances[kind.of]();
    case "oneOf":
      return kind.names[0];
    case "list":
      return [right(kind.of), right(kind.of)];
    case "tuple":
      return kind.of.map(right);
    case "either":
      return right(kind.of[0]);
    case "record":
      return Object.fromEntries(Object.entries(kind.fields).map(([name, of]) => [name, right(of)]));
    default:
      return structuredCloneOr(RIGHT[kind.is]);
  }
}

const instances: Readonly<Record<string, () => unknown>> = {
  AbortSignal: () => signal,
  Uint32Array: () => new Uint32Array(4),
  Float64Array: () => Float64Array.of(1, 2, 3),
};

const RIGHT = {
  anything: 1,
  finite: 1,
  number: 1,
  extended: 1,
  iterable: [1],
  text: "text",
  flag: true,
  callable: () => 1,
  matrix: [[2, 0], [0, 2]],
  tensor: { shape: [2, 1], data: Float32Array.of(1, 2) },
  numbers: [1, 2, 3],
  nothing: null,
  missing: undefined,
};

const structuredCloneOr = (value: unknown) => Array.isArray(value) ? structuredClone(value) : value;

const NO_NUMBERS: readonly unknown[] = [
  ...[" 8 ", "8", "", null, true, 3n, [1], [], {}, new Date(0), Float64Array.of(1), () => 1],
];
const NOT_FINITE: readonly unknown[] = [NaN, Infinity, -Infinity];
const NO_ARRAYS: readonly unknown[] = [null, 1, "123", true, {}, new Date(0), () => 1, new Map()];

/** What is not of the kind. */
function wrongs(kind: Kind): readonly unknown[] {
  switch (kind.is) {
    case "finite":
      return [...NO_NUMBERS, ...NOT_FINITE];
    case "number":
      return [...NO_NUMBERS, ...(kind.own ? NOT_FINITE : [])];
    case "extended":
      return [...NO_NUMBERS, NaN];
    case "iterable":
      return [null, 1, "text", {}, true, () => [1]];
    case "bounded":
      return [
        ...[...NO_NUMBERS, ...NOT_FINITE],
        ...(kind.integer ? [0.5, 2 ** 60] : []),
        ...(kind.least === undefined ? [] : [kind.least - 1]),
        ...(kind.most === undefined ? [] : [kind.most + 1]),
      ];
    case "text":
      return [1, NaN, null, true, {}, ["text"], new Date(0), () => "text"];
    case "flag":
      return [0, 1, "true", null, {}, []];
    case "callable":
      return [null, 1, "f", {}, [], true];
    case "oneOf":
      return [1, null, {}, [], true, "", "constructor", "__proto__", `${kind.names[0]} `];
    case "instance":
      return [null, 1, "signal", {}, [], true];
    case "tensor":
      return [null, 1, "x", {}, [], [[1]], { shape: [1] }, { shape: "1", data: [1] }];
    case "matrix":
      return [
        ...NO_ARRAYS,
        ...[[1, 2], [[1], [1, 2]], [[NaN, 0], [0, 1]], [["2", 0], [0, 2]], [[null, 0], [0, 2]]],
        ...[{ rows: 1, cols: 1, data: [1] }, { rows: 2, cols: 2, data: Float64Array.of(1) }],
      ];
    case "numbers":
      return [
        ...NO_ARRAYS,
        ...[[1, "2", 3], [1, null, 3], [1, , 3], [[1], [2], [3]], ["1", "2", "3"]],
        ...(kind.gaps && !kind.own ? [] : [[1, NaN, 3], [1, 2, Infinity]]),
      ];
    case "list":
    case "tuple":
      return [...NO_ARRAYS, ...(kind.is === "tuple" ? [[], [right(kind.of[0])]] : [])];
    case "either":
      // Wrong for each of them.
      return [Symbol("x"), 1n];
    case "record":
      return [null, 1, "text", true, [], new Date(0), Float64Array.of(1)];
    default:
      return [];
  }
}

/**
 * All that can be wrong in one argument of a call, one thing at a time: the argument, a field of
 * options, an entry of a list. What the library makes and is handed back (a study, a figure, a
 * network) is told from other things as a whole; its fields are not forged.
 */
export function* wrongCalls(kinds: Kinds): Generator<Wrong> {
  for (const [name, kind] of Object.entries(kinds)) yield* wrongAt([name], kind);
}

function* wrongAt(path: Path, kind: Kind): Generator<Wrong> {
  if (kind.is === "anything" || path.length > 4) return;
  for (const value of wrongs(kind)) yield { path, kind, value, how: told(value) };
  if (!kind.optional && kind.is !== "missing") {
    yield { path, kind, value: undefined, how: "left out" };
  }
  if (kind.is === "record" && kind.alone) {
    for (const [name, of] of Object.entries(kind.fields)) yield* wrongAt([...path, name], of);
    if (kind.strict) {
      yield { path: [...path, "zeugma"], kind, value: 1, how: "an unknown option" };
    }
    if (kind.rest) yield* wrongAt([...path, "other"], kind.rest);
  } else if (kind.is === "list") {
    yield* wrongAt([...path, "[]"], kind.of);
  }
}

/** The arguments of a call that is wrong in this. */
export function argumentsWith(kinds: Kinds, { path: [first, ...deeper], value }: Wrong): unknown[] {
  return Object.entries(kinds).map(([name, kind]) =>
    name === first ? put(right(kind), deeper, value) : right(kind)
  );
}

function put(into: unknown, [first, ...deeper]: Path, value: unknown): unknown {
  if (first === undefined) return value;
  if (first === "[]") return [put((into as unknown[])[0], deeper, value)];
  const record = into as Record<string, unknown>;
  return { ...record, [first]: put(record[first], deeper, value) };
}

/** What is amiss with how the function took it; nothing if it refused it as it should. */
export async function amiss(
  call: (...args: unknown[]) => unknown,
  args: unknown[],
  wrong: Wrong,
): Promise<string | undefined> {
  try {
    await call(...args);
  } catch (error) {
    return amissWith(error, wrong);
  }
  return "it was accepted";
}

function amissWith(error: unknown, { path, value, how }: Wrong): string | undefined {
  if (!(error instanceof TypeError || error instanceof RangeError)) return `it threw ${error}`;
  const { message } = error;
  const name = path.findLast((part) => part !== "[]")!;
  if (!new RegExp(`(^|[^\\w])${name}([^\\w]|$)`).test(message)) {
    return `it does not name ${name}: ${message}`;
  }
  if (how === "left out" && /undefined|missing/.test(message)) return;
  const shown = [asText(value), JSON.stringify(asText(value)), told(value)];
  const entries = Array.isArray(value)
    ? value.flat().flatMap((entry) => [told(entry), String(entry)])
    : [];
  const said = [...shown, ...entries, "an object of type", "Array of", "has ", "unknown"]
    .some((words) => words && message.includes(words));
  if (!said && !(typeof value === "function")) return `it does not show ${how}: ${message}`;
}

function told(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "function") return "a function";
  if (typeof value === "symbol" || typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return `[${value.map(told)}]`;
  return typeof value === "object" && value !== null
    ? Object.prototype.toString.call(value)
    : String(value);
}

/** As a template would have it, and nothing where that is impossible. */
function asText(value: unknown): string {
  try {
    return String(value);
  } catch {
    return "";
  }
}
