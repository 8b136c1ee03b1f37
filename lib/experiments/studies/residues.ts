/**
 * Where the residue lies among the kernel's eigenvectors, at initialization and at the warm start:
 * the paper's Figure 1f.
 *
 * @module
 */
import * as v from "valibot";
import {
  type ResidueInput,
  type ResidueRealization,
  residueRealization,
} from "../computations/residue_realization.ts";
import { didYouMean } from "../../numerics/checks.ts";
import {
  checkFunction,
  checkInstance,
  checkOptions,
  checkText,
  maybe,
} from "../../numerics/checks.ts";
import { checkStudy } from "../checks.ts";
import { checkedConfiguration } from "../configuration.ts";
import { type FieldNotes, type FieldsOf, optional, seedsOrCount } from "../fields.ts";
import { networkPart } from "../network_of.ts";
import {
  readSpeedLimit,
  type SpeedLimitConfiguration,
  type SpeedLimitStudy,
  type StoredSpeedLimit,
} from "../speed_limit.ts";
import { readStoredFile, storedNames } from "../stored_files.ts";
import { conduct, type ConductOptions, type Study } from "../study.ts";
import { speedLimit, speedLimitName } from "./speed_limit.ts";

const isStudy = (given: unknown): given is SpeedLimitStudy =>
  given !== null && typeof given === "object" && "realizations" in given && "warmIndex" in given;

/** What a study of residues is given. */
export interface GivenResidues {
  /** A speed limit study, or the name under which one is stored. */
  readonly study: string | SpeedLimitStudy;
  /** Which of its realizations, or how many of the first; all by default. */
  readonly seeds?: number | readonly number[];
}

const fields: FieldsOf<GivenResidues, GivenResidues> = {
  study: v.pipe(
    v.custom<string | SpeedLimitStudy>((given) => typeof given === "string" || isStudy(given)),
    v.metadata(
      {
        help: "whose kernels, as in myrtle_5_32_n500",
        ...{ kind: "text", range: "the name of a stored speed limit study, or such a study" },
        alone: true,
      } satisfies FieldNotes,
    ),
  ),
  seeds: optional(
    seedsOrCount({
      help: "which of its realizations, or how many of the first; all by default",
      better: "more",
    }),
  ),
};

/** The study found, and its seeds. */
export interface ResolvedResidues {
  readonly name: string;
  readonly study: SpeedLimitStudy;
  readonly seeds: readonly number[];
}

/** What {@link residueStudy} gives: plain values that JSON keeps. */
export interface ResidueStudy {
  readonly configuration: SpeedLimitConfiguration;
  readonly realizations: ResidueRealization[];
}

/** The study of residues, for the table of studies. */
export const residues: Study<
  GivenResidues,
  ResolvedResidues,
  ResidueInput,
  ResidueRealization,
  ResidueStudy
> = {
  name: "residues",
  summary: "kernels and residues at the starts of a speed limit study: Figure 1, f",
  folder: "residues",
  module: import.meta.url,
  fields,
  resolve,
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

async function resolve(given: GivenResidues): Promise<ResolvedResidues> {
  const { study: of, seeds: asked } = checkedConfiguration("residues", fields, given);
  const study = typeof of === "string" ? await storedStudy(of) : of;
  const name = typeof of === "string" ? of : speedLimitName(study.configuration);
  const { seeds } = study.configuration;
  return { name, study, seeds: seedsAmong(seeds, asked) };
}

/** The seeds asked for, of a study that has some: a list, or the first so many. */
function seedsAmong(
  seeds: readonly number[],
  asked: number | readonly number[] = seeds,
): readonly number[] {
  if (typeof asked === "number") {
    if (asked <= seeds.length) return seeds.slice(0, asked);
    throw new RangeError(`seeds is ${asked}; the study has ${seeds.length}, [${seeds}]`);
  }
  const unknown = asked.find((seed) => !seeds.includes(seed));
  if (unknown === undefined) return asked;
  throw new RangeError(`seeds contains ${unknown}; the study has [${seeds}]`);
}

async function storedStudy(name: string): Promise<SpeedLimitStudy> {
  const names = await storedNames(speedLimit.folder);
  if (names.includes(name)) {
    const found = await readStoredFile(`${speedLimit.folder}/${name}`);
    return readSpeedLimit(found!.result as StoredSpeedLimit);
  }
  throw new RangeError(
    `study is ${JSON.stringify(name)}, which is not stored${
      didYouMean(name, names)
    }; there are\n  ` +
      names.join("\n  "),
  );
}

/**
 * Kernels and residues of a study's realizations at its cold and at its warm start. The flow is
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
