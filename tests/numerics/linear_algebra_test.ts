import assert from "node:assert/strict";
import fc from "fast-check";
import {
  cholesky,
  linearAlgebra,
  type Matrix,
  multiply,
  randomStream,
  solvePositiveDefinite,
  svd,
  toRows,
} from "../../lib/numerics/mod.ts";
import { backend } from "../../lib/numerics/backend.ts";
import type { LinearAlgebraBackend } from "../../lib/numerics/backend_interface.ts";
import { mlMatrixBackend } from "../../lib/numerics/fallback.ts";
import { defect, distance, norm, normalMatrix, withSpectrum } from "./matrices.ts";
import { needs, TENSORFLOW } from "../permissions.ts";

const { test } = needs(...TENSORFLOW);

const backends: [string, LinearAlgebraBackend][] = [
  ["the library", backend()],
  ["ml-matrix", mlMatrixBackend],
];

/** The product by its definition. */
function product(a: Matrix, b: Matrix): Matrix {
  const data = new Float64Array(a.rows * b.cols);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < b.cols; j++) {
      for (let k = 0; k < a.cols; k++) {
        data[i * b.cols + j] += a.data[i * a.cols + k] * b.data[k * b.cols + j];
      }
    }
  }
  return { rows: a.rows, cols: b.cols, data };
}

function transpose({ rows, cols, data }: Matrix): Matrix {
  return {
    rows: cols,
    cols: rows,
    data: data.map((_, at) => data[(at % rows) * cols + Math.floor(at / rows)]),
  };
}

const lengths = fc.integer({ min: 1, max: 40 });

Deno.test("a product is the sum of products, of all shapes and transposed", () => {
  for (const [name, { multiply }] of backends) {
    fc.assert(
      fc.property(
        ...[lengths, lengths, lengths, fc.boolean(), fc.boolean(), fc.nat()] as const,
        (rows, inner, cols, transposeA, transposeB, seed) => {
          const stream = randomStream(seed, "tests/product");
          const a = normalMatrix(stream, rows, inner), b = normalMatrix(stream, inner, cols);
          const data = multiply(
            transposeA ? transpose(a) : a,
            transposeB ? transpose(b) : b,
            transposeA,
            transposeB,
          );
          const expected = product(a, b);
          assert(
            distance({ ...expected, data }, expected) < 1e-14 * inner * Math.sqrt(rows * cols),
            name,
          );
        },
      ),
      { numRuns: 100 },
    );
  }
});

Deno.test("a product may be empty, in either way, and reads views", () => {
  const empty = (rows: number, cols: number) => ({ rows, cols, data: new Float64Array(0) });
  assert.deepEqual(multiply(empty(2, 0), empty(0, 3)), {
    rows: 2,
    cols: 3,
    data: new Float64Array(6),
  });
  assert.deepEqual(
    multiply(empty(0, 2), empty(0, 3), { transposeA: true }).data,
    new Float64Array(6),
  );
  assert.deepEqual(multiply(empty(0, 2), [[1], [2]]), empty(0, 1));
  const view = { rows: 2, cols: 2, data: Float64Array.of(9, 1, 2, 3, 4).subarray(1) };
  const shared = new Float64Array(new SharedArrayBuffer(32));
  shared.set([1, 0, 0, 1]);
  assert.deepEqual(toRows(multiply(view, { rows: 2, cols: 2, data: shared })), [[1, 2], [3, 4]]);
});

Deno.test("a product refuses lengths that do not match, what is not finite, and overflow", () => {
  assert.throws(() => multiply([[1, 2]], [[1, 2]]), {
    name: "RangeError",
    message: "b has 1 rows; it must have 2, as many as a has columns",
  });
  assert.throws(
    () => multiply([[1, 2]], [[1, 2], [3, 4]], { transposeA: true, transposeB: false }),
    /b has 2 rows; it must have 1, as many as a has rows/,
  );
  assert.throws(() => multiply([[NaN]], [[1]]), /a\[0\]\[0\] is NaN/);
  assert.throws(() => multiply([[1]], [[Infinity]]), /b\[0\]\[0\] is Infinity/);
  assert.throws(() => multiply([[1e300]], [[1e300]]), /the product a b\[0\]\[0\] is Infinity/);
});

Deno.test("a large product is looked through too: what is not finite is named, a large sum is not", () => {
  const n = 150; // 22,500 numbers: by the library
  const filled = (value: number) => ({
    rows: n,
    cols: n,
    data: new Float64Array(n * n).fill(value),
  });
  const zero = filled(0);
  for (const bad of [NaN, Infinity, -Infinity]) {
    for (const place of [0, 3 * n + 7, n * n - 1]) {
      const matrix = filled(1);
      matrix.data[place] = bad;
      const where = `[${Math.floor(place / n)}][${place % n}] is ${bad};`;
      assert.throws(() => multiply(matrix, zero), {
        message: new RegExp(`^a${RegExp.escape(where)}`),
      });
      assert.throws(() => multiply(zero, matrix), {
        message: new RegExp(`^b${RegExp.escape(where)}`),
      });
    }
  }
  // Their sum overflows, and none of them.
  assert.deepEqual(multiply(filled(1e306), zero), zero);
  assert.throws(() => multiply(filled(1e307), filled(1)), /the product a b\[0\]\[0\] is Infinity/);
});

Deno.test("a singular value decomposition gives the matrix back, orthonormal and descending", () => {
  for (const [name, { svd }] of backends) {
    fc.assert(
      fc.property(
        lengths,
        lengths,
        fc.nat(),
        fc.integer({ min: -150, max: 150 }),
        (rows, cols, seed, exponent) => {
          const a = normalMatrix(randomStream(seed, "tests/svd"), rows, cols);
          const k = Math.min(rows, cols);
          if (seed % 3 === 0) a.data.copyWithin(cols, 0, cols); // two equal rows: a singular value of 0
          const scale = 10 ** exponent;
          const scaledCopy = () => new Float64Array(a.data.map((x) => x * scale));
          const { u, values, vt } = svd(rows, cols, scaledCopy(), true);
          const left = { rows, cols: k, data: u! }, right = { rows: k, cols, data: vt! };
          const alone = svd(rows, cols, scaledCopy(), false);
          assert.deepEqual([alone.u, alone.vt, alone.values.length], [undefined, undefined, k]);
          alone.values.forEach((value, at) =>
            assert(Math.abs(value - values[at]) < 1e-13 * values[0], name)
          );
          assert(defect(left) < 1e-13 && defect(transpose(right)) < 1e-13, name);
          assert.deepEqual(values, values.slice().sort().reverse());
          assert(values[k - 1] >= 0);
          const scaled = {
            ...left,
            data: left.data.map((x, at) => x * (values[at % k] / scale)),
          };
          assert(distance(product(scaled, right), a) < 1e-13 * norm(a.data), name);
        },
      ),
      { numRuns: 60 },
    );
  }
});

Deno.test("singular values of an empty matrix, and of one whose values are known", () => {
  const { u, values, vt } = svd({ rows: 3, cols: 0, data: new Float64Array(0) });
  assert.deepEqual([u.rows, u.cols, values.length, vt.rows, vt.cols], [3, 0, 0, 0, 0]);
  assert.throws(() => svd([[1, NaN]], { name: "features" }), /features\[0\]\[1\] is NaN/);

  assert.deepEqual(svd([], { vectors: false }), { values: new Float64Array(0) });

  // Sums from the front: 1/(2 sin((2k − 1) π/(4n + 2))).
  const n = 50;
  const sums = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => +(j <= i)));
  for (const { values } of [svd(sums), svd(sums, { vectors: false })]) {
    values.forEach((value, k) =>
      assert(Math.abs(value - 0.5 / Math.sin((2 * k + 1) * Math.PI / (4 * n + 2))) < 1e-13)
    );
  }
});

Deno.test("Cholesky's factor is lower triangular and gives the matrix back", () => {
  const stream = randomStream(2, "tests/cholesky");
  for (const n of [1, 2, 10, 130]) {
    const a = withSpectrum(stream, Array.from({ length: n }, (_, k) => 10 ** (-8 * k / n)));
    const factor = cholesky(a);
    assert(distance(multiply(factor, factor, { transposeB: true }), a) < 1e-14 * norm(a.data));
    factor.data.forEach((x, at) => assert(at % n <= Math.floor(at / n) ? true : x === 0));
    const other = new Float64Array(a.data);
    assert.equal(mlMatrixBackend.cholesky(n, other), 0);
    factor.data.forEach((x, at) => {
      if (at % n <= Math.floor(at / n)) assert(Math.abs(x - other[at]) < 1e-7, `${n} ${at}`);
    });
  }
  assert.deepEqual(cholesky([]), { rows: 0, cols: 0, data: new Float64Array(0) });
});

Deno.test("Cholesky's factor is refused with the order of the first bad minor", () => {
  const bad = Float64Array.of(4, 0, 0, 0, 1, 1, 0, 1, 1 - 1e-9);
  for (const [, { cholesky }] of backends) assert.equal(cholesky(3, bad.slice()), 3);
  assert.throws(() => cholesky({ rows: 3, cols: 3, data: bad }, { name: "covariance" }), {
    name: "RangeError",
    message: "covariance is not positive definite: its leading minor of order 3 is not positive",
  });
  assert.throws(() => cholesky([[0]]), /order 1/);
  assert.throws(() => cholesky([[1, 2]]), /square/);
});

Deno.test("solutions of positive definite systems, one right side or many", () => {
  const stream = randomStream(4, "tests/solve");
  for (const n of [1, 2, 17, 80]) {
    const a = withSpectrum(stream, Array.from({ length: n }, (_, k) => 1 + k % 7));
    const x = normalMatrix(stream, n, 3), b = multiply(a, x);
    assert(distance(solvePositiveDefinite(a, b), x) < 1e-13 * norm(x.data));
    const column = Float64Array.from({ length: n }, (_, i) => b.data[3 * i]);
    solvePositiveDefinite(a, column).forEach((value, i) =>
      assert(Math.abs(value - x.data[3 * i]) < 1e-13 * norm(x.data))
    );
    const factor = new Float64Array(cholesky(a).data);
    const data = mlMatrixBackend.choleskySolve(n, factor, 3, b.data);
    assert(distance({ ...x, data }, x) < 1e-13 * norm(x.data));
  }
  assert.deepEqual(solvePositiveDefinite([], new Float64Array(0)), new Float64Array(0));
  assert.throws(() => solvePositiveDefinite([[1]], [[1], [2]]), /b has 2 rows; it must have 1/);
  assert.throws(() => solvePositiveDefinite([[-1]], [[1]]), /a is not positive definite/);
});

Deno.test("a Gram matrix is the product with the transpose, exactly symmetric, of all shapes", () => {
  const stream = randomStream(6, "tests/gram");
  for (const [name, backend] of backends) {
    for (const [rows, cols] of [[1, 1], [3, 40], [40, 3], [17, 17], [400, 350]]) {
      const a = normalMatrix(stream, rows, cols), data = backend.gram(a);
      const square = { rows: cols, cols, data };
      assert.deepEqual(transpose(square).data, data);
      const known = multiply(a, a, { transposeA: true });
      assert(distance(square, known) < 1e-14 * norm(known.data), `${name}, ${rows} × ${cols}`);
    }
  }
});

Deno.test("triangular systems are solved, and the transposed ones, by all backends", () => {
  const stream = randomStream(5, "tests/triangular");
  for (const [name, backend] of backends) {
    for (const [n, count] of [[1, 1], [2, 5], [37, 3], [400, 2]]) {
      const full = normalMatrix(stream, n, n), x = normalMatrix(stream, n, count);
      const factor = Float64Array.from(full.data, (entry, at) => {
        const [i, j] = [Math.floor(at / n), at % n];
        return i === j ? 4 + entry ** 2 : i > j ? entry / Math.sqrt(n) : 0;
      });
      const lower = { rows: n, cols: n, data: factor };
      for (const transpose of [false, true]) {
        const b = multiply(lower, x, { transposeA: transpose });
        // What is above the diagonal is not read.
        const dirty = factor.map((entry, at) => at % n > Math.floor(at / n) ? NaN : entry);
        const data = backend.triangularSolve(n, dirty, transpose, count, b.data);
        assert(distance({ ...x, data }, x) < 1e-13 * norm(x.data), `${name}, n = ${n}`);
      }
    }
  }
});

test("the thread count is set, told and checked", () => {
  const before = linearAlgebra();
  assert.equal(before.backend, "openblas", before.reason ?? "");
  assert.match(before.version ?? "", /^OpenBLAS \d/);
  try {
    assert.equal(linearAlgebra({ threads: 1 }).threads, 1);
    assert.equal(linearAlgebra().threads, 1);
  } finally {
    linearAlgebra({ threads: before.threads });
  }
  assert.equal(linearAlgebra().threads, before.threads);
  for (const threads of [0, 1.5, NaN, 2000]) {
    assert.throws(() => linearAlgebra({ threads }), /threads is .*; it must be an integer from 1/);
  }
});
