/**
 * Per-sample gradients of all outputs, a part of the parameters at a time, in the factored form
 * that its share of the kernel is cheapest in.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { Layer, Network, Pass } from "../networks/mod.ts";
import { forwardPasses } from "../networks/layers.ts";
import { execute } from "../tensorflow/mod.ts";

/** A part of the parameters: one layer's weight, or some of a convolution's output channels. */
export interface GradientPart {
  /** Index among the network's layers. */
  readonly layer: number;
  /** The squared multiplier of the parameter. */
  readonly scale: number;
  /** Output channels of a convolution, from … to (not included). */
  readonly channels?: readonly [from: number, to: number];
  /** Bytes that the factors of one sample take. */
  readonly sampleBytes: number;
}

/** What a batch contributes: products of these with another batch's make a kernel block. */
export interface PartFactors {
  readonly scale: number;
  readonly samples: number;
  /** Dense: activations [batch, in], of samples. */
  readonly activations?: tf.Tensor;
  /** Dense: deltas; else the gradients themselves. [batch, outputs·width] or [batch·outputs, width]. */
  readonly deltas: tf.Tensor;
}

/** The parts of a network's parameters, convolutions in groups of channels of `most` bytes a sample. */
export function gradientParts(network: Network, most: number): GradientPart[] {
  let input = network.inputShape;
  return network.layers.flatMap((layer, index): GradientPart[] => {
    const before = input;
    input = layer.outputShape;
    if (layer.parameters.length === 0) return [];
    const [{ multiplier, shape }] = layer.parameters;
    const base = { layer: index, scale: multiplier ** 2 };
    if (layer.kind === "dense") {
      return [{ ...base, sampleBytes: 4 * (shape[0] + network.outputs * shape[1]) }];
    }
    if (layer.kind === "bias") {
      return [{ ...base, sampleBytes: 4 * network.outputs * shape[0] }];
    }
    const channelBytes = 4 * network.outputs * shape[0] * shape[1] * before[before.length - 1];
    const count = shape[3];
    const atATime = Math.max(1, Math.min(count, Math.floor(most / channelBytes)));
    return Array.from({ length: Math.ceil(count / atATime) }, (_, i) => {
      const channels = [i * atATime, Math.min(count, (i + 1) * atATime)] as const;
      return { ...base, channels, sampleBytes: channelBytes * (channels[1] - channels[0]) };
    });
  });
}

/**
 * The factors of some parts for one batch: one forward pass, and one backward pass for each output
 * down to the lowest layer asked for.
 *
 * @param weights the layers' parameters, multiplied
 */
export function partFactors(
  network: Network,
  weights: readonly (readonly tf.Tensor[])[],
  x: tf.Tensor,
  parts: readonly GradientPart[],
  rows: "trace" | "full",
): PartFactors[] {
  const { layers, outputs } = network;
  const passes = forwardPasses(layers, weights, x);
  const { y } = passes[passes.length - 1];
  const batch = x.shape[0]!;
  const lowest = Math.min(...parts.map(({ layer }) => layer));
  let deltas = Array.from({ length: outputs }, (_, o) => unit(y, o));
  const found = new Map<GradientPart, PartFactors>();
  for (let i = layers.length - 1; i >= lowest; i--) {
    for (const part of parts.filter(({ layer }) => layer === i)) {
      found.set(part, {
        scale: part.scale,
        samples: batch,
        ...factorsOf(layers[i], passes[i], deltas, part, rows),
      });
    }
    if (i > lowest) deltas = deltas.map((u) => layers[i].inputVjp(passes[i], u));
  }
  return parts.map((part) => found.get(part)!);
}

/** The cotangent that asks for output o of every sample. */
function unit(like: tf.Tensor, output: number): tf.Tensor {
  const outputs = like.shape[1]!;
  const one = Array.from({ length: outputs }, (_, o) => o === output ? 1 : 0);
  return like.zerosLike().add(one);
}

function factorsOf(
  layer: Layer,
  { x }: Pass,
  deltas: readonly tf.Tensor[],
  { channels }: GradientPart,
  rows: "trace" | "full",
): Pick<PartFactors, "activations" | "deltas"> {
  const batch = x.shape[0]!, outputs = deltas.length;
  /** [batch, outputs, width] as rows of samples or of samples and outputs. */
  const asRows = (stacked: tf.Tensor, width: number) =>
    stacked.reshape(rows === "trace" ? [batch, outputs * width] : [batch * outputs, width]);
  if (layer.kind === "dense") {
    const width = deltas[0].shape[1]!;
    return { activations: x.clone(), deltas: asRows(side(deltas, 1), width) };
  }
  if (layer.kind === "bias") {
    const width = deltas[0].shape[deltas[0].rank - 1]!;
    const perPixel = side(deltas, deltas[0].rank - 1).reshape([batch, -1, outputs * width]);
    return { deltas: asRows(perPixel.sum(1), width) };
  }
  const [from, to] = channels!;
  const [height, width] = layer.parameters[0].shape;
  const pixels = x.shape[1]! * x.shape[2]!;
  const patches = execute("ExtractImagePatches", [x], {
    ksizes: [1, height, width, 1],
    strides: [1, 1, 1, 1],
    rates: [1, 1, 1, 1],
    padding: "SAME",
  }).reshape([batch, pixels, -1]);
  const some = deltas.map((u) =>
    u.slice([0, 0, 0, from], [batch, x.shape[1]!, x.shape[2]!, to - from])
  );
  const beside = side(some, 3).reshape([batch, pixels, outputs * (to - from)]);
  const gradients = execute("BatchMatMulV2", [beside, patches], { adj_x: true, adj_y: false });
  return { deltas: asRows(gradients, (to - from) * patches.shape[2]!) };
}

/** Tensors side by side along an axis. */
function side(tensors: readonly tf.Tensor[], axis: number): tf.Tensor {
  const [first, ...rest] = tensors;
  return rest.length === 0 ? first : first.concat(rest as tf.Tensor[], axis);
}
