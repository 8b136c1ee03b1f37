/**
 * Tables of the kernel along training: since the warm start, and how lazily the weights went.
 *
 * @module
 */
import { type DriftAt, type DriftStudy, warmLook } from "../../experiments/mod.ts";
import { checkDrift, driftName } from "../../experiments/readings/drift_readings.ts";
import { CUTOFFS } from "../../experiments/studies/computations/drift_record.ts";
import { checkList } from "../../numerics/checks.ts";
import { meanText } from "./lazy_parting_tables.ts";
import type { TableRows } from "./table_text.ts";

/**
 * The kernel since the warm start beside that since initialization: a row a network and later look, with
 * geometric means over seeds. None of a network that has no look after its warm start.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DriftStudy, storedResults } from "../../experiments/mod.ts";
 * import { sinceWarmRows } from "./kernel_along_tables.ts";
 * const stored = await storedResults<DriftStudy>("kernel_drift");
 * const rows = sinceWarmRows(stored.map(({ result }) => result));
 * assert(rows.length > 0 && rows.every((row) => Number(row["τ"]) > Number(row["warm at τ"])));
 * ```
 */
export function sinceWarmRows(studies: readonly DriftStudy[]): TableRows {
  checkList("studies", studies, checkDrift);
  return studies.flatMap((study) => {
    const warm = warmLook(study);
    if (warm < 0) return [];
    const looks = study.realizations[0].at;
    const over = (value: (at: DriftAt, start: DriftAt) => number, look: number, from: number) =>
      meanText(study.realizations.map(({ at }) => value(at[look], at[from])));
    return looks.flatMap(({ time }, look) => {
      if (look <= warm) return [];
      const change = (from: number) => over((at) => at.change[from], look, from);
      const largest = (from: number) => over((at, start) => at.largest / start.largest, look, from);
      return [{
        network: driftName(study),
        "warm at τ": Number(looks[warm].time.toPrecision(2)),
        "τ": Number(time.toPrecision(2)),
        "‖K_τ − K_0‖/‖K_0‖": change(0),
        "‖K_τ − K_warm‖/‖K_warm‖": change(warm),
        "λ_max over 0's": largest(0),
        "over the warm start's": largest(warm),
      }];
    });
  });
}

/**
 * Δfᵀ K₀⁺ Δf/‖Δθ‖² at the horizon, of the network and of its linearization, at each cut-off that is kept: a row a study, geometric means over seeds.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DriftStudy, storedResults } from "../../experiments/mod.ts";
 * import { lazinessRows } from "./kernel_along_tables.ts";
 * const [{ result }] = await storedResults<DriftStudy>("kernel_drift");
 * assert.equal(lazinessRows([result])[0].seeds, result.realizations.length);
 * ```
 */
export function lazinessRows(studies: readonly DriftStudy[]): TableRows {
  checkList("studies", studies, checkDrift);
  return studies.map((study) => {
    const { scale, kept, horizon } = study.configuration;
    const ends = study.realizations.map(({ at }) => at[at.length - 1]);
    const at = (of: "laziness" | "lazinessLinear", i: number) => {
      const values = ends.flatMap((end) => end[of]?.[i] ?? []);
      return values.length > 0 ? meanText(values) : "not kept";
    };
    return {
      network: driftName(study),
      ...{ a: scale, "f_0 kept": kept, "τ": horizon, seeds: ends.length },
      ...Object.fromEntries(CUTOFFS.flatMap((cutoff, i) => [
        [`λ > ${cutoff} λ_1`, at("laziness", i)],
        [`linearization, ${cutoff}`, at("lazinessLinear", i)],
      ])),
    };
  });
}
