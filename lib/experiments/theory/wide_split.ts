/**
 * The split between the initial function and the labels where it is exact: of infinitely wide networks,
 * and of the perceptron at any size.
 *
 * @module
 */
import { trainingSet } from "../../datasets/mod.ts";
import { type Partition, partition } from "../../dynamics/mod.ts";
import { fullyConnected } from "../../networks/mod.ts";
import { infiniteKernels, kernelSpectrum, residueComponents } from "../../ntk/mod.ts";
import { checkInteger } from "../../numerics/checks.ts";
import { checkKernel } from "../checks.ts";
import type { KernelStudy } from "../studies/kernels.ts";

/**
 * ΔL and ‖Δθ‖² of an infinitely wide network, split, from its stored kernel.
 *
 * @throws {RangeError} if the network is finite: its squares are those of one function
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type KernelStudy, storedResult } from "../mod.ts";
 * import { wideSplit } from "./wide_split.ts";
 * const stored = await storedResult<KernelStudy>("kernels/myrtle_5_infinite_n64_seed0");
 * const { lossDrop: { whole, initial, labels } } = wideSplit(stored!.result).at(3);
 * assert(Math.abs((initial + labels) / whole - 1) < 1e-10);
 * ```
 */
export function wideSplit(study: KernelStudy): Partition {
  checkKernel("study", study);
  const { eigenvalues, startSquares, labelSquares, configuration: { width } } = study;
  if (width !== "infinite") {
    throw new RangeError(`the network's width is ${width}; only an infinite one's squares split`);
  }
  const initialSquares = startSquares.map((square, k) => Math.max(0, square - labelSquares[k]));
  return partition({ eigenvalues, initialSquares, labelSquares });
}

/**
 * The same of the perceptron, one dense layer without bias, on n images of CIFAR-10: f = Wᵀx/√d with
 * W ~ N(0, 1). It is linear in its weights, so that one J serves all of them, the kernel XXᵀ/d is f_0's
 * covariance too, and the split holds for W2² as well.
 *
 * @throws {RangeError} if n is not an integer from 1 to 50000
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { perceptronSplit } from "./wide_split.ts";
 * const { displacementSquared, initialWeight } = (await perceptronSplit(10)).at(5);
 * assert(displacementSquared.cross === 0 && initialWeight > 0 && initialWeight < 1);
 * ```
 */
export async function perceptronSplit(n: number): Promise<Partition> {
  checkInteger("n", n, { most: 50_000 });
  const { images, targets: { data: y, shape: [, outputs] } } = await trainingSet(n);
  const network = fullyConnected({ widths: [images.data.length / n, outputs], weightStd: 1 });
  const { ntk } = await infiniteKernels(network, images);
  const spectrum = await kernelSpectrum(ntk);
  const { eigenvalues } = spectrum;
  const labelSquares = residueComponents(spectrum, y).map((component) => component ** 2);
  const initialSquares = eigenvalues.map((value) => outputs * Math.max(0, value));
  return partition({ eigenvalues, initialSquares, labelSquares });
}
