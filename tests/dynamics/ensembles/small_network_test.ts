import assert from "node:assert/strict";
import { smallNetwork } from "../../../lib/dynamics/mod.ts";
import { type Activation, fullyConnected } from "../../../lib/networks/mod.ts";
import { randomStream } from "../../../lib/numerics/mod.ts";
import { needs, TENSORFLOW } from "../../permissions.ts";

const { test } = needs(...TENSORFLOW);

const tanh: Activation = {
  name: "tanh",
  forward: (x) => x.tanh(),
  derivative: ({ y }, u) => u.mul(y.square().neg().add(1)),
  value: Math.tanh,
  slope: (x) => 1 - Math.tanh(x) ** 2,
};

const N = 7;
const drawn = (rows: number, cols: number, name: string) => ({
  ...{ rows, cols },
  data: randomStream(3, name).normal(rows * cols),
});

function made(activation: "tanh" | "relu" | "linear", scale = 1) {
  const widths = [5, 6, 4, 3];
  const inputs = drawn(N, 5, "x"), targets = drawn(N, 3, "y");
  const network = smallNetwork({ widths, inputs, targets, activation, scale });
  const theta = randomStream(4, "theta").normal(network.dimension);
  return { widths, inputs, targets, network, theta };
}

test("outputs, loss, gradient and Jacobian are those of the library's networks", async () => {
  for (const activation of ["tanh", "relu", "linear"] as const) {
    const { widths, inputs, targets, network, theta } = made(activation, 1.5);
    const other = fullyConnected({
      widths,
      activation: activation === "tanh" ? tanh : activation,
    });
    const images = { shape: [N, 5], data: Float32Array.from(inputs.data) };
    let at = 0;
    const weights = other.shapes.map((shape) => {
      const size = shape[0] * shape[1];
      return { shape, data: Float32Array.from(theta.subarray(at, at += size)) };
    });
    const outputs = await other.apply(weights, images);
    const own = network.outputs(theta).data;
    outputs.data.forEach((value, i) => assert(Math.abs(1.5 * value - own[i]) < 3e-6));
    const r = own.map((value, i) => (value - targets.data[i]) / 1.5);
    const loss = r.reduce((sum, value) => sum + value * value / 2, 0);
    assert(Math.abs(network.value(theta, 0) - loss) < 1e-12 * loss);
    const { gradient } = await other.pullback(weights, images, () => Float32Array.from(r));
    const slope = new Float64Array(network.dimension);
    network.gradient(theta, 0, slope);
    gradient.forEach((value, i) => assert(Math.abs(value - slope[i]) < 2e-5, `${activation} ${i}`));
    const jacobian = network.jacobian(theta);
    const v = randomStream(5, "v").normal(network.dimension);
    const change = await other.jvp(
      weights,
      images,
      (at = 0,
        other.shapes.map((shape) => {
          const size = shape[0] * shape[1];
          return { shape, data: Float32Array.from(v.subarray(at, at += size)) };
        })),
    );
    change.data.forEach((value, row) => {
      let sum = 0;
      for (let i = 0; i < v.length; i++) sum += jacobian.data[row * v.length + i] * v[i];
      assert(Math.abs(1.5 * value - sum) < 3e-5);
    });
  }
});

Deno.test("the Hessian's product is the difference of gradients, symmetric, and exact of a linear model", () => {
  for (const scale of [1, 4]) {
    const { network, theta } = made("tanh", scale);
    const d = network.dimension;
    const [u, v] = [5, 6].map((seed) => randomStream(seed, "direction").normal(d));
    const product = (of: Float64Array) => {
      const into = new Float64Array(d);
      network.hessianProduct(theta, of, into);
      return into;
    };
    const gradientAt = (h: number) => {
      const into = new Float64Array(d);
      network.gradient(theta.map((x, i) => x + h * v[i]), 0, into);
      return into;
    };
    const [up, down, exact] = [gradientAt(1e-5), gradientAt(-1e-5), product(v)];
    exact.forEach((value, i) => assert(Math.abs(value - (up[i] - down[i]) / 2e-5) < 1e-6));
    const along = (a: Float64Array, b: Float64Array) => a.reduce((s, x, i) => s + x * b[i], 0);
    assert(Math.abs(along(u, product(v)) - along(v, product(u))) < 1e-10);
  }
  const linear = smallNetwork({ widths: [2, 1], inputs: [[3, 0], [0, 1]], targets: [[1], [1]] });
  const into = new Float64Array(2);
  linear.hessianProduct(Float64Array.of(5, 5), Float64Array.of(1, 1), into);
  // XᵀX/2, of the multiplier 1/√2.
  assert.deepEqual(Array.from(into, (x) => Math.round(1e12 * x) / 1e12), [4.5, 0.5]);
});

Deno.test("a metric weighs the residue: a diagonal one as scaled rows do", () => {
  const inputs = drawn(2, 5, "x"), targets = [[0.3], [-0.2]];
  const widths = [5, 3, 1];
  const [plain, weighed] = [undefined, [[2, 0.5], [0.5, 1]]].map((metric) =>
    smallNetwork({ widths, inputs, targets, metric })
  );
  const theta = randomStream(4, "theta").normal(plain.dimension);
  const [a, b] = plain.outputs(theta).data.map((f, i) => f - targets[i][0]);
  assert(Math.abs(weighed.value(theta, 0) - (a * a + a * b / 2 + b * b / 2)) < 1e-14);
  const [slope, product] = [new Float64Array(18), new Float64Array(18)];
  weighed.gradient(theta, 0, slope);
  const step = (h: number) => {
    const into = new Float64Array(18);
    weighed.gradient(theta.map((x, i) => x + h * slope[i]), 0, into);
    return into;
  };
  weighed.hessianProduct(theta, slope, product);
  const [up, down] = [step(1e-5), step(-1e-5)];
  product.forEach((value, i) => assert(Math.abs(value - (up[i] - down[i]) / 2e-5) < 1e-7));
  const along = (h: number) => weighed.value(theta.map((x, i) => x + h * slope[i]), 0);
  const squared = slope.reduce((sum, g) => sum + g * g, 0);
  assert(Math.abs((along(1e-5) - along(-1e-5)) / 2e-5 - squared) < 1e-7);
});

Deno.test("a centred network starts from zero, and knows its loss's derivative by the start", () => {
  const { network, theta } = made("tanh", 2);
  const centred = network.centredAt(theta);
  assert(centred.outputs(theta).data.every((value) => value === 0));
  const d = network.dimension;
  const x = theta.map((value, i) => value + 0.3 * Math.sin(i));
  const v = randomStream(8, "v").normal(d), into = new Float64Array(d);
  centred.startProduct!(x, v, into);
  const gradient = (h: number) => {
    const slope = new Float64Array(d);
    network.centredAt(theta.map((value, i) => value + h * v[i])).gradient(x, 0, slope);
    return slope;
  };
  const [up, down] = [gradient(1e-5), gradient(-1e-5)];
  into.forEach((value, i) => assert(Math.abs(value - (up[i] - down[i]) / 2e-5) < 1e-6));
  assert.equal(network.startProduct, undefined);
});
