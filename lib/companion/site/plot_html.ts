/**
 * Figures and pictures as HTML.
 *
 * @module
 */
import { deflateRawSync } from "node:zlib";
// @ts-types="@types/escape-html"
import escapeHtml from "escape-html";
import type { Figure } from "../../figures/figure.ts";
import { DARK, type PlotlyPart, SETTINGS } from "../../figures/look.ts";
import { reflow } from "../../figures/reflow.ts";

/** A picture's file, seen from the page, and its size in pixels. */
export interface Picture {
  readonly path: string;
  readonly width: number;
  readonly height: number;
}

/**
 * Widths in pixels, below a figure's own, for which it is laid out anew: telephones, tablets, and the
 * column of text, which holds three panels.
 */
const WIDTHS = [300, 360, 560, 700] as const;

/**
 * A figure as its picture, with the record that `plots.js` draws from when it comes into view.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { figure } from "../../figures/figure.ts";
 * import { line } from "../../figures/marks.ts";
 * import { plotHtml } from "./plot_html.ts";
 * const drawn = figure([line([1, 2], [3, 4], { name: "</script>" })]);
 * const html = plotHtml(drawn, { path: "a.png", width: 700, height: 420 }, '"loss"');
 * assert.match(html, /alt="&quot;loss&quot;"/);
 * assert.equal(html.match(/<\/script>/g)?.length, 1);
 * assert(html.includes('<script type="application/x-deflated-json">'));
 * ```
 */
export function plotHtml(figure: Figure, picture: Picture, alt: string): string {
  const { width = picture.width } = figure.layout as { width?: number };
  const layouts = [
    ...WIDTHS.filter((narrow) => narrow < width).map((narrow) => {
      const { data, layout } = reflow(figure, narrow);
      return { from: narrow, layout, traces: changes(figure.data, data) };
    }),
    { from: width, layout: figure.layout },
  ];
  // So that nothing moves when the figure takes its picture's place on a telephone.
  const height = Number(layouts[0].layout.height ?? picture.height);
  const colors = { light: LIGHT, dark: DARK };
  const spec = { data: figure.data, layouts, colors, settings: SETTINGS };
  const kind = figure.data.every(isBasic) ? "" : " data-plotly=cartesian";
  return `<figure class="plot" style="--narrow-height:${height}px"${kind}>${image(picture, alt)}` +
    `<script type="${PACKED}">${packed(spec)}</script></figure>`;
}

/** Of a figure's record: JSON, deflated, in base64. A fifth of its size, and no sign ends the script. */
const PACKED = "application/x-deflated-json";

function packed(value: unknown): string {
  return deflateRawSync(JSON.stringify(value), { level: 9 }).toString("base64");
}

/** Whether the smaller plotly.js draws a trace. */
const isBasic = ({ type = "scatter" }: PlotlyPart) => type === "scatter" || type === "bar";

/** A picture with its words. */
export function pictureHtml(picture: Picture, alt: string): string {
  return `<figure class="picture">${image(picture, alt)}</figure>`;
}

// The page's own white shows through, so that a figure has no edges on it.
const LIGHT: Readonly<Record<string, string>> = { "#ffffff": "rgba(0,0,0,0)" };

function image({ path, width, height }: Picture, alt: string): string {
  return `<img src="${escaped(path)}" width="${width}" height="${height}" loading="lazy" ` +
    `decoding="async" alt="${escaped(alt)}">`;
}

/** By trace, what differs. */
function changes(
  from: readonly PlotlyPart[],
  to: readonly PlotlyPart[],
): Record<number, PlotlyPart> {
  return Object.fromEntries(to.flatMap((trace, i) => {
    const changed = Object.entries(trace).filter(([key, value]) => value !== from[i][key]);
    return changed.length > 0 ? [[i, Object.fromEntries(changed)]] : [];
  }));
}

/** Text as it may stand in HTML and in its attributes, on one line. */
export function escaped(text: string): string {
  return escapeHtml(text).replace(/\s*\n\s*/g, " ");
}
