/**
 * A network as a list of layers, with its values and derivatives over any number of samples in
 * batches of bounded memory.
 *
 * @module
 */
import { setImmediate } from "node:timers";
import type * as tf from "@tensorflow/tfjs";
import { freshArray, tensorflow, withValues } from "../tensorflow/mod.ts";
import { checkFunction, checkLength } from "../numerics/checks.ts";
import { randomStream } from "../numerics/random.ts";
import { elementCount, type Tensor } from "../numerics/tensor.ts";
import { forwardPasses, forwardStep, heldNumbers, type Layer } from "./layers/mod.ts";
import { addScaled, putScaled } from "./scaled_sums.ts";
import {
  imageBatch,
  imageCount,
  multiplied,
  type TensorLike,
  toArray,
  unflatten,
} from "./tensors.ts";

/** What {@link Network.pullback} gives. */
export interface Pullback {
  /** Outputs f(x) [n, outputs]. */
  readonly outputs: Tensor;
  /** Jᵀu for all parameters in order, one after the other, summed over samples in float64. */
  readonly gradient: Float64Array;
}

/** A differentiable map f(θ, x) from parameters and images to outputs. */
export interface Network {
  /** What was asked for, as plain values: a configuration's part in a cache key. */
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly layers: readonly Layer[];
  /** Shape of one image as the first layer takes it. */
  readonly inputShape: readonly number[];
  /** Number of outputs of one image. */
  readonly outputs: number;
  /** Shapes of the parameters in layer order, weight then bias. */
  readonly shapes: readonly (readonly number[])[];
  /** Total number of parameters. */
  readonly parameterCount: number;
  /**
   * Random parameters; the same seed gives the same values.
   *
   * @throws {RangeError} if the seed is not an integer ≥ 0.
   */
  init(seed: number): Tensor[];
  /**
   * Outputs f(x), shape [n, outputs].
   *
   * @throws {RangeError} if a shape does not match.
   */
  apply(parameters: readonly TensorLike[], images: TensorLike): Promise<Tensor>;
  /** J v: the outputs' derivative [n, outputs] along a change `tangents` of the parameters. */
  jvp(
    parameters: readonly TensorLike[],
    images: TensorLike,
    tangents: readonly TensorLike[],
  ): Promise<Tensor>;
  /** Jᵀ u: cotangents u [n, outputs] brought back to the parameters and summed over samples. */
  vjp(
    parameters: readonly TensorLike[],
    images: TensorLike,
    cotangents: TensorLike,
  ): Promise<Tensor[]>;
  /**
   * Outputs and Jᵀu in one pass, where u may depend on the outputs, as in a loss gradient.
   *
   * @param cotangent u of the samples `from` to `from + outputs.length / this.outputs`, made from
   * their outputs.
   */
  pullback(
    parameters: readonly TensorLike[],
    images: TensorLike,
    cotangent: (outputs: Float32Array, from: number) => Float32Array,
  ): Promise<Pullback>;
  /**
   * What `apply` and `pullback` add to the last layer's outputs [n, outputs], if anything: a function of
   * the images that no weight moves, and kernels do not see.
   */
  readonly added?: Added;
}

/** A function of images alone, with the shape of a network's outputs. */
export type Added = (images: TensorLike) => Promise<Tensor>;

/**
 * Bytes of activations a batch may hold. Larger batches are no faster, and with this the peak is
 * independent of the number of images.
 */
const BATCH_BYTES = 256 * 2 ** 20;

/**
 * A network of `layers` that takes images of `inputShape`.
 *
 * @param configuration plain values that tell this network from others.
 * @param added what is added to the last layer's outputs.
 */
export function networkOf(
  layers: readonly Layer[],
  inputShape: readonly number[],
  configuration: Readonly<Record<string, unknown>>,
  added?: Added,
): Network {
  const specifications = layers.flatMap((layer) => layer.parameters);
  const shapes = specifications.map(({ shape }) => shape);
  const parameterCount = shapes.reduce((total, shape) => total + elementCount(shape), 0);
  let end = 0;
  /** Where each parameter's numbers begin among all. */
  const starts = shapes.map((shape) => (end += elementCount(shape)) - elementCount(shape));
  const outputs = elementCount(layers[layers.length - 1].outputShape);
  const sampleBytes = 4 * (elementCount(inputShape) + heldNumbers(layers));
  const mostAtOnce = Math.max(1, Math.floor(BATCH_BYTES / sampleBytes));

  const init = (seed: number): Tensor[] =>
    specifications.map(({ shape, initialStd }, index) => {
      const data = new Float32Array(elementCount(shape));
      randomStream(seed, `networks/parameter ${index}`).normal(data);
      for (let i = 0; i < data.length; i++) data[i] *= initialStd;
      return { shape, data };
    });

  const perLayer = (module: typeof tf, values: readonly TensorLike[], name: string) =>
    multiplied(module, layers, values, name);

  /** Calls `visit` in a tidy for one batch after another. */
  const forBatches = async (
    images: TensorLike,
    count: number,
    visit: (module: typeof tf, x: tf.Tensor, from: number) => void,
  ) => {
    const module = await tensorflow();
    // Of equal size, so that a batch finds memory and plans of the one before.
    const batchSize = Math.ceil(count / Math.ceil(count / mostAtOnce));
    for (let from = 0; from < count; from += batchSize) {
      const to = Math.min(count, from + batchSize);
      module.tidy(() => visit(module, imageBatch(module, images, inputShape, from, to), from));
      // Lets progress bars, other cells and an interrupt have their turn.
      await pause();
    }
  };

  const apply: Network["apply"] = async (parameters, images) => {
    const count = imageCount(images, inputShape);
    const result = new Float32Array(count * outputs);
    const more = await added?.(images);
    await forBatches(images, count, (module, x, from) => {
      const weights = perLayer(module, parameters, "parameters");
      for (let i = 0, steps = 0; i < layers.length; i += steps) {
        const { length, 0: { y } } = forwardStep(layers, weights, i, x);
        // Nothing looks back here, so an activation goes as soon as the next one is there.
        if (i > 0) x.dispose();
        [x, steps] = [y, length];
      }
      result.set(withAdded(x.dataSync() as Float32Array, more, from * outputs), from * outputs);
    });
    return { shape: [count, outputs], data: result };
  };

  const jvp: Network["jvp"] = async (parameters, images, tangents) => {
    const count = imageCount(images, inputShape);
    const result = new Float32Array(count * outputs);
    await forBatches(images, count, (module, x, from) => {
      const weights = perLayer(module, parameters, "parameters");
      const changes = perLayer(module, tangents, "tangents");
      let dx: tf.Tensor | undefined;
      for (let i = 0; i < layers.length;) {
        const passes = forwardStep(layers, weights, i, x);
        const first = i === 0;
        for (const pass of passes) {
          const dy: tf.Tensor = layers[i].jvp(pass, dx, changes[i], true);
          if (dx !== dy) dx?.dispose();
          [dx, i] = [dy, i + 1];
        }
        if (!first) x.dispose();
        x = passes[0].y;
      }
      result.set(dx!.dataSync() as Float32Array, from * outputs);
    });
    return { shape: [count, outputs], data: result };
  };

  /**
   * Outputs, and the parameters' Jᵀu batch by batch: `take` is given each parameter's of each batch,
   * which lie in memory that is void afterwards.
   */
  const backward = async (
    parameters: readonly TensorLike[],
    images: TensorLike,
    cotangent: (outputs: Float32Array, from: number) => Float32Array,
    take: (parameter: number, values: Float32Array, first: boolean) => void,
  ): Promise<Tensor> => {
    const count = imageCount(images, inputShape);
    const result = new Float32Array(count * outputs);
    const more = await added?.(images);
    await forBatches(images, count, (module, x, from) => {
      const passes = forwardPasses(layers, perLayer(module, parameters, "parameters"), x);
      const last = passes[passes.length - 1].y.dataSync() as Float32Array;
      const values = withAdded(last, more, from * outputs);
      result.set(values, from * outputs);
      const given = checkLength("what cotangent gives", cotangent(values, from), values.length);
      let u: tf.Tensor = module.tensor(given, passes[passes.length - 1].y.shape);
      let parameter = specifications.length;
      for (let i = layers.length - 1; i >= 0; i--) {
        for (const contribution of layers[i].parameterVjp(passes[i], u).reverse()) {
          parameter--;
          withValues(contribution, (values) => take(parameter, values, from === 0));
          contribution.dispose();
        }
        if (i === 0) break;
        const next = layers[i].inputVjp(passes[i], u, true);
        // The last reader of this activation and of this cotangent has run.
        if (next !== u) u.dispose();
        passes[i].y.dispose();
        u = next;
      }
    });
    return { shape: [count, outputs], data: result };
  };

  const pullback: Network["pullback"] = async (parameters, images, cotangent) => {
    checkFunction("cotangent", cotangent);
    imageCount(images, inputShape);
    await tensorflow();
    const gradient = freshArray(Float64Array, parameterCount);
    const found = await backward(parameters, images, cotangent, (parameter, values, first) => {
      const { multiplier } = specifications[parameter];
      (first ? putScaled : addScaled)(gradient, starts[parameter], values, multiplier);
    });
    return { outputs: found, gradient };
  };

  const vjp: Network["vjp"] = async (parameters, images, cotangents) => {
    const count = imageCount(images, inputShape);
    const u = toArray(cotangents, "cotangents", [count, outputs]);
    const part = (values: Float32Array, from: number) =>
      u.subarray(from * outputs, from * outputs + values.length);
    if (count > mostAtOnce) {
      return unflatten((await pullback(parameters, images, part)).gradient, shapes);
    }
    // Of one batch: no sum of batches, so nothing for float64.
    const found: Tensor[] = shapes.map((shape) => ({ shape, data: NOTHING }));
    await backward(parameters, images, part, (parameter, values) => {
      const { multiplier, shape } = specifications[parameter];
      const data = freshArray(Float32Array, values.length);
      data.set(values);
      if (multiplier !== 1) { for (let i = 0; i < data.length; i++) data[i] *= multiplier; }
      found[parameter] = { shape, data };
    });
    return found;
  };

  return {
    configuration,
    layers,
    inputShape,
    outputs,
    shapes,
    parameterCount,
    init,
    apply,
    jvp,
    vjp,
    pullback,
    ...(added && { added }),
  };
}

/**
 * A batch's outputs and what is added to them, which starts with the batch's first at `start`.
 *
 * @param more [n, outputs] of all images, or nothing
 */
export function withAdded(values: Float32Array, more: Tensor | undefined, start = 0): Float32Array {
  return more ? values.map((value, i) => value + more.data[start + i]) : values;
}

/** In place of values that are not there yet. */
const NOTHING = new Float32Array(0);

/** Ends the current turn of the event loop. */
const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
