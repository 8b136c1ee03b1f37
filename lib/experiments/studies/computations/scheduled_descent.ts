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
 * Schedules: "constant"; "cosine" from its peak to 0 over some steps; "best", η* of the flow, kept at or
 * below 2/λ_max; "unbounded", η* as it is; "stability", in proportion to 1/λ_max. Those of the flow are
 * told by Σ η so far.
 */
export const SCHEDULES = ["constant", "cosine", "best", "unbounded", "stability"] as const;

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
/** Slower factors in a row, in octaves, after which smaller ones are not tried. */
const PATIENCE = 0.75;
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

/** Each schedule's factors from the largest down, until they are slower than the best for a while. */
async function descentsUnder(
  flow: ScheduledFlow,
  { perOctave, most }: ScheduleInput,
  walks: Walks,
  onProgress: RunControl["onProgress"],
): Promise<ScheduledDescent[]> {
  const profiles = profilesOf(flow);
  const beyond = RAISED * flow.loss[0];
  const top = Math.max(...flow.lambdaMax);
  const search = async (rateOf: RateOf, largest: number, cap: number) => {
    let best: { readonly factor: number; readonly steps: number } | undefined;
    let [slower, tried] = [0, 0];
    for (let k = 0; k < 12 * perOctave && slower <= PATIENCE * perOctave; k++) {
      const factor = largest * 2 ** (-k / perOctave);
      const limit = best ? best.steps : cap;
      let time = 0;
      const rate = (step: number) => {
        const eta = rateOf(factor, time, step);
        time += eta;
        return eta;
      };
      const { steps, end } = await walk({ ...walks, rate, most: limit, beyond });
      tried++;
      if (end === "mark" && (!best || steps < best.steps)) [best, slower] = [{ factor, steps }, 0];
      // One that is only too slow, too: smaller factors are slower still.
      else if (best || end === "steps") slower++;
    }
    return { ...best, tried };
  };
  const done: ScheduledDescent[] = [];
  for (const [i, schedule] of SCHEDULES.entries()) {
    await onProgress?.({ done: (i + 1) / (SCHEDULES.length + 1), total: 1, note: schedule });
    if (schedule === "cosine") {
      const constant = done[0].steps ?? most;
      let [best, tried]: [ScheduledDescent | undefined, number] = [undefined, 0];
      for (const times of COSINES) {
        const over = Math.ceil(times * constant);
        const rateOf: RateOf = (peak, _, step) =>
          peak * Math.max(1e-9, (1 + Math.cos(Math.PI * step / over)) / 2);
        const found = await search(rateOf, 8 / top, Math.min(over, best?.steps ?? most));
        tried += found.tried;
        const better = found.steps !== undefined && found.steps < (best?.steps ?? Infinity);
        if (better) best = { schedule, ...found, over };
      }
      done.push({ schedule, ...best, tried });
      continue;
    }
    const { rateOf, steepest } = profiles[schedule];
    done.push({ schedule, ...await search(rateOf, 8 / steepest, most) });
  }
  return done;
}

/** η of a step with a factor, at a time Σ η so far. */
type RateOf = (factor: number, time: number, step: number) => number;

/** Rates as functions of the flow's time, and the largest rate times λ_max that a factor of 1 has. */
function profilesOf(flow: ScheduledFlow) {
  const { time, lambdaMax } = flow;
  const { rate } = bestSchedule(flow);
  const intervalAt = (t: number) => {
    const after = time.findIndex((one) => one > t);
    return after < 0 ? rate.length - 1 : Math.max(0, after - 1);
  };
  const top = (i: number) => Math.max(lambdaMax[i], lambdaMax[i + 1]);
  const over = (of: (i: number) => number) =>
    Math.max(...Array.from(rate, (_, i) => of(i) * top(i)));
  const constant: RateOf = (factor) => factor;
  const best: RateOf = (factor, t) => {
    const i = intervalAt(t);
    return Math.min(factor * rate[i], 2 / top(i));
  };
  const unbounded: RateOf = (factor, t) => factor * rate[intervalAt(t)];
  const stability: RateOf = (factor, t) => factor / top(intervalAt(t));
  return {
    constant: { rateOf: constant, steepest: over(() => 1) },
    best: { rateOf: best, steepest: over((i) => rate[i]) },
    unbounded: { rateOf: unbounded, steepest: over((i) => rate[i]) },
    stability: { rateOf: stability, steepest: 1 },
  };
}
