/**
 * Where the residue lies among the kernel's eigenvectors, at initialization and at the warm start:
 * the paper's Figure 1f.
 *
 * @module
 */
import { trainingSet } from "../datasets/mod.ts";
import { gradientFlow } from "../dynamics/mod.ts";
import type { Network, TensorLike } from "../networks/mod.ts";
import { kernelTargetAlignment, relativeKernelChange } from "../ntk/mod.ts";
import type { Matrix } from "../numerics/mod.ts";
import { kernelAt } from "./kernel_at.ts";
import { cachedRun } from "./run_cache.ts";
import { networkOf, type SpeedLimitStudy, type StudyControl } from "./speed_limit.ts";

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

/** What {@link residueStudy} gives: plain values that JSON keeps. */
export interface ResidueStudy {
  readonly configuration: SpeedLimitStudy["configuration"];
  readonly realizations: ResidueRealization[];
}

/**
 * Kernels and residues of a study's realizations at its cold and at its warm start. The flow is
 * integrated again up to the warm start, which is known only when all realizations are there.
 *
 * @param seeds which of the study's realizations; all by default
 * @throws {RangeError} if a seed is none of the study's
 * @throws the signal's reason, when it is aborted; realizations that are whole are kept
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { residueStudy, speedLimitStudy } from "./mod.ts";
 * const cache = await Deno.makeTempDir();
 * const study = await speedLimitStudy({
 *   ...{ architecture: "fully-connected", width: 8, n: 20, seeds: [0], horizon: 0.01 },
 *   ...{ testImages: 20, entries: 4 },
 * }, { cache });
 * const { realizations: [{ cold }] } = await residueStudy(study, { cache });
 * assert(cold.squares.length === 20 && cold.eigenvalues[0] > 0);
 * ```
 */
export async function residueStudy(
  study: SpeedLimitStudy,
  { seeds = study.configuration.seeds, onProgress, signal, cache }: {
    readonly seeds?: readonly number[];
  } & Omit<StudyControl, "onRealization"> = {},
): Promise<ResidueStudy> {
  const { configuration, warmIndex, time } = study;
  const unknown = seeds.find((seed) => !configuration.seeds.includes(seed));
  if (unknown !== undefined) {
    throw new RangeError(`seeds contains ${unknown}; the study has [${configuration.seeds}]`);
  }
  const { n, tolerance } = configuration;
  const network = networkOf(configuration);
  const data = await trainingSet(n);
  const warmTime = warmIndex > 0 ? time[warmIndex] : undefined;

  const realizations: ResidueRealization[] = [];
  for (const seed of seeds) {
    const progress = (share: number, note: string) =>
      onProgress?.({
        done: realizations.length + share,
        total: seeds.length,
        note: `seed ${seed}: ${note}`,
      });
    const { seeds: _, threshold: __, ...rest } = configuration;
    const key = { study: "residue", ...rest, seed, warmTime };
    const realization = await cachedRun<ResidueRealization>(key, async (checkpoint) => {
      const at = (parameters: readonly TensorLike[], time: number, share: number) =>
        residueAt(network, parameters, data, time, {
          signal,
          onProgress: (done) => progress(share + 0.25 * done, "kernel"),
        });
      const initial = network.init(seed);
      const cold = await at(initial, 0, 0);
      if (warmTime === undefined) return { result: { seed, cold: cold.residue }, whole: true };
      const { parameters } = await gradientFlow(network, data, {
        horizon: warmTime,
        tolerance,
        parameters: initial,
        checkpoint,
        signal,
        onProgress: ({ done, total, note }) => progress(0.25 + 0.5 * done / total, note ?? ""),
      });
      signal?.throwIfAborted();
      const warm = await at(parameters, warmTime, 0.75);
      const kernelChange = rounded(relativeKernelChange(cold.kernel, warm.kernel));
      return {
        result: { seed, cold: cold.residue, warm: warm.residue, kernelChange },
        whole: true,
      };
    }, { folder: cache });
    realizations.push(realization);
    await progress(0, "is there");
  }
  return { configuration: { ...configuration, seeds }, realizations };
}

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
