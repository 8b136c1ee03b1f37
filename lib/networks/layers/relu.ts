/**
 * The rectifier.
 *
 * @module
 */
import { execute, executeOver } from "../../tensorflow/mod.ts";
import type { DualActivation } from "./dual_activations.ts";
import type { Activation } from "./nonlinearity.ts";

/**
 * The arc-cosine kernels of relu (Cho and Saul 2009), with the angle from sine and cosine, so that
 * nearly equal inputs lose no digits; √(ab − c²) is made of factors.
 */
const dual: DualActivation = {
  value(a, b, c) {
    const sine = determinantRoot(a, b, c);
    return (sine + (Math.PI - Math.atan2(sine, c)) * c) / (2 * Math.PI);
  },
  slope(a, b, c) {
    if (a === 0 || b === 0) return 0.25;
    return (Math.PI - Math.atan2(determinantRoot(a, b, c), c)) / (2 * Math.PI);
  },
};

function determinantRoot(a: number, b: number, c: number): number {
  const mean = Math.sqrt(a * b);
  return Math.sqrt(Math.max(0, (mean - c) * (mean + c)));
}

/** y = max(0, x); the derivative at the kink is 0. W_std = √2 keeps the signal's size. */
export const relu: Activation = {
  name: "relu",
  forward: (x) => execute("Relu", [x], {}),
  derivative: ({ y }, u, spent) => (spent ? executeOver : execute)("ReluGrad", [u, y], {}),
  secondDerivative: 0,
  dual,
  weightStd: Math.SQRT2,
  fusion: "relu",
  pixelStep: { operation: "rectify" },
};
