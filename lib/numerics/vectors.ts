/**
 * Long vectors, such as all weights of a network: summed plainly, exact enough for them, and fast.
 * Where terms cancel, `sum` and `dot` of sums.ts keep the digits.
 *
 * @module
 */
import type { Matrix } from "./matrix.ts";

/** Σ aᵢ bᵢ. */
export function product(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i] * b[i];
  return total;
}

/** ‖a‖². */
export const squaredNorm = (a: Float64Array): number => product(a, a);

/** ‖a‖. */
export const norm = (a: Float64Array): number => Math.sqrt(squaredNorm(a));

/** ‖a − factor · b‖². */
export function squaredDistance(a: Float64Array, b: Float64Array, factor = 1): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = a[i] - factor * b[i];
    total += difference * difference;
  }
  return total;
}

/** a + factor · b. */
export function added(a: Float64Array, b: Float64Array, factor = 1): Float64Array {
  const total = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) total[i] = a[i] + factor * b[i];
  return total;
}

/** The parts, one after another. */
export function concatenated(parts: readonly ArrayLike<number>[]): Float64Array {
  const whole = new Float64Array(parts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** M v, of a matrix as long as v is. */
export function applied({ rows, cols, data }: Matrix, v: Float64Array): Float64Array {
  const image = new Float64Array(rows);
  for (let i = 0, at = 0; i < rows; i++) {
    let total = 0;
    for (let j = 0; j < cols; j++) total += data[at++] * v[j];
    image[i] = total;
  }
  return image;
}
