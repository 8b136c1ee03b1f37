/**
 * A slider over frames that were computed before: it needs no kernel, so it works in JupyterLab, on
 * a page and in a saved notebook alike. Plotly's slider answers to the mouse alone; the companion's pages
 * let the keyboard move it too (`plots.js`), which no viewer of notebooks does.
 *
 * @module
 */
import {
  checkInteger,
  checkList,
  checkOptions,
  checkRecord,
  checkText,
  checkThat,
  maybe,
  must,
} from "../numerics/checks.ts";
import { checkFigure, type Figure, finished } from "./figure.ts";
import { axisLayout, INK, mathLabel, type PlotlyPart } from "./look.ts";
import { extent, valuesAlong } from "./within.ts";

/** One position of a slider. */
export interface SliderFrame {
  /** What the slider says there; numbers to 4 digits. */
  readonly value: number | string;
  /** What is shown there: what `figure` or `panels` gives, with the same axes in each frame. */
  readonly figure: Figure;
}

/** How a slider is labelled. */
export interface SliderOptions {
  /**
   * What the slider changes, with its unit if it has one; before values that are sentences, such as
   * "τ = 0.2", a word: "at". `_{…}` and `^{…}` lower and raise.
   */
  readonly label: string;
  /** Index of the frame that is shown first, and alone in a static picture. */
  readonly start?: number;
}

/** Pixels below the axes that the slider takes, and those of a line of text in its place. */
const ROOM = { slider: 92, text: 24 };

/** A notebook may have 2 MB in all. */
const MOST_BYTES = 1.2e6;

/**
 * One figure of several, with a slider that chooses which is seen.
 *
 * Axes keep the range that holds all frames (or the one they were given): what moves is the data
 * alone. A trace that is the same in several frames is stored once. The static picture shows the
 * frame `start` and says its value.
 *
 * @param frames two or more, in the slider's order
 * @throws {RangeError} if there are fewer than two frames, their axes differ, `start` is no index of
 * a frame, or the figure would be larger than 1.2 MB
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { figure } from "./figure.ts";
 * import { line } from "./marks.ts";
 * import { withSlider } from "./slider.ts";
 *
 * const t = [0, 1, 2, 3];
 * const frames = [1, 2, 4].map((rate) => ({
 *   value: rate,
 *   figure: figure([line(t, t.map((t) => Math.exp(-rate * t)))], { x: "t", y: "loss" }),
 * }));
 * const { data, layout } = withSlider(frames, { label: "rate λ" });
 * assert.deepEqual(data.map(({ visible }) => visible), [true, false, false]);
 * assert.equal((layout.sliders as unknown[]).length, 1);
 * ```
 */
export function withSlider(
  frames: readonly SliderFrame[],
  options: SliderOptions,
): Figure {
  checkList("frames", frames, must(checkRecord, { value: checkWords, figure: checkFigure }));
  const { label, start = 0 } = checkOptions("options", options, {
    ...{ label: checkText, start: maybe(checkInteger, { least: 0 }) },
  });
  if (frames.length < 2) {
    throw new RangeError(`frames has ${frames.length} entries; a slider needs two at least`);
  }
  checkInteger("start", start, { least: 0, most: frames.length - 1 });
  const sentences = frames.some(({ value }) => typeof value === "string" && value.includes(" = "));
  const prefix = `${mathLabel(label)}${sentences ? " " : " = "}`;
  const shared = sharedAxes(frames);
  const { traces, seen } = uniqueTraces(frames);
  const base = frames[start].figure.layout;
  const titles = frames.map(({ figure: { layout } }) => textOf(layout.title));
  const varies = titles.some((title) => title !== titles[0]);
  const steps = frames.map(({ value }, frame) => ({
    label: wordsOf(value),
    method: "update",
    args: [
      { visible: seen.map((in_) => in_.has(frame)) },
      varies ? { "title.text": titles[frame] ?? "" } : {},
    ],
  }));
  const margin = base.margin as { readonly b: number };
  const made = finished(
    traces.map((trace, i) => ({ ...trace, visible: seen[i].has(start) })),
    {
      ...base,
      ...shared,
      height: Number(base.height) + ROOM.slider,
      margin: { ...margin, b: margin.b + ROOM.slider },
      sliders: [{
        active: start,
        steps,
        currentvalue: { prefix, xanchor: "left", font: { size: 13 } },
        pad: { t: margin.b, b: 8, l: 4, r: 4 },
        x: 0,
        len: 1,
        y: 0,
        yanchor: "top",
        bgcolor: "#c3cad3",
        activebgcolor: "#0072b2",
        bordercolor: "#9aa3ad",
        tickcolor: "#9aa3ad",
        font: { size: 11 },
        ticklen: 4,
        minorticklen: 0,
      }],
    },
  );
  const bytes = JSON.stringify(made).length;
  if (bytes > MOST_BYTES) {
    throw new RangeError(
      `${frames.length} frames make a figure of ${(bytes / 1e6).toFixed(1)} MB; at most ` +
        `${MOST_BYTES / 1e6} MB keep a notebook light: give fewer frames or points`,
    );
  }
  return made;
}

/** The slider of a figure: its label, where it stands, and all its positions in words. */
export function sliderOf({ layout }: Figure):
  | {
    readonly label: string;
    readonly prefix: string;
    readonly active: number;
    readonly values: readonly string[];
  }
  | undefined {
  const slider = (layout.sliders as readonly PlotlyPart[] | undefined)?.[0];
  if (!slider) return undefined;
  const { prefix } = slider.currentvalue as { prefix: string };
  const steps = slider.steps as readonly { label: string }[];
  return {
    label: prefix.replace(/ (= )?$/, ""),
    prefix,
    active: Number(slider.active),
    values: steps.map(({ label }) => label),
  };
}

/**
 * The figure as a picture can show it: what is seen at first, and the slider's value as a text in
 * the place of the slider. A figure without a slider comes back as it is.
 */
export function still(figure: Figure): Figure {
  const slider = sliderOf(figure);
  if (!slider) return figure;
  const { sliders: _, ...layout } = figure.layout;
  const margin = layout.margin as { readonly b: number };
  const bottom = margin.b - ROOM.slider;
  const note = {
    text: `${slider.prefix}<b>${slider.values[slider.active]}</b>, one of ` +
      `${slider.values.length} from ${slider.values[0]} to ${slider.values.at(-1)}`,
    x: 0,
    y: 0,
    xref: "paper",
    yref: "paper",
    xanchor: "left",
    yanchor: "top",
    yshift: -bottom + 2,
    showarrow: false,
    font: { size: 12, color: INK },
  };
  return {
    data: figure.data.filter(({ visible }) => visible !== false),
    layout: {
      ...layout,
      height: Number(layout.height) - ROOM.slider + ROOM.text,
      margin: { ...margin, b: bottom + ROOM.text },
      annotations: [...(layout.annotations as readonly PlotlyPart[] ?? []), note],
    },
  };
}

const isAxis = (key: string) => /^[xy]axis\d*$/.test(key);

/** Each axis with the range that holds all frames, and ticks for it. */
function sharedAxes(frames: readonly SliderFrame[]): PlotlyPart {
  const keys = (frame: SliderFrame) => Object.keys(frame.figure.layout).filter(isAxis).sort();
  const names = keys(frames[0]);
  frames.forEach((frame, i) => {
    const own = keys(frame);
    if (own.join() !== names.join()) {
      throw new RangeError(
        `frame ${i} has the axes ${own}; frame 0 has ${names}: give all the same`,
      );
    }
  });
  return Object.fromEntries(names.map((name) => {
    const axes = frames.map(({ figure }) => figure.layout[name] as PlotlyPart);
    return [name, sharedAxis(name, axes, frames.map(({ figure }) => figure))];
  }));
}

function sharedAxis(
  name: string,
  axes: readonly PlotlyPart[],
  figures: readonly Figure[],
): PlotlyPart {
  const log = axes[0].type === "log";
  const given = axes.map(({ range }) => range as readonly [number, number] | undefined);
  if (given.every((range) => range !== undefined && range.join() === given[0]!.join())) {
    return axes[0];
  }
  const letter = name[0] as "x" | "y";
  const id = name.replace("axis", "");
  if (given.every((range) => range !== undefined)) {
    const ends = given.map((range) => range!);
    const range = [
      Math.min(...ends.map(([low]) => low)),
      Math.max(...ends.map(([, high]) => high)),
    ];
    return { ...axes[0], range };
  }
  const drawn = figures.flatMap(({ data }) =>
    data.filter((trace) => (trace[`${letter}axis`] ?? letter) === id)
  );
  const numbers = drawn.flatMap((trace) => valuesAlong(trace, letter));
  if (numbers.length === 0 || numbers.some((value) => typeof value === "string")) return axes[0];
  const [low, high] = extent(drawn, letter, log) ?? (log ? [1, 10] : [0, 1]);
  const onScale = (value: number) => log ? Math.log10(value) : value;
  const [from, to] = [onScale(low), onScale(high)];
  const room = (to > from ? to - from : 1) * (letter === "x" ? 0.02 : 0.06);
  const range = [from - room, to + room] as const;
  if (!log || axes[0].minor === undefined) return { ...axes[0], range };
  // Ticks were chosen for one frame's range; this one's may need others.
  const { dtick: _, tickvals: __, tickformat: ___, minor: ____, ...rest } = axes[0];
  const { domain } = axes[0] as { domain?: readonly [number, number] };
  const pixels = 560 * (domain ? domain[1] - domain[0] : 1);
  const labels = Math.max(2, Math.floor(pixels / (letter === "x" ? 45 : 60)));
  const fresh = axisLayout(
    letter,
    { log, range: [10 ** range[0], 10 ** range[1]] },
    undefined,
    labels,
  );
  const ticks = Object.fromEntries(
    ["dtick", "tickvals", "tickformat", "tickangle", "minor", "tickfont"]
      .filter((key) => fresh[key] !== undefined).map((key) => [key, fresh[key]]),
  );
  return { ...rest, ...ticks, range };
}

/** Every trace once, and in which frames it is seen; drawn in the order of a frame. */
function uniqueTraces(frames: readonly SliderFrame[]) {
  const byText = new Map<string, { trace: PlotlyPart; place: number; frames: Set<number> }>();
  frames.forEach(({ figure }, frame) => {
    figure.data.forEach((trace, place) => {
      const text = JSON.stringify(trace);
      const known = byText.get(text) ?? { trace, place, frames: new Set() };
      known.frames.add(frame);
      byText.set(text, known);
    });
  });
  const all = [...byText.values()].sort((a, b) => a.place - b.place);
  return { traces: all.map(({ trace }) => trace), seen: all.map(({ frames }) => frames) };
}

function textOf(title: unknown): string | undefined {
  return (title as { readonly text?: string } | undefined)?.text;
}

const checkWords = (name: string, value: number | string): unknown =>
  checkThat(name, value, ["string", "number"].includes(typeof value), "text or a number");

function wordsOf(value: number | string): string {
  return typeof value === "number" ? String(Number(value.toPrecision(4))) : mathLabel(value);
}
