/**
 * What a finite width changes from one network to the next, and in the kernel (notebook 09).
 *
 * @module
 */
import { checkList, checkPositive, checkRecord, checkText, must } from "../../numerics/checks.ts";
import { fitSizePower, type SizeGroup } from "../../statistics/mod.ts";
import { checkObject } from "../checks.ts";
import type { widthSpread } from "../readings/width_correction.ts";
import type { Claim } from "./claim.ts";
import { type Case, judgedWithin, verdictOver } from "./judged.ts";
import { atLeastOne } from "./paths.ts";
import { estimateText, notReached } from "./width_text.ts";

/** A spread over seeds, at a mark; not there if too few widths come so far. */
export interface NamedSpread {
  readonly where: string;
  readonly spread?: ReturnType<typeof widthSpread>;
}

/** A variance of logarithms as small as this, one network 1 % from the next, is nothing to explain. */
const TRIVIAL = 1e-4;
/** About ½. */
const SQUARE_ROOT = [-0.6, -0.4] as const;

/** Spreads with their places, if they are. */
export const checkSpreads = <T>(name: string, list: T): T =>
  checkList(
    name,
    list,
    must(checkRecord, {
      where: checkText,
      spread: (of: string, value: unknown) =>
        value === undefined ? value : checkRecord(of, value, { rate: checkObject }),
    }, "a spread with its place"),
  );

/**
 * "Narrow networks vary more from seed to seed": the variance of ln T/T_SL is v_∞ + c/N with c > 0. It holds
 * where c's interval lies above 0, and fails where it lies below.
 *
 * @throws {RangeError} if there is no spread
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { spreadFallsWithWidth } from "./finite_width_spread.ts";
 * assert.equal(spreadFallsWithWidth([{ where: "FCN" }]).verdict, "undecided");
 * ```
 */
export function spreadFallsWithWidth(list: readonly NamedSpread[]): Claim {
  checkSpreads("list", list);
  const cases = atLeastOne(list, "spread").map(({ where, spread }): Case => {
    if (!spread) return notReached(where);
    const { rate, limitVariance } = spread;
    const [low, high] = rate.interval;
    return {
      where,
      judgement: low > 0 ? "holds" : high < 0 ? "fails" : "undecided",
      value: `c = ${estimateText(rate, 1)}, v_∞ = ${limitVariance.toPrecision(2)}`,
    };
  });
  return {
    claim:
      "Narrow networks vary more from seed to seed: the variance of ln T/T_SL is v_∞ + c/N, c > 0",
    mark: "derived",
    ...verdictOver(cases),
  };
}

/**
 * "At a width most of the variance over seeds is the random initial function's, which no width takes away":
 * v_∞/(v_∞ + c/N) above ½. It holds where its interval lies above, and fails where it lies below; it is not
 * judged where v_∞ itself is below 10⁻⁴, one network 1 % from the next, as at times at which nothing is learnt.
 *
 * @throws {RangeError} if there is no spread, or the width is not positive
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { spreadStays } from "./finite_width_spread.ts";
 * assert.equal(spreadStays([{ where: "FCN" }], 128).verdict, "undecided");
 * ```
 */
export function spreadStays(list: readonly NamedSpread[], width: number): Claim {
  checkSpreads("list", list);
  checkPositive("width", width);
  const cases = atLeastOne(list, "spread").map(({ where, spread }): Case => {
    if (!spread) return notReached(where);
    if (spread.limitVariance < TRIVIAL) {
      return { where, judgement: "not reached", value: `v_∞ = ${spread.limitVariance}` };
    }
    const share = spread.limitShare(width);
    const [low, high] = share.interval;
    const widest = Math.max(0, ...spread.groups.map(({ size }) => size));
    return {
      where,
      judgement: low > 0.5 ? "holds" : high < 0.5 ? "fails" : "undecided",
      value: estimateText(share, 2) + (widest < width ? `, extrapolated from ${widest}` : ""),
    };
  });
  return {
    claim:
      `At a width of ${width} more than half of the variance of ln T/T_SL over seeds is owed ` +
      `to the random initial function alone, and stays however wide the network (where v_∞ is ` +
      "10⁻⁴ or more)",
    mark: "derived",
    ...verdictOver(cases),
  };
}

/** How far kernels of several widths lie from the limit's. */
export interface NamedDistances {
  readonly where: string;
  /** ‖K̄_0 − K_∞‖/‖K_∞‖, a width each. */
  readonly groups: readonly SizeGroup[];
}

/**
 * "The kernel's distance from the infinitely wide one falls as N^−½": it holds where the exponent's interval
 * lies within −0.6 to −0.4, and fails where it lies wholly out.
 *
 * @throws {RangeError} if there is none, or of fewer than two widths
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { distanceFalls } from "./finite_width_spread.ts";
 * const groups = [4, 16, 64].map((size) => ({
 *   size,
 *   values: [0.99, 1, 1.01].map((x) => x / Math.sqrt(size)),
 * }));
 * assert.equal(distanceFalls([{ where: "FCN", groups }]).verdict, "confirmed");
 * ```
 */
export function distanceFalls(list: readonly NamedDistances[]): Claim {
  checkList("list", list, must(checkRecord, { where: checkText, groups: must(checkList) }));
  const cases = atLeastOne(list, "network").map(({ where, groups }): Case => {
    const power = fitSizePower(groups);
    const sizes = groups.map(({ size }) => size);
    return {
      where,
      judgement: judgedWithin(power, SQUARE_ROOT),
      value: `N^${estimateText(power, 2)} (N = ${Math.min(...sizes)} to ${Math.max(...sizes)})`,
    };
  });
  return {
    claim: "The initial kernel's distance from the infinitely wide one falls as N^−½ " +
      `(within N^${SQUARE_ROOT[0]} to N^${SQUARE_ROOT[1]})`.replaceAll("-", "−"),
    mark: "derived",
    ...verdictOver(cases),
  };
}
