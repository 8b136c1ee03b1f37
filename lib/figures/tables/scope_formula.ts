/**
 * Rows of notebook 14's tables of the formula of two power laws: its laws, what it foretells, and the peaks of
 * T/T_SL beside its own.
 *
 * @module
 */
import {
  scopeAt,
  scopeLaws,
  type ScopeMark,
  scopeName,
  type ScopeStudy,
  seedMean,
  seedMeanText,
} from "../../experiments/mod.ts";
import {
  checkScopeMark,
  distinctNetworks,
  scopeMarkText,
} from "../../experiments/readings/scope.ts";
import { formulaAt, isBeyondFit } from "../../experiments/readings/scope_formula.ts";
import { scopePeaks } from "../../experiments/readings/scope_peaks.ts";
import {
  isLeastFloor,
  type PowerLawSpread,
  spreadPeak,
} from "../../experiments/theory/power_law_spread.ts";
import { checkScope } from "../../experiments/checks.ts";
import { checkList } from "../../numerics/checks.ts";
import type { TableRows } from "./table_text.ts";

const two = { digits: 2 };
const signed = (text: string) => text.replaceAll("-", "−");
/** From a peak to the end; the end alone where there is no peak. */
const fall = (peak: number | undefined, end: number) =>
  (peak === undefined ? "" : `${peak.toPrecision(3)} → `) + end.toPrecision(3);
/** A floor, or that the fit ran against the least that it may find. */
const floorText = (law: PowerLawSpread) =>
  isLeastFloor(law)
    ? `< ${signed(law.floor.toExponential(0))}, not determined`
    : signed(law.floor.toExponential(0));

/**
 * The power laws of each family and the network that gave them: exponents r and floors ε of f_0 and of the labels,
 * at which λ₁T and how well they fit, and where the formula itself has a peak at the network's own mean ‖f_0‖²/‖Y‖².
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ScopeStudy, storedResults } from "../../experiments/mod.ts";
 * import { scopeLawRows } from "./scope_formula.ts";
 * const stored = (await storedResults<ScopeStudy>("scope")).map(({ result }) => result);
 * const [dense, convolutional] = scopeLawRows(stored);
 * assert.equal(dense["formula's peak, D_y/D_f"], "none");
 * assert(Number(convolutional["formula's peak, D_y/D_f"]) > 3);
 * ```
 */
export function scopeLawRows(studies: readonly ScopeStudy[]): TableRows {
  return scopeLaws(studies).map(({ study, initial, labels, window, rms }) => {
    const sizes = study.realizations.map((one) =>
      one.initialSquared / (0.9 * study.configuration.n)
    );
    const size = seedMean(sizes)!.mean;
    const peak = spreadPeak(size, { initial, labels });
    return {
      "fitted on": scopeName(study),
      "at λ_1 T": window.map((x) => x.toFixed(0)).join(" to "),
      "r_f": signed(initial.r.toFixed(2)),
      "ε_f": floorText(initial),
      "rms_f": rms.initial.toFixed(2),
      "r_y": signed(labels.r.toFixed(2)),
      "ε_y": floorText(labels),
      "rms_y": rms.labels.toFixed(2),
      "‖f_0‖²/‖Y‖²": size.toPrecision(2),
      "formula's peak, λ_1 T": peak ? String(Number(peak.lambdaTime.toPrecision(2))) : "none",
      "formula's peak, D_y/D_f": peak ? peak.labelsWeight.toPrecision(2) : "none",
    };
  });
}

/**
 * How near the formula comes to each distinct network that it was not fitted on, and to the same network linearized:
 * where the first is near and the second is not, two errors cancel. Factors, geometric means over seeds; and of how
 * many λ₁T is larger than any that the laws were fitted at.
 *
 * @returns none of a network of which no seed comes there, or whose family has no laws
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ScopeStudy, storedResults } from "../../experiments/mod.ts";
 * import { scopeFormulaRows } from "./scope_formula.ts";
 * const stored = (await storedResults<ScopeStudy>("scope")).map(({ result }) => result);
 * assert(scopeFormulaRows(stored, [{ lossLeft: 1 }]).some(({ network }) => /8 layers/.test(`${network}`)));
 * ```
 */
export function scopeFormulaRows(
  studies: readonly ScopeStudy[],
  marks: readonly ScopeMark[],
): TableRows {
  checkList("studies", studies, checkScope);
  checkList("marks", marks, checkScopeMark);
  const laws = scopeLaws(studies);
  const networks = distinctNetworks(studies, "all").filter((study) =>
    laws.every((law) => law.study !== study)
  );
  return marks.flatMap((mark) =>
    networks.flatMap((study) => {
      const found = scopeAt(study, mark).flatMap((at) => {
        const formula = formulaAt(laws, study, at);
        return formula === undefined ? [] : [{ at, formula }];
      });
      if (found.length === 0) return [];
      const factor = (of: (one: typeof found[number]) => number) =>
        seedMeanText(seedMean(found.map(of)), two);
      return [{
        network: scopeName(study),
        "read at": scopeMarkText(mark),
        "seeds": found.length,
        "measured/formula": factor(({ at, formula }) => at.inefficiency / formula),
        "linearized/formula": factor(({ at, formula }) => at.linearized / formula),
        "measured/linearized": factor(({ at }) => at.inefficiency / at.linearized),
        "beyond the fit": found.filter(({ at }) => isBeyondFit(laws, study, at)).length,
      }];
    })
  );
}

/**
 * Every flow whose T/T_SL, or that of the same network linearized, is largest before its end and has fallen from
 * there by more than twice the integrator's tolerance; with D_y/D_f, which is of the linearized flow.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ScopeStudy, storedResults } from "../../experiments/mod.ts";
 * import { scopePeakRows } from "./scope_formula.ts";
 * const stored = (await storedResults<ScopeStudy>("scope")).map(({ result }) => result);
 * assert(scopePeakRows(stored).every(({ network }) => /^Myrtle/.test(`${network}`)));
 * ```
 */
export function scopePeakRows(studies: readonly ScopeStudy[]): TableRows {
  checkList("studies", studies, checkScope);
  return studies.flatMap((study) =>
    scopePeaks(study).filter(({ measured, linearized }) => measured || linearized)
      .map(({ seed, measured, linearized, end }) => ({
        network: scopeName(study),
        seed,
        "linearized: peak at τ": linearized ? linearized.time.toPrecision(2) : "none",
        "its T/T_SL": fall(linearized?.inefficiency, end.linearized),
        "its D_y/D_f at the peak": linearized ? linearized.labelsWeight.toPrecision(2) : "",
        "network: peak at τ": measured ? measured.time.toPrecision(2) : "none",
        "T/T_SL": fall(measured?.inefficiency, end.inefficiency),
        "D_y/D_f then, linearized": measured ? measured.labelsWeight.toPrecision(2) : "",
        "D_y/D_f at the end, linearized": end.labelsWeight.toPrecision(2),
      }))
  );
}
