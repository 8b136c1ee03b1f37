/**
 * What notebook 14's statements allow beside what was found: the most that T/T_SL of a split can be, and the
 * most by which two labellings can differ.
 *
 * @module
 */
import {
  fastestModeRatio,
  scopeAt,
  scopeBase,
  scopeKind,
  type ScopeMark,
  scopeName,
  type ScopePoint,
  type ScopeStudy,
  seedMean,
} from "../../experiments/mod.ts";
import { checkScopeMark } from "../../experiments/readings/scope.ts";
import { checkScope } from "../../experiments/checks.ts";
import { checkList, checkPositive } from "../../numerics/checks.ts";
import type { TableRows } from "./table_text.ts";

const geometric = (values: readonly number[]) => seedMean(values)!.mean.toPrecision(3);

/**
 * Statements 1 and 2 at a place, means over seeds: T/T_SL measured, of the split, and the most that each
 * statement allows the split, (λ₁T/2) coth(λ₁T/2) and ι_y (1 + ‖f_0‖²/(q ‖Y‖²)).
 *
 * @returns none of a study of which no seed comes there
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ScopeStudy, storedResults } from "../../experiments/mod.ts";
 * import { scopeBoundRows } from "./scope_bounds.ts";
 * const stored = (await storedResults<ScopeStudy>("scope")).map(({ result }) => result);
 * for (const row of scopeBoundRows(stored, { lossLeft: 1 })) {
 *   assert(Number(row["by its split"]) <= 1.001 * Number(row["at most, statement 2"]));
 * }
 * ```
 */
export function scopeBoundRows(studies: readonly ScopeStudy[], mark: ScopeMark): TableRows {
  checkList("studies", studies, checkScope);
  checkScopeMark("mark", mark);
  return studies.flatMap((study) => {
    const points = scopeAt(study, mark);
    if (points.length === 0) return [];
    const of = (value: (at: ScopePoint) => number) => geometric(points.map(value));
    return [{
      network: scopeName(study),
      "T/T_SL": of((at) => at.inefficiency),
      "by its split": of((at) => at.split),
      "at most, statement 1": of((at) => fastestModeRatio(at.lambdaTime)),
      "at most, statement 2": of((at) => at.labels * (1 + at.size / at.fitted)),
    }];
  });
}

/**
 * Statement 3 at one time: the factor between the network on other labels and on the images' own, measured and
 * of the split, and (1 + e)(1 + w), the most that it can be, either way. Geometric means over seeds.
 *
 * @param time τ, the same of both, as the statement asks
 * @returns none of a study that has no other to be held against, or no seed in common there
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ScopeStudy, storedResults } from "../../experiments/mod.ts";
 * import { labelBoundRows } from "./scope_bounds.ts";
 * const stored = (await storedResults<ScopeStudy>("scope")).map(({ result }) => result);
 * for (const row of labelBoundRows(stored, 0.2)) {
 *   assert(Number(row["split ×"]) <= Number(row["at most ×, statement 3"]));
 * }
 * ```
 */
export function labelBoundRows(studies: readonly ScopeStudy[], time: number): TableRows {
  checkList("studies", studies, checkScope);
  checkPositive("time", time);
  return studies.filter((study) => scopeKind(study) === "labels").flatMap((study) => {
    const base = scopeBase(studies, study);
    if (!base) return [];
    const others = scopeAt(base, { time });
    const pairs = scopeAt(study, { time }).flatMap((at) => {
      const other = others.find(({ seed }) => seed === at.seed);
      return other ? [[at, other] as const] : [];
    });
    if (pairs.length === 0) return [];
    const of = (value: (at: ScopePoint, other: ScopePoint) => number) =>
      geometric(pairs.map(([at, other]) => value(at, other)));
    return [{
      network: scopeName(study),
      seeds: pairs.length,
      "T/T_SL ×": of((at, other) => at.inefficiency / other.inefficiency),
      "split ×": of((at, other) => at.split / other.split),
      "at most ×, statement 3": of((at, other) =>
        (1 + Math.max(at.labelsDrop, other.labelsDrop)) *
        (1 + Math.max(at.labelsWeight, other.labelsWeight))
      ),
    }];
  });
}
