/**
 * What n samples tell of the law that they are drawn from: spectra and squared components freed of
 * what a sample adds to them.
 *
 * @module
 */
import { checkInteger, checkNumbers, checkOptions } from "../numerics/checks.ts";

/** Bisections: to the last bit of a double. */
const HALVINGS = 60;

/**
 * The first eigenvalues of a kernel on the whole population, times n, from those of n samples.
 *
 * Eigenvalue k of n samples is not n times the population's: all that lie below add to it, about
 * (1/n) Σ_{j>k} λ_j, and those above push it down by k/n of itself. With a slow power law the first is
 * a third of λ_k at k = n/10. Mestre's estimator takes both away: with μ_k the root of
 * (1/n) Σ_j λ_j/(λ_j − μ) = 1 below λ_k, the value is n (λ_k − μ_k). It is consistent for n and the
 * number of modes growing together. One value is as noisy as the gap below it: use means over bins.
 *
 * X. Mestre, IEEE Trans. Inf. Theory 54, 5113 (2008), for covariances of independent components; for
 * kernels an assumption, which the tests hold against kernels of known spectra.
 *
 * @param eigenvalues all of the n × n kernel, largest first, none negative
 * @param first so many values, fewer than n
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} if an eigenvalue is negative, not finite or larger than the one before, or
 * `first` is out of range
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { populationEigenvalues } from "./power_law_population.ts";
 * // (3/(3 − μ) + 1/(1 − μ))/2 = 1 at μ = 2.
 * const [value] = populationEigenvalues([3, 1], { first: 1 });
 * assert(Math.abs(value - 2 * (3 - 2)) < 1e-12);
 * ```
 */
export function populationEigenvalues(
  eigenvalues: ArrayLike<number>,
  options: { readonly first: number },
): Float64Array {
  checkNumbers("eigenvalues", eigenvalues, { gaps: true });
  const { first } = checkOptions("options", options, { first: checkInteger });
  const n = eigenvalues.length;
  checkInteger("first", first, { most: n - 1 });
  for (let k = 0; k < n; k++) {
    const value = eigenvalues[k];
    if (!(value >= 0 && value <= (k === 0 ? Number.MAX_VALUE : eigenvalues[k - 1]))) {
      throw new RangeError(
        `eigenvalues[${k}] is ${value}; it must be from 0 to the one before: largest first`,
      );
    }
  }
  return Float64Array.from({ length: first }, (_, k) => {
    let [low, high] = [eigenvalues[k + 1], eigenvalues[k]];
    for (let halving = 0; halving < HALVINGS; halving++) {
      const middle = (low + high) / 2;
      let sum = 0;
      for (let j = 0; j < n; j++) {
        if (eigenvalues[j] > 0) sum += eigenvalues[j] / (eigenvalues[j] - middle);
      }
      // From −∞ behind the lower eigenvalue to ∞ at the upper one.
      if (sum > n) high = middle;
      else low = middle;
    }
    return n * (eigenvalues[k] - (low + high) / 2);
  });
}

/**
 * Squared components along a kernel's eigenvectors, less the share of those behind: what
 * Δ_k² is of the population, times n, to first order in 1/n.
 *
 * On n samples the modes that they do not resolve act as noise: each Δ_k² has (1/n) Σ_{j>k} Δ_j² of
 * them (first-order perturbation of the eigenvectors, for gaps as large as the eigenvalues). Values
 * scatter, and may be negative: use means over bins.
 *
 * @param squares all n, largest eigenvalue first
 * @throws {TypeError} if they are no numbers
 * @throws {RangeError} if one is negative or not finite
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { aboveTail } from "./power_law_population.ts";
 * assert.deepEqual([...aboveTail([5, 2, 1, 0])], [5 - 3 / 4, 2 - 1 / 4, 1, 0]);
 * ```
 */
export function aboveTail(squares: ArrayLike<number>): Float64Array {
  checkNumbers("squares", squares, { gaps: true });
  const n = squares.length;
  const above = new Float64Array(n);
  let tail = 0;
  for (let k = n - 1; k >= 0; k--) {
    if (!(squares[k] >= 0 && squares[k] < Infinity)) {
      throw new RangeError(`squares[${k}] is ${squares[k]}; it must be finite, and not negative`);
    }
    above[k] = squares[k] - tail / n;
    tail += squares[k];
  }
  return above;
}
