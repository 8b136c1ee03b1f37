/**
 * What the terms of a derivation mean: mathjs's expressions, and beside them derivatives, values at
 * a point, limits and integrals.
 *
 *     d(f, t), partial(f, x)    derivatives, by mathjs
 *     at(f, x, a)               f where x = a
 *     bracket(f, x, a, b)       f where x = b, less f where x = a
 *     integral(f, x, a, b)      by quadrature: mathjs does not integrate
 *     limit(f, x, a)            by extrapolation from points close to a, above it
 *
 * @module
 */
import type { FunctionNode, MathNode, SymbolNode } from "mathjs";
import { integrate } from "../../numerics/mod.ts";

/** mathjs, once it has been loaded. */
export type Mathjs = typeof import("mathjs");

/** Expressions by the names that stand for them. */
export type Definitions = ReadonlyMap<string, MathNode>;

const OPERATORS: Readonly<Record<string, number>> = {
  d: 2,
  partial: 2,
  at: 3,
  limit: 3,
  bracket: 4,
  integral: 4,
};
const CONSTANTS = new Set(["pi", "e", "Infinity"]);

/**
 * The operator that a node applies, with its operands, or `undefined`.
 *
 * @throws {TypeError} if it has too few operands or the second one is no variable
 */
export function operatorOf(node: MathNode): { name: string; operands: MathNode[] } | undefined {
  if (node.type !== "FunctionNode") return undefined;
  const { fn, args } = node as FunctionNode;
  const name = (fn as SymbolNode).name;
  if (!Object.hasOwn(OPERATORS, name)) return undefined;
  if (args.length !== OPERATORS[name] || args[1].type !== "SymbolNode") {
    throw new TypeError(
      `${node} must have ${OPERATORS[name]} operands, the second of them a variable`,
    );
  }
  return { name, operands: args };
}

/**
 * The expression with its definitions put in, and with derivatives and values at a point carried
 * out; integrals and limits stay for {@link settled}.
 *
 * @throws {TypeError} if an integral or a limit is to be differentiated, or an operator's variable
 * is a name that stands for an expression
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as mathjs from "mathjs";
 * import { meaningOf } from "./derivation_terms.ts";
 * const given = new Map([["F", mathjs.parse("k * x^2")]]);
 * const slope = meaningOf(mathjs, mathjs.parse("d(F, x)"), given);
 * assert.equal(slope.evaluate({ k: 3, x: 2 }), 12);
 * ```
 */
export function meaningOf(mathjs: Mathjs, node: MathNode, given: Definitions): MathNode {
  const mean = (part: MathNode, definitions = given) => meaningOf(mathjs, part, definitions);
  const operator = operatorOf(node);
  if (!operator) {
    if (node.type === "SymbolNode") {
      const definition = given.get((node as SymbolNode).name);
      return definition ? new mathjs.ParenthesisNode(mean(definition)) : node;
    }
    return node.map((child: MathNode, path: string) => path === "fn" ? child : mean(child));
  }
  const { name, operands: [body, variable, ...ends] } = operator;
  if (given.has(variable.toString())) {
    // What it stands for is put in first: nothing would depend on it, and every derivative vanish.
    throw new TypeError(`${node}: ${variable} stands for an expression and is no variable`);
  }
  if (name === "d" || name === "partial") {
    const inner = mean(body);
    if (hasNumerics(inner)) throw new TypeError(`${body} cannot be differentiated by symbols`);
    return new mathjs.ParenthesisNode(
      mathjs.derivative(inner, variable.toString(), { simplify: false }),
    );
  }
  const inner = mean(body);
  const where = (value: MathNode) =>
    new mathjs.ParenthesisNode(replaced(mathjs, inner, variable.toString(), mean(value)));
  if (name === "at") return where(ends[0]);
  if (name === "bracket") {
    return new mathjs.ParenthesisNode(
      new mathjs.OperatorNode("-", "subtract", [where(ends[1]), where(ends[0])]),
    );
  }
  return new mathjs.FunctionNode(name, [inner, variable, ...ends.map((end) => mean(end))]);
}

/** The names that need a value: neither constants nor functions, nor bound by an operator. */
export function freeVariables(node: MathNode): Set<string> {
  const names = new Set<string>();
  const operator = operatorOf(node);
  if (operator) {
    const [body, variable, ...ends] = operator.operands;
    for (const name of freeVariables(body)) if (name !== variable.toString()) names.add(name);
    for (const end of ends) for (const name of freeVariables(end)) names.add(name);
  } else if (node.type === "SymbolNode") {
    const { name } = node as SymbolNode;
    if (!CONSTANTS.has(name)) names.add(name);
  } else {
    node.forEach((child: MathNode, path: string) => {
      if (path !== "fn") { for (const name of freeVariables(child)) names.add(name); }
    });
  }
  return names;
}

/** Whether a meaning holds an integral or a limit, which are found by numbers. */
export function hasNumerics(node: MathNode): boolean {
  return node.filter((part: MathNode) => operatorOf(part) !== undefined).length > 0;
}

/**
 * A meaning with its integrals and limits found by numbers: what is left needs but the variables.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as mathjs from "mathjs";
 * import { settled } from "./derivation_terms.ts";
 * const area = settled(mathjs, mathjs.parse("2 * integral(x^k, x, 0, 1)"), { k: 3 });
 * assert(Math.abs(area.evaluate() - 0.5) < 1e-12);
 * ```
 */
export function settled(
  mathjs: Mathjs,
  node: MathNode,
  variables: Readonly<Record<string, number>>,
): MathNode {
  return node.transform((part: MathNode) => {
    const operator = operatorOf(part);
    if (!operator) return part;
    const { name, operands: [body, variable, ...ends] } = operator;
    const [from, to] = ends.map((end) => endOf(mathjs, end, variables));
    const f = functionOf(mathjs, body, variable.toString(), variables);
    return new mathjs.ConstantNode(
      name === "integral"
        ? integrate(f, from, to, { relativeTolerance: 1e-7, absoluteTolerance: 1e-9 }).value
        : limit(f, from),
    );
  });
}

/**
 * A meaning's value.
 *
 * @throws {RangeError} if it is not a finite real number
 */
function valueOf(
  mathjs: Mathjs,
  node: MathNode,
  variables: Readonly<Record<string, number>>,
): number {
  return finite(node, settled(mathjs, node, variables).evaluate({ ...variables }), variables);
}

/** The value of a meaning, if it is a finite real number; else it throws a `RangeError`. */
export function finite(
  node: MathNode,
  value: unknown,
  variables: Readonly<Record<string, number>>,
): number {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new RangeError(`${node} is ${value} at ${JSON.stringify(variables)}; it must be finite`);
}

function functionOf(
  mathjs: Mathjs,
  body: MathNode,
  name: string,
  variables: Readonly<Record<string, number>>,
): (x: number) => number {
  if (hasNumerics(body)) return (x) => valueOf(mathjs, body, { ...variables, [name]: x });
  const compiled = body.compile();
  const scope = new Map(Object.entries(variables)); // one for all: an integral asks thousands of times
  return (x) => compiled.evaluate(scope.set(name, x));
}

function endOf(mathjs: Mathjs, end: MathNode, variables: Readonly<Record<string, number>>): number {
  const text = end.toString();
  if (text === "Infinity") return Infinity;
  return text === "-Infinity" ? -Infinity : valueOf(mathjs, end, variables);
}

/** Extrapolation to h = 0 (Richardson's) of f(a + h), or of f(1/h²) for a = ∞: powers of x^−½. */
function limit(f: (x: number) => number, a: number): number {
  const steps = [8e-4, 4e-4, 2e-4, 1e-4];
  const values = steps.map((h) => f(a === Infinity ? 1 / h ** 2 : a + h));
  for (let order = 1; order < steps.length; order++) {
    for (let i = steps.length - 1; i >= order; i--) {
      values[i] += (values[i] - values[i - 1]) / (2 ** order - 1);
    }
  }
  return values[steps.length - 1];
}

function replaced(mathjs: Mathjs, node: MathNode, name: string, value: MathNode): MathNode {
  const operator = operatorOf(node);
  if (operator) {
    const [body, variable, ...ends] = operator.operands;
    const inside = variable.toString() === name ? body : replaced(mathjs, body, name, value);
    const outside = ends.map((end) => replaced(mathjs, end, name, value));
    return new mathjs.FunctionNode(operator.name, [inside, variable, ...outside]);
  }
  if (node.type === "SymbolNode") {
    return (node as SymbolNode).name === name ? new mathjs.ParenthesisNode(value) : node;
  }
  return node.map((child: MathNode, path: string) =>
    path === "fn" ? child : replaced(mathjs, child, name, value)
  );
}
