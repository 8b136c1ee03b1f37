/**
 * One optimizer: its learning rate by a stated rule, and with it a walk from each seed. This module and
 * what it reaches are the code of the run.
 *
 * @module
 */
import { cifar10, targets } from "../../../datasets/mod.ts";
import { toArray } from "../../../networks/mod.ts";
import { type NetworkConfiguration, networkOf } from "./network_of.ts";
import type { Computation, RunControl } from "../../study/study.ts";
import { rounded } from "./linearization_record.ts";
import { type RuleName, stepRule } from "./step_rule.ts";
import { type Walk, walk, type WalkEntry } from "./optimizer_walk.ts";

/** What it rests on. */
export interface OptimizerInput extends NetworkConfiguration {
  readonly study: "optimizers";
  readonly optimizer: RuleName;
  readonly n: number;
  readonly testImages: number;
  /** The walk ends where no more than this share of ½‖Y‖² is left. */
  readonly left: number;
  /** Most steps of a walk. */
  readonly most: number;
  readonly seeds: readonly number[];
  readonly tuningSeeds: readonly number[];
  /** Rates that are tried, from the largest down. */
  readonly rates: readonly number[];
  /** Of natural gradient, as a share of the kernel's mean eigenvalue. */
  readonly damping: number;
}

/** How a rate fared on the tuning seeds. */
export interface RateTried {
  readonly rate: number;
  /** Steps of each tuning seed up to where its walk ended, and how. */
  readonly steps: number[];
  readonly ends: ("mark" | "steps" | "diverged")[];
}

/** Columns of a walk, an entry for each number of steps in `step`. */
export type WalkColumns =
  & { readonly [K in keyof WalkEntry]: number[] }
  & { readonly step: number[] };

/** One seed's walk at the rate that was chosen. */
export interface SeedWalk extends WalkColumns {
  readonly seed: number;
  readonly end: "mark" | "steps" | "diverged";
}

/** What a run gives. */
export interface OptimizerRun {
  readonly optimizer: RuleName;
  /** The rate that was chosen; not there where none came to the mark from all tuning seeds. */
  readonly rate?: number;
  /** Whether it is an end of the grid. */
  readonly atEdge: boolean;
  readonly tried: readonly RateTried[];
  readonly walks: readonly SeedWalk[];
  /** Seconds it took here. */
  readonly seconds: number;
}

/**
 * Loss beyond which a walk has diverged, in units of its first: of the tuning, where a rate at which the
 * loss rises above its start is none to take, and of the walks that are compared.
 */
const BEYOND = { tuning: 1.001, compared: 1e3 };
/** Rates in a row that are slower than the best, after which smaller ones are not tried. */
const PATIENCE = 2;
/** Entries that are kept of a walk, its start and end among them. */
const KEPT = 48;

/** The tuning and the walks. */
export const optimizerRuns: Computation<OptimizerInput, OptimizerRun> = {
  module: import.meta.url,
  compute: async (input, control) => {
    const { optimizer, n, testImages, seeds, damping, left, most } = input;
    const { train, test } = await cifar10({ train: n, test: testImages });
    const begun = performance.now();
    const data = { images: train.images, targets: targets(train.labels) };
    const ground = {
      ...{ network: networkOf(input), data, rule: stepRule(optimizer, { damping }) },
      ...{ until: left * 0.45 * n, signal: control.signal },
    };
    const { rate, tried } = await tuned(input, ground, control);
    const walks: SeedWalk[] = [];
    for (const seed of rate === undefined ? [] : seeds) {
      const beyond = BEYOND.compared * await lossAtStart(ground, seed);
      const done = await walk({ ...ground, seed, rate: () => rate!, most, beyond, test });
      walks.push({ seed, end: done.end, ...columnsOf(done.entries) });
      await control.onProgress?.({
        done: seeds.length + walks.length,
        total: 2 * seeds.length,
        note: `seed ${seed}: ${done.steps} steps`,
      });
    }
    const ends = [input.rates[0], input.rates[input.rates.length - 1]];
    return {
      ...{ optimizer, rate, atEdge: rate !== undefined && ends.includes(rate), tried, walks },
      seconds: rounded((performance.now() - begun) / 1000, 3),
    };
  },
};

type Ground = Omit<Walk, "seed" | "rate" | "most" | "beyond" | "test">;

async function lossAtStart({ network, data }: Ground, seed: number): Promise<number> {
  const { data: outputs } = await network.apply(network.init(seed), data.images);
  const y = toArray(data.targets, "targets", [data.images.shape[0], network.outputs]);
  let sum = 0;
  for (let i = 0; i < outputs.length; i++) sum += (outputs[i] - y[i]) ** 2;
  return sum / 2;
}

/**
 * The rate with the fewest steps to the mark, summed over the tuning seeds, of those at which all of
 * them come there, their loss never above its start. From the largest down; a rate is given up once it has taken more steps than the
 * best so far, and smaller ones are not tried after two in a row that were slower than the best.
 */
export async function tuned(
  { rates, tuningSeeds, most }: Pick<OptimizerInput, "rates" | "tuningSeeds" | "most">,
  ground: Ground,
  { onProgress }: Pick<RunControl, "onProgress"> = {},
): Promise<{ readonly rate?: number; readonly tried: RateTried[] }> {
  const tried: RateTried[] = [];
  let [best, slower]: [{ rate: number; steps: number } | undefined, number] = [undefined, 0];
  for (const rate of rates) {
    const one: RateTried = { rate, steps: [], ends: [] };
    let total = 0;
    for (const seed of tuningSeeds) {
      const beyond = BEYOND.tuning * await lossAtStart(ground, seed);
      const left = best ? best.steps - total : most;
      const { steps, end } = await walk({
        ...{ ...ground, seed, beyond, rate: () => rate, most: Math.min(most, left) },
      });
      one.steps.push(steps);
      one.ends.push(end);
      total += steps;
      if (end !== "mark") break;
    }
    tried.push(one);
    const came = one.ends.length === tuningSeeds.length && one.ends.at(-1) === "mark";
    if (came && (!best || total < best.steps)) [best, slower] = [{ rate, steps: total }, 0];
    else if (best) slower++;
    await onProgress?.({ done: tried.length, total: 2 * rates.length, note: `η = ${rate}` });
    if (slower === PATIENCE) break;
  }
  return { rate: best?.rate, tried };
}

/** The columns, thinned. */
function columnsOf(entries: readonly WalkEntry[]): WalkColumns {
  const last = entries.length - 1;
  const step = [
    ...new Set(
      Array.from({ length: KEPT }, (_, i) => Math.round(last * i / (KEPT - 1))),
    ),
  ];
  const names = Object.keys(entries[0]) as (keyof WalkEntry)[];
  const columns = names.map((name) => [name, step.map((i) => rounded(entries[i][name]))]);
  return { step, ...Object.fromEntries(columns) };
}
