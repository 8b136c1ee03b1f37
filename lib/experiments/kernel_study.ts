/**
 * The kernels of CIFAR-10: spectra, and the residues that gradient flow starts from.
 *
 * @module
 */
import { trainingSet } from "../datasets/mod.ts";
import { fullyConnected, myrtle5 } from "../networks/mod.ts";
import {
  expectedResidueComponents,
  infiniteKernels,
  kernelSpectrum,
  residueComponents,
} from "../ntk/mod.ts";
import { kernelAt } from "./kernel_at.ts";
import { cachedRun } from "./run_cache.ts";
import type { StudyControl } from "./speed_limit.ts";

/** What decides a kernel and its residues. */
export interface KernelConfiguration {
  readonly architecture: "myrtle-5" | "fully-connected";
  /** Channels, or width of the hidden layers; "infinite" for the limit. */
  readonly width: number | "infinite";
  /** Hidden layers of a fully connected network. */
  readonly depth?: number;
  readonly activation?: "relu" | "erf";
  /** Training images, the first of the dataset. */
  readonly n: number;
  /** Of the initial weights; the infinite width needs none. */
  readonly seed?: number;
}

/** What {@link kernelStudy} gives; all from the largest eigenvalue down. */
export interface KernelStudy {
  readonly configuration: KernelConfiguration;
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
 * A kernel's spectrum with the residues along its eigenvectors; read, if it was computed before.
 *
 * @throws {RangeError} if a value of the configuration is out of range, or the kernel is 0, as that of
 * a narrow network may be
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { kernelStudy } from "./kernel_study.ts";
 * const study = await kernelStudy({ architecture: "fully-connected", width: "infinite", n: 20 });
 * assert.equal(study.eigenvalues.length, 20);
 * assert(study.eigenvalues[0] > study.eigenvalues[1]);
 * ```
 */
export async function kernelStudy(
  configuration: KernelConfiguration,
  { onProgress, signal, cache }: Omit<StudyControl, "onRealization"> = {},
): Promise<KernelStudy> {
  const { architecture, width, depth = 2, activation = "relu", n, seed = 0 } = configuration;
  if (width !== "infinite" && !(Number.isInteger(width) && width > 0)) {
    throw new RangeError(`width is ${width}; it must be a positive integer or "infinite"`);
  }
  if (!(Number.isInteger(depth) && depth > 0)) {
    throw new RangeError(`depth is ${depth}; it must be a positive integer`);
  }
  return await cachedRun({ study: "kernel", ...configuration }, async () => {
    const data = await trainingSet(n);
    const y = data.targets.data;
    const finite = width === "infinite" ? 1 : width;
    const network = architecture === "myrtle-5"
      ? myrtle5({ channels: finite })
      : fullyConnected({ widths: [3072, ...new Array(depth).fill(finite), 10], activation });
    const progress = (share: number, note: string) => onProgress?.({ done: share, total: 1, note });
    const control = {
      signal,
      onProgress: ({ done, total }: { done: number; total: number }) =>
        progress(0.7 * done / total, "kernel"),
    };
    const eigenControl = {
      signal,
      onProgress: ({ done, total }: { done: number; total: number }) =>
        progress(0.7 + 0.3 * done / total, "spectrum"),
    };

    let spectrum, start;
    if (width === "infinite") {
      const { nngp, ntk } = await infiniteKernels(network, data.images, control);
      spectrum = await kernelSpectrum(ntk, eigenControl);
      start = expectedResidueComponents(spectrum, y, nngp);
    } else {
      ({ spectrum, residue: start } = await kernelAt(network, network.init(seed), data, {
        kernel: control,
        spectrum: eigenControl,
      }));
    }
    if (!(spectrum.eigenvalues[0] > 0)) {
      throw new RangeError(
        `the kernel of seed ${seed} is 0: all units are off at the initial weights; take a larger ` +
          `width than ${width}, or another seed`,
      );
    }
    const squares = (components: Float64Array) =>
      Array.from(components, (value) => Number((value * value).toPrecision(7)));
    const startSquares = squares(start);
    return {
      result: {
        configuration,
        eigenvalues: Array.from(spectrum.eigenvalues, (value) => Number(value.toPrecision(9))),
        labelSquares: squares(residueComponents(spectrum, y)),
        startSquares,
        lossAtStart: startSquares.reduce((sum, value) => sum + value, 0) / 2,
      },
      whole: true,
    };
  }, { folder: cache });
}
