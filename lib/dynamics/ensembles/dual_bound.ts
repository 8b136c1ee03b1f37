/**
 * W2² from below by Kantorovich's duality, with a potential of one's choice.
 *
 * @module
 */
import {
  checkInteger,
  checkOptions,
  checkPositive,
  checkRecord,
  maybe,
} from "../../numerics/checks.ts";
import { type MatrixLike, randomStream, studentQuantile, toMatrix } from "../../numerics/mod.ts";
import { squaredDistance, squaredNorm } from "../../numerics/vectors.ts";
import { checkLandscape, type Landscape } from "../laws/landscape.ts";

/** A lower bound on W2² by samples of both laws. */
export interface DualBound {
  readonly value: number;
  /** 95 %, by Student's law over the pairs. */
  readonly interval: readonly [low: number, high: number];
  /** Share of the pairs where another start than the pair's own found a lower value. */
  readonly elsewhere: number;
  /** Largest gradient that a search ended at: what is left to gain is about half its square. */
  readonly slope: number;
}

/** A search ends where the gradient is so small. */
const FLAT = 1e-4;

/**
 * W2²(p, q) ≥ 2 E_q[QΨ] − 2 E_p[Ψ], QΨ(y) = min_x Ψ(x) + ½|x − y|², for any function Ψ; equality if
 * x ↦ x + ∇Ψ(x) is Brenier's map.
 *
 * As the laws are known by samples, it is a mean over them, with no bias for a Ψ that was chosen without
 * them. The minimum is sought by descent from the pair's own x and from other starts about y; it is a bound
 * as far as these find the least value, which is why Ψ must be bounded below ({@link saturated}), and why
 * `elsewhere` tells how often another start did better.
 *
 * @param given `from` and `to` [members, dimension], x and y of each pair, and Ψ
 * @param options `starts`: others for each pair; `rounds` of descent at most
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} if shapes differ or there are fewer than two pairs
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { quadraticLandscape } from "../mod.ts";
 * import { dualBound } from "./dual_bound.ts";
 *
 * // x ↦ x/2 is x + ∇Ψ of Ψ = −x²/4, and W2² is E x²/4.
 * const potential = quadraticLandscape({ minimum: [0], curvature: [[-0.5]] });
 * const from = [[1], [-1], [2], [-2]], to = from.map(([x]) => [x / 2]);
 * const { value } = dualBound({ from, to, potential });
 * assert(Math.abs(value - 2.5 / 4) < 1e-6);
 * ```
 */
export function dualBound(
  given: { readonly from: MatrixLike; readonly to: MatrixLike; readonly potential: Landscape },
  options: { readonly starts?: number; readonly rounds?: number } = {},
): DualBound {
  const { potential } = checkRecord("given", given, {});
  checkLandscape("potential", potential);
  const { starts = 3, rounds = 200 } = checkOptions("options", options, {
    starts: maybe(checkInteger, { least: 0 }),
    rounds: maybe(checkInteger),
  });
  const [from, to] = [toMatrix(given.from, "from"), toMatrix(given.to, "to")];
  const d = potential.dimension, n = from.rows;
  if (from.cols !== d || to.cols !== d || to.rows !== n || n < 2) {
    throw new RangeError(
      `from is ${n} × ${from.cols} and to ${to.rows} × ${to.cols}; both must have two or more rows ` +
        `of ${d} numbers`,
    );
  }
  const stream = randomStream(0, "dynamics/dual starts");
  let [better, slope] = [0, 0];
  const gains = Float64Array.from({ length: n }, (_, i) => {
    const x = from.data.slice(i * d, (i + 1) * d), y = to.data.slice(i * d, (i + 1) * d);
    const own = least(potential, y, x, rounds);
    // About y, as far away as x is and half of it.
    const reach = Math.sqrt(squaredDistance(x, y) / d);
    const others = Array.from({ length: starts }, (_, k) => {
      const noise = stream.normal(d), size = k === 0 ? 0 : 2 * k * reach;
      return least(potential, y, y.map((value, j) => value + size * noise[j]), rounds);
    });
    const found = [own, ...others];
    const lowest = Math.min(...found.map(({ value }) => value));
    if (lowest < own.value - 1e-6) better++;
    slope = Math.max(slope, own.slope);
    return 2 * (lowest - potential.value(x, 0));
  });
  const value = gains.reduce((total, gain) => total + gain, 0) / n;
  const squares = gains.reduce((total, gain) => total + (gain - value) ** 2, 0);
  const error = Math.sqrt(squares / (n - 1) / n) * studentQuantile(0.975, n - 1);
  return { value, interval: [value - error, value + error], elsewhere: better / n, slope };
}

/** The least of Ψ(x) + ½|x − y|² that descent finds from a start. */
function least(
  { dimension: d, value, gradient }: Landscape,
  y: Float64Array,
  start: Float64Array,
  rounds: number,
): { readonly value: number; readonly slope: number } {
  const at = (x: Float64Array) => value(x, 0) + squaredDistance(x, y) / 2;
  let x = start, reached = at(x), step = 1, size = Infinity;
  const slope = new Float64Array(d);
  for (let round = 0; round < rounds; round++) {
    gradient(x, 0, slope);
    for (let i = 0; i < d; i++) slope[i] += x[i] - y[i];
    size = Math.sqrt(squaredNorm(slope));
    if (size < FLAT) break;
    let next = x, found = Infinity;
    for (; step > 1e-8; step /= 2) {
      next = x.map((value, i) => value - step * slope[i]);
      found = at(next);
      if (found <= reached) break;
    }
    if (!(found <= reached)) break;
    [x, reached] = [next, found];
    step = Math.min(1.6 * step, 8);
  }
  return { value: reached, slope: size };
}

/**
 * −L/(1 + L/most) of a loss L ≥ 0: a potential Ψ for {@link dualBound} along the loss's descent that is
 * bounded below by −most.
 *
 * @throws {TypeError} if the loss is no landscape
 * @throws {RangeError} if `most` is not positive
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { quadraticLandscape } from "../mod.ts";
 * import { saturated } from "./dual_bound.ts";
 * const potential = saturated(quadraticLandscape({ minimum: [0], curvature: [[2]] }), 4);
 * assert.equal(potential.value(Float64Array.of(2), 0), -2);
 * ```
 */
export function saturated(loss: Landscape, most: number): Landscape {
  const { dimension, value, gradient } = checkLandscape("loss", loss);
  checkPositive("most", most);
  return {
    dimension,
    value(x, t) {
      const l = value(x, t);
      return -l / (1 + l / most);
    },
    gradient(x, t, into) {
      const factor = -((1 + value(x, t) / most) ** -2);
      gradient(x, t, into);
      for (let i = 0; i < dimension; i++) into[i] *= factor;
    },
  };
}
