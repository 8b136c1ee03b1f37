/**
 * One sentence judged at many places: which hold it, which do not, and which cannot tell.
 *
 * @module
 */
import {
  checkList,
  checkNumber,
  checkNumbers,
  checkOneOf,
  checkRecord,
  checkText,
  maybe,
  must,
} from "../../numerics/checks.ts";
import type { Verdict } from "./claim.ts";

/** What one place says of a sentence. */
export type Judgement = "holds" | "fails" | "undecided" | "not reached";

/** A sentence at one place. */
export interface Case {
  /** As "128 channels, n = 500, τ = 0.2". */
  readonly where: string;
  readonly judgement: Judgement;
  /** What was found there. */
  readonly value: string;
}

/** So many cases of each judgement are named in the evidence. */
const MOST: Readonly<Record<Judgement, number>> = {
  holds: 3,
  fails: 2,
  undecided: 2,
  "not reached": 1,
};
/** What is said of a case that is the only one. */
const ALONE: Readonly<Record<Judgement, string>> = {
  holds: "It holds for ",
  fails: "It fails for ",
  undecided: "It is undecided for ",
  "not reached": "It cannot be judged for ",
};

/**
 * Whether a value lies in a range, by its interval: it holds if the whole interval lies in, fails if it
 * lies wholly out, and is undecided else, a value without an interval among them.
 *
 * @param range its ends are in it
 * @throws {RangeError} if an end of the range is not finite, or they are in the wrong order
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { judgedWithin } from "./judged.ts";
 * assert.equal(judgedWithin({ interval: [2, 5] }, [2, 5]), "holds");
 * assert.equal(judgedWithin({ interval: [1, 30] }, [2, 5]), "undecided");
 * assert.equal(judgedWithin({ interval: [5.1, 6] }, [2, 5]), "fails");
 * assert.equal(judgedWithin(undefined, [2, 5]), "not reached");
 * ```
 */
export function judgedWithin(
  value: { readonly interval?: readonly [number, number] } | undefined,
  range: readonly [low: number, high: number],
): Judgement {
  const [low, high] = checkNumbers("range", range, { length: 2 });
  checkNumber("range[1]", high, { least: low });
  if (value === undefined) return "not reached";
  checkRecord("value", value, { interval: maybe(checkNumbers, { gaps: true, length: 2 }) });
  if (!value.interval) return "undecided";
  const [from, to] = value.interval;
  if (low <= from && to <= high) return "holds";
  return to < low || high < from ? "fails" : "undecided";
}

/**
 * The verdict over all places: confirmed where the sentence holds wherever it was reached, at more
 * than half of the places; with a limit where it holds at more than half of those reached; not
 * confirmed where it fails at one and holds at no more than half; undecided else, where nothing that
 * was reached says no, nor enough of it yes. So it is not enough that it holds at one place that was
 * free to choose, and what was not run long enough is not called wrong.
 *
 * @throws {RangeError} if there is no place
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { verdictOver } from "./judged.ts";
 * const { verdict, evidence } = verdictOver([
 *   { where: "τ = 1", judgement: "holds", value: "30" },
 *   { where: "τ = 5", judgement: "fails", value: "90" },
 * ]);
 * assert.equal(verdict, "not confirmed");
 * assert.equal(evidence, "It holds in 1 of 2 cases: τ = 1: 30. It fails in 1: τ = 5: 90.");
 * ```
 */
export function verdictOver(
  cases: readonly Case[],
): { readonly verdict: Verdict; readonly evidence: string } {
  checkList(
    "cases",
    cases,
    must(checkRecord, {
      ...{ where: checkText, value: checkText },
      judgement: must(checkOneOf, ["holds", "fails", "undecided", "not reached"]),
    }),
  );
  if (cases.length === 0) {
    throw new RangeError("there is no place to judge at; the claim needs one");
  }
  const of = (judgement: Judgement) => cases.filter((one) => one.judgement === judgement);
  const [holds, fails, undecided, never] = (["holds", "fails", "undecided", "not reached"] as const)
    .map(of);
  const told = cases.length === 1 ? [ALONE[cases[0].judgement] + `${listed(cases, 1)}.`] : [
    ...(never.length < cases.length
      ? [holdsIn(holds, cases.length - never.length, cases.length)]
      : []),
    ...(fails.length > 0 ? [`It fails in ${named(fails, MOST.fails)}.`] : []),
    ...(undecided.length > 0 ? [`It is undecided in ${named(undecided, MOST.undecided)}.`] : []),
    ...(never.length > 0 ? [`It cannot be judged in ${named(never, MOST["not reached"])}.`] : []),
  ];
  return {
    verdict: verdictOf({ holds: holds.length, fails: fails.length, undecided: undecided.length }, {
      of: cases.length,
    }),
    evidence: told.join(" "),
  };
}

function holdsIn(holds: readonly Case[], judged: number, of: number): string {
  const few = judged === 1 ? "the one case" : `${judged} cases`;
  const cases = judged < of ? `${few} that can be judged, of ${of}` : `${of} cases`;
  if (holds.length === 0) return `It holds in none of ${cases}.`;
  const all = judged === 1 ? cases : judged === 2 && of === 2 ? "both cases" : `all ${cases}`;
  const some = holds.length === judged ? all : `${holds.length} of ${cases}`;
  return `It holds in ${some}${asList(listed(holds, MOST.holds), holds, MOST.holds)}.`;
}

const named = (list: readonly Case[], most: number) =>
  `${list.length}${asList(listed(list, most), list, most)}`;

const asList = (text: string, { length }: readonly Case[], most: number) =>
  length > most ? `, such as ${text}` : `: ${text}`;

const listed = (list: readonly Case[], most: number) =>
  list.slice(0, most).map(({ where, judgement, value }) =>
    judgement === "not reached" ? where : `${where}: ${value}`
  ).join("; ");

function verdictOf(
  { holds, fails, undecided }: Readonly<Record<"holds" | "fails" | "undecided", number>>,
  { of }: { readonly of: number },
): Verdict {
  const reached = holds + fails + undecided;
  if (2 * holds > reached) {
    return holds === reached && 2 * reached > of ? "confirmed" : "confirmed with a limit";
  }
  return fails > 0 ? "not confirmed" : "undecided";
}
