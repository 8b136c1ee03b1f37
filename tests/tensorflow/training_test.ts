/** A model trained through the layers of TensorFlow.js. */
import assert from "node:assert/strict";
import { liveTensors, tensorflow } from "../../lib/tensorflow/mod.ts";
import { reals } from "./values.ts";
import { needs, TENSORFLOW } from "../permissions.ts";

const { test, made } = needs(...TENSORFLOW);

const tf = await made(tensorflow);

test("fitting a small convolutional model decreases its loss and leaves no tensor", async () => {
  const images = tf.tensor4d(reals([32, 8, 8, 1]).data as Float32Array, [32, 8, 8, 1]);
  const targets = tf.tidy(() => images.mean([1, 2, 3]).reshape([32, 1]).mul(5).sin());
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({
        inputShape: [8, 8, 1],
        filters: 4,
        kernelSize: 3,
        activation: "relu",
        kernelInitializer: tf.initializers.heNormal({ seed: 1 }),
      }),
      tf.layers.averagePooling2d({ poolSize: 2 }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 1, kernelInitializer: tf.initializers.glorotNormal({ seed: 2 }) }),
    ],
  });
  model.compile({ optimizer: tf.train.adam(0.01), loss: "meanSquaredError" });
  const fit = async () =>
    (await model.fit(images, targets, { epochs: 15, batchSize: 8, shuffle: false, verbose: 0 }))
      .history.loss as number[];
  const losses = await fit();
  assert.ok(losses.every(Number.isFinite), losses.join());
  assert.ok(losses[14] < 0.5 * losses[0], losses.join());
  const before = liveTensors();
  await fit();
  assert.equal(liveTensors(), before);
});
