/**
 * Several panels in one figure, each with its letter.
 *
 * @module
 */
import { checkInteger, checkList, checkOptions, checkRecord, maybe } from "../numerics/checks.ts";
import { AXES_CHECKS, type AxesOptions, axisOf, isMatrix, type Place, placed } from "./axes.ts";
import {
  checkMarks,
  colored,
  type Figure,
  type FigureOptions,
  finished,
  FRAME_CHECKS,
  legendOf,
  type Marks,
  merged,
  onceInLegend,
  titleOf,
  tracesOf,
} from "./figure.ts";
import { gridless, insetAxes, insetDomain, withRoomAbove } from "./inset.ts";
import { LOOK, mathLabel, type PlotlyPart, SIZE } from "./look.ts";
import { extent } from "./within.ts";

const letters = "abcdefghijklmnopqrstuvwxyz";

/** Around each panel, in pixels: room for its letter, tick texts and labels. */
export const AROUND = { l: 64, r: 14, t: 30, b: 52 } as const;

/** What a panel's colour bar needs of its width. */
const BAR_WIDTH = 62;

/** One panel of several. */
export interface Panel extends AxesOptions {
  readonly marks: Marks;
  /** A small plot within this one, above what this one shows. */
  readonly inset?: AxesOptions & { readonly marks: Marks };
}

const MARKED = { ...AXES_CHECKS, marks: checkMarks } as const;

/** The panel, if it is one. */
const checkPanel = <T>(name: string, panel: T): T =>
  checkRecord(name, panel, { ...MARKED, inset: maybe(checkRecord, MARKED) }, "a panel");

/**
 * Several panels in one figure, lettered a, b, c, … in reading order; things of one name share
 * colour and legend entry.
 *
 * @param options `columns` is 2 for up to 4 panels and 3 for more, unless given.
 * @throws {RangeError} if there is no panel, more than 26, or `columns` is not 1 or more.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { panels } from "./panels.ts";
 * import { line } from "./marks.ts";
 * const one = { marks: [line([1, 2], [3, 4])], x: "t" };
 * assert.ok("xaxis2" in panels([one, one]).layout);
 * ```
 */
export function panels(
  list: readonly Panel[],
  options: Omit<FigureOptions, "x" | "y" | "log"> & { readonly columns?: number } = {},
): Figure {
  checkList("list", list, checkPanel);
  const n = list.length;
  if (n < 1 || n > 26) throw new RangeError(`list has ${n} panels; there may be 1 to 26`);
  const { columns = n === 1 ? 1 : n <= 4 ? 2 : 3, title = "" } = checkOptions("options", options, {
    ...FRAME_CHECKS,
    columns: maybe(checkInteger),
  });
  const width = options.width ?? (columns > 2 ? 860 : SIZE.width);
  const marks = list.map((panel) => tracesOf(panel.marks));
  const insets = list.flatMap(({ inset }, i) => inset ? [{ ...inset, panel: i }] : []);
  // At the right it would take from every panel's width.
  const legend = legendOf(marks.flat(), options.legend, width - 100, 4);
  const top = (title ? 34 : 4) + legend.rows * 22;
  const rows = Math.ceil(n / columns);
  const row = insets.length > 0 ? 280 : columns > 2 ? 250 : 270;
  const height = options.height ?? top + rows * row;
  const places = panelPlaces(marks.map((traces) => traces.some(isMatrix)), {
    ...{ columns, width, height: height - top },
  });
  const axes = list.map((panel, i) => {
    const { domain } = places[i];
    const number = i === 0 ? "" : String(i + 1);
    const y = axisOf(panel, "y");
    const own = panel.inset ? withRoomAbove(y, extent(marks[i], "y", y.log)) : y;
    const drawn = placed(marks[i], axisOf(panel, "x"), own, { number, ...places[i] });
    return {
      ...drawn,
      layout: panel.inset ? gridless(drawn.layout) : drawn.layout,
      domain,
      letter: {
        text: `<b>${letters[i]}</b>${panel.title ? "\u2002" + mathLabel(panel.title) : ""}`,
        x: domain.x[0],
        y: domain.y[1],
        xref: "paper",
        yref: "paper",
        xanchor: "left",
        yanchor: "bottom",
        xshift: -36,
        yshift: 5,
        showarrow: false,
        font: { size: 13 },
      },
    };
  });
  const within = insets.map((inset, i) =>
    placed(tracesOf(inset.marks), axisOf(inset, "x"), axisOf(inset, "y"), {
      number: String(n + i + 1),
      domain: insetDomain(axes[inset.panel].domain, {
        width: width / columns - AROUND.l - AROUND.r,
        height: (height - top) / rows - AROUND.t - AROUND.b,
      }),
      labels: { x: 4, y: 2 },
    })
  );
  const layout = {
    ...LOOK,
    width,
    height,
    margin: { l: AROUND.l, r: AROUND.r, b: AROUND.b, t: top + AROUND.t },
    title: titleOf(title),
    ...Object.assign({}, ...axes.map((a) => a.layout), ...within.map((a) => insetAxes(a.layout))),
    images: axes.flatMap((a) => a.images),
    annotations: axes.map((a) => a.letter),
    ...legend.layout,
    ...(legend.rows
      ? { legend: { ...legend.layout.legend as PlotlyPart, y: legendAbove(height - top) } }
      : {}),
  };
  const traces = colored(onceInLegend([...axes, ...within].flatMap((a) => a.traces)));
  return finished(traces, merged(layout, options.layout ?? {}));
}

/** Where a legend above the panels stands, in the plot area's own heights. */
export function legendAbove(height: number): number {
  return 1 + (AROUND.t + 2) / (height - AROUND.t - AROUND.b);
}

/**
 * Where panels lie in the figure's plot area, in reading order, and how many tick texts each has room
 * for. Those that hold a matrix leave room for its colour bar.
 *
 * @param matrices which panels hold a matrix
 * @param size columns, and pixels of all panels with the room around them
 */
export function panelPlaces(
  matrices: readonly boolean[],
  { columns, width, height }: {
    readonly columns: number;
    readonly width: number;
    readonly height: number;
  },
): (Required<Omit<Place, "number">>)[] {
  const rows = Math.ceil(matrices.length / columns);
  const cell = { width: width / columns, height: height / rows };
  const plot = { width: width - AROUND.l - AROUND.r, height: height - AROUND.t - AROUND.b };
  return matrices.map((isMatrix, i) => {
    const left = (i % columns) * cell.width;
    const up = (rows - 1 - Math.floor(i / columns)) * cell.height;
    const wide = cell.width - AROUND.l - AROUND.r - (isMatrix ? BAR_WIDTH : 0);
    const high = cell.height - AROUND.t - AROUND.b;
    return {
      domain: {
        x: [left / plot.width, (left + wide) / plot.width],
        y: [up / plot.height, (up + high) / plot.height],
      },
      labels: { x: Math.max(2, Math.floor(wide / 45)), y: Math.max(2, Math.floor(high / 30)) },
    };
  });
}
