/**
 * A figure's number, caption and what is to be had of it, as HTML.
 *
 * @module
 */
// @ts-types="@types/escape-html"
import escapeHtml from "escape-html";
import type { Figure } from "../../figures/figure.ts";
import { sliderOf } from "../../figures/slider.ts";
import { notebookNumber } from "./equations.ts";

/** Lines that say what is drawn, at most. */
const MOST_LINES = 4;

/** Of images as many words are said; the rest is in their alternative text. */
const MOST_WORDS = 8;

/** What a figure of a page is known by. */
export interface FigureNumber {
  /** As in 06.2. */
  readonly number: string;
  /** Its anchor. */
  readonly id: string;
}

/**
 * The number of a page's figure.
 *
 * @param count which of the page's figures it is, from 1 on
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { figureNumber } from "./figure_caption.ts";
 * assert.deepEqual(figureNumber("06_fully_connected", 2), { number: "06.2", id: "figure-06-2" });
 * ```
 */
export function figureNumber(page: string, count: number): FigureNumber {
  const notebook = notebookNumber(page);
  const number = notebook === undefined ? `${count}` : `${notebook}.${count}`;
  return { number, id: `figure-${number.replace(".", "-")}` };
}

/**
 * What a figure shows, in a line of HTML: its title, what is drawn against what, and what its slider
 * moves. Of plotly's marks only those of indices and powers stay.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { figure } from "../../figures/figure.ts";
 * import { line } from "../../figures/marks.ts";
 * import { captionOf } from "./figure_caption.ts";
 * const drawn = figure([line([1, 2], [1, 3])], { title: "A well", x: "time T", y: "T/T_{SL}" });
 * assert.equal(captionOf(drawn), "A well. T/T<sub>SL</sub> against time T.");
 * ```
 */
export function captionOf(figure: Figure): string {
  const slider = sliderOf(figure);
  const parts = [titleOf(figure.layout), panelsText(panelsOf(figure))]
    .filter((part) => part !== "");
  const moved = slider
    ? `; slider: ${slider.label} ${slider.values[0]} … ${slider.values.at(-1)}`
    : "";
  const text = `${parts.join(". ").replace(/[.\s]+$/, "")}${moved}`;
  return `${lightMarkup(text.replace(/^[a-z](?=[a-z])/, (letter) => letter.toUpperCase()))}.`;
}

/** What a panel's axes say, and its colours where these are a scale. */
interface Panel {
  readonly x: string;
  readonly y: string;
  readonly color: string;
  /** The names of its lines, which say what is drawn where no axis does. */
  readonly lines: readonly string[];
}

function panelsOf({ data, layout }: Figure): readonly Panel[] {
  const panels = new Map<string, Panel>();
  for (const trace of data) {
    const axis = (letter: "x" | "y") => {
      const id = String(trace[`${letter}axis`] ?? letter);
      return titleOf(layout[`${letter}axis${id.slice(1)}`]);
    };
    const key = `${trace.xaxis ?? "x"} ${trace.yaxis ?? "y"}`;
    const known = panels.get(key) ?? { x: axis("x"), y: axis("y"), color: "", lines: [] };
    const name = typeof trace.name === "string" ? [trace.name] : [];
    const lines = [...new Set([...known.lines, ...name])];
    panels.set(key, { ...known, lines, color: known.color || titleOf(trace.colorbar) });
  }
  return [...panels.values()];
}

/** Panels in their order; those that share an axis with the next are told together. */
function panelsText(panels: readonly Panel[]): string {
  const groups: { xs: readonly string[]; ys: readonly string[] }[] = [];
  for (const { x, y, color, lines } of panels) {
    const last = groups.at(-1);
    const over = color && x && y ? `${color} over ${x} and ${y}` : color;
    const names = y || lines.length > MOST_LINES ? [y] : lines;
    const ys = (over ? [over] : names).filter((name) => name !== "")
      .map((name) => name.replace(/^([^,(]+), (.+)$/, "$1 ($2)"));
    const xs = over || !x ? [] : [x];
    if (last && last.xs.join() === xs.join()) {
      groups.splice(-1, 1, { xs, ys: [...new Set([...last.ys, ...ys])] });
    } else groups.push({ xs, ys });
    // The same, against something else.
    const [before, now] = groups.slice(-2);
    if (now && before.ys.join() === now.ys.join()) {
      groups.splice(-2, 2, { xs: [...before.xs, ...now.xs], ys: now.ys });
    }
  }
  return groups.map(({ xs, ys }) => [listed(ys), listed(xs)].filter((text) => text !== ""))
    .map((parts) => parts.join(" against ")).filter((text) => text !== "").join("; ");
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

const titleOf = (part: unknown) => textOf((part as { title?: unknown } | undefined)?.title).trim();

function textOf(title: unknown): string {
  if (typeof title === "string") return title;
  const text = (title as { readonly text?: unknown } | undefined)?.text;
  return typeof text === "string" ? text : "";
}

/** Text of plotly as HTML: indices and powers, everything else as text. */
function lightMarkup(text: string): string {
  return escapeHtml(text.replace(/<br\s*\/?>/g, " ").replace(/<\/?(?:b|i|em|strong)>/g, ""))
    .replace(/&lt;(\/?su[bp])&gt;/g, "<$1>").replaceAll("T_SL", "T<sub>SL</sub>").replace(
      /\s+/g,
      " ",
    ).trim();
}

/** The words of a picture that has no record, as a caption. */
export function captionOfWords(words: string): string {
  const all = words.split(/\s+/).filter((word) => word !== "");
  const some = all.slice(0, MOST_WORDS).join(" ");
  return all.length > MOST_WORDS
    ? `${escapeHtml(some.replace(/[,;]$/, ""))} …`
    : `${escapeHtml(some.replace(/[.\s]+$/, ""))}.`;
}

/**
 * A figure's HTML with its number, caption and downloads; `reading.js` adds those that it makes
 * itself, SVG and CSV.
 *
 * @param html a `<figure>`
 * @param caption HTML
 * @param code which of the page's cells made it, from 1 on
 * @param picture its picture's file, seen from the page
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { withCaption } from "./figure_caption.ts";
 * const html = withCaption('<figure class="picture"><img></figure>', {
 *   ...{ number: "06.2", id: "figure-06-2", caption: "A frog.", code: 3, picture: "a.png" },
 * });
 * assert.match(html, /^<figure id="figure-06-2" class="picture"><img><figcaption>/);
 * assert.match(html, /href="#code-3"/);
 * ```
 */
export function withCaption(
  html: string,
  { number, id, caption, code, picture }: FigureNumber & {
    readonly caption: string;
    readonly code: number;
    readonly picture: string;
  },
): string {
  const named = `<a class="figure-number" href="#${id}" title="Permalink to figure ${number}">` +
    `Figure ${number}</a>`;
  const tools = `<span class="figure-tools">` +
    `<a href="${escapeHtml(picture)}" download="${id}.png" aria-label="Figure ${number} as PNG">` +
    `PNG</a><a class="figure-code" href="#code-${code}" ` +
    `aria-label="The code of figure ${number}">Code</a></span>`;
  return html.replace("<figure", `<figure id="${id}"`)
    .replace(/<\/figure>$/, () => `<figcaption>${named} ${caption} ${tools}</figcaption></figure>`);
}
