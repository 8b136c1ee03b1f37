/**
 * How a study of initial weights is read: ratios at a time or at a loss, beside what the split of the
 * linearized network predicts.
 *
 * @module
 */
import type { PartitionPoint, Parts } from "../../dynamics/mod.ts";
import {
  checkNumber,
  checkOneOf,
  checkOptions,
  checkPositive,
  checkRecord,
} from "../../numerics/checks.ts";
import { checkInitialWeights, checkKernel, checkStartFlow } from "../checks.ts";
import type {
  FlowFromStart,
  LinearizedParts,
  StartFlow,
} from "../studies/computations/start_realization.ts";
import type { KernelStudy } from "../studies/kernels.ts";
import type { InitialWeightsRealization, InitialWeightsStudy } from "../studies/initial_weights.ts";

/** What a flow has come to. */
export interface StartPoint {
  readonly time: number;
  readonly lossDrop: number;
  readonly displacementSquared: number;
  /** T/T_SL */
  readonly inefficiency: number;
}

/**
 * A flow at a time, or where a share of ½‖Y‖² is left for the first time; between two entries along
 * powers of time.
 *
 * @param mark `time`, or `loss`: L itself
 * @returns `undefined` if it has not come there, or starts there
 * @throws {RangeError} if the mark is not positive
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { startPoint } from "./initial_weights.ts";
 * const flow = {
 *   ...{ time: [0, 1, 4], loss: [5, 4, 3], lossDrop: [0, 1, 2] },
 *   ...{ displacementSquared: [0, 1, 4], pathLength: [0, 1, 2] },
 * };
 * assert.equal(startPoint(flow, { time: 4 })!.inefficiency, 2);
 * assert(Math.abs(startPoint(flow, { time: 2 })!.displacementSquared - 2) < 1e-12);
 * assert(Math.abs(startPoint(flow, { loss: 3.5 })!.time - 2) < 1e-12);
 * assert.equal(startPoint(flow, { time: 5 }), undefined);
 * ```
 */
export function startPoint(
  flow: StartFlow,
  mark: { readonly time: number } | { readonly loss: number },
): StartPoint | undefined {
  const { time, loss, lossDrop, displacementSquared } = checkStartFlow("flow", flow);
  checkRecord("mark", mark, {}, "{ time } or { loss }");
  const given = "time" in mark ? checkPositive("time", mark.time) : undefined;
  const left = "time" in mark ? undefined : checkPositive("loss", mark.loss);
  const after = time.findIndex((t, i) =>
    given !== undefined ? t >= given * (1 - 1e-12) : loss[i] <= left!
  );
  if (after < 1) return undefined;
  // From the origin the first entry is as near as can be told.
  const share = after === 1
    ? 1
    : given !== undefined
    ? Math.log(given / time[after - 1]) / Math.log(time[after] / time[after - 1])
    : (loss[after - 1] - left!) / (loss[after - 1] - loss[after]);
  const between = (column: readonly number[]) =>
    after === 1 ? column[1] : column[after - 1] ** (1 - share) * column[after] ** share;
  const at = {
    time: between(time),
    lossDrop: between(lossDrop),
    displacementSquared: between(displacementSquared),
  };
  return { ...at, inefficiency: at.time * at.lossDrop / at.displacementSquared };
}

/**
 * A seed's flow from one start.
 *
 * @returns `undefined` if the study has none
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type InitialWeightsStudy, storedResults } from "../mod.ts";
 * import { flowFrom } from "./initial_weights.ts";
 * const [{ result }] = await storedResults<InitialWeightsStudy>("initial_weights");
 * const [one] = result.realizations;
 * assert.equal(flowFrom(one, "antisymmetric")!.initialSquared, 0);
 * assert.equal(flowFrom(one, "function", 77), undefined);
 * ```
 */
export function flowFrom(
  realization: InitialWeightsRealization,
  start: FlowFromStart["start"],
  share = 1,
): FlowFromStart | undefined {
  const { flows } = checkRecord("realization", realization, {}, "a realization of a study");
  checkOneOf("start", start, ["function", "antisymmetric", "weights"]);
  checkNumber("share", share, { least: 0 });
  return flows.find((flow) => flow.start === start && flow.share === share);
}

/**
 * The split of a seed's linearized network at one of its recorded times, with its cross terms.
 *
 * @param share c of f_0 that is kept: its square counts for f_0's part, itself for the cross terms
 * @returns `undefined` after the last time
 * @throws {RangeError} if the time is not positive or the share negative
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { linearizedPartition } from "./initial_weights.ts";
 * const flow = (drop: number, square: number) => ({
 *   ...{ time: [0, 1], loss: [9, 9 - drop], lossDrop: [0, drop], pathLength: [0, 1] },
 *   displacementSquared: [0, square],
 * });
 * const parts = { whole: flow(4, 3), initial: flow(2, 1), labels: flow(1, 1), initialSquared: 1 };
 * const { lossDrop, inefficiency } = linearizedPartition(parts, { time: 1, share: 2 })!;
 * assert.deepEqual(lossDrop, { whole: 11, initial: 8, labels: 1, cross: 2 });
 * assert.equal(inefficiency.whole, 11 / 7);
 * ```
 */
export function linearizedPartition(
  parts: Omit<LinearizedParts, "start">,
  options: { readonly time: number; readonly share?: number },
): PartitionPoint | undefined {
  const { whole, initial, labels } = checkRecord("parts", parts, {
    ...{ whole: checkStartFlow, initial: checkStartFlow, labels: checkStartFlow },
  });
  const { time, share = 1 } = checkOptions("options", options, {
    time: checkPositive,
    share: (name: string, value?: number) =>
      value === undefined ? undefined : checkNumber(name, value, { least: 0 }),
  });
  const [w, f, y] = [whole, initial, labels].map((flow) => startPoint(flow, { time }));
  if (!w || !f || !y) return undefined;
  const of = (name: "lossDrop" | "displacementSquared"): Parts => {
    const cross = share * (w[name] - f[name] - y[name]);
    const own = share ** 2 * f[name];
    return { whole: own + y[name] + cross, initial: own, labels: y[name], cross };
  };
  const [lossDrop, displacementSquared] = [of("lossDrop"), of("displacementSquared")];
  const { initial: d, labels: e } = displacementSquared;
  return {
    ...{ time, lossDrop, displacementSquared },
    inefficiency: {
      whole: time * lossDrop.whole / displacementSquared.whole,
      initial: f.inefficiency,
      labels: y.inefficiency,
    },
    initialWeight: d / (d + e),
  };
}

/** One share of f_0, in one seed, at one time. */
export interface ShareAtTime {
  readonly seed: number;
  readonly share: number;
  /** c²‖f_0‖²/‖Y‖² */
  readonly size: number;
  /** T/T_SL, measured. */
  readonly measured: number;
  /** Of the network linearized at the same weights, by its split. */
  readonly linearized: number;
  /** What is left of ½‖Y‖². */
  readonly left: number;
}

/**
 * T/T_SL at one time for every share of f_0 and every seed, measured and by the linearized network.
 *
 * @throws {RangeError} if the time is not positive
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type InitialWeightsStudy, storedResults } from "../mod.ts";
 * import { sharesAt } from "./initial_weights.ts";
 * const [{ result }] = await storedResults<InitialWeightsStudy>("initial_weights");
 * const rows = sharesAt(result, 1);
 * assert(rows.every(({ measured }) => measured > 1));
 * ```
 */
export function sharesAt(study: InitialWeightsStudy, time: number): ShareAtTime[] {
  const { realizations, configuration: { n } } = checkInitialWeights("study", study);
  checkPositive("time", time);
  return realizations.flatMap(({ seed, flows, linearized }) =>
    flows.filter(({ start }) => start === "function").flatMap((flow) => {
      const at = startPoint(flow, { time });
      const split = linearizedPartition(linearized, { time, share: flow.share });
      return at && split
        ? [{
          ...{ seed, share: flow.share, size: flow.initialSquared / (0.9 * n) },
          ...{ measured: at.inefficiency, linearized: split.inefficiency.whole },
          left: (flow.loss[0] - at.lossDrop) / (0.45 * n),
        }]
        : [];
    })
  );
}

/** What of one seed's training is owed to f_0: 1 − (what there is without it)/(what there is). */
export interface OwedToStart {
  readonly seed: number;
  /** Of ΔL, which is β⁻¹R; measured, and of the linearized network. */
  readonly dissipated: number;
  readonly dissipatedLinearized: number;
  /** Of ‖Δθ‖². */
  readonly moved: number;
  readonly movedLinearized: number;
  /** T/T_SL with f_0 and without. */
  readonly inefficiency: number;
  readonly without: number;
}

/**
 * What is owed to f_0 up to a time, seed by seed: the flow from the whole of it against that from none.
 *
 * @returns none of a study without the shares 0 and 1
 * @throws {RangeError} if the time is not positive
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type InitialWeightsStudy, storedResults } from "../mod.ts";
 * import { owedToStart } from "./initial_weights.ts";
 * const [{ result }] = await storedResults<InitialWeightsStudy>("initial_weights");
 * assert(owedToStart(result, 1).every(({ dissipated }) => dissipated < 1));
 * ```
 */
export function owedToStart(study: InitialWeightsStudy, time: number): OwedToStart[] {
  const { realizations } = checkInitialWeights("study", study);
  checkPositive("time", time);
  return realizations.flatMap((one) => {
    const [whole, none] = [1, 0].map((share) => {
      const flow = flowFrom(one, "function", share);
      return flow && startPoint(flow, { time });
    });
    const split = linearizedPartition(one.linearized, { time });
    if (!whole || !none || !split) return [];
    const owed = ({ whole, labels }: Parts) => 1 - labels / whole;
    return [{
      seed: one.seed,
      dissipated: 1 - none.lossDrop / whole.lossDrop,
      dissipatedLinearized: owed(split.lossDrop),
      moved: 1 - none.displacementSquared / whole.displacementSquared,
      movedLinearized: owed(split.displacementSquared),
      inefficiency: whole.inefficiency,
      without: none.inefficiency,
    }];
  });
}

/**
 * The kernel study of the same infinitely wide network with a share c of f_0: what `wideLimit` takes.
 *
 * @throws {RangeError} if the share is negative, or the network finite: its squares do not split
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type KernelStudy, storedResult, wideLimit } from "../mod.ts";
 * import { withShare } from "./initial_weights.ts";
 * const stored = await storedResult<KernelStudy>("kernels/myrtle_5_infinite_n64_seed0");
 * const none = wideLimit(withShare(stored!.result, 0)).at(3);
 * assert(Math.abs(none.inefficiency - none.labels) < 1e-9);
 * ```
 */
export function withShare(study: KernelStudy, share: number): KernelStudy {
  checkKernel("study", study);
  checkNumber("share", share, { least: 0 });
  const { configuration: { width }, startSquares, labelSquares } = study;
  if (width !== "infinite") {
    throw new RangeError(`the network's width is ${width}; only an infinite one's squares split`);
  }
  const squares = startSquares.map((square, k) =>
    labelSquares[k] + share ** 2 * Math.max(0, square - labelSquares[k])
  );
  return {
    ...study,
    startSquares: squares,
    lossAtStart: squares.reduce((sum, square) => sum + square, 0) / 2,
  };
}
