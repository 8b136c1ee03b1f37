/**
 * Averaged kernel and residue of one realization at its cold and at its warm start. The flow is integrated
 * again up to the warm start. This module and what it reaches are the code of the run.
 *
 * @module
 */
import { trainingSet } from "../../../datasets/mod.ts";
import { gradientFlow } from "../../../dynamics/mod.ts";
import type { Network, TensorLike } from "../../../networks/mod.ts";
import { kernelTargetAlignment, relativeKernelChange } from "../../../ntk/mod.ts";
import type { Matrix } from "../../../numerics/mod.ts";
import { kernelAt } from "./kernel_at.ts";
import { type NetworkConfiguration, networkOf } from "./network_of.ts";
import type { Computation } from "../../study/study.ts";

/** What it rests on. */
export interface ResidueInput extends NetworkConfiguration {
  readonly study: "residue";
  readonly n: number;
  readonly tolerance: number;
  readonly seed: number;
  /** τ; not there if the study's warm start was not reached. */
  readonly warmTime?: number;
}

/** Kernel and residue at one time. */
export interface ResidueAtStart {
  /** τ */
  readonly time: number;
  /** Of the kernel of one output, the mean over outputs; largest first. */
  readonly eigenvalues: number[];
  /** Δ_k², summed over outputs. */
  readonly squares: number[];
  /** Centred kernel–target alignment. */
  readonly alignment: number;
}

/** One realization. */
export interface ResidueRealization {
  readonly seed: number;
  readonly cold: ResidueAtStart;
  /** Not there if the study's warm start was not reached. */
  readonly warm?: ResidueAtStart;
  /** ‖K_warm − K_cold‖/‖K_cold‖. */
  readonly kernelChange?: number;
}

/** The kernels and residues of one seed. */
export const residueRealization: Computation<ResidueInput, ResidueRealization> = {
  module: import.meta.url,
  compute: async (input, { checkpoint, signal, onProgress }) => {
    const { n, tolerance, seed, warmTime } = input;
    const network = networkOf(input);
    const data = await trainingSet(n);
    const progress = (done: number, note: string) => onProgress?.({ done, total: 1, note });
    const at = (parameters: readonly TensorLike[], time: number, from: number) =>
      residueAt(network, parameters, data, time, {
        signal,
        onProgress: (done) => progress(from + 0.25 * done, "kernel"),
      });
    const initial = network.init(seed);
    const cold = await at(initial, 0, 0);
    if (warmTime === undefined) return { seed, cold: cold.residue };
    const { parameters } = await gradientFlow(network, data, {
      ...{ horizon: warmTime, tolerance, parameters: initial, checkpoint, signal },
      onProgress: ({ done, total, note }) => progress(0.25 + 0.5 * done / total, note ?? ""),
    });
    signal?.throwIfAborted();
    const warm = await at(parameters, warmTime, 0.75);
    const kernelChange = rounded(relativeKernelChange(cold.kernel, warm.kernel));
    return { seed, cold: cold.residue, warm: warm.residue, kernelChange };
  },
};

async function residueAt(
  network: Network,
  parameters: readonly TensorLike[],
  data: { readonly images: TensorLike; readonly targets: { readonly data: Float32Array } },
  time: number,
  { signal, onProgress }: {
    readonly signal?: AbortSignal;
    readonly onProgress: (share: number) => void | Promise<void>;
  },
): Promise<{ readonly kernel: Matrix; readonly residue: ResidueAtStart }> {
  const { kernel, spectrum, residue } = await kernelAt(network, parameters, data, {
    kernel: { signal, onProgress: ({ done, total }) => onProgress(done / total) },
    spectrum: { signal },
  });
  return {
    kernel,
    residue: {
      time,
      eigenvalues: Array.from(spectrum.eigenvalues, rounded),
      squares: Array.from(residue, (d) => rounded(d * d)),
      alignment: rounded(kernelTargetAlignment(kernel, data.targets.data)),
    },
  };
}

const rounded = (value: number) => Number(value.toPrecision(5));
