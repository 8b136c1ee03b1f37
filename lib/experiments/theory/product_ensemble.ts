/**
 * Two weights whose product is the function: an ensemble whose W2² is known, and is not E‖Δθ‖².
 *
 * @module
 */
import { wasserstein2Squared } from "../../bounds/mod.ts";
import {
  checkInteger,
  checkNumber,
  checkOptions,
  checkPositive,
  maybe,
} from "../../numerics/checks.ts";
import { type Matrix, randomStream } from "../../numerics/mod.ts";
import { meanAndError } from "../../statistics/mod.ts";

/** W2² of the two laws, and what it is no more than. */
export interface ProductEnsemble {
  /** E‖Δθ‖², in closed form. */
  readonly above: number;
  /** W2² by the best assignment of clouds, with Student's 95 % interval over draws. */
  readonly w2Squared: { readonly mean: number; readonly interval: readonly [number, number] };
}

/**
 * f = θ₁θ₂ from standard normal weights, linearized each at its own weights, L = ½(f − y)², up to T.
 *
 * With K = |θ|², Δθ = (θ₂, θ₁)(1 − e^{−KT})(y − f)/K, and
 *
 *     E‖Δθ‖² = ½y² ln((½ + T)²/(½(½ + 2T))) + (4 − 2/(½ + T)² + 1/(½ + 2T)²)/16.
 *
 * W2² is that of clouds of stratified points, folded into one quadrant of (θ₁ + θ₂, θ₁ − θ₂)/√2: both laws
 * are the same under its reflections, so that this changes no W2² of theirs.
 *
 * @param options `points`: of a cloud, along each of radius and angle; `draws` of a pair of clouds
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} if an option is out of range
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { productEnsemble } from "./product_ensemble.ts";
 * const { above, w2Squared } = productEnsemble({ target: 3, time: 1, points: 10 });
 * assert(Math.abs(above - 2.849484) < 1e-6 && w2Squared.interval[1] < above / 2);
 * ```
 */
export function productEnsemble(options: {
  readonly target: number;
  readonly time: number;
  readonly points?: number;
  readonly draws?: number;
  readonly seed?: number;
}): ProductEnsemble {
  const { target: y, time: T, points = 20, draws = 6, seed = 0 } = checkOptions(
    "options",
    options,
    {
      ...{ target: checkNumber, time: checkPositive, points: maybe(checkInteger, { most: 40 }) },
      ...{ draws: maybe(checkInteger, { least: 2 }), seed: maybe(checkInteger, { least: 0 }) },
    },
  );
  const stream = randomStream(seed, "experiments/product ensemble");
  /** A point in each cell of radius and angle, by their laws. */
  const cloud = (): (readonly [number, number])[] =>
    Array.from({ length: points ** 2 }, (_, at) => {
      const share = (Math.floor(at / points) + stream.uniform()) / points;
      const angle = 2 * Math.PI * (at % points + stream.uniform()) / points;
      const radius = Math.sqrt(-2 * Math.log1p(-share));
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    });
  const moved = ([a, b]: readonly [number, number]): readonly [number, number] => {
    const k = a * a + b * b, step = -Math.expm1(-k * T) / k * (y - a * b);
    return [a + step * b, b + step * a];
  };
  const values = Array.from(
    { length: draws },
    () => wasserstein2Squared(folded(cloud()), folded(cloud().map(moved))),
  );
  const { mean, interval } = meanAndError(values);
  const [once, twice] = [0.5 + T, 0.5 + 2 * T];
  const above = y * y / 2 * Math.log(once ** 2 / (0.5 * twice)) +
    (4 - 2 / once ** 2 + 1 / twice ** 2) / 16;
  return { above, w2Squared: { mean, interval } };
}

const folded = (cloud: readonly (readonly [number, number])[]): Matrix => ({
  ...{ rows: cloud.length, cols: 2 },
  data: Float64Array.from(
    cloud.flatMap(([a, b]) => [Math.abs(a + b) / Math.SQRT2, Math.abs(a - b) / Math.SQRT2]),
  ),
});
