/**
 * Per-sample gradients of all outputs, a part of the parameters at a time, as the layers factor them.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { execute } from "../tensorflow/mod.ts";
import type { KernelFactors, KernelPart, KernelRows, Network, Pass } from "../networks/mod.ts";

/** A part of the parameters. */
export interface GradientPart extends KernelPart {
  /** Index among the network's layers. */
  readonly layer: number;
}

/** The parts of a network's parameters, cut where layers can be, for `most` bytes a sample. */
export function gradientParts({ layers, outputs }: Network, most: number): GradientPart[] {
  return layers.flatMap((layer, index) =>
    layer.kernelParts(outputs, most).map((part) => ({ ...part, layer: index }))
  );
}

/**
 * The factors of some parts for one batch: a backward pass of all outputs down to the lowest layer
 * asked for.
 */
export function partFactors(
  network: Network,
  passes: readonly Pass[],
  parts: readonly GradientPart[],
  rows: KernelRows,
): KernelFactors[] {
  const lowest = Math.min(...parts.map(({ layer }) => layer));
  const vectors = passes.slice(lowest).every(({ x, y }) => x.rank === 2 && y.rank === 2);
  const { start, back } = vectors && parts.every(({ sideBySide }) => sideBySide)
    ? outputsInRows(network, passes)
    : outputsApart(network, passes);
  let deltas = start();
  const found = new Map<GradientPart, KernelFactors>();
  for (let i = network.layers.length - 1; i >= lowest; i--) {
    for (const part of parts.filter(({ layer }) => layer === i)) {
      found.set(part, part.factors(passes[i], deltas, rows));
    }
    if (i > lowest) deltas = back(i, deltas);
  }
  return parts.map((part) => found.get(part)!);
}

/** Deltas of each output by themselves, and their way back through a layer. */
function outputsApart({ layers, outputs }: Network, passes: readonly Pass[]) {
  const { y } = passes[passes.length - 1];
  const unit = (output: number): tf.Tensor =>
    y.zerosLike().add(Array.from({ length: outputs }, (_, o) => o === output ? 1 : 0));
  return {
    start: () => Array.from({ length: outputs }, (_, o) => unit(o)),
    back: (i: number, deltas: readonly tf.Tensor[]) =>
      deltas.map((u) => layers[i].inputVjp(passes[i], u)),
  };
}

/**
 * Deltas of all outputs in one tensor, [batch·outputs, width]: a few large operations instead of many small
 * ones.
 */
function outputsInRows({ layers, outputs }: Network, passes: readonly Pass[]) {
  const batch = passes[0].x.shape[0]!;
  /** Each sample's row, once for each output. */
  const rows = Array.from({ length: batch * outputs }, (_, row) => Math.floor(row / outputs));
  const repeated = (values: tf.Tensor): tf.Tensor => execute("Gather", [values, rows]);
  const rowsOf = ({ x, y, parameters }: Pass): Pass => ({
    get x() {
      return repeated(x);
    },
    get y() {
      return repeated(y);
    },
    parameters,
  });
  const identity = (): tf.Tensor => {
    const ones = Array.from(
      { length: outputs ** 2 },
      (_, at) => at % (outputs + 1) === 0 ? 1 : 0,
    );
    const numbers = execute("Cast", [ones], { DstT: "float32" });
    return execute("BroadcastTo", [numbers, [batch, outputs ** 2]]).reshape([-1, outputs]);
  };
  return {
    start: () => [identity()],
    back: (i: number, [deltas]: readonly tf.Tensor[]) => [
      layers[i].inputVjp(rowsOf(passes[i]), deltas),
    ],
  };
}
