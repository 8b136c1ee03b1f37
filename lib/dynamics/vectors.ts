/**
 * Sums and products of long vectors.
 *
 * @module
 */

/** Σ aᵢ bᵢ over long vectors. */
export function product(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i] * b[i];
  return total;
}

/** ‖a‖. */
export const length = (a: Float64Array): number => Math.sqrt(product(a, a));

/** a + b. */
export const added = (a: Float64Array, b: Float64Array): Float64Array => {
  const total = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) total[i] = a[i] + b[i];
  return total;
};
