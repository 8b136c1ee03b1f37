/** Operations by name. */
import assert from "node:assert/strict";
import {
  execute,
  executeAll,
  executeFloat64,
  fromFloat64,
  liveTensors,
  tensorflow,
} from "../../lib/tensorflow/mod.ts";
import { reals } from "./values.ts";
import { needs, TENSORFLOW } from "../permissions.ts";

const { test, made } = needs(...TENSORFLOW);

const tf = await made(tensorflow);
const normal = (shape: number[]) => tf.tensor(reals(shape).data, shape);
const same = { strides: [1, 1, 1, 1], padding: "SAME" };

function close(actual: ArrayLike<number>, expected: ArrayLike<number>) {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < actual.length; i++) {
    assert.ok(Math.abs(actual[i] - expected[i]) < 1e-4, `${i}: ${actual[i]}, not ${expected[i]}`);
  }
}

test("convolutions and their gradients are what TensorFlow.js makes of them", () => {
  const [x, w, u] = [normal([2, 6, 5, 3]), normal([3, 3, 3, 4]), normal([2, 6, 5, 4])];
  const convolve = (x: typeof w, w: typeof u) =>
    tf.conv2d(x as ReturnType<typeof tf.tensor4d>, w as ReturnType<typeof tf.tensor4d>, 1, "same");
  const [dx, dw] = tf.grads(convolve)([x, w], u);
  close(execute("Conv2D", [x, w], same).dataSync(), convolve(x, w).dataSync());
  close(execute("Conv2DBackpropInput", [x.shape, w, u], same).dataSync(), dx.dataSync());
  close(execute("Conv2DBackpropFilter", [x, w.shape, u], same).dataSync(), dw.dataSync());
});

test("a fused convolution equals its parts", () => {
  const [x, w, b] = [normal([2, 6, 5, 3]), normal([3, 3, 3, 4]), normal([4])];
  const fused = execute("_FusedConv2D", [x, w, b], {
    ...same,
    num_args: 1,
    T: "float32",
    TArgs: ["float32"],
    fused_ops: ["BiasAdd", "Relu"],
    epsilon: 0.001,
  });
  const parts = execute("Relu", [execute("BiasAdd", [execute("Conv2D", [x, w], same), b])]);
  close(fused.dataSync(), parts.dataSync());
});

test("average pooling with padding and its gradient are adjoint", () => {
  const attributes = { ksize: [1, 3, 3, 1], strides: [1, 2, 2, 1], padding: "SAME" };
  const [x, u] = [normal([2, 7, 8, 3]), normal([2, 4, 4, 3])];
  const forward = tf.sum(execute("AvgPool", [x], attributes).mul(u)).dataSync();
  const backward = tf.sum(execute("AvgPoolGrad", [x.shape, u], attributes).mul(x)).dataSync();
  close(forward, backward);
});

test("batched products transpose as asked", () => {
  const [x, y] = [normal([3, 4, 5]), normal([3, 2, 5])];
  close(
    execute("BatchMatMulV2", [x, y], { adj_y: true }).dataSync(),
    tf.matMul(x, y, false, true).dataSync(),
  );
});

test("all outputs of an operation come, and int64 ones as int32", () => {
  const before = liveTensors();
  const [values, indices] = executeAll("UniqueV2", [tf.tensor1d([7, 7, 8]), [0]], {
    out_idx: "int64",
  });
  assert.deepEqual([...values.dataSync()], [7, 8]);
  assert.equal(indices.dtype, "int32");
  assert.deepEqual([...indices.dataSync()], [0, 0, 1]);
  const first = execute("UniqueV2", [values, [0]], { out_idx: "int64" });
  tf.dispose([values, indices, first]);
  assert.equal(liveTensors(), before + 1); // the input, which stays
});

test("double precision survives cancellation", () => {
  const before = liveTensors();
  const x = fromFloat64([1, 1e-12, -1], [3]);
  const sum = executeFloat64("Sum", [x, [0]]);
  assert.ok(Math.abs(sum.read()[0] - 1e-12) < 1e-16);
  const rounded = execute("Cast", [x], { DstT: "float32" });
  assert.deepEqual([...rounded.dataSync()], [...Float32Array.of(1, 1e-12, -1)]);
  const back = executeFloat64("Cast", [rounded], { DstT: "float64" });
  assert.equal(back.dtype, "float64");
  rounded.dispose();
  [x, sum, back].forEach((tensor) => tensor.dispose());
  assert.equal(liveTensors(), before);
  assert.throws(() => executeFloat64("Neg", [tf.scalar(1)]), /Neg gives float32, not float64/);
  const y = fromFloat64([1], [1]);
  assert.throws(() => execute("Neg", [y]), /Neg gives float64: use executeFloat64/);
  y.dispose();
});

test("errors name the operation and say what TensorFlow says", () => {
  const x = tf.tensor1d([1, 2]);
  const failing: [() => unknown, RegExp][] = [
    [() => execute("MatMul", [x, x]), /operation MatMul: .*must be >= 2 \(invalid argument\)/],
    [() => execute("MatMule", [x, x]), /operation MatMule: .*not found/s],
    [() => execute("MatMul", [x, x], { adjoint: true }), /MatMul, attribute adjoint: .*not exist/],
    [() => execute("Add", [x, tf.tensor1d([1], "int32")]), /operation Add.*(float|int32)/s],
    [() => execute("Add", [x]), /operation Add: .*2/s],
    [() => execute("Cast", [x], { DstT: "float23" }), /"float23" is none of float32, /],
    [() => execute("NoOp", []), /NoOp has no output/],
    [() => tf.reshape(x, [3]), /3|shape/],
  ];
  const before = liveTensors();
  for (const [run, message] of failing) assert.throws(run, message);
  // what an earlier failure left behind must not fail what comes after, nor stay
  assert.deepEqual([...execute("Neg", [x]).dataSync()], [-1, -2]);
  assert.ok(liveTensors() - before <= 3, `${liveTensors() - before} tensors left`);
});
