import assert from "node:assert/strict";
import { createRequire } from "node:module";
import type Cephes from "cephes";
import { normalCdf, normalQuantile } from "../../lib/numerics/normal_law.ts";
import { gamma, riemannZeta } from "../../lib/numerics/special_functions.ts";
import { studentQuantile } from "../../lib/numerics/student_law.ts";

// Reference values: mpmath 1.3, 60 digits (tests/golden/special_functions.py).
import golden from "../golden/special_functions.json" with { type: "json" };

// Its module for `import` fails in Deno; the one for `require` does not.
const cephes: typeof Cephes = createRequire(import.meta.url)("cephes");

const functions = { gamma, riemannZeta, normalCdf, normalQuantile, studentQuantile } as const;

for (const [name, f] of Object.entries(functions)) {
  Deno.test(`${name} agrees with 60 digits to 5e-15, in the tails too`, () => {
    const rows: number[][] = golden[name as keyof typeof functions];
    assert(rows.length > 70);
    for (const row of rows) {
      const expected = row.at(-1)!, found = f(row[0], row[1]);
      const scale = name === "riemannZeta" ? Math.max(1, Math.abs(expected)) : Math.abs(expected);
      const error = Math.abs(found - expected);
      assert(error <= 5e-15 * scale, `${name}(${row.slice(0, -1)}) is ${found}, not ${expected}`);
    }
  });
}

/** Numbers spread over an interval; cephes is the reference where it is right. */
const spread = (low: number, high: number) =>
  Array.from({ length: 400 }, (_, i) => low + (high - low) * (i + 0.37) / 400);

for (
  const [name, f, peer, arguments_] of [
    ["gamma", gamma, cephes.gamma, spread(-30, 170)],
    ["riemannZeta", riemannZeta, (s: number) => cephes.zeta(s, 1), spread(1, 40)],
    ["normalCdf", normalCdf, cephes.ndtr, spread(-5, 9)],
    ["normalQuantile", normalQuantile, cephes.ndtri, spread(0, 1)],
    ...[1, 2, 6, 61, 600].map((n) =>
      [
        ...[`studentQuantile of ${n}`, (p: number) => studentQuantile(p, n)] as const,
        ...[(p: number) => cephes.stdtri(n, p), spread(0, 1)] as const,
      ] as const
    ),
  ] as const
) {
  Deno.test(`${name} agrees with cephes to 1e-12`, () => {
    for (const x of arguments_) {
      assert(Math.abs(f(x) / peer(x) - 1) < 1e-12, `${name}(${x}) is ${f(x)}, cephes's ${peer(x)}`);
    }
  });
}

Deno.test("Student's quantile is that of Cauchy's law, and the closed form of two degrees", () => {
  for (const p of [1e-308, 1e-200, 1e-20, 1e-3, 0.0999, 0.1001, 0.25, 0.4999]) {
    const cauchy = p < 0.25 ? -1 / Math.tan(Math.PI * p) : Math.tan(Math.PI * (p - 0.5));
    assert(Math.abs(studentQuantile(p, 1) / cauchy - 1) < 4e-15, `${p}`);
    const two = (2 * p - 1) / Math.sqrt(2 * p * (1 - p));
    assert(Math.abs(studentQuantile(p, 2) / two - 1) < 4e-15, `${p}`);
  }
  assert.equal(studentQuantile(5e-324, 1), -Infinity); // −6·10³²², beyond all float64 numbers
  assert.equal(studentQuantile(0.5, 3), 0);
  assert.equal(studentQuantile(0.25, 9), -studentQuantile(0.75, 9));
});

Deno.test("the normal law at its ends", () => {
  assert.deepEqual([-Infinity, -40, Infinity].map(normalCdf), [0, 0, 1]);
  assert.deepEqual([0, 0.5, 1].map(normalQuantile), [-Infinity, 0, Infinity]);
  for (const p of [5e-324, 1e-320, 1e-100, 0.3, 1 - 2 ** -53]) {
    // Φ'(x)/Φ(x) is about |x|: the rounding of x is enlarged so.
    const x = normalQuantile(p);
    assert(Math.abs(normalCdf(x) / p - 1) < (p < 1e-310 ? 0.5 : 4e-16 * (1 + x * x)), `${p}`);
  }
});

Deno.test("what the functions have no value for is named", () => {
  assert.throws(() => gamma(-2), /x is -2; it must lie between/);
  assert.throws(() => gamma(NaN), /x is NaN/);
  assert.throws(() => riemannZeta(1), /s is 1; it must be a finite number from −20 up, and not 1/);
  assert.throws(() => normalCdf(NaN), /x is NaN/);
  assert.throws(() => normalQuantile(1.1), /p is 1.1; it must be a number from 0 to 1/);
  assert.throws(() => studentQuantile(0, 3), /p is 0; it must be a number above 0, below 1/);
  assert.throws(() => studentQuantile(0.5, 1.5), /degrees is 1.5; it must be an integer from 1/);
});
