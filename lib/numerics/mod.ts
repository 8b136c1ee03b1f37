/**
 * Numbers and nothing else: matrices and vectors in float64, sums that survive cancellation, and
 * streams of random numbers that a seed gives again.
 *
 * Everything above may stand on this room; it knows none of it.
 *
 * @module
 */
export { type Matrix, toMatrix, toRows, toVector } from "./matrix.ts";
export { philox4x32, philoxFill, type Words2, type Words4 } from "./philox.ts";
export { type RandomStream, randomStream } from "./random.ts";
export { dot, type Numbers, sum } from "./sums.ts";
export { elementCount, type Tensor } from "./tensor.ts";
