/**
 * Average pooling.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { execute, executeOver } from "../../tensorflow/mod.ts";
import { type Layer, NO_CURVATURE, varying, WITHOUT_PARAMETERS } from "./layer.ts";

/**
 * Mean over blocks of size × size pixels; at infinite width, over the blocks of both pixels.
 *
 * @throws {RangeError} if the blocks do not fill the image
 */
export function averagePool(size: number, inputShape: readonly number[]): Layer {
  const [height, width, channels] = inputShape;
  if (height % size !== 0 || width % size !== 0) {
    throw new RangeError(`blocks of ${size} × ${size} do not fill ${height} × ${width} pixels`);
  }
  const attributes = {
    ksize: [1, size, size, 1],
    strides: [1, size, size, 1],
    padding: "VALID",
    data_format: "NHWC",
  } as const;
  const forward = (x: tf.Tensor) => execute("AvgPool", [x], attributes);
  return {
    ...WITHOUT_PARAMETERS,
    name: "average pool",
    outputShape: [height / size, width / size, channels],
    forward: (x) => forward(x),
    jvp: (_, dx) => forward(varying(dx)),
    inputVjp: (_, u, spent) => spread(u, size, spent),
    vjpTangent: NO_CURVATURE,
    recursion({ k, theta }) {
      const means = blockMeans(size, height, width);
      return { k: means(k), theta: means(theta) };
    },
    pixelStep: { pool: size },
  };
}

/**
 * u/size² in all pixels of each block. AvgPoolGrad does it too, in twice the time: it fills the image
 * with zeros first, on one thread.
 */
function spread(u: tf.Tensor, size: number, spent = false): tf.Tensor {
  const [, rows, columns] = u.shape;
  const pixels = execute("Cast", [[size ** 2]], { DstT: "float32" });
  const share = (spent ? executeOver : execute)("RealDiv", [u, pixels]);
  const image = execute("ResizeNearestNeighbor", [share, [rows * size, columns * size]], {
    half_pixel_centers: true,
  });
  pixels.dispose();
  share.dispose();
  return image;
}

/** The means of a kernel over pixels, its rows and columns in blocks. */
function blockMeans(size: number, height: number, width: number) {
  const pixels = height * width, blocks = pixels / size ** 2;
  const block = Int32Array.from(
    { length: pixels },
    (_, p) =>
      Math.floor(Math.floor(p / width) / size) * (width / size) +
      Math.floor(p % width / size),
  );
  return (values: Float64Array) => {
    const means = new Float64Array(blocks ** 2);
    for (let p = 0, at = 0; p < pixels; p++) {
      const row = block[p] * blocks;
      for (let q = 0; q < pixels; q++) means[row + block[q]] += values[at++] / size ** 4;
    }
    return means;
  };
}
