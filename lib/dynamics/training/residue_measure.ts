/**
 * Where the residue lies among the eigenvalues of a kernel that is known by its products alone: all
 * that the linear flow r' = −K r says of loss, displacement and length.
 *
 * @module
 */
import { lanczos, phi1, type SymmetricProduct } from "../../numerics/mod.ts";
import { ritzValues } from "../../numerics/ritz_values.ts";
import { norm } from "../../numerics/vectors.ts";

/** The spectral measure Σ_k Δ_k² δ(λ − λ_k) of a residue, as far as a flow up to some time sees it. */
export interface ResidueMeasure {
  /** λ_k, ascending, 0 or more. */
  readonly eigenvalues: Float64Array;
  /** Δ_k ≥ 0; the squares add up to ‖r‖². */
  readonly residue: Float64Array;
  /** Relative error of ΔL and ‖Δθ‖² that is left at the horizon, at most; of exact products. */
  readonly error: number;
  /** ∫₀ᵗ r ds = t φ₁(−tK) r. */
  integral(t: number): Float64Array;
}

/** Relative to ‖T‖: products in float32 leave no less of a vector that is spanned already. */
const CLOSED = 1e-7;
/** The error is asked for again when the space has grown by this share. */
const GROWTH = 1 / 16;

/**
 * The measure of `start` by Lanczos' iteration from it: Gauss' quadrature, of as many nodes as the
 * flow up to the horizon needs.
 *
 * With m products r_m(t) = Q e^{−tT} e₁ ‖r‖ misses r(t) by at most e(t) = β ‖r‖ |[t φ₁(−tT)]_{m1}|
 * (Saad, SIAM J. Numer. Anal. 29 (1992) 209; the entry keeps its sign in t, T being tridiagonal), and
 * the squares ‖r(t)‖² = rᵀe^{−2tK}r by at most e(2t)²: so much is missed of 2 ΔL, and at most
 * 2 T e(2T)² of ‖Δθ‖² = ∫₀ᵀ rᵀ(e^{−sK} − e^{−(s+T)K})r ds.
 *
 * @param most products, at most
 * @param told called after every product with its number and the error last found (1 at first)
 * @throws {Error} if that many products leave more than the tolerance
 */
export async function residueMeasure(
  product: SymmetricProduct,
  start: Float64Array,
  { horizon, tolerance, most, told }: {
    readonly horizon: number;
    readonly tolerance: number;
    readonly most: number;
    readonly told: (products: number, error: number) => void | Promise<void>;
  },
): Promise<ResidueMeasure> {
  const size = start.length, length = norm(start);
  if (length === 0) return NOTHING(size);
  let [products, error, next] = [0, 1, 1];
  const counted = async (v: Float64Array) => {
    const image = await product(v);
    await told(++products, error);
    return image;
  };
  const steps = Math.min(most, size);
  const { diagonal, offDiagonal, basis } = await lanczos(counted, start, {
    ...{ steps, tolerance: CLOSED },
    enough(found) {
      if (products < next) return false;
      next = products + Math.max(1, Math.floor(GROWTH * products));
      error = errorOf(found, { horizon, length });
      return error <= tolerance;
    },
  });
  const k = diagonal.length;
  if (k === steps && k < size) {
    throw new Error(
      `${k} products with the kernel leave a relative error of up to ${error.toPrecision(2)} at ` +
        `time ${horizon}, where ${tolerance} is asked for: take an earlier horizon, a larger ` +
        "tolerance, or more products",
    );
  }
  const { values, first, vectors } = ritzValues({ diagonal, offDiagonal });
  const eigenvalues = clipped(values);
  return {
    eigenvalues,
    residue: first.map((share) => length * Math.abs(share)),
    // A space that is closed has nothing outside.
    error: error <= tolerance ? error : 0,
    integral(t) {
      const shares = first.map((share, i) => length * share * t * phi1(-eigenvalues[i] * t));
      const integral = new Float64Array(size);
      for (let row = 0; row < k; row++) {
        let share = 0;
        for (let i = 0; i < k; i++) share += vectors[row * k + i] * shares[i];
        for (let i = 0; i < size; i++) integral[i] += share * basis.data[row * size + i];
      }
      return integral;
    },
  };
}

/** Eigenvalues that rounding made negative are 0. */
const clipped = (values: Float64Array) => values.map((value) => Math.max(0, value));

/** max(e(2T)²/2ΔL, 2T e(2T)²/‖Δθ‖²); the last of `offDiagonal` is β. */
function errorOf(
  { diagonal, offDiagonal }: {
    readonly diagonal: Float64Array;
    readonly offDiagonal: Float64Array;
  },
  { horizon: T, length }: { readonly horizon: number; readonly length: number },
): number {
  const k = diagonal.length;
  const { values, first, last } = ritzValues({
    diagonal,
    offDiagonal: offDiagonal.subarray(0, k - 1),
  });
  const rates = clipped(values);
  let [entry, drop, square] = [0, 0, 0];
  for (let i = 0; i < k; i++) {
    const weight = (length * first[i]) ** 2;
    entry += last[i] * first[i] * 2 * T * phi1(-rates[i] * 2 * T);
    drop -= weight * Math.expm1(-2 * rates[i] * T) / 2;
    // (1 − e^{−λT})²/λ, with its limit 0 at λ = 0.
    square += weight * rates[i] * (T * phi1(-rates[i] * T)) ** 2;
  }
  const missed = (offDiagonal[k - 1] * length * entry) ** 2;
  return missed === 0 ? 0 : Math.max(missed / (2 * drop), 2 * T * missed / square);
}

/** A residue of zero has nowhere to go. */
const NOTHING = (size: number): ResidueMeasure => ({
  eigenvalues: Float64Array.of(0),
  residue: Float64Array.of(0),
  error: 0,
  integral: () => new Float64Array(size),
});
