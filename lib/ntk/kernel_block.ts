/**
 * A block of the kernel from the factors of two batches, added in float64.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { KernelFactors } from "../networks/mod.ts";
import { execute } from "../tensorflow/mod.ts";

/** Where a block goes. */
export interface BlockPlace {
  readonly row: number;
  readonly col: number;
  /** Whether its transpose goes to the other side of the diagonal as well. */
  readonly mirrored: boolean;
  /** Rows for each sample: the outputs of a full kernel, or 1. */
  readonly outputs: number;
}

/** kernel[row …, col …] += scale · ⟨gradients of a, gradients of b⟩. */
export function addKernelBlock(
  kernel: { readonly cols: number; readonly data: Float64Array },
  a: KernelFactors,
  b: KernelFactors,
  { row, col, mirrored, outputs }: BlockPlace,
) {
  const products = gram(a.deltas, b.deltas);
  const inputs = a.activations && b.activations && gram(a.activations, b.activations);
  const [height, width] = [a.deltas.shape[0]!, b.deltas.shape[0]!];
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) {
      const share = inputs
        ? inputs[Math.floor(i / outputs) * (width / outputs) + Math.floor(j / outputs)]
        : 1;
      const value = a.scale * share * products[i * width + j];
      kernel.data[(row + i) * kernel.cols + col + j] += value;
      if (mirrored) kernel.data[(col + j) * kernel.cols + row + i] += value;
    }
  }
  // A block on the diagonal is symmetric up to the product's rounding; the last digit as well then.
  if (a === b) symmetrize(kernel, row, height);
}

function symmetrize(
  { cols, data }: { readonly cols: number; readonly data: Float64Array },
  start: number,
  size: number,
) {
  for (let i = start; i < start + size; i++) {
    for (let j = start; j < i; j++) {
      data[i * cols + j] = data[j * cols + i] = (data[i * cols + j] + data[j * cols + i]) / 2;
    }
  }
}

/** a bᵀ. */
function gram(a: tf.Tensor, b: tf.Tensor): Float32Array {
  const product = execute("MatMul", [a, b], { transpose_a: false, transpose_b: true });
  const values = product.dataSync() as Float32Array;
  product.dispose();
  return values;
}
