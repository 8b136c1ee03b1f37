import assert from "node:assert/strict";
import fc from "fast-check";
import {
  gaussian,
  slicedWasserstein2Squared,
  wasserstein2Squared,
  wasserstein2SquaredOfDensities,
  wasserstein2SquaredOnLine,
} from "../../lib/bounds/mod.ts";
import {
  buresSquared,
  buresSquaredByPolarFactor,
  buresSquaredByTraces,
  rootOf,
} from "../../lib/bounds/bures.ts";
import { singularSumByGram } from "../../lib/bounds/singular_sum.ts";
import { type Matrix, multiply, randomStream, svd } from "../../lib/numerics/mod.ts";
import golden from "../golden/gaussians.json" with { type: "json" };

for (const { name, p, q, w2Squared } of golden.distances) {
  Deno.test(`W2² of Gaussians agrees with 60 digits: ${name}`, () => {
    const [a, b] = [gaussian(p.mean, p.covariance), gaussian(q.mean, q.covariance)];
    for (const value of [wasserstein2Squared(a, b), wasserstein2Squared(b, a)]) {
      const error = Math.abs(value / w2Squared - 1);
      assert(error < 1e-10, `${value} for ${w2Squared}, off by ${error}`);
    }
  });
}

/** A random law of dimension d; its covariance has the rank `rank`. */
function randomLaw(d: number, rank: number, seed: number) {
  const stream = randomStream(seed, "law");
  const factor: Matrix = { rows: d, cols: rank, data: stream.normal(d * rank) };
  return gaussian(stream.normal(d), multiply(factor, factor, { transposeB: true }));
}

Deno.test("the traces give W2² as the polar factor does, and only where they do not cancel", () => {
  let byTraces = 0;
  for (let seed = 0; seed < 200; seed++) {
    const d = 2 + seed % 30;
    const { covariance: a } = randomLaw(d, 3 * d, seed);
    const { covariance: other } = randomLaw(d, 3 * d, seed + 1000);
    const b = { ...other, data: other.data.map((entry) => entry * 2 ** (seed % 7)) };
    const [x, y] = [rootOf(a), rootOf(b)];
    const exact = buresSquaredByPolarFactor(x, y);
    const value = buresSquaredByTraces(x, y);
    if (value !== undefined) byTraces++;
    assert(Math.abs((value ?? exact) / exact - 1) < 1e-11, `d = ${d}: ${value}, ${exact}`);
    const near = { ...a, data: a.data.map((entry) => entry * (1 + 1e-6)) };
    assert.equal(buresSquaredByTraces(x, rootOf(near)), undefined);
    assert(Math.abs(buresSquared(a, near) / trace(a) / 2.5e-13 - 1) < 1e-5);
  }
  assert(byTraces > 150, `${byTraces}`);
});

Deno.test("the traces serve where laws are nearly singular, and where they are singular", () => {
  let anew = 0;
  for (let seed = 0; seed < 30; seed++) {
    // As many samples as dimensions, or fewer: the least singular values are 10⁻⁵ of the largest, or 0.
    const d = 10 + 4 * seed, samples = seed % 3 === 0 ? d - 3 : d;
    const [a, b] = [seed, seed + 100].map((each) => randomLaw(d, samples, each).covariance);
    const [x, y] = [rootOf(a), rootOf(b)];
    const exact = buresSquaredByPolarFactor(x, y);
    const value = buresSquaredByTraces(x, y) ?? NaN;
    assert(Math.abs(value / exact - 1) < 1e-11, `d = ${d}: ${value}, ${exact}`);
    if (!(x.triangular && y.triangular)) continue;
    // The sum by the Gram matrix, to 10⁻¹⁰ of the distance and to as little as it may be asked for.
    const product = multiply(y.matrix, x.matrix, { transposeA: true });
    const { values } = svd(product, { vectors: false });
    const sum = values.reduce((total, value) => total + value, 0);
    const factors = { x: x.matrix, y: y.matrix, product, relative: 2e-14 };
    for (const allowed of [1e-10, 1e-11, 1e-12].map((part) => part * exact)) {
      const found = singularSumByGram(factors, () => allowed);
      if (found === undefined) continue;
      anew++;
      const error = Math.abs(found - sum);
      assert(error < allowed + 1e-14 * sum, `d = ${d}: off by ${error}, of ${allowed}`);
    }
  }
  assert(anew > 30, `${anew}`);
});

Deno.test("laws that commute are apart by the roots of their variances", () => {
  for (const d of [30, 140]) {
    const stream = randomStream(d, "commute");
    const { u: q } = svd({ rows: d, cols: d, data: stream.normal(d * d) });
    // Half of the directions alike, the others apart; their variances over eight decades.
    const variances = Array.from({ length: d }, (_, k) => 10 ** (-8 * k / d));
    const others = variances.map((_, k) => variances[d - 1 - k]);
    const [a, b] = [variances, others].map((values) => {
      const scaled = { ...q, data: q.data.map((entry, at) => entry * values[at % d]) };
      return gaussian(new Float64Array(d), multiply(scaled, q, { transposeB: true })).covariance;
    });
    const exact = variances.reduce(
      (total, variance, k) => total + (Math.sqrt(variance) - Math.sqrt(others[k])) ** 2,
      0,
    );
    for (const value of [buresSquared(a, b), buresSquaredByTraces(rootOf(a), rootOf(b)) ?? NaN]) {
      assert(Math.abs(value / exact - 1) < 1e-10, `d = ${d}: ${value}, ${exact}`);
    }
  }
});

Deno.test("covariances that are large along each other's small directions keep W2²'s accuracy", () => {
  for (let seed = 0; seed < 12; seed++) {
    for (const small of [1e-9, 1e-12, 1e-14]) {
      const d = 6;
      const { u: q } = svd({ rows: d, cols: d, data: randomStream(seed, "turn").normal(d * d) });
      const turned = (values: readonly number[]) => {
        const scaled = q.data.map((entry, at) => entry * values[at % d]);
        const { data } = multiply({ ...q, data: scaled }, q, { transposeB: true });
        return {
          rows: d,
          cols: d,
          data: data.map((x, at) => (x + data[at % d * d + (at / d | 0)]) / 2),
        };
      };
      const [a, b] = [turned([1, 1, 1, 1e-9, 1e-9, 1e-9]), turned([small, small, small, 1, 1, 1])];
      // They commute: Σ (√α − √β)².
      const exact = 3 * (1 - Math.sqrt(small)) ** 2 + 3 * (1 - Math.sqrt(1e-9)) ** 2;
      const value = buresSquared(a, b);
      assert(Math.abs(value / exact - 1) < 1e-7, `seed ${seed}, ${small}: ${value}, ${exact}`);
      const roots = [rootOf(a), rootOf(b)] as const;
      const byTraces = buresSquaredByTraces(...roots) ?? NaN;
      const byPolarFactor = buresSquaredByPolarFactor(...roots);
      assert(Math.abs(byTraces / byPolarFactor - 1) < 1e-11, `${byTraces}, ${byPolarFactor}`);
    }
  }
});

const trace = ({ rows, data }: Matrix) =>
  Array.from({ length: rows }, (_, i) => data[i * rows + i]).reduce((a, b) => a + b, 0);

Deno.test("W2 of Gaussians is a metric: zero on itself, symmetric, the triangle holds", () => {
  const law = fc.record({ rank: fc.integer({ min: 1, max: 4 }), seed: fc.nat(1e6) });
  fc.assert(
    fc.property(law, law, law, (first, second, third) => {
      const [p, q, r] = [first, second, third].map(({ rank, seed }) => randomLaw(4, rank, seed));
      const distance = (a: typeof p, b: typeof p) => Math.sqrt(wasserstein2Squared(a, b));
      assert(distance(p, p) < 1e-6);
      assert(Math.abs(distance(p, q) - distance(q, p)) < 1e-7);
      assert(distance(p, r) <= distance(p, q) + distance(q, r) + 1e-7);
    }),
    { numRuns: 300 },
  );
});

Deno.test("the best assignment beats all permutations, and on the line it is the order", () => {
  fc.assert(
    fc.property(
      fc.nat(1e6),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 3 }),
      (seed, n, d) => {
        const stream = randomStream(seed, "cloud");
        const cloud = () => Array.from({ length: n }, () => Array.from(stream.normal(d)));
        const [p, q] = [cloud(), cloud()];
        const best = Math.min(
          ...permutations(n).map((order) =>
            order.reduce(
              (total, j, i) => total + p[i].reduce((s, x, k) => s + (x - q[j][k]) ** 2, 0),
              0,
            ) / n
          ),
        );
        assert(Math.abs(wasserstein2Squared(p, q) - best) < 1e-12);
        if (d === 1) {
          const onLine = wasserstein2SquaredOnLine({ points: p.flat() }, { points: q.flat() });
          assert(Math.abs(onLine - best) < 1e-12);
        }
      },
    ),
    { numRuns: 200 },
  );
});

function permutations(n: number): number[][] {
  if (n === 0) return [[]];
  return permutations(n - 1).flatMap((rest) =>
    Array.from({ length: n }, (_, at) => [...rest.slice(0, at), n - 1, ...rest.slice(at)])
  );
}

Deno.test("1000 points are assigned exactly: a shuffled shift is found", () => {
  const n = 1000, stream = randomStream(1, "shift");
  const p = Array.from({ length: n }, () => Array.from(stream.normal(3)));
  const order = stream.permutation(n);
  const q = Array.from(order, (i) => p[i].map((x) => x + 0.01));
  assert(Math.abs(wasserstein2Squared(p, q) - 3e-4) < 1e-12);
});

Deno.test("laws on the line: weights and unequal counts against many equal points", () => {
  const p = { points: [3, 0, 1], weights: [1, 2, 1] };
  const q = { points: [5, -1] };
  const expanded = wasserstein2Squared([[0], [0], [1], [3]], [[-1], [-1], [5], [5]]);
  assert(Math.abs(wasserstein2SquaredOnLine(p, q) - expanded) < 1e-15);
});

Deno.test("densities on fine grids give the W2² of the Gaussians, to second order", () => {
  const density = (mean: number, std: number, cells: number) => {
    const edges = Array.from({ length: cells + 1 }, (_, i) => mean + std * (-8 + 16 * i / cells));
    const density = Array.from(
      { length: cells },
      (_, i) => Math.exp(-(((edges[i] + edges[i + 1]) / 2 - mean) ** 2) / (2 * std * std)),
    );
    return { edges, density };
  };
  const errorOf = (cells: number) =>
    Math.abs(wasserstein2SquaredOfDensities(density(0, 1, cells), density(1, 2, cells)) - 2);
  assert(errorOf(400) < 1e-3 && errorOf(800) < errorOf(400) / 3.5);
});

Deno.test("sliced W2² is a lower bound, and exact for shifts within its error", () => {
  const stream = randomStream(5, "sliced");
  const cloud = (stretch: number[]) =>
    Array.from({ length: 60 }, () => Array.from(stream.normal(3), (x, k) => stretch[k] * x));
  const [p, q] = [cloud([1, 1, 1]), cloud([3, 1, 0.2])];
  const { value, standardError } = slicedWasserstein2Squared(p, q, { projections: 500 });
  assert(value < wasserstein2Squared(p, q) + 3 * standardError && standardError > 0);
  const shifted = p.map(([x, y, z]) => [x + 1, y, z + 2]);
  const shift = slicedWasserstein2Squared(p, shifted, { projections: 2000 });
  assert(Math.abs(shift.value - 5) < 4 * shift.standardError);
});

Deno.test("bad laws and clouds are named", () => {
  const law = gaussian([0], [[1]]);
  assert.throws(() => gaussian([0, 0], [[1, 0.5], [0, 1]]), /covariance.*symmetric|not symmetric/);
  assert.throws(
    () => gaussian([0, 0], [[1, 2], [2, 1]]),
    /not positive semidefinite.*is -(1$|1\.0{9}|0\.9{9})/,
  );
  assert.throws(() => gaussian([0], [[NaN]]), /covariance\[0\]\[0\] is NaN/);
  assert.throws(() => gaussian([0, 1], [[1]]), /mean has 2 numbers; it must have 1/);
  assert.throws(() => wasserstein2Squared(law, gaussian([0, 0], [[1, 0], [0, 1]])), /dimension/);
  assert.throws(
    () => wasserstein2Squared([[1]], [[1], [2]]),
    /p has 1 points of 1 coordinates, q 2/,
  );
  assert.throws(() => wasserstein2Squared([[1]], [[1, 2]]), /coordinates/);
  // deno-lint-ignore no-explicit-any
  assert.throws(() => wasserstein2Squared(law, [[1]] as any), /not one of each/);
  assert.throws(() => wasserstein2SquaredOnLine({ points: [] }, { points: [1] }), /no points/);
  assert.throws(
    () => wasserstein2SquaredOnLine({ points: [1], weights: [-1] }, { points: [1] }),
    /weights\[0\] is -1/,
  );
});
