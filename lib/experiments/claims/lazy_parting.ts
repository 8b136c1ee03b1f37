/**
 * Claims on where, as it is scaled down, a network's T/T_SL parts from that of its linearization.
 *
 * @module
 */
import {
  checkList,
  checkNumber,
  checkOptions,
  checkPositive,
  checkRecord,
  checkText,
  maybe,
  must,
} from "../../numerics/checks.ts";
import { geometricMean, withInterval } from "../../statistics/mod.ts";
import { checkColumn, checkValue } from "../checks.ts";
import type { LazyParting } from "../readings/lazy_parting.ts";
import type { Claim } from "./claim.ts";
import { type Case, judgedWithin, type Judgement, verdictOver } from "./judged.ts";
import { atLeastOne } from "./paths.ts";

const checkPartings = (name: string, list: readonly LazyParting[]) =>
  checkList(
    name,
    list,
    must(checkRecord, {
      ...{ network: checkText, mark: checkText, of: checkValue, tolerance: checkValue },
      points: must(checkList, must(checkRecord, { scale: checkValue, ratios: checkColumn }), 1),
    }),
  );

/** The mean ratio of all seeds; none where one of them does not come to the mark. */
const meanOf = ({ of }: LazyParting, { ratios }: LazyParting["points"][number]) =>
  ratios.length === of && of > 1 ? geometricMean(ratios) : undefined;

/**
 * From a scale upwards T/T_SL of a(f − f_0) and of its linearization are the same within a share, in the
 * mean over seeds; scale and share are choices, not found by anything. Of a network and a mark it holds where at every such scale the whole interval of their quotient's geometric
 * mean lies in that range, and fails where it lies wholly out of it at one. Scales at which not all seeds
 * come to the mark are left out; without one it cannot be judged.
 *
 * @param options `from`: the least scale, 1 by default; `within`: the share, 0.05 by default
 * @throws {RangeError} if there is no parting, or an option is out of range
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lazyAgrees } from "./lazy_parting.ts";
 * const parting = (ratio: number) => ({
 *   ...{ network: "FCN", mark: "τ = 1", of: 2, tolerance: 0.01, partings: [] },
 *   points: [{ scale: 1, ratios: [ratio, 1.001 * ratio] }, { scale: 0.1, ratios: [9, 9] }],
 * });
 * assert.equal(lazyAgrees([parting(1.01)]).verdict, "confirmed");
 * assert.equal(lazyAgrees([parting(1.1)]).verdict, "not confirmed");
 * ```
 */
export function lazyAgrees(
  partings: readonly LazyParting[],
  options: { readonly from?: number; readonly within?: number } = {},
): Claim {
  checkPartings("partings", partings);
  const { from = 1, within = 0.05 } = checkOptions("options", options, {
    from: maybe(checkPositive),
    within: maybe(checkNumber, { above: 0, most: 10 }),
  });
  const cases = atLeastOne(partings, "parting").map((parting): Case => {
    const means = parting.points.filter(({ scale }) => scale >= from).flatMap((point) => {
      const mean = meanOf(parting, point);
      return mean ? [{ scale: point.scale, mean }] : [];
    });
    const judged = means.map(({ mean }) => judgedWithin(mean, [1 / (1 + within), 1 + within]));
    const farthest = means.toSorted((a, b) =>
      Math.abs(Math.log(b.mean.mean)) - Math.abs(Math.log(a.mean.mean))
    )[0];
    return {
      where: `${parting.network}, ${parting.mark}`,
      judgement: means.length === 0
        ? "not reached"
        : judged.includes("fails")
        ? "fails"
        : judged.includes("undecided")
        ? "undecided"
        : "holds",
      value: farthest
        ? `at the most ×${withInterval(farthest.mean, { digits: 3 })}, at a = ${farthest.scale}`
        : "not reached",
    };
  });
  return {
    claim: `In the mean over seeds T/T_SL of a(f − f_0), at a = ${from} and above, and of its ` +
      `linearization are the same within ${Number((100 * within).toPrecision(3))} %`,
    mark: "derived",
    ...verdictOver(cases),
  };
}

/**
 * Where the network must grow to reach the labels, at the least scale, its T/T_SL is the larger one: of a
 * network and a mark it holds where the interval of the quotient's geometric mean lies above 1 by more than
 * the tolerance of the parting's flows, which the integrator may make of a ratio of 1, and fails where it lies
 * below by more. Where not all seeds come to the mark it cannot be judged.
 *
 * @throws {RangeError} if there is no parting
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { richIsLessEfficient } from "./lazy_parting.ts";
 * const parting = (ratio: number) => ({
 *   ...{ network: "FCN", mark: "τ = 1", of: 2, tolerance: 0.01, partings: [] },
 *   points: [{ scale: 1, ratios: [1, 1] }, { scale: 0.1, ratios: [ratio, 1.01 * ratio] }],
 * });
 * assert.equal(richIsLessEfficient([parting(1.2)]).verdict, "confirmed");
 * assert.equal(richIsLessEfficient([parting(0.8)]).verdict, "not confirmed");
 * ```
 */
export function richIsLessEfficient(partings: readonly LazyParting[]): Claim {
  checkPartings("partings", partings);
  const cases = atLeastOne(partings, "parting").map((parting): Case => {
    const { tolerance } = parting;
    const least = parting.points.reduce((a, b) => b.scale < a.scale ? b : a);
    const mean = meanOf(parting, least);
    const [low, high] = mean?.interval ?? [0, 0];
    const judgement: Judgement = low > 1 + tolerance
      ? "holds"
      : high < 1 / (1 + tolerance)
      ? "fails"
      : "undecided";
    return {
      where: `${parting.network}, ${parting.mark}, a = ${least.scale}`,
      judgement: mean ? judgement : "not reached",
      value: mean ? `×${withInterval(mean, { digits: 3 })}, tolerance ${tolerance}` : "not reached",
    };
  });
  return {
    claim:
      "Scaled down, a network parts from its linearization upwards: its T/T_SL is the larger, " +
      "by more than the flow's tolerance",
    mark: "derived",
    ...verdictOver(cases),
  };
}
