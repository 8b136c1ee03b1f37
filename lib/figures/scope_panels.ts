/**
 * The scope in pictures: T/T_SL of every network, image subset and labelling against what theory
 * predicts, and against the threshold of the warm start.
 *
 * @module
 */
import {
  fastestModeRatio,
  type Mark,
  scopeAt,
  type ScopeKind,
  scopeKind,
  type ScopeLaws,
  scopeLaws,
  type ScopeMark,
  type ScopePoint,
  type ScopeStudy,
  seedMean,
  type SpeedLimitStudy,
  warmAtThresholds,
} from "../experiments/mod.ts";
import { checkMark } from "../experiments/readings/mark.ts";
import { checkScopeMark } from "../experiments/readings/scope.ts";
import { formulaAt } from "../experiments/readings/scope_formula.ts";
import { checkScope, checkStudies } from "../experiments/checks.ts";
import {
  checkList,
  checkNumbers,
  checkOneOf,
  checkOptions,
  checkText,
  maybe,
} from "../numerics/checks.ts";
import { COLORS, INK, orderedColors } from "./look.ts";
import { line, points } from "./marks.ts";
import type { Panel } from "./panels.ts";

/** What T/T_SL may be drawn against. */
const AGAINST = {
  formula: {
    of: (at: ScopePoint, study: ScopeStudy, laws: readonly ScopeLaws[]): number | undefined =>
      formulaAt(laws, study, at),
    label: "T/T_{SL} by ‖f_{0}‖^{2}/‖Y‖^{2}, λ_{1}T and two power laws",
  },
  linearized: { of: (at: ScopePoint) => at.linearized, label: "T/T_{SL}, linearized" },
  split: {
    of: (at: ScopePoint) => at.split,
    label: "(D_{f}ι_{f} + D_{y}ι_{y})/(D_{f} + D_{y})",
  },
  size: { of: (at: ScopePoint) => at.size, label: "‖f_{0}‖^{2}/‖Y‖^{2}" },
  lambdaTime: { of: (at: ScopePoint) => at.lambdaTime, label: "λ_{1}T" },
} as const;

const NAMES: Readonly<Record<ScopeKind, string>> = {
  depth: "relu, 1 to 8 layers",
  activation: "erf, gelu",
  convolutional: "Myrtle-5, -7, -10",
  images: "other images",
  classes: "fewer classes",
  labels: "wrong or random labels",
  n: "more images",
};
const KINDS = Object.keys(NAMES) as ScopeKind[];

/**
 * T/T_SL of all studies at a place against what is foretold, by linearization, its split or the formula
 * of `scopeLaws`, or against ‖f_0‖²/‖Y‖² or λ₁T: geometric means
 * over seeds with their intervals, a colour for what is varied. Where the forecast is exact points lie on the
 * line; against λ₁T the line is the most that a linearized network can have.
 *
 * @param options `mark`: a mark, "end" or "largest"
 * @throws {RangeError} if no study comes there
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ScopeStudy, storedResults } from "../experiments/mod.ts";
 * import { scopePanel } from "./scope_panels.ts";
 * const stored = (await storedResults<ScopeStudy>("scope")).map(({ result }) => result);
 * assert(scopePanel(stored, { mark: { time: 0.2 } }).marks.length > 3);
 * ```
 */
export function scopePanel(
  studies: readonly ScopeStudy[],
  options: {
    readonly mark: ScopeMark;
    readonly against?: keyof typeof AGAINST;
    readonly title?: string;
  },
): Panel {
  checkList("studies", studies, checkScope);
  const { mark, against = "linearized", title } = checkOptions("options", options, {
    mark: checkScopeMark,
    against: maybe(checkOneOf<keyof typeof AGAINST>, [
      "formula",
      "linearized",
      "split",
      "size",
      "lambdaTime",
    ]),
    title: maybe(checkText),
  });
  const { of, label } = AGAINST[against];
  const laws = against === "formula" ? scopeLaws(studies) : [];
  const rows = studies.flatMap((study) => {
    const at = scopeAt(study, mark);
    const x = at.flatMap((point) => of(point, study, laws) ?? []);
    if (x.length === 0) return [];
    const ratio = seedMean(at.map(({ inefficiency }) => inefficiency), { least: 1 })!;
    const [low, high] = ratio.interval ?? [ratio.mean, ratio.mean];
    return [{ kind: scopeKind(study), x: seedMean(x)!.mean, y: ratio.mean, low, high }];
  });
  if (rows.length === 0) throw new RangeError("no study comes to this mark; there must be one");
  const groups = KINDS.map((kind) => rows.filter((row) => row.kind === kind));
  const marks = groups.flatMap((own, i) =>
    own.length === 0 ? [] : [points(own.map(({ x }) => x), own.map(({ y }) => y), {
      low: own.map(({ low }) => low),
      high: own.map(({ high }) => high),
      ...{ name: NAMES[KINDS[i]], color: COLORS[i] ?? INK, mode: "markers" },
    })]
  );
  const theory = theoryLine(against, rows.map(({ x }) => x));
  return { marks: [...theory, ...marks], x: label, y: "T/T_{SL}", log: "xy", title };
}

/** y = x for a forecast; the bound for λ₁T. */
function theoryLine(against: keyof typeof AGAINST, x: readonly number[]) {
  if (against === "size") return [];
  const [from, to] = [Math.min(...x) / 1.2, Math.max(...x) * 1.2];
  const at = Array.from({ length: 41 }, (_, i) => from * (to / from) ** (i / 40));
  return against === "lambdaTime"
    ? [line(at, at.map(fastestModeRatio), {
      ...{ name: "the most, linearized", color: INK, dash: "dash", width: 1.5 },
    })]
    : [line(at, at, { name: "as foretold", color: INK, dash: "dash", width: 1.5 })];
}

/**
 * The warm T/T_SL at a mark against the test accuracy at which the warm start is set, a colour for each study.
 *
 * @param thresholds of the mean test accuracy
 * @throws {RangeError} if no study is past a threshold at the mark
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResult } from "../experiments/mod.ts";
 * import { thresholdPanel } from "./scope_panels.ts";
 * const { result } = (await storedResult<SpeedLimitStudy>("speed_limit/myrtle_5_32_n500"))!;
 * assert.equal(thresholdPanel([result], [0.11, 0.12], { time: 0.2 }).marks.length, 1);
 * ```
 */
export function thresholdPanel(
  studies: readonly SpeedLimitStudy[],
  thresholds: readonly number[],
  mark: Mark,
  options: { readonly title?: string; readonly names?: readonly string[] } = {},
): Panel {
  checkStudies("studies", studies);
  checkNumbers("thresholds", thresholds);
  checkMark("mark", mark);
  const { title, names } = checkOptions("options", options, {
    title: maybe(checkText),
    names: maybe(checkList, checkText),
  });
  const colors = orderedColors(Math.max(1, studies.length));
  const marks = studies.flatMap((study, i) => {
    const found = warmAtThresholds(study, thresholds, mark);
    if (found.length === 0) return [];
    const means = found.map(({ inefficiency }) => seedMean(inefficiency, { least: 1 })!);
    return [points(
      found.map(({ threshold }) => 100 * threshold),
      means.map((at) => at.mean),
      {
        low: means.map((at) => at.interval?.[0] ?? at.mean),
        high: means.map((at) => at.interval?.[1] ?? at.mean),
        ...{ name: names?.[i], color: colors[i] },
      },
    )];
  });
  if (marks.length === 0) throw new RangeError("no study is past a threshold at this mark");
  return { marks, x: "threshold, % test accuracy", y: "T/T_{SL}, warm", log: "y", title };
}
