// A cheap part of every stored result of optimizers and schedules, made again by the code of today.
import assert from "node:assert/strict";
import { cifar10, targets } from "../../../lib/datasets/mod.ts";
import { gradientFlow } from "../../../lib/dynamics/mod.ts";
import {
  networkOf,
  type OptimizersStudy,
  type SchedulesStudy,
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
