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
  const [height, width] = [a.deltas.shape[0]!, b.deltas.shape[0]!];
  const block = products(a, b, outputs);
  const { data, cols } = kernel;
  for (let i = 0; i < height; i++) {
    const start = (row + i) * cols + col;
    if (a === b) {
      // Symmetric up to the product's rounding; to the last digit so.
      for (let j = 0; j < i; j++) {
        const mean = (block[i * width + j] + block[j * width + i]) / 2;
        data[start + j] += mean;
        data[(row + j) * cols + col + i] += mean;
      }
      data[start + i] += block[i * width + i];
      continue;
    }
    for (let j = 0; j < width; j++) {
      const value = block[i * width + j];
      data[start + j] += value;
      if (mirrored) data[(col + j) * cols + row + i] += value;
    }
  }
}

/** scale · ⟨gradients of a, gradients of b⟩, row-major. */
function products(a: KernelFactors, b: KernelFactors, outputs: number): Float64Array {
  const block = Float64Array.from(gram(a.deltas, b.deltas));
  const inputs = a.activations && b.activations && gram(a.activations, b.activations);
  if (!inputs) return block.map((value) => a.scale * value);
  const width = b.deltas.shape[0]!, across = width / outputs;
  for (let at = 0, i = 0; at < block.length; i++) {
    const first = Math.floor(i / outputs) * across;
    for (let sample = 0; sample < across; sample++) {
      const share = a.scale * inputs[first + sample];
      for (let o = 0; o < outputs; o++) block[at++] *= share;
    }
  }
  return block;
}

/** a bᵀ. */
function gram(a: tf.Tensor, b: tf.Tensor): Float32Array {
  const product = execute("MatMul", [a, b], { transpose_a: false, transpose_b: true });
  const values = product.dataSync() as Float32Array;
  product.dispose();
  return values;
}
