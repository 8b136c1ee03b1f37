/**
 * A table of where recorded losses rise, which a gradient flow's cannot.
 *
 * @module
 */
import { type LossRises, networkAndSize } from "../../experiments/mod.ts";
import { checkStudy, checkValue } from "../../experiments/checks.ts";
import { checkList, checkRecord, must } from "../../numerics/checks.ts";
import { percent } from "../number_text.ts";
import type { TableRows } from "./table_text.ts";

/**
 * How far losses rise, a row a study whose losses do.
 *
 * @param list as `lossRises` gives it
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lossRises, type SpeedLimitStudy, storedResult } from "../../experiments/mod.ts";
 * import { lossRiseRows } from "./loss_rise_tables.ts";
 * const stored = await storedResult<SpeedLimitStudy>("speed_limit/myrtle_5_16_n100_tau30");
 * assert.deepEqual(lossRiseRows([lossRises(stored!.result)]), []);
 * const rises = { study: stored!.result, seeds: 1, largest: 1.25, seed: 2, time: 14, below: 0.5 };
 * assert.equal(lossRiseRows([rises])[0]["by a factor of, at most"], "1.25");
 * ```
 */
export function lossRiseRows(list: readonly LossRises[]): TableRows {
  checkList(
    "list",
    list,
    must(checkRecord, { study: checkStudy, seeds: checkValue, largest: checkValue }),
  );
  return list.filter(({ seeds }) => seeds > 0).map((
    { study, seeds, largest, seed, time, below },
  ) => ({
    "network": networkAndSize(study),
    "to τ": Number(study.configuration.horizon.toPrecision(3)),
    "seeds whose loss rises": `${seeds} of ${study.realizations.length}`,
    "by a factor of, at most": largest.toFixed(2),
    "seed and τ": `${seed}, ${Number(time!.toPrecision(3))}`,
    "from, of ½‖Y‖²": percent(below!, 2),
  }));
}
