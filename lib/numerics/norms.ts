/**
 * Squared lengths of long vectors, summed plainly: exact enough for parameters, and fast.
 *
 * @module
 */

/** ‖a‖². */
export function squaredNorm(a: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i] * a[i];
  return total;
}

/** ‖a − b‖². */
export function squaredDistance(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = a[i] - b[i];
    total += difference * difference;
  }
  return total;
}
