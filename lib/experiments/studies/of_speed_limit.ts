/**
 * What a study is given that looks into the realizations of a speed limit study.
 *
 * @module
 */
import * as v from "valibot";
import { didYouMean } from "../../numerics/checks.ts";
import { type FieldNotes, type FieldsOf, optional, seedsOrCount } from "../study/fields.ts";
import {
  readSpeedLimit,
  type SpeedLimitStudy,
  type StoredSpeedLimit,
} from "./speed_limit_result.ts";
import { readStoredFile, storedNames } from "../study/stored_files.ts";
import { speedLimit, speedLimitName } from "./speed_limit.ts";

/** Which study, and which of its realizations. */
export interface GivenOfSpeedLimit {
  /** A speed limit study, or the name under which one is stored. */
  readonly study: string | SpeedLimitStudy;
  /** Which of its realizations, or how many of the first; all by default. */
  readonly seeds?: number | readonly number[];
}

/** The study found, and its seeds. */
export interface ResolvedOfSpeedLimit {
  readonly name: string;
  readonly study: SpeedLimitStudy;
  readonly seeds: readonly number[];
}

const isStudy = (given: unknown): given is SpeedLimitStudy =>
  given !== null && typeof given === "object" && "realizations" in given && "warmIndex" in given;

/** Its fields. */
export const fieldsOfSpeedLimit: FieldsOf<GivenOfSpeedLimit, GivenOfSpeedLimit> = {
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

/**
 * The study that was given or named, with the seeds asked for.
 *
 * @throws {RangeError} if none is stored under that name, or a seed is none of the study's
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { resolvedOfSpeedLimit } from "./of_speed_limit.ts";
 * const { study, seeds } = await resolvedOfSpeedLimit({ study: "myrtle_5_32_n500", seeds: 2 });
 * assert.equal(study.configuration.width, 32);
 * assert.equal(seeds.length, 2);
 * ```
 */
export async function resolvedOfSpeedLimit(
  { study: of, seeds: asked }: GivenOfSpeedLimit,
): Promise<ResolvedOfSpeedLimit> {
  const study = typeof of === "string" ? await storedStudy(of) : of;
  const name = typeof of === "string" ? of : speedLimitName(study.configuration);
  return { name, study, seeds: seedsAmong(study.configuration.seeds, asked) };
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
