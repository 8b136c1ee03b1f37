/**
 * The finite-width neural tangent kernel of a network at given weights.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { Network, TensorLike } from "../networks/mod.ts";
import { imageBatch, imageCount, multiplied } from "../networks/tensors.ts";
import { eventTurns } from "../numerics/event_turns.ts";
import type { Matrix } from "../numerics/mod.ts";
import { tensorflow } from "../tensorflow/mod.ts";
import {
  type GradientPart,
  gradientParts,
  type PartFactors,
  partFactors,
} from "./gradient_parts.ts";
import { addKernelBlock } from "./kernel_block.ts";

/** Options of {@link empiricalNtk}. */
export interface EmpiricalNtkOptions {
  /**
   * "trace": Σ_o ∇f_o(x)·∇f_o(x'), n × n. "full": ∇f_o(x)·∇f_o'(x'), its index
   * sample · outputs + output.
   */
  readonly outputs?: "trace" | "full";
  /** Other images for the columns, as in a test–train block; the same by default. */
  readonly others?: TensorLike;
  /** Bytes that gradients of one group of layers may hold at a time. */
  readonly memory?: number;
  readonly onProgress?: (progress: { done: number; total: number }) => void | Promise<void>;
  /** Ends the work early: the promise is rejected with its reason. */
  readonly signal?: AbortSignal;
}

const DEFAULT_MEMORY = 2 ** 30;
/** Bytes that one batch may hold while it passes through the network. */
const BATCH_BYTES = 2 ** 28;

/**
 * K = J Jᵀ, J the derivative of the outputs by all parameters (raw ones: with the ntk
 * parametrization their multipliers are in it), layer by layer.
 *
 * Dense layers give (A Aᵀ) ∘ (D Dᵀ) from activations A and deltas D alone. Convolutions give the
 * Gram matrix of per-sample gradients, made from patches and deltas for as many channels at a time
 * as fit the memory: never the whole Jacobian. Products are float32, sums over layers and channel
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
  { outputs = "trace", others, memory = DEFAULT_MEMORY, onProgress, signal }: EmpiricalNtkOptions =
    {},
): Promise<Matrix> {
  if (outputs !== "trace" && outputs !== "full") {
    throw new RangeError(`outputs is "${outputs}"; it must be "trace" or "full"`);
  }
  if (!(memory >= 2 ** 20)) {
    throw new RangeError(`memory is ${memory} bytes; it must be a mebibyte at least`);
  }
  const module = await tensorflow();
  const rowCount = imageCount(images, network.inputShape);
  const colCount = others ? imageCount(others, network.inputShape) : rowCount;
  const per = outputs === "full" ? network.outputs : 1;
  const kernel = {
    rows: rowCount * per,
    cols: colCount * per,
    data: new Float64Array(rowCount * per * colCount * per),
  };

  const groups = grouped(gradientParts(network, memory / (rowCount + (others ? colCount : 0))), {
    samples: rowCount + (others ? colCount : 0),
    memory,
  });
  const size = batchSize(network);
  const batches = Math.ceil(rowCount / size) + (others ? Math.ceil(colCount / size) : 0);
  const turn = eventTurns();
  let done = 0;
  const factorsOf = async (data: TensorLike, count: number, group: readonly GradientPart[]) => {
    const list: PartFactors[][] = [];
    for (let from = 0; from < count; from += size) {
      signal?.throwIfAborted();
      const to = Math.min(count, from + size);
      list.push(inOneTidy(module, () => {
        const weights = multiplied(module, network.layers, parameters, "parameters");
        const x = imageBatch(module, data, network.inputShape, from, to);
        return partFactors(network, weights, x, group, outputs);
      }));
      await onProgress?.({ done: ++done, total: batches * groups.length });
      await turn();
    }
    return list;
  };
  for (const group of groups) {
    const rows = await factorsOf(images, rowCount, group);
    const cols = others ? await factorsOf(others, colCount, group) : rows;
    for (let i = 0; i < rows.length; i++) {
      for (let j = others ? 0 : i; j < cols.length; j++) {
        signal?.throwIfAborted();
        rows[i].forEach((factors, part) =>
          addKernelBlock(kernel, factors, cols[j][part], {
            row: i * size * per,
            col: j * size * per,
            mirrored: !others && i !== j,
            outputs: per,
          })
        );
        await turn();
      }
    }
    for (const factors of new Set([...rows.flat(), ...cols.flat()])) {
      module.dispose(Object.values(factors).filter((value) => value instanceof module.Tensor));
    }
  }
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

/** Samples whose activations, deltas of all outputs and patches fit one batch. */
function batchSize(network: Network): number {
  const largest = network.layers.reduce((most, layer, i) => {
    const shape = layer.outputShape;
    const values = shape.reduce((a, b) => a * b, 1);
    const input = i === 0 ? network.inputShape : network.layers[i - 1].outputShape;
    const patches = layer.kind === "convolution" ? 9 * input.reduce((a, b) => a * b, 1) : 0;
    return Math.max(most, values * (2 * network.outputs + 1) + patches);
  }, 1);
  return Math.max(1, Math.floor(BATCH_BYTES / 4 / largest));
}

/** `tf.tidy` for a list of records of tensors. */
function inOneTidy(module: typeof tf, make: () => PartFactors[]): PartFactors[] {
  let made: PartFactors[] = [];
  module.tidy(() => {
    made = make();
    return made.flatMap((factors) =>
      Object.values(factors).filter((value) => value instanceof module.Tensor)
    );
  });
  return made;
}
