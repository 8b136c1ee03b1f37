/**
 * The loop of convolutions: sums over windows.
 *
 * @module
 */
import {
  count,
  type Expression,
  f64x2,
  i32,
  set,
  wasmFunction,
} from "../numerics/wasm_assembler.ts";
import { constants, everyPair, PAIR } from "./pixel_loop.ts";

const { add, multiply, multiplyAdd, splat, load, store } = f64x2;

/**
 * to = scale · Σ over windows of 3 × 3 of from, + factor · added where asked, in the rows from start to
 * end, which see none beyond them.
 *
 * @param masks for each pair of pixels of a row the bits of what is left of them and counts, then of
 * what is right of them
 * @param zeros a row of them
 */
export const windowSums = (name: string, adds: boolean) =>
  wasmFunction(name, {
    from: "i32",
    to: "i32",
    start: "i32",
    end: "i32",
    row: "i32",
    masks: "i32",
    zeros: "i32",
    scale: "f64",
    added: "i32",
    factor: "f64",
  }, ({ from, to, start, end, row, masks, zeros, scale, added, factor }, local) => {
    const [y, x, at, mask] = [local("i32"), local("i32"), local("i32"), local("i32")];
    const [above, middle, below] = [local("i32"), local("i32"), local("i32")];
    const [left, here, right] = [local("v128"), local("v128"), local("v128")];
    const [scales, factors] = [local("v128"), local("v128")];
    const column = (x: Expression<"i32">, offset = 0) =>
      add(
        add(load(i32.add(above, x), offset), load(i32.add(middle, x), offset)),
        load(i32.add(below, x), offset),
      );
    /** One of the two pairs that are made at a time. */
    const pair = (offset: number) => {
      const there = i32.add(to, at);
      const sum = add(
        add(f64x2.and(f64x2.between(left, here), load(mask, 2 * offset)), here),
        f64x2.and(f64x2.between(here, right), load(mask, 2 * offset + PAIR)),
      );
      const more = multiply(factors, load(i32.add(added, at), offset));
      const made = adds ? multiplyAdd(scales, sum, more) : multiply(scales, sum);
      return [
        set(left, here),
        set(here, right),
        set(right, column(x, offset + PAIR)),
        store(there, made, offset),
      ];
    };
    return [
      set(scales, splat(scale)),
      set(factors, splat(factor)),
      count(
        y,
        { from: start, to: end, step: row },
        set(middle, i32.add(from, y)),
        set(above, i32.whereSame([y, start], zeros, i32.subtract(middle, row))),
        set(below, i32.whereSame([i32.add(y, row), end], zeros, i32.add(middle, row))),
        set(here, constants.pair(0)),
        set(right, column(i32.constant(0))),
        set(mask, masks),
        everyPair(x, row, [
          set(at, i32.add(y, x)),
          ...pair(0),
          ...pair(PAIR),
          set(mask, i32.add(mask, i32.constant(4 * PAIR))),
        ], 2),
      ),
    ];
  });
