import assert from "node:assert/strict";
import { hessianVectorProduct, topCurvature } from "../../../lib/dynamics/mod.ts";
import { needs, TENSORFLOW } from "../../permissions.ts";
import { cases } from "./hessian_cases.ts";

const { test } = needs(...TENSORFLOW);

for (const { name, network, data, parameters, expected } of cases) {
  test(`${name}: the largest eigenvalue of the Hessian is PyTorch's`, async () => {
    const exact = await topCurvature(network, data, { parameters, tolerance: 1e-4, products: 60 });
    assert.ok(Math.abs(exact.value / expected.top - 1) < 1e-5, `${exact.value}, ${expected.top}`);
    const kernel = await topCurvature(network, data, {
      ...{ parameters, part: "gauss-newton", tolerance: 1e-4, products: 60, scale: 2 },
    });
    assert.ok(Math.abs(kernel.value / (2 * expected.topGaussNewton) - 1) < 1e-5);

    const rough = await topCurvature(network, data, { parameters });
    assert.ok(rough.value <= expected.top * (1 + 1e-5));
    assert.ok(expected.top - rough.value <= rough.residual, "within the residual");
    assert.ok(rough.residual <= 0.01 * rough.value && rough.products <= exact.products);
  });
}

test("its vector is an eigenvector, from which the search goes on in few products", async () => {
  const { network, data, parameters } = cases[0];
  const { value, vector, residual } = await topCurvature(network, data, { parameters });
  const image = await hessianVectorProduct(network, data, { parameters, direction: vector });
  const off = Math.hypot(...image.map((x, i) => x - value * vector[i]));
  assert.ok(off < residual * 1.01 + 1e-5 * value, `${off} against ${residual}`);
  const again = await topCurvature(network, data, { parameters, from: vector });
  assert.ok(again.products <= 2);
});

test("bad input is named", async () => {
  const { network, data, parameters } = cases[0];
  for (
    const [option, message] of [
      [{ tolerance: 0 }, /tolerance is 0/],
      [{ products: 0 }, /products is 0/],
      [{ from: new Float64Array(3) }, /from has 3/],
      [{ part: "kernel" as "whole" }, /part is "kernel"/],
    ] as const
  ) await assert.rejects(topCurvature(network, data, { parameters, ...option }), message);
});
