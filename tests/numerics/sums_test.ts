import assert from "node:assert/strict";
import fc from "fast-check";
import { randomStream } from "../../lib/numerics/random.ts";
import { dot, type Numbers, sum } from "../../lib/numerics/sums.ts";

/** A double as mantissa · 2^exponent, exactly. */
function parts(x: number): [bigint, number] {
  const bits = new BigUint64Array(Float64Array.of(x).buffer)[0];
  const biased = Number(bits >> 52n & 0x7ffn), fraction = bits & ((1n << 52n) - 1n);
  const mantissa = biased === 0 ? fraction : fraction | 1n << 52n;
  return [x < 0 ? -mantissa : mantissa, Math.max(biased, 1) - 1075];
}

/** Σ aᵢ bᵢ in exact integer arithmetic, as an integer in units of 2⁻²¹⁵⁰. */
function exactDot(a: Numbers, b: Numbers): bigint {
  let total = 0n;
  for (let i = 0; i < a.length; i++) {
    const [m, e] = parts(a[i]), [k, f] = parts(b[i]);
    total += m * k << BigInt(e + f + 2150);
  }
  return total;
}

const units = (x: number) => exactDot([x], [1]);

/**
 * Whether x is within a unit in the last place of the truth, beside 2⁻⁸⁰ of the terms' size and
 * 2⁻¹⁰⁰⁰ (a product's rounding error below that is not a double).
 */
function agrees(x: number, truth: bigint, size: bigint): boolean {
  const off = units(x) - truth;
  const magnitude = truth < 0n ? -truth : truth;
  return (off < 0n ? -off : off) <= (magnitude >> 52n) + (size >> 80n) + (1n << 1150n);
}

const wide = fc.tuple(
  fc.double({ min: -1, max: 1, noNaN: true }),
  fc.integer({ min: -99, max: 99 }),
)
  .map(([x, power]) => x * 2 ** power);

Deno.test("sums keep what cancellation leaves, as exact arithmetic tells", () => {
  fc.assert(
    fc.property(fc.array(wide, { maxLength: 60 }), wide, (values, small) => {
      const cancelling = [...values, small, ...values.map((x) => -x)];
      const size = units(Math.max(0, ...values.map(Math.abs)));
      for (const terms of [values, cancelling]) {
        const truth = exactDot(terms, terms.map(() => 1));
        assert.ok(agrees(sum(terms), truth, size), `${sum(terms)} for ${terms}`);
        assert.equal(sum(Float64Array.from(terms)), sum(terms));
      }
    }),
    { seed: 1, numRuns: 500 },
  );
});

Deno.test("scalar products keep what cancellation leaves, as exact arithmetic tells", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(wide, wide), { maxLength: 40 }), wide, (pairs, small) => {
      // What is left of x·y − fl(x·y) is the rounding of the products alone.
      const a = [...pairs.map(([x]) => x), small, ...pairs.map(([x, y]) => -x * y)];
      const b = [...pairs.map(([, y]) => y), 1, ...pairs.map(() => 1)];
      const size = pairs.reduce((most, [x, y]) => {
        const product = exactDot([Math.abs(x)], [Math.abs(y)]);
        return product > most ? product : most;
      }, 0n);
      assert.ok(agrees(dot(a, b), exactDot(a, b), size));
      assert.equal(dot(Float64Array.from(a), b), dot(a, b));
      const [a32, b32] = [Float32Array.from(a), Float32Array.from(b)];
      assert.ok(agrees(dot(a32, b32), exactDot(a32, b32), size));
    }),
    { seed: 2, numRuns: 500 },
  );
});

Deno.test("a plain loop loses what these keep", () => {
  const values = randomStream(1, "sums").normal(new Float32Array(100_000));
  const shifted = Float64Array.from(values, (x) => 1e12 + x);
  const plain = shifted.reduce((total, x) => total + x, 0) - 1e17;
  const left = exactDot(shifted, shifted.map(() => 1)) - units(1e17);
  const truth = Number(left >> 2000n) * 2 ** -150;
  const kept = sum(Float64Array.from([-1e17, ...shifted]));
  assert.ok(Math.abs(kept - truth) < 1e-9, `${kept} ${truth}`);
  assert.ok(Math.abs(plain - truth) > 1, `${plain} ${truth}`);
});

Deno.test("nothing, one value, infinities, NaN and huge factors", () => {
  assert.equal(sum([]), 0);
  assert.equal(dot([], []), 0);
  assert.equal(sum([3]), 3);
  assert.equal(sum([1, Infinity]), Infinity);
  assert.equal(sum([Infinity, -Infinity]), NaN);
  assert.equal(sum([1, NaN]), NaN);
  assert.equal(dot([1, -Infinity], [1, 2]), -Infinity);
  assert.equal(dot([2 ** 1000, 1], [2, 1]), 2 ** 1001);
  assert.equal(dot([NaN], [0]), NaN);
});

Deno.test("scalar products of unequal lengths are refused", () => {
  assert.throws(() => dot([1, 2], [1]), {
    name: "RangeError",
    message: "b has 1 values; it must have as many as a, 2",
  });
});
