/**
 * One seed's gradient flow with what its best schedule and the limit of generalization read, and
 * descents under schedules made of it. This module and what it reaches are the code of the run.
 *
 * @module
 */
import { cifar10, targets } from "../../../datasets/mod.ts";
import { bestSchedule } from "../../../bounds/mod.ts";
import { gradientFlow, squaredError } from "../../../dynamics/mod.ts";
import type { Network } from "../../../networks/mod.ts";
import type { Tensor } from "../../../numerics/mod.ts";
import { product, squaredNorm } from "../../../numerics/vectors.ts";
import type { Computation, RunControl } from "../../study/study.ts";
import { bestFactor } from "./best_factor.ts";
import { rounded } from "./linearization_record.ts";
import { type NetworkConfiguration, networkOf } from "./network_of.ts";
import { walk } from "./optimizer_walk.ts";
import { stepRule } from "./step_rule.ts";

/** What it rests on. */
export interface ScheduleInput extends NetworkConfiguration {
  readonly study: "schedules";
  readonly n: number;
  readonly testImages: number;
  readonly tolerance: number;
  readonly seed: number;
  /** The mark: the share of ½‖Y‖² that is left at the end. */
  readonly left: number;
  readonly record: readonly number[];
  /** Rates of a factor 2 in the grid. */
  readonly perOctave: number;
  readonly most: number;
}

/** The flow to the mark, an entry for each recorded time, the start and the end. */
export interface ScheduledFlow {
  readonly time: number[];
  readonly loss: number[];
  readonly lossDrop: number[];
  readonly displacementSquared: number[];
  readonly pathLength: number[];
  readonly lambdaMax: number[];
  /** Mean over the test images. */
  readonly testLoss: number[];
  readonly testAccuracy: number[];
  /** |∇L|², |∇L_test|² and ∇L·∇L_test, L_test the sum over the test images. */
  readonly gradientSquared: number[];
  readonly testGradientSquared: number[];
  readonly products: number[];
}

/**
 * Schedules: "constant"; "cosine" from its peak to 0 over some steps; "stability", κ/λ_max; "best", η* of
 * the flow, kept at or below κ/λ_max with the κ that was best for "stability"; "unbounded", η* as it is.
 * Those of the flow are told by Σ η so far.
 */
export const SCHEDULES = ["constant", "cosine", "stability", "best", "unbounded"] as const;

/** One of {@link SCHEDULES}. */
export type ScheduleName = typeof SCHEDULES[number];

/** A descent under a schedule, at the factor that came to the mark in the fewest steps. */
export interface ScheduledDescent {
  readonly schedule: ScheduleName;
  /** c, by which the schedule is multiplied; of cosine its peak. Not there if none came to the mark. */
  readonly factor?: number;
  /** Steps to the mark. */
  readonly steps?: number;
  /** Of a cosine, the steps to its end. */
  readonly over?: number;
  /** Of "best" the κ of its limit. */
  readonly below?: number;
  /** Whether the factor is the grid's largest, and a larger one another schedule. */
  readonly atEdge?: boolean;
  /** Factors that were tried, all horizons of a cosine together. */
  readonly tried: number;
}

/** What a run gives. */
export interface ScheduleRun {
  readonly seed: number;
  readonly flow: ScheduledFlow;
  /** Work of the flow in full gradients. */
  readonly gradients: number;
  readonly descents: readonly ScheduledDescent[];
}

/** Loss above its start, by more than rounding: such a factor is not taken. */
const RAISED = 1.001;
/** Of the flow's schedules, the largest rate times λ_max where the product is least, with the first factor. */
const FIRST = 8;
/** Schedules that take more than so many times the constant rate's steps are given up. */
const SLOW = 4;
/** Cosines end after so many times the steps of the constant rate. */
const COSINES = [1.5, 3];

/** The flow, and the descents. */
export const scheduledDescents: Computation<ScheduleInput, ScheduleRun> = {
  module: import.meta.url,
  compute: async (input, { signal, onProgress }) => {
    const { n, testImages, seed, left, tolerance, record } = input;
    const { train, test } = await cifar10({ train: n, test: testImages });
    const network = networkOf(input);
    const data = { images: train.images, targets: targets(train.labels) };
    const until = left * 0.45 * n;
    const { trajectory, snapshots, parameters, gradients } = await gradientFlow(network, data, {
      ...{ horizon: record[record.length - 1], record, snapshots: record.slice(0, -1), test },
      ...{ seed, tolerance, signal, until: ({ loss }) => loss <= until },
      onProgress: ({ done, total, note }) =>
        onProgress?.({ done: done / total / (SCHEDULES.length + 1), total: 1, note }),
    });
    signal?.throwIfAborted();
    const column = (values: Float64Array) => Array.from(values, (x) => rounded(x));
    const { lambdaMax, testLoss, testAccuracy } = trajectory.observed;
    const weights = Array.from(
      trajectory.time,
      (time, i) => i === 0 ? network.init(seed) : snapshots.get(time) ?? parameters,
    );
    const flow = {
      ...{ time: Array.from(trajectory.time), loss: column(trajectory.loss) },
      lossDrop: column(trajectory.lossDrop),
      displacementSquared: column(trajectory.displacementSquared),
      pathLength: column(trajectory.pathLength),
      ...{ lambdaMax: column(lambdaMax), testLoss: column(testLoss) },
      testAccuracy: column(testAccuracy),
      ...await gradientsAt(network, weights, [data, { ...test, targets: targets(test.labels) }]),
    };
    const walks = { network, data, seed, rule: stepRule("gradient-descent"), until, signal };
    return {
      ...{ seed, flow, gradients: rounded(gradients) },
      descents: await descentsUnder(flow, input, walks, onProgress),
    };
  },
};

interface Images {
  readonly images: Tensor;
  readonly targets: Tensor;
}

/** Squares and products of the two losses' gradients at each of the weights. */
async function gradientsAt(
  network: Network,
  weights: readonly Tensor[][],
  [train, test]: readonly [Images, Images],
) {
  const [own, other] = [train, test].map(({ images, targets }) =>
    squaredError(network, images, targets)
  );
  const gradientSquared: number[] = [];
  const testGradientSquared: number[] = [];
  const products: number[] = [];
  for (const theta of weights) {
    const [{ gradient: g }, { gradient: h }] = [await own(theta), await other(theta)];
    gradientSquared.push(rounded(squaredNorm(g)));
    testGradientSquared.push(rounded(squaredNorm(h)));
    products.push(rounded(product(g, h)));
  }
  return { gradientSquared, testGradientSquared, products };
}

type Walks = Omit<Parameters<typeof walk>[0], "rate" | "most" | "beyond">;

/**
 * Each schedule's best factor. A cosine is sought after the constant rate, whose steps decide its length;
 * "best" after "stability", whose κ it takes.
 */
async function descentsUnder(
  flow: ScheduledFlow,
  { perOctave, most }: ScheduleInput,
  walks: Walks,
  onProgress: RunControl["onProgress"],
): Promise<ScheduledDescent[]> {
  const search: Search = ({ rateOf, largest, whole }, cap) =>
    bestFactor({ largest, whole, perOctave, cap }, (factor, limit) => {
      let time = 0;
      const rate = (step: number) => {
        const eta = rateOf(factor, time, step);
        time += eta;
        return eta;
      };
      return walk({ ...walks, rate, most: limit, beyond: RAISED * flow.loss[0] });
    });
  const done: ScheduledDescent[] = [];
  const found = (schedule: ScheduleName) => done.find((one) => one.schedule === schedule);
  for (const [i, schedule] of SCHEDULES.entries()) {
    await onProgress?.({ done: (i + 1) / (SCHEDULES.length + 1), total: 1, note: schedule });
    const cap = Math.min(most, SLOW * (found("constant")?.steps ?? most));
    if (schedule === "cosine") {
      done.push(await bestCosine(flow, found("constant")?.steps ?? most, { search, cap }));
      continue;
    }
    const below = schedule === "best" ? found("stability")?.factor : undefined;
    const profile = profileOf(flow, schedule, below);
    done.push({ schedule, ...await search(profile, cap), ...(below !== undefined && { below }) });
  }
  return done;
}

/** The better of the cosines' lengths. */
async function bestCosine(
  flow: ScheduledFlow,
  constant: number,
  { search, cap }: { readonly search: Search; readonly cap: number },
): Promise<ScheduledDescent> {
  let [best, tried]: [ScheduledDescent | undefined, number] = [undefined, 0];
  for (const times of COSINES) {
    const over = Math.ceil(times * constant);
    const rateOf: RateOf = (peak, _, step) =>
      peak * Math.max(1e-9, (1 + Math.cos(Math.PI * step / over)) / 2);
    const largest = FIRST / Math.max(...flow.lambdaMax);
    const found = await search({ rateOf, largest }, Math.min(over, best?.steps ?? cap));
    tried += found.tried;
    const better = found.steps !== undefined && found.steps < (best?.steps ?? Infinity);
    if (better) best = { schedule: "cosine", ...found, over };
  }
  return { schedule: "cosine", ...best, tried };
}

type Search = (profile: Profile, cap: number) => Promise<Omit<ScheduledDescent, "schedule">>;

/** η of a step with a factor, at a time Σ η so far. */
type RateOf = (factor: number, time: number, step: number) => number;

/** A schedule's rate, the first factor of its grid, and whether a larger one is the same schedule. */
interface Profile {
  readonly rateOf: RateOf;
  readonly largest: number;
  readonly whole?: boolean;
}

/**
 * Rates as functions of the flow's time. η*λ_max is smallest early and tens of times that late: a grid
 * that begins where the late end is steep never lets the early end be. So it begins where the early end is.
 */
function profileOf(
  flow: ScheduledFlow,
  schedule: Exclude<ScheduleName, "cosine">,
  below = Infinity,
): Profile {
  const { time, lambdaMax } = flow;
  const { rate } = bestSchedule(flow);
  const intervalAt = (t: number) => {
    const after = time.findIndex((one) => one > t);
    return after < 0 ? rate.length - 1 : Math.max(0, after - 1);
  };
  const top = (i: number) => Math.max(lambdaMax[i], lambdaMax[i + 1]);
  const least = Math.min(...Array.from(rate, (value, i) => value * top(i)));
  if (schedule === "constant") {
    return { rateOf: (factor) => factor, largest: FIRST / Math.max(...lambdaMax) };
  }
  if (schedule === "stability") {
    return { rateOf: (factor, t) => factor / top(intervalAt(t)), largest: FIRST };
  }
  const rateOf: RateOf = (factor, t) => {
    const i = intervalAt(t);
    return Math.min(factor * rate[i], below / top(i));
  };
  // From where it is below/λ_max throughout.
  if (below < Infinity) return { rateOf, largest: below / least, whole: true };
  return { rateOf, largest: FIRST / least };
}
