/**
 * Optimizers, one a file, behind two small functions: the state before the first step, and the step
 * that a state and a gradient make. `descend` runs any of them, by name or as an object.
 *
 * @module
 */
import { checkOneOf } from "../../../numerics/checks.ts";
import { adam } from "./adam.ts";
import { gradientDescent } from "./gradient_descent.ts";
import { heavyBall } from "./heavy_ball.ts";
import { nesterov } from "./nesterov.ts";
import type { Optimizer } from "./optimizer.ts";
import { rmsprop } from "./rmsprop.ts";

export { adam, type AdamState } from "./adam.ts";
export { gradientDescent } from "./gradient_descent.ts";
export { heavyBall, type Velocity } from "./heavy_ball.ts";
export { nesterov } from "./nesterov.ts";
export type { Optimizer, OptimizerState, OptimizerUpdate } from "./optimizer.ts";
export { rmsprop } from "./rmsprop.ts";

/** The table of names: how each is made of the options that `descend` has for optimizers. */
const byName = {
  "gradient-descent": { make: gradientDescent },
  "heavy-ball": { make: heavyBall, momentum: true },
  nesterov: { make: nesterov, momentum: true },
  rmsprop: { make: (): Optimizer => rmsprop() },
  adam: { make: (): Optimizer => adam() },
} satisfies Record<
  string,
  {
    readonly make: (options: { readonly momentum?: number }) => Optimizer;
    /** Whether it takes a momentum. */
    readonly momentum?: true;
  }
>;

/** An optimizer's name. */
export type OptimizerName = keyof typeof byName;

const names = Object.keys(byName) as OptimizerName[];

/**
 * The optimizer of a name, or the object that was given.
 *
 * @param momentum μ, for a name whose optimizer takes one
 * @throws {RangeError} if there is none of that name, or the momentum is given to one without
 * @throws {TypeError} if an object lacks `name`, `init` or `update`
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { chosenOptimizer } from "./mod.ts";
 * assert.equal(chosenOptimizer("nesterov", 0.8).name, "nesterov");
 * assert.throws(() => chosenOptimizer("adam", 0.8), /momentum is 0.8/);
 * ```
 */
export function chosenOptimizer(
  optimizer: OptimizerName | Optimizer = "gradient-descent",
  momentum?: number,
): Optimizer {
  const given = typeof optimizer === "object" && optimizer !== null;
  if (given) checkOptimizer(optimizer);
  const name = given ? optimizer.name : checkOneOf("optimizer", optimizer, names);
  if (momentum !== undefined && (given || !("momentum" in byName[optimizer]))) {
    throw new RangeError(
      `momentum is ${momentum}; it goes with ${
        names.filter((one) => "momentum" in byName[one]).map((one) => `"${one}"`).join(" and ")
      }, not with "${name}"`,
    );
  }
  return given ? optimizer : byName[optimizer].make({ momentum });
}

function checkOptimizer({ name, init, update }: Optimizer) {
  if (typeof name === "string" && typeof init === "function" && typeof update === "function") {
    return;
  }
  throw new TypeError(
    "optimizer is an object without a name, init or update; it must have all three, " +
      "as the Optimizer interface says, or be a name",
  );
}
