/**
 * The optimizer that options of a descent tell.
 *
 * @module
 */
import { checkOneOf } from "../../../numerics/checks.ts";
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
  const given = typeof optimizer === "object" && optimizer !== null;
  if (given) checkOptimizer(optimizer);
  const name = given ? optimizer.name : checkOneOf("optimizer", optimizer, names);
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

function checkOptimizer({ name, init, update }: Optimizer) {
  if (typeof name === "string" && typeof init === "function" && typeof update === "function") {
    return;
  }
  throw new TypeError(
    "optimizer is an object without a name, init or update; it must have all three, " +
      "as the Optimizer interface says, or be a name",
  );
}
