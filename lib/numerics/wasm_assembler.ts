/**
 * A small assembler of WebAssembly: typed expressions of its numbers, of vectors of two float64 above
 * all, put together to functions on one memory. It knows the instructions that are used, no others.
 *
 * @module
 */

/** Numbers of WebAssembly; a v128 holds two float64 here. */
export type WasmType = "i32" | "f64" | "v128";

/** Instructions that leave one value of a type. */
export interface Expression<T extends WasmType> {
  readonly type: T;
  readonly code: readonly number[];
}

/** A parameter or local variable; as an expression it is its value. */
export interface Variable<T extends WasmType> extends Expression<T> {
  readonly index: number;
}

/** Instructions that leave nothing. */
export type Statement = readonly number[];

type Parameters = Readonly<Record<string, WasmType>>;
type Variables<P extends Parameters> = { readonly [Name in keyof P]: Variable<P[Name]> };

/** A function before it is assembled. */
export interface WasmFunction {
  readonly name: string;
  readonly parameters: readonly WasmType[];
  readonly locals: readonly WasmType[];
  readonly body: Statement;
}

const TYPES = { i32: 0x7f, f64: 0x7c, v128: 0x7b } as const;
/** Instructions on vectors have this byte before them. */
const VECTOR = 0xfd;

/** An integer from 0 in groups of seven bits, the lowest first (LEB128). */
function natural(value: number): number[] {
  return value < 0x80 ? [value] : [value & 0x7f | 0x80, ...natural(value >>> 7)];
}

function signed(value: number): number[] {
  const last = value >= -0x40 && value < 0x40;
  return last ? [value & 0x7f] : [value & 0x7f | 0x80, ...signed(value >> 7)];
}

const bytesOf = (value: number) => [...new Uint8Array(new Float64Array([value]).buffer)];
const listed = (items: readonly (readonly number[])[]) => [
  ...natural(items.length),
  ...items.flat(),
];
const text = (value: string) => listed([...new TextEncoder().encode(value)].map((byte) => [byte]));

/** An instruction after its operands. */
function operation<T extends WasmType>(
  type: T,
  code: readonly number[],
  ...operands: readonly Expression<WasmType>[]
): Expression<T> {
  return { type, code: [...operands.flatMap((operand) => operand.code), ...code] };
}

const vector = (code: number, ...rest: readonly number[]) => [VECTOR, ...natural(code), ...rest];
type Pair = Expression<"v128">;
const onPairs = (code: number) => (...operands: readonly Pair[]) =>
  operation("v128", vector(code), ...operands);

/** Integers, which are addresses too. */
export const i32 = {
  constant: (value: number) => operation("i32", [0x41, ...signed(value)]),
  add: (a: Expression<"i32">, b: Expression<"i32">) => operation("i32", [0x6a], a, b),
  subtract: (a: Expression<"i32">, b: Expression<"i32">) => operation("i32", [0x6b], a, b),
  /** a where both are the same, else b. */
  whereSame: (
    [one, other]: readonly [Expression<"i32">, Expression<"i32">],
    a: Expression<"i32">,
    b: Expression<"i32">,
  ) => operation("i32", [0x46, 0x1b], a, b, one, other),
  /** The integer at an address. */
  load: (address: Expression<"i32">, offset = 0) =>
    operation("i32", [0x28, 2, ...natural(offset)], address),
};

/** Single float64. */
export const f64 = {
  constant: (value: number) => operation("f64", [0x44, ...bytesOf(value)]),
  add: (a: Expression<"f64">, b: Expression<"f64">) => operation("f64", [0xa0], a, b),
  multiply: (a: Expression<"f64">, b: Expression<"f64">) => operation("f64", [0xa2], a, b),
  load: (address: Expression<"i32">) => operation("f64", [0x2b, 3, 0], address),
  store: (address: Expression<"i32">, value: Expression<"f64">): Statement => [
    ...address.code,
    ...value.code,
    ...[0x39, 3, 0],
  ],
};

/** Pairs of float64, operations on both at once. */
export const f64x2 = {
  constant: (value: number) => operation("v128", vector(12, ...bytesOf(value), ...bytesOf(value))),
  /** The same number twice. */
  splat: (value: Expression<"f64">) => operation("v128", vector(0x14), value),
  add: onPairs(0xf0) as (a: Pair, b: Pair) => Pair,
  subtract: onPairs(0xf1) as (a: Pair, b: Pair) => Pair,
  multiply: onPairs(0xf2) as (a: Pair, b: Pair) => Pair,
  /** a b + c, rounded once where the processor can, which is nearly everywhere, else twice. */
  multiplyAdd: onPairs(0x107) as (a: Pair, b: Pair, c: Pair) => Pair,
  squareRoot: onPairs(0xef) as (a: Pair) => Pair,
  /** All bits 1 where a > b, else 0. */
  greater: onPairs(0x4a) as (a: Pair, b: Pair) => Pair,
  and: onPairs(0x4e) as (a: Pair, b: Pair) => Pair,
  /** Bits of a that are not in b. */
  andNot: onPairs(0x4f) as (a: Pair, b: Pair) => Pair,
  exclusiveOr: onPairs(0x51) as (a: Pair, b: Pair) => Pair,
  /** Bits of a where the mask is 1, of b where it is 0. */
  select: (mask: Pair, a: Pair, b: Pair) => operation("v128", vector(0x52), a, b, mask),
  /** The second of a and the first of b. */
  between: (a: Pair, b: Pair) =>
    operation("v128", vector(13, ...Array.from({ length: 16 }, (_, i) => i + 8)), a, b),
  load: (address: Expression<"i32">, offset = 0) =>
    operation("v128", vector(0, 3, ...natural(offset)), address),
  store: (address: Expression<"i32">, value: Pair, offset = 0): Statement => [
    ...address.code,
    ...value.code,
    ...vector(11, 3, ...natural(offset)),
  ],
};

/** variable = value */
export const set = <T extends WasmType>(
  { index }: Variable<T>,
  { code }: Expression<T>,
): Statement => [...code, 0x21, ...natural(index)];

/** For variable = from, from + step, … below `to`, which is asked for before each round. */
export function count(
  variable: Variable<"i32">,
  { from, to, step }: {
    readonly from: Expression<"i32">;
    readonly to: Expression<"i32">;
    readonly step: Expression<"i32">;
  },
  ...body: readonly Statement[]
): Statement {
  const [leave, again] = [1, 0];
  return [
    ...set(variable, from),
    ...[0x02, 0x40, 0x03, 0x40], // a block to leave, a loop in it
    ...[...variable.code, ...to.code, 0x4e, 0x0d, leave], // leave if variable ≥ to
    ...body.flat(),
    ...set(variable, i32.add(variable, step)),
    ...[0x0c, again, 0x0b, 0x0b],
  ];
}

/**
 * A function that returns nothing.
 *
 * @param parameters their types, in the order in which a call gives them
 * @param body of the parameters and of a maker of local variables, which are 0 at first
 */
export function wasmFunction<P extends Parameters>(
  name: string,
  parameters: P,
  body: (
    parameters: Variables<P>,
    local: <T extends WasmType>(type: T) => Variable<T>,
  ) => readonly Statement[],
): WasmFunction {
  const types = Object.values(parameters);
  const locals: WasmType[] = [];
  const variable = <T extends WasmType>(type: T, index: number): Variable<T> => ({
    type,
    index,
    code: [0x20, ...natural(index)],
  });
  const local = <T extends WasmType>(type: T) =>
    variable(type, types.length + locals.push(type) - 1);
  const named = Object.fromEntries(
    Object.entries(parameters).map(([name, type], index) => [name, variable(type, index)]),
  ) as unknown as Variables<P>;
  return { name, parameters: types, body: body(named, local).flat(), locals };
}

/**
 * Constants that functions load from the first bytes of the memory, each as a pair: a vector processor
 * takes them from there more quickly than from instructions.
 */
export function constantPairs() {
  const values: number[] = [];
  return {
    /** The constant twice. */
    pair(value: number) {
      const found = values.findIndex((other) => Object.is(other, value));
      return f64x2.load(i32.constant(0), 16 * (found < 0 ? values.push(value) - 1 : found));
    },
    /** The bytes that `assembled` puts there. */
    bytes: () => values.flatMap((value) => [...bytesOf(value), ...bytesOf(value)]),
  };
}

/**
 * The bytes of a module that exports the functions; it imports the memory that they work on, as
 * "memory" of "host", and puts `data` at its start.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { assembled, f64x2, wasmFunction } from "./wasm_assembler.ts";
 *
 * const squareRoots = wasmFunction("squareRoots", { at: "i32" }, ({ at }) => [
 *   f64x2.store(at, f64x2.squareRoot(f64x2.load(at))),
 * ]);
 * const memory = new WebAssembly.Memory({ initial: 1 });
 * const module = new WebAssembly.Module(assembled([squareRoots]));
 * const { exports } = new WebAssembly.Instance(module, { host: { memory } });
 * const numbers = new Float64Array(memory.buffer, 16, 2);
 * numbers.set([4, 2]);
 * (exports.squareRoots as (at: number) => void)(16);
 * assert.deepEqual([...numbers], [2, Math.SQRT2]);
 * ```
 */
export function assembled(
  functions: readonly WasmFunction[],
  data: readonly number[] = [],
): Uint8Array<ArrayBuffer> {
  const section = (id: number, content: readonly number[]) => [
    id,
    ...natural(content.length),
    ...content,
  ];
  const types = functions.map(({ parameters }) => [
    0x60,
    ...listed(parameters.map((type) => [TYPES[type]])),
    ...listed([]),
  ]);
  const memory = [...text("host"), ...text("memory"), 0x02, 0x00, 0x01];
  const exported = functions.map(({ name }, index) => [...text(name), 0x00, ...natural(index)]);
  const bodies = functions.map(({ locals, body }) => {
    const content = [...listed(locals.map((type) => [1, TYPES[type]])), ...body, 0x0b];
    return [...natural(content.length), ...content];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, listed(types)),
    ...section(2, listed([memory])),
    ...section(3, listed(functions.map((_, index) => natural(index)))),
    ...section(7, listed(exported)),
    ...section(10, listed(bodies)),
    ...section(11, listed([[0x00, 0x41, 0x00, 0x0b, ...natural(data.length), ...data]])),
  ]);
}
