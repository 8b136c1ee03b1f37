/**
 * Rows of the tables of notebook 13: shares of f_0, starts side by side, what is owed to f_0.
 *
 * @module
 */
import {
  ensembleLimit,
  flowFrom,
  type FlowFromStart,
  type InitialWeightsStudy,
  networkName,
  owedOfMeans,
  owedToStart,
  peaksOfShares,
  ratioOfMeans,
  type SeedMean,
  seedMean,
  seedMeanText,
  startPoint,
  type WideLimit,
  widePeakOfShare,
} from "../../experiments/mod.ts";
import { checkInitialWeights, checkWide } from "../../experiments/checks.ts";
import { checkNumber, checkNumbers, checkOptions, maybe } from "../../numerics/checks.ts";
import { percent, withMinusSigns } from "../number_text.ts";
import type { TableRows } from "./table_text.ts";

const nameOf = ({ configuration: { architecture, width, n } }: InitialWeightsStudy) =>
  `${networkName({ architecture, width })}, n = ${n}`;

/** A mean share of one seed or several, in percent. */
const meanShareText = (values: readonly number[]): string =>
  shareText(seedMean(values, { geometric: false }), 0);

function shareText(mean: SeedMean | undefined, digits = 1): string {
  if (!mean) return "not reached";
  const whole = (share: number) => withMinusSigns((100 * share).toFixed(digits));
  return `${whole(mean.mean)}${mean.interval ? ` [${mean.interval.map(whole).join(", ")}]` : ""} %`;
}

/**
 * What is owed to f_0 up to some times: shares of the means of ΔL and ‖Δθ‖² over seeds, measured and of the
 * linearized networks, and T/T_SL with and without it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type InitialWeightsStudy, storedResults } from "../../experiments/mod.ts";
 * import { owedRows } from "./initial_weights_tables.ts";
 * const [{ result }] = await storedResults<InitialWeightsStudy>("initial_weights");
 * assert.equal(owedRows(result, [0.2, 1]).length, 2);
 * ```
 */
export function owedRows(study: InitialWeightsStudy, times: readonly number[]): TableRows {
  checkInitialWeights("study", study);
  checkNumbers("times", times);
  return Array.from(times, (time) => {
    const rows = owedToStart(study, time);
    const owed = owedOfMeans(study, time);
    const ratio = (of: "inefficiency" | "without") =>
      seedMeanText(seedMean(rows.map((row) => row[of]), { least: 1 }), {
        digits: of === "without" ? 2 : 1,
      });
    return {
      network: nameOf(study),
      "τ": time,
      seeds: rows.length,
      "‖f_0‖²/‖Y‖²": owed?.size.toFixed(0) ?? "",
      "of β⁻¹R": shareText(owed?.dissipated),
      "of β⁻¹R, linearized": shareText(owed?.dissipatedLinearized),
      "of ‖Δθ‖²": shareText(owed?.moved),
      "of ‖Δθ‖², linearized": shareText(owed?.movedLinearized),
      "T/T_SL": ratio("inefficiency"),
      "without f_0": ratio("without"),
    };
  });
}

/**
 * The largest T/T_SL up to the horizon for every share of f_0, a peak or the horizon's: geometric means over seeds,
 * measured and of the linearized network; the largest ratio of means, and that of the infinitely wide network; and
 * how many seeds have a peak before the horizon.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type InitialWeightsStudy, storedResults } from "../../experiments/mod.ts";
 * import { sharePeakRows } from "./initial_weights_tables.ts";
 * const [{ result }] = await storedResults<InitialWeightsStudy>("initial_weights");
 * assert.equal(sharePeakRows(result).length, result.configuration.shares.length);
 * ```
 */
export function sharePeakRows(
  study: InitialWeightsStudy,
  options: { readonly wide?: WideLimit } = {},
): TableRows {
  const { configuration: { shares, horizon } } = checkInitialWeights("study", study);
  const { wide } = checkOptions("options", options, { wide: maybe(checkWide) });
  const all = peaksOfShares(study);
  return shares.map((share) => {
    const own = all.filter((row) => row.share === share);
    const inside = own.filter((row) => row.inside);
    const mean = (of: (row: typeof own[number]) => number, some = own) =>
      seedMeanText(seedMean(some.map(of), { least: 1 }), { of: own.length });
    return {
      network: nameOf(study),
      c: share,
      "c²‖f_0‖²/‖Y‖²": share === 0 ? "0" : seedMeanText(seedMean(own.map(({ size }) => size)), {
        digits: 2,
      }),
      "up to τ": horizon,
      "largest T/T_SL": mean((row) => row.measured.inefficiency),
      linearized: mean((row) => row.linearized.inefficiency),
      "largest T ΣΔL/Σ‖Δθ‖²": seedMeanText(ratioOfMeans(study, { share })),
      "the same, infinitely wide": wide
        ? widePeakOfShare(wide, { share, horizon }).inefficiency.toFixed(1)
        : "",
      "seeds that peak before": `${inside.length} of ${own.length}`,
    };
  });
}

/**
 * Starts side by side, where the same share of ½‖Y‖² is left: the time, T/T_SL, and the test accuracy at
 * each flow's end.
 *
 * @param left the share of ½‖Y‖²
 * @throws {RangeError} if the share is not between 0 and 1
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type InitialWeightsStudy, storedResults } from "../../experiments/mod.ts";
 * import { startRows } from "./initial_weights_tables.ts";
 * const [{ result }] = await storedResults<InitialWeightsStudy>("initial_weights");
 * assert(startRows(result, 0.9).length >= 3);
 * ```
 */
export function startRows(study: InitialWeightsStudy, left: number): TableRows {
  const { configuration, realizations } = checkInitialWeights("study", study);
  checkNumber("left", left, { above: 0, below: 1 });
  const { n, shares, factors } = configuration;
  const starts: readonly (readonly [string, FlowFromStart["start"], number])[] = [
    ...shares.filter((share) => share === 0 || share === 1).toReversed().map((share) =>
      [share === 1 ? "as drawn" : "f_0 subtracted", "function", share] as const
    ),
    ["antisymmetric", "antisymmetric", 1],
    ...factors.toReversed().map((factor) => [`weights × ${factor}`, "weights", factor] as const),
  ];
  return starts.map(([name, start, share]) => {
    const flows = realizations.flatMap((one) => flowFrom(one, start, share) ?? []);
    const points = flows.flatMap((flow) => startPoint(flow, { loss: left * 0.45 * n }) ?? []);
    const text = (values: readonly number[], digits: number, least?: number) =>
      seedMeanText(seedMean(values, { least }), { of: flows.length, digits });
    return {
      network: nameOf(study),
      start: name,
      "‖f_0‖²/‖Y‖²": flows.every(({ initialSquared }) => initialSquared === 0)
        ? "0"
        : text(flows.map(({ initialSquared }) => initialSquared / (0.9 * n)), 3),
      left: percent(left, 2),
      "τ there": text(points.map(({ time }) => time), 2),
      "T/T_SL there": text(points.map(({ inefficiency }) => inefficiency), 2, 1),
      "test accuracy at its end": meanShareText(flows.map(({ testAccuracy }) => testAccuracy)),
    };
  });
}

/**
 * The limit of the ensemble of a study's networks beside that of single ones.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type InitialWeightsStudy, storedResults } from "../../experiments/mod.ts";
 * import { ensembleRows } from "./initial_weights_tables.ts";
 * const [{ result }] = await storedResults<InitialWeightsStudy>("initial_weights");
 * assert.equal(ensembleRows(result, [0.2]).length, 1);
 * ```
 */
export function ensembleRows(study: InitialWeightsStudy, times: readonly number[]): TableRows {
  checkInitialWeights("study", study);
  checkNumbers("times", times);
  return Array.from(times, (time) => {
    const limit = ensembleLimit(study, time);
    return {
      network: nameOf(study),
      "τ": time,
      seeds: limit?.seeds ?? study.realizations.length,
      "T_SL of the ensemble": limit?.ensemble.toPrecision(3) ?? "fewer than three seeds",
      "of single networks": limit?.single.toPrecision(3) ?? "",
      quotient: limit
        ? seedMeanText({ mean: limit.quotient, interval: limit.interval, count: limit.seeds }, {
          digits: 2,
        })
        : "",
    };
  });
}
