/**
 * Flows that a second program recorded, as studies: what reads ours reads them too.
 *
 * @module
 */
import { join } from "node:path";
import { type ArchitectureName, architectureNames } from "../../networks/mod.ts";
import {
  checkFlag,
  checkFunction,
  checkNumber,
  checkOneOf,
  checkOptions,
  checkPositive,
  checkText,
  maybe,
} from "../../numerics/checks.ts";
import { checkStudy } from "../checks.ts";
import { columnAt } from "./mark.ts";
import { type Column, COLUMNS, type RecordedFile, recordedFiles } from "./recorded_files.ts";
import { ratiosOf, type SpeedLimitStudy } from "../studies/speed_limit_result.ts";
import { warmIndexOf } from "../studies/warm_start.ts";
import { dataFolder } from "../study/data_folder.ts";
import { type OnDamaged, tellLeftOut } from "../study/stored_files.ts";

/** A study that another program recorded. */
export interface RecordedStudy {
  readonly study: SpeedLimitStudy;
  /** The program, and where it ran. */
  readonly program: string;
  readonly device: string;
}

/** Which recordings are read. */
export interface RecordedStudiesOptions {
  /** The folder; data/peers if left out. */
  readonly folder?: string;
  /**
   * Those from weights perturbed by 10⁻⁶ instead, which tell what two programs can agree to (false).
   */
  readonly twins?: boolean;
  /** The network's architecture ("myrtle-5"). */
  readonly architecture?: ArchitectureName;
  /** Its parametrization ("ntk"). */
  readonly parametrization?: "ntk" | "standard";
  /** W_std (√2). */
  readonly weightStd?: number;
  /**
   * How far a study goes whose recordings end at a loss, each at another time: as far as all of them
   * ("shared"), or each seed as far as its own ("own"). Then `time` is the longest's and a seed's columns
   * may be shorter: that is for marks and peaks, and not for means along the path.
   */
  readonly ends?: "shared" | "own";
  /** Told of each recording that is left out; the console is by default. */
  readonly onDamaged?: OnDamaged;
}

/**
 * The recordings in data/peers of one kind of network, those of one width, n, horizon and tolerance as
 * one study, by growing width, n, horizon and falling tolerance. The warm start is the first row from
 * which displacements are known where the mean accuracy has reached 12 % (every second row may be one);
 * `warmIndex` is −1 if it was not reached, or if a recording has none.
 *
 * Recordings that end at a loss end at different times: their study goes as far as all of them, unless
 * `ends` is "own". The warm start is that of the times that all have.
 *
 * A recording that cannot be read, or is damaged (data/peers has checksums), is left out and told: the
 * others of its seeds stay.
 *
 * @throws {RangeError} if the seeds of a study were recorded at different times
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
  options: RecordedStudiesOptions = {},
): Promise<RecordedStudy[]> {
  const {
    folder = join(dataFolder, "peers"),
    twins = false,
    architecture = "myrtle-5",
    parametrization = "ntk",
    weightStd = Math.SQRT2,
    ends = "shared",
    onDamaged = tellLeftOut,
  } = checkOptions("options", options, {
    ...{ folder: maybe(checkText), twins: maybe(checkFlag) },
    architecture: maybe(checkOneOf<ArchitectureName>, architectureNames),
    parametrization: maybe(checkOneOf<"ntk" | "standard">, ["ntk", "standard"]),
    weightStd: maybe(checkPositive),
    ends: maybe(checkOneOf<"shared" | "own">, ["shared", "own"]),
    onDamaged: maybe(checkFunction<OnDamaged>),
  });
  const asked = (await recordedFiles(folder, onDamaged)).filter(({ about }) =>
    (about.perturb > 0) === twins && about.architecture === architecture &&
    about.parametrization === parametrization && Math.abs(about.weightStd - weightStd) < 1e-5
  );
  const groups = Map.groupBy(
    asked,
    ({ about: { width, n, horizon, lossLeft, tolerance } }) =>
      `${width} ${n} ${horizon} ${lossLeft} ${tolerance}`,
  );
  return [...groups.values()].map((group) => studyOf(group, ends)).sort((a, b) => {
    const [one, other] = [a.study.configuration, b.study.configuration];
    return one.width - other.width || one.n - other.n || one.horizon - other.horizon ||
      other.tolerance - one.tolerance;
  });
}

type About = RecordedFile["about"];

/** A squared displacement below this share of the largest is 0. */
const ROUNDING = 1e-9;

/** Of the test accuracy at a warm start, as the paper has it. */
const THRESHOLD = 0.12;

function studyOf(recordings: readonly RecordedFile[], ends: "shared" | "own"): RecordedStudy {
  const sorted = recordings.toSorted((a, b) => a.about.seed - b.about.seed);
  const [{ about }] = sorted;
  const { architecture, width, n, weightStd, parametrization, tolerance, testImages } = about;
  const shortest = Math.min(...sorted.map(({ columns }) => columns.time.length));
  const entries = about.lossLeft > 0 ? shortest : sorted[0].columns.time.length;
  const time = sorted[0].columns.time.slice(0, entries);
  const columns = sorted.map((recording) => columnsTo(recording, time, sorted[0].about));
  const warmIndex = warmIndexOf(
    columns.map(({ testAccuracy }) => ({
      observed: { testAccuracy: Float64Array.from(testAccuracy) },
    })),
    THRESHOLD,
    startsOfAll(columns),
  );
  const own = ends === "own" && about.lossLeft > 0;
  const paths = own ? sorted.map((one) => columnsTo(one, one.columns.time, one.about)) : columns;
  const longest = paths.reduce((a, b) => b.time.length > a.time.length ? b : a).time;
  checkOneGrid(paths, longest, sorted[0].about);
  return {
    program: about.program,
    device: about.device,
    study: {
      configuration: {
        ...{ architecture, width, n, weightStd, parametrization, tolerance, testImages },
        horizon: about.lossLeft > 0 ? longest[longest.length - 1] : about.horizon,
        threshold: THRESHOLD,
        entries: longest.length - 1,
        seeds: sorted.map(({ about: { seed } }) => seed),
      },
      ...{ time: longest, warmIndex },
      realizations: sorted.map(({ about }, i) => {
        const one = { seed: about.seed, ...paths[i], ...workOf(about) };
        const grid = { time: paths[i].time, warmIndex };
        const warm = warmIndex > 0 ? ratiosOf(grid, one, { from: warmIndex }) : undefined;
        return { ...one, cold: ratiosOf(grid, one), ...warm && { warm } };
      }),
    },
  };
}

const workOf = ({ gradients, wallSeconds }: About) => ({
  gradients: Math.round(gradients),
  seconds: Math.round(wallSeconds),
});

type Columns = Record<Column, number[]> & {
  readonly displacementSquaredFrom: Record<number, number[]>;
};

/** A recording's columns on the grid of its study. */
function columnsTo(
  { about, columns: whole }: RecordedFile,
  time: readonly number[],
  first: About,
): Columns {
  const entries = about.lossLeft > 0 ? time.length : whole.time.length;
  const columns = Object.fromEntries(
    COLUMNS.map((name) => [name, whole[name].slice(0, entries)]),
  ) as Record<Column, number[]>;
  if (columns.time.length !== time.length || columns.time.some((t, i) => t !== time[i])) {
    throw new RangeError(
      `seeds ${first.seed} and ${about.seed} at n = ${about.n} were recorded at ` +
        "other times; a study has one grid",
    );
  }
  const starts = Object.entries(about.displacementSquaredFrom)
    .map(([row, squares]) => [Number(row), squares] as const)
    .filter(([row]) => row < entries - 1);
  for (const [row, squares] of starts) {
    if (squares.length !== whole.time.length - row) {
      throw new RangeError(
        `seed ${about.seed} at n = ${about.n} has ${squares.length} displacements from row ${row}; ` +
          `there must be ${whole.time.length - row}, one for each row from there`,
      );
    }
  }
  return {
    ...columns,
    displacementSquaredFrom: Object.fromEntries(
      starts.map(([row, squares]) => [row, fromZero(squares.slice(0, entries - row))]),
    ),
  };
}

/**
 * A displacement is 0 at its origin. Of more than a million weights the program keeps those of origins in
 * single precision: what that leaves is rounding, and nothing larger is let through.
 */
function fromZero(squares: readonly number[]): number[] {
  const largest = squares.reduce((a, b) => Math.max(a, b), 0);
  if (squares[0] > ROUNDING * largest) {
    throw new RangeError(`a displacement begins with ${squares[0]}; it must be 0 at its origin`);
  }
  return [0, ...squares.slice(1)];
}

/** Columns that are shorter than the longest are so at their end. */
function checkOneGrid(paths: readonly Columns[], longest: readonly number[], { n }: About): void {
  if (paths.some(({ time }) => time.some((t, i) => t !== longest[i]))) {
    throw new RangeError(`seeds at n = ${n} were recorded at other times; a study has one grid`);
  }
}

/** The rows that may be a warm start in all recordings. */
function startsOfAll(columns: readonly Columns[]): number[] {
  const [first, ...others] = columns.map(({ displacementSquaredFrom: from }) =>
    new Set(Object.keys(from).map(Number))
  );
  return [...others.reduce((all, one) => all.intersection(one), first)].sort((a, b) => a - b);
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
