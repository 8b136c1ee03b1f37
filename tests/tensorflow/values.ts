/**
 * Random values for the operations under test, the same each time.
 *
 * @module
 */

/** A tensor's shape, type and values, to be made on either backend. */
export interface Values {
  readonly shape: readonly number[];
  readonly dtype: "float32" | "int32" | "bool";
  readonly data: Float32Array | Int32Array | Uint8Array;
}

const size = (shape: readonly number[]) => shape.reduce((product, axis) => product * axis, 1);

/** Uniform numbers in [0, 1) (mulberry32). */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

let seed = 0;

/** Real numbers between `low` and `high`. */
export function reals(shape: readonly number[], low = -2, high = 2): Values {
  const next = uniform(++seed);
  const data = Float32Array.from({ length: size(shape) }, () => low + (high - low) * next());
  return { shape, dtype: "float32", data };
}

/** Whole numbers from `low` up to, but not including, `high`. */
export function integers(shape: readonly number[], low = -5, high = 6): Values {
  const next = uniform(++seed);
  const data = Int32Array.from(
    { length: size(shape) },
    () => Math.floor(low + (high - low) * next()),
  );
  return { shape, dtype: "int32", data };
}

/** Truth values. */
export function booleans(shape: readonly number[]): Values {
  const next = uniform(++seed);
  return {
    shape,
    dtype: "bool",
    data: Uint8Array.from({ length: size(shape) }, () => next() < 0.5 ? 0 : 1),
  };
}
