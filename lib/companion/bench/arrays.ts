/**
 * Arrays that one process writes and another reads: raw numbers in a file each, and a list of them.
 *
 * @module
 */
import { join } from "node:path";

/** An array with its shape, row by row. */
export interface NumberArray {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
}

/** Arrays by their names. */
export type Arrays = Readonly<Record<string, NumberArray>>;

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array | Float64Array) =>
  new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);

/**
 * Writes arrays into a folder, for `peers/main.py` to read.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readAnswer, writeAnswer, writeArrays } from "./arrays.ts";
 * const folder = await Deno.makeTempDir();
 * await writeArrays(folder, { x: { shape: [1, 2], data: Float32Array.of(1, 2) } });
 * assert.deepEqual(JSON.parse(await Deno.readTextFile(`${folder}/arrays.json`)), {
 *   x: { shape: [1, 2], type: "float32" },
 * });
 * await writeAnswer(`${folder}/answer`, [3, 4]);
 * assert.deepEqual(await readAnswer(`${folder}/answer`), Float64Array.of(3, 4));
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function writeArrays(folder: string, arrays: Arrays): Promise<void> {
  const list = Object.entries(arrays).map(([name, { shape, data }]) => [
    name,
    { shape, type: data instanceof Float32Array ? "float32" : "float64" },
  ]);
  for (const [name, { data }] of Object.entries(arrays)) {
    await Deno.writeFile(join(folder, `${name}.bin`), bytesOf(data));
  }
  await Deno.writeTextFile(join(folder, "arrays.json"), JSON.stringify(Object.fromEntries(list)));
}

/** Writes what a work gave, as float64. */
export async function writeAnswer(file: string, answer: ArrayLike<number>): Promise<void> {
  await Deno.writeFile(file, bytesOf(Float64Array.from(answer)));
}

/** Reads what one of the two gave. */
export async function readAnswer(file: string): Promise<Float64Array> {
  const { buffer } = await Deno.readFile(file);
  return new Float64Array(buffer);
}

/**
 * How far two answers are apart, ‖a − b‖/‖b‖; infinite if they are of different lengths or hold NaN.
 *
 * A norm and not the worst entry: of a million rectified values one lies within float32's rounding of 0,
 * on one side by one program and on the other by the other, and moves a row of a kernel by a thousandth.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { differenceOf } from "./arrays.ts";
 * assert.equal(differenceOf([3, 4.5], [3, 4]), 0.1);
 * assert.equal(differenceOf([1], [1, 4]), Infinity);
 * assert.equal(differenceOf([NaN], [1]), Infinity);
 * ```
 */
export function differenceOf(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let [squares, off] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    squares += b[i] ** 2;
    off += (a[i] - b[i]) ** 2;
  }
  const difference = off === 0 ? 0 : Math.sqrt(off / squares);
  return Number.isNaN(difference) ? Infinity : difference;
}
