/**
 * The optimizer that options of a descent tell.
 *
 * @module
 */
import { checkOneOf, checkThat } from "../../../numerics/checks.ts";
import type { Optimizer } from "./optimizer.ts";
import { optimizerTable } from "./optimizer_table.ts";

/** An optimizer's name. */
export type OptimizerName = keyof typeof optimizerTable;

const names = Object.keys(optimizerTable) as OptimizerName[];

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
 * import { chosenOptimizer } from "./chosen_optimizer.ts";
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
  if (momentum !== undefined && (given || !("momentum" in optimizerTable[optimizer]))) {
    throw new RangeError(
      `momentum is ${momentum}; it goes with ${
        names.filter((one) => "momentum" in optimizerTable[one]).map((one) => `"${one}"`).join(
          " and ",
        )
      }, not with "${name}"`,
    );
  }
  return given ? optimizer : optimizerTable[optimizer].make({ momentum });
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
