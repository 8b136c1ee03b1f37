/**
 * The parameters of a notebook's cell, for programs in other languages: its source on the standard
 * input, a list in JSON on the standard output.
 *
 * @module
 */
import { commentOf, kindOf, parametersIn } from "../../notebook/parameters.ts";

/** A parameter in plain values: its kind if that is known, its value in TypeScript, its comment. */
export interface ToldParameter {
  readonly name: string;
  readonly kind?: string;
  readonly value: string;
  readonly help: string;
}

/**
 * What is told of the parameters of a cell's source.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { toldParameters } from "./read_parameters.ts";
 * assert.deepEqual(toldParameters("let n = 5; // images, whole [1 … 9]"), [
 *   { name: "n", kind: "number", value: "5", help: "images; whole [1 … 9]" },
 * ]);
 * ```
 */
export function toldParameters(source: string): ToldParameter[] {
  return parametersIn(source).map((parameter) => ({
    name: parameter.name,
    kind: kindOf(parameter),
    value: parameter.value,
    help: commentOf(parameter),
  }));
}

if (import.meta.main) {
  const source = await new Response(Deno.stdin.readable).text();
  console.log(JSON.stringify(toldParameters(source)));
}
