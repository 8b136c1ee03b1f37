/**
 * The inner loops of pixel kernels, in WebAssembly on pairs of float64: what all the time is spent in.
 *
 * A plane is the float64 of pixels, row by row; all addresses and lengths are bytes. Loops take two or
 * four numbers at a time: what is behind a row or a plane, up to {@link SLACK}, may become anything.
 *
 * @module
 */
import {
  assembled,
  constantPairs,
  count,
  type Expression,
  f64,
  f64x2,
  i32,
  set,
  type Statement,
  type Variable,
  wasmFunction,
} from "../numerics/wasm_assembler.ts";
import { arcsineRatio } from "./arcsine_ratio.ts";

/** Bytes of a float64, and of two. */
const [ONE, PAIR] = [8, 16];

/** Bytes behind a plane that loops may read and write. */
export const SLACK = 4 * PAIR;

type Integer = Expression<"i32">;
type Pair = Expression<"v128">;
type Locals = Parameters<Parameters<typeof wasmFunction>[2]>[1];

const zero = i32.constant(0);
const { add, subtract, multiply, multiplyAdd, select, splat, load, store } = f64x2;
const constants = constantPairs();
const [nought, half, one] = [0, 0.5, 1].map(constants.pair);

/** For every pair, or so many more, from 0 to a length. */
function everyPair(
  at: Variable<"i32">,
  length: Integer,
  body: readonly Statement[],
  pairs = 1,
): Statement {
  return count(at, { from: zero, to: length, step: i32.constant(pairs * PAIR) }, ...body);
}

/** to = share · Σ_c a_c b_c of two images' planes, which lie a step apart, `ends` bytes of a in all. */
const products = wasmFunction("products", {
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
      set(sum, nought),
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
const multiples = wasmFunction("multiples", {
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
const increased = wasmFunction("increased", {
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
const turned = wasmFunction("turned", {
  from: "i32",
  to: "i32",
  length: "i32",
  row: "i32",
  shift: "i32",
}, ({ from, to, length, row, shift }, local) => {
  const [y, x, target] = [local("i32"), local("i32"), local("i32")];
  const kept = i32.subtract(row, shift);
  const copy = (source: Integer) => store(i32.add(target, x), load(i32.add(source, x)));
  return [
    count(
      y,
      { from: zero, to: length, step: row },
      set(target, i32.add(to, y)),
      everyPair(x, kept, [copy(i32.add(i32.add(from, y), shift))]),
      set(target, i32.add(target, kept)),
      everyPair(x, shift, [copy(i32.add(from, y))]),
    ),
  ];
});

/**
 * to = scale · Σ over windows of 3 × 3 of from, + factor · added where asked, in the rows from start to
 * end, which see none beyond them.
 *
 * @param masks for each pair of pixels of a row the bits of what is left of them and counts, then of
 * what is right of them
 * @param zeros a row of them
 */
const windowSums = (name: string, adds: boolean) =>
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
    const column = (x: Integer, offset = 0) =>
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
        set(here, nought),
        set(right, column(zero)),
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

/**
 * The arc-cosine kernels of k and theta in place: with the pixels' deviations a, b, and their inverses
 * a step further, c = k/(a b) and p = π − arccos c,
 *
 *     k → a b (√(1 − c²) + p c)/2π,   theta → theta p/2π.
 */
const rectify = wasmFunction("rectify", {
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
  const steps = (c: Pair): Statement[][] => [
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

/**
 * to[group] += rows of from, over groups of rows that go to the same one. What is behind a row of `to`,
 * as far as a pair, may become anything.
 *
 * @param groups three integers each: the first row, the length of all of them, and where in `to`
 */
const poolRows = wasmFunction("poolRows", {
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
          { from: zero, to: last, step: row },
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
const poolColumns = wasmFunction("poolColumns", {
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
        { from: zero, to: row, step: i32.constant(ONE) },
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

const functions = [
  products,
  multiples,
  increased,
  turned,
  windowSums("windowSums", false),
  windowSums("windowSumsAnd", true),
  rectify,
  poolRows,
  poolColumns,
];

/** The loops, with their parameters above in that order. */
export type PixelRoutines = Readonly<
  Record<
    | "products"
    | "multiples"
    | "increased"
    | "turned"
    | "windowSums"
    | "windowSumsAnd"
    | "rectify"
    | "poolRows"
    | "poolColumns",
    (...parameters: number[]) => void
  >
>;

/** Bytes at the memory's start that the module keeps constants in. */
export const RESERVED_BYTES = constants.bytes().length;

/** The module's bytes. */
export const pixelModule = (): Uint8Array<ArrayBuffer> => assembled(functions, constants.bytes());

/** The loops on a memory. */
export function pixelRoutines(memory: WebAssembly.Memory): PixelRoutines {
  const module = new WebAssembly.Module(pixelModule());
  const { exports } = new WebAssembly.Instance(module, { host: { memory } });
  return exports as unknown as PixelRoutines;
}
