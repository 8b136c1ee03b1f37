/**
 * A formula in TeX as the letters that it is made of, each with its index: what is looked up to say
 * what a symbol means.
 *
 * @module
 */

/** A letter, Greek ones by their command, or an operator; what stands at its foot and its head. */
export interface Atom {
  /** As in `W`, `\theta`, `/`, `\le`. */
  readonly base: string;
  /** Its index, without braces and spaces: `SL`, `\gamma`; empty for none. */
  readonly sub: string;
  /** Its exponent, likewise. */
  readonly sup: string;
}

/** Commands that only move, size or dress what they stand before. */
const DRESS =
  /^\\(?:[,;:! ]|q?quad|left|right|[bB]igg?[lr]?|displaystyle|textstyle|limits|bar|tilde|hat|dot|ddot|vec|tfrac|dfrac|frac|sqrt|underbrace|overbrace|mathbf|boldsymbol)$/;

/** Commands whose argument is words or a letter of another alphabet: no symbol of the list. */
const WORDS = /^\\(?:text|mathrm|mathbb|mathcal|mathsf|operatorname|label|tag|begin|end)$/;

/**
 * The atoms of a formula from left to right; those of exponents and of the limits of sums follow
 * theirs. An exponent that transposes (T, ⊤) is no atom.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { atomsOf } from "./tex_atoms.ts";
 * assert.deepEqual(atomsOf("W_2^2/T_{SL}"), [
 *   { base: "W", sub: "2", sup: "2" },
 *   { base: "/", sub: "", sup: "" },
 *   { base: "T", sub: "SL", sup: "" },
 * ]);
 * assert.deepEqual(atomsOf("J^T").map(({ base }) => base), ["J"]);
 * assert.deepEqual(atomsOf("e^{-\\beta V}").map(({ base }) => base), ["e", "-", "\\beta", "V"]);
 * ```
 */
export function atomsOf(tex: string): readonly Atom[] {
  // A line's end may name its distance from the next.
  const tokens = tex.replace(/\\\\(?:\[[^\]]*\])?/g, " ").match(/\\[A-Za-z]+|\\.|[^\\]/gs) ?? [];
  let i = 0;
  const skipSpace = () => {
    while (i < tokens.length && /^\s$/.test(tokens[i])) i++;
  };
  /** The next token, or all of the next group, as text. */
  const argument = (): string => {
    skipSpace();
    if (tokens[i] !== "{") return tokens[i++] ?? "";
    let depth = 0;
    const from = i;
    do {
      if (tokens[i] === "{") depth++;
      if (tokens[i] === "}") depth--;
      i++;
    } while (i < tokens.length && depth > 0);
    return tokens.slice(from + 1, depth > 0 ? i : i - 1).join("");
  };
  const atoms: Atom[] = [];
  while (i < tokens.length) {
    const token = tokens[i++];
    if (/^[\s{}&~]$/.test(token) || DRESS.test(token)) continue;
    if (WORDS.test(token)) {
      argument();
      continue;
    }
    const scripts = { _: "", "^": "" };
    // Scripts of a brace, a bracket or a sum stand alone; those of a letter are its own.
    let base = token;
    if (token === "_" || token === "^") {
      base = "";
      i--;
    }
    for (skipSpace(); tokens[i] === "_" || tokens[i] === "^"; skipSpace()) {
      const which = tokens[i++] as "_" | "^";
      scripts[which] = argument();
    }
    const sub = plain(scripts._);
    const sup = plain(scripts["^"]);
    const isLetter = /^[A-Za-z]$|^\\[A-Za-z]+$/.test(base) && !OPERATORS.has(base);
    if (base) atoms.push({ base, sub: isLetter ? sub : "", sup });
    if (!isLetter) atoms.push(...atomsOf(scripts._));
    if (!TRANSPOSED.test(sup)) atoms.push(...atomsOf(scripts["^"]).filter(isNoNumber));
  }
  return atoms;
}

/** Operators with limits: what stands below them is not their name. */
const OPERATORS = new Set(["\\sum", "\\int", "\\prod", "\\max", "\\min", "\\lim", "\\ln", "\\log"]);

const TRANSPOSED = /^(?:T|\\top|\\mathsf\{?T\}?|\*)$/;

const isNoNumber = ({ base }: Atom) => !/^[\d*.,]$/.test(base);

function plain(script: string): string {
  return script.replace(/\\(?:text|mathrm)\s*\{([^{}]*)\}/g, "$1").replace(/[\s{}]|\\[,;:! ]/g, "");
}
