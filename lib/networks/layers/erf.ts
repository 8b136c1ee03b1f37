/**
 * The error function.
 *
 * @module
 */
import { execute } from "../../tensorflow/mod.ts";
import type { DualActivation } from "./dual_activations.ts";
import type { Activation } from "./nonlinearity.ts";

/** Williams' (1996) kernels of erf. */
const dual: DualActivation = {
  value: (a, b, c) =>
    2 / Math.PI *
    Math.asin(Math.min(1, Math.max(-1, 2 * c / Math.sqrt((1 + 2 * a) * (1 + 2 * b))))),
  slope: (a, b, c) => 4 / Math.PI / Math.sqrt((1 + 2 * a) * (1 + 2 * b) - 4 * c * c),
};

/** y = erf(x). */
export const erf: Activation = {
  name: "erf",
  forward: (x) => execute("Erf", [x], {}),
  derivative: ({ x }, u) => u.mul(x.square().neg().exp()).mul(2 / Math.sqrt(Math.PI)),
  secondDerivative: ({ x }, u) => u.mul(x.square().neg().exp()).mul(x).mul(-4 / Math.sqrt(Math.PI)),
  dual,
};
