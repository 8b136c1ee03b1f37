/**
 * Loops that take a plane's numbers one by one: products of images, multiples, turns.
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
import { constants, everyPair } from "./pixel_loop.ts";

const { add, multiply, multiplyAdd, splat, load, store } = f64x2;

/** to = share · Σ_c a_c b_c of two images' planes, which lie a step apart, `ends` bytes of a in all. */
export const products = wasmFunction("products", {
  to: "i32",
  length: "i32",
  a: "i32",
  aStep: "i32",
  aEnd: "i32",
  b: "i32",
  bStep: "i32",
  share: "f64",
}, ({ to, length, a, aStep, aEnd, b, bStep, share }, local) => {
  const [at, c, other] = [local("i32"), local("i32"), local("i32")];
  const [sum, factor] = [local("v128"), local("v128")];
  return [
    set(factor, splat(share)),
    everyPair(at, length, [
      set(sum, constants.pair(0)),
      set(other, i32.add(b, at)),
      count(
        c,
        { from: a, to: aEnd, step: aStep },
        set(sum, multiplyAdd(load(i32.add(c, at)), load(other), sum)),
        set(other, i32.add(other, bStep)),
      ),
      store(i32.add(to, at), multiply(sum, factor)),
    ]),
  ];
});

/** to = factor · from */
export const multiples = wasmFunction("multiples", {
  from: "i32",
  to: "i32",
  length: "i32",
  factor: "f64",
}, ({ from, to, length, factor }, local) => {
  const [at, factors] = [local("i32"), local("v128")];
  return [
    set(factors, splat(factor)),
    everyPair(at, length, [
      store(i32.add(to, at), multiply(factors, load(i32.add(from, at)))),
    ]),
  ];
});

/** plane += value */
export const increased = wasmFunction("increased", {
  plane: "i32",
  length: "i32",
  value: "f64",
}, ({ plane, length, value }, local) => {
  const [at, there, values] = [local("i32"), local("i32"), local("v128")];
  return [
    set(values, splat(value)),
    everyPair(at, length, [
      set(there, i32.add(plane, at)),
      store(there, add(load(there), values)),
    ]),
  ];
});

/** Each row turned to the left: its first `shift` bytes come last. */
export const turned = wasmFunction("turned", {
  from: "i32",
  to: "i32",
  length: "i32",
  row: "i32",
  shift: "i32",
}, ({ from, to, length, row, shift }, local) => {
  const [y, x, target] = [local("i32"), local("i32"), local("i32")];
  const kept = i32.subtract(row, shift);
  const copy = (source: Expression<"i32">) => store(i32.add(target, x), load(i32.add(source, x)));
  return [
    count(
      y,
      { from: i32.constant(0), to: length, step: row },
      set(target, i32.add(to, y)),
      everyPair(x, kept, [copy(i32.add(i32.add(from, y), shift))]),
      set(target, i32.add(target, kept)),
      everyPair(x, shift, [copy(i32.add(from, y))]),
    ),
  ];
});
