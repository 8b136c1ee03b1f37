/**
 * A spectrum of a million modes, as one of a few hundred that a smooth function cannot tell apart.
 *
 * @module
 */

/** Rates λ > 0 with weights w: the measure Σ w_k δ(λ − λ_k). */
export interface WeightedRates {
  readonly rates: Float64Array;
  /** May be slightly negative where many modes were compressed into a few. */
  readonly weights: Float64Array;
}

// Bins of ratio 2^¼, 12 nodes in each: for e^{−λt}, λe^{−λt} and (1 − e^{−λt})²/λ the error of the
// interpolation stays below 10⁻¹⁵ of their largest value, whatever t is.
const BINS_PER_OCTAVE = 4;
const NODES = 12;

/**
 * Gathers modes whose rates lie within a factor 2^¼ at 12 Chebyshev nodes, with the weights that
 * integrate polynomials of degree 11 exactly; bins of few modes stay as they are.
 *
 * Sums Σ w f(λ) of functions as smooth as e^{−λt} on the bin are kept to rounding.
 *
 * @param rates positive numbers, in any order
 * @param weights as many, each ≥ 0
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { compressSpectrum } from "./compressed_spectrum.ts";
 * const modes = 100_000;
 * const rates = Float64Array.from({ length: modes }, (_, k) => 1 / (k + 1));
 * const few = compressSpectrum({ rates, weights: rates });
 * assert(few.rates.length < 2000);
 * ```
 */
export function compressSpectrum({ rates, weights }: WeightedRates): WeightedRates {
  const bins = new Map<number, number[]>();
  for (let k = 0; k < rates.length; k++) {
    if (weights[k] === 0) continue;
    const key = Math.floor(BINS_PER_OCTAVE * Math.log2(rates[k]));
    const bin = bins.get(key);
    if (bin) bin.push(k);
    else bins.set(key, [k]);
  }
  const outRates: number[] = [], outWeights: number[] = [];
  for (const members of bins.values()) {
    const { at, weight } = members.length <= 2 * NODES
      ? {
        at: members.map((k) => rates[k]),
        weight: members.map((k) => weights[k]),
      }
      : gathered(members, rates, weights);
    outRates.push(...at);
    outWeights.push(...weight);
  }
  return { rates: Float64Array.from(outRates), weights: Float64Array.from(outWeights) };
}

/** The members' weights, spread over Chebyshev nodes of their range by barycentric interpolation. */
function gathered(members: readonly number[], rates: Float64Array, weights: Float64Array) {
  let low = Infinity, high = 0;
  for (const k of members) {
    low = Math.min(low, rates[k]);
    high = Math.max(high, rates[k]);
  }
  const middle = (low + high) / 2, half = (high - low) / 2;
  if (half === 0) {
    return { at: [low], weight: [members.reduce((sum, k) => sum + weights[k], 0)] };
  }
  const angle = (j: number) => (2 * j + 1) * Math.PI / (2 * NODES);
  const nodes = Float64Array.from({ length: NODES }, (_, j) => Math.cos(angle(j)));
  const barycentric = nodes.map((_, j) => (j % 2 === 0 ? 1 : -1) * Math.sin(angle(j)));
  const weight = new Array<number>(NODES).fill(0);
  const shares = new Float64Array(NODES);
  for (const k of members) {
    const x = (rates[k] - middle) / half;
    let total = 0, hit = -1;
    for (let j = 0; j < NODES; j++) {
      const distance = x - nodes[j];
      if (distance === 0) hit = j;
      shares[j] = barycentric[j] / distance;
      total += shares[j];
    }
    if (hit >= 0) weight[hit] += weights[k];
    else for (let j = 0; j < NODES; j++) weight[j] += weights[k] * shares[j] / total;
  }
  return { at: Array.from(nodes, (node) => middle + half * node), weight };
}
