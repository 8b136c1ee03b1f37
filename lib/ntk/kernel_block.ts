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

/** Products from which on half of a symmetric matrix is worth more operations. */
const WORK = 2 ** 29;
const BLOCKS = 8;

/** a bᵀ; of a tensor with itself symmetric to the last digit. */
function gram(a: tf.Tensor, b: tf.Tensor): Float32Array {
  if (a !== b) return product(a, b);
  const [n, width] = a.shape as [number, number];
  const found = new Float32Array(n * n);
  const size = n * n * width < WORK ? n : Math.ceil(n / BLOCKS);
  for (let from = 0; from < n; from += size) {
    const to = Math.min(n, from + size);
    const values = size === n ? product(a, a) : blockRow(a, from, to);
    for (let i = from; i < to; i++) {
      for (let j = 0; j <= i; j++) {
        found[i * n + j] = found[j * n + i] = values[(i - from) * to + j];
      }
    }
  }
  return found;
}

/** Rows of a aᵀ up to the diagonal's block. */
function blockRow(a: tf.Tensor, from: number, to: number): Float32Array {
  const [rows, before] = [a.slice([from, 0], [to - from, -1]), a.slice([0, 0], [to, -1])];
  const values = product(rows, before);
  rows.dispose();
  before.dispose();
  return values;
}

function product(a: tf.Tensor, b: tf.Tensor): Float32Array {
  const product = execute("MatMul", [a, b], { transpose_a: false, transpose_b: true });
  const values = product.dataSync() as Float32Array;
  product.dispose();
  return values;
}
