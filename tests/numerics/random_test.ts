import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { philox4x32 } from "../../lib/numerics/philox.ts";
import { randomStream } from "../../lib/numerics/random.ts";

const n = 1_000_000;

/** Φ(x) by Marsaglia's series, to 1e-15 for |x| < 7. */
function normalLaw(x: number): number {
  if (Math.abs(x) > 8) return x > 0 ? 1 : 0;
  let term = x, total = x;
  for (let k = 3; Math.abs(term) > 1e-18 * Math.abs(total); k += 2) total += term *= x * x / k;
  return 0.5 + total * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
}

/** The p-value of Kolmogorov and Smirnov's test of values against a law (Stephens' form). */
function kolmogorovSmirnov(values: Float64Array, law: (x: number) => number): number {
  const count = values.length;
  const sorted = values.slice().sort();
  let distance = 0;
  sorted.forEach((x, i) => {
    const expected = law(x);
    distance = Math.max(distance, expected - i / count, (i + 1) / count - expected);
  });
  const scaled = (Math.sqrt(count) + 0.12 + 0.11 / Math.sqrt(count)) * distance;
  let p = 0;
  for (let k = 1; k < 100; k++) p += 2 * (-1) ** (k - 1) * Math.exp(-2 * (k * scaled) ** 2);
  return Math.min(1, p);
}

function correlation(a: Float64Array, b: Float64Array): number {
  let product = 0;
  for (let i = 0; i < a.length; i++) product += a[i] * b[i];
  return product / a.length;
}

const uniforms = (seed: number, purpose: string, count: number) => {
  const { uniform } = randomStream(seed, purpose);
  return Float64Array.from({ length: count }, () => uniform());
};

Deno.test("words are Philox blocks: key from the seed, counter from place and purpose", () => {
  const seed = 2 ** 40 * 3 + 17;
  const digest = createHash("sha256").update("weights").digest();
  const upper = [digest.readUInt32LE(0), digest.readUInt32LE(4)] as const;
  const { uint32 } = randomStream(seed, "weights");
  for (let block = 0; block < 1000; block++) {
    const words = [uint32(), uint32(), uint32(), uint32()];
    assert.deepEqual(words, philox4x32([block, 0, ...upper], [17, 3 * 2 ** 8]));
  }
});

Deno.test("a stream is the same again", () => {
  const draw = () => {
    const stream = randomStream(3, "again");
    return [stream.uint32(), stream.uniform(), stream.normal(), ...stream.permutation(9)];
  };
  assert.deepEqual(draw(), draw());
  // From randomgen 2.5.1's Philox (PyPI) with Box and Muller in Python: a change here changes every
  // result of the companion.
  const { uint32 } = randomStream(0, "golden");
  assert.deepEqual([uint32(), uint32(), uint32()], [1918044406, 4078111980, 1292169100]);
  [-0.398869190061, 1.205478737778, 0.700940711035].forEach((expected, i) =>
    assert.ok(Math.abs(randomStream(0, "golden").normal(3)[i] - expected) < 1e-12)
  );
});

Deno.test("normal numbers are the same one by one, in parts, in float32, and after other draws", () => {
  const whole = randomStream(5, "parts").normal(4001);
  const single = randomStream(5, "parts");
  assert.deepEqual(Float64Array.from({ length: 4001 }, () => single.normal()), whole);
  const parts = randomStream(5, "parts");
  const joined = [parts.normal(), ...parts.normal(1), ...parts.normal(0), ...parts.normal(1537)];
  joined.push(...parts.normal(new Float64Array(2462)));
  assert.deepEqual(Float64Array.from(joined), whole);
  const small = new Float32Array(4001);
  assert.equal(randomStream(5, "parts").normal(small), small);
  assert.deepEqual(small, Float32Array.from(whole));
  // Words taken singly set the pairs off the blocks' bounds, and the buffer's: nothing is lost.
  const { uint32 } = randomStream(6, "odd"), odd = randomStream(6, "odd");
  odd.uint32();
  const words = Uint32Array.from({ length: 4001 }, () => uint32());
  const cell = (at: number) =>
    ((words[at] >>> 6) * 2 ** 26 + (words[at + 1] >>> 6) + 0.5) * 2 ** -52;
  for (let at = 1; at + 1 < 4001; at += 2) assert.equal(odd.uniform(), cell(at));
});

Deno.test("normal numbers follow the normal law", () => {
  for (const [seed, purpose] of [[0, "law"], [1, "law"], [2 ** 53 - 1, "another"]] as const) {
    const p = kolmogorovSmirnov(randomStream(seed, purpose).normal(n), normalLaw);
    assert.ok(p > 1e-3, `seed ${seed}: p = ${p}`);
  }
});

Deno.test("that test sees a mean that is off by 0.006", () => {
  const shifted = randomStream(0, "law").normal(n).map((x) => x + 0.006);
  assert.ok(kolmogorovSmirnov(shifted, normalLaw) < 1e-3);
});

Deno.test("normal numbers have the moments 0, 1, 0, 3, 0, 15 and the tails of the normal law", () => {
  const values = randomStream(11, "moments").normal(n);
  // Standard deviations of the means of xᵏ: √((2k−1)!! − ((k−1)!!)²) / √n.
  const expected = [0, 1, 0, 3, 0, 15];
  const variances = [1, 2, 15, 96, 945, 10395 - 225];
  for (let k = 1; k <= 6; k++) {
    let total = 0;
    for (const x of values) total += x ** k;
    const off = (total / n - expected[k - 1]) / Math.sqrt(variances[k - 1] / n);
    assert.ok(Math.abs(off) < 4, `moment ${k} is ${off} deviations off`);
  }
  for (const bound of [3, 4]) {
    const mean = 2 * n * normalLaw(-bound);
    const count = values.filter((x) => Math.abs(x) > bound).length;
    assert.ok(
      Math.abs(count - mean) < 4 * Math.sqrt(mean),
      `${count} beyond ${bound}, not ${mean}`,
    );
  }
});

Deno.test("uniform numbers follow the uniform law within the open interval, all bits alive", () => {
  const values = uniforms(4, "uniform", n);
  assert.ok(values.every((x) => x > 0 && x < 1));
  assert.ok(kolmogorovSmirnov(values, (x) => x) > 1e-3);
  // The last of the 52 bits is 1 half the time.
  const odd = values.filter((x) => Math.floor(x * 2 ** 52) % 2 === 1).length;
  assert.ok(Math.abs(odd - n / 2) < 4 * Math.sqrt(n) / 2, `${odd} of ${n} are odd`);
});

Deno.test("streams of other seeds and other purposes are independent", () => {
  const base = randomStream(1, "weights").normal(n);
  const others = [[2, "weights"], [2 ** 32 + 1, "weights"], [1, "biases"], [
    1,
    "weights ",
  ]] as const;
  for (const [seed, purpose] of others) {
    const other = randomStream(seed, purpose).normal(n);
    const off = correlation(base, other) * Math.sqrt(n);
    assert.ok(Math.abs(off) < 4, `${seed} ${purpose}: ${off} deviations`);
    assert.ok(!base.subarray(0, 100).some((x) => other.includes(x)), `${seed} ${purpose} overlaps`);
  }
  for (const lag of [1, 2, 3, 4, 512]) {
    const off = correlation(base.subarray(0, n - lag), base.subarray(lag)) * Math.sqrt(n - lag);
    assert.ok(Math.abs(off) < 4, `lag ${lag}: ${off} deviations`);
  }
});

Deno.test("the first numbers of successive seeds follow the law too", () => {
  const firsts = Float64Array.from(
    { length: 20_000 },
    (_, seed) => randomStream(seed, "first").normal(),
  );
  assert.ok(kolmogorovSmirnov(firsts, normalLaw) > 1e-3);
  const lag = correlation(firsts.subarray(1), firsts.subarray(0, -1)) * Math.sqrt(firsts.length);
  assert.ok(Math.abs(lag) < 4);
});

Deno.test("integers are in range and equally likely, beyond 32 bits too", () => {
  for (const below of [1, 2, 7, 1000, 3 * 2 ** 30, 2 ** 32, 3 * 2 ** 51, 2 ** 53]) {
    const { integers } = randomStream(8, `below ${below}`);
    const count = 60_000;
    const cells = Math.min(below, 6);
    const counts = new Float64Array(cells);
    for (let i = 0; i < count; i++) {
      const value = integers(below);
      assert.ok(Number.isInteger(value) && value >= 0 && value < below);
      counts[Math.floor(value / below * cells)]++;
    }
    // A modulus without rejection would give 3·2³⁰ and 3·2⁵¹ a χ² in the thousands.
    const shares = Array.from(counts, (_, cell) => {
      const start = Math.ceil(cell * below / cells), end = Math.ceil((cell + 1) * below / cells);
      return count * (end - start) / below;
    });
    const chi2 = counts.reduce(
      (total, c, cell) => total + (c - shares[cell]) ** 2 / shares[cell],
      0,
    );
    assert.ok(chi2 < 25, `below ${below}: χ² = ${chi2} with ${cells - 1} degrees of freedom`);
  }
});

Deno.test("permutations hold every number once, and each order is equally likely", () => {
  const { permutation } = randomStream(9, "orders");
  assert.deepEqual([...permutation(10_000)].sort((a, b) => a - b), [...Array(10_000).keys()]);
  assert.deepEqual([...permutation(0)], []);
  assert.deepEqual([...permutation(1)], [0]);
  const counts = new Map<string, number>();
  for (let i = 0; i < 24_000; i++) {
    const order = permutation(4).join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  assert.equal(counts.size, 24);
  const chi2 = [...counts.values()].reduce((total, c) => total + (c - 1000) ** 2 / 1000, 0);
  assert.ok(chi2 < 58, `χ² = ${chi2} with 23 degrees of freedom`); // p = 1e-4
});

Deno.test("bad seeds, purposes and counts are named", () => {
  for (const seed of [-1, 0.5, NaN, Infinity, 2 ** 53]) {
    assert.throws(() => randomStream(seed, "x"), {
      name: "RangeError",
      message: `seed is ${seed}; it must be an integer from 0 to 9007199254740991`,
    });
  }
  // @ts-expect-error a string is no seed
  assert.throws(() => randomStream("1", "x"), { name: "RangeError", message: /seed is "1"; / });
  // @ts-expect-error a purpose is needed
  assert.throws(() => randomStream(1), { name: "TypeError", message: /purpose is undefined/ });
  const { normal, integers, permutation } = randomStream(1, "x");
  assert.throws(() => normal(-1), { name: "RangeError", message: /count is -1/ });
  assert.throws(() => integers(0), { name: "RangeError", message: /below is 0/ });
  assert.throws(() => integers(2 ** 54), { name: "RangeError", message: /below is/ });
  assert.throws(() => permutation(2.5), { name: "RangeError", message: /n is 2.5/ });
});
