/** Optimizers against PyTorch's own (tests/golden/optimizers.py) from the same weights. */
import assert from "node:assert/strict";
import { descend, fullyConnected, type OptimizerName } from "../../../lib/mod.ts";
import { chosenOptimizer } from "../../../lib/dynamics/training/optimizers/mod.ts";
import golden from "../../golden/optimizers.json" with { type: "json" };
import { needs, TENSORFLOW } from "../../permissions.ts";

const { test } = needs(...TENSORFLOW);

const [inputs, hidden, outputs] = golden.widths;
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

type Weights = readonly number[];

/** Gradient of ½ Σ ‖f − y‖² · n/B over the images of a batch, by plain float64 loops. */
function gradientOf([first, second]: readonly Weights[], batch: readonly number[]): Float64Array {
  const gradient = new Float64Array(first.length + second.length);
  for (const image of batch) {
    const x = golden.images.slice(image * inputs, (image + 1) * inputs);
    const z = Array.from(
      { length: hidden },
      (_, h) => x.reduce((sum, value, i) => sum + value * first[i * hidden + h], 0),
    );
    const residue = Array.from(
      { length: outputs },
      (_, o) =>
        z.reduce((sum, value, h) => sum + Math.max(value, 0) * second[h * outputs + o], 0) -
        golden.targets[image * outputs + o],
    );
    const factor = n / batch.length;
    for (let h = 0; h < hidden; h++) {
      let back = 0;
      for (let o = 0; o < outputs; o++) {
        gradient[first.length + h * outputs + o] += factor * Math.max(z[h], 0) * residue[o];
        back += second[h * outputs + o] * residue[o];
      }
      for (let i = 0; z[h] > 0 && i < inputs; i++) {
        gradient[i * hidden + h] += factor * x[i] * back;
      }
    }
  }
  return gradient;
}

type Run = (typeof golden.runs)[number] & { readonly momentum?: number; batchSize?: number };
const runs = golden.runs as readonly Run[];

/** max |a − b| over max |b|. */
const deviation = (a: ArrayLike<number>, b: readonly number[]) =>
  b.reduce((most, value, i) => Math.max(most, Math.abs(a[i] - value)), 0) /
  b.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

const told = ({ optimizer, batchSize }: Run) =>
  `${optimizer}, ${batchSize ? `minibatches of ${batchSize}` : "all images"}`;

for (const run of runs) {
  Deno.test(`in float64, 200 steps are PyTorch's: ${told(run)}`, () => {
    const { batchSize = n } = run;
    const perEpoch = Math.ceil(n / batchSize);
    const optimizer = chosenOptimizer(run.optimizer as OptimizerName, run.momentum);
    let theta = golden.weights;
    let state = optimizer.init(theta.flat().length);
    for (let step = 0; step < golden.steps; step++) {
      const from = step % perEpoch * batchSize;
      const batch = run.batchSize
        ? golden.orders[Math.floor(step / perEpoch)].slice(from, from + batchSize)
        : Array.from({ length: n }, (_, i) => i);
      const update = optimizer.update(state, gradientOf(theta, batch), run.learningRate);
      const [{ factor = 1 }, before] = [update, theta];
      theta = before.map((weights, layer) =>
        weights.map((value, i) => value + factor * update.step[layer * before[0].length + i])
      );
      state = structuredClone(update.state);
    }
    theta.forEach((weights, i) => {
      const error = deviation(weights, run.weights[i]);
      assert.ok(error < 1e-14, `weights ${i} differ by ${error}`);
    });
  });

  test(`descend, whose passes are float32, comes to PyTorch's weights: ${told(run)}`, async () => {
    const result = await descend(network, data, {
      parameters,
      optimizer: run.optimizer as OptimizerName,
      learningRate: run.learningRate,
      momentum: run.momentum,
      batchSize: run.batchSize,
      order: run.batchSize ? (epoch) => golden.orders[epoch] : undefined,
      steps: golden.steps,
    });
    result.parameters.forEach(({ data }, i) => {
      const error = deviation(data, run.weights[i]);
      assert.ok(error < 1e-5, `weights ${i} differ by ${error}`);
    });
    const { loss, lossDrop } = result.trajectory;
    const error = deviation(loss, run.losses);
    assert.ok(error < 1e-5, `losses differ by ${error}`);
    const drops = run.losses.map((value) => run.losses[0] - value);
    const dropError = deviation(lossDrop, drops);
    assert.ok(dropError < 1e-5, `loss drops differ by ${dropError}`);
  });
}
