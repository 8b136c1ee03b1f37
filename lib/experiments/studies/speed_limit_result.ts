/**
 * What a speed limit study gives: raw columns of each realization, and the ratios that are computed
 * of them on reading.
 *
 * @module
 */
import { inefficiency, type InefficiencyColumns } from "../../bounds/mod.ts";
import {
  checkInteger,
  checkNumbers,
  checkOptions,
  checkRecord,
  maybe,
  must,
} from "../../numerics/checks.ts";
import { checkColumn } from "../checks.ts";
import type { FlowRun } from "./computations/flow_realization.ts";
import type { NetworkConfiguration } from "./computations/network_of.ts";
import { warmIndexOf } from "./warm_start.ts";

/** One realization's path from one of its starts; entry 0 is the origin. */
export interface SeedPath {
  /** Counted from initialization, at the warm path too. */
  readonly time: readonly number[];
  /** T/T_SL */
  readonly inefficiency: readonly number[];
  /** l_γ/l_geo */
  readonly tortuosity: readonly number[];
}

/** What decides a study's numbers; plain values, so that it can be hashed and stored. */
export interface SpeedLimitConfiguration extends NetworkConfiguration {
  /** Training images, the first of the dataset. */
  readonly n: number;
  readonly seeds: readonly number[];
  readonly weightStd: number;
  readonly parametrization: "ntk" | "standard";
  /** T, the last time τ; lr 1e-5 comes here after T/1e-5 epochs. */
  readonly horizon: number;
  /** Relative accuracy of T/T_SL, l_γ/l_geo and L. */
  readonly tolerance: number;
  /** Test images, the first of the dataset, of whose accuracy the warm start is told. */
  readonly testImages: number;
  /** Recorded times, on a logarithmic grid of four decades up to the horizon. */
  readonly entries: number;
  /** Test accuracy at the warm start. */
  readonly threshold: number;
}

/** A realization's columns, an entry a recorded time, as they are stored. */
export interface RecordedColumns {
  /** L(θ_t) */
  readonly loss: number[];
  /** L(θ_0) − L(θ_t), summed from increments. */
  readonly lossDrop: number[];
  /** ‖θ_t − θ_0‖² */
  readonly displacementSquared: number[];
  /** l_γ(t) */
  readonly pathLength: number[];
  /** Mean over test images of ½‖f − y‖². */
  readonly testLoss: number[];
  readonly testAccuracy: number[];
  readonly lambdaMax: number[];
  /** ‖θ_t − θ_s‖² from some entries s on (the keys), the warm start's among them. */
  readonly displacementSquaredFrom: Readonly<Record<number, number[]>>;
}

/** The columns that only newer files have; what was stored before has ratios in their place. */
type NewerColumn =
  | "lossDrop"
  | "displacementSquared"
  | "pathLength"
  | "testLoss"
  | "displacementSquaredFrom";

/** One realization. */
export interface Realization
  extends Omit<RecordedColumns, NewerColumn>, Partial<Pick<RecordedColumns, NewerColumn>> {
  readonly seed: number;
  /** Along the path from time 0, an entry a recorded time. */
  readonly cold: PathRatios;
  /** From the warm start on; not there if the accuracy was not reached. */
  readonly warm?: PathRatios;
  /** Work in full gradients, and the seconds it took here. */
  readonly gradients: number;
  readonly seconds: number;
}

/** Ratios along a path, each 1 at its origin. */
export interface PathRatios {
  /** T/T_SL */
  readonly inefficiency: number[];
  /** l_γ/l_geo */
  readonly tortuosity: number[];
  /** T ΔL/l_γ² */
  readonly speedSpread: number[];
}

/** What a speed limit study gives: plain values that JSON keeps. */
export interface SpeedLimitStudy {
  readonly configuration: SpeedLimitConfiguration;
  /** 0 and the recorded times. */
  readonly time: number[];
  /** Place of the warm start among them, −1 if the mean accuracy has not come so far. */
  readonly warmIndex: number;
  readonly realizations: Realization[];
}

/** A study as a file has it: without ratios, but for files of before. */
export interface StoredSpeedLimit extends Omit<SpeedLimitStudy, "realizations"> {
  readonly realizations: (Omit<Realization, "cold" | "warm"> & Partial<Realization>)[];
}

/** So many displacements are stored, spread over the run, besides those from the start. */
const ORIGINS = 12;

/**
 * Digits of the columns. Those of which differences are taken keep more: two entries at the end of a
 * run may lie close together.
 */
const DIGITS = { time: 15, lossDrop: 12, pathLength: 12, others: 8 };

/** The study of some runs, of the configuration's first seeds. */
export function speedLimitOf(
  configuration: SpeedLimitConfiguration,
  runs: readonly FlowRun[],
): SpeedLimitStudy {
  const trajectories = runs.map(({ trajectory }) => trajectory);
  const [first] = trajectories;
  const known = Object.keys(first.displacementSquaredFrom).map(Number);
  const warmIndex = warmIndexOf(trajectories, configuration.threshold, known);
  const origins = originsAmong(known, warmIndex, first.time.length);
  return readSpeedLimit({
    configuration: { ...configuration, seeds: configuration.seeds.slice(0, runs.length) },
    time: rounded(first.time, DIGITS.time),
    warmIndex,
    realizations: runs.map(({ trajectory, gradients, seconds }, i) => ({
      seed: configuration.seeds[i],
      loss: rounded(trajectory.loss),
      lossDrop: rounded(trajectory.lossDrop, DIGITS.lossDrop),
      displacementSquared: rounded(trajectory.displacementSquared),
      pathLength: rounded(trajectory.pathLength, DIGITS.pathLength),
      testLoss: rounded(trajectory.observed.testLoss),
      testAccuracy: rounded(trajectory.observed.testAccuracy),
      lambdaMax: rounded(trajectory.observed.lambdaMax),
      displacementSquaredFrom: Object.fromEntries(
        origins.map((s) => [s, rounded(trajectory.displacementSquaredFrom[s].subarray(s))]),
      ),
      gradients: Math.round(gradients),
      seconds: Math.round(seconds),
    })),
  });
}

/** The study of a file's values: the ratios of its columns, or those that an older file has. */
export function readSpeedLimit(stored: StoredSpeedLimit): SpeedLimitStudy {
  const { warmIndex } = stored;
  return {
    ...stored,
    realizations: stored.realizations.map((one) => {
      const { cold, warm, ...columns } = one;
      const at = (from: number) => ratiosOf(stored, one, { from });
      return {
        ...columns,
        cold: cold ?? at(0),
        warm: warm ?? (warmIndex < 0 || cold ? undefined : at(warmIndex)),
      };
    }),
  };
}

/** What a file keeps of a study: the columns; ratios only where these are not there. */
export function writtenSpeedLimit(study: SpeedLimitStudy): StoredSpeedLimit {
  return {
    ...study,
    realizations: study.realizations.map((one) => {
      const { cold: _, warm: __, ...columns } = one;
      return one.lossDrop ? columns : one;
    }),
  };
}

/**
 * T/T_SL and its two factors along a realization's path, from one of its entries on.
 *
 * @param from an entry of `study.time` for which the path has displacements: 0, the warm start, or
 * one of `Object.keys(realization.displacementSquaredFrom)`
 * @throws {RangeError} if the path has no displacements from there; files of an older form have only
 * the ratios from the start and the warm start
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { ratiosOf, speedLimitStudy } from "../mod.ts";
 * const study = await speedLimitStudy({
 *   ...{ architecture: "fully-connected", width: 8, n: 20, seeds: 1, horizon: 0.01 },
 *   ...{ testImages: 20, entries: 4 },
 * }, { cache: await Deno.makeTempDir() });
 * const [one] = study.realizations;
 * assert.deepEqual(ratiosOf(study, one), one.cold);
 * assert.equal(ratiosOf(study, one, { from: 2 }).inefficiency.length, 3);
 * ```
 */
export function ratiosOf(
  given: Pick<SpeedLimitStudy, "time" | "warmIndex">,
  realization: StoredSpeedLimit["realizations"][number],
  options: { readonly from?: number } = {},
): PathRatios {
  const { time, warmIndex } = checkRecord("given", given, {
    ...{ time: checkNumbers, warmIndex: must(checkInteger, { least: -1 }) },
  }, "the times of a study and its warm start");
  checkRecord("realization", realization, { loss: checkColumn }, "a realization of a study");
  const { from = 0 } = checkOptions("options", options, {
    from: maybe(must(checkInteger, { least: 0 })),
  });
  const { loss, lossDrop, displacementSquared, pathLength } = realization;
  if (!lossDrop || !displacementSquared || !pathLength) {
    const known = from === 0 ? realization.cold : from === warmIndex ? realization.warm : undefined;
    if (known) return known;
    throw new RangeError(
      `from is ${from}; this result is of an older form and has ratios from entry 0 ` +
        `${warmIndex < 0 ? "alone" : `and from the warm start, ${warmIndex}`}`,
    );
  }
  const path = { time, loss, lossDrop, displacementSquared, pathLength };
  const displacements = Object.entries(realization.displacementSquaredFrom ?? {});
  return plain(inefficiency({
    ...path,
    displacementSquaredFrom: Object.fromEntries(
      displacements.map(([s, column]) => [s, [...new Array(Number(s)).fill(NaN), ...column]]),
    ),
  }, { from }));
}

const plain = ({ inefficiency, tortuosity, speedSpread }: InefficiencyColumns): PathRatios => ({
  inefficiency: Array.from(inefficiency),
  tortuosity: Array.from(tortuosity),
  speedSpread: Array.from(speedSpread),
});

/** {@link ORIGINS} entries spread over those known (which are spread in log time), the warm start one. */
function originsAmong(known: readonly number[], warmIndex: number, entries: number): number[] {
  const later = known.filter((s) => s > 0 && s < entries - 1);
  const spread = Array.from(
    { length: ORIGINS - 1 },
    (_, i) => later[Math.round(i * (later.length - 1) / (ORIGINS - 2))],
  );
  const chosen = new Set(warmIndex > 0 ? [...spread, warmIndex] : spread);
  return [...chosen].filter((s) => s !== undefined).sort((a, b) => a - b);
}

function rounded(column: Float64Array, digits = DIGITS.others): number[] {
  return Array.from(column, (x) => Number(x.toPrecision(digits)));
}
