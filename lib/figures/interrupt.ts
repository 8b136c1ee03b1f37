/**
 * The notebook's stop button, which sends the kernel a SIGINT.
 *
 * @module
 */
import { kernelBroadcast } from "./kernel.ts";

/** Calls a listener at the reader's wish to stop, until the function that it gives is called. */
export type OnInterrupt = (listener: () => void) => () => void;

/** Work that the reader stopped: what is thrown where it does not simply return early. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}

const listeners = new Set<() => void>();
let listening = false;

function listen() {
  if (listening) return;
  Deno.addSignalListener("SIGINT", () => [...listeners].forEach((call) => call()));
  listening = true;
}

// In a notebook from the start: a click during a cell that has no progress bar must do no harm.
if (kernelBroadcast()) listen();

/**
 * Calls `listener` when the process is interrupted, in place of the end that this would bring.
 *
 * From the first call on, and in a notebook from the start, the process outlives every interrupt: a
 * second click on the stop button, or one that comes just after the work's end, must not take the
 * kernel's state with it. Hence only for notebooks; in a terminal Ctrl-C keeps its meaning. A
 * listener runs only when the program lets the event loop take a turn.
 */
export const onInterrupt: OnInterrupt = (listener) => {
  listen();
  listeners.add(listener);
  return () => void listeners.delete(listener);
};
