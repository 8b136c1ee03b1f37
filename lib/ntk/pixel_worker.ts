/**
 * A thread that makes the kernels of pairs of images: the other side of pixel_threads.ts.
 *
 * @module
 */
import { pixelKernels } from "./pixel_kernels.ts";
import type { PixelNetwork } from "./pixel_stages.ts";

/** What a thread is told: first the images, then pairs (row, 0) … (row, row), row by row. */
export type PixelOrder =
  | { readonly network: PixelNetwork; readonly images: Float64Array }
  | { readonly row: number };

/** What it answers, pair by pair. */
export interface PixelAnswer {
  readonly row: number;
  readonly column: number;
  readonly nngp: number;
  readonly ntk: number;
}

const scope = self as unknown as {
  onmessage: (event: MessageEvent<PixelOrder>) => void;
  postMessage(answer: PixelAnswer): void;
};
let kernels: ReturnType<typeof pixelKernels>;
scope.onmessage = ({ data: order }) => {
  if ("network" in order) {
    kernels = pixelKernels(order.network, order.images);
    return;
  }
  const { row } = order;
  for (let column = 0; column <= row; column++) {
    const { nngp, ntk } = kernels(row, column);
    scope.postMessage({ row, column, nngp, ntk });
  }
};
