/** Natural gradient against PyTorch's Jacobian, and of linear models in closed form. */
import assert from "node:assert/strict";
import { fullyConnected, naturalGradient, randomStream } from "../../lib/mod.ts";
import golden from "../golden/natural_gradient.json" with { type: "json" };
import { needs, TENSORFLOW } from "../permissions.ts";

const { test } = needs(...TENSORFLOW);

const [inputs, , outputs] = golden.widths;
const n = golden.images.length / inputs;
const network = fullyConnected({ widths: golden.widths, parametrization: "standard" });
const data = {
  images: { shape: [n, inputs], data: Float32Array.from(golden.images) },
  targets: { shape: [n, outputs], data: Float32Array.from(golden.targets) },
};
const parameters = golden.weights.map((weights, i) => ({
  shape: [golden.widths[i], golden.widths[i + 1]],
  data: Float32Array.from(weights),
}));

for (const run of golden.runs) {
  test(`the direction is PyTorch's, damping ${run.damping}`, async () => {
    const made = await naturalGradient(network, parameters, data, { damping: run.damping });
    const most = Math.max(...run.direction.map(Math.abs));
    made.direction.forEach((value, i) => {
      // Float32 kernels are exact to 1e-6, and the damping amplifies that by up to 1/damping.
      assert.ok(Math.abs(value - run.direction[i]) < 2e-6 * most / run.damping, `${i}: ${value}`);
    });
    assert.ok(Math.abs(made.loss / golden.loss - 1) < 1e-6);
    assert.ok(Math.abs(made.along / run.along - 1) < 1e-6 / run.damping, `${made.along}`);
  });
}

test("one step of a linear model reaches the least squares solution of least norm", async () => {
  // One dense layer of standard parametrization, fewer images than weights: f = y is reached, and
  // from zero weights by θ = Xᵀ(XXᵀ)⁻¹y, which is orthogonal to the kernel of X.
  const [images, size] = [3, 6];
  const linear = fullyConnected({ widths: [size, 2], parametrization: "standard" });
  const draw = (length: number, purpose: string) =>
    randomStream(3, purpose).normal(new Float32Array(length));
  const x = { shape: [images, size], data: draw(images * size, "x") };
  const y = { shape: [images, 2], data: draw(images * 2, "y") };
  const zero = [{ shape: [size, 2], data: new Float32Array(size * 2) }];
  const { direction, loss, along } = await naturalGradient(
    linear,
    zero,
    { images: x, targets: y },
    {
      damping: 1e-7,
    },
  );
  const theta = [{ shape: [size, 2], data: Float32Array.from(direction) }];
  const { data: reached } = await linear.apply(theta, x);
  reached.forEach((value, i) => assert.ok(Math.abs(value - y.data[i]) < 2e-5, `${i}: ${value}`));
  // To first order all of ‖r‖² = 2L is gone.
  assert.ok(Math.abs(along / (2 * loss) + 1) < 1e-5);
  // Of least norm: twice projected on the rows of X it stays, by normal equations of X Xᵀ.
  const least = await naturalGradient(linear, theta, { images: x, targets: y }, { damping: 1e-3 });
  assert.ok(Math.hypot(...least.direction) < 1e-3 * Math.hypot(...direction));
});

test("bad input is told by name", async () => {
  await assert.rejects(
    naturalGradient(network, parameters, data, { damping: 0 }),
    /damping is 0; it must be a positive number/,
  );
  const many = { shape: [600, outputs], data: new Float32Array(600 * outputs) };
  const images = { shape: [600, inputs], data: new Float32Array(600 * inputs) };
  await assert.rejects(
    naturalGradient(fullyConnected({ widths: [inputs, 10] }), [
      { shape: [inputs, 10], data: new Float32Array(inputs * 10) },
    ], { images, targets: { shape: [600, 10], data: new Float32Array(6000) } }),
    /600 images of 10 outputs; .* takes 5000 outputs at most/,
  );
  await assert.rejects(
    naturalGradient(
      network,
      parameters.map(({ shape, data }) => ({ shape, data: data.map(() => 0) })),
      data,
    ),
    /outputs without a gradient/,
  );
  assert.ok(many);
});
