/**
 * A sweep's plan: its configurations, the runs that these are made of, each once, by their keys, and
 * what they are expected to cost. The plan is a file that every job reads.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { type AnyStudy, type Plain, runKey } from "../../experiments/mod.ts";
import { type RunGrounds, runGrounds } from "../../experiments/study/run_grounds.ts";
import { costOf, type MeasuredFlow, type Sureness } from "./costs.ts";
import { type Sweep, SweepError, type SweepResources } from "./sweep_file.ts";

/** A run. */
export interface PlannedRun {
  readonly input: Plain;
  /** What it is: "myrtle_5_128_n500, seed 3". */
  readonly note: string;
  /** The place of its kind among the plan's. */
  readonly kind: number;
  readonly coreSeconds: number;
  readonly sureness: Sureness;
}

/** What runs of a kind are given: a scheduler's array has one request for all of its jobs. */
export interface Kind {
  readonly threads: number;
  /** MiB. */
  readonly memory: number;
  /** The first attempt's time limit; each has twice that of the one before. */
  readonly minutes: number;
}

/** A configuration with its runs. */
export interface PlannedConfiguration {
  readonly given: Readonly<Record<string, unknown>>;
  /** Where its result is stored below data/: "speed_limit/myrtle_5_128_n500". */
  readonly place: string;
  readonly keys: readonly string[];
}

/** A sweep with its runs, each once. */
export interface Plan {
  readonly study: string;
  readonly runs: Readonly<Record<string, PlannedRun>>;
  readonly kinds: readonly Kind[];
  /** By a hash of each. */
  readonly configurations: Readonly<Record<string, PlannedConfiguration>>;
  /** How many runs are a part of several configurations, or several times of the file. */
  readonly twice: number;
}

/** Cores of a run where the file does not say. */
export const THREADS = 2;

/** Of an estimate, the time limit: it may be three times off; a few lengths make few kinds. */
const LIMITS = [10, 30, 60, 120, 240, 480, 960, 1440, 2880];

/**
 * The plan of a sweep.
 *
 * @param measured what runs took before
 * @throws {SweepError} naming the configuration and, in it, the field, its value and its range
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { planOf } from "./plan.ts";
 * import { parseSweep } from "./sweep_file.ts";
 * const sweep = parseSweep(JSON.stringify({
 *   study: "speed-limit",
 *   base: { architecture: "fully-connected", width: 8, n: 20 },
 *   list: [{ seeds: 2 }, { seeds: 3 }, { n: 30, seeds: 2 }].slice(1),
 * }));
 * const { runs, configurations, kinds } = await planOf(sweep, []);
 * assert.equal(Object.keys(runs).length, 5);
 * assert.equal(Object.keys(configurations).length, 2);
 * assert.equal(kinds[0].threads, 2);
 * ```
 */
export async function planOf(sweep: Sweep, measured: readonly MeasuredFlow[]): Promise<Plan> {
  const { study, resources } = sweep;
  const grounds = runGrounds(study.computation.data);
  const runs: Record<string, PlannedRun> = {};
  const kinds: Kind[] = [];
  const configurations: Record<string, PlannedConfiguration> = {};
  const places = new Map<string, number>();
  let twice = 0;
  for (const [at, given] of sweep.given.entries()) {
    const resolved = await resolvedBy(study, given, at);
    const name = hashOf(resolved);
    if (Object.hasOwn(configurations, name)) {
      twice += configurations[name].keys.length;
      continue;
    }
    const file = study.fileName(resolved);
    const place = `${study.folder}/${file}`;
    const other = places.get(place);
    if (other !== undefined) {
      throw new SweepError(
        `configurations ${other + 1} and ${at + 1} are both stored as ${place}; ` +
          "one would take the other's place: give all seeds to one of them",
      );
    }
    places.set(place, at);
    const keys: string[] = [];
    for (const { input, note } of study.runs(resolved)) {
      const key = keyOf(study, input, grounds);
      keys.push(key);
      if (Object.hasOwn(runs, key)) {
        twice++;
        continue;
      }
      const { coreSeconds, memory, sureness } = costOf(study.name, input, measured);
      const kind = kindOf(kinds, { coreSeconds, memory }, resources);
      runs[key] = { input: input as Plain, note: `${file}, ${note}`, kind, coreSeconds, sureness };
    }
    configurations[name] = { given, place, keys };
  }
  return { study: study.name, runs, kinds, configurations, twice };
}

/**
 * The key of a run, as `conduct` finds it.
 *
 * @param grounds of the study's data
 */
export const keyOf = (study: AnyStudy, input: unknown, grounds: RunGrounds): string =>
  runKey(input as Plain, study.computation.module, grounds);

async function resolvedBy(study: AnyStudy, given: object, at: number) {
  try {
    return await study.resolve(given);
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
    throw new SweepError(
      `configuration ${at + 1}, ${JSON.stringify(given)}: ${(error as Error).message}`,
    );
  }
}

const hashOf = (resolved: unknown): string =>
  createHash("sha256").update(JSON.stringify(resolved)).digest("hex").slice(0, 16);

/** The place of the run's kind among those there are, or of a new one. */
function kindOf(
  kinds: Kind[],
  { coreSeconds, memory }: { readonly coreSeconds: number; readonly memory: number },
  resources: SweepResources,
): number {
  const { threads = THREADS } = resources;
  const expected = 3 * coreSeconds / threads / 60;
  const kind = {
    threads,
    memory: resources.memory ?? memory,
    minutes: resources.minutes ?? LIMITS.find((limit) => limit >= expected) ?? LIMITS.at(-1)!,
  };
  const there = kinds.findIndex((one) => JSON.stringify(one) === JSON.stringify(kind));
  return there < 0 ? kinds.push(kind) - 1 : there;
}

/**
 * Hours until runs are through on so many cores, each run on its own: the longest first, onto the
 * cores that are free first.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { hoursOn } from "./plan.ts";
 * const kinds = [{ threads: 2, memory: 1024, minutes: 60 }];
 * const run = { input: {}, note: "", kind: 0, coreSeconds: 7200, sureness: "measured" } as const;
 * assert.equal(hoursOn(2, [run, run, run], kinds), 3);
 * assert.equal(hoursOn(64, [run, run, run], kinds), 1);
 * ```
 */
export function hoursOn(
  cores: number,
  runs: readonly PlannedRun[],
  kinds: readonly Kind[],
): number {
  const threads = Math.max(1, ...runs.map(({ kind }) => kinds[kind].threads));
  const free: number[] = Array(Math.max(1, Math.floor(cores / threads))).fill(0);
  const seconds = runs.map(({ coreSeconds, kind }) => coreSeconds / kinds[kind].threads);
  for (const one of seconds.sort((a, b) => b - a)) {
    let first = 0;
    for (let i = 1; i < free.length; i++) if (free[i] < free[first]) first = i;
    free[first] += one;
  }
  return Math.max(0, ...free) / 3600;
}
