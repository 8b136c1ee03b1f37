/**
 * The study of the paper's section 4: the inefficiency of gradient flow on CIFAR-10, over several
 * realizations of the initial weights, from a cold and from a warm start.
 *
 * @module
 */
import { inefficiency, type InefficiencyColumns } from "../bounds/mod.ts";
import { cifar10, targets } from "../datasets/mod.ts";
import { type GradientFlow, gradientFlow, type Trajectory } from "../dynamics/mod.ts";
import { fullyConnected, myrtle5, type Network } from "../networks/mod.ts";
import { cachedRun, type Plain } from "./run_cache.ts";
import { warmStart } from "./warm_start.ts";

/** What decides a study's numbers; plain values, so that it can be hashed and stored. */
export interface SpeedLimitConfiguration {
  readonly architecture: "myrtle-5" | "fully-connected";
  /** Channels of every convolution, or width of both hidden layers. */
  readonly width: number;
  /** Training images, the first of the dataset. */
  readonly n: number;
  readonly seeds: readonly number[];
  /** T, the last time τ; lr 1e-5 comes here after T/1e-5 epochs. */
  readonly horizon: number;
  /** Test images, the first of the dataset, of whose accuracy the warm start is told. */
  readonly testImages?: number;
  readonly weightStd?: number;
  readonly parametrization?: "ntk" | "standard";
  /** Relative accuracy of T/T_SL, l_γ/l_geo and L. */
  readonly tolerance?: number;
  /** Recorded times, on a logarithmic grid of four decades up to the horizon. */
  readonly entries?: number;
  /** Test accuracy at the warm start. */
  readonly threshold?: number;
}

/** One realization. */
export interface Realization {
  readonly seed: number;
  readonly loss: number[];
  readonly testAccuracy: number[];
  readonly lambdaMax: number[];
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

/** What {@link speedLimitStudy} gives: plain values that JSON keeps. */
export interface SpeedLimitStudy {
  readonly configuration: Required<SpeedLimitConfiguration>;
  /** 0 and the recorded times. */
  readonly time: number[];
  /** Place of the warm start among them, −1 if the mean accuracy has not come so far. */
  readonly warmIndex: number;
  readonly realizations: Realization[];
}

/** Progress and end of a study. */
export interface StudyControl {
  readonly onProgress?: (
    progress: { done: number; total: number; note: string },
  ) => void | Promise<void>;
  /** Called with the study as far as it is, after every realization. */
  readonly onRealization?: (study: SpeedLimitStudy) => void | Promise<void>;
  readonly signal?: AbortSignal;
  /** Where realizations and checkpoints are kept; data/cache if left out. */
  readonly cache?: string;
}

/**
 * Runs the study, or reads what of it was run before; goes on where a run was cut off.
 *
 * @throws {RangeError} if a value of the configuration is out of range, or a realization has no
 * gradient at its initial weights, as narrow networks may
 * @throws the signal's reason, when it is aborted; what was computed is kept
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { ratiosAt, speedLimitStudy } from "./mod.ts";
 * const study = await speedLimitStudy({
 *   ...{ architecture: "fully-connected", width: 8, n: 20, seeds: [0, 1], horizon: 0.01 },
 *   ...{ testImages: 20, entries: 4 },
 * }, { cache: await Deno.makeTempDir() });
 * assert(ratiosAt(study).cold.inefficiency.mean > 1);
 * ```
 */
export async function speedLimitStudy(
  given: SpeedLimitConfiguration,
  { onProgress, onRealization, signal, cache }: StudyControl = {},
): Promise<SpeedLimitStudy> {
  const configuration = withDefaults(given);
  const { n, seeds, horizon, testImages, entries } = configuration;
  const network = networkOf(configuration);
  const { train, test } = await cifar10({ train: n, test: testImages });
  const data = { images: train.images, targets: targets(train.labels) };
  const record = recordGrid(horizon, entries);
  const runs: Run[] = [];
  for (const seed of seeds) {
    const run = await cachedRun(runConfiguration(configuration, seed), async (checkpoint) => {
      const start = performance.now();
      const flow = await gradientFlow(network, data, {
        horizon,
        tolerance: configuration.tolerance,
        seed,
        record,
        test,
        checkpoint,
        signal,
        onProgress: ({ done, total, note }) =>
          onProgress?.({
            done: runs.length + done / total,
            total: seeds.length,
            note: `seed ${seed}: ${note}`,
          }),
      });
      const seconds = (performance.now() - start) / 1000;
      return { result: runOf(flow, seconds), whole: !signal?.aborted };
    }, { folder: cache });
    signal?.throwIfAborted();
    if (run.trajectory.pathLength.at(-1) === 0) {
      throw new RangeError(
        `seed ${seed}: the loss has no gradient at the initial weights, all units are off and ` +
          `nothing moves; take a larger width than ${configuration.width}, or another seed`,
      );
    }
    runs.push(run);
    await onProgress?.({ done: runs.length, total: seeds.length, note: `seed ${seed} is there` });
    if (onRealization) await onRealization(studyOf(configuration, runs));
  }
  return studyOf(configuration, runs);
}

/**
 * The network of a configuration.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { networkOf } from "./speed_limit.ts";
 * const network = networkOf({
 *   ...{ architecture: "myrtle-5", width: 4, n: 10, seeds: [0], horizon: 0.1 },
 * });
 * assert.equal(network.outputs, 10);
 * ```
 */
export function networkOf(
  { architecture, width, weightStd, parametrization }: SpeedLimitConfiguration,
): Network {
  const scales = { weightStd, parametrization };
  return architecture === "myrtle-5"
    ? myrtle5({ channels: width, ...scales })
    : fullyConnected({ widths: [3072, width, width, 10], ...scales });
}

interface Run {
  readonly trajectory: Trajectory;
  readonly gradients: number;
  readonly seconds: number;
}

const runOf = ({ trajectory, gradients }: GradientFlow, seconds: number): Run => ({
  trajectory,
  gradients,
  seconds,
});

/** What one realization rests on: neither the other seeds nor the threshold. */
function runConfiguration(
  { seeds: _, threshold: __, ...rest }: Required<SpeedLimitConfiguration>,
  seed: number,
): Plain {
  return { study: "speed limit", seed, ...rest };
}

function studyOf(
  configuration: Required<SpeedLimitConfiguration>,
  runs: readonly Run[],
): SpeedLimitStudy {
  const trajectories = runs.map(({ trajectory }) => trajectory);
  let warmIndex = -1;
  try {
    warmIndex = warmStart(trajectories, configuration.threshold);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  // Nothing comes after a start at the horizon.
  if (warmIndex >= trajectories[0].time.length - 1) warmIndex = -1;
  return {
    configuration: { ...configuration, seeds: configuration.seeds.slice(0, runs.length) },
    time: rounded(trajectories[0].time),
    warmIndex,
    realizations: runs.map(({ trajectory, gradients, seconds }, i) => ({
      seed: configuration.seeds[i],
      loss: rounded(trajectory.loss),
      testAccuracy: rounded(trajectory.observed.testAccuracy),
      lambdaMax: rounded(trajectory.observed.lambdaMax),
      cold: ratiosOf(inefficiency(trajectory)),
      warm: warmIndex < 0 ? undefined : ratiosOf(inefficiency(trajectory, { from: warmIndex })),
      gradients: Math.round(gradients),
      seconds: Math.round(seconds),
    })),
  };
}

const ratiosOf = ({ inefficiency, tortuosity, speedSpread }: InefficiencyColumns): PathRatios => ({
  inefficiency: rounded(inefficiency),
  tortuosity: rounded(tortuosity),
  speedSpread: rounded(speedSpread),
});

/** Six digits are far beyond the tolerance and keep stored results small. */
const rounded = (column: Float64Array) => Array.from(column, (x) => Number(x.toPrecision(6)));

/** Four decades up to the horizon, the horizon itself exactly. */
function recordGrid(horizon: number, entries: number): number[] {
  return Array.from(
    { length: entries },
    (_, i) => i === entries - 1 ? horizon : horizon * 10 ** (-4 * (1 - (i + 1) / entries)),
  );
}

function withDefaults(given: SpeedLimitConfiguration): Required<SpeedLimitConfiguration> {
  const configuration = {
    testImages: 2000,
    weightStd: Math.SQRT2,
    parametrization: "ntk" as const,
    tolerance: 0.01,
    entries: 48,
    threshold: 0.12,
    ...given,
  };
  const { architecture, seeds, entries, threshold, testImages } = configuration;
  if (architecture !== "myrtle-5" && architecture !== "fully-connected") {
    throw new RangeError(
      `architecture is "${architecture}"; it must be "myrtle-5" or "fully-connected"`,
    );
  }
  if (seeds.length === 0 || new Set(seeds).size < seeds.length) {
    throw new RangeError(`seeds is [${seeds}]; it must be one number at least, each once`);
  }
  const counts = { entries, testImages };
  for (const [name, value] of Object.entries(counts)) {
    if (!(Number.isInteger(value) && value >= 2)) {
      throw new RangeError(`${name} is ${value}; it must be an integer from 2`);
    }
  }
  if (!(threshold > 0 && threshold < 1)) {
    throw new RangeError(`threshold is ${threshold}; it must be between 0 and 1`);
  }
  return configuration;
}
