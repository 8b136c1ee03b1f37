/**
 * Antisymmetric initialization: two copies of a network whose initial outputs cancel.
 *
 * @module
 */
import type { Tensor } from "../numerics/tensor.ts";
import { checkNetwork } from "./check_network.ts";
import { TWIN_SHARES, twins } from "./layers/mod.ts";
import type { Network } from "./network.ts";
import { imageCount, type TensorLike, toArray } from "./tensors.ts";

/**
 * f(θ_a, θ_b) = (1/√2)(f(θ_a) − f(θ_b)), which `init` starts at θ_a = θ_b: so f_0 = 0 exactly, and the
 * kernel (K_a + K_b)/2 is at first that of the network itself (Chizat, Oyallon, Bach 2019; Zhang et
 * al. 2020). It has twice the parameters, and a pass costs two.
 *
 * Any network can wear it. With targets y it starts as the network does with f_0 subtracted, and has
 * the same linearization; as θ_a and θ_b then part, both are no longer the same.
 *
 * @throws {TypeError} if it is given no network
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { antisymmetric } from "./antisymmetric.ts";
 * import { fullyConnected } from "./fully_connected.ts";
 * const network = antisymmetric(fullyConnected({ widths: [2, 8, 1] }));
 * const images = { shape: [2, 2], data: Float32Array.of(1, 0, 0, 1) };
 * const { data } = await network.apply(network.init(0), images);
 * assert.deepEqual([...data], [0, 0]);
 * ```
 */
export function antisymmetric(network: Network): Network {
  const { configuration, layers, inputShape, outputs, shapes, parameterCount } = checkNetwork(
    "network",
    network,
  );
  const init = (seed: number) => [...network.init(seed), ...network.init(seed)];
  const summed = async (of: (twin: number) => Promise<Tensor>): Promise<Tensor> => {
    const [a, b] = [await of(0), await of(1)];
    return { shape: a.shape, data: difference(a.data, b.data) };
  };
  const halfOf = (list: readonly TensorLike[], name: string, twin: number) =>
    checkHalves(list, name, shapes.length).slice(
      twin * shapes.length,
      (twin + 1) * shapes.length,
    );

  const pullback: Network["pullback"] = async (parameters, images, cotangent) => {
    const count = imageCount(images, inputShape);
    const shape = [count, outputs];
    const [a, b] = [0, 1].map((twin) => halfOf(parameters, "parameters", twin));
    const { data: other } = await network.apply(b, images);
    const [values, u] = [new Float32Array(count * outputs), new Float32Array(count * outputs)];
    const first = await network.pullback(a, images, (own, from) => {
      const at = from * outputs;
      const both = difference(own, other.subarray(at, at + own.length));
      const given = cotangent(both, from);
      values.set(both, at);
      u.set(given, at);
      return given.map((value) => TWIN_SHARES[0] * value);
    });
    const second = await network.pullback(
      b,
      images,
      (own, from) =>
        u.subarray(from * outputs, from * outputs + own.length).map((v) => TWIN_SHARES[1] * v),
    );
    const gradient = new Float64Array(2 * parameterCount);
    gradient.set(first.gradient);
    gradient.set(second.gradient, parameterCount);
    return { outputs: { shape, data: values }, gradient };
  };

  return {
    configuration: { antisymmetric: true, ...configuration },
    layers: [twins(layers)],
    inputShape,
    outputs,
    shapes: [...shapes, ...shapes],
    parameterCount: 2 * parameterCount,
    init,
    apply: (parameters, images) =>
      summed((twin) => network.apply(halfOf(parameters, "parameters", twin), images)),
    jvp: (parameters, images, tangents) =>
      summed((twin) =>
        network.jvp(
          halfOf(parameters, "parameters", twin),
          images,
          halfOf(tangents, "tangents", twin),
        )
      ),
    async vjp(parameters, images, cotangents) {
      const shape = [imageCount(images, inputShape), outputs];
      const u = toArray(cotangents, "cotangents", shape);
      const halves = [];
      for (const [twin, share] of TWIN_SHARES.entries()) {
        const data = u.map((value) => share * value);
        const half = halfOf(parameters, "parameters", twin);
        halves.push(...await network.vjp(half, images, { shape, data }));
      }
      return halves;
    },
    pullback,
  };
}

/** (a − b)/√2, 0 exactly where the two are the same. */
const difference = (a: Float32Array, b: Float32Array) =>
  a.map((value, i) => (value - b[i]) * Math.SQRT1_2);

function checkHalves<T>(list: readonly T[], name: string, half: number): readonly T[] {
  if (list.length === 2 * half) return list;
  throw new RangeError(`${name} has ${list.length} tensors; this network has ${2 * half}`);
}
