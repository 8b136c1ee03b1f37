/**
 * A kernel's spectrum, and where in it the residue lies.
 *
 * @module
 */
import {
  checkInteger,
  checkNumber,
  checkNumbers,
  checkOptions,
  checkRecord,
  maybe,
} from "../numerics/checks.ts";
import { CONTROL_CHECKS } from "../numerics/control.ts";
import {
  type Control,
  eigh,
  type Matrix,
  type MatrixLike,
  multiply,
  topEigenpairs,
} from "../numerics/mod.ts";
import { symmetricCopy, toMatrix } from "../numerics/matrix.ts";
import { applied } from "../numerics/vectors.ts";

/**
 * A kernel's eigenpairs, largest first: eigenvalue k of the paper is at index k − 1. All of them, or
 * some from the top.
 */
export interface KernelSpectrum {
  /** λ_1 ≥ λ_2 ≥ … ≥ 0. */
  readonly eigenvalues: Float64Array;
  /** As many eigenvectors in columns, in that order. */
  readonly eigenvectors: Matrix;
}

/** Options of {@link kernelSpectrum}. */
export interface KernelSpectrumOptions extends Control {
  /** How many eigenpairs, from the largest down; all by default. */
  readonly count?: number;
}

/** Eigenvalues below −this fraction of the largest are no kernel's. */
const NEGATIVE = 1e-5;
/** Up to this share of all pairs, Krylov's method is cheaper than the whole spectrum. */
const FEW = 1 / 8;
/** Relative to λ_1: ‖K v − λ v‖ of a pair by Krylov's method. */
const RESIDUAL = 1e-9;

/**
 * The spectrum of a kernel, or its top: few pairs by Krylov's method. Eigenvalues that float32
 * products made slightly negative (to 10⁻⁵ of the largest) are given as 0.
 *
 * @throws {RangeError} if the kernel is not square, not symmetric, or indefinite beyond that (as far
 * as its spectrum is asked for), or count is none from 1 to its size
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { kernelSpectrum } from "./spectrum.ts";
 *
 * const { eigenvalues } = await kernelSpectrum([[2, 1], [1, 2]]);
 * assert(Math.abs(eigenvalues[0] - 3) < 1e-14 && Math.abs(eigenvalues[1] - 1) < 1e-14);
 * ```
 */
export async function kernelSpectrum(
  kernel: MatrixLike,
  options: KernelSpectrumOptions = {},
): Promise<KernelSpectrum> {
  const { count, ...control } = checkOptions("options", options, {
    count: maybe(checkInteger),
    ...CONTROL_CHECKS,
  });
  const symmetric = symmetricCopy(kernel, "kernel");
  const n = symmetric.rows;
  if (count !== undefined) checkInteger("count", count, { most: n });
  if (count !== undefined && count <= FEW * n) return await topOf(symmetric, count, control);
  const { values, vectors } = await eigh(symmetric, { name: "kernel", ...control });
  const largest = n > 0 ? values[n - 1] : 0;
  if (n > 0 && values[0] < -NEGATIVE * Math.max(largest, 0)) throw indefinite(values[0], largest);
  const cols = count ?? n;
  const data = new Float64Array(n * cols);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < cols; k++) data[i * cols + k] = vectors.data[i * n + n - 1 - k];
  }
  return {
    eigenvalues: values.toReversed().subarray(0, cols).map((value) => Math.max(0, value)),
    eigenvectors: { rows: n, cols, data },
  };
}

async function topOf(kernel: Matrix, count: number, control: Control): Promise<KernelSpectrum> {
  const { values, vectors } = await topEigenpairs((v) => applied(kernel, v), kernel.rows, {
    ...{ count, tolerance: RESIDUAL },
    ...control,
  });
  const least = values[count - 1], largest = values[0];
  if (least < -NEGATIVE * Math.max(largest, 0)) throw indefinite(least, largest);
  return { eigenvalues: values.map((value) => Math.max(0, value)), eigenvectors: vectors };
}

const indefinite = (least: number, largest: number) =>
  new RangeError(
    `the kernel's least eigenvalue is ${least}, its largest ${largest}: it is indefinite beyond ` +
      "rounding, so no kernel",
  );

/**
 * Δ_k: the residue along the eigenvectors.
 *
 * A kernel of n samples acts on each output alike: then Δ_k² = Σ_o (v_k · r_o)², and Δ_k is its
 * root. A full kernel's eigenvectors have n·outputs entries: then Δ_k = v_k · r.
 *
 * @param residue targets − predictions, n·outputs numbers, sample by sample
 * @throws {RangeError} if its length is no multiple of the eigenvectors'
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { kernelSpectrum, residueComponents } from "./spectrum.ts";
 *
 * const spectrum = await kernelSpectrum([[2, 0], [0, 1]]);
 * // Two outputs: (3, 4) on the first sample, (0, 1) on the second.
 * const components = residueComponents(spectrum, [3, 4, 0, 1]);
 * assert.deepEqual([...components].map((c) => Math.round(c * 1e9) / 1e9), [5, 1]);
 * ```
 */
export function residueComponents(
  kernelSpectrum: KernelSpectrum,
  residue: ArrayLike<number>,
): Float64Array {
  return componentsAlong(vectorsOf("kernelSpectrum", kernelSpectrum), "residue", residue);
}

/** The eigenvectors of a spectrum, which is checked. */
function vectorsOf(name: string, spectrum: KernelSpectrum): Matrix {
  checkRecord(name, spectrum, { eigenvalues: checkNumbers }, "a spectrum, as kernelSpectrum gives");
  return toMatrix(spectrum.eigenvectors, `${name}.eigenvectors`);
}

function componentsAlong(
  eigenvectors: Matrix,
  name: string,
  residue: ArrayLike<number>,
): Float64Array {
  checkNumbers(name, residue);
  const n = eigenvectors.rows;
  const outputs = residue.length / n;
  if (!Number.isInteger(outputs) || outputs < 1) {
    throw new RangeError(
      `${name} has ${residue.length} numbers; it must be a multiple of the kernel's ${n}`,
    );
  }
  const right = { rows: n, cols: outputs, data: Float64Array.from(residue) };
  const { data } = multiply(eigenvectors, right, { transposeA: true });
  return Float64Array.from({ length: eigenvectors.cols }, (_, k) => {
    const row = data.subarray(k * outputs, (k + 1) * outputs);
    return outputs === 1 ? row[0] : Math.sqrt(row.reduce((sum, x) => sum + x * x, 0));
  });
}

/**
 * √⟨Δ_k²⟩ over random initial functions of an infinitely wide network: its outputs are independent
 * Gaussians of covariance `nngp`, so ⟨Δ_k²⟩ = Σ_o (v_k · y_o)² + outputs · v_k · (nngp v_k).
 *
 * @param targets n·outputs numbers, sample by sample
 * @throws {RangeError} if the shapes do not match
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { expectedResidueComponents, kernelSpectrum } from "./spectrum.ts";
 *
 * const spectrum = await kernelSpectrum([[2, 0], [0, 1]]);
 * const [first] = expectedResidueComponents(spectrum, [3, 1], [[16, 0], [0, 1]]);
 * assert(Math.abs(first - 5) < 1e-12);
 * ```
 */
export function expectedResidueComponents(
  spectrum: KernelSpectrum,
  targets: ArrayLike<number>,
  nngp: MatrixLike,
): Float64Array {
  const eigenvectors = vectorsOf("spectrum", spectrum);
  checkNumbers("targets", targets);
  const covariance = toMatrix(nngp, "nngp");
  const labels = componentsAlong(eigenvectors, "targets", targets);
  const { rows: n, cols } = eigenvectors;
  const outputs = targets.length / n;
  if (covariance.rows !== n || covariance.cols !== n) {
    throw new RangeError(
      `nngp is ${covariance.rows} × ${covariance.cols}; the spectrum's kernel is ${n} × ${n}`,
    );
  }
  const image = multiply(covariance, eigenvectors);
  const squares = labels.map((label) => label * label);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < cols; k++) {
      squares[k] += outputs * eigenvectors.data[i * cols + k] * image.data[i * cols + k];
    }
  }
  return squares.map(Math.sqrt);
}

/**
 * The share of the residue's square that lies on the first k eigenvectors, for k = 1, 2, …: the
 * overlap of the paper's Figure 1f, summed from the top.
 *
 * @param components Δ_k, largest eigenvalue first
 * @param options `whole`: the residue's square ‖r‖², of which the components are only a part where the
 * spectrum is not whole; by default their own sum
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { cumulativeOverlap } from "./spectrum.ts";
 * assert.deepEqual([...cumulativeOverlap([3, 4])], [9 / 25, 1]);
 * ```
 */
export function cumulativeOverlap(
  components: ArrayLike<number>,
  options: { readonly whole?: number } = {},
): Float64Array {
  checkNumbers("components", components);
  const squares = Float64Array.from(components, (c) => c * c);
  const sum = squares.reduce((a, b) => a + b, 0);
  const { whole = sum } = checkOptions("options", options, { whole: maybe(checkNumber) });
  const of = checkNumber("whole", whole, { least: (1 - 1e-6) * sum }) || 1;
  let total = 0;
  return squares.map((square) => (total += square) / of);
}
