import assert from "node:assert/strict";
import fc from "fast-check";
import { integrate } from "../../lib/numerics/mod.ts";

const { PI, exp, log, sqrt, sin, cos, abs } = Math;
const catalan = 0.915965594177219015;
const eulerGamma = 0.577215664901532861;

type Case = [name: string, f: (x: number) => number, from: number, to: number, value: number];

const cases: Case[] = [
  ["a constant", () => 3, -1, 4, 15],
  ["a polynomial", (x) => x ** 9 - 4 * x ** 3 + 1, 0, 2, 2 ** 10 / 10 - 16 + 2],
  ["sin over a period", sin, 0, 2 * PI, 0],
  ["exp", exp, -3, 2, exp(2) - exp(-3)],
  ["an oscillation", (x) => cos(100 * x), 0, 1, sin(100) / 100],
  ["a narrow Lorentzian", (x) => 1e-3 / (PI * (x * x + 1e-6)), -1, 1, 2 / PI * Math.atan(1e3)],
  ["a kink inside", (x) => abs(x - 1 / 3), 0, 1, 5 / 18],
  ["1/√x", (x) => 1 / sqrt(x), 0, 1, 2],
  ["x^−0.9", (x) => x ** -0.9, 0, 1, 10],
  ["ln x", log, 0, 1, -1],
  ["ln² x √x", (x) => log(x) ** 2 * sqrt(x), 0, 1, 16 / 27],
  ["1/√(1 − x²)", (x) => 1 / sqrt((1 - x) * (1 + x)), -1, 1, PI],
  ["1/√(3 − x)", (x) => 1 / sqrt(3 - x), 1, 3, 2 * sqrt(2)],
  ["ln(1 + x)/x at 0, to 1", (x) => Math.log1p(x) / x, 0, 1, PI ** 2 / 12],
  ["arctan x / x", (x) => Math.atan(x) / x, 0, 1, catalan],
  ["e^−x", (x) => exp(-x), 0, Infinity, 1],
  ["e^x to the left", exp, -Infinity, 0.5, exp(0.5)],
  ["Gauss", (x) => exp(-x * x / 2), -Infinity, Infinity, sqrt(2 * PI)],
  ["a shifted Gauss", (x) => exp(-((x - 7) ** 2)), -Infinity, Infinity, sqrt(PI)],
  ["Cauchy", (x) => 1 / (1 + x * x), -Infinity, Infinity, PI],
  ["x^−3/2", (x) => x ** -1.5, 1, Infinity, 2],
  ["x^−1.1", (x) => x ** -1.1, 1, Infinity, 10],
  ["e^−x/√x", (x) => exp(-x) / sqrt(x), 0, Infinity, sqrt(PI)],
  ["e^−x ln x", (x) => exp(-x) * log(x), 0, Infinity, -eulerGamma],
  ["Planck", (x) => x ** 3 / Math.expm1(x), 0, Infinity, PI ** 4 / 15],
  ["an odd function", (x) => x * exp(-x * x), -Infinity, Infinity, 0],
  ["nothing", () => 0, -Infinity, Infinity, 0],
];

for (const [name, f, from, to, value] of cases) {
  Deno.test(`the integral of ${name} is right, and so is its error`, () => {
    for (const relativeTolerance of [1e-6, 1e-10, 1e-13]) {
      const found = integrate(f, from, to, { relativeTolerance, absoluteTolerance: 1e-13 });
      const off = abs(found.value - value);
      const tolerance = Math.max(1e-13, relativeTolerance * abs(value));
      assert(off <= 2 * tolerance, `${found.value} is off by ${off} at ${relativeTolerance}`);
      // Near an end that is not 0 the integrand gets a rounded x.
      const rounding = /√\([13] − x/.test(name) ? 1e-12 : 4e-15;
      assert(off <= found.error + rounding * (1 + abs(value)), `off by ${off}, not ${found.error}`);
      assert(found.error <= 1.01 * tolerance || value === 0);
    }
  });
}

Deno.test("polynomials are integrated to rounding by the first panels", () => {
  // After the change of variable x^d is of degree 3 d + 2, integrated by 5 panels a side: to
  // rounding up to d = 6 exactly, and beyond because the panels are short.
  for (let degree = 0; degree <= 22; degree++) {
    const { value, evaluations } = integrate((x) => (degree + 1) * x ** degree, 0, 1);
    assert(abs(value - 1) < 5e-15, `degree ${degree}: ${value}`);
    assert.equal(evaluations, 150);
  }
});

Deno.test("the integral is additive, changes its sign with its ends, and scales", () => {
  const points = fc.double({ min: -50, max: 50, noNaN: true });
  const f = (x: number) => exp(-x * x / 50) * cos(x);
  const options = { absoluteTolerance: 1e-12 };
  fc.assert(
    fc.property(points, points, points, (a, b, c) => {
      const along = (from: number, to: number) => integrate(f, from, to, options).value;
      assert(abs(along(a, b) + along(b, c) - along(a, c)) < 1e-11);
      assert.equal(along(b, a), -along(a, b) + 0);
      assert.equal(along(a, a), 0);
    }),
    { numRuns: 100 },
  );
  const tiny = integrate((x) => 1e-200 * exp(-x), 0, Infinity).value;
  assert(abs(tiny / 1e-200 - 1) < 1e-10);
  const wide = integrate((x) => exp(-abs(x) / 1e6), -Infinity, Infinity).value;
  assert(abs(wide / 2e6 - 1) < 1e-10);
});

Deno.test("an integrand that is not finite is refused, with its place", () => {
  assert.throws(() => integrate((x) => x < 0.3 ? NaN : 1, 0, 1), {
    name: "RangeError",
    message: /^the integrand is NaN at x = 0\.\d+; it must be finite$/,
  });
  assert.throws(() => integrate((x) => exp(x), 0, Infinity), /integrand is .* at x = /);
  assert.throws(() => integrate(() => "1" as unknown as number, 0, 1), /is 1 at x/);
  assert.throws(() => integrate(() => undefined as unknown as number, 0, 1), /undefined at x/);
});

Deno.test("an integral that does not converge is told, with what there is", () => {
  assert.throws(() => integrate((x) => 1 / x, 0, 1), /does not converge$/);
  assert.throws(() => integrate((x) => 1 / x, 1, Infinity), /does not converge$/);
  assert.throws(
    () => integrate((x) => sin(1e5 * x), 0, 1, { maxEvaluations: 1000 }),
    /^Error: the integral from 0 to 1 is .* after \d+ evaluations, .*maxEvaluations is 1000$/,
  );
  assert.throws(() => integrate(cos, 0, Infinity), /does not converge$/);
});

Deno.test("evaluations are counted, and stay within what is allowed", () => {
  for (const maxEvaluations of [150, 400, 5000]) {
    let asked = 0;
    const f = (x: number) => (asked++, sqrt(abs(sin(9 * x))));
    try {
      assert.equal(integrate(f, 0, 3, { maxEvaluations }).evaluations, asked);
    } catch (error) {
      assert.match(String(error), new RegExp(`after ${asked} evaluations`));
    }
    assert(asked <= maxEvaluations);
  }
});

Deno.test("ends and options out of range are refused by name", () => {
  assert.throws(
    () => integrate(sin, NaN, 1),
    /from is NaN; it must be a number, which may be infinite/,
  );
  assert.throws(() => integrate(sin, 0, 1, { relativeTolerance: -1 }), /relativeTolerance is -1/);
  assert.throws(() => integrate(sin, 0, 1, { absoluteTolerance: NaN }), /absoluteTolerance is NaN/);
  assert.throws(() => integrate(sin, 0, 1, { maxEvaluations: 10 }), /maxEvaluations is 10; .* 150/);
});
