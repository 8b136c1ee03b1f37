/**
 * Tables of the warm start, and of what has moved by then.
 *
 * @module
 */
import {
  networkAndSize,
  ratiosAt,
  type ResidueAtStart,
  type ResidueStudy,
  seedMean,
  seedMeanText,
  type SpeedLimitStudy,
  warmStartOf,
  warmStartWithError,
} from "../../experiments/mod.ts";
import { checkResidues, checkStudies } from "../../experiments/checks.ts";
import { checkList } from "../../numerics/checks.ts";
import { withInterval } from "../../statistics/mod.ts";
import { counted } from "../number_text.ts";
import type { TableRows } from "./table_text.ts";

const two = { digits: 2 };

/**
 * The warm start of studies, a row each, on both clocks, with the jackknife's interval over seeds.
 *
 * @throws {RangeError} if a study has fewer than two realizations
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResult } from "../../experiments/mod.ts";
 * import { warmStartRows } from "./warm_start_tables.ts";
 * const stored = await storedResult<SpeedLimitStudy>("speed_limit/myrtle_5_16_n100");
 * assert.equal(warmStartRows([stored!.result])[0]["warm start at τ"], "not reached");
 * ```
 */
export function warmStartRows(studies: readonly SpeedLimitStudy[]): TableRows {
  checkStudies("studies", studies);
  const times = (values: readonly (number | undefined)[]) =>
    values.map((value) => value === undefined ? "never" : String(Number(value.toPrecision(2))))
      .join(", ");
  return studies.map((study) => {
    const { time, meanTime, interval, leaveOneOut, epochs } = warmStartWithError(study);
    const percent = `${Number((100 * study.configuration.threshold).toPrecision(3))} %`;
    const error = interval && Number.isFinite(interval[1])
      ? ` [${times(interval)}]`
      : ", or never without one of the seeds";
    return {
      "network": networkAndSize(study),
      "seeds": study.realizations.length,
      "to τ": Number(study.configuration.horizon.toPrecision(3)),
      "warm start at τ": time ? Number(time.toPrecision(3)) + error : "not reached",
      "at nτ": meanTime?.toPrecision(3) ?? "–",
      [`epoch (η = 1e-5) at ${percent} accuracy, L a sum`]: epochs
        ? Math.round(epochs.sum).toLocaleString("en-US")
        : "–",
      "L a mean": epochs ? counted(epochs.mean, 2) : "–",
      "leave-one-out τ_w": time ? times(leaveOneOut) : "–",
    };
  });
}

/**
 * The warm ratio by threshold of the test accuracy, at the studies' horizon.
 *
 * @param studies of one network, one a threshold
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResults } from "../../experiments/mod.ts";
 * import { thresholdRows } from "./warm_start_tables.ts";
 * const [{ result: study }] = await storedResults<SpeedLimitStudy>("speed_limit");
 * const [row] = thresholdRows([{ ...study, warmIndex: -1 }]);
 * assert.equal(row["warm start at τ"], "not reached");
 * ```
 */
export function thresholdRows(studies: readonly SpeedLimitStudy[]): TableRows {
  checkStudies("studies", studies);
  return studies.map((study) => {
    const start = warmStartOf(study);
    const warm = start && ratiosAt(study).warm?.inefficiency;
    return {
      "threshold": study.configuration.threshold,
      "warm start at τ": start?.time ?? "not reached",
      "T/T_SL warm at the horizon": withInterval(warm, two),
    };
  });
}

/**
 * How far kernels have moved from the cold to the warm start: of the kernel averaged over outputs, the
 * change ‖K_warm − K_0‖/‖K_0‖, and factors of trace, λ_1 and alignment with the labels.
 *
 * @throws {RangeError} if a study has no realization with a warm start
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ResidueStudy, storedResults } from "../../experiments/mod.ts";
 * import { driftRows } from "./warm_start_tables.ts";
 * const [{ result }] = await storedResults<ResidueStudy>("residues");
 * assert.equal(driftRows([result])[0].network, "width 256, n = 500");
 * ```
 */
export function driftRows(studies: readonly ResidueStudy[]): TableRows {
  checkList("studies", studies, checkResidues);
  const total = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  return studies.map((study) => {
    const there = study.realizations.flatMap(({ cold, warm, kernelChange }) =>
      warm ? [{ cold, warm, kernelChange }] : []
    );
    if (there.length === 0) {
      throw new RangeError(`${networkAndSize(study)}: no realization has a warm start`);
    }
    const factor = (of: (at: ResidueAtStart) => number) =>
      `× ${seedMeanText(seedMean(there.map(({ cold, warm }) => of(warm) / of(cold))), two)}`;
    const changes = there.flatMap(({ kernelChange }) => kernelChange ?? []);
    return {
      "network": networkAndSize(study),
      "seeds": there.length,
      "‖K_warm − K_0‖/‖K_0‖": changes.length > 0
        ? seedMeanText(seedMean(changes), two)
        : "not stored",
      "trace": factor(({ eigenvalues }) => total(eigenvalues)),
      "λ_1": factor(({ eigenvalues }) => eigenvalues[0]),
      "alignment with the labels": factor(({ alignment }) => alignment),
    };
  });
}
