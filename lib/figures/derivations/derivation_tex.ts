/**
 * Expressions of a derivation as TeX, in the paper's symbols.
 *
 * @module
 */
import type { FunctionNode, MathNode, OperatorNode, SymbolNode } from "mathjs";
import { operatorOf } from "./derivation_terms.ts";

const GREEK = new Set(
  "alpha beta gamma delta zeta eta theta kappa lambda mu rho sigma tau phi Delta".split(" "),
);

/**
 * An expression in TeX.
 *
 * @param symbols TeX for names that need their own; others are letters, Greek ones, with a subscript
 * after `_`
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parse } from "mathjs";
 * import { texOf } from "./derivation_tex.ts";
 * const tex = texOf(parse("d(L, t) + l_gamma^2"), { L: "\\Delta L" });
 * assert.equal(tex.replaceAll(" ", ""), "\\frac{d\\DeltaL}{dt}+{l_{\\gamma}}^{2}");
 * ```
 */
export function texOf(node: MathNode, symbols: Readonly<Record<string, string>> = {}): string {
  const handler = (part: MathNode, options: object): string | undefined => {
    if (part.type === "SymbolNode") return symbolTex((part as SymbolNode).name, symbols);
    const tex = (inner: MathNode) => inner.toTex(options).trim();
    const operator = operatorOf(part);
    if (operator) return operatorTex(operator.name, operator.operands, tex);
    if (isExponential(part)) return `e^{${tex((part as FunctionNode).args[0])}}`;
    if (isFunction(part, "zeta")) return `\\zeta(${tex((part as FunctionNode).args[0])})`;
    if (part.type !== "OperatorNode") return undefined;
    const { fn, args } = part as OperatorNode;
    // e^{x}^{2} is no TeX, and the operators' own forms would swallow the power.
    return fn === "pow" && (isExponential(args[0]) || operatorOf(args[0]))
      ? `\\left(${tex(args[0])}\\right)^{${tex(args[1])}}`
      : undefined;
  };
  return node.toTex({ handler, parenthesis: "auto" })
    .replace(/\\cdot(?!\s*(?:[\d.+-]|\\frac\{\s*\d))/g, "\\,").trim();
}

function symbolTex(name: string, symbols: Readonly<Record<string, string>>): string {
  if (Object.hasOwn(symbols, name)) return ` ${symbols[name]}`;
  if (name === "Infinity") return "\\infty";
  const [base, ...rest] = name.split("_");
  const letter = GREEK.has(base) || base === "pi" ? `\\${base}` : base;
  const below = rest.map((part) => GREEK.has(part) ? `\\${part}` : part).join(",");
  return ` ${letter}${below ? `_{${below}}` : ""}`;
}

function operatorTex(
  name: string,
  [body, variable, ...ends]: readonly MathNode[],
  tex: (node: MathNode) => string,
): string {
  const x = tex(variable);
  if (name === "d" || name === "partial") {
    const sign = name === "d" ? "d" : "\\partial ";
    return body.type === "SymbolNode"
      ? `\\frac{${sign} ${tex(body)}}{${sign} ${x}}`
      : `\\frac{${sign}}{${sign} ${x}}\\left(${tex(body)}\\right)`;
  }
  const inner = isSum(body) ? `\\left(${tex(body)}\\right)` : tex(body);
  const [from, to] = ends.map(tex);
  if (name === "at") return `\\left.${inner}\\right|_{${x}=${from}}`;
  if (name === "limit") return `\\lim_{${x}\\to ${from}}${inner}`;
  if (name === "bracket") return `\\left[${tex(body)}\\right]_{${x}=${from}}^{${to}}`;
  return `\\int_{${from}}^{${to}}${inner}\\,d${x}`;
}

function isSum(node: MathNode): boolean {
  return node.type === "OperatorNode" &&
    ["add", "subtract"].includes((node as OperatorNode).fn as string);
}

function isExponential(node: MathNode): boolean {
  return isFunction(node, "exp");
}

function isFunction(node: MathNode, name: string): boolean {
  return node.type === "FunctionNode" &&
    ((node as FunctionNode).fn as unknown as SymbolNode).name === name;
}
