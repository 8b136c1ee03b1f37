/**
 * Where the residue lies among the eigenvectors of the kernel's mean over outputs, at initialization
 * and at the warm start: the paper's Figure 1f, as of an infinitely wide network. A finite one's kernel
 * is of all outputs, which the study of the linearization reads.
 *
 * @module
 */
import {
  type ResidueInput,
  type ResidueRealization,
  residueRealization,
} from "./computations/residue_realization.ts";
import {
  checkFunction,
  checkInstance,
  checkOptions,
  checkText,
  maybe,
} from "../../numerics/checks.ts";
import { checkStudy } from "../checks.ts";
import { checkedConfiguration } from "../study/configuration.ts";
import { networkPart } from "./computations/network_of.ts";
import {
  fieldsOfSpeedLimit as fields,
  type GivenOfSpeedLimit,
  type ResolvedOfSpeedLimit,
  resolvedOfSpeedLimit,
} from "./of_speed_limit.ts";
import type { SpeedLimitConfiguration, SpeedLimitStudy } from "./speed_limit_result.ts";
import { conduct, type ConductOptions, type Study } from "../study/study.ts";

/** What a study of residues is given. */
export type GivenResidues = GivenOfSpeedLimit;

/** What {@link residueStudy} gives: plain values that JSON keeps. */
export interface ResidueStudy {
  readonly configuration: SpeedLimitConfiguration;
  readonly realizations: ResidueRealization[];
}

/** The study of residues, for the table of studies. */
export const residues: Study<
  GivenResidues,
  ResolvedOfSpeedLimit,
  ResidueInput,
  ResidueRealization,
  ResidueStudy
> = {
  name: "residues",
  summary: "averaged kernels and residues at the starts of a speed limit study: Figure 1, f",
  folder: "residues",
  module: import.meta.url,
  fields,
  resolve: (given) => resolvedOfSpeedLimit(checkedConfiguration("residues", fields, given)),
  computation: residueRealization,
  runs: ({ study, seeds }) => {
    const { configuration, warmIndex, time } = study;
    const { n, tolerance } = configuration;
    return seeds.map((seed) => ({
      input: {
        ...networkPart(configuration),
        ...{ study: "residue", n, tolerance, seed },
        warmTime: warmIndex > 0 ? time[warmIndex] : undefined,
      },
      note: `seed ${seed}`,
    }));
  },
  gather: ({ study, seeds }, found) => ({
    configuration: { ...study.configuration, seeds: seeds.slice(0, found.length) },
    realizations: [...found],
  }),
  fileName: ({ name }) => name,
};

/**
 * Averaged kernels K̄ and residues (squares summed over outputs) of a study's realizations at its cold
 * and at its warm start: not the network's linearization, of which see `linearizationStudy`. The flow is
 * integrated again up to the warm start, which is known only when all realizations are there.
 *
 * @param options `seeds`: which of the study's realizations, or how many of its first; all by default
 * @throws {RangeError} if a seed is none of the study's, or it has not so many
 * @throws the signal's reason, when it is aborted; realizations that are whole are kept
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { residueStudy, speedLimitStudy } from "../mod.ts";
 * const cache = await Deno.makeTempDir();
 * const study = await speedLimitStudy({
 *   ...{ architecture: "fully-connected", width: 8, n: 20, seeds: [0], horizon: 0.01 },
 *   ...{ testImages: 20, entries: 4 },
 * }, { cache });
 * const { realizations: [{ cold }] } = await residueStudy(study, { cache });
 * assert(cold.squares.length === 20 && cold.eigenvalues[0] > 0);
 * ```
 */
export function residueStudy(
  study: SpeedLimitStudy,
  options:
    & Pick<GivenResidues, "seeds">
    & Omit<ConductOptions<ResidueStudy>, "onPart"> = {},
): Promise<ResidueStudy> {
  checkStudy("study", study);
  const { seeds, ...others } = checkOptions("options", options, {
    ...{ seeds: () => {}, cache: maybe(checkText) }, // seeds are checked as the study's field
    ...{ onProgress: maybe(checkFunction), signal: maybe(checkInstance, AbortSignal) },
  });
  return conduct(residues, { study, seeds }, others);
}
