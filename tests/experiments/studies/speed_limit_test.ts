import assert from "node:assert/strict";
import { speedLimitFigure } from "../../../lib/figures/mod.ts";
import {
  ratiosAt,
  speedLimitStudy,
  storedResults,
  storeResult,
} from "../../../lib/experiments/mod.ts";
import { KEPT_RUNS, needs } from "../../permissions.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

const { test, made } = needs(...KEPT_RUNS);

const cache = made(temporaryFolder);

const small = {
  architecture: "fully-connected",
  width: 16,
  n: 20,
  seeds: [0, 1],
  horizon: 0.05,
  testImages: 50,
  entries: 12,
} as const;

test("a study keeps T ≥ T_SL, is the same again, and knows its seeds one by one", async () => {
  const study = await speedLimitStudy(small, { cache });
  assert.equal(study.time.length, 13);
  assert.equal(study.time[12], 0.05);
  for (const { cold } of study.realizations) {
    for (const name of ["inefficiency", "tortuosity", "speedSpread"] as const) {
      assert(cold[name].every((value) => value > 0.99), name);
    }
    // T/T_SL = speed spread × tortuosity²
    cold.inefficiency.forEach((value, i) => {
      const product = cold.speedSpread[i] * cold.tortuosity[i] ** 2;
      assert(Math.abs(product / value - 1) < 1e-4);
    });
  }
  const seeds: number[] = [];
  const again = await speedLimitStudy({ ...small, seeds: [1] }, {
    cache,
    onRealization: ({ realizations }) => void seeds.push(realizations[0].seed),
  });
  assert.deepEqual(seeds, [1]);
  assert.deepEqual(again.realizations[0].cold, study.realizations[1].cold);
  assert(ratiosAt(study).cold.inefficiency.mean > 1);
});

test("a study that is stopped ends with the signal's reason, and goes on from there", async () => {
  const stop = new AbortController();
  const other = { ...small, seeds: [7], weightStd: 1.3 };
  await assert.rejects(
    speedLimitStudy(other, {
      cache,
      signal: stop.signal,
      onProgress: ({ done }) => {
        if (done > 0.5) stop.abort(new Error("enough"));
      },
    }),
    /enough/,
  );
  const resumed = await speedLimitStudy(other, { cache });
  assert.equal(resumed.realizations[0].cold.inefficiency.length, 13);
});

test("a configuration out of range is named", async () => {
  const wrong = (change: Record<string, unknown>, message: RegExp) =>
    assert.rejects(speedLimitStudy({ ...small, ...change }, { cache }), message);
  await wrong({ architecture: "resnet" }, /architecture is "resnet"/);
  await wrong({ seeds: [] }, /seeds is \[\]/);
  await wrong({ seeds: [1, 1] }, /seeds is \[1,1\]/);
  await wrong({ entries: 1 }, /entries is 1/);
  await wrong({ threshold: 2 }, /threshold is 2/);
  await wrong({ horizon: 0 }, /horizon is 0/);
  await wrong({ n: 0 }, /n is 0/);
});

test("stored results come back with their command, in order", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await storeResult("some/b", { value: 2 }, { command: "make b", folder });
    await storeResult("some/a", { value: 1 }, { command: "make a", folder });
    const found = await storedResults<{ value: number }>("some", { data: folder });
    assert.deepEqual(found.map(({ result }) => result.value), [1, 2]);
    assert.equal(found[0].made.command, "make a");
    assert.deepEqual(await storedResults("none", { data: folder }), []);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

test("a network whose units are all off is named by its seed and width", async () => {
  const dead = { ...small, width: 1, n: 10, horizon: 0.001, entries: 4 };
  await assert.rejects(
    () => speedLimitStudy(dead, { cache }),
    /seed 1: the loss has no gradient .* a larger width than 1/,
  );
});

test("figure 1 is drawn where no warm start was reached, and of one realization", async () => {
  const study = await speedLimitStudy({ ...small, seeds: [0], threshold: 0.99 }, { cache });
  const { layout } = speedLimitFigure([study]);
  const told = (layout.annotations as { text: string }[]).map(({ text }) => text).join();
  assert.match(told, /<b>c<\/b>\s+not reached.*needs two realizations/);
});
