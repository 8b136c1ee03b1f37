import assert from "node:assert/strict";
import {
  choleskyIfRegular,
  columnsScaled,
  identity,
  isDiagonal,
  symmetricPower,
  symmetrized,
} from "../../lib/numerics/dense.ts";
import { eighSync, multiply, randomStream, toMatrix } from "../../lib/numerics/mod.ts";
import { added, applied, norm, product, squaredDistance } from "../../lib/numerics/vectors.ts";

/** A positive definite matrix. */
function covariance(n: number) {
  const data = randomStream(n, "dense").normal(n * n);
  return symmetrized(
    multiply({ rows: n, cols: n, data }, { rows: n, cols: n, data }, { transposeB: true }),
  );
}

function assertNear(a: Float64Array, b: Float64Array, tolerance: number) {
  assert.equal(a.length, b.length);
  assert(squaredDistance(a, b) <= (tolerance * norm(b)) ** 2, `off by ${squaredDistance(a, b)}`);
}

Deno.test("powers of a positive definite matrix multiply as powers do", () => {
  const a = covariance(6), eigen = eighSync(a);
  const root = symmetricPower(eigen, 0.5), inverse = symmetricPower(eigen, -1);
  assertNear(multiply(root, root).data, a.data, 1e-13);
  assertNear(multiply(inverse, a).data, identity(6).data, 1e-9);
});

Deno.test("columns are scaled, halves made symmetric, diagonals told, singular matrices too", () => {
  const a = toMatrix([[1, 2, 3], [4, 5, 6]], "a");
  assert.deepEqual(columnsScaled(a, [1, 0, -2]).data, Float64Array.of(1, 0, -6, 4, 0, -12));
  const half = symmetrized(toMatrix([[1, 2], [4, 3]], "a"));
  assert.deepEqual(half.data, Float64Array.of(1, 3, 3, 3));
  assert.deepEqual(
    [isDiagonal(identity(3, 2)), isDiagonal(half), isDiagonal(half, 2)],
    [true, false, true],
  );
  assert.equal(choleskyIfRegular(toMatrix([[1, 2], [2, 1]], "a")), undefined);
  assert.equal(choleskyIfRegular(identity(2, 9))!.data[3], 3);
});

Deno.test("a matrix times a vector is dgemm's, by LAPACK and by the plain loop", () => {
  const a = covariance(5), v = randomStream(1, "vector").normal(5);
  const expected = Float64Array.from(
    { length: 5 },
    (_, i) => product(a.data.subarray(5 * i, 5 * i + 5), v),
  );
  assertNear(multiply(a, v), expected, 1e-14);
  assertNear(applied(a, v), expected, 1e-14);
  assertNear(multiply(a, v, { transposeA: true }), expected, 1e-14);
  assert.deepEqual(added(v, v, -1), new Float64Array(5));
  assert.throws(() => multiply(a, v.subarray(1)), /b has 4 rows; it must have 5/);
});
