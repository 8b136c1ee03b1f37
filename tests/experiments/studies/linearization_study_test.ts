import assert from "node:assert/strict";
import { gradientFlow, linearFlow, linearizedFlow } from "../../../lib/dynamics/mod.ts";
import { trainingSet } from "../../../lib/datasets/mod.ts";
import {
  linearizationAt,
  linearizationStudy,
  linearizedPath,
  networkOf,
  speedLimitStudy,
} from "../../../lib/experiments/mod.ts";
import { linearization } from "../../../lib/experiments/studies/linearization.ts";
import { empiricalNtk, kernelSpectrum, relativeKernelChange } from "../../../lib/ntk/mod.ts";
import { KEPT_RUNS, needs } from "../../permissions.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

const { test, made } = needs(...KEPT_RUNS);

const cache = made(temporaryFolder);

// Whatever its test accuracy, the seventh entry is taken for the warm start.
const study = await made(async () => ({
  ...await speedLimitStudy({
    ...{ architecture: "fully-connected", width: 16, n: 30, seeds: [0, 1] },
    ...{ horizon: 1, testImages: 50, entries: 12 },
  }, { cache }),
  warmIndex: 6,
}));
const warmTime = made(() => study.time[6]);
const found = await made(() => linearizationStudy(study, { cache }));

const near = (value: number, expected: number, tolerance: number, what = "") =>
  assert(Math.abs(value / expected - 1) <= tolerance, `${what} ${value}, ${expected}`);

test("each seed is linearized at its two starts and at the end", () => {
  assert.deepEqual(found.configuration.times, [warmTime, 1]);
  assert.deepEqual(found.realizations.map(({ seed, kernels }) => [seed, kernels]), [
    [0, "full"],
    [1, "full"],
  ]);
  found.realizations.forEach(({ at: [cold, warm, end] }, i) => {
    const { loss } = study.realizations[i];
    assert.deepEqual([cold.time, warm.time, end.time], [0, warmTime, 1]);
    assert.equal(cold.since, undefined);
    assert.equal(end.flow, undefined);
    near(cold.residueSquared / 2, loss[0], 1e-5, "loss");
    near(warm.residueSquared / 2, loss[6], 0.02, "loss at the warm start");
    near(end.residueSquared / 2, loss[12], 0.05, "loss at the end");
    for (const { squares, eigenvalues, residueSquared, trace, missed } of [cold, warm]) {
      const sum = squares!.reduce((a, b) => a + b);
      assert(squares!.length === 200 && sum < residueSquared * (1 + 1e-5));
      assert(eigenvalues!.reduce((a, b) => a + b) < trace);
      assert(missed!.whole > missed!.crossOutputs && missed!.crossOutputs > 0);
    }
    assert.equal(end.squares, undefined);
    assert(cold.eigenvalues![0] > cold.averagedLargest);
    assert(warm.since!.kernelChange < end.since!.kernelChange);
    assert.deepEqual(end.since!.laziness.map(({ cutoff }) => cutoff), [1e-2, 1e-3, 1e-4]);
  });
});

test("the kernel's numbers are those of the kernel", async () => {
  const data = await trainingSet(30);
  const network = networkOf(study.configuration);
  const kernel = await empiricalNtk(network, network.init(1), data.images, { outputs: "full" });
  const { eigenvalues } = await kernelSpectrum(kernel);
  const at = linearizationAt(found, 1, "cold")!;
  near(at.eigenvalues![0], eigenvalues[0], 1e-5);
  near(at.eigenvalues![199], eigenvalues[199], 1e-4);
  near(at.trace, eigenvalues.reduce((a, b) => a + b), 1e-5);
  const { parameters } = await gradientFlow(network, data, { horizon: 1, seed: 1 });
  const moved = await empiricalNtk(network, parameters, data.images, { outputs: "full" });
  const { since } = found.realizations[1].at[2];
  near(since!.kernelChange, relativeKernelChange(kernel, moved), 0.02);
  const trace = ({ data }: { data: Float64Array }) =>
    data.reduce((sum, value, at) => sum + (at % 301 === 0 ? value : 0), 0);
  near(since!.traceRatio, trace(moved) / trace(kernel), 0.02);
});

test("paths are those of the linearized flow, counted from initialization", async () => {
  const network = networkOf(study.configuration);
  const cold = linearizedPath(found, 0, "cold")!;
  assert.deepEqual(cold.time, study.time);
  const { spectrum, trajectory } = await linearizedFlow(network, await trainingSet(30), {
    ...{ horizon: 1, seed: 0 },
  });
  const flow = linearFlow(spectrum);
  cold.time.slice(1).forEach((time, i) => {
    near(cold.inefficiency[i + 1], flow.at(time).inefficiency, 1e-5, `τ ${time}`);
    near(cold.tortuosity[i + 1], flow.at(time).tortuosity, 1e-5, `τ ${time}`);
  });
  assert(trajectory.lossDrop.at(-1)! > 0);
  const warm = linearizedPath(found, 0, "warm")!;
  assert.deepEqual(warm.time, study.time.slice(6));
  assert(warm.inefficiency[0] === 1 && warm.inefficiency.at(-1)! > 1);
  assert.equal(linearizedPath(found, 5, "cold"), undefined);
  assert.equal(linearizedPath({ ...found, warmIndex: -1 }, 0, "warm"), undefined);
});

test("of two lists of times each has its name, and what is after the end is refused", async () => {
  const resolved = await linearization.resolve({ study, seeds: 1, times: [0.05, 0.5] });
  assert.match(linearization.fileName(resolved), /^fully_connected_16_n30_.*_at0.05_0.5$/);
  assert.deepEqual(resolved.times, [warmTime, 0.05, 0.5].sort((a, b) => a - b));
  const plain = await linearization.resolve({ study, seeds: 1 });
  assert.doesNotMatch(linearization.fileName(plain), /at/);
  const run = (options: object) => linearizationStudy(study, { cache, ...options });
  await assert.rejects(run({ times: 2 }), /times contains 2; the study ends at 1/);
  await assert.rejects(run({ times: [2, 1] }), /times is \[2,1\]; .* growing/);
  await assert.rejects(run({ seeds: [5] }), /seeds contains 5/);
});
