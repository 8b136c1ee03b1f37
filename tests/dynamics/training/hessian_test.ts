import assert from "node:assert/strict";
import { hessianVectorProduct, squaredError } from "../../../lib/dynamics/mod.ts";
import {
  antisymmetric,
  centred,
  fullyConnected,
  myrtle5,
  scaled,
  unflatten,
} from "../../../lib/networks/mod.ts";
import type { Tensor } from "../../../lib/numerics/mod.ts";
import { tanh } from "../../networks/tanh.ts";
import { needs, TENSORFLOW } from "../../permissions.ts";
import { cases, given, numbers, scales } from "./hessian_cases.ts";

const { test } = needs(...TENSORFLOW);

/** ‖a − b‖/‖b‖ */
function distance(a: Float64Array, b: ArrayLike<number>): number {
  assert.equal(a.length, b.length);
  const square = (of: (i: number) => number) => a.reduce((sum, _, i) => sum + of(i) ** 2, 0);
  return Math.sqrt(square((i) => a[i] - b[i]) / square((i) => b[i]));
}

const inner = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, i) => sum + x * b[i], 0);

for (const { name, network, expected, data, parameters, direction } of cases) {
  const { product, gaussNewton } = expected;

  test(`${name}: products with the Hessian and its parts are PyTorch's`, async () => {
    const of = (part?: "gauss-newton" | "residue") =>
      hessianVectorProduct(network, data, { parameters, direction, part });
    assert.ok(distance(await of(), product) < 3e-6);
    assert.ok(distance(await of("gauss-newton"), gaussNewton) < 3e-6);
    const rest = product.map((value, i) => value - gaussNewton[i]);
    assert.ok(distance(await of("residue"), rest) < 3e-5);
  });

  test(`${name}: the Hessian is symmetric`, async () => {
    const [u, v] = [numbers(network.parameterCount, 5), direction];
    const of = (direction: Float64Array) =>
      hessianVectorProduct(network, data, { parameters, direction, scale: 0.5 });
    const [one, other] = [inner(u, await of(v)), inner(v, await of(u))];
    assert.ok(Math.abs(one - other) < 1e-5 * Math.abs(one), `${one} and ${other}`);
  });
}

test("of smooth activations it is the difference of gradients", async () => {
  const base = fullyConnected({ widths: [6, 9, 7, 3], activation: "gelu", ...scales });
  for (
    const network of [
      antisymmetric(scaled(base, 2)),
      centred(base, { seed: 1, kept: 0.3 }),
      antisymmetric(antisymmetric(fullyConnected({ widths: [6, 4, 3], activation: "erf" }))),
    ]
  ) {
    const { data, direction } = given(network, 4);
    const start = numbers(network.parameterCount, 3);
    const at = squaredError(network, data.images, data.targets);
    const h = 1e-2; // float32 losses: the error of order h⁴ is taken off by Richardson's step
    const along = async (step: number) => {
      const gradient = async (sign: number) =>
        (await at(unflatten(start.map((x, i) => x + sign * step * direction[i]), network.shapes)))
          .gradient;
      const [plus, minus] = [await gradient(1), await gradient(-1)];
      return plus.map((value, i) => (value - minus[i]) / (2 * step));
    };
    const [coarse, fine] = [await along(2 * h), await along(h)];
    const difference = fine.map((value, i) => value + (value - coarse[i]) / 3);
    const product = await hessianVectorProduct(network, data, {
      parameters: unflatten(start, network.shapes),
      direction,
    });
    const off = distance(product, difference);
    assert.ok(off < 1e-3, `${JSON.stringify(network.configuration)}: ${off}`);
  }
});

test("many images go in batches, with the same sum", async () => {
  const network = myrtle5({ channels: 2, ...scales });
  const { data: { images, targets }, parameters, direction } = given(network, 3);
  // More than a batch: the three images again and again, 1500 of them.
  const again = ({ shape, data }: Tensor): Tensor => {
    const many = new Float32Array(500 * data.length);
    for (let i = 0; i < 500; i++) many.set(data, i * data.length);
    return { shape: [500 * shape[0], ...shape.slice(1)], data: many };
  };
  const few = await hessianVectorProduct(network, { images, targets }, { parameters, direction });
  const many = await hessianVectorProduct(
    network,
    { images: again(images), targets: again(targets) },
    { parameters, direction },
  );
  // Float32 sums over images and pixels, as in its gradient: a batch left out would be a half.
  assert.ok(distance(many, few.map((value) => 500 * value)) < 1e-3);
});

test("bad input is named", async () => {
  const network = fullyConnected({ widths: [6, 4, 3] });
  const { data, parameters, direction } = given(network, 2);
  await assert.rejects(
    hessianVectorProduct(network, data, { parameters, direction: direction.slice(1) }),
    /direction has 35 /,
  );
  await assert.rejects(
    hessianVectorProduct(network, data, { parameters, direction, part: "half" as "whole" }),
    /part is "half"; it must be "whole"/,
  );
  const own = fullyConnected({ widths: [6, 4, 3], activation: tanh });
  await assert.rejects(
    hessianVectorProduct(own, data, { parameters, direction }),
    /the activation "tanh" has no secondDerivative/,
  );
});

test("it frees its tensors", async () => {
  const { tensorflow } = await import("../../../lib/tensorflow/mod.ts");
  const module = await tensorflow();
  const { network, data, parameters, direction } = cases[3];
  const before = module.memory().numTensors;
  await hessianVectorProduct(network, data, { parameters, direction });
  assert.equal(module.memory().numTensors, before);
});
