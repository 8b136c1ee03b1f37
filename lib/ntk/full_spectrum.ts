/**
 * The spectrum of the kernel of all outputs, whole or from the top.
 *
 * @module
 */
import { checkNetwork } from "../networks/check_network.ts";
import { imageCount, type Network, tangentKernel, type TensorLike } from "../networks/mod.ts";
import { checkTensor } from "../networks/tensors.ts";
import { checkInteger, checkList, checkOptions, maybe } from "../numerics/checks.ts";
import { CONTROL_CHECKS } from "../numerics/control.ts";
import { type Control, topEigenpairs } from "../numerics/mod.ts";
import { empiricalNtk } from "./empirical.ts";
import { type KernelSpectrum, kernelSpectrum, type KernelSpectrumOptions } from "./spectrum.ts";

/** n·outputs up to which the kernel is held as a matrix: 800 MB. */
const MOST = 10_000;
/** Pairs of a larger one, where nothing is said. */
const COUNT = 200;
/** Relative to λ_1: what products in float32 leave of ‖K v − λ v‖. */
const RESIDUAL = 1e-6;

/**
 * Eigenpairs of K = J Jᵀ, the kernel of all outputs together (index sample · outputs + output), which
 * the network linearized at these weights trains with; `residueComponents` gives Δ_k = v_kᵀ r.
 *
 * Up to n·outputs = 10,000 (n = 1000) the kernel is held as a matrix, and all pairs are found unless
 * fewer are asked for: with LAPACK's copies 7 n·outputs² numbers, 1.4 GB at 5000 and 5.6 GB at
 * 10,000, where it takes eight times as long. Beyond, the top pairs (200) are found by Krylov's
 * method from products with the network alone, some ten products a pair; they are float32 and leave
 * ‖K v − λ v‖ up to 10⁻⁶ λ_1: of pairs that lie closer together only the sum of the residue's squares
 * has a meaning.
 *
 * @param images [n, …image shape]
 * @param options `count`: how many pairs, from the largest down
 * @throws {TypeError} naming an argument or option that is of another kind, or unknown
 * @throws {RangeError} if shapes do not match, or count is none from 1 to n·outputs
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fullyConnected } from "../networks/mod.ts";
 * import { fullNtkSpectrum } from "./full_spectrum.ts";
 *
 * const network = fullyConnected({ widths: [3, 64, 2] });
 * const images = { shape: [2, 3], data: new Float32Array([1, 0, 2, 0, 1, 1]) };
 * const { eigenvalues } = await fullNtkSpectrum(network, network.init(0), images);
 * assert(eigenvalues.length === 4 && eigenvalues[0] > eigenvalues[3]);
 * ```
 */
export async function fullNtkSpectrum(
  network: Network,
  parameters: readonly TensorLike[],
  images: TensorLike,
  options: KernelSpectrumOptions = {},
): Promise<KernelSpectrum> {
  checkNetwork("network", network);
  checkList("parameters", parameters, checkTensor);
  checkTensor("images", images);
  const { count: asked, onProgress, signal } = checkOptions("options", options, {
    count: maybe(checkInteger),
    ...CONTROL_CHECKS,
  });
  const size = imageCount(images, network.inputShape) * network.outputs;
  const count = asked ?? (size <= MOST ? size : Math.min(size, COUNT));
  checkInteger("count", count, { most: size });
  if (size > MOST) {
    return await byProducts(network, parameters, images, { count, onProgress, signal });
  }
  const part = (from: number, note: string): Control => ({
    signal,
    onProgress: ({ done, total }) =>
      onProgress?.({ done: from + done / total / 2, total: 1, note }),
  });
  const kernel = await empiricalNtk(network, parameters, images, {
    ...part(0, "kernel"),
    outputs: "full",
  });
  return await kernelSpectrum(kernel, { ...part(0.5, "spectrum"), count });
}

async function byProducts(
  network: Network,
  parameters: readonly TensorLike[],
  images: TensorLike,
  { count, ...control }: Control & { readonly count: number },
): Promise<KernelSpectrum> {
  const size = imageCount(images, network.inputShape) * network.outputs;
  const family = tangentKernel(network, images);
  try {
    const kernel = await family.at(parameters);
    try {
      const { values, vectors } = await topEigenpairs(kernel.times, size, {
        ...{ count, tolerance: RESIDUAL },
        ...control,
      });
      return { eigenvalues: values.map((value) => Math.max(0, value)), eigenvectors: vectors };
    } finally {
      kernel.dispose();
    }
  } finally {
    family.dispose();
  }
}
