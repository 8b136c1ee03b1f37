/**
 * Panels of studies on either clock: curves in time, peaks against n, the ratio against its start.
 *
 * @module
 */
import {
  type Mark,
  markText,
  networkAndSize,
  ratioByStart,
  silentLoss,
  type SpeedLimitStudy,
  type StudyPeaks,
  warmStartWithError,
} from "../experiments/mod.ts";
import { checkPeaks, checkStart, checkStudies } from "../experiments/checks.ts";
import {
  checkFunction,
  checkList,
  checkOneOf,
  checkOptions,
  checkText,
  maybe,
} from "../numerics/checks.ts";
import { mean } from "../statistics/mod.ts";
import { orderedColors } from "./look.ts";
import { band, line, points } from "./marks.ts";
import type { Panel } from "./panels.ts";

/** What of a study a panel shows in time. */
export type ColumnName = "inefficiency" | "tortuosity" | "lossLeft" | "testAccuracy";

/** How a panel of curves is made. */
export interface ColumnPanelOptions {
  /** τ of a loss that is a sum over images, or nτ, that of a mean. */
  readonly clock?: "time" | "meanTime";
  readonly start?: "cold" | "warm";
  readonly nameOf?: (study: SpeedLimitStudy) => string;
  /** One a study; in order by default. */
  readonly colors?: readonly string[];
  readonly title?: string;
}

const LABELS: Readonly<Record<ColumnName, string>> = {
  inefficiency: "T/T_{SL}",
  tortuosity: "l_{γ}/l_{geo}",
  lossLeft: "L/(½‖Y‖²)",
  testAccuracy: "test accuracy",
};

/** One seed is no mean: it is told which. */
const sizeOf = ({ configuration: { n }, realizations }: SpeedLimitStudy) =>
  realizations.length === 1 ? `n = ${n} (seed ${realizations[0].seed})` : `n = ${n}`;

/**
 * One column of studies in time, on either clock: the mean over realizations (geometric but for the
 * accuracy) in a band that spans all of them. From the warm start time is counted from there.
 *
 * @param studies those without such a start have no curve
 * @throws {RangeError} if clock, start or column are none
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResult } from "../experiments/mod.ts";
 * import { columnPanel } from "./mark_panels.ts";
 * const stored = await storedResult<SpeedLimitStudy>("speed_limit/myrtle_5_32_n500");
 * const { marks, x } = columnPanel([stored!.result], "testAccuracy", { clock: "meanTime" });
 * assert.equal(marks.length, 1);
 * assert.equal(x, "nτ (L a mean)");
 * ```
 */
export function columnPanel(
  studies: readonly SpeedLimitStudy[],
  column: ColumnName,
  options: ColumnPanelOptions = {},
): Panel {
  checkStudies("studies", studies);
  const { clock = "time", start = "cold", nameOf = sizeOf, colors, title } = checkOptions(
    "options",
    options,
    {
      clock: maybe(checkOneOf, ["time", "meanTime"]),
      ...{ start: maybe(checkStart), nameOf: maybe(checkFunction) },
      ...{ colors: maybe(checkList, checkText), title: maybe(checkText) },
    },
  );
  checkOneOf("column", column, ["inefficiency", "tortuosity", "lossLeft", "testAccuracy"]);
  const all = colors ?? orderedColors(Math.max(1, studies.length));
  const marks = studies.flatMap((study, i) => {
    const from = start === "cold" ? 0 : study.warmIndex;
    const columns = from < 0 ? [] : columnsOf(study, column, start, from);
    if (columns.length === 0) return [];
    const scale = clock === "time" ? 1 : study.configuration.n;
    const entries = study.time.slice(from).map((_, entry) => entry).slice(1);
    const values = entries.map((entry) => columns.map((one) => one[entry]));
    const middle = column === "testAccuracy"
      ? values.map((at) => mean(at))
      : values.map((at) => Math.exp(mean(at.map(Math.log))));
    return [band(
      entries.map((entry) => scale * (study.time[from + entry] - study.time[from])),
      middle,
      values.map((at) => Math.min(...at)),
      values.map((at) => Math.max(...at)),
      { name: nameOf(study), color: all[i] },
    )];
  });
  const [sum, average] = start === "warm"
    ? ["τ since the warm start", "nτ since the warm start"]
    : ["τ (L a sum)", "nτ (L a mean)"];
  return {
    marks,
    title: marks.length > 0 ? title : "not reached",
    x: clock === "time" ? sum : average,
    y: LABELS[column] + (column === "testAccuracy" || column === "lossLeft" ? "" : `, ${start}`),
    log: marks.length === 0
      ? undefined
      : column === "inefficiency" || column === "lossLeft"
      ? "xy"
      : "x",
  };
}

function columnsOf(
  { realizations, configuration: { n } }: SpeedLimitStudy,
  column: ColumnName,
  start: "cold" | "warm",
  from: number,
): readonly (readonly number[])[] {
  switch (column) {
    case "lossLeft":
      return realizations.map(({ loss }) => loss.slice(from).map((one) => one / silentLoss(n)));
    case "testAccuracy":
      return realizations.map(({ testAccuracy }) => testAccuracy.slice(from));
    default:
      return realizations.flatMap((one) => one[start] ? [one[start][column]] : []);
  }
}

/**
 * Height and place of the peaks against n, a line a width, with 95 % intervals over seeds: T/T_SL, and
 * the place on either clock. Only studies of which all seeds peak within their horizon are shown.
 *
 * @throws {RangeError} if there is none
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { peaksOf, recordedStudies } from "../experiments/mod.ts";
 * import { peakPanels } from "./mark_panels.ts";
 * const all = (await recordedStudies()).map(({ study }) => peaksOf(study));
 * assert.equal(peakPanels(all).length, 3);
 * ```
 */
export function peakPanels(list: readonly StudyPeaks[]): Panel[] {
  checkList("list", list, checkPeaks);
  const whole = list.filter(({ inside, seeds }) => inside === seeds.length && inside > 1);
  if (whole.length === 0) {
    throw new RangeError(
      `of ${list.length} studies none has a peak of all its seeds; a longer horizon shows it`,
    );
  }
  const widths = [...Map.groupBy(whole, ({ study }) => study.configuration.width)]
    .sort(([a], [b]) => a - b);
  const colors = orderedColors(widths.length);
  const panel = (name: "inefficiency" | "time", y: string, scaled: boolean): Panel => ({
    marks: widths.map(([width, of], i) => {
      const sorted = of.toSorted((a, b) => a.study.configuration.n - b.study.configuration.n);
      const sizes = sorted.map(({ study }) => study.configuration.n);
      const scale = (k: number) => scaled ? sizes[k] : 1;
      return points(sizes, sorted.map((one, k) => scale(k) * one[name]!.mean), {
        name: `${width} channels`,
        color: colors[i],
        low: sorted.map((one, k) => scale(k) * one[name]!.interval![0]),
        high: sorted.map((one, k) => scale(k) * one[name]!.interval![1]),
      });
    }),
    ...{ x: "n", y, log: "xy" },
  });
  return [
    panel("inefficiency", "T/T_{SL} at its peak", false),
    panel("time", "τ of the peak", false),
    panel("time", "nτ of the peak", true),
  ];
}

/**
 * T/T_SL at a mark against where the path is begun, and between which times the warm start lies.
 *
 * @param studies of several realizations; those with fewer than two starts before the mark have no line
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResult } from "../experiments/mod.ts";
 * import { ratioByStartPanel } from "./mark_panels.ts";
 * const stored = await storedResult<SpeedLimitStudy>("speed_limit/myrtle_5_32_n500");
 * assert.equal(ratioByStartPanel([stored!.result], { time: 0.2 }).log, undefined);
 * ```
 */
export function ratioByStartPanel(studies: readonly SpeedLimitStudy[], mark: Mark): Panel {
  checkStudies("studies", studies);
  markText(mark);
  const marks = studies.flatMap((study, i) => {
    const starts = ratioByStart(study, mark).filter(({ from }) => from > 0);
    if (starts.length < 2) return [];
    const name = networkAndSize(study);
    const curve = points(
      starts.map(({ from }) => from),
      starts.map(({ inefficiency }) => inefficiency.mean),
      {
        name,
        low: starts.map(({ inefficiency: { mean, interval } }) => interval?.[0] ?? mean),
        high: starts.map(({ inefficiency: { mean, interval } }) => interval?.[1] ?? mean),
      },
    );
    const { time, interval } = warmStartWithError(study);
    if (!time || !Number.isFinite(interval![1])) return [curve];
    // Of several that lie on each other the later is thinner.
    const [bar] = line([interval![0], time, interval![1]], [1, 1, 1], {
      ...{ name, mode: "lines+markers", width: Math.max(2, 8 - 3 * i) },
    });
    const hovertemplate = "warm start: τ = %{x:.3~r} weight²/loss<extra>" + name + "</extra>";
    return [curve, { ...bar, hovertemplate }];
  });
  return {
    marks,
    title: marks.length > 0 ? `to ${markText(mark)}` : "starts are stored of newer studies alone",
    x: "τ of the start (bars: the warm start)",
    y: "T/T_{SL} from there",
    log: marks.length > 0 ? "xy" : undefined,
  };
}
