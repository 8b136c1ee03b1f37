/**
 * Flows of an infinitely wide network from initial functions drawn from its NNGP: what a finite
 * network's seeds become.
 *
 * @module
 */
import { checkInteger, checkNumbers, checkOptions, maybe } from "../../numerics/checks.ts";
import type { Matrix } from "../../numerics/mod.ts";
import { nngpFunctions } from "../../ntk/mod.ts";
import type { FlowColumns } from "../studies/computations/width_realization.ts";
import { linearColumns } from "../studies/linear_columns.ts";
import { checkWidthSeries, type WidthSeries } from "../studies/width_series_result.ts";

/** Flows from many initial functions, at common times. */
export interface WideFunctions {
  /** 0 and the recorded times of the series. */
  readonly time: number[];
  /** λ_1, which stays as it is. */
  readonly lambdaMax: number;
  /** One each function. */
  readonly flows: readonly FlowColumns[];
}

/**
 * The infinitely wide network's exact flow from random initial functions: f_0 of each output from the
 * NNGP, L(T) = ½ Σ Δ_k² e^{−2λ_k T} and the like with Δ = y − f_0 along the kernel's eigenvectors. So a
 * function here is what a seed is at finite width, and has its own T_SL.
 *
 * @param options `functions`: how many are drawn; `seed`: the same draws the same; `times`: those of the
 * series' networks by default
 * @throws {RangeError} if the series has no network and no times are given, or a number is out of range
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type WidthSeries, wideFunctions } from "../mod.ts";
 * // One image and one mode, a function that is 0: T/T_SL = (λT/2) coth(λT/2).
 * const series: WidthSeries = {
 *   configuration: {
 *     ...{ architecture: "fully-connected", widths: [], n: 1 },
 *     ...{ seeds: 2, horizon: 1, tolerance: 0.01 },
 *   },
 *   limit: { eigenvalues: [2], labels: [0.9, ...new Array(9).fill(-0.1)], covariance: [1e-30] },
 *   networks: [],
 * };
 * const { flows: [{ lossDrop, displacementSquared }] } = wideFunctions(series, {
 *   functions: 1,
 *   times: [0, 1],
 * });
 * assert(Math.abs(lossDrop[1] / displacementSquared[1] - 1 / Math.tanh(1)) < 1e-9);
 * ```
 */
export function wideFunctions(
  series: WidthSeries,
  options: {
    readonly functions?: number;
    readonly seed?: number;
    readonly times?: readonly number[];
  } = {},
): WideFunctions {
  const { limit: { eigenvalues, labels, covariance }, networks } = checkWidthSeries(
    "series",
    series,
  );
  const { functions = 2000, seed = 0, times } = checkOptions("options", options, {
    functions: maybe(checkInteger),
    seed: maybe(checkInteger, { least: 0 }),
    times: maybe(checkNumbers),
  });
  const time = [...new Set(times ?? networks.flatMap((network) => network.time))]
    .sort((a, b) => a - b);
  if (time.length === 0) {
    throw new RangeError("the series has no networks; give times, or a series that has");
  }
  const n = eigenvalues.length, outputs = labels.length / n;
  const drawn = nngpFunctions(fromTriangle(covariance, n), { outputs, functions, seed });
  const squares = new Float64Array(functions * n);
  for (let k = 0; k < n; k++) {
    for (let at = 0; at < drawn.cols; at++) {
      const difference = labels[k * outputs + at % outputs] - drawn.data[k * drawn.cols + at];
      squares[Math.floor(at / outputs) * n + k] += difference ** 2;
    }
  }
  const columns = linearColumns(eigenvalues, { rows: functions, cols: n, data: squares }, time);
  const row = ({ data, cols }: Matrix, i: number) =>
    Array.from(data.subarray(i * cols, (i + 1) * cols));
  return {
    ...{ time, lambdaMax: eigenvalues[0] },
    flows: Array.from({ length: functions }, (_, i) => ({
      loss: row(columns.loss, i),
      lossDrop: row(columns.lossDrop, i),
      displacementSquared: row(columns.displacementSquared, i),
      pathLength: row(columns.pathLength, i),
    })),
  };
}

/** A symmetric matrix of its rows up to the diagonal. */
function fromTriangle(values: readonly number[], n: number): Matrix {
  const data = new Float64Array(n * n);
  for (let i = 0, at = 0; i < n; i++) {
    for (let j = 0; j <= i; j++, at++) data[i * n + j] = data[j * n + i] = values[at];
  }
  return { rows: n, cols: n, data };
}
