/**
 * The linear flow r' = −K r of a residue under a fixed kernel, from products with the kernel alone.
 *
 * @module
 */
import { lanczos, phi1, type SymmetricProduct } from "../../../numerics/mod.ts";
import { gaussLegendre } from "../../../numerics/gauss_legendre.ts";
import { ritzValues } from "../../../numerics/ritz_values.ts";

/** r(t) = e^{−Kt} r(0) and what follows from it, for times up to some horizon. */
export interface KrylovDecay {
  /** λ_max, as far as r sees it. */
  readonly lambdaMax: number;
  /** rᵀ K r/rᵀ r at the start: how fast ½ ln ‖r‖ falls. */
  readonly rate: number;
  /** r(t). */
  residue(t: number): Float64Array;
  /** ∫₀ᵗ r ds = t φ₁(−tK) r(0). */
  integral(t: number): Float64Array;
  /** ∫₀ᵗ √(rᵀ K r) ds: the length of the path of the weights where c = 1. */
  pathLength(t: number): number;
  /** ½ ‖r(0)‖² − ½ ‖r(t)‖². */
  drop(t: number): number;
}

/** Products with the kernel, at most. */
const MOST = 300;

/**
 * The decay of `start` under the symmetric positive operator of `product`, by Lanczos' iteration
 * from `start`.
 *
 * It ends where the last Ritz vector's share of ∫ r, times its coupling to what is outside, is
 * small beside the change of r (Saad, SIAM J. Numer. Anal. 29 (1992) 209). Negative Ritz values,
 * which rounding makes, count as 0.
 *
 * @param horizon the longest t that will be asked for
 * @param tolerance of r(t) − r(0), relative
 */
export async function krylovDecay(
  product: SymmetricProduct,
  start: Float64Array,
  { horizon, tolerance = 0.01 }: { readonly horizon: number; readonly tolerance?: number },
): Promise<KrylovDecay> {
  const size = start.length;
  if (start.every((value) => value === 0)) return nothingLeft(size);
  const { diagonal, offDiagonal, basis } = await lanczos(product, start, {
    steps: Math.min(MOST, size),
    tolerance: 1e-7,
    enough({ diagonal, offDiagonal }) {
      const k = diagonal.length;
      const { rates, first, last } = clippedRitz(diagonal, offDiagonal.subarray(0, k - 1));
      let [leak, change] = [0, 0];
      for (let i = 0; i < k; i++) {
        leak += last[i] * first[i] * horizon * phi1(-rates[i] * horizon);
        change += (first[i] * Math.expm1(-rates[i] * horizon)) ** 2;
      }
      return offDiagonal[k - 1] * Math.abs(leak) <= tolerance * Math.sqrt(change);
    },
  });
  const { rates, first, vectors } = clippedRitz(diagonal, offDiagonal);
  const k = rates.length;
  let squared = 0;
  for (let i = 0; i < size; i++) squared += start[i] * start[i];
  const norm = Math.sqrt(squared);
  const weights = first.map((share) => squared * share * share);

  /** Qᵀ S g(Λ) Sᵀ e₁ ‖r‖. */
  const applied = (g: (rate: number) => number) => {
    const values = first.map((share, i) => norm * share * g(rates[i]));
    const result = new Float64Array(size);
    for (let row = 0; row < k; row++) {
      let share = 0;
      for (let i = 0; i < k; i++) share += vectors[row * k + i] * values[i];
      const at = row * size;
      for (let i = 0; i < size; i++) result[i] += share * basis.data[at + i];
    }
    return result;
  };
  const speed = (t: number) => {
    let total = 0;
    for (let i = 0; i < k; i++) total += weights[i] * rates[i] * Math.exp(-2 * rates[i] * t);
    return Math.sqrt(total);
  };
  const lambdaMax = rates[k - 1];
  return {
    lambdaMax,
    rate: diagonal[0],
    residue: (t) => applied((rate) => Math.exp(-rate * t)),
    integral: (t) => applied((rate) => t * phi1(-rate * t)),
    pathLength(t) {
      let total = 0;
      // The speed changes over 1/λ_max at first, ever more slowly later.
      for (let from = 0, panel = 0.25 / lambdaMax; from < t; panel *= 1.6) {
        const to = Math.min(t, from + panel);
        total += gaussLegendre(speed, from, to);
        from = to;
      }
      return total;
    },
    drop: (t) => weights.reduce((sum, w, i) => sum - w * Math.expm1(-2 * rates[i] * t) / 2, 0),
  };
}

/** A residue of zero has nowhere to go. */
const nothingLeft = (size: number): KrylovDecay => ({
  lambdaMax: 0,
  rate: 0,
  residue: () => new Float64Array(size),
  integral: () => new Float64Array(size),
  pathLength: () => 0,
  drop: () => 0,
});

/** The tridiagonal matrix's eigenvalues, clipped at 0, with the vectors and their ends. */
function clippedRitz(diagonal: Float64Array, offDiagonal: Float64Array) {
  const { values, ...others } = ritzValues({ diagonal, offDiagonal });
  return { rates: values.map((value) => Math.max(0, value)), ...others };
}
