/**
 * Rows of the tables that speed limit studies are shown by.
 *
 * @module
 */
import {
  type DescentBesideFlow,
  factorText,
  lossesAt,
  overRealizations,
  ratiosAt,
  silentLoss,
  type SizeGrowth,
  type SpeedLimitStudy,
  warmStartOf,
} from "../experiments/mod.ts";
import { checkBeside, checkSizeGrowths, checkStudies, checkStudy } from "../experiments/checks.ts";
import { checkInteger, checkList, checkOptions, checkText, maybe } from "../numerics/checks.ts";
import { geometricMean, meanAndError, withError, withInterval } from "../statistics/mod.ts";
import type { TableRows } from "./show.ts";

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
 * import { type SpeedLimitStudy, storedResults } from "../experiments/mod.ts";
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
 * import { type SpeedLimitStudy, storedResults } from "../experiments/mod.ts";
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
 * The growth of the cold inefficiency with n, on both clocks.
 *
 * @param width what the network's width is called
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { growthRows } from "./study_tables.ts";
 * const factor = { middle: 2.2, low: 2.1, high: 2.3, seeds: 6 };
 * const [row] = growthRows([{ width: 32, n: 1000, from: 500, sum: factor, mean: factor }]);
 * assert.equal(row["at the same τ (L a sum)"], "2.20 [2.10, 2.30]");
 * ```
 */
export function growthRows(
  growth: readonly SizeGrowth[],
  options: { readonly width?: string } = {},
): TableRows {
  checkSizeGrowths("growth", growth);
  const { width: called = "width" } = checkOptions("options", options, { width: maybe(checkText) });
  return growth.map(({ width, n, from, sum, mean }) => ({
    [called]: width,
    "cold T/T_SL at n": n,
    "over that at": from,
    "at the same τ (L a sum)": factorText(sum),
    "at the same epoch (L a mean)": factorText(mean),
    seeds: sum.seeds,
  }));
}

/**
 * What the initial scale does: at the same τ, and at the same λτ, as the kernel goes as W_std to the
 * power 2 × layers.
 *
 * @param layers trainable ones of the network; Myrtle-5 has five
 * @throws {RangeError} if a study has fewer than two realizations
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResults } from "../experiments/mod.ts";
 * import { scaleRows } from "./study_tables.ts";
 * const [{ result: study }] = await storedResults<SpeedLimitStudy>("speed_limit");
 * const [row] = scaleRows([study], { layers: 3 });
 * assert.equal(row["T/T_SL cold"], row["T/T_SL cold, at the same λτ"]);
 * ```
 */
export function scaleRows(
  studies: readonly SpeedLimitStudy[],
  options: { readonly layers: number },
): TableRows {
  checkStudies("studies", studies);
  const { layers } = checkOptions("options", options, { layers: checkInteger });
  const smallest = Math.min(...studies.map(({ configuration }) => configuration.weightStd));
  return studies.map((study) => {
    const { weightStd, horizon, n } = study.configuration;
    const { cold, warm } = ratiosAt(study);
    const time = horizon * (smallest / weightStd) ** (2 * layers);
    const loss = (place: "start" | "end") => geometricMean(lossesAt(study, place));
    return {
      "W_std": weightStd,
      "L(0)": withInterval(loss("start"), { digits: 0 }),
      "L at the end": withInterval(loss("end")),
      "½‖Y‖²": silentLoss(n),
      "T/T_SL cold": withInterval(cold.inefficiency),
      "T/T_SL cold, at the same λτ": withInterval(ratiosAt(study, { time }).cold.inefficiency),
      "T/T_SL warm": withInterval(warm?.inefficiency, two),
    };
  });
}

/**
 * A study's warm start and the ratio from there, for several thresholds of the test accuracy.
 *
 * @param studies of one network, one a threshold
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResults } from "../experiments/mod.ts";
 * import { warmStartRows } from "./study_tables.ts";
 * const [{ result: study }] = await storedResults<SpeedLimitStudy>("speed_limit");
 * const [row] = warmStartRows([{ ...study, warmIndex: -1 }]);
 * assert.equal(row["T/T_SL warm"], "not reached");
 * ```
 */
export function warmStartRows(studies: readonly SpeedLimitStudy[]): TableRows {
  checkStudies("studies", studies);
  return studies.map((study) => {
    const start = warmStartOf(study);
    return {
      threshold: study.configuration.threshold,
      "warm start at τ": start?.time ?? "not reached",
      "T/T_SL warm": withInterval(start && ratiosAt(study).warm?.inefficiency, two),
    };
  });
}

/**
 * Networks whose clocks differ, compared where a tenth of ½‖Y‖² is left of the loss.
 *
 * @throws {RangeError} if a study has fewer than two realizations
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResults } from "../experiments/mod.ts";
 * import { variantRows } from "./study_tables.ts";
 * const stored = await storedResults<SpeedLimitStudy>("speed_limit");
 * const { result } = stored.find(({ name }) => name === "fully_connected_256_n500_tau5")!;
 * assert.equal(variantRows([result])[0].network, "ntk, W_std 1.41");
 * ```
 */
export function variantRows(studies: readonly SpeedLimitStudy[]): TableRows {
  checkStudies("studies", studies);
  return studies.map((study) => {
    const { time, middle } = overRealizations(study, "cold", "loss");
    const tenth = silentLoss(study.configuration.n) / 10;
    const at = middle.findIndex((loss) => loss < tenth);
    const entry = at < 0 ? undefined : ratiosAt(study, { time: time[at] });
    return {
      network: variantName(study),
      "L(0)": withInterval(geometricMean(lossesAt(study, "start")), { digits: 0 }),
      "τ at 10 % of ½‖Y‖²": entry ? entry.time.toPrecision(3) : "not reached",
      "T/T_SL cold there": withInterval(entry?.cold.inefficiency),
      "T/T_SL warm there": withInterval(entry?.warm?.inefficiency, two),
      "l_γ/l_geo cold there": withInterval(entry?.cold.tortuosity, two),
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
  return entries.map(({ epoch, descent, flow, difference }) => ({
    epoch,
    "T/T_SL of descent": descent.toFixed(4),
    "of the flow": flow.toFixed(4),
    difference: `${(100 * difference).toFixed(2)} %`,
  }));
}
