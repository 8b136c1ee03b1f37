/**
 * Rows of the tables that speed limit studies are shown by.
 *
 * @module
 */
import {
  atMark,
  type DescentBesideFlow,
  lossesAt,
  type Mark,
  markText,
  ratiosAt,
  seedMeanText,
  silentLoss,
  type SpeedLimitStudy,
  warmStartWithError,
} from "../../experiments/mod.ts";
import { checkBeside, checkStudies, checkStudy } from "../../experiments/checks.ts";
import { checkList, checkOptions, maybe } from "../../numerics/checks.ts";
import { checkMark } from "../../experiments/readings/mark.ts";
import { geometricMean, meanAndError, withError, withInterval } from "../../statistics/mod.ts";
import type { TableRows } from "./table_text.ts";

const two = { digits: 2 };

/**
 * The ratios at a study's end, each a geometric mean over realizations with its 95 % interval; the
 * usual mean beside the cold one.
 *
 * @throws {RangeError} if the study has fewer than two realizations
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResults } from "../../experiments/mod.ts";
 * import { ratioCells } from "./study_tables.ts";
 * const [{ result: study }] = await storedResults<SpeedLimitStudy>("speed_limit");
 * assert.match(String(ratioCells(study)["T/T_SL cold"]), /^\d+\.\d \[\d+\.\d, \d+\.\d\]$/);
 * ```
 */
export function ratioCells(study: SpeedLimitStudy): TableRows[number] {
  checkStudy("study", study);
  const { cold, warm } = ratiosAt(study);
  return {
    "T/T_SL cold": withInterval(cold.inefficiency),
    "cold, usual mean": cold.inefficiency.arithmetic.toFixed(1),
    "T/T_SL warm": withInterval(warm?.inefficiency, two),
    "l_γ/l_geo cold": withInterval(cold.tortuosity, two),
    "l_γ/l_geo warm": withInterval(warm?.tortuosity, two),
  };
}

/**
 * The loss at a study's end in per cent of ½‖Y‖², with its standard error over realizations.
 *
 * @throws {RangeError} if the study has fewer than two realizations
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResults } from "../../experiments/mod.ts";
 * import { lossLeft } from "./study_tables.ts";
 * const [{ result: study }] = await storedResults<SpeedLimitStudy>("speed_limit");
 * assert.match(lossLeft(study), /^[\d.]+ ± [\d.]+ %$/);
 * ```
 */
export function lossLeft(study: SpeedLimitStudy): string {
  checkStudy("study", study);
  const percent = 100 / silentLoss(study.configuration.n);
  const { mean, standardError } = meanAndError(lossesAt(study, "end"));
  const inPercent = { mean: mean * percent, standardError: standardError * percent };
  return `${withError(inPercent)} %`;
}

/**
 * Networks whose clocks differ, compared where so much is left of the loss, which no clock sets; and when
 * they come to their warm start, on both clocks.
 *
 * @param marks where they are compared; half and a tenth of ½‖Y‖² by default
 * @throws {RangeError} if a study has fewer than two realizations
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResult } from "../../experiments/mod.ts";
 * import { variantRows } from "./study_tables.ts";
 * const stored = await storedResult<SpeedLimitStudy>("speed_limit/fully_connected_256_n500_tau5");
 * const [row] = variantRows([stored!.result]);
 * assert.equal(row.network, "ntk, W_std 1.41");
 * assert.match(String(row["cold, 10 % of ½‖Y‖² left"]), /^13\.9/);
 * ```
 */
export function variantRows(
  studies: readonly SpeedLimitStudy[],
  options: { readonly marks?: readonly Mark[] } = {},
): TableRows {
  checkStudies("studies", studies);
  const { marks = [{ lossLeft: 0.5 }, { lossLeft: 0.1 }] } = checkOptions("options", options, {
    marks: maybe(checkList, checkMark),
  });
  return studies.map((study) => {
    const of = study.realizations.length;
    const { epochs, meanTime } = warmStartWithError(study);
    const cells = marks.flatMap((mark) => {
      const at = (start: "cold" | "warm") => atMark(study, mark, { start }).inefficiency;
      return [
        [`cold, ${markText(mark)}`, seedMeanText(at("cold"), { of })],
        [`warm, ${markText(mark)}`, seedMeanText(at("warm"), { ...two, of })],
      ];
    });
    return {
      "network": variantName(study),
      "L(0)": withInterval(geometricMean(lossesAt(study, "start")), { digits: 0 }),
      ...Object.fromEntries(cells),
      "epoch (η = 1e-5) at 12 % accuracy, L a sum": epochs
        ? Math.round(epochs.sum).toLocaleString("en-US")
        : "not reached",
      "at nτ": meanTime?.toPrecision(2) ?? "–",
    };
  });
}

/** A network's parametrization and initial scale, for tables and legends. */
export function variantName({ configuration: c }: SpeedLimitStudy): string {
  return `${c.parametrization}, W_std ${Number(c.weightStd.toPrecision(3))}`;
}

/**
 * T/T_SL of descent and of the flow, side by side.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { descentRows } from "./study_tables.ts";
 * const [row] = descentRows([{ epoch: 2, descent: 0.99, flow: 1, difference: -0.01 }]);
 * assert.deepEqual(Object.values(row), [2, "0.9900", "1.0000", "-1.00 %"]);
 * ```
 */
export function descentRows(entries: readonly DescentBesideFlow[]): TableRows {
  checkList("entries", entries, checkBeside);
  return entries.map(({ epoch, descent, flow, difference, least }) => ({
    epoch,
    "T/T_SL of descent": descent.toFixed(4),
    "of the flow": flow.toFixed(4),
    difference: `${(100 * difference).toFixed(2)} %`,
    ...(least === undefined ? {} : { "descent's limit, 1 − ηλ̄/2": least.toFixed(4) }),
  }));
}
