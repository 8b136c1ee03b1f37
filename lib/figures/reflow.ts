/**
 * A figure laid out anew for a page that is narrower than it was made for: panels below each other, as
 * many legend entries in a row as there is room for, fewer ticks.
 *
 * @module
 */
import { colorbarIn, isMatrix, matrixSize } from "./axes.ts";
import { type Figure, legendOf, merged } from "./figure.ts";
import { insetDomain, insetsOf } from "./inset.ts";
import { beyondData, logTicks, type PlotlyPart } from "./look.ts";
import { AROUND, legendAbove, panelPlaces } from "./panels.ts";
import { extent } from "./within.ts";

/** The narrowest panel that can be read, with the room around it: three in 700 pixels. */
const PANEL = 230;
/** What the colour bar of a matrix needs of the width. */
const BAR = 70;
/** About how wide a letter of the title is, and how high a line of it. */
const TITLE = { letter: 8.6, line: 20 } as const;

/**
 * The figure for a width in pixels; as it is, if that is not less than its own.
 *
 * @throws {RangeError} if the width is less than 200.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { line } from "./marks.ts";
 * import { panels } from "./panels.ts";
 * import { reflow } from "./reflow.ts";
 * const one = { marks: [line([1, 2], [3, 4])], x: "t" };
 * const { layout } = reflow(panels([one, one]), 320);
 * assert.equal(layout.width, 320);
 * assert.deepEqual((layout.xaxis2 as { domain: number[] }).domain, [0, 1]); // below the first
 * ```
 */
export function reflow(figure: Figure, width: number): Figure {
  if (!(width >= 200)) throw new RangeError(`width is ${width}; it must be 200 pixels or more`);
  const { data, layout } = figure;
  if (width >= Number(layout.width)) return figure;
  const { l, r } = layout.margin as Margin;
  const legend = legendOf(data, layout.showlegend === false ? "none" : "above", width - l - r);
  const title = brokenTitle(layout.title as PlotlyPart | undefined, width - l - 8);
  const above = (title ? 14 + TITLE.line * title.lines : 0) + legend.rows * 22;
  const isPanels = (layout.xaxis as PlotlyPart | undefined)?.domain !== undefined;
  const common = { width, ...legend.layout, ...(title ? { title: title.record } : {}) };
  return isPanels
    ? reflowedPanels(figure, above + 4, common)
    : reflowedAxes(figure, above + 16, common);
}

function reflowedAxes(
  { data, layout }: Figure,
  top: number,
  common: PlotlyPart & { readonly width: number },
): Figure {
  const margin = layout.margin as Margin;
  const wide = common.width - margin.l - margin.r;
  const matrix = data.find(isMatrix);
  const { width: columns, height: rows } = matrix ? matrixSize(matrix) : { width: 1, height: 1 };
  const high = Math.round(Math.min(
    Number(layout.height) - margin.t - margin.b,
    matrix ? (wide - BAR) * rows / columns : Math.max(240, wide),
  ));
  const places = axesOf(layout).map((number) => ({
    number,
    labels: { x: Math.max(2, Math.floor(wide / 45)), y: Math.max(2, Math.floor(high / 30)) },
  }));
  return {
    data,
    layout: merged(layout, {
      ...common,
      ...fewerTicks(data, layout, places),
      height: top + high + margin.b,
      margin: { t: top },
    }),
  };
}

function reflowedPanels(
  { data, layout }: Figure,
  top: number,
  common: PlotlyPart & { readonly width: number },
): Figure {
  const margin = layout.margin as Margin;
  const all = axesOf(layout);
  const insets = insetsOf(new Map(all.map((number) => [number, domainOf(layout, number)])));
  const numbers = all.filter((number) => !insets.has(number));
  const before = new Set(numbers.map((number) => domainOf(layout, number).x[0])).size;
  const columns = Math.min(before, Math.max(1, Math.floor(common.width / PANEL)));
  const rows = Math.ceil(numbers.length / columns);
  const height = rows * (insets.size > 0 ? 280 : columns > 2 ? 250 : 270);
  const matrices = numbers.map((number) => data.some((t) => isMatrix(t) && isOn(t, number)));
  const places = panelPlaces(matrices, { columns, width: common.width, height })
    .map((place, i) => ({ ...place, number: numbers[i] }));
  const size = {
    width: common.width / columns - AROUND.l - AROUND.r,
    height: height / rows - AROUND.t - AROUND.b,
  };
  const within = [...insets].map(([number, panel]) => ({
    number,
    domain: insetDomain(places.find((place) => place.number === panel)!.domain, size),
    labels: { x: 4, y: 2 },
  }));
  const axes = Object.fromEntries([...places, ...within].flatMap(({ number, domain }) => [
    [`xaxis${number}`, { domain: domain.x }],
    [`yaxis${number}`, { domain: domain.y }],
  ]));
  const annotations = (layout.annotations ?? []) as readonly PlotlyPart[];
  const legend = common.legend as PlotlyPart | undefined;
  return {
    data: data.map((trace) => {
      const place = places.find(({ number }) => isOn(trace, number));
      return isMatrix(trace) && place ? { ...trace, ...colorbarIn(trace, place.domain) } : trace;
    }),
    layout: merged(layout, {
      ...common,
      ...merged(axes, fewerTicks(data, layout, [...places, ...within])),
      ...(legend ? { legend: { ...legend, y: legendAbove(height) } } : {}),
      // The panels' letters come first; what else is written keeps its place.
      annotations: annotations.map((annotation, i) => {
        const domain = places[i]?.domain;
        const isLetter = domain && /^<b>[a-z]<\/b>/.test(String(annotation.text));
        return isLetter ? { ...annotation, x: domain.x[0], y: domain.y[1] } : annotation;
      }),
      height: top + height + margin.b - AROUND.b,
      margin: { t: top + AROUND.t },
    }),
  };
}

interface Margin {
  readonly l: number;
  readonly r: number;
  readonly t: number;
  readonly b: number;
}

/** The numbers of the pairs of axes: "", "2", "3", … */
function axesOf(layout: PlotlyPart): string[] {
  return Object.keys(layout).filter((key) => /^xaxis\d*$/.test(key)).map((key) => key.slice(5))
    .sort((a, b) => Number(a || 1) - Number(b || 1));
}

function domainOf(layout: PlotlyPart, number: string): { x: number[]; y: number[] } {
  const domain = (axis: string) => (layout[axis] as { domain: number[] }).domain;
  return { x: domain(`xaxis${number}`), y: domain(`yaxis${number}`) };
}

function isOn(trace: PlotlyPart, number: string): boolean {
  return (trace.xaxis ?? "x") === `x${number}`;
}

/** Ticks of the log axes for the room that is left. */
function fewerTicks(
  data: readonly PlotlyPart[],
  layout: PlotlyPart,
  places: readonly { readonly number: string; readonly labels: { x: number; y: number } }[],
): PlotlyPart {
  return Object.fromEntries(
    places.flatMap(({ number, labels }) =>
      (["x", "y"] as const).flatMap((letter) => {
        const name = `${letter}axis${number}`;
        const axis = layout[name] as PlotlyPart;
        // Ticks that were asked for have no faint lines between.
        if (axis.type !== "log" || axis.minor === undefined) return [];
        const range = (axis.range as readonly number[] | undefined)?.map((power) => 10 ** power);
        const [low, high] = range ?? extent(data.filter((t) => isOn(t, number)), letter, true) ??
          [1, 10];
        const beyond = letter === "y" && !range ? beyondData(low, high) : 1;
        return [[name, logTicks([low, high], labels[letter], beyond)]];
      })
    ),
  );
}

/** The title in lines that fit. */
function brokenTitle(
  title: PlotlyPart | undefined,
  width: number,
): { readonly lines: number; readonly record: PlotlyPart } | undefined {
  const text = title?.text;
  if (typeof text !== "string" || text === "") return undefined;
  const most = Math.floor(width / TITLE.letter);
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && longer.replace(/<[^>]+>/g, "").length <= most) {
      lines[lines.length - 1] = longer;
    } else lines.push(word);
  }
  return { lines: lines.length, record: { text: lines.join("<br>") } };
}
