/**
 * The stiffest directions of a flow: the few of the weights in which the loss is curved far more than
 * in all others, found again every few steps.
 *
 * On CIFAR-10 a dozen or so stand out (the mean of the images, and the classes, in each output): of
 * Myrtle-5 with 16 channels at n = 100, τ = 8 the fifteenth is a 64th of λ_max. They turn slowly:
 * after four steps of the flow they still reproduce themselves to a few per cent.
 *
 * @module
 */
import { eighSync, randomStream } from "../../../numerics/mod.ts";
import type { LargestEigenvalue, LookUpStart } from "../../../numerics/ode/mod.ts";
import { added, norm } from "../../../numerics/vectors.ts";
import { backend } from "../../../numerics/backend.ts";
import { normalizeInto, orthogonalize } from "../../../numerics/lanczos.ts";
import type { FlowPoint, FlowTerm } from "../flow_term.ts";

/** Where −∂F/∂θ is about Σ λ_i u_i u_iᵀ, and little beside. */
export interface StiffDirections {
  /** u_i, orthonormal. */
  readonly directions: readonly Float64Array[];
  /** λ_i, in units of 1/time, the largest first. */
  readonly rates: readonly number[];
  /** About the largest rate in the directions that are left. */
  readonly left: number;
  /** Where the next search starts: the directions found, and some of those after them, in equal parts. */
  readonly start: Float64Array;
}

/** Ritz vectors that are not reproduced yet, but start the next search beside those that are. */
const CANDIDATES = 4;
/** Beside them, how much starts from random outputs: not as much, as then the two may cancel. */
const OTHERS = 0.9;
/** h λ_max from which on the stages that a search saves are more than its gradients. */
const WORTH = 8;
/** Gradients of one search, at least and at most. */
const LEAST = 5;
const MOST = 28;
/** A direction counts as found where A u is λ u but for this share. */
const REPRODUCED = 0.3;
/** Relative to λ_max: what differences of gradients can tell from nothing. */
const NOISE = 1e-3;

/**
 * The directions at a point, as a look-up gives them: λ_max is the kernel's, the vector
 * {@link packed}. While steps are too short for a search to be worth it λ_max is the term's own, and no
 * direction is set apart.
 *
 * @param every steps until the next look-up: what a search may cost is weighed against what it saves
 */
export async function stiffDirectionsAt(
  term: FlowTerm,
  { position, point, step, from, h = 0 }: LookUpStart<FlowPoint>,
  every: number,
): Promise<LargestEigenvalue> {
  const size = position.length;
  const known = from && topOutput(from);
  if (!from || (known && h * known.value < WORTH)) {
    const { value, vector, dispose } = await term.largestEigenvalue(position, known?.vector);
    dispose?.();
    return { value, vector: Float64Array.of(0, value, ...vector) };
  }
  const { rates, left, start } = known
    ? { rates: [], left: known.value, start: await term.pulledBack(position, known.vector) }
    : unpacked(from, size);
  // k gradients leave λ ~ λ_max/k² or so, and √(hλ) stages a step: then the sum is least for this k.
  const stages = 1 + Math.sqrt(1.77 * h * (rates[0] ?? left));
  const gradients = Math.round(Math.sqrt(4 * every * stages));
  // What was missed before has no part in those found; of random outputs stiff ones have the most.
  const outputs = randomStream(step, "dynamics/stiff directions").normal(term.targets.length);
  const others = await term.pulledBack(position, outputs);
  // Where J is zero nothing moves any more.
  if (norm(others) === 0) return { value: 0, vector: from };
  const found = await search(term.hessianProduct(position, point), {
    start: added(
      scaled(start, left / (norm(start) || 1)),
      others,
      OTHERS * (left || 1) / norm(others),
    ),
    products: Math.min(size, MOST, Math.max(LEAST, gradients)),
  });
  const value = await term.kernelQuotient(position, found.directions[0] ?? found.start);
  return { value, vector: packed(found) };
}

/** Rayleigh and Ritz on the Krylov space of a product that is symmetric but for noise. */
async function search(
  product: (v: Float64Array) => Promise<Float64Array>,
  { start, products }: { readonly start: Float64Array; readonly products: number },
): Promise<StiffDirections> {
  const size = start.length;
  const basis = new Float64Array(products * size);
  normalizeInto(basis.subarray(0, size), start);
  const columns: Float64Array[] = [];
  let [outside, scale] = [0, 0];
  while (columns.length < products) {
    const k = columns.length;
    const next = await product(basis.slice(k * size, (k + 1) * size));
    scale = Math.max(scale, norm(next));
    columns.push(orthogonalize(next, basis.subarray(0, (k + 1) * size)));
    outside = norm(next);
    if (outside <= NOISE * scale) break;
    if (k + 1 < products) normalizeInto(basis.subarray((k + 1) * size, (k + 2) * size), next);
  }
  return chosen(basis.subarray(0, columns.length * size), columns, outside);
}

/**
 * The Ritz pairs that are set apart: those that are reproduced, as many of them as leave least.
 *
 * @param columns of the upper half of QᵀAQ, each down to its diagonal
 * @param outside how much of A q, of the last q, lies outside of the space
 */
function chosen(
  basis: Float64Array,
  columns: readonly Float64Array[],
  outside: number,
): StiffDirections {
  const k = columns.length;
  const size = basis.length / k;
  const { values, vectors } = eighSync(
    columns.map((_, i) => columns.map((_, j) => columns[Math.max(i, j)][Math.min(i, j)])),
  );
  const rates = Array.from(values).reverse();
  // A q of the last q alone leads out of the space.
  const residuals = rates.map((_, i) => outside * Math.abs(vectors.data[k * k - 1 - i]));
  const least = NOISE * Math.abs(rates[0]);
  let [count, left] = [0, Math.max(least, rates[0] + residuals[0])];
  for (let i = 1, coupling = 0; i < k; i++) {
    const found = residuals[i - 1] < Math.min(REPRODUCED * rates[i - 1], rates[i]);
    if (!found) break;
    coupling = Math.max(coupling, residuals[i - 1]);
    const leaving = Math.max(least, rates[i] + residuals[i], coupling);
    if (leaving <= left) [count, left] = [i, leaving];
  }
  const square = { rows: k, cols: k, data: vectors.data };
  const lines = backend().multiply(square, { rows: k, cols: size, data: basis }, true, false);
  const ritz = (i: number) => lines.subarray((k - 1 - i) * size, (k - i) * size);
  const start = new Float64Array(size);
  for (let i = 0; i < Math.min(k, count + CANDIDATES); i++) {
    const vector = ritz(i);
    for (let p = 0; p < size; p++) start[p] += vector[p];
  }
  const directions = Array.from({ length: count }, (_, i) => ritz(i));
  return { directions, rates: rates.slice(0, count), left, start };
}

/** What a look-up left that sought no directions: λ_max, and its eigenvector in the outputs. */
export function topOutput(whole: Float64Array): LargestEigenvalue | undefined {
  return whole[0] === 0 ? { value: whole[1], vector: whole.subarray(2) } : undefined;
}

/**
 * As one vector for states and checkpoints: the number of rows, a row √λ_i u_i each, then the start, of
 * length `left`.
 */
export function packed({ directions, rates, left, start }: StiffDirections): Float64Array {
  const size = start.length;
  const rows = directions.length + 1;
  const whole = new Float64Array(1 + rows * size);
  whole[0] = rows;
  const put = (row: number, vector: Float64Array, length: number) =>
    whole.set(scaled(vector, length), 1 + row * size);
  directions.forEach((direction, row) => put(row, direction, Math.sqrt(rates[row])));
  put(directions.length, start, left / (norm(start) || 1));
  return whole;
}

/** What {@link packed} made one vector of. */
export function unpacked(whole: Float64Array, size: number): StiffDirections {
  const rows = Array.from(
    { length: whole[0] },
    (_, row) => whole.subarray(1 + row * size, 1 + (row + 1) * size),
  );
  const start = rows.pop()!;
  const lengths = rows.map(norm);
  return {
    directions: rows.map((row, i) => scaled(row, 1 / lengths[i])),
    rates: lengths.map((length) => length ** 2),
    left: norm(start),
    start,
  };
}

function scaled(vector: Float64Array, factor: number): Float64Array {
  const product = new Float64Array(vector.length);
  for (let i = 0; i < vector.length; i++) product[i] = factor * vector[i];
  return product;
}
