/**
 * Studies of ensembles that are made up.
 *
 * @module
 */
import type { EnsemblePartition, EnsemblesStudy } from "../../../lib/mod.ts";

/** What a seed has at the one time that there is. */
export interface MadeEnsemble {
  readonly share?: number;
  readonly empirical?: number;
  readonly dual?: number;
  readonly elsewhere?: number;
  readonly own?: boolean;
  readonly outputs?: number;
  /** E‖Δθ‖²/E ΔL over the single networks'. */
  readonly limit?: number;
  readonly asymmetry?: number;
  readonly least?: number;
  /** In which Dφ of the network as drawn was followed, of 100. */
  readonly directions?: number;
  readonly lazy?: readonly [number, number];
  readonly partition?: Partial<Pick<EnsemblePartition, "exact">> & {
    readonly integration: number;
    readonly annealed: number;
    readonly effective: number;
  };
}

/** A study at τ = 1, a seed for each of what is given. */
export function madeEnsembles(
  seeds: readonly MadeEnsemble[],
  { width = 8, depth = 2 }: { readonly width?: number; readonly depth?: number } = {},
): EnsemblesStudy {
  const at = (value: number) => ({ value, interval: [value, value] as const });
  return {
    configuration: {
      ...{ width, depth, n: 16, members: 128, times: [1], beta: 10, lazy: [1, 100], moves: 25 },
      seeds: seeds.map((_, seed) => seed),
    },
    realizations: seeds.map((one, seed) => ({
      ...{ seed, dimension: 100, projection: 24, seconds: 1 },
      flow: {
        ...{ loss: [1], lossDrop: [1], above: [at(2)], below: [at(2 * (one.share ?? 1))] },
        ...{ empiricalShare: [one.empirical ?? 1], share: [at(one.share ?? 1)] },
        dual: [{ ...at(2 * (one.dual ?? 1)), share: one.dual ?? 1, elsewhere: one.elsewhere ?? 0 }],
        singleLimit: [2 / (one.limit ?? 1)],
        assignedToItself: [one.own ?? true],
        outputs: [{ value: one.outputs ?? 1, error: 0.1, moved: 1 }],
      },
      tangents: [
        {
          ...{ lazy: 0, directions: one.directions ?? 100, change: [1] },
          asymmetry: [one.asymmetry ?? 0.01],
          leastEigenvalue: [one.least ?? 0.5],
        },
        ...[1, 100].map((lazy, i) => ({
          ...{ lazy, directions: 16, change: [1], leastEigenvalue: [1] },
          asymmetry: [one.lazy?.[i] ?? 0.2],
        })),
      ],
      langevin: { meanLoss: [1], meanLossError: [0.1], heat: [1], below: [at(1)] },
      ...(one.partition && {
        partition: {
          integration: at(one.partition.integration),
          annealed: {
            ...at(one.partition.annealed),
            ...{ below: one.partition.annealed - 1, effective: one.partition.effective },
          },
          ...(one.partition.exact !== undefined && { exact: one.partition.exact }),
          ...{ lossAtStart: 9, lossAtEnd: 2 },
        },
      }),
    })),
  };
}
