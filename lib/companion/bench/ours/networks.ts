/**
 * Our side of the rows of networks: gradients, products with the Jacobian, kernels.
 *
 * @module
 */
import { squaredError } from "../../../dynamics/mod.ts";
import { fullyConnected, myrtle5, type Network } from "../../../networks/mod.ts";
import { empiricalNtk, infiniteKernels } from "../../../ntk/mod.ts";
import { randomStream, type Tensor } from "../../../numerics/mod.ts";
import { execute, tensorflow } from "../../../tensorflow/mod.ts";
import type { NumberArray } from "../arrays.ts";
import type { Size } from "../row.ts";
import { type MakeWork, type Work, work } from "./work.ts";

/** The side of the product of matrices that gradients are held against. */
const SIDE = 2048;

/** Random images, targets, changes: what they look like costs nothing. */
export function drawn(shape: readonly number[], what: string): Tensor & NumberArray {
  const count = shape.reduce((product, side) => product * side, 1);
  const data = randomStream(1, `benchmarks/${what}`).normal(new Float32Array(count));
  return { shape, data };
}

const WIDE = [3072, 512, 512, 10];

/** The networks of the rows; the ntk parametrization is that of neural-tangents. */
export const NETWORKS = {
  fcn: ({ width }: Size, parametrization: "standard" | "ntk" = "standard") =>
    fullyConnected({
      widths: width === undefined ? WIDE : [3072, width, width, 10],
      ...{ parametrization, weightStd: Math.SQRT2 },
    }),
  myrtle: ({ channels }: Size, parametrization: "standard" | "ntk" = "standard") =>
    myrtle5({ channels, parametrization, weightStd: Math.SQRT2 }),
} as const;

type NetworkName = keyof typeof NETWORKS;

/** Weights by their number, as the peers read them. */
const named = (tensors: readonly Tensor[], prefix = "theta"): Record<string, NumberArray> =>
  Object.fromEntries(tensors.map(({ shape, data }, i) => [`${prefix}${i}`, { shape, data }]));

function problem(name: NetworkName, size: Size, parametrization?: "ntk") {
  const network: Network = NETWORKS[name](size, parametrization);
  const theta = network.init(0);
  const images = drawn([size.n, 32, 32, 3], "images");
  return { network, theta, images, inputs: { ...named(theta), images } };
}

/** Multiply–adds of one image's forward pass through the layers with weights. */
function forwardWork({ shapes }: Network): number {
  const pixels = [1024, 1024, 256, 64];
  return shapes.reduce((sum, shape, i) => {
    const weights = shape.reduce((product, side) => product * side, 1);
    return sum + weights * (shape.length === 4 ? pixels[i] : 1);
  }, 0);
}

/** Seconds of a product of two matrices in float32, by the same library. */
async function sgemm(): Promise<() => number> {
  const tf = await tensorflow();
  const square = tf.randomNormal([SIDE, SIDE]);
  const product = () => {
    const start = performance.now();
    execute("MatMul", [square, square]).dispose();
    return (performance.now() - start) / 1000;
  };
  product();
  return product;
}

/** ∇L over all images. */
export const gradientOf = (name: NetworkName): MakeWork => async (size) => {
  const { network, theta, images, inputs } = problem(name, size);
  const targets = drawn([size.n, 10], "targets");
  const loss = squaredError(network, images, targets);
  // Three products a layer, but two in the first, which hands nothing back.
  const first = network.shapes[0].reduce((product, side) => product * side, 1) *
    (network.shapes[0].length === 4 ? 1024 : 1);
  const flops = 2 * size.n * (3 * forwardWork(network) - first);
  return work({
    inputs: { ...inputs, targets },
    run: () => loss(theta),
    answer: ({ gradient }) => gradient,
    told: () => ({ flops, yardstickFlops: 2 * SIDE ** 3 }),
    yardstick: await sgemm(),
  });
};

/** J v. */
export const jvpOf = (name: NetworkName): MakeWork => (size) => {
  const { network, theta, images, inputs } = problem(name, size);
  const tangents = network.shapes.map((shape, i) => drawn(shape, `tangent ${i}`));
  return work({
    inputs: { ...inputs, ...named(tangents, "tangent") },
    run: () => network.jvp(theta, images, tangents),
    answer: ({ data }) => data,
  });
};

/** Jᵀ u. */
export const vjpOf = (name: NetworkName): MakeWork => (size) => {
  const { network, theta, images, inputs } = problem(name, size);
  const cotangents = drawn([size.n, 10], "cotangents");
  return work({
    inputs: { ...inputs, cotangents },
    run: () => network.vjp(theta, images, cotangents),
    answer: (parts) => parts.flatMap(({ data }) => Array.from(data)),
  });
};

/** J Jᵀ at random weights. */
export const kernelOf = (name: NetworkName, outputs: "trace" | "full"): MakeWork => (size) => {
  const { network, theta, images, inputs } = problem(name, size, "ntk");
  return work({
    inputs,
    run: () => empiricalNtk(network, theta, images, { outputs }),
    answer: ({ data }) => data,
  });
};

/** The kernels at infinite width. */
export const infiniteOf = (name: NetworkName): MakeWork => (size): Work => {
  const network = NETWORKS[name]({ channels: 1, ...size }, "ntk");
  const images = drawn([size.n, 32, 32, 3], "images");
  return work({
    inputs: { images },
    run: () => infiniteKernels(network, images),
    answer: ({ nngp, ntk }) => [...nngp.data, ...ntk.data],
  });
};

/** A product of matrices in float32. */
export const sgemmOf: MakeWork = async ({ n }) => {
  const tf = await tensorflow();
  const [a, b] = [drawn([n, n], "left"), drawn([n, n], "right")];
  const [left, right] = [a, b].map(({ data }) => tf.tensor2d(data as Float32Array, [n, n]));
  let last: { dataSync(): ArrayLike<number>; dispose(): void } | undefined;
  return work({
    inputs: { a, b },
    run: () => {
      last?.dispose();
      last = execute("MatMul", [left, right]);
      return last;
    },
    answer: (product) => product.dataSync(),
    told: () => ({ flops: 2 * n ** 3 }),
  });
};
