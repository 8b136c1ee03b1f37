/** Descent by any optimizer: its columns, what bounds make of them, minibatches. */
import assert from "node:assert/strict";
import {
  adam,
  descend,
  type DescentOptions,
  descentSpeedLimit,
  discreteSpeedLimit,
  fullyConnected,
  heavyBallSpeedLimit,
  type Optimizer,
  preconditionedSpeedLimit,
  randomStream,
  type Tensor,
} from "../../../lib/mod.ts";
import {
  chosenOptimizer,
  type OptimizerName,
} from "../../../lib/dynamics/training/optimizers/mod.ts";
import { fullBatch, minibatches } from "../../../lib/dynamics/training/minibatches.ts";
import { needs, TENSORFLOW } from "../../permissions.ts";

const { test } = needs(...TENSORFLOW);

const random = (shape: number[], purpose: string): Tensor => ({
  shape,
  data: randomStream(7, purpose).normal(
    new Float32Array(shape.reduce((product, axis) => product * axis, 1)),
  ),
});
const [n, inputs, outputs] = [14, 6, 3];
const network = fullyConnected({ widths: [inputs, 10, outputs] });
const data = { images: random([n, inputs], "images"), targets: random([n, outputs], "targets") };

const close = (a: number, b: number, tolerance: number, what: string) =>
  assert.ok(Math.abs(a - b) <= tolerance * Math.abs(b), `${what}: ${a} is not ${b}`);
const squared = (a: ArrayLike<number>) => Array.from(a).reduce((sum, x) => sum + x * x, 0);
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, x, i) => sum + x * b[i], 0);

const RATES: Record<OptimizerName, number> = {
  "gradient-descent": 0.01,
  "heavy-ball": 0.003,
  nesterov: 0.003,
  rmsprop: 0.01,
  adam: 0.01,
  "constant-speed": 0.05,
};

/** An optimizer that keeps what passes through it; `descend` knows it as a user's own object. */
function watched(optimizer: Optimizer) {
  const steps: { gradient: Float64Array; step: Float64Array; preconditioner?: Float64Array }[] = [];
  const update: Optimizer["update"] = (state, gradient, eta) => {
    const made = optimizer.update(state, gradient, eta);
    const { factor = 1, preconditioner } = made;
    steps.push({
      gradient: gradient.slice(),
      step: made.step.map((x) => factor * x),
      preconditioner,
    });
    return made;
  };
  return { steps, optimizer: { ...optimizer, name: `watched ${optimizer.name}`, update } };
}

for (const name of Object.keys(RATES) as OptimizerName[]) {
  for (const batchSize of [undefined, 4]) {
    test(`columns of ${name} are those of its steps, ${batchSize ? "minibatches" : "all images"}`, async () => {
      const { steps, optimizer } = watched(chosenOptimizer(name));
      const eta = RATES[name];
      const options = { learningRate: eta, steps: 25, batchSize };
      const result = await descend(network, data, { ...options, optimizer });
      const named = await descend(network, data, { ...options, optimizer: name });
      assert.deepEqual(result, named);

      const { trajectory, displacement } = result;
      const { observed } = trajectory;
      const theta = new Float64Array(displacement.length);
      const metric = new Float64Array(displacement.length);
      let [length, squares, first] = [0, 0, 0];
      for (let i = 1; i <= 25; i++) {
        const { step, gradient, preconditioner } = steps[i - 1];
        step.forEach((x, k) => theta[k] += x);
        preconditioner?.forEach((x, k) => metric[k] += eta * x);
        length += Math.sqrt(squared(step));
        squares += squared(step);
        first -= dot(gradient, step);
        close(trajectory.time[i], i * eta, 1e-12, "time");
        close(trajectory.displacementSquared[i], squared(theta), 1e-12, "displacementSquared");
        close(trajectory.pathLength[i], length, 1e-12, "pathLength");
        close(trajectory.stepSquaredSum[i], squares, 1e-12, "stepSquaredSum");
        close(trajectory.lossDrop[i], trajectory.loss[0] - trajectory.loss[i], 1e-4, "lossDrop");
        close(observed.firstOrderDrop[i], first, 1e-11, "firstOrderDrop");
        close(observed.lastStepSquared[i], squared(step), 1e-12, "lastStepSquared");
        notAbove(discreteSpeedLimit(entry(trajectory, i)), i, "steps");
        if (!preconditioner) continue;
        const square = dot(theta, theta.map((x, k) => x / metric[k]));
        close(observed.preconditionedSquare[i], square, 1e-11, "preconditionedSquare");
      }
      assert.deepEqual(displacement, theta);
      assert.equal("curvature" in observed, !batchSize);
      const adaptive = chosenOptimizer(name).preconditioned ?? false;
      assert.equal("preconditionedSquare" in observed, adaptive);
      if (adaptive) assert.deepEqual(result.integratedPreconditioner, metric);
      else assert.equal(result.integratedPreconditioner, undefined);
    });
  }
}

const notAbove = (a: number, b: number, what: string) =>
  assert.ok(a <= b * (1 + 1e-9), `${what}: ${a} is above ${b}`);

type Columns = Awaited<ReturnType<typeof descend>>["trajectory"];
const entry = (
  { displacementSquared, stepSquaredSum, lossDrop, observed }: Columns,
  i: number,
) => ({
  displacementSquared: displacementSquared[i],
  stepSquaredSum: stepSquaredSum[i],
  lossDrop: lossDrop[i],
  curvature: observed.curvature?.[i],
  lastStepSquared: observed.lastStepSquared[i],
});

test("the bounds on steps hold at every entry; one step attains that of descent", async () => {
  const run = async (options: Partial<DescentOptions>) =>
    await descend(network, data, { learningRate: 0.01, steps: 60, ...options });
  for (const learningRate of [0.02, 1e-7]) {
    const { trajectory } = await run({ learningRate });
    for (let i = 1; i <= 60; i++) {
      const limit = descentSpeedLimit({ ...entry(trajectory, i), learningRate });
      notAbove(limit, trajectory.time[i], `descent at ${i}`);
      if (i === 1) close(limit, learningRate, 1e-9, "one step");
      if (learningRate < 1e-6) assert.ok(limit > 0.99 * trajectory.time[i], "small steps are near");
    }
  }
  for (const momentum of [0.3, 0.9]) {
    const { trajectory } = await run({ optimizer: "heavy-ball", momentum, learningRate: 0.002 });
    for (let i = 1; i <= 60; i++) {
      const dissipated = { ...entry(trajectory, i), learningRate: 0.002, momentum };
      notAbove(heavyBallSpeedLimit(dissipated), trajectory.time[i], `heavy ball at ${i}`);
    }
  }
  for (const optimizer of ["rmsprop", adam({ beta1: 0 })] as const) {
    for (const batchSize of [undefined, 5]) {
      const result = await run({ optimizer, batchSize });
      const { observed } = result.trajectory;
      for (let i = 1; i <= 60; i++) {
        notAbove(observed.preconditionedSquare[i], observed.firstOrderDrop[i], `metric at ${i}`);
      }
      close(observed.preconditionedSquare[1], observed.firstOrderDrop[1], 1e-12, "one step");
      const { displacement, integratedPreconditioner } = result;
      const lossDrop = observed.firstOrderDrop[60];
      close(
        preconditionedSpeedLimit({
          displacement,
          integratedPreconditioner: integratedPreconditioner!,
          lossDrop,
        }),
        observed.preconditionedSquare[60] / lossDrop,
        1e-12,
        "share",
      );
    }
  }
});

test("loss drops survive cancellation under every optimizer", async () => {
  for (const optimizer of Object.keys(RATES) as OptimizerName[]) {
    const { trajectory } = await descend(network, data, {
      optimizer,
      learningRate: 1e-9,
      steps: 5,
    });
    const { lossDrop, observed } = trajectory;
    // The second order of such steps is 1e-7 of the first.
    for (let i = 1; i <= 5; i++) close(lossDrop[i], observed.firstOrderDrop[i], 1e-6, optimizer);
  }
});

test("at the edge of stability and beyond, the loss drop is that of the losses", async () => {
  const rates: [OptimizerName, number][] = [["gradient-descent", 0.05], ["rmsprop", 0.3]];
  for (const [optimizer, learningRate] of rates) {
    const { trajectory: { loss, lossDrop, observed } } = await descend(network, data, {
      optimizer,
      learningRate,
      steps: 200,
    });
    assert.ok(learningRate * observed.curvature[200] > 2, "the steps are short: no test");
    for (let i = 0; i <= 200; i++) {
      assert.ok(Math.abs(lossDrop[i] - (loss[0] - loss[i])) < 1e-6 * loss[0], `entry ${i}`);
    }
  }
});

test("minibatches see every image once an epoch, in the seed's order, the rest in the last", async () => {
  const seen: number[][] = [];
  // The gradient of a linear network at 0 tells by its entries which images were in the batch.
  const flat = fullyConnected({ widths: [n, 1], parametrization: "standard" });
  const one = {
    images: {
      shape: [n, n],
      data: Float32Array.from({ length: n * n }, (_, i) => i % (n + 1) ? 0 : 1),
    },
    targets: { shape: [n, 1], data: new Float32Array(n).fill(-1) },
  };
  const zero = [{ shape: [n, 1], data: new Float32Array(n) }];
  const optimizer: Optimizer = {
    name: "still",
    init: () => ({}),
    update: (state, gradient) => {
      seen.push([...gradient.keys()].filter((i) => gradient[i] !== 0));
      for (const i of seen.at(-1)!) close(gradient[i], n / seen.at(-1)!.length, 1e-6, "weight");
      return { step: gradient, factor: 0, state };
    },
  };
  const options = { optimizer, learningRate: 1, batchSize: 4, parameters: zero, steps: 8 };
  await descend(flat, one, options);
  assert.deepEqual(seen.map((batch) => batch.length), [4, 4, 4, 2, 4, 4, 4, 2]);
  const all = Array.from({ length: n }, (_, i) => i);
  const sorted = (batches: number[][]) => batches.flat().toSorted((a, b) => a - b);
  assert.deepEqual(sorted(seen.slice(0, 4)), all);
  assert.deepEqual(sorted(seen.slice(4)), all);
  assert.notDeepEqual(seen.slice(0, 4), seen.slice(4));
  const first = seen.splice(0);
  await descend(flat, one, options);
  assert.deepEqual(seen.splice(0), first);
  await descend(flat, one, { ...options, seed: 1 });
  assert.notDeepEqual(seen.splice(0), first);
});

test("the mean of an epoch's gradients is the full one where the batches are equal", async () => {
  const theta = network.init(1);
  const batches = minibatches(network, data, { batchSize: 7, seed: 3, scale: 0.5 });
  const full = fullBatch(network, data, 0.5);
  const { loss, gradient } = await full.at(theta, 0);
  const [a, b] = [await batches.at(theta, 0), await batches.at(theta, 1)];
  close((a.loss + b.loss) / 2, loss, 1e-6, "loss");
  close(await batches.loss(theta), loss, 1e-6, "loss");
  const size = Math.sqrt(squared(gradient));
  const error = gradient.map((x, i) => (a.gradient[i] + b.gradient[i]) / 2 - x);
  assert.ok(Math.sqrt(squared(error)) < 1e-6 * size);
  const options = { learningRate: 0.01, steps: 3 };
  assert.deepEqual(
    await descend(network, data, { ...options, batchSize: n }),
    await descend(network, data, options),
  );
});

test("with minibatches, entries have the loss of all images, and no more are evaluated", async () => {
  const options = { learningRate: 0.01, steps: 9, batchSize: 4, record: [2] };
  const { trajectory, parameters } = await descend(network, data, options);
  assert.equal(trajectory.time.length, 3);
  const loss = await fullBatch(network, data, 1).loss(parameters);
  close(trajectory.loss[2], loss, 1e-6, "loss");
  assert.equal(trajectory.lossDrop[2], trajectory.loss[0] - trajectory.loss[2]);
});

test("a run without steps has its start", async () => {
  for (const batchSize of [undefined, 4]) {
    const result = await descend(network, data, { learningRate: 1, steps: 0, batchSize });
    assert.deepEqual([...result.trajectory.lossDrop], [0]);
    assert.ok(result.trajectory.loss[0] > 0);
  }
});

test("bad options of optimizers and minibatches are named", async () => {
  const run = (options: object) =>
    descend(network, data, { learningRate: 0.1, steps: 3, ...options });
  const cases: [object, RegExp][] = [
    [{ optimizer: "sgd" }, /optimizer is "sgd"; it must be "gradient-descent", "heavy-ball"/],
    [{ optimizer: null }, /optimizer is null/],
    [{ optimizer: "toString" }, /optimizer is "toString"/],
    [{ optimizer: { name: "mine" } }, /it must be a name of one, or have a name, init and update/],
    [
      { momentum: 0.9 },
      /momentum is 0.9; it goes with "heavy-ball" and "nesterov", not with "gradient-descent"/,
    ],
    [{ optimizer: adam(), momentum: 0.9 }, /not with "adam"/],
    [
      { optimizer: "heavy-ball", momentum: 1 },
      /momentum is 1; it must be a number from 0 to below 1/,
    ],
    [{ beta1: 0.5 }, /unknown option beta1; options are optimizer, learningRate/],
    [{ learning_rate: 0.5 }, /unknown option learning_rate \(did you mean learningRate\?\)/],
    [{ batchSize: 4, learningRate: () => "0.1" }, /learningRate is "0.1" at step 0/],
    [{ batchSize: 15 }, /batchSize is 15; it must be an integer from 1 to 14/],
    [{ order: () => [] }, /order is given without minibatches/],
    [{ batchSize: 4, order: () => [1, 2] }, /order\(0\) has 2 numbers; it must have 14/],
    [{ batchSize: 4, order: () => new Array(n).fill(n) }, /order\(0\)\[0\] is 14/],
    [{
      optimizer: {
        name: "short",
        init: () => ({}),
        update: () => ({ step: new Float64Array(2), state: {} }),
      },
    }, /the optimizer's step has 2 numbers; it must have 90/],
    [{
      optimizer: {
        name: "bare",
        preconditioned: true,
        init: () => ({}),
        update: (state: object, step: Float64Array) => ({ step, factor: -1e-3, state }),
      },
    }, /"bare" is preconditioned, and its update has no preconditioner of 90/],
  ];
  for (const [options, message] of cases) await assert.rejects(() => run(options), message);
  for (const [name, value] of [["beta1", 1], ["beta2", -0.1], ["epsilon", 0]] as const) {
    assert.throws(() => adam({ [name]: value }), new RegExp(`${name} is ${value}`));
  }
});
