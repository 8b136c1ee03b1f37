import assert from "node:assert/strict";
import fc from "fast-check";
import {
  eighSync,
  lanczos,
  type Matrix,
  multiply,
  randomStream,
  type SymmetricProduct,
} from "../../lib/numerics/mod.ts";
import { distance, norm, normalMatrix, withSpectrum } from "./matrices.ts";

const productOf = (a: Matrix): SymmetricProduct => (v) =>
  multiply(a, { rows: v.length, cols: 1, data: v }).data;

function tridiagonal(diagonal: Float64Array, offDiagonal: Float64Array): Matrix {
  const k = diagonal.length;
  const data = new Float64Array(k * k);
  diagonal.forEach((x, i) => data[i * k + i] = x);
  offDiagonal.forEach((x, i) => data[i * k + i + 1] = data[(i + 1) * k + i] = x);
  return { rows: k, cols: k, data };
}

Deno.test("T is Q A Qᵀ with an orthonormal basis, for any spectrum, and all of A at full length", async () => {
  await fc.assert(
    fc.asyncProperty(
      ...[fc.integer({ min: 1, max: 60 }), fc.nat(), fc.constantFrom(1, 1e-200, 1e200)] as const,
      async (n, seed, scale) => {
        const stream = randomStream(seed, "tests/lanczos");
        const a = withSpectrum(stream, Array.from({ length: n }, (_, k) => (-1) ** k * 0.7 ** k));
        const scaled = { ...a, data: a.data.map((x) => x * scale) };
        const steps = 1 + seed % n;
        const { diagonal, offDiagonal, basis } = await lanczos(
          productOf(scaled),
          stream.normal(n),
          {
            steps,
            tolerance: 0,
          },
        );
        assert.equal(diagonal.length, steps);
        assert.equal(offDiagonal.length, steps - 1);
        assert.deepEqual([basis.rows, basis.cols], [steps, n]);
        const gram = multiply(basis, basis, { transposeB: true });
        const unit = tridiagonal(diagonal.map(() => 1), offDiagonal.map(() => 0));
        assert(distance(gram, unit) < 1e-13);
        const t = tridiagonal(diagonal.map((x) => x / scale), offDiagonal.map((x) => x / scale));
        const projected = multiply(multiply(basis, a), basis, { transposeB: true });
        assert(distance(t, projected) < 1e-13 * norm(a.data));
        if (steps === n) {
          const known = eighSync(a).values;
          eighSync(t).values.forEach((value, k) => assert(Math.abs(value - known[k]) < 1e-13));
        }
      },
    ),
    { numRuns: 60 },
  );
});

Deno.test("the iteration ends where the space is closed", async () => {
  const a = withSpectrum(randomStream(1, "tests/lanczos/closed"), [1, 1, 1, 2, 2, 5, 5, 5, 5, 5]);
  const start = randomStream(2, "tests/lanczos/closed").normal(10);
  const { diagonal, offDiagonal, basis } = await lanczos(productOf(a), start, { steps: 10 });
  assert.equal(diagonal.length, 3);
  assert.equal(offDiagonal.length, 2);
  assert.equal(basis.data.length, 30);
  [1, 2, 5].forEach((value, k) =>
    assert(Math.abs(eighSync(tridiagonal(diagonal, offDiagonal)).values[k] - value) < 1e-12)
  );
  const zero = await lanczos((v) => v.map(() => 0), [3, 4], { steps: 2 });
  assert.deepEqual([...zero.diagonal], [0]);
  assert.deepEqual([...zero.basis.data], [0.6, 0.8]);
});

Deno.test("a promised product, and one made in the vector's own place, are taken", async () => {
  const a = normalMatrix(randomStream(3, "tests/lanczos/promise"), 8, 8);
  const s = multiply(a, a, { transposeA: true });
  const start = new Float64Array(8).fill(1);
  const plain = await lanczos(productOf(s), start, { steps: 8 });
  const output = new Float64Array(8); // used again at each call
  const later = await lanczos(
    async (v) => {
      await new Promise((resolve) => setTimeout(resolve));
      output.set(await productOf(s)(v));
      return output;
    },
    start,
    { steps: 8 },
  );
  assert.deepEqual(later, plain);
  assert.deepEqual(start, new Float64Array(8).fill(1));
});

Deno.test("bad operators, starts and options are refused by name", async () => {
  const unit: SymmetricProduct = (v) => v.slice();
  const start = [1, 2, 3];
  const refused: [Promise<unknown>, RegExp][] = [
    [lanczos(unit, [0, 0], { steps: 1 }), /start is zero/],
    [lanczos(unit, [1, NaN], { steps: 1 }), /start\[1\] is NaN/],
    [lanczos(unit, start, { steps: 4 }), /steps is 4; it must be an integer from 1 to 3/],
    [lanczos(unit, start, { steps: 0 }), /steps is 0/],
    [lanczos(unit, start, { steps: 2, tolerance: -1 }), /tolerance is -1/],
    [
      lanczos((v) => v.subarray(1), start, { steps: 2 }),
      /the product has 2 numbers; it must have 3/,
    ],
    [lanczos((v) => v.map(() => Infinity), start, { steps: 2 }), /the product\[0\] is Infinity/],
    [
      lanczos((v) => Float64Array.of(v[1], v[2], -v[0]), start, { steps: 3 }),
      /product is not that of a symmetric operator/,
    ],
  ];
  for (const [promise, message] of refused) {
    await assert.rejects(promise, { name: "RangeError", message });
  }
});
