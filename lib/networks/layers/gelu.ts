/**
 * The Gaussian error linear unit.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { execute } from "../../tensorflow/mod.ts";
import type { DualActivation } from "./dual_activations.ts";
import type { Activation } from "./nonlinearity.ts";

/** The kernels of gelu (Tsuchida et al. 2021), Δ² = (1 + a)(1 + b) − c². */
const dual: DualActivation = {
  value(a, b, c) {
    const product = (1 + a) * (1 + b);
    const squared = 1 + a + b + (a * b - c * c);
    const root = Math.sqrt(squared);
    const fraction = (c * c + a * b * squared) / (product * root);
    return c / 4 + (fraction + c * Math.asin(c / Math.sqrt(product))) / (2 * Math.PI);
  },
  slope(a, b, c) {
    const product = (1 + a) * (1 + b);
    const squared = 1 + a + b + (a * b - c * c);
    const factor = 1 / squared + (1 - a * b) / product + 1;
    return 0.25 + (Math.asin(c / Math.sqrt(product)) + factor * c / Math.sqrt(squared)) /
        (2 * Math.PI);
  },
};

/** Φ(x), the share of a standard Gaussian below x. */
const share = (x: tf.Tensor) => execute("Erf", [x.mul(Math.SQRT1_2)], {}).add(1).mul(0.5);

/** Φ′(x), the standard Gaussian's density. */
const density = (x: tf.Tensor) => x.square().mul(-0.5).exp().div(Math.sqrt(2 * Math.PI));

/** y = x Φ(x), Φ the Gaussian's distribution function (Hendrycks and Gimpel 2016). */
export const gelu: Activation = {
  name: "gelu",
  forward: (x) => x.mul(share(x)),
  derivative: ({ x }, u) => u.mul(share(x).add(x.mul(density(x)))),
  secondDerivative: ({ x }, u) => u.mul(density(x)).mul(x.square().neg().add(2)),
  dual,
  weightStd: Math.SQRT2,
};
