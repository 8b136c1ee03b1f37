import assert from "node:assert/strict";
import { derivativeOf, simplified } from "../../../lib/figures/derivations/symbolic.ts";

Deno.test("derivatives are right at points, against central differences", async () => {
  const cases = [
    ["(x - log(1 + x)) / (2 * beta)", (x: number, beta: number) => (x - Math.log1p(x)) / 2 / beta],
    ["beta * sin(x)^2 / (1 + x)", (x: number, beta: number) => beta * Math.sin(x) ** 2 / (1 + x)],
  ] as const;
  for (const [expression, f] of cases) {
    const slope = await derivativeOf(expression, "x");
    for (const [x, beta] of [[0.3, 1], [2, 0.7]]) {
      const h = 1e-5;
      const expected = (f(x + h, beta) - f(x - h, beta)) / (2 * h);
      assert(Math.abs(slope.at({ x, beta }) - expected) < 1e-8 * (1 + Math.abs(expected)));
    }
  }
});

Deno.test("formulas have one bar, Greek letters, and variables set as such", async () => {
  const { tex } = await derivativeOf("(x - log(1 + x)) / (2 * beta)", "x");
  assert.equal(tex.match(/\\frac/g)?.length, 1);
  assert.match(tex, /\\beta/);
  assert.match((await simplified("2 * b * s")).tex, /^2\\cdot b\\cdot s$/);
  await assert.rejects(simplified("2 +"), /Unexpected end of expression/);
});
