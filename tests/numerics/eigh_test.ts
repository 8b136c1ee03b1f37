import assert from "node:assert/strict";
import { EigenvalueDecomposition, Matrix as MlMatrix } from "ml-matrix";
import {
  eigh,
  eighSync,
  linearAlgebra,
  type Matrix,
  multiply,
  randomStream,
} from "../../lib/numerics/mod.ts";
import { mlMatrixBackend } from "../../lib/numerics/fallback.ts";
import { defect, normalMatrix, residual, withSpectrum } from "./matrices.ts";
import { needs, TENSORFLOW } from "../permissions.ts";

const { test } = needs(...TENSORFLOW);

const geometric = (n: number, from: number, to: number) =>
  Array.from({ length: n }, (_, k) => from * (to / from) ** (n === 1 ? 0 : k / (n - 1)));

/** Matrices of one size that have been hard for one method or another. */
function hardMatrices(n: number): Record<string, Matrix> {
  const stream = randomStream(n, "tests/eigh");
  const g = normalMatrix(stream, n, n);
  const gram = multiply(g, g, { transposeA: true });
  const graded = geometric(n, 1, 1e-150);
  const scaled = (factor: number) => ({ ...gram, data: gram.data.map((x) => x * factor) });
  return {
    "gram": gram,
    "zero": { rows: n, cols: n, data: new Float64Array(n * n) },
    "unit": withSpectrum(stream, new Array(n).fill(1)),
    "three values": withSpectrum(stream, Array.from({ length: n }, (_, k) => k % 3 - 1)),
    "rank one": withSpectrum(stream, Array.from({ length: n }, (_, k) => k === 0 ? n : 0)),
    "values over 300 decades": withSpectrum(stream, geometric(n, 1e-150, 1e150)),
    "rows over 150 decades": {
      ...gram,
      data: gram.data.map((x, at) => x * graded[at % n] * graded[Math.floor(at / n)]),
    },
    "tiny": scaled(1e-300),
    "huge": scaled(1e290),
    "below the normal numbers": scaled(1e-312),
  };
}

for (const n of [1, 2, 10, 300]) {
  // ml-matrix, which computes where no library may be opened, is less orthonormal at n = 300.
  (n < 300 ? Deno.test : test)(
    `eigh of hard matrices has small residual and orthonormal vectors, n = ${n}`,
    async () => {
      for (const [name, matrix] of Object.entries(hardMatrices(n))) {
        const scale = matrix.data.reduce((most, x) => Math.max(most, Math.abs(x)), 0) || 1;
        // Judged where squares and subnormal numbers do not blur it.
        const power = 2 ** Math.floor(Math.log2(scale));
        const unscaled = { ...matrix, data: matrix.data.map((x) => x / power) };
        for (
          const [way, eigen] of [["sync", eighSync(matrix)], ["async", await eigh(matrix)]] as const
        ) {
          const judged = { ...eigen, values: eigen.values.map((x) => x / power) };
          const what = `${name}, ${way}`;
          assert(residual(unscaled, judged) < (scale < 1e-300 ? 1e-11 : 1e-13), what);
          assert(defect(eigen.vectors) < 1e-13, what);
          assert.deepEqual(eigen.values, eigen.values.slice().sort(), what);
        }
      }
    },
  );
}

Deno.test("eigh gives the known values of the second difference", async () => {
  const n = 700;
  const data = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    data[i * n + i] = 2;
    if (i > 0) data[i * n + i - 1] = data[(i - 1) * n + i] = -1;
  }
  const known = Float64Array.from(
    { length: n },
    (_, k) => 4 * Math.sin((k + 1) * Math.PI / (2 * (n + 1))) ** 2,
  );
  const matrix = { rows: n, cols: n, data };
  const eigen = await eigh(matrix);
  assert(residual(matrix, eigen) < 1e-13);
  assert(defect(eigen.vectors) < 1e-12);
  for (
    const values of [
      eigen.values,
      eighSync(matrix).values,
      (await eigh(matrix, { vectors: false })).values,
      eighSync(matrix, { vectors: false }).values,
    ]
  ) values.forEach((value, k) => assert(Math.abs(value - known[k]) < 1e-13, `${k}`));
});

/** H D H by a Householder reflection H: full, and its eigenvalues are the numbers given. */
function reflected(values: Float64Array): Matrix {
  const n = values.length;
  const v = randomStream(n, "tests/eigh/reflected").normal(n);
  const factor = 2 / v.reduce((sum, x) => sum + x * x, 0);
  const along = v.map((x, i) => x * values[i]); // D v, and with vᵀ D v all that is needed
  const middle = factor * v.reduce((sum, x, i) => sum + x * along[i], 0);
  const data = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const entry = (i === j ? values[i] : 0) -
        factor * (v[i] * along[j] + along[i] * v[j] - middle * v[i] * v[j]);
      data[i * n + j] = data[j * n + i] = entry;
    }
  }
  return { rows: n, cols: n, data };
}

test("eigenvalues by way of a band are the known ones, are told of and may be ended", () =>
  byOneThread(async () => {
    const n = 1500; // where a band is the shorter way
    const known = Float64Array.from({ length: n }, (_, k) => Math.sin(k) * 2 ** (k % 9)).sort();
    const matrix = reflected(known);
    const told: number[] = [];
    const { values } = await eigh(matrix, {
      vectors: false,
      onProgress: ({ done }) => void told.push(done),
    });
    for (const found of [values, eighSync(matrix, { vectors: false }).values]) {
      found.forEach((value, k) =>
        assert(Math.abs(value - known[k]) < 1e-13 * known[n - 1], `${k}`)
      );
    }
    assert.deepEqual(told, [0, 80, 100, 100]);

    const stop = new AbortController();
    let last = 0;
    const ended = eigh(matrix, {
      ...{ vectors: false, signal: stop.signal },
      onProgress({ done }) {
        last = done;
        if (done > 0) stop.abort(new Error("enough"));
      },
    });
    await assert.rejects(ended, /enough/);
    assert.equal(last, 80);
  }));

test("vectors of more rows than are transformed back at once are those of the matrix", () =>
  byOneThread(async () => {
    const n = 1030; // by 1024 columns; and 1029 reflectors are no multiple of 128
    const known = Float64Array.from({ length: n }, (_, k) => k * k / n);
    const matrix = reflected(known);
    const eigen = await eigh(matrix);
    assert(residual(matrix, eigen) < 1e-13);
    assert(defect(eigen.vectors) < 1e-12);
  }));

Deno.test("eigh agrees with ml-matrix, and the fallback with both", () => {
  const n = 60;
  const g = normalMatrix(randomStream(3, "tests/eigh/ml-matrix"), n, n);
  const a = multiply(g, g, { transposeA: true });
  const { values, vectors } = eighSync(a);
  const oracle = new EigenvalueDecomposition(MlMatrix.from1DArray(n, n, a.data), {
    assumeSymmetric: true,
  });
  const fallback = mlMatrixBackend.eigenSync(n, new Float64Array(a.data), true);
  const fallbackVectors = { rows: n, cols: n, data: fallback.vectors! };
  assert(residual(a, { values: fallback.values, vectors: fallbackVectors }) < 1e-13);
  for (let k = 0; k < n; k++) {
    assert(Math.abs(values[k] - oracle.realEigenvalues[k]) < 1e-12 * values[n - 1]);
    assert(Math.abs(values[k] - fallback.values[k]) < 1e-12 * values[n - 1]);
    let cosine = 0;
    for (let i = 0; i < n; i++) {
      cosine += vectors.data[i * n + k] * oracle.eigenvectorMatrix.get(i, k);
    }
    assert(Math.abs(Math.abs(cosine) - 1) < 1e-8, `vector ${k}`);
  }
});

Deno.test("the fallback has small residuals too, and vectors only where asked", () => {
  for (const n of [1, 2, 10, 60]) {
    for (const [name, matrix] of Object.entries(hardMatrices(n))) {
      if (/tiny|huge|below|decades/.test(name)) continue; // eigh rescales before either
      const { values, vectors } = mlMatrixBackend.eigenSync(
        n,
        new Float64Array(matrix.data),
        true,
      );
      const eigen = { values, vectors: { rows: n, cols: n, data: vectors! } };
      assert(residual(matrix, eigen) < 1e-13, `${name}, n = ${n}`);
      assert(defect(eigen.vectors) < 1e-13, `${name}, n = ${n}`);
    }
  }
  assert.equal(mlMatrixBackend.eigenSync(1, Float64Array.of(2), false).vectors, undefined);
});

Deno.test("eigh of an empty matrix is empty", async () => {
  for (const { values, vectors } of [eighSync([]), await eigh([])]) {
    assert.equal(values.length, 0);
    assert.deepEqual(vectors, { rows: 0, cols: 0, data: new Float64Array(0) });
  }
});

Deno.test("eigh leaves the matrix as it is, and takes the one given when it was called", async () => {
  const matrix = { rows: 2, cols: 2, data: Float64Array.of(2, 1, 1, 2) };
  const promised = eigh(matrix);
  eighSync(matrix);
  assert.deepEqual(matrix.data, Float64Array.of(2, 1, 1, 2));
  matrix.data.fill(7);
  const { values } = await promised;
  assert(Math.abs(values[0] - 1) < 1e-15 && Math.abs(values[1] - 3) < 1e-15);
});

test("overlapping calls of eigh, with products and sync calls between, do not disturb each other", async () => {
  const stream = randomStream(5, "tests/eigh/overlap");
  const matrices = [520, 40, 390, 1, 300].map((n) => {
    const g = normalMatrix(stream, n, n);
    return multiply(g, g, { transposeA: true });
  });
  let turns = 0;
  const timer = setInterval(() => {
    turns++;
    multiply(matrices[2], matrices[2]);
    eighSync(matrices[1]);
  }, 0);
  const found = await Promise.all(matrices.map((matrix) => eigh(matrix)));
  clearInterval(timer);
  matrices.forEach((matrix, i) => {
    assert(residual(matrix, found[i]) < 1e-13);
    assert.deepEqual(found[i].values.length, matrix.rows);
  });
  assert(turns > 0, "timers go on while eigh runs");
});

/** By one thread: on a busy machine two wait for each other at each of thousands of calls. */
async function byOneThread(run: () => Promise<void>) {
  const { threads } = linearAlgebra();
  linearAlgebra({ threads: 1 });
  try {
    await run();
  } finally {
    linearAlgebra({ threads });
  }
}

test("eigh tells its progress, in order, to 100 of 100", () =>
  byOneThread(async () => {
    // One stage after another; and panel by panel, where a stage takes longer than about a second.
    for (
      const [n, vectors, times] of [[400, true, 4], [400, false, 3], [2100, false, 50]] as const
    ) {
      const matrix = normalGram(n);
      const told: number[] = [];
      const { values } = await eigh(matrix, {
        vectors,
        onProgress({ done, total }) {
          assert.equal(total, 100);
          told.push(done);
        },
      });
      assert(told.length >= times, `${told}`);
      assert.deepEqual(told, told.toSorted((a, b) => a - b));
      assert.equal(told[0], 0);
      assert.equal(told.at(-1), 100);
      const known = eighSync(matrix, { vectors: false }).values;
      values.forEach((x, k) => assert(Math.abs(x - known[k]) < 1e-13 * known[n - 1], `${n}: ${k}`));
    }
  }));

test("eigh ends when it is told to, and the next one runs", () =>
  byOneThread(async () => {
    for (const n of [400, 2100]) {
      const stop = new AbortController();
      let last = 0;
      const ended = eigh(normalGram(n), {
        signal: stop.signal,
        onProgress({ done }) {
          last = done;
          if (done > 10) stop.abort(new Error("enough"));
        },
      });
      const matrix = normalGram(60);
      const next = eigh(matrix);
      await assert.rejects(ended, /enough/);
      assert(last < (n > 2000 ? 15 : 60), `${last} % are done`);
      assert(residual(matrix, await next) < 1e-13);
    }
  }));

Deno.test("eigh takes what is symmetric to rounding, by the mean", () => {
  const { values } = eighSync([[0, 1 + 4e-9], [1, 0]]);
  assert(Math.abs(values[1] - (1 + 2e-9)) < 1e-15);
});

Deno.test("eigh refuses what is not symmetric, square or finite, by name", async () => {
  const refused: [unknown, RegExp][] = [
    [[[1, 2], [3, 4]], /kernel\[1\]\[0\] is 3 and kernel\[0\]\[1\] is 2; .*symmetric/],
    [[[1, 1 + 3e-8], [1, 1]], /symmetric, to 1e-8/],
    [[[1, 2, 3], [4, 5, 6]], /kernel is 2 × 3; it must be square/],
    [[[1, NaN], [NaN, 1]], /kernel\[0\]\[1\] is NaN/],
    [{ rows: 1, cols: 1, data: Float64Array.of(Infinity) }, /kernel\[0\]\[0\] is Infinity/],
    [[[1, Infinity], [Infinity, 1]], /kernel\[0\]\[1\] is Infinity/],
    [{ rows: 2, cols: 2, data: Float64Array.of(1, -Infinity, 3, 1) }, /\[0\]\[1\] is -Infinity/],
    [{ rows: 2, cols: 2, data: Float64Array.of(1, 2, 3, NaN) }, /kernel\[1\]\[1\] is NaN/],
    [{ rows: 1, cols: 2, data: Float64Array.of(1, NaN) }, /kernel\[0\]\[1\] is NaN/],
  ];
  for (const [matrix, message] of refused) {
    assert.throws(() => eighSync(matrix as Matrix, { name: "kernel" }), {
      name: "RangeError",
      message,
    });
    await assert.rejects(eigh(matrix as Matrix, { name: "kernel" }), {
      name: "RangeError",
      message,
    });
  }
  assert.throws(() => eighSync(7 as unknown as Matrix), TypeError);
});

function normalGram(n: number): Matrix {
  const g = normalMatrix(randomStream(n, "tests/eigh/gram"), n, n);
  return multiply(g, g, { transposeA: true });
}
