/**
 * The loops of pools: sums over blocks of rows, then of columns.
 *
 * @module
 */
import { count, f64, f64x2, i32, set, wasmFunction } from "../numerics/wasm_assembler.ts";
import { everyPair } from "./pixel_loop.ts";

/** Bytes of a float64. */
const ONE = 8;

const { add, load, store } = f64x2;

/**
 * to[group] += rows of from, over groups of rows that go to the same one. What is behind a row of `to`,
 * as far as a pair, may become anything.
 *
 * @param groups three integers each: the first row, the length of all of them, and where in `to`
 */
export const poolRows = wasmFunction("poolRows", {
  from: "i32",
  to: "i32",
  row: "i32",
  groups: "i32",
  end: "i32",
}, ({ from, to, row, groups, end }, local) => {
  const [group, x, y, at] = [local("i32"), local("i32"), local("i32"), local("i32")];
  const [last, target, first, sum] = [local("i32"), local("i32"), local("i32"), local("v128")];
  return [
    count(
      group,
      { from: groups, to: end, step: i32.constant(12) },
      set(first, i32.add(from, i32.load(group))),
      set(last, i32.load(group, 4)),
      set(target, i32.add(to, i32.load(group, 8))),
      everyPair(x, row, [
        set(at, i32.add(first, x)),
        set(sum, load(i32.add(target, x))),
        count(
          y,
          { from: i32.constant(0), to: last, step: row },
          set(sum, add(sum, load(i32.add(at, y)))),
        ),
        store(i32.add(target, x), sum),
      ]),
    ),
  ];
});

/**
 * to[column] += share · from, in each row, which is 0 then.
 *
 * @param columns of each column where in `to`
 */
export const poolColumns = wasmFunction("poolColumns", {
  from: "i32",
  fromStep: "i32",
  end: "i32",
  to: "i32",
  toStep: "i32",
  row: "i32",
  columns: "i32",
  share: "f64",
}, ({ from, fromStep, end, to, toStep, row, columns, share }, local) => {
  const [y, x, at, column] = [local("i32"), local("i32"), local("i32"), local("i32")];
  const [there, target] = [local("i32"), local("i32")];
  return [
    set(target, to),
    count(
      y,
      { from, to: end, step: fromStep },
      set(column, columns),
      count(
        x,
        { from: i32.constant(0), to: row, step: i32.constant(ONE) },
        set(there, i32.add(y, x)),
        set(at, i32.add(target, i32.load(column))),
        f64.store(at, f64.add(f64.load(at), f64.multiply(share, f64.load(there)))),
        f64.store(there, f64.constant(0)),
        set(column, i32.add(column, i32.constant(4))),
      ),
      set(target, i32.add(target, toStep)),
    ),
  ];
});
