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
 * Deltas of all outputs side by side, [batch, outputs·width]. On the way back each output of a sample
 * is a row of its own: a few large operations instead of many small ones.
 */
function outputsInRows({ layers, outputs }: Network, passes: readonly Pass[]) {
  const batch = passes[0].x.shape[0]!;
  /** A sample's row for each output. */
  const repeated = (values: tf.Tensor): tf.Tensor => {
    const width = values.shape[1]!;
    const apart = values.reshape([batch, 1, width]);
    return execute("BroadcastTo", [apart, [batch, outputs, width]]).reshape([-1, width]);
  };
  const rowsOf = ({ x, y, parameters }: Pass): Pass => ({
    get x() {
      return repeated(x);
    },
    get y() {
      return repeated(y);
    },
    parameters,
  });
  const identity = () => {
    const { y } = passes[passes.length - 1];
    const ones = Array.from(
      { length: outputs ** 2 },
      (_, at) => at % (outputs + 1) === 0 ? 1 : 0,
    );
    return y.zerosLike().tile([1, outputs]).add(ones);
  };
  return {
    start: () => [identity()],
    back: (i: number, [side]: readonly tf.Tensor[]) => {
      const inRows = side.reshape([batch * outputs, -1]);
      return [layers[i].inputVjp(rowsOf(passes[i]), inRows).reshape([batch, -1])];
    },
  };
}
