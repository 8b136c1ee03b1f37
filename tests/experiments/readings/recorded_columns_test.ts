import assert from "node:assert/strict";
import {
  type GivenSpeedLimit,
  ratiosOf,
  type SpeedLimitStudy,
  speedLimitStudy,
  storedResults,
  storeResult,
} from "../../../lib/experiments/mod.ts";
import { storedText } from "../../../lib/experiments/study/stored_files.ts";
import { studies } from "../../../lib/experiments/studies/mod.ts";
import { storeStudy } from "../../../lib/companion/cli/store_study.ts";
import { KEPT_RUNS, needs } from "../../permissions.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

const { test, made } = needs(...KEPT_RUNS);

const cache = made(temporaryFolder);

const configuration: GivenSpeedLimit = {
  ...{ architecture: "fully-connected", width: 16, n: 20, seeds: 2, horizon: 1 },
  ...{ testImages: 50, entries: 24, threshold: 0.135 },
};
const study = await made(() => speedLimitStudy(configuration, { cache }));

test("raw columns are stored, and the ratios come back from them to the last digit", async () => {
  assert(study.warmIndex > 0, "the study gets warm");
  const file = await storeResult("speed_limit/mine", study, { command: "x", folder: cache });
  const [kept] = JSON.parse(await Deno.readTextFile(file)).result.realizations;
  assert.deepEqual(Object.keys(kept).sort(), [
    ...["displacementSquared", "displacementSquaredFrom", "gradients", "lambdaMax", "loss"],
    ...["lossDrop", "pathLength", "seconds", "seed", "testAccuracy", "testLoss"],
  ]);
  const [{ result, olderThanCode }] = await storedResults<SpeedLimitStudy>("speed_limit", {
    data: cache,
  });
  assert.deepEqual(result, JSON.parse(JSON.stringify(study)));
  assert.equal(olderThanCode, false);
});

test("displacements are there from twelve origins, the warm start among them", () => {
  const { warmIndex, time, realizations: [one] } = study;
  const origins = Object.keys(one.displacementSquaredFrom!).map(Number);
  assert(origins.length === 11 || origins.length === 12);
  assert(origins.includes(warmIndex));
  assert(origins[0] === 1 && origins.at(-1)! >= 22, "spread over the run");
  assert.deepEqual(ratiosOf(study, one, { from: warmIndex }), one.warm);
  for (const from of origins) {
    const { inefficiency, tortuosity, speedSpread } = ratiosOf(study, one, { from });
    assert.equal(inefficiency.length, time.length - from);
    // T/T_SL = speed spread × tortuosity², and the digits that are kept bear it.
    inefficiency.forEach((value, i) => {
      assert(Math.abs(speedSpread[i] * tortuosity[i] ** 2 / value - 1) < 1e-6);
      // The first entry after an origin may lie within one step of the integrator.
      assert(value > 0.97 && tortuosity[i] > 0.99);
    });
  }
  const missing = time.keys().find((entry) => entry > 0 && !origins.includes(entry))!;
  assert.throws(() => ratiosOf(study, one, { from: missing }), /no displacements from there/);
});

test("differences of what is stored keep their digits, where a run ends too", () => {
  const { realizations: [one] } = study;
  const [drop, length] = [one.lossDrop!, one.pathLength!];
  for (let i = 1; i < drop.length; i++) {
    assert(drop[i] > drop[i - 1] && length[i] > length[i - 1], `entry ${i}`);
    const byDifference = one.loss[0] - one.loss[i];
    assert(Math.abs(drop[i] - byDifference) <= 1e-5 * one.loss[0]);
  }
});

test("files of the older form are read as they are, and stay so", async () => {
  const stored = await storedResults<SpeedLimitStudy>("speed_limit");
  const older = stored.filter(({ result }) => !result.realizations[0].lossDrop);
  for (const { result, name } of older) {
    const [one] = result.realizations;
    assert.equal(ratiosOf(result, one), one.cold);
    if (one.warm) assert.equal(ratiosOf(result, one, { from: result.warmIndex }), one.warm);
    assert.throws(() => ratiosOf(result, one, { from: 1 }), /older form .* from entry 0/);
    const written = studies["speed-limit"].write!(result) as SpeedLimitStudy;
    assert.deepEqual(written.realizations[0].cold, one.cold, name);
  }
});

test("a result made by other code is told", async () => {
  const folder = await Deno.makeTempDir();
  const file = await storeResult("speed_limit/mine", study, { command: "x", folder });
  const { made, result } = JSON.parse(await Deno.readTextFile(file));
  const older = { made: { ...made, code: "0123456789abcdef" }, result };
  await Deno.writeTextFile(file, storedText(older));
  const [{ olderThanCode }] = await storedResults("speed_limit", { data: folder });
  assert(olderThanCode);
  await Deno.remove(folder, { recursive: true });
});

test("fewer realizations, or others, do not take the place of those stored", async () => {
  const data = await Deno.makeTempDir();
  const run = (seeds: unknown) =>
    storeStudy(studies["speed-limit"], { ...configuration, seeds }, { data, cache });
  const seeds = async () =>
    (await storedResults<SpeedLimitStudy>("speed_limit", { data }))[0].result.configuration.seeds;
  assert.match(
    (await run(2)).at(-1)!,
    /^stored as speed_limit\/fully_connected_16_n20_tau1_test50/,
  );
  assert.match((await run(1))[0], /has seed 1 too and stays; --seeds 0,1 renews it/);
  assert.match((await run([1, 2, 3]))[0], /has seed 0 too and stays/);
  assert.deepEqual(await seeds(), [0, 1]);
  await run([1, 0]);
  assert.deepEqual(await seeds(), [1, 0]);
  await Deno.remove(data, { recursive: true });
});
