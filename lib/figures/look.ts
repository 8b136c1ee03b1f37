/**
 * The one look of every figure: colours, fonts, axes. Pure records for plotly's layout.
 *
 * The line colours keep a contrast of 3 or more on white and on a dark page, so that a site changes
 * paper, text and grid alone, as `DARK` says.
 *
 * @module
 */
import { checkInteger } from "../numerics/checks.ts";

/** A plotly record: a trace, a layout, or a part of one. */
export type PlotlyPart = Readonly<Record<string, unknown>>;

/** Stops of a colour scale, from 0 to 1, as `#rrggbb`. */
export type ColorScale = readonly (readonly [number, string])[];

/** Colours of things that have no order, told apart with colour-blind eyes too. */
export const COLORS: readonly string[] = [
  "#0072b2",
  "#d55e00",
  "#009e73",
  "#b5599a",
  "#8c7300",
  "#6f7b8a",
];

const RAMP: ColorScale = [[0, "#6a5acd"], [0.4, "#b03a8c"], [0.75, "#dc5a3c"], [1, "#c67c00"]];

/** Colour scales of heat maps: from nothing to much, and from below to above a middle. */
export const SCALES: {
  readonly sequential: ColorScale;
  readonly diverging: ColorScale;
} = {
  sequential: [
    [0, "#440154"],
    [0.125, "#482878"],
    [0.25, "#3e4989"],
    [0.375, "#31688e"],
    [0.5, "#26828e"],
    [0.625, "#1f9e89"],
    [0.75, "#35b779"],
    [0.875, "#6ece58"],
    [1, "#fde725"],
  ],
  diverging: [
    [0, "#2166ac"],
    [0.25, "#74add1"],
    [0.5, "#f7f7f7"],
    [0.75, "#ef8a62"],
    [1, "#b2182b"],
  ],
};

/** The font's family: the first is the one of the static picture. */
const FONT = "DejaVu Sans, Verdana, sans-serif";

/** Width and height of a figure in pixels, unless it says otherwise. */
export const SIZE = { width: 700, height: 420 } as const;

export const INK = "#2b2f36";
const GRID = "#dfe3e8";
const FAINT_GRID = "#eef1f4";

/** What takes the place of paper, text and grid on a dark page; lines and bands stay as they are. */
export const DARK: Readonly<Record<string, string>> = {
  "#ffffff": "rgba(0,0,0,0)",
  [INK]: "#d6dae0",
  [GRID]: "#3a3f47",
  [FAINT_GRID]: "#292d33",
};

/**
 * What takes their place where it is not known whether the page is light or dark, as in JupyterLab:
 * on white and on its #111111 the ink has a contrast of 4.3, the most that one colour can have.
 */
export const EITHER: Readonly<Record<string, string>> = {
  "#ffffff": "rgba(0,0,0,0)",
  [INK]: "#767a80",
  [GRID]: "rgba(128,136,148,0.3)",
  [FAINT_GRID]: "rgba(128,136,148,0.13)",
};

/** A plotly record with every colour that `colors` names replaced. */
export function recolored<T>(value: T, colors: Readonly<Record<string, string>>): T;
export function recolored(value: unknown, colors: Readonly<Record<string, string>>): unknown {
  if (typeof value === "string") return Object.hasOwn(colors, value) ? colors[value] : value;
  if (Array.isArray(value)) return value.map((item) => recolored(item, colors));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, recolored(item, colors)]),
  );
}

/**
 * `count` colours for things in an order (widths, times, learning rates), from first to last.
 *
 * @throws {RangeError} if `count` is not a whole number of 1 or more.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { orderedColors } from "./look.ts";
 * assert.deepEqual(orderedColors(2), ["#6a5acd", "#c67c00"]);
 * ```
 */
export function orderedColors(count: number): string[] {
  checkInteger("count", count);
  return Array.from({ length: count }, (_, i) => {
    const rgb = colorAt(RAMP, count === 1 ? 0 : i / (count - 1));
    return "#" + rgb.map((part) => part.toString(16).padStart(2, "0")).join("");
  });
}

/** Red, green and blue (0–255) of a colour scale at `position` in [0, 1], clipped to it. */
export function colorAt(scale: ColorScale, position: number): [number, number, number] {
  const t = Math.min(1, Math.max(0, position));
  const above = Math.max(1, scale.findIndex(([stop]) => stop >= t));
  const [[low, from], [high, to]] = [scale[above - 1], scale[above]];
  const share = (t - low) / (high - low);
  const [a, b] = [rgbOf(from), rgbOf(to)];
  return [0, 1, 2].map((k) => Math.round(a[k] + share * (b[k] - a[k]))) as [number, number, number];
}

/** `#rrggbb` as a translucent colour. */
export function translucent(color: string, opacity: number): string {
  return `rgba(${rgbOf(color).join(",")},${opacity})`;
}

function rgbOf(color: string): number[] {
  if (!/^#[0-9a-f]{6}$/i.test(color)) {
    throw new RangeError(`color is ${color}; it must be written #rrggbb`);
  }
  return [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
}

/**
 * A label with `_{…}` and `^{…}` as lowered and raised text, which static pictures can draw too
 * (there is no TeX in them).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mathLabel } from "./look.ts";
 * assert.equal(mathLabel("T / T_{SL}"), "T / T<sub>SL</sub>");
 * ```
 */
export function mathLabel(text: string): string {
  return text.replace(/_\{([^{}]*)\}/g, "<sub>$1</sub>").replace(
    /\^\{([^{}]*)\}/g,
    "<sup>$1</sup>",
  );
}

/** What an axis may say of itself; ranges are in the data's own units, on log axes too. */
export interface Axis {
  readonly label?: string;
  readonly log?: boolean;
  readonly range?: readonly [number, number];
  /** Where ticks stand, with their texts when these are not the numbers themselves. */
  readonly ticks?: readonly number[];
  readonly tickText?: readonly string[];
}

/** Plotly's settings: no button that would send a figure to its maker, none of no use here. */
export const SETTINGS = {
  displaylogo: false,
  plotlyServerURL: "",
  modeBarButtonsToRemove: ["sendChartToCloud", "select2d", "lasso2d", "autoScale2d"],
} as const;

/**
 * Plotly's record of an axis.
 *
 * @param extent Smallest and largest (positive, on a log axis) value shown: where log ticks go.
 * @param labels How many tick texts have room.
 * @throws {RangeError} if the axis is logarithmic and its range or all its data are not positive.
 */
export function axisLayout(
  name: string,
  { label = "", log = false, range, ticks, tickText }: Axis,
  extent?: readonly [number, number],
  labels = 8,
): PlotlyPart {
  if (log && range && !(range[0] > 0 && range[1] > 0)) {
    throw new RangeError(`range of ${name} is [${range}]; on a log axis both must be positive`);
  }
  if (log && !range && !extent) {
    throw new RangeError(`${name} has no positive value; a log axis needs one`);
  }
  const beyond = log && !range && name === "y" ? beyondData(...extent!) : 1;
  return {
    title: { text: mathLabel(label), standoff: 8, font: { size: 13 } },
    type: log ? "log" : undefined,
    range: range && log ? range.map(Math.log10) : range,
    tickfont: SMALL,
    ...(log && !ticks ? logTicks(range ?? extent!, labels, beyond) : {}),
    ...(ticks ? { tickvals: ticks, ticktext: tickText } : {}),
    exponentformat: "power",
    minexponent: 4,
    showline: true,
    linecolor: "#9aa3ad",
    ticks: "outside",
    ticklen: 4,
    tickcolor: "#9aa3ad",
    gridcolor: GRID,
    zeroline: false,
    automargin: true,
  };
}

/** Plotly draws a y axis a twentieth longer than its data at either end: by what factor, on a log axis. */
export function beyondData(low: number, high: number): number {
  return (high / low) ** (1 / 20);
}

/** Within a decade: the finest that has room is taken. */
const TENTHS = Array.from({ length: 90 }, (_, i) => (10 + i) / 10);
const WITHIN: readonly (readonly number[])[] = [
  TENTHS,
  TENTHS.filter((_, i) => i % 2 === 0),
  TENTHS.filter((_, i) => i % 5 === 0),
  [1, 1.5, 2, 3, 4, 5, 6, 8],
  [1, 2, 3, 5],
  [1, 2, 5],
  [1, 3],
  [1],
];
/** What lies between two tick texts at least, in the room that is reckoned for one. */
const APART = 0.75;

/**
 * Ticks of a log axis: decades with faint lines between; within two decades as many of 1, 2, 5, … as there
 * is room for. Every field of the axis that may differ is told, so that one can be laid over another.
 *
 * @param labels how many texts have room
 * @param around the factor by which the axis goes beyond its data at either end
 */
export function logTicks(
  [low, high]: readonly [number, number],
  labels: number,
  around = 1,
): PlotlyPart {
  const decades = Math.abs(Math.log10(high / low));
  const minor = { dtick: "D1", gridcolor: FAINT_GRID };
  const none = { dtick: undefined, tickvals: undefined, tickformat: undefined, tickangle: 0 };
  if (decades < 1.8) {
    const [from, to] = [Math.min(low, high) / around, Math.max(low, high) * around];
    // A format of one's own, as plotly would write 2 and 5 smaller than 1.
    const tickformat = low > 1e-4 && high < 1e6 ? "~g" : undefined;
    return { ...none, tickvals: ticksWithin(from, to, labels), tickformat, tickfont: SMALL, minor };
  }
  const step = Math.ceil(decades / labels);
  // Plotly enlarges powers of ten by a quarter.
  const tickfont = { size: 10 };
  return { ...none, dtick: step, tickfont, minor: { ...minor, dtick: step === 1 ? "D1" : 1 } };
}

const SMALL = { size: 12 };

/** Round numbers from `from` to `to`, the most that stand apart; of fewer than two plotly has better ones. */
function ticksWithin(from: number, to: number, labels: number): number[] | undefined {
  const first = Math.floor(Math.log10(from));
  const sets = WITHIN.map((digits) =>
    [0, 1, 2].flatMap((k) => digits.map((digit) => Number(`${digit}e${first + k}`)))
      .filter((tick) => tick >= from && tick <= to)
  ).filter((ticks) => ticks.length > 1);
  const unit = Math.log10(to / from) / labels;
  const fits = (ticks: readonly number[]) =>
    ticks.slice(1).every((tick, i) => Math.log10(tick / ticks[i]) >= APART * unit);
  const coarsest = sets.at(-1);
  return sets.find(fits) ?? (coarsest && [coarsest[0], coarsest[coarsest.length - 1]]);
}

/** The layout that all figures share. */
export const LOOK: PlotlyPart = {
  ...SIZE,
  font: { family: FONT, size: 13, color: INK },
  paper_bgcolor: "#ffffff",
  plot_bgcolor: "#ffffff",
  colorway: COLORS,
  hovermode: "closest",
  hoverlabel: { font: { family: FONT } },
  bargap: 0.3,
};
