/**
 * What studies say at a mark: T/T_SL, lengths, test accuracy, seed by seed and over seeds.
 *
 * @module
 */
import { checkList, checkOptions, maybe } from "../../numerics/checks.ts";
import { checkStart, checkStudies, checkStudy } from "../checks.ts";
import { checkMark, columnAt, type Mark, timeAtMark } from "./mark.ts";
import { networkAndSize } from "../studies/network_text.ts";
import { RATIO, type SeedMean, seedMean } from "../studies/seed_mean.ts";
import type { SpeedLimitStudy } from "../studies/speed_limit_result.ts";
import { silentLoss } from "./study_readings.ts";

/** From initialization, or from the study's warm start. */
export type Start = "cold" | "warm";

/** One seed at a mark. */
export interface SeedAtMark {
  readonly seed: number;
  /** τ, counted from initialization, from the warm start too. */
  readonly time: number;
  /** T/T_SL */
  readonly inefficiency: number;
  /** l_γ/l_geo */
  readonly tortuosity: number;
  /** T ΔL/l_γ² */
  readonly speedSpread: number;
  /** L/(½‖Y‖²) */
  readonly lossLeft: number;
  readonly testAccuracy: number;
}

/** What one network with one number of images says at a mark. */
export interface AtMark {
  readonly mark: Mark;
  readonly start: Start;
  /** The study that was read: of several, the one of which the most seeds come so far. */
  readonly study: SpeedLimitStudy;
  /** Those that come so far. */
  readonly seeds: readonly SeedAtMark[];
  /** Geometric means over these; not there if no seed comes so far. Ratios have intervals from 1 up. */
  readonly time?: SeedMean;
  readonly inefficiency?: SeedMean;
  readonly tortuosity?: SeedMean;
  readonly speedSpread?: SeedMean;
  readonly lossLeft?: SeedMean;
  /** The usual mean. */
  readonly testAccuracy?: SeedMean;
}

/**
 * The ratios of one network with n images at a mark, over the seeds that come to it.
 *
 * @param studies one, or several of the same network and n that differ in horizon and seeds: one of them
 * is read, so that all seeds share its warm start: that of which the most seeds come so far, the shortest
 * of these
 * @throws {RangeError} if there is no study, or they are of different networks or n
 * @throws as `markOf` does
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { atMark, type SpeedLimitStudy, storedResult } from "../mod.ts";
 * const stored = await storedResult<SpeedLimitStudy>("speed_limit/myrtle_5_32_n500");
 * const { inefficiency, seeds } = atMark(stored!.result, { time: 0.2 });
 * assert(seeds.length === 6 && inefficiency!.mean > 20);
 * assert.equal(atMark(stored!.result, { lossLeft: 0.1 }).inefficiency, undefined);
 * ```
 */
export function atMark(
  studies: SpeedLimitStudy | readonly SpeedLimitStudy[],
  mark: Mark,
  options: { readonly start?: Start } = {},
): AtMark {
  checkMark("mark", mark);
  const { start = "cold" } = checkOptions("options", options, { start: maybe(checkStart) });
  const read = oneNetwork(studies).toSorted((a, b) =>
    a.configuration.horizon - b.configuration.horizon
  ).map((study) => ({ study, seeds: seedsAt(study, mark, start) }));
  const { study, seeds } = read.reduce((a, b) => b.seeds.length > a.seeds.length ? b : a);
  const of = (name: keyof SeedAtMark) => seeds.map((seed) => seed[name]);
  return {
    ...{ mark, start, study, seeds },
    time: seedMean(of("time")),
    inefficiency: seedMean(of("inefficiency"), RATIO),
    tortuosity: seedMean(of("tortuosity"), RATIO),
    speedSpread: seedMean(of("speedSpread"), RATIO),
    lossLeft: seedMean(of("lossLeft")),
    testAccuracy: seedMean(of("testAccuracy"), { geometric: false }),
  };
}

/**
 * The ratios of several networks and n at several marks: those of one network and n together, as
 * {@link atMark} takes them, mark by mark.
 *
 * @throws as {@link atMark} does
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { atMarks, type SpeedLimitStudy, storedResults } from "../mod.ts";
 * const stored = await storedResults<SpeedLimitStudy>("speed_limit");
 * const two = stored.filter(({ name }) => /^myrtle_5_32_n(500|1000)$/.test(name));
 * const studies = two.map(({ result }) => result);
 * assert.equal(atMarks(studies, [{ time: 0.05 }, { time: 0.1 }]).length, 4);
 * ```
 */
export function atMarks(
  studies: readonly SpeedLimitStudy[],
  marks: readonly Mark[],
  options: { readonly start?: Start } = {},
): AtMark[] {
  checkStudies("studies", studies);
  checkList("marks", marks, checkMark);
  checkOptions("options", options, { start: maybe(checkStart) });
  const groups = Map.groupBy(
    studies,
    (study) => `${study.configuration.architecture}, ${networkAndSize(study)}`,
  );
  return [...groups.values()].flatMap((group) => marks.map((mark) => atMark(group, mark, options)));
}

/** Studies that are of one network and n, as a list. */
function oneNetwork(
  studies: SpeedLimitStudy | readonly SpeedLimitStudy[],
): readonly SpeedLimitStudy[] {
  const list = Array.isArray(studies)
    ? checkStudies("studies", studies as readonly SpeedLimitStudy[])
    : [checkStudy("studies", studies as SpeedLimitStudy)];
  if (list.length === 0) throw new RangeError("there is no study; a mark is read off one at least");
  const networks = new Set(
    list.map((study) => `${study.configuration.architecture}, ${networkAndSize(study)}`),
  );
  if (networks.size > 1) {
    throw new RangeError(
      `the studies are of ${[...networks].join(" and ")}; they must be of one network and n`,
    );
  }
  return list;
}

function seedsAt(study: SpeedLimitStudy, mark: Mark, start: Start): SeedAtMark[] {
  const from = start === "cold" ? 0 : study.warmIndex;
  return study.realizations.flatMap((realization) => {
    const path = realization[start];
    const time = timeAtMark(study, realization, mark);
    if (!path || from < 0 || time === undefined) return [];
    // Past the path's origin, where the ratios are 1 by definition.
    const known = study.time.slice(from + 1);
    const at = (column: readonly number[]) => columnAt(known, column.slice(1), time);
    const inefficiency = at(path.inefficiency);
    if (inefficiency === undefined) return [];
    const { seed, loss, testAccuracy } = realization;
    return [{
      ...{ seed, time, inefficiency },
      tortuosity: at(path.tortuosity)!,
      speedSpread: at(path.speedSpread)!,
      lossLeft: at(loss.slice(from))! / silentLoss(study.configuration.n),
      testAccuracy: columnAt(known, testAccuracy.slice(from + 1), time, { logarithm: false })!,
    }];
  });
}
