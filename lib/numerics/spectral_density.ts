/**
 * How the eigenvalues of a large symmetric operator are distributed, without computing them.
 *
 * @module
 */
import { mean, sampleStandardDeviation } from "simple-statistics";
import { checkFunction, checkInteger, checkOptions, maybe } from "./checks.ts";
import { type Control, CONTROL_CHECKS } from "./control.ts";
import { eventTurns } from "./event_turns.ts";
import { lanczos, type SymmetricProduct } from "./lanczos.ts";
import { randomStream } from "./random.ts";
import { ritzValues } from "./ritz_values.ts";

/**
 * Options of {@linkcode spectralDensity}. `onProgress` is called after every probe; the signal ends
 * the work: the promise is rejected with its reason.
 */
export interface SpectralDensityOptions extends Control {
  /** How many random vectors, from 2 up. */
  readonly probes?: number;
  /** Products with each of them; at most the size. */
  readonly steps?: number;
  readonly seed?: number;
}

/** A spectral density as weights at nodes: what {@linkcode spectralDensity} gives. */
export interface SpectralDensity {
  /** Ascending. */
  readonly nodes: Float64Array;
  /** Not negative; they sum to 1. */
  readonly weights: Float64Array;
  /** The mean of f over the eigenvalues, (1/size) tr f(A), with its standard error over probes. */
  mean(f: (eigenvalue: number) => number): {
    readonly value: number;
    readonly standardError: number;
  };
}

/**
 * The distribution of a symmetric operator's eigenvalues by stochastic Lanczos quadrature (Ubaru,
 * Chen and Saad, SIAM J. Matrix Anal. Appl. 38, 2017).
 *
 * Each probe is a vector of random signs; the Gauss quadrature of its Lanczos matrix, `steps`
 * nodes, is exact for polynomials up to degree 2·steps − 1. The mean over probes is an unbiased
 * estimate for these; its standard error falls as 1/√(probes · size).
 *
 * @param product v ↦ A v, or a promise of it
 * @param size A is size × size
 * @throws {RangeError} if an option is out of range, or a product is not of that size, not finite,
 * or not that of a symmetric operator
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { spectralDensity } from "./spectral_density.ts";
 *
 * const stretch = (v: Float64Array) => v.map((x, i) => (i % 2 + 1) * x); // half 1, half 2
 * const { mean } = await spectralDensity(stretch, 1000, { probes: 4, steps: 5 });
 * assert(Math.abs(mean((eigenvalue) => eigenvalue).value - 1.5) < 1e-12);
 * ```
 */
export async function spectralDensity(
  product: SymmetricProduct,
  size: number,
  options: SpectralDensityOptions = {},
): Promise<SpectralDensity> {
  checkFunction("product", product);
  checkInteger("size", size, { most: 2 ** 31 - 1 });
  const { probes = 10, steps = Math.min(size, 80), seed = 0, onProgress = () => {}, signal } =
    checkOptions("options", options, {
      probes: maybe(checkInteger, { least: 2, most: 2 ** 31 - 1 }),
      steps: maybe(checkInteger),
      seed: maybe(checkInteger, { least: 0 }),
      ...CONTROL_CHECKS,
    });
  checkInteger("steps", steps, { most: size });
  const { uint32 } = randomStream(seed, "numerics/spectral density");
  const turn = eventTurns();
  const rules: { nodes: Float64Array; weights: Float64Array }[] = [];
  for (let probe = 0; probe < probes; probe++) {
    const signs = Float64Array.from({ length: size }, () => uint32() < 2 ** 31 ? -1 : 1);
    const apply = async (v: Float64Array) => {
      await turn();
      signal?.throwIfAborted();
      return product(v);
    };
    const { values, first } = ritzValues(await lanczos(apply, signs, { steps }));
    rules.push({ nodes: values, weights: first.map((share) => share ** 2) });
    await onProgress({ done: probe + 1, total: probes, note: "probes" });
  }

  const atoms = rules.flatMap(({ nodes, weights }) =>
    Array.from(nodes, (node, i) => ({ node, weight: weights[i] / probes }))
  ).sort((a, b) => a.node - b.node);
  return {
    nodes: Float64Array.from(atoms, ({ node }) => node),
    weights: Float64Array.from(atoms, ({ weight }) => weight),
    mean(f) {
      const means = rules.map(({ nodes, weights }) =>
        nodes.reduce((sum, node, i) => sum + weights[i] * f(node), 0)
      );
      return {
        value: mean(means),
        standardError: sampleStandardDeviation(means) / Math.sqrt(probes),
      };
    },
  };
}
