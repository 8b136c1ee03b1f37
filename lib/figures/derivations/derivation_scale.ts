/**
 * How large the numbers are that a side of a derivation is computed from: where its terms cancel, its
 * value alone does not tell how exact it can be.
 *
 * @module
 */
import type { MathNode, OperatorNode, ParenthesisNode } from "mathjs";
import { finite, type Mathjs, settled } from "./derivation_terms.ts";

/** A number, and the size of what it was computed from: its rounding error is ε times that. */
export interface Scaled {
  readonly value: number;
  /** At least |value|. */
  readonly scale: number;
}

/**
 * A meaning's value with its scale: to first order, how far its value moves, over ε, where each term
 * of its sums moves by ε of itself. What functions are given, and powers are raised to, counts as
 * exact.
 *
 * @throws {RangeError} if the value is not a finite real number
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as mathjs from "mathjs";
 * import { valueAndScale } from "./derivation_scale.ts";
 * const scaleOf = (text: string) => valueAndScale(mathjs, mathjs.parse(text), { a: 3, b: 0.5 }).scale;
 * assert.equal(scaleOf("b"), 0.5);
 * assert.equal(scaleOf("a - a"), 3);
 * assert.equal(scaleOf("b * (a - a)"), 1.5);
 * ```
 */
export function valueAndScale(
  mathjs: Mathjs,
  node: MathNode,
  variables: Readonly<Record<string, number>>,
): Scaled {
  const { value, scale } = scaled(settled(mathjs, node, variables), variables);
  return { value: finite(node, value, variables), scale };
}

function scaled(node: MathNode, variables: Readonly<Record<string, number>>): Scaled {
  if (node.type === "ParenthesisNode") return scaled((node as ParenthesisNode).content, variables);
  if (node.type === "OperatorNode") {
    const { fn, args } = node as OperatorNode;
    const combine = COMBINED[fn];
    if (combine?.length === args.length) {
      const { value, scale } = combine(...args.map((arg) => scaled(arg, variables)));
      const least = Math.abs(value);
      // The root of 0 has no first order.
      return { value, scale: Number.isFinite(scale) ? Math.max(scale, least) : least };
    }
  }
  const value = node.evaluate({ ...variables });
  return { value, scale: Math.abs(value) };
}

const COMBINED: Readonly<Record<string, (...of: Scaled[]) => Scaled>> = {
  unaryMinus: (a) => ({ value: -a.value, scale: a.scale }),
  add: (a, b) => ({ value: a.value + b.value, scale: Math.max(a.scale, b.scale) }),
  subtract: (a, b) => ({ value: a.value - b.value, scale: Math.max(a.scale, b.scale) }),
  multiply: (a, b) => ({
    value: a.value * b.value,
    scale: Math.max(a.scale * Math.abs(b.value), Math.abs(a.value) * b.scale),
  }),
  divide: (a, b) => ({
    value: a.value / b.value,
    scale: Math.max(a.scale, Math.abs(a.value / b.value) * b.scale) / Math.abs(b.value),
  }),
  pow: (a, b) => ({
    value: a.value ** b.value,
    scale: Math.abs(b.value * a.value ** (b.value - 1)) * a.scale,
  }),
};
