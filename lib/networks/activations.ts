/**
 * The nonlinearities that go by a name.
 *
 * @module
 */
import { shown } from "../numerics/checks.ts";
import { activationTable } from "./activation_table.ts";
import type { Activation } from "./layers/mod.ts";

/** The name of a nonlinearity: max(0, x), erf x, x Φ(x), or x itself. */
export type ActivationName = keyof typeof activationTable;

/** The names of all nonlinearities. */
export const activationNames: readonly ActivationName[] = Object.keys(
  activationTable,
) as ActivationName[];

/**
 * A nonlinearity by its name, or as it is; none for "linear".
 *
 * @throws {RangeError} if there is none of this name, naming all
 * @throws {TypeError} if an object lacks a name or its functions
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { activationOf } from "./activations.ts";
 * assert.equal(activationOf("relu")?.name, "relu");
 * assert.equal(activationOf("linear"), undefined);
 * assert.throws(() => activationOf("rleu" as "relu"), /activation is "rleu"; it must be "relu"/);
 * ```
 */
export function activationOf(activation: ActivationName | Activation): Activation | undefined {
  checkActivation("activation", activation);
  return typeof activation === "string" ? activationTable[activation] : activation;
}

/** What an {@link Activation} has at least. */
const PARTS = "a name, forward and derivative, and dual or value and slope";

/** The nonlinearity, if it is one or a name of one; errors as {@link activationOf}. */
export function checkActivation<T extends ActivationName | Activation>(
  called: string,
  activation: T,
): T {
  if (activation === null || typeof activation !== "object") {
    if (activationNames.includes(activation)) return activation;
    const names = activationNames.map((one) => `"${one}"`).join(", ");
    throw new RangeError(
      `${called} is ${shown(activation)}; it must be ${names}, or an object with ${PARTS}`,
    );
  }
  const { name, forward, derivative } = activation;
  const whole = typeof name === "string" && typeof forward === "function" &&
    typeof derivative === "function" &&
    ("dual" in activation ||
      typeof activation.value === "function" && typeof activation.slope === "function");
  if (whole) return activation;
  throw new TypeError(
    `${called} is ${shown(activation)} (${shown(name)}); it must have ${PARTS}`,
  );
}
