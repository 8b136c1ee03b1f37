/**
 * A recorded path's speed limit as a picture.
 *
 * @module
 */
import {
  checkNumbers,
  checkOptions,
  checkRecord,
  checkText,
  maybe,
  must,
} from "../numerics/checks.ts";
import type { SpeedLimitReport } from "../recordings/mod.ts";
import type { Figure } from "./figure.ts";
import { line } from "./marks.ts";
import { type Panel, panels } from "./panels.ts";

const COLUMN = must(checkNumbers, { gaps: true });
const COLUMN_CHECKS = {
  time: COLUMN,
  inefficiency: COLUMN,
  tortuosity: COLUMN,
  speedSpread: COLUMN,
  lossDrop: COLUMN,
  pathLength: COLUMN,
  displacementSquared: COLUMN,
} as const;

/** Points of a line: more are not seen, and would make a notebook heavy. */
const POINTS = 600;

/**
 * T/T_SL with its two factors, the lengths, and the loss that was lost, each against T.
 *
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { reportFigure } from "./report_figure.ts";
 * import { speedLimitReport } from "../recordings/mod.ts";
 *
 * const path = { time: [0, 1, 3], loss: [2, 1.5, 1], displacementSquared: [0, 1, 4], pathLength: [0, 1, 2] };
 * const { data } = reportFigure(speedLimitReport(path));
 * assert(data.some(({ name }) => name === "T/T<sub>SL</sub>"));
 * ```
 */
export function reportFigure(
  speedLimitReport: SpeedLimitReport,
  options: { readonly title?: string } = {},
): Figure {
  const { columns } = checkRecord("speedLimitReport", speedLimitReport, {
    columns: must(checkRecord, COLUMN_CHECKS),
  }, "a report, as speedLimitReport gives it");
  const { title = "" } = checkOptions("options", options, { title: maybe(checkText) });
  const indices = spread(columns.time);
  const T = indices.map((i) => columns.time[i]);
  const of = (name: keyof typeof columns) => indices.map((i) => columns[name][i]);
  const log = T.at(-1)! / T[0] > 30 ? "x" : undefined;
  const list: Panel[] = [
    {
      marks: [
        line(T, of("inefficiency"), { name: "T/T_{SL}" }),
        line(T, of("speedSpread"), { name: "speed spread TΔL/l_{γ}²", dash: "dash" }),
        line([T[0], T.at(-1)!], [1, 1], { color: "#9aa3ad", width: 1 }),
      ],
      ...{ x: "time T", y: "ratio", log },
    },
    {
      marks: [line(T, of("tortuosity"))],
      ...{ x: "time T", y: "l_{γ}/l_{geo}", log },
    },
    {
      marks: [line(T, of("lossDrop"))],
      ...{ x: "time T", y: "ΔL", log },
    },
    {
      marks: [
        line(T, of("pathLength"), { name: "l_{γ}" }),
        line(T, of("displacementSquared").map(Math.sqrt), { name: "l_{geo}", dash: "dash" }),
      ],
      ...{ x: "time T", y: "length", log },
    },
  ];
  return panels(list, { title });
}

/** Indices after the origin, spread evenly in the logarithm of time where there are many. */
function spread(time: Float64Array): number[] {
  const last = time.length - 1;
  if (last <= POINTS) return Array.from({ length: last }, (_, i) => i + 1);
  const chosen = new Set<number>();
  for (let i = 0; i < POINTS / 2; i++) {
    chosen.add(1 + Math.round((last - 1) * i / (POINTS / 2 - 1)));
    chosen.add(Math.round(last ** (i / (POINTS / 2 - 1))));
  }
  return [...chosen].sort((a, b) => a - b);
}
