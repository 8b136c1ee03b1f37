/**
 * A width series of its runs: the limit along its kernel's eigenvectors, and each network beside it.
 *
 * @module
 */
import { relativeKernelChange } from "../../ntk/mod.ts";
import { eighSync, type Matrix, multiply } from "../../numerics/mod.ts";
import { trace } from "../../numerics/trace.ts";
import type { FlowColumns, WidthLimitRun, WidthRun } from "./computations/width_realization.ts";
import { linearColumns } from "./linear_columns.ts";
import type { WidthLimit, WidthRealization } from "./width_series_result.ts";

const OUTPUTS = 10;

/** The limit's eigenpairs, the largest first. */
interface Eigenpairs {
  readonly values: number[];
  /** A row each. */
  readonly vectors: Matrix;
  readonly ntk: Matrix;
  /** Components of the targets, n × outputs. */
  readonly labels: Matrix;
}

/** The limit as it is kept, with what networks are set beside. */
export function limitOf(
  { nngp, ntk, targets }: WidthLimitRun,
): { readonly limit: WidthLimit; readonly pairs: Eigenpairs } {
  const { values, vectors } = eighSync(ntk, { name: "the infinite kernel" });
  const n = ntk.rows;
  const rows = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < n; i++) rows[k * n + i] = vectors.data[i * n + (n - 1 - k)];
  }
  const along = { rows: n, cols: n, data: rows };
  const labels = multiply(along, { rows: n, cols: OUTPUTS, data: targets });
  const covariance = multiply(multiply(along, nngp), along, { transposeB: true });
  const pairs = { values: Array.from(values).reverse(), vectors: along, ntk, labels };
  return {
    pairs,
    limit: {
      eigenvalues: pairs.values.map((value) => rounded(value, 10)),
      labels: Array.from(labels.data, (value) => rounded(value)),
      covariance: Array.from({ length: n }, (_, k) =>
        Array.from(
          covariance.data.subarray(k * n, k * n + k + 1),
          (value) => rounded(value, 10),
        )).flat(),
    },
  };
}

/** A network beside the limit. */
export function besideLimit(
  run: WidthRun,
  { width, seed }: { readonly width: number; readonly seed: number },
  { values, vectors, ntk, labels }: Eigenpairs,
): WidthRealization {
  const { time, flow, lambdaMax, initialFunction, kernel, lastKernel, gradients, seconds } = run;
  const n = ntk.rows;
  const components = multiply(vectors, { rows: n, cols: OUTPUTS, data: initialFunction });
  const squares = new Float64Array(n);
  components.data.forEach((f, at) =>
    squares[Math.floor(at / OUTPUTS)] += (labels.data[at] - f) ** 2
  );
  const wide = linearColumns(values, { rows: 1, cols: n, data: squares }, time);
  const column = ({ data }: Matrix) => Array.from(data, (value) => rounded(value));
  return {
    ...{ width, seed, time: time.map((one) => rounded(one, 15)) },
    flow: roundedFlow(flow),
    wide: {
      loss: column(wide.loss),
      lossDrop: column(wide.lossDrop),
      displacementSquared: column(wide.displacementSquared),
      pathLength: column(wide.pathLength),
    },
    lambdaMax: lambdaMax.map((value) => rounded(value, 5)),
    kernel: {
      distance: rounded(relativeKernelChange(ntk, kernel), 5),
      trace: rounded(trace(kernel) / trace(ntk), 5),
      change: rounded(relativeKernelChange(kernel, lastKernel), 5),
    },
    ...{ gradients: Math.round(gradients), seconds: Math.round(seconds) },
  };
}

const roundedFlow = ({ loss, lossDrop, displacementSquared, pathLength }: FlowColumns) => ({
  loss: loss.map((value) => rounded(value)),
  lossDrop: lossDrop.map((value) => rounded(value)),
  displacementSquared: displacementSquared.map((value) => rounded(value)),
  pathLength: pathLength.map((value) => rounded(value)),
});

const rounded = (value: number, digits = 7) => Number(value.toPrecision(digits));
