/**
 * T/T_SL of networks whose clocks differ, against what is left of the loss.
 *
 * @module
 */
import { overRealizations, silentLoss, type SpeedLimitStudy } from "../experiments/mod.ts";
import { checkStudies } from "../experiments/checks.ts";
import { checkOneOf } from "../numerics/checks.ts";
import { orderedColors } from "./look.ts";
import { line } from "./marks.ts";
import type { Panel } from "./panels.ts";
import { variantName } from "./tables/study_tables.ts";

/**
 * The geometric means of T/T_SL from one start, against L/(½‖Y‖²).
 *
 * @param studies that differ in parametrization or initial scale; one without that start has no line
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResults } from "../experiments/mod.ts";
 * import { againstLossLeft } from "./loss_left_panel.ts";
 * const [{ result: study }] = await storedResults<SpeedLimitStudy>("speed_limit");
 * assert.equal(againstLossLeft([study], "cold").marks.length, 1);
 * ```
 */
export function againstLossLeft(
  studies: readonly SpeedLimitStudy[],
  start: "cold" | "warm",
): Panel {
  checkStudies("studies", studies);
  checkOneOf("start", start, ["cold", "warm"]);
  const colors = orderedColors(studies.length);
  const marks = studies.flatMap((study, i) => {
    const { middle } = overRealizations(study, start, "inefficiency");
    if (middle.length === 0) return [];
    const silent = silentLoss(study.configuration.n);
    // From either start the columns end at the horizon: a warm one's are the last of the cold ones.
    const left = overRealizations(study, "cold", "loss").middle.slice(-middle.length);
    return [line(left.map((loss) => loss / silent), middle, {
      name: variantName(study),
      color: colors[i],
    })];
  });
  return { marks, x: "loss left, L/(½‖Y‖²)", y: `T/T_{SL}, ${start}`, log: "xy" };
}
