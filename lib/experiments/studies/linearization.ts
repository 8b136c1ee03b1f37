/**
 * The network beside its linearization, of all outputs together: the exact forecast of the flow from
 * its kernel, the residue along that kernel (Figure 1f), and how far the kernel moves.
 *
 * @module
 */
import {
  type LinearizationInput,
  linearizationRealization,
} from "./computations/linearization_realization.ts";
import type { LinearizationRealization } from "./computations/linearization_record.ts";
import { checkedConfiguration } from "../study/configuration.ts";
import { type FieldsOf, optional, times } from "../study/fields.ts";
import { nameFrom, tagged } from "../study/file_name.ts";
import { type LinearizationStudy, linearizedPath } from "./linearization_result.ts";
import { networkPart } from "./computations/network_of.ts";
import {
  fieldsOfSpeedLimit,
  type GivenOfSpeedLimit,
  type ResolvedOfSpeedLimit,
  resolvedOfSpeedLimit,
} from "./of_speed_limit.ts";
import type { SpeedLimitStudy } from "./speed_limit_result.ts";
import { conduct, type ConductOptions, type Study } from "../study/study.ts";
import {
  checkFunction,
  checkInstance,
  checkOptions,
  checkText,
  maybe,
} from "../../numerics/checks.ts";
import { checkStudy } from "../checks.ts";

/** What a study of linearizations is given. */
export interface GivenLinearization extends GivenOfSpeedLimit {
  /**
   * τ at which the network is linearized anew, besides initialization and the study's warm start; the
   * study's end by default. Its own flow is integrated up to the last of them.
   */
  readonly times?: number | readonly number[];
}

type Checked = GivenOfSpeedLimit & { readonly times?: readonly number[] };

const fields: FieldsOf<GivenLinearization, Checked> = {
  ...fieldsOfSpeedLimit,
  times: optional(times({
    help: "where the network is linearized, besides its two starts; by default the study's end",
    ...{ unit: "τ", tag: "at" },
  })),
};

type Resolved = ResolvedOfSpeedLimit & {
  readonly asked?: readonly number[];
  /** The warm start's, if it was reached, and those asked for. */
  readonly times: readonly number[];
};

/** The study of linearizations, for the table of studies. */
export const linearization: Study<
  GivenLinearization,
  Resolved,
  LinearizationInput,
  LinearizationRealization,
  LinearizationStudy
> = {
  name: "linearization",
  summary: "a speed limit study's networks beside their linearizations, of all outputs",
  folder: "linearization",
  module: import.meta.url,
  fields,
  resolve,
  computation: linearizationRealization,
  runs: ({ study, seeds, times }) => {
    const { configuration, time, warmIndex } = study;
    const { n, tolerance } = configuration;
    return seeds.map((seed) => ({
      input: {
        ...networkPart(configuration),
        ...{ study: "linearization", n, tolerance, seed, times, record: time.slice(1) },
        warmTime: warmIndex > 0 ? time[warmIndex] : undefined,
      },
      note: `seed ${seed}`,
    }));
  },
  gather: ({ study, seeds, times }, found) => ({
    configuration: { ...study.configuration, seeds: seeds.slice(0, found.length), times },
    time: study.time,
    warmIndex: study.warmIndex,
    realizations: [...found],
  }),
  fileName: ({ name, asked }) => nameFrom([name, ...tagged(fields, { times: asked })]),
  tell: (study) =>
    study.realizations.map(({ seed, at }) => {
      const end = linearizedPath(study, seed, "cold")!.inefficiency.at(-1)!;
      const moved = at.flatMap(({ time, since }) =>
        since
          ? [
            `τ ${time.toPrecision(2)}: kernel moved by ${since.kernelChange.toFixed(2)}, ` +
            `laziness ${since.laziness.map(({ value }) => value.toFixed(2)).join(", ")}`,
          ]
          : []
      );
      return `seed ${seed}: linearized T/T_SL ${end.toFixed(2)}; ${moved.join("; ")}`;
    }),
};

async function resolve(given: GivenLinearization): Promise<Resolved> {
  const { times: asked, ...of } = checkedConfiguration("linearization", fields, given);
  const resolved = await resolvedOfSpeedLimit(of);
  const { time, warmIndex, configuration: { horizon } } = resolved.study;
  const late = asked?.find((one) => one > horizon);
  if (late !== undefined) {
    throw new RangeError(`times contains ${late}; the study ends at ${horizon}`);
  }
  const warm = warmIndex > 0 ? [time[warmIndex]] : [];
  const times = [...new Set([...warm, ...asked ?? [horizon]])].sort((a, b) => a - b);
  return { ...resolved, asked, times };
}

/**
 * The networks of a study beside their linearizations, of all outputs together: at initialization, at
 * the warm start and at times asked for the kernel's trace, what its mean over outputs misses, how far
 * it has moved, laziness at three cut-offs, and the columns of the flow linearized there; at the two
 * starts the first 200 eigenvalues with the squares of the residue along them.
 *
 * Where n·outputs is above 5000 the change is that of the trace kernels, and pairs and laziness come
 * from products with the network. A realization takes its flow up to the last time once more, and for
 * Myrtle-5 with 16 channels at n = 500 about four minutes besides.
 *
 * @throws {RangeError} if a seed is none of the study's, or a time is after its end
 * @throws the signal's reason, when it is aborted; realizations that are whole are kept
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { linearizationStudy, speedLimitStudy } from "../mod.ts";
 * const cache = await Deno.makeTempDir();
 * const study = await speedLimitStudy({
 *   ...{ architecture: "fully-connected", width: 8, n: 20, seeds: [0], horizon: 0.01 },
 *   ...{ testImages: 20, entries: 4 },
 * }, { cache });
 * const { realizations: [{ at }] } = await linearizationStudy(study, { cache });
 * assert.equal(at[0].flow!.loss.length, 5);
 * assert(at.at(-1)!.since!.kernelChange > 0);
 * ```
 */
export function linearizationStudy(
  study: SpeedLimitStudy,
  options:
    & Pick<GivenLinearization, "seeds" | "times">
    & Omit<ConductOptions<LinearizationStudy>, "onPart"> = {},
): Promise<LinearizationStudy> {
  checkStudy("study", study);
  const { seeds, times, ...others } = checkOptions("options", options, {
    ...{ seeds: () => {}, times: () => {}, cache: maybe(checkText) }, // the study's own fields
    ...{ onProgress: maybe(checkFunction), signal: maybe(checkInstance, AbortSignal) },
  });
  return conduct(linearization, { study, seeds, times }, others);
}
