/**
 * Whether a network moved as its linearization would: Δfᵀ K₀⁺ Δf / ‖Δθ‖².
 *
 * @module
 */
import { checkNetwork } from "../networks/check_network.ts";
import { flatten, type Network, tangentKernel, type TensorLike } from "../networks/mod.ts";
import { checkTensor } from "../networks/tensors.ts";
import {
  checkInteger,
  checkList,
  checkNumber,
  checkNumbers,
  checkOptions,
  checkRecord,
  maybe,
  must,
} from "../numerics/checks.ts";
import { CONTROL_CHECKS } from "../numerics/control.ts";
import { eventTurns } from "../numerics/event_turns.ts";
import {
  type Control,
  lanczos,
  type MatrixLike,
  type SymmetricProduct,
  toMatrix,
  toVector,
} from "../numerics/mod.ts";
import { ritzValues } from "../numerics/ritz_values.ts";
import { applied, squaredDistance, squaredNorm } from "../numerics/vectors.ts";
import { type KernelSpectrum, residueComponents } from "./spectrum.ts";

/** Eigenvalues of K₀ below this share of the largest count as 0: products in float32 have no more. */
const CUTOFF = 1e-6;
/** Products before it is asked whether more would change it. */
const LEAST = 32;
/** Relative to ‖T‖: a Krylov space is closed to what float32 resolves. */
const CLOSED = 1e-7;

/**
 * Δfᵀ K₀⁺ Δf / ‖Δθ‖², K₀ the kernel of all outputs at the start: the least ‖Δθ‖² by which the network
 * linearized there makes the change Δf, over what was moved.
 *
 * 1 if θ went the way of the linearized flow. A diagnostic, not a proof: it does not follow from 1
 * that K stayed (θ + 0.3 sin 2πθ from ¼ to 5/4 has 1); with one fixed J it is at most 1 for any Δθ,
 * by any optimizer; where J moved it may be above 1, for small eigenvalues amplify what K₀ hardly
 * reaches. The pseudo-inverse leaves out eigenvalues below `cutoff` λ_1, and what Δf has there: tell the
 * cut-off with the number. A fully connected network, 256 wide, has .89 (n = 100, τ = 0.2) at any below
 * 10⁻³; Myrtle-5 with 16 channels .54, .68, 1.3 and 6.3 at 10⁻², …, 10⁻⁵ (n = 60).
 *
 * @param spectrum of the kernel of all outputs, all pairs of it (`fullNtkSpectrum`)
 * @param options `outputChange`: f_T − f_0 on the same images, index sample · outputs + output
 * @throws {RangeError} if the spectrum is not whole, sizes do not match, nothing moved, or cutoff is
 * not between 0 and 1
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { laziness } from "./laziness.ts";
 * import { kernelSpectrum } from "./spectrum.ts";
 * // f = 2θ: Δθ = 3 makes Δf = 6.
 * const spectrum = await kernelSpectrum([[4]]);
 * assert.equal(laziness(spectrum, { outputChange: [6], displacementSquared: 9 }), 1);
 * ```
 */
export function laziness(
  spectrum: KernelSpectrum,
  options: {
    readonly outputChange: Float64Array | readonly number[];
    readonly displacementSquared: number;
    readonly cutoff?: number;
  },
): number {
  const { outputChange, displacementSquared, cutoff = CUTOFF } = checkOptions("options", options, {
    outputChange: checkNumbers,
    displacementSquared: must(checkNumber, { above: 0 }),
    cutoff: maybe(checkNumber, SHARE),
  });
  checkRecord("spectrum", spectrum, { eigenvalues: checkNumbers }, "a kernel's spectrum");
  const { rows, cols } = toMatrix(spectrum.eigenvectors, "spectrum.eigenvectors");
  const { eigenvalues } = spectrum;
  if (cols !== rows) {
    throw new RangeError(`spectrum has ${cols} eigenpairs of ${rows}; a pseudo-inverse needs all`);
  }
  const change = toVector(Array.from(outputChange), "outputChange", rows);
  const components = residueComponents(spectrum, change);
  return ratio(eigenvalues, components, { displacementSquared, cutoff });
}

const SHARE = { above: 0, below: 1 };
const LAZINESS_CHECKS = {
  cutoff: maybe(checkNumber, SHARE),
  tolerance: maybe(checkNumber, SHARE),
  products: maybe(checkInteger),
  ...CONTROL_CHECKS,
} as const;

/** Options of {@link kernelLaziness}. */
export interface KernelLazinessOptions extends Control {
  readonly cutoff?: number;
  /** What another sixteenth of products may change of it, relatively. */
  readonly tolerance?: number;
  /** Products with the kernel, at most. */
  readonly products?: number;
}

/** Options of {@link networkLaziness}. */
export interface NetworkLazinessOptions extends KernelLazinessOptions {
  /** Parameters θ_0, where the network is linearized, and θ_T. */
  readonly start: readonly TensorLike[];
  readonly end: readonly TensorLike[];
}

/**
 * The {@link laziness} of a kernel that is there as a matrix, without its spectrum: by Lanczos'
 * iteration from Δf, until more products change it no more. A cut-off within the spectrum is not sharp
 * then: a few percent, up to a tenth where much of Δf lies near it. Where it matters take all pairs.
 *
 * @param kernel K₀ of all outputs
 * @param outputChange f_T − f_0 on the same images, index sample · outputs + output
 * @param displacementSquared ‖θ_T − θ_0‖²
 * @throws {RangeError} if the kernel is not square, sizes do not match, an option is out of range, or
 * nothing moved
 * @throws {Error} if the products allowed do not suffice
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { kernelLaziness } from "./laziness.ts";
 * const kernel = [[4, 0], [0, 1]];
 * const moved = { outputChange: [2, 1], displacementSquared: 4 };
 * assert(Math.abs(await kernelLaziness(kernel, moved) - 0.5) < 1e-12); // (1 + 1)/4
 * ```
 */
export async function kernelLaziness(
  kernel: MatrixLike,
  options: KernelLazinessOptions & {
    readonly outputChange: Float64Array | readonly number[];
    readonly displacementSquared: number;
  },
): Promise<number> {
  const { outputChange, displacementSquared, ...others } = checkOptions("options", options, {
    outputChange: checkNumbers,
    displacementSquared: must(checkNumber, { above: 0 }),
    ...LAZINESS_CHECKS,
  });
  const matrix = toMatrix(kernel, "kernel");
  if (matrix.rows !== matrix.cols) {
    throw new RangeError(`kernel is ${matrix.rows} × ${matrix.cols}; it must be square`);
  }
  const change = toVector(Array.from(outputChange), "outputChange", matrix.rows);
  return await byProducts((v) => applied(matrix, v), change, displacementSquared, others);
}

/**
 * The {@link laziness} of a network that moved from one set of weights to another, at any n: as
 * {@link kernelLaziness}, by products with K₀ alone, each about two gradients.
 *
 * @param images [n, …image shape]
 * @throws {RangeError} if shapes do not match, an option is out of range, or nothing moved
 * @throws {Error} if the products allowed do not suffice
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fullyConnected } from "../networks/mod.ts";
 * import { networkLaziness } from "./laziness.ts";
 *
 * // A linear network: what moves along the image is needed, what moves across it is not.
 * const network = fullyConnected({ widths: [2, 1], parametrization: "standard" });
 * const images = { shape: [1, 2], data: Float32Array.of(1, 0) };
 * const at = (...data: number[]) => [{ shape: [2, 1], data: Float32Array.from(data) }];
 * const lazy = await networkLaziness(network, images, { start: at(0, 0), end: at(1, 1) });
 * assert(Math.abs(lazy - 0.5) < 1e-6);
 * ```
 */
export async function networkLaziness(
  network: Network,
  images: TensorLike,
  options: NetworkLazinessOptions,
): Promise<number> {
  checkNetwork("network", network);
  checkTensor("images", images);
  const { start, end, ...others } = checkOptions("options", options, {
    start: must(checkList, checkTensor),
    end: must(checkList, checkTensor),
    ...LAZINESS_CHECKS,
  });
  const [from, to] = [start, end].map((list) => flatten(list, network.shapes));
  const [before, after] = [await network.apply(start, images), await network.apply(end, images)];
  const change = Float64Array.from(after.data, (value, i) => value - before.data[i]);
  const family = tangentKernel(network, images);
  try {
    const kernel = await family.at(start);
    try {
      return await byProducts(kernel.times, change, squaredDistance(from, to), others);
    } finally {
      kernel.dispose();
    }
  } finally {
    family.dispose();
  }
}

async function byProducts(
  product: SymmetricProduct,
  change: Float64Array,
  displacementSquared: number,
  { cutoff = CUTOFF, tolerance = 1e-3, products = 1000, onProgress, signal }: KernelLazinessOptions,
): Promise<number> {
  const length = Math.sqrt(squaredNorm(change));
  // Gauss' quadrature of 1/λ over the measure of Δf.
  const of = (tridiagonal: Tridiagonal) => {
    const { values, first } = ritzValues(tridiagonal);
    return ratio(values, first.map((share) => length * share), { displacementSquared, cutoff });
  };
  // What is wrong of the options is told before anything long.
  const none = of({ diagonal: Float64Array.of(1), offDiagonal: new Float64Array(0) });
  if (length === 0) return none;
  const steps = Math.min(products, change.length);
  const turn = eventTurns();
  let count = 0;
  const times = async (v: Float64Array) => {
    await turn();
    signal?.throwIfAborted();
    const image = await product(v);
    await onProgress?.({ done: ++count, total: steps, note: "products with the kernel" });
    return image;
  };
  const found = await settled(times, change, { steps, tolerance, of });
  if (found.settled || steps === change.length) return found.value;
  throw new Error(
    `${steps} products with the kernel do not suffice for laziness (now ` +
      `${found.value.toPrecision(4)}): take more products, or a larger tolerance or cutoff`,
  );
}

interface Tridiagonal {
  readonly diagonal: Float64Array;
  readonly offDiagonal: Float64Array;
}

/** What is asked of Lanczos' matrix, once more products change it no more, or the space is closed. */
async function settled(
  times: SymmetricProduct,
  start: Float64Array,
  { steps, tolerance, of }: {
    readonly steps: number;
    readonly tolerance: number;
    readonly of: (found: Tridiagonal) => number;
  },
): Promise<{ readonly value: number; readonly settled: boolean }> {
  let [next, last, still] = [LEAST, 0, false];
  const found = await lanczos(times, start, {
    ...{ steps, tolerance: CLOSED },
    enough({ diagonal, offDiagonal }) {
      const k = diagonal.length;
      if (k < next) return false;
      next = k + Math.max(4, Math.floor(k / 16));
      const now = of({ diagonal, offDiagonal: offDiagonal.subarray(0, k - 1) });
      still = Math.abs(now - last) <= tolerance * now;
      last = now;
      return still;
    },
  });
  return { value: of(found), settled: still || found.diagonal.length < steps };
}

function ratio(
  eigenvalues: Float64Array,
  components: Float64Array,
  { displacementSquared, cutoff }: {
    readonly displacementSquared: number;
    readonly cutoff: number;
  },
): number {
  checkNumber("displacementSquared", displacementSquared, { above: 0 });
  const least = cutoff * eigenvalues.reduce((most, value) => Math.max(most, value), 0);
  let needed = 0;
  eigenvalues.forEach((value, k) => {
    if (value > least) needed += components[k] ** 2 / value;
  });
  return needed / displacementSquared;
}
