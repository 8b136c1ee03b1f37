/**
 * Multiplication by a number that does not train.
 *
 * @module
 */
import { type Layer, NO_CURVATURE, varying, WITHOUT_PARAMETERS } from "./layer.ts";

/** y = a x; at infinite width K → a² K, Θ → a² Θ. */
export function scaling(factor: number, inputShape: readonly number[]): Layer {
  const squared = factor ** 2;
  return {
    ...WITHOUT_PARAMETERS,
    name: "scaling",
    outputShape: inputShape,
    forward: (x) => x.mul(factor),
    jvp: (_, dx) => varying(dx).mul(factor),
    inputVjp: (_, u) => u.mul(factor),
    vjpTangent: NO_CURVATURE,
    recursion({ k, theta }) {
      for (let at = 0; at < k.length; at++) {
        k[at] *= squared;
        theta[at] *= squared;
      }
      return { k, theta };
    },
    pixelStep: { operation: "scale", variance: squared, tangent: 0 },
  };
}
