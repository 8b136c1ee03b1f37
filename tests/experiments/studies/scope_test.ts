// The study of the scope: one layer against linear regression in closed form, what labels are learnt,
// and what of a configuration is wrong.
import assert from "node:assert/strict";
import { cifar10, targets } from "../../../lib/datasets/mod.ts";
import { linearFlow } from "../../../lib/dynamics/mod.ts";
import { type GivenScope, networkOf, scopeAt } from "../../../lib/experiments/mod.ts";
import { scope } from "../../../lib/experiments/studies/scope.ts";
import {
  scopeData,
  scopeRealization,
} from "../../../lib/experiments/studies/computations/scope_realization.ts";
import { eigh } from "../../../lib/numerics/mod.ts";
import { needs, TENSORFLOW } from "../../permissions.ts";

const { test } = needs(...TENSORFLOW);

/** The input of one seed's run. */
async function inputOf(given: Partial<GivenScope>, seed = 0) {
  const small = { width: 8, n: 20, testImages: 20, horizon: 1, entries: 12, ...given };
  return scope.runs(await scope.resolve({ ...small, seeds: [seed] }))[0].input;
}

const control = { checkpoint: { load: () => Promise.resolve(undefined), save: async () => {} } };

test("one layer is linear regression: its flow in closed form", async () => {
  const input = await inputOf({ layers: 1, tolerance: 1e-4, left: 1e-6 }, 3);
  const run = await scopeRealization.compute(input, control);
  // f = X W √2/√3072: the kernel is 2 X Xᵀ/3072, once an output.
  const { train } = await cifar10({ train: 20 });
  const [x, y] = [train.images.data, targets(train.labels).data];
  const network = networkOf({ architecture: "fully-connected", width: 8, depth: 0 });
  const f0 = (await network.apply(network.init(3), train.images)).data;
  const row = (i: number) => x.subarray(3072 * i, 3072 * (i + 1));
  const gram = Float64Array.from({ length: 400 }, (_, at) => {
    const [a, b] = [row(Math.floor(at / 20)), row(at % 20)];
    return a.reduce((sum, value, k) => sum + value * b[k], 0) * 2 / 3072;
  });
  const { values, vectors } = await eigh({ rows: 20, cols: 20, data: gram });
  const onModes = (of: (i: number) => number) =>
    Array.from({ length: 200 }, (_, at) => {
      const [k, o] = [Math.floor(at / 10), at % 10];
      let sum = 0;
      for (let i = 0; i < 20; i++) sum += vectors.data[20 * i + k] * of(10 * i + o);
      return sum;
    });
  const eigenvalues = Array.from({ length: 200 }, (_, at) => values[Math.floor(at / 10)]);
  const flows = {
    whole: linearFlow({ eigenvalues, residue: onModes((i) => y[i] - f0[i]) }),
    initial: linearFlow({ eigenvalues, residue: onModes((i) => -f0[i]) }),
    labels: linearFlow({ eigenvalues, residue: onModes((i) => y[i]) }),
  };
  const near = (value: number, other: number, tolerance: number) =>
    assert(Math.abs(value / other - 1) < tolerance, `${value} against ${other}`);
  run.time.forEach((time, i) => {
    if (i === 0) return;
    const exact = flows.whole.at(time);
    near(run.lossDrop[i], exact.lossDrop, 1e-4);
    near(run.displacementSquared[i], exact.displacementSquared, 3e-4);
    near(run.pathLength[i], exact.pathLength, 3e-4);
    for (const name of ["whole", "initial", "labels"] as const) {
      near(run.linearized[name].lossDrop[i], flows[name].at(time).lossDrop, 1e-3);
      near(
        run.linearized[name].displacementSquared[i],
        flows[name].at(time).displacementSquared,
        1e-3,
      );
    }
  });
  assert.equal(run.time.length, 13);
  near(run.lambdaMax[0], Math.max(...values), 1e-2);
  near(run.initialSquared, f0.reduce((sum, value) => sum + value * value, 0), 1e-5);
  near(run.loss[0], y.reduce((sum, value, i) => sum + (value - f0[i]) ** 2, 0) / 2, 1e-5);
});

test("a run knows how many labels are wrong, and ends where the loss is reached", async () => {
  const input = await inputOf({ noise: 0.25, left: 3, horizon: 100, width: 32 });
  const run = await scopeRealization.compute(input, control);
  assert.equal(run.wrongLabels, 5);
  assert(run.loss.at(-1)! <= 3 * 0.45 * 20 && run.time.at(-1)! < 100);
  const study = scope.gather(await scope.resolve({ width: 32, n: 20, left: 3, seeds: [0] }), [run]);
  const [end] = scopeAt(study, "end");
  assert(end.inefficiency > end.tortuosity ** 2 * (1 - 1e-6) && end.left <= 3);
  assert.deepEqual(scopeAt(study, { lossLeft: 1e-4 }), []);
});

test("images, classes and labels are what is asked for", async () => {
  const base = { n: 30, testImages: 20, labels: "true", noise: 0, seed: 1 } as const;
  const usual = await scopeData(base);
  const noisy = await scopeData({ ...base, noise: 0.4 });
  assert.deepEqual(noisy.train.labels, usual.train.labels);
  assert.deepEqual(usual.labels, usual.train.labels);
  assert.equal(noisy.labels.filter((label, i) => label !== usual.labels[i]).length, 12);
  const random = await scopeData({ ...base, labels: "random" });
  assert.notDeepEqual(random.labels, usual.labels);
  const other = await scopeData({ ...base, images: 4 });
  assert.notDeepEqual(
    other.train.images.data.subarray(0, 9),
    usual.train.images.data.subarray(0, 9),
  );
  const pets = await scopeData({ ...base, n: 12, classes: [3, 5], noise: 1 });
  assert(pets.train.labels.every((label, i) => label + pets.labels[i] === 8));
  // The first cats and dogs of the dataset.
  const { train } = await cifar10({ train: 200 });
  const rows = [...train.labels.keys()].filter((i) => [3, 5].includes(train.labels[i]));
  assert.deepEqual([...pets.train.labels], rows.slice(0, 12).map((i) => train.labels[i]));
  assert.equal(pets.train.images.data[0], train.images.data[3072 * rows[0]]);
});

test("what a configuration leaves out and its default written out are one", async () => {
  const short = await scope.resolve({ width: 8, n: 20 });
  const long = await scope.resolve({
    ...{ width: 8, n: 20, architecture: "fully-connected", layers: 3, activation: "relu" },
    ...{ classes: 10, labels: "true", noise: 0 },
  });
  assert.deepEqual(long, short);
  assert.equal(scope.fileName(short), "fully_connected_8_n20");
  assert.deepEqual((await scope.resolve({ width: 8, n: 20, classes: 3 })).classes, [0, 1, 2]);
  const deep = await scope.resolve({ width: 8, n: 20, layers: 8, classes: [3, 5] });
  assert.equal(scope.fileName(deep), "fully_connected_8_n20_layers8_classes3_5");
});

test("what is wrong is told", async () => {
  const wrong = async (given: Partial<GivenScope>, message: RegExp) =>
    await assert.rejects(async () => await scope.resolve({ width: 8, n: 20, ...given }), message);
  await wrong({ layers: 0 }, /layers is 0; it must be an integer from 1 to 65/);
  await wrong({ depth: 0 } as Partial<GivenScope>, /TypeError: scope has no field depth/);
  await wrong({ noise: 1.5 }, /noise is 1.5; it must be a finite number from 0, up to 1/);
  await wrong({ noise: -0.1 }, /noise is -0.1/);
  await wrong(
    { classes: [3, 10] },
    /classes is \[3,10\]; it must be a number of classes from 2 to 10/,
  );
  await wrong({ classes: 1 }, /classes is 1/);
  await wrong({ classes: [3, 3] }, /classes is \[3,3\]/);
  await wrong(
    { labels: "shuffled" as "random" },
    /labels is "shuffled"; it must be "true" or "random"/,
  );
  await wrong(
    { architecture: "myrtle-5", layers: 4 },
    /only a fully connected network has a choice of layers/,
  );
  await wrong({ architecture: "myrtle-5", activation: "erf" }, /a choice of activation/);
});
