/**
 * What is read off studies of kernel drift: T/T_SL of the networks and of their linearizations, what the
 * initial function and the kernel's motion each make of it, and the kernel at the times it was looked at.
 *
 * @module
 */
import {
  checkInteger,
  checkList,
  checkNumber,
  checkOneOf,
  checkOptions,
  checkRecord,
  maybe,
  must,
} from "../../numerics/checks.ts";
import { mean, type MeanAndError, meanAndError } from "../../statistics/mod.ts";
import { checkColumn, checkObject } from "../checks.ts";
import type { DriftAt } from "../studies/computations/drift_record.ts";
import type { DriftStudy } from "../studies/kernel_drift_result.ts";
import { networkName } from "./kernel_exponents.ts";

/** The study, if it is one of kernel drift. */
export const checkDrift = <T>(name: string, study: T): T =>
  checkRecord(name, study, {
    configuration: checkObject,
    time: checkColumn,
    realizations: must(
      checkList,
      must(checkRecord, { own: checkObject, linear: checkObject, at: checkList }),
    ),
  }, "a study of kernel drift");

/** A study's network and size in words, as `FCN, width 64, n = 100`. */
export const driftName = ({ configuration }: Pick<DriftStudy, "configuration">): string =>
  `${networkName(configuration)}, n = ${configuration.n}`;

/**
 * T/T_SL of each seed at the recorded times past 0: of the network, or of its linearization.
 *
 * @returns a column a seed
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { driftRatios, type DriftStudy, storedResults } from "../mod.ts";
 * const [{ result: study }] = await storedResults<DriftStudy>("kernel_drift");
 * const [first] = driftRatios(study, "own");
 * assert.equal(first.length, study.time.length - 1);
 * assert(first.every((ratio) => ratio >= 0.99));
 * ```
 */
export function driftRatios(study: DriftStudy, flow: "own" | "linear"): number[][] {
  checkDrift("study", study);
  checkOneOf("flow", flow, ["own", "linear"]);
  return study.realizations.map((one) => {
    const { lossDrop, displacementSquared } = one[flow];
    return study.time.slice(1).map((t, i) => t * lossDrop[i + 1] / displacementSquared[i + 1]);
  });
}

/** What makes T/T_SL of a network at one time, over its seeds. */
export interface InefficiencyParts {
  readonly time: number;
  readonly seeds: readonly number[];
  /** A ratio a seed: of network and linearization, with f_0 and with it subtracted. */
  readonly own: readonly number[];
  readonly linear: readonly number[];
  readonly ownWithout: readonly number[];
  readonly linearWithout: readonly number[];
  /** ln of the factors: own = linearWithout · e^(function) · e^(motion), seed by seed. */
  readonly function: MeanAndError;
  readonly motion: MeanAndError;
  /** function − |motion|, paired: which of the two makes more of it. */
  readonly difference: MeanAndError;
  /** By how much the factor of f_0 differs between network and linearization, in ln. */
  readonly interaction: MeanAndError;
}

/**
 * How much of T/T_SL is owed to the initial function, and how much to the kernel's motion: ln T/T_SL goes
 * from that of the linearization without f_0 to that of the network in two steps, and each step's part is
 * the mean over both orders of taking them (Shapley), so that the two add up exactly.
 *
 * @param withStart the study of the network as it is
 * @param without the same with f_0 subtracted, `kept` 0
 * @returns an entry a recorded time past 0
 * @throws {RangeError} if the studies are not of the same network, images and times, `without` keeps some
 * of f_0, or they share fewer than two seeds
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DriftStudy, inefficiencyParts } from "../mod.ts";
 * const columns = (rise: number) => ({ lossDrop: [0, rise], displacementSquared: [0, 1] });
 * const study = (kept: number, own: number, linear: number) => ({
 *   configuration: { architecture: "myrtle-5", width: 4, n: 50, kept, scale: 1 },
 *   time: [0, 1],
 *   realizations: [0, 1].map((seed) => ({ seed, own: columns(own), linear: columns(linear), at: [] })),
 * } as unknown as DriftStudy);
 * const [{ function: f, motion }] = inefficiencyParts(study(1, 6, 8), study(0, 2, 2));
 * assert(Math.abs(Math.exp(f.mean) - Math.sqrt(12)) < 1e-12);
 * assert(Math.abs(2 * Math.exp(f.mean + motion.mean) - 6) < 1e-12);
 * ```
 */
export function inefficiencyParts(
  withStart: DriftStudy,
  without: DriftStudy,
): InefficiencyParts[] {
  checkDrift("withStart", withStart);
  checkDrift("without", without);
  checkPair(withStart, without);
  const seeds = withStart.realizations.map(({ seed }) => seed)
    .filter((seed) => without.realizations.some((one) => one.seed === seed));
  if (seeds.length < 2) {
    throw new RangeError(`the studies share ${seeds.length} seeds; parts need two or more`);
  }
  const of = (study: DriftStudy, flow: "own" | "linear") => {
    const ratios = driftRatios(study, flow);
    return seeds.map((seed) => ratios[study.realizations.findIndex((one) => one.seed === seed)]);
  };
  const all = {
    ...{ own: of(withStart, "own"), linear: of(withStart, "linear") },
    ...{ ownWithout: of(without, "own"), linearWithout: of(without, "linear") },
  };
  return withStart.time.slice(1).map((time, i) => {
    const [own, linear, ownWithout, linearWithout] = [
      ...[all.own, all.linear, all.ownWithout, all.linearWithout],
    ].map((columns) => columns.map((column) => column[i]));
    return partsOf({ time, seeds, own, linear, ownWithout, linearWithout });
  });
}

/** The split of four ratios a seed at one time. */
export function partsOf(
  ratios: Pick<
    InefficiencyParts,
    "time" | "seeds" | "own" | "linear" | "ownWithout" | "linearWithout"
  >,
): InefficiencyParts {
  const { own, linear, ownWithout, linearWithout } = ratios;
  const logs = own.map((ratio, s) => {
    const [a, b, c, d] = [ratio, linear[s], ownWithout[s], linearWithout[s]].map(Math.log);
    return {
      function: ((b - d) + (a - c)) / 2,
      motion: ((a - b) + (c - d)) / 2,
      both: a - b - c + d,
    };
  });
  return {
    ...ratios,
    function: meanAndError(logs.map((one) => one.function)),
    motion: meanAndError(logs.map(({ motion }) => motion)),
    difference: meanAndError(logs.map((one) => one.function - Math.abs(one.motion))),
    interaction: meanAndError(logs.map(({ both }) => both)),
  };
}

/** That two studies differ in f_0 alone. */
export function checkPair(a: DriftStudy, b: DriftStudy) {
  const key = ({ configuration: c, time }: DriftStudy) =>
    JSON.stringify([
      c.architecture,
      c.width,
      c.depth,
      c.activation,
      c.weightStd,
      c.n,
      c.scale,
      time,
    ]);
  if (key(a) !== key(b)) {
    throw new RangeError(
      `the studies are of ${driftName(a)} and ${driftName(b)}, with ${a.time.length} and ` +
        `${b.time.length} times; they must be of one network, its images, scale and times`,
    );
  }
  if (b.configuration.kept !== 0) {
    throw new RangeError(`without keeps ${b.configuration.kept} of f_0; it must be 0`);
  }
}

/** A number of a kernel at a time it was looked at. */
export type DriftQuantity =
  | "change"
  | "trace"
  | "largest"
  | "labels"
  | "residue"
  | "shared1"
  | "shared10"
  | "shared50"
  | "laziness"
  | "lazinessLinear";

/** A quantity along the flow: one entry a look, a value a seed. */
export interface DriftCurve {
  readonly time: readonly number[];
  readonly seeds: readonly (readonly number[])[];
}

const QUANTITIES: readonly DriftQuantity[] = [
  ...["change", "trace", "largest", "labels", "residue"] as const,
  ...["shared1", "shared10", "shared50", "laziness", "lazinessLinear"] as const,
];

/** The cut-off among those kept that laziness is read at: 10⁻³ of λ_1. */
const CUTOFF = 1;

/**
 * A quantity of the kernel of all outputs along the flow: its change ‖K_t − K_s‖/‖K_s‖, trace and λ_1 in
 * units of those at s, cosines with y yᵀ and with the residue's, the share of the leading space of 1, 10,
 * 50 directions that is still in that at s, and laziness since initialization (without λ < λ_1/1000), also
 * of the linearization at the same time (NaN in files that do not tell it).
 *
 * @param options `from`: the look s that it is told from, 0 by default (initialization); the entries are
 * those after it, for cosines it too
 * @throws {RangeError} if there is no realization, or no look of that number
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { driftCurve, type DriftStudy, storedResults } from "../mod.ts";
 * const [{ result: study }] = await storedResults<DriftStudy>("kernel_drift");
 * const { seeds } = driftCurve(study, "change");
 * assert(seeds.every((values) => values.every((change) => change > 0)));
 * ```
 */
export function driftCurve(
  study: DriftStudy,
  quantity: DriftQuantity,
  options: { readonly from?: number } = {},
): DriftCurve {
  checkDrift("study", study);
  checkOneOf("quantity", quantity, QUANTITIES);
  const looks = study.realizations[0]?.at.length ?? 0;
  if (looks < 2) throw new RangeError("the study has no realization with a later kernel");
  const { from = 0 } = checkOptions("options", options, {
    from: maybe(checkInteger, { least: 0, most: looks - 2 }),
  });
  const all = quantity === "labels" || quantity === "residue";
  const chosen = Array.from({ length: looks }, (_, i) => i).filter((i) =>
    i > from || all && i === from
  );
  return {
    time: chosen.map((i) => study.realizations[0].at[i].time),
    seeds: chosen.map((i) =>
      study.realizations.map(({ at }) => valueOf(at[i], at[from], quantity, from))
    ),
  };
}

function valueOf(at: DriftAt, start: DriftAt, quantity: DriftQuantity, from: number): number {
  switch (quantity) {
    case "change":
      return at.change[from];
    case "trace":
    case "largest":
      return at[quantity] / start[quantity];
    case "labels":
    case "residue":
      return at[quantity];
    case "laziness":
      return at.laziness![CUTOFF];
    case "lazinessLinear":
      return at.lazinessLinear?.[CUTOFF] ?? NaN;
    default:
      return at.shared[Number(quantity.slice("shared".length))]?.[from] ?? NaN;
  }
}

/**
 * The first look from which on the mean test accuracy of all seeds stays at a threshold: the warm start,
 * to the resolution of the looks.
 *
 * @returns the look's number, or −1 if it is not reached, or no accuracy was observed
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DriftStudy, warmLook } from "../mod.ts";
 * const study = {
 *   configuration: {},
 *   time: [0, 1, 2],
 *   realizations: [{
 *     own: { testAccuracy: [0.1, 0.11, 0.2] },
 *     linear: {},
 *     at: [{ time: 0 }, { time: 2 }],
 *   }],
 * } as unknown as DriftStudy;
 * assert.equal(warmLook(study), 1);
 * ```
 */
export function warmLook(
  study: DriftStudy,
  options: { readonly threshold?: number } = {},
): number {
  checkDrift("study", study);
  const { threshold = 0.12 } = checkOptions("options", options, { threshold: maybe(checkShare) });
  const columns = study.realizations.flatMap(({ own }) =>
    own.testAccuracy ? [own.testAccuracy] : []
  );
  if (columns.length === 0 || columns.length < study.realizations.length) return -1;
  const means = study.time.map((_, i) => mean(columns.map((column) => column[i])));
  const reached = means.findLastIndex((accuracy) => accuracy < threshold) + 1;
  return reached === means.length
    ? -1
    : study.realizations[0].at.findIndex(({ time }) => time >= study.time[reached]);
}

const checkShare = (name: string, value: number) =>
  checkNumber(name, value, { above: 0, below: 1 });
