/** Values on their way into TensorFlow and back. */
import assert from "node:assert/strict";
import {
  execute,
  freshArray,
  liveTensors,
  readInto,
  tensorflow,
  withValues,
} from "../../lib/tensorflow/mod.ts";
import { needs, TENSORFLOW } from "../permissions.ts";

const { test, made } = needs(...TENSORFLOW);

const tf = await made(tensorflow);

/** The tensor after a pass through TensorFlow: TensorFlow.js keeps what it has not used yet. */
const passed = (tensor: ReturnType<typeof tf.tensor>) =>
  tf.reshape(tf.tile(tensor.reshape([1, -1]), [2, 1]), [2, ...tensor.shape]).slice([0], [1])
    .reshape(tensor.shape);

test("the exported module is the one that has TensorFlow's kernels", () => {
  assert.equal(tf.getBackend(), "tensorflow");
  const before = liveTensors();
  const sum = tf.add([1, 2], [3, 4]);
  assert.ok(liveTensors() > before);
  assert.deepEqual([...sum.dataSync()], [4, 6]);
  sum.dispose();
});

test("float32, int32 and bool come back as they went, extremes included", () => {
  const floats = [0, -0, 1.5, -3.4028234663852886e38, 1e-45, Infinity, NaN];
  assert.deepEqual([...passed(tf.tensor1d(floats)).dataSync()], [...Float32Array.from(floats)]);
  const ints = [0, -1, 2 ** 31 - 1, -(2 ** 31)];
  assert.deepEqual([...passed(tf.tensor1d(ints, "int32")).dataSync()], ints);
  const truths = passed(tf.tensor1d([true, false, true], "bool"));
  assert.equal(truths.dtype, "bool");
  assert.deepEqual([...truths.dataSync()], [1, 0, 1]);
});

test("strings of any length come back as they went", () => {
  const strings = ["", "a", "x".repeat(22), "x".repeat(23), "ß€😀".repeat(1000), "a\0b"];
  const result = passed(tf.tensor2d(strings, [2, 3]));
  assert.equal(result.dtype, "string");
  assert.deepEqual(result.arraySync(), [strings.slice(0, 3), strings.slice(3)]);
});

test("scalars and empty tensors keep their shapes", () => {
  const scalar = tf.neg(tf.scalar(3));
  assert.deepEqual(scalar.shape, []);
  assert.deepEqual([...scalar.dataSync()], [-3]);
  const empty = tf.neg(tf.zeros([3, 0, 2]));
  assert.deepEqual(empty.shape, [3, 0, 2]);
  assert.equal(empty.dataSync().length, 0);
});

test("a large tensor and a view into a larger array come through whole", () => {
  const data = Float32Array.from({ length: 3_000_001 }, (_, i) => i % 1000);
  const view = data.subarray(1);
  const doubled = tf.mul(tf.tensor1d(view), 2).dataSync();
  assert.ok(doubled.every((value, i) => value === 2 * view[i]));
});

test("readInto fills an existing array of the same type and length, and no other", () => {
  const tensor = tf.add(tf.tensor2d([[1, 2], [3, 4]]), 1);
  const whole = new Float32Array(6);
  readInto(tensor, whole.subarray(1, 5));
  assert.deepEqual([...whole], [0, 2, 3, 4, 5, 0]);
  assert.throws(() => readInto(tensor, new Float32Array(3)), /array has 3 elements.* has 4/);
  assert.throws(() => readInto(tensor, new Int32Array(4)), /Int32Array.*float32.*Float32Array/);
});

test("withValues shows a float32 tensor's numbers, and no others", () => {
  const tensor = tf.add(tf.tensor2d([[1, 2], [3, 4]]), 1);
  const before = liveTensors();
  assert.deepEqual(withValues(tensor, (values) => [...values]), [2, 3, 4, 5]);
  assert.throws(() => withValues(tensor, () => assert.fail("thrown on")), /thrown on/);
  assert.equal(liveTensors(), before);
  assert.deepEqual(withValues(tensor.reshape([4]), (values) => values.length), 4);
  assert.deepEqual(withValues(tf.tensor([7]), ([value]) => value), 7);
  assert.deepEqual(withValues(tf.neg(tf.zeros([3, 0])), (values) => [...values]), []);
  assert.throws(() => withValues(tf.neg(tf.scalar(1, "int32")), () => 0), /int32.*must be float32/);
});

test("a fresh array is of zeros, and one's own", () => {
  for (
    const [kind, length] of [[Float64Array, 3_000_001], [Float32Array, 5], [
      Float64Array,
      0,
    ]] as const
  ) {
    const [one, other] = [
      freshArray<Float64Array | Float32Array>(kind, length),
      freshArray<Float64Array | Float32Array>(kind, length),
    ];
    assert.ok(one instanceof kind && one.length === length);
    assert.ok(one.every((value) => value === 0));
    one.fill(2);
    assert.ok(other.every((value) => value === 0) && one.every((value) => value === 2));
  }
});

test("a disposed tensor is an error, not a crash", () => {
  const tensor = tf.add([1], [1]);
  tensor.dispose();
  assert.throws(() => tf.neg(tensor));
  assert.throws(() => execute("Neg", [tensor]), /disposed/);
  assert.throws(() => readInto(tensor, new Float32Array(1)), /disposed/);
  assert.throws(() => withValues(tensor, () => 0), /disposed/);
});

test("values that do not fill the shape are named", () => {
  assert.throws(() => tf.tensor([1, 2, 3], [2, 2]), /shape/);
});
