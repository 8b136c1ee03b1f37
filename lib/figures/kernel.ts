/**
 * The one door to the notebook's kernel: is there one, and how a message is sent to it.
 *
 * @module
 */

/** Sends one Jupyter message; the promise settles when the kernel has taken it. */
export type Broadcast = (type: string, content: Record<string, unknown>) => Promise<void>;

/** What a display message carries: one picture or text in several MIME types, the client picks. */
export type MimeBundle = Readonly<Record<string, unknown>>;

// The kernel may say `idle` before its last message is out, and clients drop what comes later.
const FLUSH_MS = 15;

/**
 * The kernel's broadcast function inside a Deno Jupyter cell, `undefined` elsewhere.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { kernelBroadcast } from "./kernel.ts";
 * assert.equal(kernelBroadcast(), undefined); // not in a notebook here
 * ```
 */
export function kernelBroadcast(): Broadcast | undefined {
  try {
    const { jupyter } = Deno as unknown as { jupyter?: { broadcast: Broadcast } };
    return jupyter && ((type, content) => jupyter.broadcast(type, content));
  } catch {
    return undefined; // outside a notebook the property exists and throws
  }
}

/** Waits long enough for the messages sent so far to reach the client before the cell ends. */
export function flush(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, FLUSH_MS));
}
