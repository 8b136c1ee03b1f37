/**
 * What is owed to initial weights in pictures: T/T_SL against the size of the initial function, along
 * paths, and shares of what is dissipated.
 *
 * @module
 */
import type { Partition } from "../dynamics/mod.ts";
import {
  type InitialWeightsStudy,
  peaksOfShares,
  ratioOfMeans,
  sharesAt,
  startPoint,
  type WideLimit,
  wideLimit,
  widePeakOfShare,
  withShare,
} from "../experiments/mod.ts";
import { checkInitialWeights, checkWide } from "../experiments/checks.ts";
import {
  checkFunction,
  checkList,
  checkNumbers,
  checkOptions,
  checkPositive,
  checkRecord,
  checkText,
  maybe,
  must,
} from "../numerics/checks.ts";
import { geometricMean } from "../statistics/mod.ts";
import { COLORS, orderedColors } from "./look.ts";
import { band, line } from "./marks.ts";
import type { Panel } from "./panels.ts";

/** Sizes of f_0 between which theory is drawn, as many as make a smooth line. */
const SIZES = Array.from({ length: 61 }, (_, i) => 10 ** (-2 + 4 * i / 60));
const SIZE_LABEL = "c^{2}‖f_{0}‖^{2}/‖Y‖^{2}";

/** E‖f_0‖²/‖Y‖² of an infinitely wide network. */
function sizeOf({ study: { startSquares, labelSquares } }: WideLimit): number {
  const labels = labelSquares.reduce((sum, square) => sum + square, 0);
  return startSquares.reduce((sum, square) => sum + square, 0) / labels - 1;
}

/**
 * T/T_SL at one time against the size of what is kept of f_0: every seed and share, measured and by the
 * split of the linearized network. Beside the line of the infinitely wide network, a ratio of means with nothing
 * that is fitted, stands the networks' own ratio of means, at their mean ‖f_0‖².
 *
 * @param options `time`; or none, for the largest T/T_SL up to the horizon
 * @throws {RangeError} if the time is not positive
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type InitialWeightsStudy, storedResults } from "../experiments/mod.ts";
 * import { sharePanel } from "./initial_weights_panels.ts";
 * const [{ result }] = await storedResults<InitialWeightsStudy>("initial_weights");
 * assert.equal(sharePanel(result, { time: 0.2 }).marks.length, 3);
 * ```
 */
export function sharePanel(
  study: InitialWeightsStudy,
  options: { readonly time?: number; readonly wide?: WideLimit; readonly title?: string } = {},
): Panel {
  checkInitialWeights("study", study);
  const { time, wide, title } = checkOptions("options", options, {
    ...{ time: maybe(checkPositive), wide: maybe(checkWide), title: maybe(checkText) },
  });
  const { horizon, shares } = study.configuration;
  const rows = time === undefined
    ? peaksOfShares(study).map((row) => ({
      ...row,
      measured: row.measured.inefficiency,
      linearized: row.linearized.inefficiency,
    }))
    : sharesAt(study, time);
  const kept = rows.filter(({ size }) => size > 0);
  if (kept.length === 0) throw new RangeError("the study has no share above 0 at this time");
  const foretold = wide &&
    SIZES.map((size) => {
      const share = Math.sqrt(size / sizeOf(wide));
      return time === undefined
        ? widePeakOfShare(wide, { share, horizon }).inefficiency
        : wideLimit(withShare(wide.study, share)).at(time).inefficiency;
    });
  const sizes = kept.map(({ size }) => size);
  const means = shares.flatMap((share) => {
    const own = kept.filter((row) => row.share === share);
    const ratio = ratioOfMeans(study, { share, ...(time !== undefined && { time }) })?.mean;
    const size = own.reduce((sum, row) => sum + row.size, 0) / own.length;
    return own.length > 0 && ratio !== undefined ? [{ size, ratio }] : [];
  });
  return {
    marks: [
      ...(foretold
        ? [line(SIZES, foretold, { name: "infinitely wide", color: COLORS[2], width: 3 })]
        : []),
      line(sizes, kept.map(({ linearized }) => linearized), {
        ...{ name: "linearized, by its split", mode: "markers", color: COLORS[1] },
      }),
      line(sizes, kept.map(({ measured }) => measured), {
        ...{ name: "measured", mode: "markers", color: COLORS[0] },
      }),
      line(means.map(({ size }) => size), means.map(({ ratio }) => ratio), {
        ...{
          name: "measured, ratio of means",
          mode: "lines+markers",
          color: COLORS[2],
          dash: "dot",
        },
      }),
    ],
    ...{ x: SIZE_LABEL, y: "T/T_{SL}", log: "xy" },
    title: title ?? (time === undefined ? `largest up to τ = ${horizon}` : `τ = ${time}`),
  };
}

/**
 * T/T_SL along the paths from every share of f_0, geometric means over seeds in a band of all of them,
 * and of the infinitely wide network, dashed.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type InitialWeightsStudy, storedResults } from "../experiments/mod.ts";
 * import { sharePathsPanel } from "./initial_weights_panels.ts";
 * const [{ result }] = await storedResults<InitialWeightsStudy>("initial_weights");
 * const { marks } = sharePathsPanel(result);
 * assert.equal(marks.length, result.configuration.shares.length);
 * ```
 */
export function sharePathsPanel(
  study: InitialWeightsStudy,
  options: { readonly wide?: WideLimit; readonly title?: string } = {},
): Panel {
  const { realizations, configuration: { shares } } = checkInitialWeights("study", study);
  const { wide, title } = checkOptions("options", options, {
    ...{ wide: maybe(checkWide), title: maybe(checkText) },
  });
  if (realizations.length === 0) throw new RangeError("the study has no realization yet");
  const colors = orderedColors(shares.length);
  const time = realizations[0].linearized.whole.time.slice(1);
  const measured = shares.map((share, i) => {
    const at = time.map((t) =>
      realizations.flatMap(({ flows }) =>
        flows.filter((flow) => flow.start === "function" && flow.share === share).flatMap((flow) =>
          startPoint(flow, { time: t })?.inefficiency ?? []
        )
      )
    );
    const middle = at.map((ratios) => ratios.length > 1 ? geometricMean(ratios).mean : ratios[0]);
    const ends = (of: typeof Math.min) => at.map((ratios) => of(...ratios));
    return band(time, middle, ends(Math.min), ends(Math.max), {
      ...{ name: `c = ${share}`, color: colors[i] },
    });
  });
  const foretold = wide
    ? shares.map((share, i) => {
      const flow = wideLimit(withShare(wide.study, share));
      return line(time, time.map((t) => flow.at(t).inefficiency), {
        ...{ name: `c = ${share}, infinitely wide`, color: colors[i], dash: "dash" },
      });
    })
    : [];
  return { marks: [...measured, ...foretold], x: "time τ", y: "T/T_{SL}", log: "xy", title };
}

/** A split with its name. */
export interface NamedPartition {
  readonly name: string;
  readonly split: Partition;
}

/**
 * The share of the initial function in what has been dissipated, ΔL, and in ‖Δθ‖², up to every time;
 * dashed the latter.
 *
 * @param times growing, above 0
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { partition } from "../dynamics/mod.ts";
 * import { owedPanel } from "./initial_weights_panels.ts";
 * const split = partition({ eigenvalues: [1], initialSquares: [3], labelSquares: [1] });
 * const { marks } = owedPanel([{ name: "one mode", split }], [0.1, 1]);
 * assert.deepEqual((marks[0] as { y: number[] }[])[0].y, [0.75, 0.75]);
 * ```
 */
export function owedPanel(splits: readonly NamedPartition[], times: readonly number[]): Panel {
  checkList(
    "splits",
    splits,
    must(checkRecord, { name: checkText, split: must(checkRecord, { at: checkFunction }) }),
  );
  checkNumbers("times", times);
  const marks = splits.flatMap(({ name, split }, i) => {
    const at = Array.from(times, (time) => split.at(time));
    const color = COLORS[i % COLORS.length];
    return [
      line(times, at.map(({ lossDrop: { initial, whole } }) => initial / whole), {
        ...{ name: `${name}: β⁻¹R`, color },
      }),
      line(times, at.map(({ initialWeight }) => initialWeight), {
        ...{ name: `${name}: ‖Δθ‖^{2}`, color, dash: "dash" },
      }),
    ];
  });
  return { marks, x: { label: "time τ", log: true }, y: { label: "owed to f_{0}", range: [0, 1] } };
}
