/**
 * A progress bar that works in a notebook's cell, in a terminal and in a log file.
 *
 * It owns no timer: it draws when it is told something, so nothing is left running at the end.
 *
 * @module
 */
import { type Broadcast, flush, kernelBroadcast } from "./kernel.ts";

/** Where a terminal's bar is drawn; the process's stderr unless a test says otherwise. */
export interface Terminal {
  readonly isTerminal: boolean;
  /** Width in columns, asked for again at each drawing. */
  columns(): number;
  write(text: string): void;
}

/** How a progress bar counts and where it is drawn. */
export interface ProgressOptions {
  /** What 100 % is; leave it out when it is not known. It may come, or change, with an update. */
  readonly total?: number;
  /** What is counted ("images"), or "bytes", which are shown as kB, MB, GB. */
  readonly unit?: string;
  /** How much was done before this run (a resumed download), so that the time left is right. */
  readonly start?: number;
  /** Nothing is shown, in a cell, of work that ends sooner than this, in ms. */
  readonly delay?: number;
  /** The kernel's broadcast; found by itself in a notebook. `null`: never a cell. */
  readonly broadcast?: Broadcast | null;
  readonly terminal?: Terminal;
  /** The clock in ms. */
  readonly now?: () => number;
}

/** A bar that is being drawn. */
export interface ProgressBar {
  /**
   * Says how much is done, and maybe out of how much. Await it in long loops: in a notebook the
   * picture changes only while the program awaits.
   */
  update(done: number, total?: number, note?: string): void | Promise<void>;
  /** Draws the bar a last time, as done, with the time it took. Later calls do nothing. */
  finish(note?: string): void | Promise<void>;
}

/** All that one line of progress tells; times in seconds. */
export interface ProgressState {
  readonly title: string;
  readonly done: number;
  readonly total?: number;
  readonly unit?: string;
  readonly elapsed: number;
  readonly left?: number;
  readonly note?: string;
  readonly finished?: boolean;
}

const CELL_WIDTH = 90; // columns that a JupyterLab output shows without wrapping
const CELL_MS = 250;
const TERMINAL_MS = 100;
const LOG_MS = 10_000;
const BAR_WIDTH = 20;

/**
 * Starts a progress bar: a cell's output in a notebook, one redrawn line in a terminal, a line at
 * most every 10 s where stderr is a file or a pipe.
 *
 * @throws {TypeError} if `title` is not a string, or a count not a number.
 * @throws {RangeError} if a count is negative or not finite.
 *
 * @example
 * ```ts
 * import { progressBar } from "./progress.ts";
 * const bar = progressBar("Reading images", { total: 3, unit: "images" });
 * for (let i = 1; i <= 3; i++) await bar.update(i);
 * await bar.finish();
 * ```
 */
export function progressBar(title: string, options: ProgressOptions = {}): ProgressBar {
  if (typeof title !== "string") throw new TypeError(`title is ${title}; it must be a string`);
  const { unit, start = 0, delay = 1000, now = () => performance.now() } = options;
  const broadcast = options.broadcast === null ? undefined : options.broadcast ?? kernelBroadcast();
  const draw = broadcast ? inCell(broadcast) : inTerminal(options.terminal ?? stderr());
  checkCount("start", start);
  if (options.total !== undefined) checkCount("total", options.total);

  const began = now();
  let drawn = -Infinity;
  let finished = false;
  let state: ProgressState = { title, unit, done: start, total: options.total, elapsed: 0 };

  return {
    update(done, total = state.total, note = state.note) {
      checkCount("done", done);
      if (total !== undefined) checkCount("total", total);
      if (finished) return;
      const elapsed = (now() - began) / 1000;
      const rate = (done - start) / elapsed;
      const left = total !== undefined && rate > 0 && elapsed > 0
        ? Math.max(0, (total - done) / rate)
        : undefined;
      state = { ...state, done, total, note, elapsed, left };
      const due = now() - (drawn === -Infinity ? began : drawn) >= draw.interval;
      if (!due || (broadcast && now() - began < delay)) return;
      drawn = now();
      return draw.line(state);
    },
    finish(note = state.note) {
      if (finished) return;
      finished = true;
      const milliseconds = now() - began;
      state = { ...state, note, elapsed: milliseconds / 1000, left: undefined, finished };
      const worthALine = drawn > -Infinity || milliseconds >= delay ||
        (note !== undefined && !broadcast);
      if (worthALine) return draw.last(state);
    },
  };
}

interface Drawing {
  /** Least time between two drawings, in ms. */
  readonly interval: number;
  line(state: ProgressState): void | Promise<void>;
  last(state: ProgressState): void | Promise<void>;
}

function inCell(broadcast: Broadcast): Drawing {
  const display_id = crypto.randomUUID();
  let type = "display_data";
  // One message after another, each drawn only if none is waiting: a slow client is not flooded.
  let queue = Promise.resolve();
  let waiting = 0;
  const send = (state: ProgressState) => {
    waiting++;
    queue = queue.then(async () => {
      const data = { "text/plain": progressLine(state, CELL_WIDTH) };
      await broadcast(type, { data, metadata: {}, transient: { display_id } });
      type = "update_display_data";
    }).catch(() => {
      // A bar that cannot be drawn must not stop the work it tells about.
    }).finally(() => waiting--);
    return queue;
  };
  return {
    interval: CELL_MS,
    line: (state) => waiting > 0 ? queue : send(state),
    last: (state) => send(state).then(flush),
  };
}

function inTerminal(terminal: Terminal): Drawing {
  // One column is left free: a full line would wrap, and could not be drawn over.
  const text = (state: ProgressState) => progressLine(state, Math.max(20, terminal.columns() - 1));
  return terminal.isTerminal
    ? {
      interval: TERMINAL_MS,
      line: (state) => terminal.write(`\r${text(state)}\x1b[K`),
      last: (state) => terminal.write(`\r${text(state)}\x1b[K\n`),
    }
    : {
      interval: LOG_MS,
      line: (state) => terminal.write(`${text(state)}\n`),
      last: (state) => terminal.write(`${text(state)}\n`),
    };
}

function stderr(): Terminal {
  const encoder = new TextEncoder();
  const isTerminal = Deno.stderr.isTerminal();
  return {
    isTerminal,
    columns() {
      try {
        return isTerminal ? Deno.consoleSize().columns : 120;
      } catch {
        return 80; // stderr is a terminal, stdin and stdout are not
      }
    },
    write(text) {
      const bytes = encoder.encode(text);
      for (let at = 0; at < bytes.length;) at += Deno.stderr.writeSync(bytes.subarray(at));
    },
  };
}

/**
 * One line of progress, at most `width` columns wide: title, bar, count, elapsed time, time left,
 * note. What does not fit gives way in the order note, bar, title.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { progressLine } from "./progress.ts";
 * const line = progressLine({ title: "Fetching", done: 5e6, total: 1e7, unit: "bytes", elapsed: 4 });
 * assert.equal(line, "Fetching  ██████████░░░░░░░░░░   50 %  5.0/10 MB  0:04");
 * ```
 */
export function progressLine(state: ProgressState, width = CELL_WIDTH): string {
  const { done, total, unit, elapsed, left, finished } = state;
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
  const head = (finished ? "✓ " : "") + title;

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
    const text = out === undefined ? short(done) : `${short(done)}/${short(out)}`;
    return unit ? `${text} ${unit}` : text;
  }
  const largest = out ?? done;
  const [scale, name] = largest >= 1e9 ? [1e9, "GB"] : largest >= 1e6 ? [1e6, "MB"] : [1e3, "kB"];
  const size = (bytes: number) => (bytes / scale).toFixed(bytes / scale < 9.95 ? 1 : 0);
  return out === undefined ? `${size(done)} ${name}` : `${size(done)}/${size(out)} ${name}`;
}

function short(x: number): string {
  return Number.isInteger(x) ? String(x) : x.toPrecision(4);
}

// Wide characters take two columns in a terminal, combining marks none.
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]|\p{Emoji_Presentation}/u;

function columns(text: string): number {
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
  return text.replace(/\x1b\[[0-9;]*[A-Za-z]/g, "").replace(/[\s\x00-\x1f\x7f]+/g, " ").trim();
}

function checkCount(name: string, value: number): void {
  if (typeof value !== "number") {
    throw new TypeError(`${name} is ${value}; it must be a number`);
  }
  if (!Number.isFinite(value) || value < 0) {
    throw new RangeError(`${name} is ${value}; it must be a finite number, not negative`);
  }
}
