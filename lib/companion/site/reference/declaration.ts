/**
 * A declaration as the code has it: its words and its layout, defaults and comments included, up to
 * where a function's body begins.
 *
 * @module
 */
import jsTokens from "js-tokens";

/** The text of a file from a line on, the first being 1. */
export function startOf(code: string, line: number): string {
  return code.split("\n").slice(line - 1).join("\n");
}

/** What stands before a brace that opens a type or a pattern, and not a body. */
const BEFORE_A_TYPE = new Set([
  ...["(", "[", "{", ",", ":", ";", "|", "&", "<", "=", "=>", "?"],
  ...["is", "keyof", "readonly", "infer"],
]);
const OPENING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/**
 * The declaration that a text begins with: a function's signature, an interface or a type whole, of a
 * constant its name and type.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { declarationText } from "./declaration.ts";
 * const one = "export function f({ a = 1 }: { a?: number } = {}): { b: number } {\n  return a;\n}";
 * assert.equal(declarationText(one), "function f({ a = 1 }: { a?: number } = {}): { b: number }");
 * assert.equal(declarationText("export type A = { a: 1 } | 2;\nlet b;"), "type A = { a: 1 } | 2");
 * assert.equal(declarationText("interface A {\n  a: 1;\n}\nlet b;"), "interface A {\n  a: 1;\n}");
 * assert.equal(declarationText("export const A: number[] = [1];"), "const A: number[]");
 * assert.equal(declarationText("export const a = (b = 1): A => b;"), "const a = (b = 1): A");
 * ```
 */
export function declarationText(text: string): string {
  const code = text.replace(/^export (default )?/, "");
  const isInterface = /^interface\b/.test(code);
  const isArrow = /^const \w+ = (async )?[(<]/.test(code);
  const isConstant = /^const\b/.test(code) && !isArrow;
  const open: string[] = [];
  let taken = "", before = "";
  for (const { type, value } of jsTokens(code)) {
    const blank = /^(WhiteSpace|LineTerminatorSequence|SingleLineComment|MultiLineComment)$/
      .test(type);
    if (open.length === 0 && !blank) {
      if (value === ";" || value === (isArrow ? "=>" : isConstant ? "=" : ";")) break;
      if (value === "{" && !BEFORE_A_TYPE.has(before) && !isInterface) break;
    }
    taken += value;
    if (blank) continue;
    before = value;
    if (OPENING[value]) open.push(OPENING[value]);
    else if (value === open.at(-1)) open.pop();
    if (isInterface && value === "}" && open.length === 0) break;
  }
  return taken.trim();
}
