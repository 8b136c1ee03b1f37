/**
 * What a finite width changes in the mean (notebook 09).
 *
 * @module
 */
import { checkList, checkPositive, checkRecord, checkText, must } from "../../numerics/checks.ts";
import type { SizeEstimate } from "../../statistics/mod.ts";
import { checkObject } from "../checks.ts";
import { markText } from "../readings/mark.ts";
import type { WidthCorrection, WidthQuantity } from "../readings/width_correction.ts";
import { widthSeriesName } from "../studies/width_series_result.ts";
import type { WidthsAtMark } from "../readings/widths_at_mark.ts";
import type { Claim } from "./claim.ts";
import { type Case, judgedWithin, verdictOver } from "./judged.ts";
import { atLeastOne } from "./paths.ts";
import { estimateText, notReached } from "./width_text.ts";

/** A correction of a network at a mark; not there if too few widths come so far. */
export interface NamedCorrection {
  /** As "FCN, n = 64, τ = 1". */
  readonly where: string;
  readonly correction?: WidthCorrection;
}

/** As close to the limit as this is close enough. */
const NEAR = 0.1;
/** As far as this an extrapolation may miss the limit. */
const MISS = 0.1;
const WITHIN_MISS = [Math.log(1 - MISS), Math.log(1 + MISS)] as const;
/** With so much of ½‖Y‖² left the labels are not learnt. */
const UNLEARNT = 0.5;
/** Corrections with their places, if they are. */
export const checkCorrections = <T>(name: string, list: T): T =>
  checkList(
    name,
    list,
    must(checkRecord, {
      where: checkText,
      correction: (of: string, value: unknown) =>
        value === undefined ? value : checkRecord(of, value, { fit: checkObject }),
    }, "a correction with its place"),
  );

/** A logarithm's estimate as a change in percent. */
const percent = ({ value, interval: [low, high] }: SizeEstimate): string => {
  const of = (log: number) => 100 * Math.expm1(log);
  return `${estimateText({ value: of(value), interval: [of(low), of(high)] }, 1)} %`;
};

const NAMES: Readonly<Record<WidthQuantity, string>> = {
  speedLimit: "T_SL",
  inefficiency: "T/T_SL",
  tortuosity: "l_γ/l_geo",
  time: "τ at the mark",
};

/** What all corrections of a list are of; T_SL where none is there. */
function quantityOf(list: readonly NamedCorrection[]): WidthQuantity {
  const found = new Set(list.flatMap(({ correction }) => correction?.quantity ?? []));
  if (found.size > 1) {
    throw new RangeError(
      `the corrections are of ${
        [...found].map((one) => NAMES[one]).join(" and ")
      }; a claim is of one`,
    );
  }
  return [...found][0] ?? "speedLimit";
}

/** Of how many images the corrections are, and how far these have been learnt: as "on 16 and 64 images". */
function learntIn(list: readonly NamedCorrection[]): string {
  const there = list.flatMap(({ correction }) => correction ?? []);
  if (there.length === 0) return "";
  const images = [...new Set(there.map((one) => one.images))].sort((a, b) => a - b);
  const least = Math.min(...there.map(({ leastLeft }) => leastLeft));
  const left = `${Number((100 * least).toPrecision(2))} % of ½‖Y‖²`;
  return ` on ${images.join(" and ")} images, ` +
    (least > UNLEARNT ? `before labels are learnt (${left} or more left)` : `down to ${left} left`);
}

/**
 * Why a fit through the limit says nothing of a's sign, if it does not. An extrapolation that excludes the limit
 * but comes to within 10 % of it, as is asked of it in `comesToLimit`, does not take the sign away.
 */
function signDoubtOf({ extrapolated, fit, otherSlope }: WidthCorrection): string | undefined {
  if (extrapolated && judgedWithin(extrapolated, [0, 0]) === "fails") {
    if (judgedWithin(extrapolated, WITHIN_MISS) !== "holds") return missText(extrapolated);
  }
  const sameSide = (end: number) => end * fit.slope.value > 0;
  return otherSlope && !otherSlope.interval.every(sameSide)
    ? `a is ${estimateText(otherSlope, 1)} in the other order`
    : undefined;
}

const missText = (extrapolated: SizeEstimate) =>
  `extrapolated without the limit it misses it by ${percent(extrapolated)}`;

/** Why a fit through the limit says nothing of a's size, if it does not. */
function doubtOf({ extrapolated, fit, otherSlope }: WidthCorrection): string | undefined {
  if (extrapolated && judgedWithin(extrapolated, [0, 0]) === "fails") {
    return missText(extrapolated);
  }
  return otherSlope && fit.slope.value * otherSlope.value < 0
    ? `a is ${estimateText(otherSlope, 1)} in the other order`
    : undefined;
}

/**
 * Where a reading is: network, images, mark.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { widthPlace } from "./finite_width.ts";
 * const configuration = {
 *   ...{ architecture: "fully-connected" as const, widths: [16], n: 64 },
 *   ...{ seeds: 6, horizon: 5, tolerance: 0.01 },
 * };
 * const place = widthPlace({ mark: { time: 1 }, configuration, limit: [], widths: [] });
 * assert.equal(place, "FCN, n = 64, τ = 1");
 * ```
 */
export function widthPlace(at: WidthsAtMark): string {
  const { mark, configuration } = checkRecord("at", at, {
    mark: checkObject,
    configuration: must(checkRecord, { architecture: checkText }),
  });
  return `${widthSeriesName(configuration)}, ${markText(mark)}`;
}

/**
 * "The finite widths alone, extrapolated in 1/N, come to the infinitely wide network": of each fit
 * without the limit, its value at 1/N = 0 over the exact limit. Corrections against "own" are told as such:
 * there each value is divided by the limit's from the same function. It holds where the interval lies within
 * 10 % of 1, and fails where it lies wholly out.
 *
 * @throws {RangeError} if there is no correction
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { comesToLimit } from "./finite_width.ts";
 * assert.equal(comesToLimit([{ where: "FCN" }]).verdict, "undecided"); // too few widths
 * ```
 */
export function comesToLimit(list: readonly NamedCorrection[]): Claim {
  checkCorrections("list", list);
  const cases = atLeastOne(list, "correction").map(({ where, correction }): Case => {
    const found = correction?.extrapolated;
    if (!found) return notReached(where);
    return {
      where,
      judgement: judgedWithin(found, WITHIN_MISS),
      value: `off by ${percent(found)}`,
    };
  });
  const alone = comparedOwn(list)
    ? "Finite networks, each over the infinitely wide one from its own function"
    : "Finite widths alone";
  return {
    claim: `${alone}, extrapolated in 1/N, come to the infinitely wide network's ` +
      `${NAMES[quantityOf(list)]} (${networksOf(list)}; within ${100 * MISS} %)`,
    mark: "derived",
    ...verdictOver(cases),
  };
}

/**
 * "A finite network's q is larger than the infinitely wide one's", q what the corrections are of, at the same
 * time or at the same loss left: a of q(N) = q(∞)(1 + a/N + …). Corrections against "own" are told as
 * such: from the same initial function. It holds where a's interval lies above 0, and
 * fails where it lies below, in both orders of the fit; nothing is judged where the other order's interval does
 * not lie on the same side, nor by a fit whose extrapolation excludes the limit, unless its whole interval lies
 * within 10 % of it. The evidence names every mark, and how many networks the widest width has.
 *
 * @throws {RangeError} if there is no correction, they are of several quantities, or some are at a time and
 * some at a loss left
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { largerAtFiniteWidth } from "./finite_width.ts";
 * assert.equal(largerAtFiniteWidth([{ where: "FCN" }]).verdict, "undecided");
 * ```
 */
export function largerAtFiniteWidth(list: readonly NamedCorrection[]): Claim {
  checkCorrections("list", list);
  const cases = atLeastOne(list, "correction").map(({ where, correction }): Case => {
    if (!correction) return notReached(where);
    const { fit: { slope, sizes }, measured } = correction;
    const [low, high] = slope.interval;
    const widest = sizes[sizes.length - 1];
    const seeds = measured.find(({ width }) => width === widest)?.count;
    const judgement = low > 0 ? "holds" : high < 0 ? "fails" : "undecided";
    const doubt = judgement === "undecided" ? undefined : signDoubtOf(correction);
    return {
      where,
      judgement: doubt ? "undecided" : judgement,
      value: `a = ${estimateText(slope, 1)} (N = ${sizes[0]} to ${widest}` +
        `${seeds === undefined ? "" : `, ${seeds} seeds there`})` +
        (doubt ? `, but ${doubt}` : ""),
    };
  });
  const name = NAMES[quantityOf(list)];
  return {
    claim: `${sameOf(list)} a finite network's ${name} is larger than the infinitely wide one's ` +
      `${comparedOwn(list) ? "from the same initial function " : ""}` +
      `(${networksOf(list)}): a > 0 in q(N) = q(∞)(1 + a/N + …), q = ${name}`,
    mark: "derived",
    verdict: verdictOver(cases).verdict,
    evidence: signsOf(cases),
  };
}

/** The networks that corrections are of: as "FCN, Myrtle-5". */
const networksOf = (list: readonly NamedCorrection[]): string =>
  [...new Set(list.map(({ where }) => where.split(",")[0]))].join(", ");

/** Whether each network is compared with the limit from its own function. */
const comparedOwn = (list: readonly NamedCorrection[]): boolean =>
  list.some(({ correction }) => correction?.reference === "own");

/** At what the corrections compare. */
function sameOf(list: readonly NamedCorrection[]): string {
  const marks = list.flatMap(({ correction }) => correction ? [correction.mark] : []);
  const left = marks.filter((mark) => "lossLeft" in mark).length;
  if (left > 0 && left < marks.length) {
    throw new RangeError(
      "the corrections are at times and at losses left; a claim is at one of them",
    );
  }
  return left > 0 ? "At the same loss left" : "At the same time";
}

/** At which marks larger, at which smaller. */
function signsOf(cases: readonly Case[]): string {
  const heads = {
    ...{ holds: "Larger at", fails: "Smaller at", undecided: "Undecided at" },
    "not reached": "Not judged at",
  } as const;
  return (["holds", "fails", "undecided", "not reached"] as const).flatMap((judgement) => {
    const of = cases.filter((one) => one.judgement === judgement);
    if (of.length === 0) return [];
    return [
      `${heads[judgement]} ${of.map(({ where, value }) => `${where}: ${value}`).join("; ")}.`,
    ];
  }).join(" ");
}

/**
 * "128 channels are wide enough": what the corrections are of is at a width within 10 % of the limit's, by
 * the fit. It holds where the interval lies within 10 %, and fails where it lies wholly out. Nothing is judged
 * where no width as large was measured, where the measured interval at this width does not lie within 10 %
 * though the fit's does (or the other way round), nor by a fit whose extrapolation excludes the limit or of
 * which the two orders disagree in a's sign. The sentence says on how many images, and with how much of the
 * loss left.
 *
 * @param width of which it is asked
 * @throws {RangeError} if there is no correction, they are of several quantities, or the width is not
 * positive
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { wideEnough } from "./finite_width.ts";
 * assert.match(wideEnough([{ where: "FCN" }], 128).claim, /^A width of 128 is enough/);
 * assert.throws(() => wideEnough([{ where: "FCN" }], -128), /width is -128/);
 * ```
 */
export function wideEnough(list: readonly NamedCorrection[], width: number): Claim {
  checkCorrections("list", list);
  checkPositive("width", width);
  const cases = atLeastOne(list, "correction").map(({ where, correction }): Case => {
    if (!correction) return notReached(where);
    const { judgement, beside } = enoughAt(correction, width);
    return {
      where,
      judgement,
      value: `${percent(correction.fit.excess(width))} off by the fit, ${beside}`,
    };
  });
  return {
    claim: `A width of ${width} is enough${learntIn(list)}: ${NAMES[quantityOf(list)]} is ` +
      `within ${100 * NEAR} % of the infinitely wide network's`,
    mark: "derived",
    ...verdictOver(cases),
  };
}

/** Whether a width is enough by one correction, and what stands beside the fit. */
function enoughAt(
  correction: WidthCorrection,
  width: number,
): { readonly judgement: Case["judgement"]; readonly beside: string } {
  const near = (of: SizeEstimate) => judgedWithin(of, [Math.log(1 - NEAR), Math.log(1 + NEAR)]);
  const { fit, measured } = correction;
  const own = measured.find((one) => one.width === width);
  const widest = fit.sizes[fit.sizes.length - 1];
  const byFit = near(fit.excess(width));
  const byOwn = own && near(own);
  const agree = !byOwn || byOwn === byFit || (byFit === "fails" && byOwn !== "holds");
  const doubt = doubtOf(correction);
  const beside = own
    ? `measured ${percent(own)}, ${own.count} seeds`
    : widest < width
    ? `extrapolated from ${widest}`
    : "between measured widths";
  return {
    judgement: doubt || widest < width || !agree ? "undecided" : byFit,
    beside: beside + (doubt ? `, but ${doubt}` : ""),
  };
}

/**
 * The figure to remember: what was measured at a width, or else what the fit makes there, as such.
 *
 * @throws {RangeError} if no correction is there
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { widthHeadline } from "./finite_width.ts";
 * assert.throws(() => widthHeadline([{ where: "FCN" }], 128), /no correction/);
 * ```
 */
export function widthHeadline(list: readonly NamedCorrection[], width: number): string {
  checkCorrections("list", list);
  checkPositive("width", width);
  const told = list.flatMap(({ where, correction }) => {
    if (!correction) return [];
    const { fit, measured } = correction;
    const own = measured.find((one) => one.width === width);
    if (own) return [`measured ${percent(own)} (${where})`];
    const widest = fit.sizes[fit.sizes.length - 1];
    const how = widest < width ? `extrapolated from ${widest}` : "by the fit";
    return [`${how} ${percent(fit.excess(width))} (${where})`];
  });
  if (told.length === 0) {
    throw new RangeError("there is no correction of which a width comes so far");
  }
  return `${NAMES[quantityOf(list)]} at width ${width} against infinite width: ${told.join(", ")}`;
}
