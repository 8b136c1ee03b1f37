/**
 * Rows of the tables of notebook 14: every network, image subset and labelling at a place, tests of
 * whether it differs from the usual one, and times to a loss.
 *
 * @module
 */
import {
  scopeAt,
  type ScopeComparison,
  scopeComparisons,
  scopeLaws,
  type ScopeMark,
  scopeName,
  type ScopeStudy,
  seedMean,
  seedMeanText,
  timesToLoss,
} from "../../experiments/mod.ts";
import { checkScopeMark } from "../../experiments/readings/scope.ts";
import { beyondText, formulaAt } from "../../experiments/readings/scope_formula.ts";
import { checkScope } from "../../experiments/checks.ts";
import { checkList, checkNumbers, checkOptions } from "../../numerics/checks.ts";
import { counted } from "../number_text.ts";
import type { TableRows } from "./table_text.ts";

const two = { digits: 2 };

/** So many digits, and no power of ten. */
const inFull = (value: number, digits: number): string =>
  Number(value.toPrecision(digits)) < 10 ** digits
    ? value.toPrecision(digits)
    : counted(value, digits);

/** A p-value: three decimals, or its order. */
const pText = (p: number): string =>
  p >= 0.001 ? p.toFixed(3) : p.toExponential(0).replace("-", "−");

/**
 * Every study at a place: T/T_SL with its interval, what the linearized network, its split and the formula of
 * `scopeLaws` foretell, and what theory says it hangs on; "q" and "f_0 left" are shares of ½‖Y‖² that the labels' flow has fitted, and
 * that f_0's has left. The formula has a column only where the studies have a network that it is fitted on, and
 * tells of how many seeds λ₁T is larger than any that it was fitted at.
 *
 * @returns none of a study of which no seed comes there
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ScopeStudy, storedResults } from "../../experiments/mod.ts";
 * import { scopeRows } from "./scope_tables.ts";
 * const stored = (await storedResults<ScopeStudy>("scope")).map(({ result }) => result);
 * assert.equal(scopeRows(stored, { time: 0.2 }).length, stored.length);
 * ```
 */
export function scopeRows(studies: readonly ScopeStudy[], mark: ScopeMark): TableRows {
  checkList("studies", studies, checkScope);
  checkScopeMark("mark", mark);
  const laws = scopeLaws(studies);
  return studies.flatMap((study) => {
    const points = scopeAt(study, mark);
    if (points.length === 0) return [];
    const formula = seedMean(points.flatMap((at) => formulaAt(laws, study, at) ?? []));
    const mean = (of: (at: typeof points[number]) => number, digits = 2) =>
      inFull(seedMean(points.map(of))!.mean, digits);
    return [{
      network: scopeName(study),
      "seeds": points.length,
      "τ": mean(({ time }) => time),
      "left": `${mean(({ left }) => 100 * left)} %`,
      "T/T_SL": seedMeanText(seedMean(points.map((at) => at.inefficiency), { least: 1 }), two),
      "linearized": mean((at) => at.linearized, 3),
      "by its split": mean((at) => at.split, 3),
      ...laws.length > 0 && {
        "by two power laws": formula
          ? inFull(formula.mean, 3) + beyondText(laws, study, points)
          : "",
      },
      "ι_y": mean((at) => at.labels, 3),
      "q": mean((at) => at.fitted),
      "f_0 left": mean((at) => at.initialLeft),
      "‖f_0‖²/‖Y‖²": mean(({ size }) => size),
      "λ_1 T": mean(({ lambdaTime }) => lambdaTime),
      "l_γ/l_geo": mean(({ tortuosity }) => tortuosity, 3),
    }];
  });
}

/**
 * Every study against the usual one at a place: the factor of T/T_SL with its interval, p by Student's paired
 * test, exact by flipping signs, and corrected for how many by Holm, and by Benjamini and Hochberg.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ScopeStudy, storedResults } from "../../experiments/mod.ts";
 * import { comparisonRows } from "./scope_tables.ts";
 * const stored = (await storedResults<ScopeStudy>("scope")).map(({ result }) => result);
 * assert(comparisonRows(stored, { time: 0.2 }).every((row) => "p, Holm" in row));
 * ```
 */
export function comparisonRows(studies: readonly ScopeStudy[], mark: ScopeMark): TableRows {
  checkList("studies", studies, checkScope);
  return scopeComparisons(studies, mark).toSorted((a, b) => a.test.pValue - b.test.pValue)
    .map(comparisonRow);
}

function comparisonRow(
  { study, base, factor, test, correlation, holm, benjaminiHochberg }: ScopeComparison,
) {
  return {
    network: scopeName(study),
    against: scopeName(base),
    seeds: test.count,
    "T/T_SL ×": seedMeanText(factor, two),
    "r over seeds": correlation.toFixed(2).replace("-", "−"),
    "p": pText(test.pValue),
    "p, signs flipped": test.exactPValue === undefined ? "" : pText(test.exactPValue),
    "p, Benjamini–Hochberg": pText(benjaminiHochberg),
    "p, Holm": pText(holm),
    "below 5 %": holm < 0.05 ? "Holm" : benjaminiHochberg < 0.05 ? "Benjamini–Hochberg" : "no",
  };
}

/**
 * Times to training and test losses, each a share of the loss of a network that says nothing, and the test
 * accuracy at the end: geometric means over seeds. Where some do not come so far, or are below a loss at the
 * first recorded time, the mean of the others has no interval: they are no sample of the seeds.
 *
 * @param options `training` and `test`: shares of ½‖Y‖² over the training and over the test images
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ScopeStudy, storedResults } from "../../experiments/mod.ts";
 * import { timeRows } from "./scope_tables.ts";
 * const [{ result }] = await storedResults<ScopeStudy>("scope");
 * assert.equal(timeRows([result], { training: [1], test: [5] }).length, 1);
 * ```
 */
export function timeRows(
  studies: readonly ScopeStudy[],
  options: { readonly training: readonly number[]; readonly test: readonly number[] },
): TableRows {
  checkList("studies", studies, checkScope);
  const { training, test } = checkOptions("options", options, {
    training: checkNumbers,
    test: checkNumbers,
  });
  return studies.map((study) => {
    const times = (kind: "training" | "test", shares: readonly number[]) =>
      Object.fromEntries(
        Array.from(shares, (share) => [
          `τ to ${kind} loss × ${share}`,
          timeText(study, kind, share),
        ]),
      );
    const least = study.realizations.map(({ testLoss }) => Math.min(...testLoss) / 0.45);
    const accuracy = study.realizations.map(({ testAccuracy }) => 100 * testAccuracy.at(-1)!);
    return {
      network: scopeName(study),
      ...times("training", training),
      ...times("test", test),
      "least test loss ×": seedMeanText(seedMean(least), two),
      "test accuracy at the end": `${
        seedMeanText(seedMean(accuracy, { geometric: false }), { digits: 1 })
      } %`,
    };
  });
}

/** The time to a loss, or how many seeds have none, and why. */
function timeText(study: ScopeStudy, kind: "training" | "test", share: number): string {
  const { configuration: { n }, realizations } = study;
  const found = timesToLoss(study, kind, share);
  const of = realizations.length;
  if (found.length === of) {
    return seedMeanText(seedMean(found.map(({ time }) => time)), { digits: 3 });
  }
  const below = realizations.filter((one) =>
    found.every(({ seed }) => seed !== one.seed) &&
    (kind === "training" ? one.loss[1] / n : one.testLoss[1]) <= 0.45 * share
  ).length;
  const never = of - found.length - below;
  if (found.length === 0 && below === of) return "below from the start";
  if (found.length === 0 && below === 0) return "not reached";
  return [
    ...(found.length === 0 ? [] : [
      `${
        seedMean(found.map(({ time }) => time))!.mean.toPrecision(3)
      } (${found.length} of ${of} seeds)`,
    ]),
    ...(below === 0 ? [] : [`${below} below from the start`]),
    ...(never === 0 ? [] : [`${never} not so far`]),
  ].join(", ");
}
