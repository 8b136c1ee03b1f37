import assert from "node:assert/strict";
import {
  type AnyStudy,
  type GivenSpeedLimit,
  residueStudy,
  type SpeedLimitStudy,
  speedLimitStudy,
  storedResults,
  storeResult,
  studies,
} from "../../../lib/experiments/mod.ts";
import { storeStudy } from "../../../lib/companion/cli/store_study.ts";
import { commandOf, configurationTyped } from "../../../lib/companion/cli/study_flags.ts";
import { madeStudy } from "../../experiments/claims/made.ts";
import { KEPT_RUNS, needs } from "../../permissions.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

const { test, made } = needs(...KEPT_RUNS);

const cache = made(temporaryFolder);

const small: GivenSpeedLimit = {
  ...{ architecture: "fully-connected", width: 8, n: 20, horizon: 0.01 },
  ...{ testImages: 20, entries: 4 },
};
const speedLimit = studies["speed-limit"];

async function stored(data: string): Promise<readonly number[]> {
  const [{ result }] = await storedResults<SpeedLimitStudy>("speed_limit", { data });
  return result.configuration.seeds;
}

test("what a faster process stored meanwhile stays", async () => {
  const data = await Deno.makeTempDir();
  const name = speedLimit.fileName(await speedLimit.resolve(small));
  const { compute } = speedLimit.computation;
  // As if another process had begun later and was done first.
  const slow: AnyStudy = {
    ...speedLimit,
    computation: {
      ...speedLimit.computation,
      compute: async (input, control) => {
        const other = await speedLimitStudy({ ...small, seeds: [0, 1, 2] }, { cache });
        await storeResult(`speed_limit/${name}`, other, { command: "other", folder: data });
        return await compute(input, control);
      },
    },
  };
  const told = await storeStudy(slow, { ...small, seeds: 1 }, { data, cache: `${cache}/slow` });
  assert.deepEqual(await stored(data), [0, 1, 2]);
  assert.match(told.at(-1)!, /has seed 1, 2 too and stays; --seeds 0,1,2 renews it/);
  await Deno.remove(data, { recursive: true });
});

test("processes that store at once keep the most realizations, whoever is last", async () => {
  const data = await Deno.makeTempDir();
  await Promise.all(
    [3, 1, 2].map((seeds) => storeStudy(speedLimit, { ...small, seeds }, { data, cache })),
  );
  assert.deepEqual(await stored(data), [0, 1, 2]);
  await Deno.remove(data, { recursive: true });
});

test("the command that renews what is stored is one that is taken", async () => {
  const data = await Deno.makeTempDir();
  const run = (...args: string[]) => {
    const flags = ["--architecture", "fully-connected", "--width", "8", "--n", "20"];
    const few = ["--horizon", "0.01", "--test-images", "20", "--entries", "4"];
    const typed = configurationTyped(speedLimit, [...flags, ...few, ...args]);
    return storeStudy(speedLimit, typed, { data, cache });
  };
  await run("--seeds", "5,");
  const [refused] = await run("--seeds", "1");
  const renewing = /(--seeds) (\S+) renews it/.exec(refused)!;
  assert.equal(renewing[2], "5,");
  assert.match((await run(renewing[1], renewing[2])).at(-1)!, /^stored as/);
  assert.deepEqual(await stored(data), [5]);
  const [{ made }] = await storedResults("speed_limit", { data });
  assert.match(made.command, / --seeds 5, /);
  await Deno.remove(data, { recursive: true });
});

Deno.test("a command's flags are read as what it was written of", () => {
  for (const seeds of [[5], [0], [4, 7], 5]) {
    const command = commandOf(speedLimit, { width: 8, n: 20, seeds });
    const args = command.split(" ").slice(4);
    assert.deepEqual(configurationTyped(speedLimit, args), { width: 8, n: 20, seeds }, command);
  }
});

Deno.test("so many seeds of residues are the first of the study's", async () => {
  const study = madeStudy({ cold: [3, 4, 5] });
  const seeds = [4, 7, 2];
  const of = { ...study, configuration: { ...study.configuration, seeds } };
  const asked = async (seeds?: number | number[]) =>
    (await studies.residues.resolve({ study: of, seeds })).seeds;
  assert.deepEqual(await asked(), [4, 7, 2]);
  assert.deepEqual(await asked(1), [4]);
  assert.deepEqual(await asked(2), [4, 7]);
  assert.deepEqual(await asked([7]), [7]);
  await assert.rejects(asked(4), /^RangeError: seeds is 4; the study has 3, \[4,7,2\]/);
  await assert.rejects(asked([0]), /^RangeError: seeds contains 0; the study has \[4,7,2\]/);
  await assert.rejects(residueStudy(of, { seeds: 0 }), /seeds is 0; it must be a number of/);
});
