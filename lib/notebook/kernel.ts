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

/** The variable by which whoever runs a notebook has its figures carry a picture; "1" says so. */
export const PICTURES = "SPEED_LIMITS_PICTURES";

/**
 * Whether figures carry a PNG beside plotly's record. Runs without a viewer ask for it, for where
 * nothing else can be shown: a committed notebook on GitHub. JupyterLab would show the PNG in place
 * of the figure until that is pointed at.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { wantsPictures } from "./kernel.ts";
 * assert(wantsPictures()); // outside a notebook
 * ```
 */
export function wantsPictures(inNotebook: boolean = kernelBroadcast() !== undefined): boolean {
  return !inNotebook || Deno.env.get(PICTURES) === "1";
}

/** Waits long enough for the messages sent so far to reach the client before the cell ends. */
export function flush(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, FLUSH_MS));
}
