/**
 * Linear networks from ever smaller weights: how long they stay at the saddle, and what it costs.
 *
 * @module
 */
import { trainingSet } from "../../datasets/mod.ts";
import { gradientFlow } from "../../dynamics/mod.ts";
import { fullyConnected } from "../../networks/mod.ts";
import {
  checkInteger,
  checkList,
  checkNumber,
  checkOptions,
  checkPositive,
  must,
} from "../../numerics/checks.ts";
import { CONTROL_CHECKS } from "../../numerics/control.ts";
import { columnsScaled } from "../../numerics/dense.ts";
import { type Control, eighSync, multiply, type Tensor } from "../../numerics/mod.ts";

/** Where a flow from smaller weights has come to a loss. */
export interface SaddlePoint {
  readonly seed: number;
  /** ε: the initial weights are those of the seed times this. */
  readonly factor: number;
  /** T, by when a share of ½‖Y‖² is left. */
  readonly time: number;
  /** T/T_SL up to there. */
  readonly inefficiency: number;
}

/** What {@link saddleEscape} gives. */
export interface SaddleEscape {
  readonly points: readonly SaddlePoint[];
  /** κ, the largest rate at the saddle: there all weights grow as e^(κt). */
  readonly rate: number;
  /**
   * A seed each: dT/d ln(1/ε) between its two smallest factors, which tends to 1/κ as ε → 0, and 1/κ.
   */
  readonly slopes: readonly { readonly measured: number; readonly foretold: number }[];
}

/** Options of {@link saddleEscape}. */
export interface SaddleEscapeOptions extends Control {
  readonly n: number;
  readonly width: number;
  /** Growing, two at least. */
  readonly factors: readonly number[];
  readonly seeds: readonly number[];
  /** Share of ½‖Y‖² at which each flow ends. */
  readonly left: number;
  readonly tolerance?: number;
}

/**
 * Gradient flow on CIFAR-10 of linear networks with one hidden layer, f = b W₂ᵀW₁ᵀx with b = 1/√(d·width), from
 * their initial weights times ε.
 *
 * At weights of zero there is no gradient. Near them W₁' = b XᵀY W₂ᵀ and W₂' = b W₁ᵀXᵀY: small weights grow as e^(κt),
 * κ = b σ₁(XᵀY), and T is later by ln(1/ε)/κ.
 *
 * @throws {RangeError} if factors are not growing or fewer than two, or a number is out of range
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { saddleEscape } from "./saddle_escape.ts";
 * const { slopes: [{ measured, foretold }] } = await saddleEscape({
 *   ...{ n: 10, width: 8, factors: [1e-4, 1e-3], seeds: [0], left: 0.95 },
 * });
 * assert(Math.abs(measured / foretold - 1) < 0.15);
 * ```
 */
export async function saddleEscape(options: SaddleEscapeOptions): Promise<SaddleEscape> {
  const { n, width, factors, seeds, left, tolerance = 0.01, onProgress, signal } = checkOptions(
    "options",
    options,
    {
      ...{ n: checkInteger, width: checkInteger, factors: must(checkList, checkPositive, 2) },
      seeds: must(checkList, must(checkInteger, { least: 0 }), 1),
      left: must(checkNumber, { above: 0, below: 1 }),
      tolerance: (name: string, value?: number) =>
        value === undefined ? value : checkNumber(name, value, { least: 1e-6, most: 0.2 }),
      ...CONTROL_CHECKS,
    },
  );
  const falling = factors.findIndex((factor, i) => i > 0 && factor <= factors[i - 1]);
  if (falling > 0) {
    throw new RangeError(
      `factors[${falling}] is ${factors[falling]}; factors must grow, from ${factors[falling - 1]}`,
    );
  }
  const data = await trainingSet(n);
  const size = data.images.data.length / n;
  const network = fullyConnected({ widths: [n, width, 10], activation: "linear", weightStd: 1 });
  const coordinates = { images: withinSpan(data.images), targets: data.targets };
  const rate = largestSingular(data.images, data.targets) / Math.sqrt(size * width);
  const points: SaddlePoint[] = [];
  for (const seed of seeds) {
    for (const factor of factors) {
      const { trajectory } = await gradientFlow(network, coordinates, {
        ...{ horizon: (40 + 4 * Math.log(1 / Math.min(1, factor))) / rate, tolerance, signal },
        parameters: network.init(seed).map(({ shape, data }) => ({
          shape,
          data: data.map((value) => factor * value),
        })),
        until: ({ loss }) => loss <= left * 0.45 * n,
      });
      signal?.throwIfAborted();
      points.push({ seed, factor, ...reached(trajectory, left * 0.45 * n) });
      await onProgress?.({ done: points.length, total: seeds.length * factors.length });
    }
  }
  const slopes = seeds.map((seed) => {
    const [first, second] = points.filter((point) => point.seed === seed);
    return {
      measured: (first.time - second.time) / Math.log(second.factor / first.factor),
      foretold: 1 / rate,
    };
  });
  return { points, rate, slopes };
}

/**
 * Time and T/T_SL where the loss is reached, between the last two entries along powers of time: a straight
 * line would put ‖Δθ‖², which grows as time squared at first, too high, and T/T_SL below 1.
 */
function reached(
  { time, loss, lossDrop, displacementSquared }: Awaited<
    ReturnType<typeof gradientFlow>
  >["trajectory"],
  at: number,
) {
  const last = time.length - 1;
  if (loss[last] > at) {
    throw new RangeError(`the loss is ${loss[last]} at the horizon, above ${at}`);
  }
  const share = (loss[last - 1] - at) / (loss[last - 1] - loss[last]);
  const between = (column: Float64Array) =>
    last === 1 ? column[1] : column[last - 1] ** (1 - share) * column[last] ** share;
  const T = between(time);
  return { time: T, inefficiency: T * between(lossDrop) / between(displacementSquared) };
}

/**
 * The images' coordinates in the space that they span, [n, n], times √(n/d): what of W₁ lies across it never moves and
 * says nothing, so that a network of n inputs has the same flow as one of d, but for the draw of its weights.
 */
function withinSpan(images: Tensor): Tensor {
  const [n] = images.shape;
  const d = images.data.length / n;
  const x = { rows: n, cols: d, data: Float64Array.from(images.data) };
  const { values, vectors } = eighSync(multiply(x, x, { transposeB: true }));
  const lengths = values.map((value) => Math.sqrt(Math.max(0, value) * n / d));
  return { shape: [n, n], data: Float32Array.from(columnsScaled(vectors, lengths).data) };
}

/** σ₁(XᵀY), by the matrix YᵀXXᵀY of outputs. */
function largestSingular(images: Tensor, targets: Tensor): number {
  const [n, outputs] = targets.shape;
  const x = { rows: n, cols: images.data.length / n, data: Float64Array.from(images.data) };
  const y = { rows: n, cols: outputs, data: Float64Array.from(targets.data) };
  const product = multiply(y, x, { transposeA: true });
  const { values } = eighSync(multiply(product, product, { transposeB: true }));
  return Math.sqrt(Math.max(...values));
}
