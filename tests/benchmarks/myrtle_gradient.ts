/**
 * Full-batch gradient of Myrtle-5: images a second and peak memory. Prints one JSON line.
 *
 *     deno run -P tests/benchmarks/myrtle_gradient.ts --channels 128 --images 100 --repeats 3
 */
import { parseArgs } from "node:util";
import process from "node:process";
import { cifar10, myrtle5, targets } from "../../lib/mod.ts";
import { squaredError } from "../../lib/dynamics/mod.ts";
import { execute, tensorflow } from "../../lib/tensorflow/mod.ts";
import { median } from "../../lib/statistics/mod.ts";

const { values } = parseArgs({
  options: {
    channels: { type: "string", default: "128" },
    images: { type: "string", default: "100" },
    repeats: { type: "string", default: "3" },
  },
});
const [channels, images, repeats] = [values.channels, values.images, values.repeats].map(Number);

const { train } = await cifar10({ train: images });
const network = myrtle5({ channels });
const loss = squaredError(network, train.images, targets(train.labels));
const parameters = network.init(0);
await loss(parameters);

const tf = await tensorflow();
const square = tf.randomNormal([2048, 2048]);
const [gradientSeconds, sgemmSeconds]: number[][] = [[], []];
for (let i = 0; i < repeats; i++) {
  let start = performance.now();
  await loss(parameters);
  gradientSeconds.push((performance.now() - start) / 1000);
  start = performance.now();
  for (let j = 0; j < 4; j++) execute("MatMul", [square, square]).dispose();
  sgemmSeconds.push((performance.now() - start) / 4000);
}

/** Multiply–adds of one image's gradient: three products a layer, two in the first. */
const work = 1024 * 9 * (2 * 3 * channels + 3 * channels ** 2) + (256 + 64) * 27 * channels ** 2;
const seconds = median(gradientSeconds);
const gradientRate = 2 * work * images / seconds / 1e9;
const sgemmRate = 2 * 2048 ** 3 / median(sgemmSeconds) / 1e9;
console.log(JSON.stringify({
  channels,
  images,
  seconds,
  imagesPerSecond: images / seconds,
  gflops: gradientRate,
  shareOfSgemm: gradientRate / sgemmRate,
  sgemmGflops: sgemmRate,
  peakGigabytes: process.resourceUsage().maxRSS / 1e6,
}));
