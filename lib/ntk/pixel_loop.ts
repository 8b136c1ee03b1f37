/**
 * What the loops of pixel_routines.ts have in common.
 *
 * @module
 */
import {
  constantPairs,
  count,
  type Expression,
  i32,
  type Statement,
  type Variable,
} from "../numerics/wasm_assembler.ts";

/** Bytes of two float64. */
export const PAIR = 16;

/** Bytes behind a plane that loops may read and write. */
export const SLACK = 4 * PAIR;

/** The constants of all loops. */
export const constants = constantPairs();

/** For every pair, or so many more, from 0 to a length. */
export function everyPair(
  at: Variable<"i32">,
  length: Expression<"i32">,
  body: readonly Statement[],
  pairs = 1,
): Statement {
  return count(
    at,
    { from: i32.constant(0), to: length, step: i32.constant(pairs * PAIR) },
    ...body,
  );
}
