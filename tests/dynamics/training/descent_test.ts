import assert from "node:assert/strict";
import {
  descend,
  fullyConnected,
  inefficiency,
  randomStream,
  type Tensor,
} from "../../../lib/mod.ts";
import { trajectoryRecorder } from "../../../lib/dynamics/training/trajectory.ts";
import { needs, TENSORFLOW } from "../../permissions.ts";

const { test } = needs(...TENSORFLOW);

const random = (shape: number[], purpose: string): Tensor => ({
  shape,
  data: randomStream(4, purpose).normal(
    new Float32Array(shape.reduce((product, axis) => product * axis, 1)),
  ),
});

const [n, inputs, outputs] = [20, 6, 3];
const data = { images: random([n, inputs], "images"), targets: random([n, outputs], "targets") };
const linear = fullyConnected({ widths: [inputs, outputs], parametrization: "standard" });

/** Gradient descent on ½ c ‖XW − Y‖² in plain float64 loops, every quantity from its definition. */
function reference(rates: number[], scale = 1) {
  const start = Float64Array.from(linear.init(0)[0].data);
  let w = start;
  const evaluate = (weights: Float64Array) => {
    let loss = 0;
    const gradient = new Float64Array(weights.length);
    for (let sample = 0; sample < n; sample++) {
      for (let o = 0; o < outputs; o++) {
        let residual = -data.targets.data[sample * outputs + o];
        for (let i = 0; i < inputs; i++) {
          residual += data.images.data[sample * inputs + i] * weights[i * outputs + o];
        }
        loss += scale * residual ** 2 / 2;
        for (let i = 0; i < inputs; i++) {
          gradient[i * outputs + o] += scale * data.images.data[sample * inputs + i] * residual;
        }
      }
    }
    return { loss, gradient };
  };
  const squared = (a: Float64Array, b: Float64Array) =>
    a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0);
  const first = evaluate(w);
  const path = [w];
  const rows = [{ loss: first.loss, squares: 0, length: 0, steps: 0, gradient: first.gradient }];
  for (const rate of rates) {
    const { gradient } = rows[rows.length - 1];
    const next = w.map((value, i) => value - rate * gradient[i]);
    const step = Math.sqrt(squared(next, w));
    const last = rows[rows.length - 1];
    w = next;
    path.push(w);
    const here = evaluate(w);
    rows.push({
      loss: here.loss,
      gradient: here.gradient,
      squares: squared(w, start),
      length: last.length + step,
      steps: last.steps + step ** 2,
    });
  }
  return { rows, path, squared };
}

const close = (a: number, b: number, tolerance: number, what: string) =>
  assert.ok(Math.abs(a - b) <= tolerance * Math.abs(b), `${what}: ${a} is not ${b}`);

test("every column of gradient descent is that of float64 loops, from any origin", async () => {
  const rates = Array.from({ length: 30 }, (_, step) => 0.002 + 0.0005 * step);
  const { trajectory } = await descend(linear, data, {
    learningRate: (step) => rates[step],
    steps: 30,
    scale: 0.7,
  });
  const { rows, path, squared } = reference(rates, 0.7);
  assert.equal(trajectory.time.length, 31);
  let time = 0;
  for (let i = 1; i <= 30; i++) {
    time += rates[i - 1];
    close(trajectory.time[i], time, 1e-12, "time");
    close(trajectory.loss[i], rows[i].loss, 1e-5, "loss");
    close(trajectory.lossDrop[i], rows[0].loss - rows[i].loss, 1e-5, "lossDrop");
    close(trajectory.displacementSquared[i], rows[i].squares, 1e-5, "displacementSquared");
    close(trajectory.pathLength[i], rows[i].length, 1e-5, "pathLength");
    close(trajectory.stepSquaredSum[i], rows[i].steps, 1e-5, "stepSquaredSum");
    for (let s = 0; s < i; s++) {
      const known = trajectory.displacementSquaredFrom[s][i];
      close(known, squared(path[i], path[s]), 1e-5, `from ${s} to ${i}`);
    }
  }
  const warm = inefficiency(trajectory, { from: 10 });
  close(warm.displacementSquared[20], squared(path[30], path[10]), 1e-5, "warm start");
  close(warm.lossDrop[20], rows[10].loss - rows[30].loss, 1e-5, "warm start");
});

test("loss drops survive cancellation: with steps of 1e-10, T/T_SL is 1 to eight digits", async () => {
  const { trajectory } = await descend(linear, data, { learningRate: 1e-10, steps: 3 });
  const { rows } = reference([1e-10]);
  const squaredGradient = rows[0].gradient.reduce((sum, value) => sum + value ** 2, 0);
  close(trajectory.lossDrop[1], 1e-10 * squaredGradient, 1e-5, "first drop");
  const { inefficiency: ratio } = inefficiency(trajectory);
  for (let i = 1; i <= 3; i++) close(ratio[i], 1, 1e-7, "T/T_SL");
});

test("a descent is repeatable and can start where another ended", async () => {
  const network = fullyConnected({ widths: [inputs, 12, outputs] });
  const options = { learningRate: 0.005, seed: 9 };
  const whole = await descend(network, data, { ...options, steps: 20 });
  const again = await descend(network, data, { ...options, steps: 20 });
  assert.deepEqual(again.trajectory, whole.trajectory);
  const half = await descend(network, data, { ...options, steps: 10 });
  const rest = await descend(network, data, {
    ...options,
    steps: 10,
    parameters: half.parameters,
  });
  close(rest.trajectory.loss[10], whole.trajectory.loss[20], 1e-4, "loss");
});

test("entries are recorded when asked, the test set is observed, and a signal ends the run", async () => {
  const labels = [0, 1, 2, 0];
  const test = { images: random([4, inputs], "test"), labels };
  const { trajectory, parameters } = await descend(linear, data, {
    learningRate: 0.01,
    steps: 12,
    record: [3, 5],
    test,
  });
  assert.deepEqual(
    [...trajectory.time],
    [0, 3, 5, 12].map((step) => {
      let time = 0;
      for (let i = 0; i < step; i++) time += 0.01;
      return time;
    }),
  );
  const f = await linear.apply(parameters, test.images);
  let [right, loss] = [0, 0];
  labels.forEach((label, image) => {
    const row = [...f.data.subarray(image * 3, image * 3 + 3)];
    if (row.indexOf(Math.max(...row)) === label) right++;
    row.forEach((value, o) => loss += (value - (o === label ? 1 : 0) + 1 / 3) ** 2 / 2 / 4);
  });
  close(trajectory.observed.testAccuracy[3], right / 4, 1e-12, "accuracy");
  close(trajectory.observed.testLoss[3], loss, 1e-5, "test loss");

  const controller = new AbortController();
  const ended = await descend(linear, data, {
    learningRate: 0.01,
    steps: 1000,
    record: [],
    signal: controller.signal,
    onProgress: ({ done }) => done === 7 ? controller.abort() : undefined,
  });
  close(ended.trajectory.time[1], 0.08, 1e-9, "time of the stop");
});

test("a descent that blows up names step and quantity and keeps what it has", async () => {
  await assert.rejects(
    () => descend(linear, data, { learningRate: 1e6, steps: 100 }),
    (error: Error) => {
      assert.match(
        error.message,
        /the (loss|squared norm of the gradient) is (NaN|Infinity) at step \d+/,
      );
      const { time } = error.cause as { time: Float64Array };
      assert.ok(time.length > 1);
      return true;
    },
  );
});

test("bad options are named", async () => {
  const run = (options: object) =>
    descend(linear, data, { learningRate: 0.1, steps: 3, ...options });
  await assert.rejects(() => run({ learningRate: -1 }), /learningRate is -1/);
  await assert.rejects(() => run({ learningRate: () => NaN }), /learningRate is NaN at step 0/);
  await assert.rejects(() => run({ steps: 2.5 }), /steps is 2.5/);
  await assert.rejects(() => run({ scale: 0 }), /scale is 0/);
  await assert.rejects(() => run({ record: [9] }), /record contains 9/);
  await assert.rejects(() => run({ optimizer: "sgd" }), /optimizer is "sgd"/);
  await assert.rejects(
    () => descend(linear, { ...data, targets: data.images }, { learningRate: 0.1, steps: 1 }),
    /targets has shape \[20,6\]; it must be \[20,3\]/,
  );
  const test = { images: random([2, inputs], "test"), labels: [0, 3] };
  await assert.rejects(() => run({ test }), /test.labels contains 3; labels run from 0 to 2/);
  await assert.rejects(
    () => run({ test: { ...test, labels: [0] } }),
    /1 entries for 2 test images/,
  );
});

Deno.test("origins thin out evenly when their vectors outgrow the memory", () => {
  const recorder = trajectoryRecorder(10, { snapshotBytes: 10 * 8 * 4 });
  for (let i = 0; i < 21; i++) {
    const scalars = {
      time: i,
      loss: 1,
      lossDrop: 0,
      pathLength: i,
      stepSquaredSum: i,
      observed: {},
    };
    recorder.record(scalars, new Float64Array(10).fill(i));
  }
  const { displacementSquaredFrom: from } = recorder.trajectory();
  assert.deepEqual(Object.keys(from), ["0", "8", "16"]);
  assert.equal(from[8][20], 10 * 12 ** 2);
  assert.ok(Number.isNaN(from[8][7]));
  assert.equal(from[8][8], 0);
});
