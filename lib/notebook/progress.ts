/**
 * A progress bar that works in a notebook's cell, in a terminal and in a log file.
 *
 * It owns no timer: it draws when it is told something, so nothing is left running at the end. In a
 * notebook it hears the stop button, and hands the wish on to the work by its `signal`.
 *
 * @module
 */
import {
  checkFlag,
  checkFunction,
  checkNumber,
  checkOptions,
  checkRecord,
  checkText,
  maybe,
} from "../numerics/checks.ts";
import { type OnInterrupt, onInterrupt, Stopped } from "./interrupt.ts";
import { type Broadcast, flush, kernelBroadcast } from "./kernel.ts";
import { progressLine, type ProgressState, wholeDone } from "./progress_line.ts";
import { timeLeft } from "./time_left.ts";

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
  /** Nothing is shown, in a cell, of work that ends sooner than this, in ms. */
  readonly delay?: number;
  /** What a reader who stops the work is told, by how much is done: what of it is kept. */
  readonly kept?: (done: number) => string;
  /** The kernel's broadcast; found by itself in a notebook. `null`: never a cell. */
  readonly broadcast?: Broadcast | null;
  /** How the bar hears of the notebook's stop button; by itself in a notebook. */
  readonly onInterrupt?: OnInterrupt;
  readonly terminal?: Terminal;
  /** The clock in ms. */
  readonly now?: () => number;
}

/** A bar that is being drawn. */
export interface ProgressBar {
  /**
   * Says how much is done, and maybe out of how much. Await it in long loops: in a notebook the
   * picture changes, and the stop button is heard, only while the program awaits.
   */
  update(done: number, total?: number, note?: string): void | Promise<void>;
  /**
   * Draws the bar a last time, with the time it took, as done, or failed where that is said, or
   * stopped where the reader did. Later calls do nothing.
   */
  finish(note?: string, end?: "done" | "failed"): void | Promise<void>;
  /**
   * Aborted when the reader presses the notebook's stop button before the bar is finished; never in
   * a terminal. Its reason is an error that says so: `bar.signal.throwIfAborted()` ends a cell.
   */
  readonly signal: AbortSignal;
}

const checkTerminal = <T>(name: string, terminal: T): T =>
  checkRecord(name, terminal, {
    ...{ isTerminal: checkFlag, columns: checkFunction, write: checkFunction },
  }, "a terminal");

/** What each option of a bar must be. */
export const PROGRESS_CHECKS = {
  total: maybe(checkNumber, { least: 0 }),
  unit: maybe(checkText),
  delay: maybe(checkNumber),
  kept: maybe(checkFunction),
  broadcast: maybe((name: string, value: Broadcast | null) =>
    value === null || checkFunction(name, value, "a function, or null")
  ),
  onInterrupt: maybe(checkFunction),
  terminal: maybe(checkTerminal),
  now: maybe(checkFunction),
} as const;

const KEPT = "what was computed before is kept";

const CELL_MS = 250;
const TERMINAL_MS = 100;
const LOG_MS = 10_000;

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
  checkText("title", title);
  const { unit, delay = 1000, kept = () => KEPT, now = () => performance.now() } = checkOptions(
    "options",
    options,
    PROGRESS_CHECKS,
  );
  const kernel = options.broadcast === undefined ? kernelBroadcast() : undefined;
  const broadcast = options.broadcast ?? kernel;
  const draw = broadcast ? inCell(broadcast) : inTerminal(options.terminal ?? stderr());
  const interrupts = options.onInterrupt ?? (kernel ? onInterrupt : undefined);

  const began = now();
  const estimate = timeLeft();
  let drawn = -Infinity;
  let finished = false;
  let state: ProgressState = { title, unit, done: 0, total: options.total, elapsed: 0 };
  const stop = new AbortController();
  const release = interrupts?.(() => {
    const done = wholeDone(state);
    const count = (state.total ? `${done} of ${state.total}` : `${done}`) +
      (unit ? ` ${unit}` : "");
    stop.abort(new Stopped(`${title}: stopped at ${count}; ${kept(done)}`));
  });

  return {
    signal: stop.signal,
    update(done, total = state.total, note = state.note) {
      checkNumber("done", done, { least: 0 });
      if (total !== undefined) checkNumber("total", total, { least: 0 });
      if (finished) return;
      const elapsed = (now() - began) / 1000;
      state = { ...state, done, total, note, elapsed, left: estimate(elapsed, done, total) };
      const due = now() - (drawn === -Infinity ? began : drawn) >= draw.interval;
      if (!due || (broadcast && now() - began < delay)) return;
      drawn = now();
      return draw.line(stop.signal.aborted ? { ...state, note: "stopping" } : state);
    },
    finish(note = state.note, end = "done") {
      if (finished) return;
      finished = true;
      release?.();
      const { aborted } = stop.signal;
      const milliseconds = now() - began;
      const worthALine = aborted || drawn > -Infinity || milliseconds >= delay ||
        (note !== undefined && !broadcast);
      if (!worthALine) return;
      return draw.last({
        ...state,
        note: aborted ? "stopped" : note,
        elapsed: milliseconds / 1000,
        left: undefined,
        end: aborted ? "stopped" : end,
      });
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
      const data = { "text/plain": progressLine(state) };
      await broadcast(type, { data, metadata: {}, transient: { display_id } });
      type = "update_display_data";
      // A turn of the event loop, without which a click on the stop button would not be heard.
      await new Promise((resolve) => setTimeout(resolve));
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
      try {
        for (let at = 0; at < bytes.length;) at += Deno.stderr.writeSync(bytes.subarray(at));
      } catch {
        // A bar that cannot be drawn must not stop the work it tells about.
      }
    },
  };
}
