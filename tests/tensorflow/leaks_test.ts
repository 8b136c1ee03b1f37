/** Nothing is left behind by many operations. */
import assert from "node:assert/strict";
import { execute, liveTensors, tensorflow } from "../../lib/tensorflow/mod.ts";
import { needs, TENSORFLOW } from "../permissions.ts";

const { test, made } = needs(...TENSORFLOW);

const tf = await made(tensorflow);
const mebibyte = 2 ** 20;

/** The growth of resident memory (MiB) and of live tensors over the second of two rounds. */
function growth(operations: number, once: (i: number) => void) {
  const round = () => {
    for (let i = 0; i < operations; i++) tf.tidy(() => void once(i));
  };
  round();
  const before = { tensors: liveTensors(), resident: Deno.memoryUsage().rss };
  round();
  return {
    tensors: liveTensors() - before.tensors,
    mebibytes: (Deno.memoryUsage().rss - before.resident) / mebibyte,
  };
}

test("50,000 operations leave no tensor and no memory", () => {
  const x = tf.tensor2d(new Float32Array(1024).fill(0.1), [32, 32]);
  const { tensors, mebibytes } = growth(
    25_000,
    (i) => i % 2 ? tf.matMul(x, x) : execute("Relu", [x]),
  );
  assert.equal(tensors, 0);
  // one leaked result each would be 100 MiB
  assert.ok(mebibytes < 30, `grew by ${mebibytes} MiB`);
});

test("writing and reading leave no memory", () => {
  const values = new Float32Array(100_000);
  const { tensors, mebibytes } = growth(500, () => tf.neg(tf.tensor1d(values)).dataSync());
  assert.equal(tensors, 0);
  // one leaked copy each would be 190 MiB
  assert.ok(mebibytes < 60, `grew by ${mebibytes} MiB`);
});

test("strings leave no memory", () => {
  const long = "x".repeat(20_000);
  const { tensors, mebibytes } = growth(
    2_000,
    () => tf.tile(tf.tensor1d([long]), [2]).dataSync(),
  );
  assert.equal(tensors, 0);
  // one leaked copy each would be 76 MiB
  assert.ok(mebibytes < 40, `grew by ${mebibytes} MiB`);
});

test("failing operations leave no memory", () => {
  const x = tf.tensor1d([1, 2]);
  tf.neg(x).dispose();
  const { tensors, mebibytes } = growth(
    5_000,
    () => assert.throws(() => execute("MatMul", [x, [1, 2, 3]])),
  );
  assert.equal(tensors, 0);
  assert.ok(mebibytes < 40, `grew by ${mebibytes} MiB`);
});
