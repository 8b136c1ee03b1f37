/**
 * Derivations by symbols: mathjs carries the step, the reader sees it as a formula.
 *
 * @module
 */
import { checkText } from "../../numerics/checks.ts";

/** A line of a derivation: left = right. */
export interface DerivationStep {
  /** TeX; empty where the line goes on from the one above. */
  readonly left: string;
  /** TeX. */
  readonly right: string;
  /** TeX of what stands between them; "=" unless said. */
  readonly relation?: string;
  /** What the line does, in words. */
  readonly words?: string;
}

/** An expression, in mathjs's words and in TeX. */
export interface Symbolic {
  readonly text: string;
  readonly tex: string;
  /** Its value where the variables have these. */
  at(variables: Readonly<Record<string, number>>): number;
}

/**
 * The derivative of an expression, simplified.
 *
 * @param expression as mathjs reads it, as in "k * x^2 / 2"
 * @throws {Error} if it cannot be read or has no derivative; mathjs says where
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { derivativeOf } from "./symbolic.ts";
 *
 * const slope = await derivativeOf("k * x^2 / 2", "x");
 * assert.equal(slope.at({ k: 3, x: 2 }), 6);
 * ```
 */
export async function derivativeOf(expression: string, variable: string): Promise<Symbolic> {
  checkText("expression", expression);
  checkText("variable", variable);
  const { derivative } = await import("mathjs"); // a second to load: only where it is asked for
  return await simplified(derivative(expression, variable).toString());
}

/**
 * An expression, simplified: the shortest of the forms that mathjs finds.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { simplified } from "./symbolic.ts";
 *
 * assert.equal((await simplified("(a + b)^2 - a^2 - 2 a b")).at({ a: 2, b: 3 }), 9);
 * ```
 */
export async function simplified(expression: string): Promise<Symbolic> {
  checkText("expression", expression);
  const { simplify, rationalize } = await import("mathjs");
  const forms = [simplify(expression)];
  try {
    const expanded = rationalize(expression);
    forms.push(expanded, simplify(expanded));
  } catch {
    // not a rational function
  }
  const [shortest] = forms.sort((a, b) => a.toString().length - b.toString().length);
  const node = simplify(shortest, FRACTIONS);
  return {
    text: node.toString(),
    tex: node.toTex({ handler: asVariable }),
    at: (variables) => Number(node.evaluate({ ...variables })),
  };
}

/** One bar instead of several, and no plus before a minus. */
const FRACTIONS = ["n1 / n2 / n3 -> n1 / (n2 * n3)", "n1 + (-n2) / n3 -> n1 - n2 / n3"];

/** "b" and "s" are variables here, where mathjs sets bits and seconds. */
const asVariable = ({ name }: { readonly name?: string }) =>
  name?.length === 1 ? ` ${name}` : undefined;
