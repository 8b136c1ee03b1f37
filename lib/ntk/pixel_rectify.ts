/**
 * The loop of relus: arc-cosine kernels, with an arccosine of its own.
 *
 * @module
 */
import {
  type Expression,
  f64x2,
  i32,
  set,
  type Statement,
  wasmFunction,
} from "../numerics/wasm_assembler.ts";
import { arcsineRatio } from "./arcsine_ratio.ts";
import { constants, everyPair, PAIR } from "./pixel_loop.ts";

type Locals = Parameters<Parameters<typeof wasmFunction>[2]>[1];

const { add, subtract, multiply, multiplyAdd, select, load, store } = f64x2;
const [half, one] = [0.5, 1].map(constants.pair);

/**
 * The arc-cosine kernels of k and theta in place: with the pixels' deviations a, b, and their inverses
 * a step further, c = k/(a b) and p = π − arccos c,
 *
 *     k → a b (√(1 − c²) + p c)/2π,   theta → theta p/2π.
 */
export const rectify = wasmFunction("rectify", {
  k: "i32",
  theta: "i32",
  length: "i32",
  a: "i32",
  aStep: "i32",
  b: "i32",
  bStep: "i32",
}, ({ k, theta, length, a, aStep, b, bStep }, local) => {
  const at = local("i32");
  const perTurn = constants.pair(1 / (2 * Math.PI));
  const pair = (offset: number) => {
    const [there, first, second] = [local("i32"), local("i32"), local("i32")];
    const { steps, cosine, rest, sine } = arcCosine(local);
    const inverses = multiply(load(i32.add(first, aStep)), load(i32.add(second, bStep)));
    const deviations = multiply(load(first), load(second));
    const slopes = i32.add(theta, there);
    const values = i32.add(k, there);
    return [
      [
        set(there, i32.add(at, i32.constant(offset))),
        set(first, i32.add(a, there)),
        set(second, i32.add(b, there)),
      ],
      // A black pixel's cosine is 0: its derivative is that of the relu at 0, on average ½.
      ...steps(multiply(load(values), inverses)),
      [
        store(slopes, multiply(load(slopes), multiply(perTurn, rest))),
        store(
          values,
          multiply(multiply(perTurn, deviations), multiplyAdd(rest, cosine, sine)),
        ),
      ],
    ];
  };
  // Two at a time share the constants, and the processor does both side by side.
  const [first, second] = [pair(0), pair(PAIR)];
  return [everyPair(at, length, first.flatMap((step, i) => [...step, ...second[i]]), 2)];
});

/**
 * π − arccos c and √(1 − c²), by asin s ≤ π/6: above |c| = ½ with s² = (1 − |c|)/2, below it with
 * s² = c², so that one polynomial does for both. Off by some 10⁻¹⁶. In steps, so that two can be
 * done side by side.
 */
function arcCosine(local: Locals) {
  const [cosine, size, large] = [local("v128"), local("v128"), local("v128")];
  const [away, square, fourth] = [local("v128"), local("v128"), local("v128")];
  const [root, arc, rest, sine] = [local("v128"), local("v128"), local("v128"), local("v128")];
  /** Of the polynomial, the powers that are even, and those that are odd. */
  const sums = [local("v128"), local("v128")];
  const ratio = arcsineRatio().map(constants.pair);
  const most = ratio.length - 1;
  const quarterTurn = constants.pair(Math.PI / 2);
  const steps = (c: Expression<"v128">): Statement[][] => [
    [
      set(cosine, c),
      set(size, f64x2.andNot(cosine, constants.pair(-0))),
      set(large, f64x2.greater(size, half)),
      // Of parallel pixels an ulp is left, whose root would be an angle of 10⁻⁸.
      set(away, multiply(half, subtract(one, size))),
      set(away, f64x2.and(away, f64x2.greater(away, constants.pair(3e-16)))),
      set(square, select(large, away, multiply(size, size))),
      set(root, f64x2.squareRoot(square)),
      set(fourth, multiply(square, square)),
      set(sums[most % 2], ratio[most]),
      set(sums[(most - 1) % 2], ratio[most - 1]),
    ],
    ...ratio.slice(0, -2).map((power, i) => {
      const sum = sums[i % 2];
      return [set(sum, multiplyAdd(sum, fourth, power))];
    }).reverse(),
    [
      set(arc, multiply(root, multiplyAdd(square, sums[1], sums[0]))),
      set(arc, select(large, subtract(quarterTurn, add(arc, arc)), arc)),
      // π/2 plus arcsin c, which has the sign of c.
      set(rest, add(quarterTurn, f64x2.exclusiveOr(arc, f64x2.and(cosine, constants.pair(-0))))),
      set(sine, f64x2.squareRoot(subtract(one, square))),
      set(sine, multiply(sine, select(large, add(root, root), one))),
    ],
  ];
  return { steps, cosine, rest, sine };
}
