/**
 * What a progress bar says: one line of text, fitted to a width.
 *
 * @module
 */
import { stripVTControlCharacters } from "node:util";

/** All that one line of progress tells; times in seconds. */
export interface ProgressState {
  readonly title: string;
  readonly done: number;
  readonly total?: number;
  readonly unit?: string;
  readonly elapsed: number;
  readonly left?: number;
  readonly note?: string;
  /** How the work ended, if it has: by itself, by an error, or because the reader stopped it. */
  readonly end?: "done" | "failed" | "stopped";
}

/** Columns that a JupyterLab output shows without wrapping. */
const CELL_WIDTH = 90;
const BAR_WIDTH = 20;

/**
 * One line of progress, at most `width` columns wide: title, bar, count, elapsed time, time left,
 * note. What does not fit gives way in the order note, bar, title.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { progressLine } from "./progress_line.ts";
 * const line = progressLine({ title: "Fetching", done: 5e6, total: 1e7, unit: "bytes", elapsed: 4 });
 * assert.equal(line, "Fetching  ██████████░░░░░░░░░░   50 %  5.0/10 MB  0:04");
 * ```
 */
export function progressLine(state: ProgressState, width = CELL_WIDTH): string {
  const { done, total, unit, elapsed, left, end } = state;
  const finished = end === "done"; // the share done says nothing then
  const title = oneLine(state.title);
  const note = oneLine(state.note ?? "");
  const fraction = total ? Math.min(1, done / total) : undefined;
  const bar = fraction === undefined || finished
    ? ""
    : "█".repeat(Math.floor(fraction * BAR_WIDTH)).padEnd(BAR_WIDTH, "░");
  const percent = fraction === undefined || finished
    ? ""
    : `${Math.floor(fraction * 100).toString().padStart(3)} %`;
  const amount = done === 0 && (finished || !total) ? "" : count(done, total, unit, finished);
  const times = duration(elapsed) + (left === undefined ? "" : `, ${duration(left)} left`);
  const head = (end ? { done: "✓ ", failed: "✗ ", stopped: "■ " }[end] : "") + title;

  const join = (...parts: string[]) => parts.filter((part) => part !== "").join("  ");
  const whole = join(head, bar, percent, amount, times);
  const room = width - columns(whole) - 2;
  if (room >= 0) return room < 4 ? whole : join(whole, cut(note, room));
  const bare = join(percent, amount, times);
  return cut(join(cut(head, Math.max(8, width - columns(bare) - 2)), bare), width);
}

/** A time in seconds as m:ss or h:mm:ss. */
export function duration(seconds: number): string {
  const s = Math.round(seconds);
  const two = (x: number) => Math.floor(x).toString().padStart(2, "0");
  return s < 3600
    ? `${Math.floor(s / 60)}:${two(s % 60)}`
    : `${Math.floor(s / 3600)}:${two((s % 3600) / 60)}:${two(s % 60)}`;
}

function count(done: number, total?: number, unit?: string, finished?: boolean): string {
  const out = !finished && total ? total : undefined;
  if (unit !== "bytes") {
    const whole = wholeDone({ done, total, unit });
    const text = out === undefined ? short(whole) : `${short(whole)}/${short(out)}`;
    return unit ? `${text} ${unit}` : text;
  }
  const largest = out ?? done;
  const [scale, name] = largest >= 1e9 ? [1e9, "GB"] : largest >= 1e6 ? [1e6, "MB"] : [1e3, "kB"];
  const size = (bytes: number) => (bytes / scale).toFixed(bytes / scale < 9.95 ? 1 : 0);
  return out === undefined ? `${size(done)} ${name}` : `${size(done)}/${size(out)} ${name}`;
}

/** How many are done of a whole number: what has a unit is counted whole, a run of three as well. */
export function wholeDone({ done, total, unit }: Pick<ProgressState, "done" | "total" | "unit">) {
  return unit && Number.isInteger(total) ? Math.floor(done) : done;
}

function short(x: number): string {
  return Number.isInteger(x) ? String(x) : x.toPrecision(4);
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]|\p{Emoji_Presentation}/u;

/**
 * How many columns a terminal shows a text in: wide characters take two, combining marks none. Ours,
 * not npm string-width, which would add 0.15 s to the start of every notebook.
 */
export function columns(text: string): number {
  let sum = 0;
  for (const character of text) {
    sum += /\p{Mn}/u.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  }
  return sum;
}

function cut(text: string, width: number): string {
  if (columns(text) <= width) return text;
  let kept = "";
  let used = 1; // the ellipsis
  for (const character of text) {
    used += columns(character);
    if (used > width) break;
    kept += character;
  }
  return `${kept}…`;
}

function oneLine(text: string): string {
  // deno-lint-ignore no-control-regex
  return stripVTControlCharacters(text).replace(/[\s\x00-\x1f\x7f]+/g, " ").trim();
}
