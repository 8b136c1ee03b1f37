/**
 * A kernel's spectrum with the residues along its eigenvectors. This module and what it reaches are
 * the code of the run.
 *
 * @module
 */
import { trainingSet } from "../../../datasets/mod.ts";
import {
  expectedResidueComponents,
  infiniteKernels,
  kernelSpectrum,
  residueComponents,
} from "../../../ntk/mod.ts";
import type { Control } from "../../../numerics/control.ts";
import { kernelAt } from "./kernel_at.ts";
import { type NetworkConfiguration, networkOf } from "./network_of.ts";
import type { Computation } from "../../study/study.ts";

/** What a kernel rests on. */
export interface KernelInput extends Omit<NetworkConfiguration, "width"> {
  readonly study: "kernel";
  readonly width: number | "infinite";
  readonly n: number;
  /** Draws the images; the first of the dataset without it. */
  readonly images?: number;
  /** Of the initial weights; the infinite width has none. */
  readonly seed?: number;
}

/** A spectrum and the residues, from the largest eigenvalue down. */
export interface KernelRun {
  /** Of the kernel of one output (the mean over outputs at finite width). */
  readonly eigenvalues: number[];
  /** Δ_k² of the targets alone: a network that says nothing at first. */
  readonly labelSquares: number[];
  /** Δ_k² at initialization: of the seed's function, or the mean over functions at infinite width. */
  readonly startSquares: number[];
  /** ½ Σ Δ_k² at initialization: L(θ_0). */
  readonly lossAtStart: number;
}

/**
 * A kernel and its residues.
 *
 * @throws {RangeError} if the kernel is 0, as that of a narrow network may be
 */
export const kernelAndResidue: Computation<KernelInput, KernelRun> = {
  module: import.meta.url,
  compute: async (input, { signal, onProgress }) => {
    const { width, n, images, seed = 0 } = input;
    const data = await trainingSet(n, { seed: images });
    const y = data.targets.data;
    const network = networkOf({ ...input, width: width === "infinite" ? 1 : width });
    // The kernel takes about 70 % of the time, its spectrum the rest.
    const part = (from: number, share: number, note: string): Control => ({
      signal,
      onProgress: ({ done, total }) =>
        onProgress?.({ done: from + share * done / total, total: 1, note }),
    });
    const [kernelControl, control] = [part(0, 0.7, "kernel"), part(0.7, 0.3, "spectrum")];
    let spectrum, start;
    if (width === "infinite") {
      const { nngp, ntk } = await infiniteKernels(network, data.images, kernelControl);
      spectrum = await kernelSpectrum(ntk, control);
      start = expectedResidueComponents(spectrum, y, nngp);
    } else {
      const controls = { kernel: kernelControl, spectrum: control };
      ({ spectrum, residue: start } = await kernelAt(network, network.init(seed), data, controls));
    }
    signal?.throwIfAborted();
    if (!(spectrum.eigenvalues[0] > 0)) {
      throw new RangeError(
        `the kernel of seed ${seed} is 0: all units are off at the initial weights; take a larger ` +
          `width than ${width}, or another seed`,
      );
    }
    const startSquares = squares(start);
    return {
      eigenvalues: Array.from(spectrum.eigenvalues, (value) => Number(value.toPrecision(9))),
      labelSquares: squares(residueComponents(spectrum, y)),
      startSquares,
      lossAtStart: startSquares.reduce((sum, value) => sum + value, 0) / 2,
    };
  },
};

const squares = (components: Float64Array) =>
  Array.from(components, (value) => Number((value * value).toPrecision(7)));
