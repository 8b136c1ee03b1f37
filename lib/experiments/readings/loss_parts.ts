/**
 * What T/T_SL consists of at equal training loss: network and linearization, with f_0 and without it, each
 * at the time when it has learnt as much as the others.
 *
 * @module
 */
import { checkNumber, checkOptions, must } from "../../numerics/checks.ts";
import { geometricMean } from "../../statistics/mod.ts";
import type { DriftStudy } from "../studies/kernel_drift_result.ts";
import { driftAt } from "./drift_at_mark.ts";
import { checkDrift, checkPair, type InefficiencyParts, partsOf } from "./drift_readings.ts";
import type { StartFlow } from "../studies/computations/start_realization.ts";
import type { InitialWeightsRealization, InitialWeightsStudy } from "../studies/initial_weights.ts";
import { checkInitialWeights } from "../checks.ts";
import { flowFrom, type StartPoint, startPoint } from "./initial_weights.ts";

/** The four flows whose T/T_SL is split. */
type Flow = "own" | "linear" | "ownWithout" | "linearWithout";

/** What makes T/T_SL where a share of ½‖Y‖² is left. */
export interface LossParts {
  /** The share of ½‖Y‖² that is left. */
  readonly left: number;
  /** How many seeds the studies share; those of `parts` come to the mark in all four flows. */
  readonly of: number;
  /** When each flow comes there, a time a seed. */
  readonly times: Readonly<Record<Flow, readonly number[]>>;
  /** As `inefficiencyParts` gives them; its time is the geometric mean of the network's. */
  readonly parts: InefficiencyParts;
}

/** What T/T_SL consists of at equal losses, and of which network. */
export interface NetworkLossParts {
  readonly network: string;
  /** Shares of ½‖Y‖² that are left; nothing is found where too few seeds come there. */
  readonly marks: readonly { readonly left: number; readonly found?: LossParts }[];
}

/**
 * How much of T/T_SL is owed to the initial function, and how much to the kernel's motion, at equal training
 * loss: the split of {@linkcode inefficiencyParts} with each of the four flows read where the same share of
 * ½‖Y‖² is left.
 *
 * @param withStart the study of the network as it is
 * @param without the same with f_0 subtracted, `kept` 0
 * @returns `undefined` if fewer than two seeds come there in all four flows
 * @throws {RangeError} if the share is not between 0 and 1, or the studies are no such pair
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DriftStudy, inefficiencyPartsAtLoss } from "../mod.ts";
 * const columns = (squared: number) => ({
 *   ...{ loss: [9, 2], lossDrop: [0, 7], displacementSquared: [0, squared], pathLength: [0, 1] },
 * });
 * const study = (kept: number, own: number, linear: number) => ({
 *   configuration: { architecture: "myrtle-5", width: 4, n: 10, kept, scale: 1 },
 *   time: [0, 1],
 *   realizations: [0, 1].map((seed) => ({ seed, own: columns(own), linear: columns(linear), at: [] })),
 * } as unknown as DriftStudy);
 * const { parts, of } = inefficiencyPartsAtLoss(study(1, 1, 2), study(0, 4, 4), { left: 0.5 })!;
 * assert(of === 2 && Math.abs(Math.exp(parts.motion.mean) - Math.sqrt(2)) < 1e-12);
 * ```
 */
export function inefficiencyPartsAtLoss(
  withStart: DriftStudy,
  without: DriftStudy,
  options: { readonly left: number },
): LossParts | undefined {
  checkDrift("withStart", withStart);
  checkDrift("without", without);
  const { left } = checkOptions("options", options, {
    left: must(checkNumber, { above: 0, below: 1 }),
  });
  checkPair(withStart, without);
  const of = (study: DriftStudy, flow: "own" | "linear") => {
    const points = driftAt(study, flow, { left });
    return new Map(study.realizations.map(({ seed }, i) => [seed, points[i]]));
  };
  const flows = {
    ...{ own: of(withStart, "own"), linear: of(withStart, "linear") },
    ...{ ownWithout: of(without, "own"), linearWithout: of(without, "linear") },
  };
  return lossPartsOf(left, flows);
}

/**
 * The same of a study of initial weights, whose flows are from the whole of f_0 and from none, of the network
 * and of its linearization.
 *
 * @returns `undefined` if fewer than two seeds come there in all four flows
 * @throws {RangeError} if the share is not between 0 and 1
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type InitialWeightsStudy, startPartsAtLoss, storedResult } from "../mod.ts";
 * const stored = await storedResult<InitialWeightsStudy>("initial_weights/myrtle_5_16_n64");
 * const { parts } = startPartsAtLoss(stored!.result, { left: 0.9 })!;
 * assert(parts.function.mean > Math.abs(parts.motion.mean));
 * ```
 */
export function startPartsAtLoss(
  study: InitialWeightsStudy,
  options: { readonly left: number },
): LossParts | undefined {
  const { realizations, configuration: { n } } = checkInitialWeights("study", study);
  const { left } = checkOptions("options", options, {
    left: must(checkNumber, { above: 0, below: 1 }),
  });
  const of = (flow: (one: InitialWeightsRealization) => StartFlow | undefined) =>
    new Map(realizations.map((one) => {
      const columns = flow(one);
      return [one.seed, columns && startPoint(columns, { loss: left * 0.45 * n })];
    }));
  return lossPartsOf(left, {
    own: of((one) => flowFrom(one, "function", 1)),
    linear: of(({ linearized }) => linearized.whole),
    ownWithout: of((one) => flowFrom(one, "function", 0)),
    linearWithout: of(({ linearized }) => linearized.labels),
  });
}

/** The split where each seed's four flows have come to a loss. */
function lossPartsOf(
  left: number,
  flows: Readonly<Record<Flow, ReadonlyMap<number, StartPoint | undefined>>>,
): LossParts | undefined {
  const shared = [...flows.own.keys()].filter((seed) => flows.ownWithout.has(seed));
  const seeds = shared.filter((seed) => Object.values(flows).every((flow) => flow.get(seed)));
  if (seeds.length < 2) return undefined;
  const each = (name: keyof StartPoint) => {
    const column = (flow: Flow) => seeds.map((seed) => flows[flow].get(seed)![name]);
    return {
      ...{ own: column("own"), linear: column("linear") },
      ...{ ownWithout: column("ownWithout"), linearWithout: column("linearWithout") },
    };
  };
  const times = each("time");
  const time = geometricMean(times.own).mean;
  return {
    ...{ left, of: shared.length, times },
    parts: partsOf({ time, seeds, ...each("inefficiency") }),
  };
}
