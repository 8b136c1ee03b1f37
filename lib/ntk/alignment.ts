/**
 * How kernels lie to targets and to each other.
 *
 * @module
 */
import { checkFlag, checkNumbers, checkOptions, maybe } from "../numerics/checks.ts";
import { type Matrix, type MatrixLike, multiply, sum, toMatrix } from "../numerics/mod.ts";

/**
 * Kernel–target alignment ⟨K, YYᵀ⟩/(‖K‖ ‖YYᵀ‖), between 0 and 1 for kernels (Cristianini et al.
 * 2001); centred as Cortes et al. (2012) do, unless told otherwise.
 *
 * @param kernel n × n
 * @param targets n·outputs numbers, sample by sample
 * @throws {RangeError} if sizes do not fit, or kernel or targets are constant
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { kernelTargetAlignment } from "./alignment.ts";
 *
 * assert(Math.abs(kernelTargetAlignment([[1, -1], [-1, 1]], [1, -1]) - 1) < 1e-14);
 * ```
 */
export function kernelTargetAlignment(
  kernel: MatrixLike,
  targets: ArrayLike<number>,
  options: { readonly centred?: boolean } = {},
): number {
  const { centred = true } = checkOptions("options", options, { centred: maybe(checkFlag) });
  checkNumbers("targets", targets);
  const k = toMatrix(kernel, "kernel");
  const n = k.rows, outputs = targets.length / n;
  if (k.cols !== n || !Number.isInteger(outputs) || outputs < 1) {
    throw new RangeError(
      `kernel is ${k.rows} × ${k.cols} and targets has ${targets.length} numbers; ` +
        "n × n and a multiple of n are needed",
    );
  }
  const y = { rows: n, cols: outputs, data: Float64Array.from(targets) };
  return cosine(k, multiply(y, y, { transposeB: true }), centred, "kernel or targets");
}

/**
 * 1 − ⟨K, K'⟩/(‖K‖ ‖K'‖): how far a kernel has turned from another, scale aside; 0 to 1.
 *
 * @throws {RangeError} if the shapes differ or a kernel is 0
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { kernelDistance } from "./alignment.ts";
 *
 * assert(Math.abs(kernelDistance([[1, 0], [0, 1]], [[2, 0], [0, 2]])) < 1e-15);
 * assert.equal(kernelDistance([[1, 0], [0, 0]], [[0, 0], [0, 1]]), 1);
 * ```
 */
export function kernelDistance(kernel: MatrixLike, other: MatrixLike): number {
  const [a, b] = [toMatrix(kernel, "kernel"), toMatrix(other, "other")];
  checkShapes(a, b);
  return 1 - cosine(a, b, false, "kernel or other");
}

/**
 * ‖K' − K‖/‖K‖ in Frobenius' norm: how far a kernel has moved.
 *
 * @throws {RangeError} if the shapes differ or the first is 0
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { relativeKernelChange } from "./alignment.ts";
 * assert.equal(relativeKernelChange([[1, 0], [0, 0]], [[3, 0], [0, 0]]), 2);
 * ```
 */
export function relativeKernelChange(kernel: MatrixLike, other: MatrixLike): number {
  const [a, b] = [toMatrix(kernel, "kernel"), toMatrix(other, "other")];
  checkShapes(a, b);
  const size = sum(a.data.map((x) => x * x));
  if (!(size > 0)) throw new RangeError("kernel is 0; nothing moves relative to it");
  return Math.sqrt(sum(a.data.map((x, i) => (b.data[i] - x) ** 2)) / size);
}

function cosine(a: Matrix, b: Matrix, centred: boolean, what: string): number {
  const [x, y] = centred ? [centredOf(a), centredOf(b)] : [a, b];
  const size = Math.sqrt(sum(x.data.map((v) => v * v))) * Math.sqrt(sum(y.data.map((v) => v * v)));
  if (!(size > 0)) throw new RangeError(`${what} is constant; it has no direction`);
  return sum(x.data.map((v, i) => v * y.data[i])) / size;
}

/** H K H, H = 1 − 11ᵀ/n. */
function centredOf({ rows: n, data }: Matrix): Matrix {
  const mean = new Float64Array(n);
  let whole = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) mean[i] += data[i * n + j] / n;
    whole += mean[i] / n;
  }
  return {
    rows: n,
    cols: n,
    data: data.map((v, at) => v - mean[Math.floor(at / n)] - mean[at % n] + whole),
  };
}

function checkShapes(a: Matrix, b: Matrix) {
  if (a.rows !== b.rows || a.cols !== b.cols) {
    throw new RangeError(`kernel is ${a.rows} × ${a.cols}, other ${b.rows} × ${b.cols}`);
  }
}
