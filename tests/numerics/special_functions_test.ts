import assert from "node:assert/strict";
import {
  gamma,
  normalCdf,
  normalQuantile,
  riemannZeta,
  studentQuantile,
} from "../../lib/numerics/special_functions.ts";

// Reference values: mpmath 1.3, 30 digits (tests/golden/special_functions.py).
import golden from "../golden/special_functions.json" with { type: "json" };

const functions = { gamma, riemannZeta, normalCdf, normalQuantile } as const;

for (const [name, f] of Object.entries(functions)) {
  Deno.test(`${name} agrees with 30 digits to 1e-13`, () => {
    for (const [x, expected] of golden[name as keyof typeof functions]) {
      const error = Math.abs(f(x) - expected) / Math.max(1e-3, Math.abs(expected));
      assert(error < 1e-13, `${name}(${x}) is ${f(x)}, not ${expected}`);
    }
  });
}

Deno.test("studentQuantile agrees with 30 digits to 1e-12", () => {
  for (const [p, degrees, expected] of golden.studentQuantile) {
    assert(Math.abs(studentQuantile(p, degrees) / expected - 1) < 1e-12, `${p}, ${degrees}`);
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
