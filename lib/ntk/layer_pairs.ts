/**
 * Infinite-width kernels over pixels by the recursions of the layers themselves: for any layers, and
 * slower than pixel_kernels.ts, which serves those that keep two pixels' offset.
 *
 * @module
 */
import type { Layer, WideKernels } from "../networks/mod.ts";
import { eventTurns } from "../numerics/event_turns.ts";
import { multiply } from "../numerics/mod.ts";
import type { PixelAnswer } from "./pixel_worker.ts";

/** E x² of an image's pixels before each layer, and the kernels of the image with itself. */
interface Own {
  readonly variances: readonly Float64Array[];
  readonly nngp: number;
  readonly ntk: number;
}

/**
 * NNGP and NTK of every pair of images, each pair once. A pair takes some tenths of a second for images
 * of 32×32 pixels.
 *
 * @param images [n, pixels, channels]
 * @throws the signal's reason
 */
export async function layerPairs(
  layers: readonly Layer[],
  images: { readonly pixels: number; readonly data: Float64Array },
  count: number,
  onAnswer: (answer: PixelAnswer) => void | Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const turn = eventTurns();
  const own: Own[] = [];
  for (let row = 0; row < count; row++) {
    own.push(ownKernels(layers, covariances(images, count, row, row)));
    for (let column = 0; column <= row; column++) {
      signal?.throwIfAborted();
      const { nngp, ntk } = column === row ? own[row] : pairKernels(
        layers,
        covariances(images, count, row, column),
        [own[row].variances, own[column].variances],
      );
      await onAnswer({ row, column, nngp, ntk });
      await turn();
    }
  }
}

/** Of an image with itself: the diagonal before each layer is what other pairs will ask for. */
function ownKernels(layers: readonly Layer[], start: WideKernels): Own {
  const variances: Float64Array[] = [];
  let kernels = start;
  for (const layer of layers) {
    const pixels = Math.sqrt(kernels.k.length);
    const { k } = kernels;
    const before = Float64Array.from({ length: pixels }, (_, p) => k[p * pixels + p]);
    variances.push(before);
    kernels = layer.recursion(kernels, { rows: before, cols: before });
  }
  return { variances, nngp: kernels.k[0], ntk: kernels.theta[0] };
}

function pairKernels(
  layers: readonly Layer[],
  start: WideKernels,
  [rows, cols]: readonly [readonly Float64Array[], readonly Float64Array[]],
) {
  const { k, theta } = layers.reduce(
    (kernels, layer, i) => layer.recursion(kernels, { rows: rows[i], cols: cols[i] }),
    start,
  );
  return { nngp: k[0], ntk: theta[0] };
}

/** Mean over channels of the products of two images' pixels. */
function covariances(
  { pixels, data }: { readonly pixels: number; readonly data: Float64Array },
  count: number,
  i: number,
  j: number,
): WideKernels {
  const size = data.length / count, channels = size / pixels;
  const image = (at: number) => ({
    rows: pixels,
    cols: channels,
    data: data.subarray(at * size, (at + 1) * size),
  });
  const { data: k } = multiply(image(i), image(j), { transposeB: true });
  for (let at = 0; at < k.length; at++) k[at] /= channels;
  return { k, theta: new Float64Array(pixels ** 2) };
}
