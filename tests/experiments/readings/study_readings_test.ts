import assert from "node:assert/strict";
import {
  commonEntries,
  entryNearEnd,
  HE,
  lambdaMaxAtStart,
  leastRatio,
  lossesAt,
  pathOfSeed,
  shareOnFirst,
  studiesWith,
  warmStartOf,
  workOf,
} from "../../../lib/mod.ts";
import { madeResidues, madeStudy } from "../claims/made.ts";

Deno.test("studies are found by all values asked for, by growing n, others kept in their order", () => {
  const [a, b, c] = [
    madeStudy({ n: 2000, width: 16 }),
    madeStudy({ n: 500, width: 32 }),
    madeStudy({ n: 500, width: 16 }),
  ];
  assert.deepEqual(studiesWith([a, b, c], HE), [b, c, a]);
  assert.deepEqual(studiesWith([a, b, c], { width: 16, ...HE }), [c, a]);
  assert.deepEqual(studiesWith([a, b, c], { width: 16, weightStd: 1 }), []);
  const kernels = [{ n: 1, depth: 4 }, { n: 1 }].map((configuration) => ({ configuration }));
  assert.deepEqual(studiesWith(kernels, { depth: undefined }), [kernels[1]]);
});

Deno.test("a warm start has a time and an epoch, unless it was not reached or is at the start", () => {
  const study = madeStudy({ warmTime: 0.02423, warm: [1, 1] });
  assert.deepEqual(warmStartOf(study), { time: 0.02423, epochs: 2423 });
  assert.equal(warmStartOf(study, { learningRate: 1e-4 })?.epochs, 242);
  assert.equal(warmStartOf(madeStudy()), undefined);
  assert.equal(warmStartOf({ ...study, warmIndex: 0 }), undefined);
});

Deno.test("losses, work and paths are those of the realizations", () => {
  const study = madeStudy({ cold: [30, 40], warm: [2, 3] });
  assert.deepEqual(lossesAt(study, "start"), [10, 11]);
  assert.deepEqual(lossesAt(study, "end"), [1, 1.1]);
  assert.deepEqual(workOf(study), { gradients: 11, seconds: 1 });
  assert.equal(pathOfSeed(study, 1, "cold")?.inefficiency.at(-1), 40);
  const warm = pathOfSeed(study, 1, "warm")!;
  assert.deepEqual([warm.time, warm.inefficiency], [[0.1, 0.2], [1, 3]]);
  assert.equal(pathOfSeed(study, 2, "cold"), undefined);
  assert.equal(pathOfSeed(madeStudy(), 0, "warm"), undefined);
  assert.equal(lambdaMaxAtStart(study, 1), 100);
  assert.throws(() => lambdaMaxAtStart(study, 2), /seed is 2; the study has \[0,1\]/);
});

Deno.test("the least ratio is over both starts and both ratios, between two entries", () => {
  const study = madeStudy({ first: 0.9, cold: [3, 0.95], warm: [2, 0.97] });
  assert.equal(leastRatio([study]), 0.9);
  assert.equal(leastRatio([study], { from: 2 }), 0.95);
  assert.equal(leastRatio([study], { to: 1 }), 1);
  assert.equal(leastRatio([study, madeStudy({ tortuosity: 0.5 })], { from: 3 }), 0.5);
  assert.throws(
    () => leastRatio([study], { from: 9 }),
    /1 studies have no entry from 9 to the end/,
  );
});

Deno.test("the share on the first modes is of the whole residue, where two realizations have it", () => {
  const residues = madeResidues([0.8, 0.6], [0.3, 0.5]);
  assert(Math.abs(shareOnFirst(residues, "cold")!.mean - 0.7) < 1e-12);
  assert(Math.abs(shareOnFirst(residues, "warm", { count: 20 })!.mean - 1) < 1e-12);
  assert.equal(shareOnFirst(madeResidues([0.8, 0.6]), "warm"), undefined);
  assert.equal(shareOnFirst(madeResidues([0.8]), "cold"), undefined);
});

const flow = {
  time: [0, 1e-5, 2.05e-5, 2.5e-5, 3e-5, 5e-5],
  inefficiency: [1, 1.1, 1.2, 1.25, 1.3, 1.5],
  tortuosity: [1, 1, 1, 1, 1, 1],
};
const descent = {
  time: Float64Array.of(0, 1e-5, 2e-5, 3e-5, 4e-5),
  inefficiency: Float64Array.of(1, 1, 1.08, 1.235, 1.4),
};

Deno.test("entries on a common step: near enough, from the second step on, and recorded", () => {
  const common = commonEntries(flow, descent, { learningRate: 1e-5 });
  assert.deepEqual(common.map(({ epoch }) => epoch), [2, 3]);
  assert(Math.abs(common[0].difference - -0.1) < 1e-12);
  const sparse = {
    time: Float64Array.of(0, 3e-5),
    inefficiency: Float64Array.of(1, 1.235),
  };
  assert.deepEqual(commonEntries(flow, sparse, { learningRate: 1e-5 }).map((one) => one.epoch), [
    3,
  ]);
  assert.equal(common[0].least, undefined);
  const curvature = Float64Array.of(NaN, 1e4, 2e4, 3e4, 4e4);
  const [{ least }] = commonEntries(flow, { ...descent, curvature }, { learningRate: 1e-5 });
  assert(Math.abs(least! - 0.9) < 1e-12);
  assert.throws(() => commonEntries(flow, descent, { learningRate: 0 }), /learningRate is 0/);
});

Deno.test("near descent's end the flow's entry decides, and descent's nearest to that", () => {
  const { epoch, flow: ratio, difference } = entryNearEnd(flow, descent, { learningRate: 1e-5 });
  // 5e-5 is nearer to 4e-5 than 3e-5 in its logarithm; descent has only come to 4e-5.
  assert.deepEqual([epoch, ratio], [4, 1.5]);
  assert(Math.abs(difference - (1.4 / 1.5 - 1)) < 1e-12);
  const short = { time: [0], inefficiency: [1], tortuosity: [1] };
  assert.throws(
    () => entryNearEnd(short, descent, { learningRate: 1e-5 }),
    /the flow has no entry/,
  );
});
