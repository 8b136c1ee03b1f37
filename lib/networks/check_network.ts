/**
 * The check of an argument that has to be a network.
 *
 * @module
 */
import { checkFunction, checkList, checkNumbers, checkRecord, maybe } from "../numerics/checks.ts";
import type { Network } from "./network.ts";

/**
 * The network, if it is one: it has layers and all the functions of one.
 *
 * @throws {TypeError} naming the argument, its value or what it lacks
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { checkNetwork } from "./check_network.ts";
 * import { fullyConnected } from "./fully_connected.ts";
 * const network = fullyConnected({ widths: [2, 1] });
 * assert.equal(checkNetwork("network", network), network);
 * assert.throws(() => checkNetwork("network", {} as typeof network), /network.layers is undefined/);
 * ```
 */
export const checkNetwork = <T extends Network>(name: string, network: T): T =>
  checkRecord(name, network, CHECKS, "a network, as fullyConnected or myrtle5 makes one");

const CHECKS = {
  layers: checkList,
  inputShape: checkNumbers,
  shapes: checkList,
  init: checkFunction,
  apply: checkFunction,
  jvp: checkFunction,
  vjp: checkFunction,
  pullback: checkFunction,
  added: maybe(checkFunction),
} as const;
