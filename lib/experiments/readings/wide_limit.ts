/**
 * The inefficiency of infinitely wide networks, split between the initial function and the labels:
 * nothing in it is fitted.
 *
 * @module
 */
import { checkOptions, checkPositive, maybe } from "../../numerics/checks.ts";
import { sum } from "../../numerics/mod.ts";
import { checkKernel, checkWide } from "../checks.ts";
import type { Place } from "./peak.ts";
import type { KernelStudy } from "../studies/kernels.ts";
import { silentLoss } from "./study_readings.ts";

/** T/T_SL at one time, and its two parts. */
export interface WideLimitPoint {
  readonly time: number;
  /** ι = E ΔL · T/E‖Δθ‖², the ratio of means over initial functions. */
  readonly inefficiency: number;
  /** ι_f of the initial function alone, with no labels. */
  readonly initial: number;
  /** ι_y of the labels alone, from a network that says nothing. */
  readonly labels: number;
  /** D_f/(D_f + D_y): ι is the mean of the two with this weight and the rest. D = E‖Δθ‖². */
  readonly initialWeight: number;
  /** d ln ι/d ln T. */
  readonly slope: number;
  /** E L/(½‖Y‖²) */
  readonly lossLeft: number;
}

/** The flow of an infinitely wide network, in the mean over its initial functions. */
export interface WideLimit {
  readonly study: KernelStudy;
  /** ΔL/(rᵀK⁻¹r): ι over T once the data are interpolated. */
  readonly lateRate: number;
  /** @throws {RangeError} if T is not positive */
  at(T: number): WideLimitPoint;
}

/** E f_0² below 0 by more than this share of the largest square is no rounding. */
const ROUNDING = 1e-5;

/**
 * The gradient flow of an infinitely wide network from its stored kernel.
 *
 * With E[f_0] = 0 cross terms vanish in the mean, so that E ΔL and D = E‖Δθ‖² split into a part of the
 * initial function f_0 and one of the labels y, each a linear flow with the same kernel, and
 * ι = (D_f ι_f + D_y ι_y)/(D_f + D_y).
 *
 * @param study of an infinitely wide network: `startSquares` is the mean of f_0's squares and the labels'
 * @throws {RangeError} if the network is finite, whose squares are those of one function and do not split
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type KernelStudy, storedResult, wideLimit } from "../mod.ts";
 * const stored = await storedResult<KernelStudy>("kernels/myrtle_5_infinite_n64_seed0");
 * const { inefficiency, initial, labels, initialWeight: w } = wideLimit(stored!.result).at(3);
 * assert(Math.abs(inefficiency - (w * initial + (1 - w) * labels)) < 1e-9);
 * assert(initial > 50 && labels < 2);
 * ```
 */
export function wideLimit(study: KernelStudy): WideLimit {
  checkKernel("study", study);
  const { eigenvalues, startSquares, labelSquares, configuration: { width, n } } = study;
  if (width !== "infinite") {
    throw new RangeError(
      `the network's width is ${width}; the split is of the mean over functions of an infinite one`,
    );
  }
  const most = startSquares.reduce((a, b) => Math.max(a, b));
  const initialSquares = startSquares.map((square, k) => {
    const left = square - labelSquares[k];
    if (left >= -ROUNDING * most) return Math.max(0, left);
    throw new RangeError(
      `startSquares[${k}] is ${square}, below labelSquares[${k}], ${
        labelSquares[k]
      }; the mean over ` +
        "initial functions is not",
    );
  });
  const moved = movedBy(eigenvalues, initialSquares, labelSquares);
  const loss = sum(Float64Array.from(startSquares)) / 2;
  const late = moved(Infinity);
  return {
    study,
    lateRate: (late.initial.drop + late.labels.drop) / (late.initial.square + late.labels.square),
    at: (T) => {
      checkPositive("T", T);
      const { initial: f, labels: y } = moved(T);
      const [drop, square] = [f.drop + y.drop, f.square + y.square];
      return {
        time: T,
        inefficiency: T * drop / square,
        initial: T * f.drop / f.square,
        labels: T * y.drop / y.square,
        initialWeight: f.square / square,
        slope: 1 + T * ((f.dropRate + y.dropRate) / drop - (f.squareRate + y.squareRate) / square),
        lossLeft: (loss - drop) / silentLoss(n),
      };
    },
  };
}

/** ΔL and ‖Δθ‖² of both parts up to T, and their derivatives there. */
function movedBy(
  eigenvalues: readonly number[],
  initialSquares: readonly number[],
  labelSquares: readonly number[],
) {
  return (T: number) => {
    const [initial, labels] = [
      { drop: 0, square: 0, dropRate: 0, squareRate: 0 },
      { drop: 0, square: 0, dropRate: 0, squareRate: 0 },
    ];
    const add = (part: typeof initial, square: number, rate: number, e: number) => {
      part.drop -= square * e * (2 + e) / 2; // (1 − e^{−2λT})/2
      part.square += square * e * e / rate;
      part.dropRate += square * rate * (1 + e) ** 2;
      part.squareRate -= 2 * square * e * (1 + e);
    };
    eigenvalues.forEach((rate, k) => {
      if (!(rate > 0)) return;
      const e = Math.expm1(-rate * T);
      add(initial, initialSquares[k], rate, e);
      add(labels, labelSquares[k], rate, e);
    });
    return { initial, labels };
  };
}

/** The regimes of an infinitely wide network, from the first to the last. */
export interface WideRegimes {
  /** Where ι turns down; not there if it only bends. */
  readonly peak?: Place;
  /** Where it turns up again. */
  readonly trough?: Place;
  /** The least d ln ι/d ln T between the rise and the last one: below 0 there is a peak. */
  readonly leastSlope: { readonly slope: number; readonly time: number };
  /** From here on ι is within 10 % of its last asymptote, T ΔL/(rᵀK⁻¹r); ∞ if not by `to`. */
  readonly lateFrom: number;
}

/**
 * Where the regimes of a wide limit lie: the rise, a peak if there is one, the fall, and the last rise,
 * ι ∝ T. Every turn counts, as there is no integrator's error.
 *
 * @param from and `to`: the times between which it is looked; by default from 1/λ_1 to 100/λ_n
 * @throws {RangeError} if they are not 0 < from < to
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type KernelStudy, storedResult, wideLimit, wideRegimes } from "../mod.ts";
 * const stored = await storedResult<KernelStudy>("kernels/myrtle_5_infinite_n64_seed0");
 * const { peak, trough } = wideRegimes(wideLimit(stored!.result));
 * assert(peak!.inefficiency > trough!.inefficiency && peak!.time < trough!.time);
 * ```
 */
export function wideRegimes(
  flow: WideLimit,
  options: { readonly from?: number; readonly to?: number } = {},
): WideRegimes {
  checkWide("flow", flow);
  const { from, to } = checkOptions("options", options, {
    ...{ from: maybe(checkPositive), to: maybe(checkPositive) },
  });
  const moving = flow.study.eigenvalues.filter((value) => value > 0);
  const start = checkPositive("from", from ?? 1 / moving[0]);
  const end = checkPositive("to", to ?? 100 / moving[moving.length - 1]);
  if (!(start < end)) throw new RangeError(`from is ${start} and to ${end}; from must be below to`);
  const count = Math.ceil(A_DECADE * Math.log10(end / start)) + 3;
  const time = Array.from({ length: count }, (_, i) => start * (end / start) ** (i / (count - 1)));
  const slopes = time.map((t) => flow.at(t).slope);
  const turns = (sign: 1 | -1): Place[] =>
    time.slice(1).flatMap((t, i) => {
      if (!(sign * slopes[i] > 0 && sign * slopes[i + 1] <= 0)) return [];
      const at = bisected((x) => sign * flow.at(x).slope > 0, time[i], t);
      return [{ time: at, inefficiency: flow.at(at).inefficiency }];
    });
  const highest = (places: Place[], sign: 1 | -1): Place | undefined =>
    places.toSorted((a, b) => sign * (b.inefficiency - a.inefficiency))[0];
  const peak = highest(turns(1), 1);
  const trough = peak && highest(turns(-1).filter((place) => place.time > peak.time), -1);
  // The slope is 0 at T → 0 too: the least one after it has been largest for the first time.
  const risen = slopes.findIndex((slope, i) => i + 1 < count && slopes[i + 1] < slope);
  const least = slopes.reduce(
    (a, slope, i) => i >= risen && slope < slopes[a] ? i : a,
    Math.max(0, risen),
  );
  const off = (t: number) => flow.at(t).inefficiency / (flow.lateRate * t) - 1 > 0.1;
  const lastOff = time.findLastIndex(off);
  return {
    ...{ peak, trough },
    leastSlope: { slope: slopes[least], time: time[least] },
    lateFrom: lastOff < 0
      ? start
      : lastOff === count - 1
      ? Infinity
      : bisected(off, time[lastOff], time[lastOff + 1]),
  };
}

/** So many times a decade are looked at for turns; these are then bisected. */
const A_DECADE = 30;

/** Where a test ceases to hold between two times. */
function bisected(holds: (time: number) => boolean, from: number, to: number): number {
  let [a, b] = [from, to];
  while (b / a > 1 + 1e-9) {
    const middle = Math.sqrt(a * b);
    if (holds(middle)) a = middle;
    else b = middle;
  }
  return Math.sqrt(a * b);
}
