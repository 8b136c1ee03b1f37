// A cheap part of every stored result of optimizers and schedules, made again by the code of today.
import assert from "node:assert/strict";
import { bestSchedule } from "../../../lib/bounds/mod.ts";
import { cifar10, targets } from "../../../lib/datasets/mod.ts";
import { gradientFlow } from "../../../lib/dynamics/mod.ts";
import {
  networkOf,
  type OptimizersStudy,
  scheduleGains,
  type SchedulesStudy,
  seedMean,
  stepsOver,
  storedResults,
} from "../../../lib/experiments/mod.ts";
import { walk } from "../../../lib/experiments/studies/computations/optimizer_walk.ts";
import { stepRule } from "../../../lib/experiments/studies/computations/step_rule.ts";
import { needs, TENSORFLOW } from "../../permissions.ts";

const { test, made } = needs(...TENSORFLOW);

/** The stored results; none where files may not be read. */
const stored = <Result>(folder: string) =>
  made(() => storedResults<Result>(folder), Promise.resolve([]));

test("studies of optimizers and schedules are stored", async () => {
  for (const folder of ["optimizers", "schedules"]) {
    assert((await stored(folder)).length > 0, folder);
  }
});

function assertNear(value: number, stored: number, tolerance: number, what: string) {
  const off = Math.abs(value / stored - 1);
  assert(off <= tolerance, `${what}: ${value} now, ${stored} stored; ${tolerance} is allowed`);
}

for (
  const { name, result: { configuration: c, optimizers } } of await stored<OptimizersStudy>(
    "optimizers",
  )
) {
  test(`optimizers/${name}: the first steps come out again`, async () => {
    const { train, test: held } = await cifar10({ train: c.n, test: c.testImages });
    const data = { images: train.images, targets: targets(train.labels) };
    for (const { optimizer, rate, walks: [one] } of optimizers) {
      // Gram matrices of 1000 outputs take seconds.
      if (optimizer === "natural" && c.n > 50) continue;
      const entry = one.step.findIndex((step) => step > 0);
      const { entries } = await walk({
        ...{ network: networkOf(c), data, seed: one.seed, test: held, until: 0, beyond: 1e12 },
        ...{ rule: stepRule(optimizer, { damping: c.damping }), rate: () => rate! },
        most: one.step[entry],
      });
      const columns = ["displacementSquared", "firstOrderDrop", "ownSquare", "testGradientSquares"];
      for (const column of ["loss", "testLoss", ...columns] as (keyof typeof entries[0])[]) {
        assertNear(entries.at(-1)![column], one[column][entry], 2e-3, `${optimizer}, ${column}`);
      }
    }
  });
}

for (
  const { name, result: { configuration: c, realizations: [one] } } of await stored<SchedulesStudy>(
    "schedules",
  )
) {
  test(`schedules/${name}: the flow begins, and its constant rate comes to the mark, as stored`, async () => {
    const { train } = await cifar10({ train: c.n, test: 2 });
    const data = { images: train.images, targets: targets(train.labels) };
    const network = networkOf(c);
    const record = one.flow.time.slice(1, 4);
    const { trajectory } = await gradientFlow(network, data, {
      ...{ horizon: record[2], record, tolerance: c.tolerance, seed: one.seed },
    });
    for (const column of ["lossDrop", "pathLength", "loss"] as const) {
      assertNear(trajectory[column][3], one.flow[column][3], 2 * c.tolerance, column);
    }
    const constant = one.descents.find(({ schedule }) => schedule === "constant")!;
    const { steps } = await walk({
      ...{ network, data, seed: one.seed, rule: stepRule("gradient-descent"), most: c.most },
      ...{ rate: () => constant.factor!, until: c.left * 0.45 * c.n, beyond: 1e12 },
    });
    assert(Math.abs(steps - constant.steps!) <= 1, `${steps} steps now, ${constant.steps} stored`);
  });
}

test("what notebook 11 says in words of its stored schedules is so", async () => {
  const [{ result }] = await stored<SchedulesStudy>("schedules");
  const [low, high] = seedMean(stepsOver(result, "best", "stability"))!.interval!;
  assert.deepEqual([high, low].map((one) => Math.round(100 * (1 - one))), [6, 17]);
  assert.equal(seedMean(stepsOver(result, "cosine", "constant"))!.mean.toFixed(2), "1.11");
  for (const { descents } of result.realizations) {
    const of = (name: string) => descents.find(({ schedule }) => schedule === name)!;
    assert.equal(of("cosine").factor, of("constant").factor);
    assert.equal(of("cosine").over, 3 * of("constant").steps!);
  }
  for (const { ends } of scheduleGains(result)) {
    assert(ends.lambdaMax > 1.9 && ends.lambdaMax < 2.7 && ends.gradient > 45);
  }
});

test("seed 6 comes to the mark under c η* in the stored 40 steps, by an island of its grid walked anew", async () => {
  const [{ result }] = await stored<SchedulesStudy>("schedules");
  const { configuration: c, realizations } = result;
  const { seed, flow } = realizations[6];
  const of = ({ descents: all }: typeof realizations[number], name: string) =>
    all.find(({ schedule }) => schedule === name)!;
  const { rate } = bestSchedule(flow);
  const products = Array.from(
    rate,
    (one, i) => one * Math.max(flow.lambdaMax[i], flow.lambdaMax[i + 1]),
  );
  // Of the grid, four an octave from where η*λ_max is 8 at its least, k = 19.
  const factor = 8 / Math.min(...products) * 2 ** (-19 / 4);
  const { train } = await cifar10({ train: c.n, test: 2 });
  let time = 0;
  const { end, steps } = await walk({
    ...{
      network: networkOf(c),
      seed,
      rule: stepRule("gradient-descent"),
      until: c.left * 0.45 * c.n,
    },
    ...{ data: { images: train.images, targets: targets(train.labels) }, most: 60 },
    beyond: 1.001 * flow.loss[0],
    rate: () => {
      const after = flow.time.findIndex((one) => one > time);
      const eta = factor * rate[after < 0 ? rate.length - 1 : Math.max(0, after - 1)];
      time += eta;
      return eta;
    },
  });
  assert.equal(end, "mark");
  assert(Math.abs(steps - 40) <= 1, `${steps}`);
  assert.equal(of(realizations[6], "unbounded").steps, 40);
});
