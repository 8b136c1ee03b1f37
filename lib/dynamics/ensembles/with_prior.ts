/**
 * A loss with the prior's ridge: what Langevin dynamics of a network moves in.
 *
 * @module
 */
import { checkPositive } from "../../numerics/checks.ts";
import { checkLandscape, type Landscape } from "../laws/landscape.ts";

/**
 * U(θ) = L(θ) + ½|θ|²/β: Langevin dynamics at the temperature 1/β in it ends at e^{−βL − ½|θ|²}, the
 * standard normal prior times e^{−βL}.
 *
 * @throws {TypeError} if the loss is no landscape
 * @throws {RangeError} if β is not positive
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { smallNetwork } from "./small_network.ts";
 * import { withPrior } from "./with_prior.ts";
 *
 * const loss = smallNetwork({ widths: [1, 1], inputs: [[1]], targets: [[1]] });
 * assert.equal(withPrior(loss, 2).value(Float64Array.of(3), 0), 2 + 9 / 4);
 * assert.throws(() => withPrior(loss, -1), /beta is -1; it must be a positive inverse temperature/);
 * ```
 */
export function withPrior(loss: Landscape, beta: number): Landscape {
  const { dimension, value, gradient } = checkLandscape("loss", loss);
  checkPositive("beta", beta, "a positive inverse temperature");
  return {
    dimension,
    value: (x, t) => value(x, t) + x.reduce((total, one) => total + one * one, 0) / (2 * beta),
    gradient(x, t, into) {
      gradient(x, t, into);
      for (let i = 0; i < dimension; i++) into[i] += x[i] / beta;
    },
  };
}
