/**
 * Flows that a second program recorded, as studies: what reads ours reads them too.
 *
 * @module
 */
import { join } from "node:path";
import { inefficiency } from "../../bounds/mod.ts";
import { checkFlag, checkNumber, checkOptions, checkText, maybe } from "../../numerics/checks.ts";
import { checkStudy } from "../checks.ts";
import { columnAt } from "./mark.ts";
import { type RecordedFile, recordedFiles } from "./recorded_files.ts";
import type { SpeedLimitStudy } from "../studies/speed_limit_result.ts";
import { dataFolder } from "../study/data_folder.ts";

/** A study that another program recorded. */
export interface RecordedStudy {
  readonly study: SpeedLimitStudy;
  /** The program, and where it ran. */
  readonly program: string;
  readonly device: string;
}

/**
 * The recordings of Myrtle-5 in data/peers, those of one width and n as one study, by growing width and
 * n. They have no displacements from a warm start: `warmIndex` is −1.
 *
 * @param twins those from weights perturbed by 10⁻⁶ instead, which tell what two programs can agree to
 * @throws {Error} naming the file, if a recording cannot be read, or is damaged: data/peers has checksums
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { recordedStudies } from "./recorded_studies.ts";
 * const all = await recordedStudies();
 * const wide = all.find(({ study: { configuration: c } }) => c.width === 128 && c.n === 500)!;
 * assert.equal(wide.study.realizations.length, 6);
 * ```
 */
export async function recordedStudies(
  options: { readonly folder?: string; readonly twins?: boolean } = {},
): Promise<RecordedStudy[]> {
  const { folder = join(dataFolder, "peers"), twins = false } = checkOptions("options", options, {
    ...{ folder: maybe(checkText), twins: maybe(checkFlag) },
  });
  const all = await recordedFiles(folder);
  const asked = all.filter(({ about }) => (about.perturb > 0) === twins);
  const groups = Map.groupBy(asked, ({ about: { channels, n } }) => `${channels} ${n}`);
  return [...groups.values()].map(studyOf).sort((a, b) =>
    a.study.configuration.width - b.study.configuration.width ||
    a.study.configuration.n - b.study.configuration.n
  );
}

function studyOf(recordings: readonly RecordedFile[]): RecordedStudy {
  const sorted = recordings.toSorted((a, b) => a.about.seed - b.about.seed);
  const [{ about, columns: { time } }] = sorted;
  return {
    program: about.program,
    device: about.device,
    study: {
      configuration: {
        ...{ architecture: "myrtle-5", width: about.channels, n: about.n },
        ...{ weightStd: Math.SQRT2, parametrization: "ntk", horizon: about.horizon },
        ...{ tolerance: about.tolerance, testImages: about.testImages, threshold: 0.12 },
        entries: time.length - 1,
        seeds: sorted.map(({ about: { seed } }) => seed),
      },
      time,
      warmIndex: -1,
      realizations: sorted.map(({ about, columns }) => {
        if (columns.time.length !== time.length || columns.time.some((t, i) => t !== time[i])) {
          throw new RangeError(
            `seeds ${sorted[0].about.seed} and ${about.seed} at n = ${about.n} were recorded at ` +
              "other times; a study has one grid",
          );
        }
        const ratios = inefficiency(columns);
        return {
          seed: about.seed,
          ...columns,
          cold: {
            inefficiency: Array.from(ratios.inefficiency),
            tortuosity: Array.from(ratios.tortuosity),
            speedSpread: Array.from(ratios.speedSpread),
          },
          gradients: Math.round(about.gradients),
          seconds: Math.round(about.wallSeconds),
        };
      }),
    },
  };
}

/** How far two programs differ along the paths that both have. */
export interface Agreement {
  /** The largest |ι/ι' − 1| at the times of the first, and where. */
  readonly largest: number;
  readonly seed: number;
  readonly time: number;
  /** Its root mean square over seeds and times. */
  readonly typical: number;
  readonly seeds: number;
}

/**
 * How far T/T_SL of two studies of one network differs, seed by seed, at the first one's recorded times.
 *
 * @param until the last time that is compared
 * @returns `undefined` if they share no seed and time
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { agreement, recordedStudies, type SpeedLimitStudy, storedResult } from "../mod.ts";
 * const stored = await storedResult<SpeedLimitStudy>("speed_limit/myrtle_5_128_n500");
 * const { study } = (await recordedStudies()).find(({ study: { configuration: c } }) =>
 *   c.width === 128 && c.n === 500
 * )!;
 * assert(agreement(stored!.result, study, { until: 0.2 })!.largest < 0.01);
 * ```
 */
export function agreement(
  one: SpeedLimitStudy,
  other: SpeedLimitStudy,
  options: { readonly until?: number } = {},
): Agreement | undefined {
  checkStudy("one", one);
  checkStudy("other", other);
  const { until = Infinity } = checkOptions("options", options, {
    until: maybe(checkNumber, { above: 0, infinite: true }),
  });
  const known = other.time.slice(1);
  const all = one.realizations.flatMap(({ seed, cold }) => {
    const path = other.realizations.find((realization) => realization.seed === seed)?.cold;
    if (!path) return [];
    return one.time.flatMap((time, i) => {
      const there = i > 0 && time <= until
        ? columnAt(known, path.inefficiency.slice(1), time)
        : undefined;
      return there === undefined
        ? []
        : [{ seed, time, off: Math.abs(there / cold.inefficiency[i] - 1) }];
    });
  });
  if (all.length === 0) return undefined;
  const worst = all.reduce((a, b) => b.off > a.off ? b : a);
  const squares = all.reduce((sum, { off }) => sum + off * off, 0);
  return {
    ...{ largest: worst.off, seed: worst.seed, time: worst.time },
    typical: Math.sqrt(squares / all.length),
    seeds: new Set(all.map(({ seed }) => seed)).size,
  };
}
