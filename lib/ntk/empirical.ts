/**
 * The finite-width neural tangent kernel of a network at given weights.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import {
  batchPasses,
  imageCount,
  type KernelFactors,
  type KernelRows,
  type Network,
  type TensorLike,
} from "../networks/mod.ts";
import { checkNetwork } from "../networks/check_network.ts";
import { checkTensor } from "../networks/tensors.ts";
import { checkList, checkNumber, checkOneOf, checkOptions, maybe } from "../numerics/checks.ts";
import { CONTROL_CHECKS } from "../numerics/control.ts";
import { eventTurns } from "../numerics/event_turns.ts";
import { mirrored } from "../numerics/layout.ts";
import { type Control, elementCount, type Matrix } from "../numerics/mod.ts";
import { tensorflow } from "../tensorflow/mod.ts";
import { type GradientPart, gradientParts, partFactors } from "./gradient_parts.ts";
import { addKernelBlock } from "./kernel_block.ts";

/** Options of {@link empiricalNtk}. */
export interface EmpiricalNtkOptions extends Control {
  /**
   * "trace": Σ_o ∇f_o(x)·∇f_o(x'), n × n. "full": ∇f_o(x)·∇f_o'(x'), its index
   * sample · outputs + output.
   */
  readonly outputs?: "trace" | "full";
  /** Other images for the columns, as in a test–train block; the same by default. */
  readonly others?: TensorLike;
  /** Bytes that gradients of one group of layers may hold at a time; a mebibyte at least. */
  readonly memory?: number;
}

const DEFAULT_MEMORY = 2 ** 30;
const LEAST_MEMORY = 2 ** 20;
/** Bytes that one batch may hold while it passes through the network. */
const BATCH_BYTES = 2 ** 28;

/**
 * K = J Jᵀ, J the derivative of the outputs by all parameters (raw ones: with the ntk
 * parametrization their multipliers are in it), layer by layer.
 *
 * Each layer gives its gradients in the form that is cheapest: dense ones (A Aᵀ) ∘ (D Dᵀ) from
 * activations A and deltas D alone, convolutions for as many channels at a time as fit the memory:
 * never the whole Jacobian. Products are float32, sums over layers and channel
 * groups float64: about 10⁻⁶ of the kernel.
 *
 * @param images [n, …image shape]
 * @returns n × n (or n·outputs squared), symmetric to the last digit without `others`
 * @throws {RangeError} if shapes do not match or an option is out of range
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fullyConnected } from "../networks/mod.ts";
 * import { empiricalNtk } from "./empirical.ts";
 *
 * const network = fullyConnected({ widths: [3, 64, 2] });
 * const images = { shape: [2, 3], data: new Float32Array([1, 0, 2, 0, 1, 1]) };
 * const { rows, data } = await empiricalNtk(network, network.init(0), images);
 * assert(rows === 2 && data[1] === data[2] && data[0] > 0);
 * ```
 */
export async function empiricalNtk(
  network: Network,
  parameters: readonly TensorLike[],
  images: TensorLike,
  options: EmpiricalNtkOptions = {},
): Promise<Matrix> {
  checkNetwork("network", network);
  checkList("parameters", parameters, checkTensor);
  checkTensor("images", images);
  const { outputs = "trace", others, memory = DEFAULT_MEMORY, onProgress, signal } = checkOptions(
    "options",
    options,
    {
      outputs: maybe(checkOneOf<KernelRows>, ["trace", "full"]),
      others: maybe(checkTensor),
      memory: maybe(checkNumber, { least: LEAST_MEMORY }),
      ...CONTROL_CHECKS,
    },
  );
  const module = await tensorflow();
  const rowCount = imageCount(images, network.inputShape);
  const colCount = others ? imageCount(others, network.inputShape) : rowCount;
  const samples = rowCount + (others ? colCount : 0);
  const per = outputs === "full" ? network.outputs : 1;
  const kernel = {
    rows: rowCount * per,
    cols: colCount * per,
    // Written before it is read: else the system provides each page twice.
    data: new Float64Array(rowCount * per * colCount * per).fill(0),
  };

  const parts = gradientParts(network, memory / samples);
  const groups = grouped(parts, { samples, memory });
  const size = batchSize(network, parts);
  const batches = Math.ceil(rowCount / size) + (others ? Math.ceil(colCount / size) : 0);
  const turn = eventTurns();
  let done = 0;
  /** The factors of each batch, which join those that are `held`. */
  const factorsOf = async (
    data: TensorLike,
    count: number,
    group: readonly GradientPart[],
    held: KernelFactors[],
  ) => {
    const list: KernelFactors[][] = [];
    for (let from = 0; from < count; from += size) {
      signal?.throwIfAborted();
      const range = [from, Math.min(count, from + size)] as const;
      const factors = keptTidy(module, () => {
        const passes = batchPasses(module, network, parameters, data, range);
        return partFactors(network, passes, group, outputs);
      });
      held.push(...factors);
      list.push(factors);
      await onProgress?.({ done: ++done, total: batches * groups.length });
      await turn();
    }
    return list;
  };
  for (const group of groups) {
    const held: KernelFactors[] = [];
    try {
      const rows = await factorsOf(images, rowCount, group, held);
      const cols = others ? await factorsOf(others, colCount, group, held) : rows;
      for (let i = 0; i < rows.length; i++) {
        for (let j = 0; j < (others ? cols.length : i + 1); j++) {
          signal?.throwIfAborted();
          rows[i].forEach((factors, part) =>
            addKernelBlock(kernel, factors, cols[j][part], {
              row: i * size * per,
              col: j * size * per,
              outputs: per,
            })
          );
          await turn();
        }
      }
    } finally {
      module.dispose(tensorsOf(held));
    }
  }
  if (!others) mirrored(kernel.data, kernel.rows);
  return kernel;
}

/** Parts side by side, as many as fit the memory for all samples. */
function grouped(
  parts: readonly GradientPart[],
  { samples, memory }: { readonly samples: number; readonly memory: number },
): GradientPart[][] {
  const groups: GradientPart[][] = [];
  let held = Infinity;
  for (const part of parts) {
    const bytes = part.sampleBytes * samples;
    if (held + bytes > memory) {
      groups.push([]);
      held = 0;
    }
    groups[groups.length - 1].push(part);
    held += bytes;
  }
  return groups;
}

/** Samples whose activations, deltas of all outputs and workspace fit one batch. */
function batchSize({ layers, outputs }: Network, parts: readonly GradientPart[]): number {
  const workspace = layers.map(() => 0);
  for (const { layer, workspace: numbers = 0 } of parts) {
    workspace[layer] = Math.max(workspace[layer], numbers);
  }
  const largest = layers.reduce((most, { outputShape }, i) => {
    // Deltas before and behind, and of vectors the values for each of them.
    const copies = (outputShape.length === 1 ? 3 : 2) * outputs + 1;
    return Math.max(most, elementCount(outputShape) * copies + workspace[i]);
  }, 1);
  return Math.max(1, Math.floor(BATCH_BYTES / 4 / largest));
}

/** `tf.tidy` that keeps the factors' tensors. */
function keptTidy(module: typeof tf, make: () => KernelFactors[]): KernelFactors[] {
  let made: KernelFactors[] = [];
  module.tidy(() => tensorsOf(made = make()));
  return made;
}

const tensorsOf = (factors: readonly KernelFactors[]): tf.Tensor[] =>
  factors.flatMap(({ activations, deltas }) => activations ? [activations, deltas] : [deltas]);
