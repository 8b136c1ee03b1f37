/**
 * A block of the kernel from the factors of two batches, added in float64.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { KernelFactors } from "../networks/mod.ts";
import { execute, withValues } from "../tensorflow/mod.ts";

/** Where a block goes. */
export interface BlockPlace {
  readonly row: number;
  readonly col: number;
  /** Rows for each sample: the outputs of a full kernel, or 1. */
  readonly outputs: number;
}

/**
 * kernel[row …, col …] += scale · ⟨gradients of a, gradients of b⟩; of a batch with itself only as far as
 * the diagonal.
 */
export function addKernelBlock(
  kernel: { readonly cols: number; readonly data: Float64Array },
  a: KernelFactors,
  b: KernelFactors,
  { row, col, outputs }: BlockPlace,
) {
  const factors = scaleFactors(a, b);
  const samples = b.deltas.shape[0]! / outputs;
  forRows(a.deltas, b.deltas, (values, i, width) => {
    for (let at = 0; at < values.length; at += width, i++) {
      addRow(kernel.data, values, {
        ...{ at, to: (row + i) * kernel.cols + col, count: a === b ? i + 1 : width },
        ...{ factors, first: Math.floor(i / outputs) * samples, outputs },
      });
    }
  });
}

/** A row of products on its way into the kernel. */
interface Row {
  /** Where it begins among the products, and in the kernel. */
  readonly at: number;
  readonly to: number;
  readonly count: number;
  /** What the products with each sample are multiplied by, from `first` on; or one number for all. */
  readonly factors: Float64Array | number;
  readonly first: number;
  readonly outputs: number;
}

function addRow(
  kernel: Float64Array,
  products: Float32Array,
  { at, to, count, factors, first, outputs }: Row,
) {
  if (typeof factors === "number") {
    for (let j = 0; j < count; j++) kernel[to + j] += factors * products[at + j];
    return;
  }
  for (let j = 0, sample = first; j < count; sample++) {
    const factor = factors[sample];
    for (const end = Math.min(count, j + outputs); j < end; j++) {
      kernel[to + j] += factor * products[at + j];
    }
  }
}

/** scale · ⟨inputs of a, inputs of b⟩ for each pair of samples, or scale alone. */
function scaleFactors(a: KernelFactors, b: KernelFactors): Float64Array | number {
  if (!(a.activations && b.activations)) return a.scale;
  const inputs = product(a.activations, b.activations);
  const factors = withValues(inputs, (values) => new Float64Array(values));
  inputs.dispose();
  for (let at = 0; at < factors.length; at++) factors[at] *= a.scale;
  return factors;
}

/** Products from which on half of a symmetric matrix is worth more operations. */
const WORK = 2 ** 29;
const BLOCKS = 8;

/**
 * The rows of a bᵀ, some at a time from row `from` on, `width` numbers each: of a tensor with itself as far
 * as the diagonal, at least.
 */
function forRows(
  a: tf.Tensor,
  b: tf.Tensor,
  use: (values: Float32Array, from: number, width: number) => void,
) {
  const [n, length] = a.shape as [number, number];
  const size = a !== b || n * n * length < WORK ? n : Math.ceil(n / BLOCKS);
  for (let from = 0; from < n; from += size) {
    const to = Math.min(n, from + size);
    const some = size === n ? product(a, b) : blockRow(a, from, to);
    withValues(some, (values) => use(values, from, some.shape[1]!));
    some.dispose();
  }
}

/** Rows of a aᵀ up to the diagonal's block. */
function blockRow(a: tf.Tensor, from: number, to: number): tf.Tensor {
  const [rows, before] = [a.slice([from, 0], [to - from, -1]), a.slice([0, 0], [to, -1])];
  const values = product(rows, before);
  rows.dispose();
  before.dispose();
  return values;
}

const product = (a: tf.Tensor, b: tf.Tensor): tf.Tensor =>
  execute("MatMul", [a, b], { transpose_a: false, transpose_b: true });
