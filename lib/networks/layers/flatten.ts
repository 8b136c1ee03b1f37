/**
 * From pixels to a vector.
 *
 * @module
 */
import { elementCount } from "../../numerics/tensor.ts";
import { type Layer, NO_CURVATURE, varying, WITHOUT_PARAMETERS } from "./layer.ts";

/**
 * A sample's array as a vector; at infinite width, the mean over pixels of a covariance of equal
 * pixels.
 */
export function flatten(inputShape: readonly number[]): Layer {
  const length = elementCount(inputShape);
  const pixels = elementCount(inputShape.slice(0, -1));
  return {
    ...WITHOUT_PARAMETERS,
    name: "flatten",
    outputShape: [length],
    forward: (x) => x.reshape([-1, length]),
    jvp: (_, dx) => varying(dx).reshape([-1, length]),
    inputVjp: ({ x }, u) => u.reshape(x.shape),
    vjpTangent: NO_CURVATURE,
    recursion: (kernels) =>
      pixels === 1
        ? kernels
        : { k: diagonalMean(kernels.k, pixels), theta: diagonalMean(kernels.theta, pixels) },
    ...(pixels === 1 && { pixelStep: { operation: "keep" } }),
  };
}

function diagonalMean(kernel: Float64Array, pixels: number): Float64Array {
  let total = 0;
  for (let p = 0; p < pixels; p++) total += kernel[p * pixels + p];
  return Float64Array.of(total / pixels);
}
