/**
 * How anything comes into a notebook's cell.
 *
 * @module
 */
import { endIfStopped } from "./interrupt.ts";
import { type Broadcast, flush, kernelBroadcast, type MimeBundle } from "./kernel.ts";

/**
 * Displays a MIME bundle in the notebook's cell. In a notebook there is no result, which would be
 * shown a second time as the cell's value; elsewhere the bundle is the result.
 *
 * @throws {Stopped} after it is shown, if the reader has just pressed the stop button: cells without
 * a progress bar end here.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { display } from "./display.ts";
 * const bundle = await display({ "text/plain": "hello" });
 * assert.equal(bundle?.["text/plain"], "hello");
 * ```
 */
export async function display(
  data: MimeBundle,
  broadcast: Broadcast | undefined = kernelBroadcast(),
): Promise<MimeBundle | undefined> {
  if (!broadcast) return data;
  await broadcast("display_data", { data, metadata: {}, transient: {} });
  await flush();
  endIfStopped();
}
