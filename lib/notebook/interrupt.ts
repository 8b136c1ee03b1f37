/**
 * The notebook's stop button, which sends the kernel a SIGINT.
 *
 * @module
 */
import { kernelBroadcast } from "./kernel.ts";
import { onOwnStack } from "./signal_stack.ts";

/** Calls a listener at the reader's wish to stop, until the function that it gives is called. */
export type OnInterrupt = (listener: () => void) => () => void;

/**
 * Work that the reader stopped: what is thrown where it does not simply return early. Its message
 * says all, so that is its stack too: a cell shows no frames of a program that did as it was told.
 */
export class Stopped extends Error {
  override readonly name = "Stopped";

  constructor(message: string) {
    super(message);
    this.stack = message;
  }
}

const listeners = new Set<() => void>();
let listening = false;

/** A click that nothing listened to is remembered until the program was free for so long, in ms. */
const FREE_FOR = 1000;
const TICK = 50;
let missed = false;

function listen() {
  if (listening) return;
  Deno.addSignalListener("SIGINT", () => {
    if (listeners.size > 0) return [...listeners].forEach((call) => call());
    if (!missed) forgetWhenFree();
    missed = true;
  });
  onOwnStack("SIGINT");
  listening = true;
}

// In a notebook from the start: a click during a cell that has no progress bar must do no harm.
if (kernelBroadcast()) listen();

/**
 * A cell that computes keeps timers waiting, and the next of a queue follows at once; when nothing
 * runs they come in time, and the click was meant for what has ended.
 */
function forgetWhenFree() {
  let [free, last] = [0, performance.now()];
  const tick = () => {
    const now = performance.now();
    free = now - last < 2 * TICK ? free + TICK : 0;
    last = now;
    if (free >= FREE_FOR) missed = false;
    if (missed) setTimeout(tick, TICK);
  };
  setTimeout(tick, TICK);
}

/** @throws {Stopped} if the reader has just pressed the button and no bar was there to hear it. */
export function endIfStopped(): void {
  if (!missed) return;
  missed = false;
  throw new Stopped("stopped by the reader; what was computed before is kept");
}

/**
 * Calls `listener` when the process is interrupted, in place of the end that this would bring.
 *
 * From the first call on, and in a notebook from the start, the process outlives every interrupt: a
 * second click on the stop button, or one that comes just after the work's end, must not take the
 * kernel's state with it. A click just before, in a cell or a stretch of one that does not listen,
 * counts too. Hence only for notebooks; in a terminal Ctrl-C keeps its meaning. A
 * listener runs only when the program lets the event loop take a turn.
 */
export const onInterrupt: OnInterrupt = (listener) => {
  listen();
  listeners.add(listener);
  if (missed) {
    missed = false;
    listener();
  }
  return () => void listeners.delete(listener);
};
