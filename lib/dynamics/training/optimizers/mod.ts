/**
 * Optimizers, one a file, behind two small functions: the state before the first step, and the step
 * that a state and a gradient make. `descend` runs any of them, by name or as an object.
 *
 * @module
 */
import { checkOneOf, checkThat } from "../../../numerics/checks.ts";
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
  checkOptimizer("optimizer", optimizer);
  const given = typeof optimizer === "object";
  const name = given ? optimizer.name : optimizer;
  if (momentum !== undefined && (given || !("momentum" in byName[optimizer]))) {
    throw new RangeError(
      `momentum is ${momentum}; it goes with ${
        names.filter((one) => "momentum" in byName[one]).map((one) => `"${one}"`).join(" and ")
      }, not with "${name}"`,
    );
  }
  return given ? optimizer : byName[optimizer].make({ momentum });
}

/** The optimizer, if it is one or a name of one; errors as {@link chosenOptimizer}. */
export function checkOptimizer<T extends OptimizerName | Optimizer>(
  called: string,
  optimizer: T,
): T {
  if (typeof optimizer !== "object" || optimizer === null) {
    return checkOneOf<OptimizerName>(called, optimizer, names) as T;
  }
  const { name, init, update } = optimizer;
  const whole = typeof name === "string" && typeof init === "function" &&
    typeof update === "function";
  return checkThat(
    called,
    optimizer,
    whole,
    "a name of one, or have a name, init and update, as the Optimizer interface says",
  );
}
