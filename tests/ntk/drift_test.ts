import assert from "node:assert/strict";
import { principalAngles, vectorAlignment } from "../../lib/ntk/mod.ts";
import { eighSync, type Matrix, multiply, randomStream } from "../../lib/numerics/mod.ts";

/** A random symmetric matrix's eigenvectors: an orthonormal basis. */
function randomBasis(size: number, purpose: string): Matrix {
  const data = randomStream(4, `drift test ${purpose}`).normal(new Float64Array(size * size));
  return eighSync(Array.from(
    { length: size },
    (_, i) => Array.from({ length: size }, (_, j) => data[i * size + j] + data[j * size + i]),
  )).vectors;
}

const columns = ({ rows, cols, data }: Matrix, which: readonly number[]): number[][] =>
  Array.from({ length: rows }, (_, i) => which.map((k) => data[i * cols + k]));

Deno.test("principal angles of spaces turned by known angles, small ones too, in any basis", () => {
  const angles = [1e-10, 1e-5, 0.3, 1.2, Math.PI / 2];
  const q = randomBasis(12, "space"), p = angles.length;
  const first = columns(q, [0, 1, 2, 3, 4]);
  // Each direction turned towards one that lies in neither space.
  const turned = first.map((row, i) =>
    row.map((value, k) =>
      Math.cos(angles[k]) * value + Math.sin(angles[k]) * q.data[i * 12 + 5 + k]
    )
  );
  const mixed = multiply(turned, randomBasis(p, "mix"));
  for (const found of [principalAngles(first, mixed), principalAngles(mixed, first)]) {
    found.forEach((angle, k) => {
      // The square of a sine has float64's 10⁻¹⁶ beside 1.
      assert(Math.abs(angle - angles[k]) < 2e-8, `${angle} for ${angles[k]}`);
    });
  }
});

Deno.test("a smaller space within a larger one has no angles; one across it has right ones", () => {
  const q = randomBasis(9, "nested");
  const large = columns(q, [0, 1, 2, 3]);
  assert(principalAngles(columns(q, [1, 3]), large).every((angle) => angle < 1e-14));
  const across = principalAngles(large, columns(q, [7, 8]));
  assert.equal(across.length, 2);
  assert(across.every((angle) => Math.abs(angle - Math.PI / 2) < 1e-14));
});

Deno.test("unrelated spaces share p/m on average", () => {
  let share = 0;
  for (let trial = 0; trial < 40; trial++) {
    const [a, b] = ["a", "b"].map((side) =>
      columns(randomBasis(20, `${side} ${trial}`), [0, 1, 2, 3, 4])
    );
    share += principalAngles(a, b).reduce((s, angle) => s + Math.cos(angle) ** 2 / 5, 0) / 40;
  }
  assert(Math.abs(share - 5 / 20) < 0.02, `${share}`);
});

Deno.test("the alignment with a vector is Σ λ_k c_k²/(‖K‖ ‖v‖²)", () => {
  const q = randomBasis(6, "kernel");
  const values = [5, 3, 2, 1, 0.5, 0];
  const kernel = multiply(
    { ...q, data: q.data.map((v, at) => v * values[at % 6]) },
    q,
    { transposeB: true },
  );
  const components = [1, -2, 0, 1, 3, 1];
  const v = Array.from(
    { length: 6 },
    (_, i) => components.reduce((s, c, k) => s + c * q.data[i * 6 + k], 0),
  );
  const square = (list: number[]) => list.reduce((s, x) => s + x * x, 0);
  const expected = components.reduce((s, c, k) => s + values[k] * c * c, 0) /
    (Math.sqrt(square(values)) * square(components));
  assert(Math.abs(vectorAlignment(kernel, v) - expected) < 1e-13);
});

Deno.test("what is not orthonormal or does not fit is named", () => {
  const one = [[1], [0]];
  assert.throws(() => principalAngles([[2], [0]], one), /columns 0 and 0 of a have the product 4/);
  assert.throws(() => principalAngles(one, [[1], [0], [0]]), /a has 2 rows and b 3/);
  assert.throws(() => principalAngles([[1, 0]], [[1]]), /a has 2 columns of 1 numbers/);
  assert.throws(() => vectorAlignment([[1, 0]], [1]), /kernel is 1 × 2; it must be square/);
  assert.throws(() => vectorAlignment([[1]], [0]), /^RangeError: vector is 0/);
  assert.throws(() => vectorAlignment([[0]], [1]), /^RangeError: kernel is 0/);
  assert.throws(() => vectorAlignment([[1]], [1, 2]), /^RangeError: vector/);
});
