/** Operations over their input, and layers over the output of others, change no number. */
import assert from "node:assert/strict";
import type * as tfjs from "@tensorflow/tfjs";
import { myrtle5 } from "../../lib/networks/mod.ts";
import {
  averagePool,
  bias,
  convolution,
  dense,
  erf,
  forwardPasses,
  heldNumbers,
  type Layer,
  nonlinearity,
  relu,
} from "../../lib/networks/layers/mod.ts";
import { execute, executeOver, tensorflow } from "../../lib/tensorflow/mod.ts";
import { reals } from "../tensorflow/values.ts";
import { needs, TENSORFLOW } from "../permissions.ts";

const { test, made } = needs(...TENSORFLOW);

const tf = await made(tensorflow);
const drawn = (shape: readonly number[]) => tf.tensor(reals([...shape]).data, [...shape]);
const same = (a: tfjs.Tensor, b: tfjs.Tensor) => {
  assert.deepEqual(a.shape, b.shape);
  assert.deepEqual(a.dataSync(), b.dataSync());
};
const image = [6, 6, 4];
const weight = (shape: number[]) => ({ shape, initialStd: 1, multiplier: 1 });

test("an operation over its first input gives the same, and disposes of that input alone", () => {
  const [u, y] = [drawn([2, 5]), drawn([2, 5])];
  const expected = execute("ReluGrad", [u, y]);
  same(executeOver("ReluGrad", [u, y]), expected);
  assert.deepEqual([u.isDisposed, y.isDisposed], [true, false]);
  assert.throws(() => executeOver("Relu", [[1, 2]]), /inputs\[0\] is 1,2; it must be a tensor/);
});

test("what shares values with an input written over keeps them", () => {
  const u = drawn([4, 6]), values = u.dataSync().slice();
  const [reshaped, clone, shared] = [u.reshape([24]), u.clone(), execute("Reshape", [u, [3, 8]])];
  executeOver("Neg", [u]);
  for (const other of [reshaped, clone, shared]) assert.deepEqual(other.dataSync(), values);
});

test("an operation that fails leaves its input", () => {
  const u = drawn([2, 3]);
  assert.throws(() => executeOver("NoSuch", [u]), /NoSuch/);
  assert(!u.isDisposed);
});

test("what has run away is told through relu too", () => {
  const [first, second] = [
    convolution(weight([3, 3, 4, 4]), image),
    nonlinearity(relu, image),
  ];
  const w = tf.fill([3, 3, 4, 4], NaN);
  const passes = forwardPasses([first, second], [[w], []], drawn([1, ...image]));
  assert(passes[1].y.dataSync().every(Number.isNaN));
});

const linear: { name: string; shape: readonly number[]; make: () => Layer }[] = [
  { name: "convolutions", shape: image, make: () => convolution(weight([3, 3, 4, 4]), image) },
  { name: "dense layers", shape: [4], make: () => dense(weight([4, 4])) },
];
for (const { name, shape, make } of linear) {
  test(`fused ${name} have the passes of single layers, and the derivatives`, () => {
    const fused: Layer[] = [
      make(),
      bias(weight([4]), shape),
      nonlinearity(relu, shape),
      make(),
      nonlinearity(relu, shape),
      make(),
      nonlinearity(erf, shape),
    ];
    const single = fused.map(({ fusion: _, fused: __, ...layer }) => layer);
    const parameters = fused.map((layer) => layer.parameters.map((one) => drawn(one.shape)));
    const [x, u, dx] = [0, 1, 2].map(() => drawn([2, ...shape]));
    const [a, b] = [fused, single].map((layers) => forwardPasses(layers, parameters, x));
    assert.equal(a.length, 7);
    assert.equal(a[0].y, a[2].y);
    assert.notEqual(a[5].y, a[6].y);
    const held = new Set(a.map(({ y }) => y));
    assert.equal(2 * heldNumbers(fused), [...held].reduce((total, { size }) => total + size, 0));
    for (const [i, layer] of fused.entries()) {
      same(a[i].parameters[0] ?? x, b[i].parameters[0] ?? x);
      // Of those that share an output, the last.
      if (a[i].y !== a[i + 1]?.y) same(a[i].y, b[i].y);
      same(layer.inputVjp(a[i], u), single[i].inputVjp(b[i], u));
      same(layer.jvp(a[i], dx, parameters[i]), single[i].jvp(b[i], dx, parameters[i]));
      layer.parameterVjp(a[i], u).forEach((v, p) => same(v, single[i].parameterVjp(b[i], u)[p]));
    }
  });
}

test("the gradient of a mean over blocks of 1 to 13 pixels is TensorFlow's", () => {
  for (let size = 1; size <= 13; size++) {
    const shape = [2 * size, 3 * size, 2];
    const layer = averagePool(size, shape);
    const x = tf.zeros([2, ...shape]), u = drawn([2, 2, 3, 2]);
    const pass = { x, y: u, parameters: [] };
    const blocks = [1, size, size, 1];
    const expected = execute("AvgPoolGrad", [x.shape, u], {
      ...{ ksize: blocks, strides: blocks, padding: "VALID", data_format: "NHWC" },
    });
    const error = layer.inputVjp(pass, u).sub(expected).abs().max().dataSync()[0];
    assert(error < 1e-7, `${size}: ${error}`);
    assert(!u.isDisposed);
    same(layer.inputVjp(pass, u.clone(), true), layer.inputVjp(pass, u));
  }
});

test("a user's tensors are as before after values and derivatives", async () => {
  const network = myrtle5({ channels: 2, biasStd: 0.1 });
  const parameters = network.init(0).map(({ shape, data }) => tf.tensor(data, [...shape]));
  const tangents = network.shapes.map(drawn);
  const [images, u] = [drawn([2, 32, 32, 3]), drawn([2, 10])];
  const given = [...parameters, ...tangents, images, u];
  const before = given.map((tensor) => tensor.dataSync().slice());
  await network.apply(parameters, images);
  await network.jvp(parameters, images, tangents);
  await network.vjp(parameters, images, u);
  given.forEach((tensor, i) => assert.deepEqual(tensor.dataSync(), before[i]));
});
