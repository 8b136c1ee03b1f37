import assert from "node:assert/strict";
import { trainingSet } from "../../../lib/datasets/mod.ts";
import { linearizedFlow } from "../../../lib/dynamics/mod.ts";
import { type DriftStudy, storedResults } from "../../../lib/experiments/mod.ts";
import { linearLaziness } from "../../../lib/experiments/studies/computations/linear_laziness.ts";
import { networkOf } from "../../../lib/experiments/studies/computations/network_of.ts";
import { centred, scaled } from "../../../lib/networks/mod.ts";
import { empiricalNtk, fullNtkSpectrum } from "../../../lib/ntk/mod.ts";
import { KEPT_RUNS, needs } from "../../permissions.ts";

const { test, made } = needs(...KEPT_RUNS);

const near = (found: number, stored: number, what: string) =>
  assert(Math.abs(found / stored - 1) < 1e-4, `${what} is ${found}, stored as ${stored}`);

const stored = await made(() => storedResults<DriftStudy>("kernel_drift"), Promise.resolve([]));

test("a stored drift study holds six seeds, each with all its looks and columns", () => {
  assert(stored.length >= 30);
  for (const { name, result: { configuration: c, time, realizations } } of stored) {
    assert.equal(realizations.length, 6, name);
    for (const { own, linear, at } of realizations) {
      assert.equal(at.length, c.kernels + 1, name);
      for (const { loss, lossDrop, pathLength } of [own, linear]) {
        assert.deepEqual([loss.length, lossDrop.length, pathLength.length], [
          ...[time.length, time.length, time.length],
        ]);
      }
    }
  }
});

for (const { name, result: study } of stored) {
  test(`kernel_drift/${name}: the trace and the first times come out again`, async () => {
    const { configuration: c, time, realizations: [{ seed, at: [{ trace }], linear }] } = study;
    const plain = networkOf(c);
    const data = await trainingSet(c.n);
    const parameters = plain.init(seed);
    const { data: kernel } = await empiricalNtk(plain, parameters, data.images);
    let found = 0;
    for (let i = 0; i < c.n; i++) found += kernel[i * c.n + i];
    near(found, trace, "tr K");
    const { trajectory } = await linearizedFlow(
      scaled(centred(plain, { parameters, kept: c.kept }), c.scale),
      data,
      { horizon: time[4], record: time.slice(1, 4), parameters, scale: c.scale ** -2 },
    );
    for (const column of ["lossDrop", "displacementSquared", "pathLength"] as const) {
      for (let entry = 1; entry < 5; entry++) {
        near(trajectory[column][entry], linear[column][entry], `${column}, ${entry}`);
      }
    }
  });
}

test("laziness of the linearization, and its loss after the horizon, come out again", async () => {
  const { configuration: c, realizations: [{ seed, at, later, linear }] } =
    stored.find(({ name }) => name === "myrtle_5_8_n32_kept0_tau1_kernels6_further30")!.result;
  const network = networkOf(c);
  const { images, targets } = await trainingSet(c.n);
  const spectrum = await fullNtkSpectrum(network, network.init(seed), images);
  // f_0 is subtracted: the residue is the labels.
  const residue = Float64Array.from(targets.data);
  for (const { time, lazinessLinear } of at.slice(1)) {
    [1e-2, 1e-3, 1e-4].forEach((cutoff, i) =>
      near(linearLaziness(spectrum, { residue, time, cutoff }), lazinessLinear![i], `${time}`)
    );
  }
  assert(later!.loss[0] < linear.loss.at(-1)!);
  assert(later!.loss.every((loss, i) => i === 0 || loss < later!.loss[i - 1]));
  near(later!.time.at(-1)!, 30 * c.horizon, "the last time");
});
