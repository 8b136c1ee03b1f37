import assert from "node:assert/strict";
import { conduct, studies } from "../../../lib/experiments/mod.ts";
import {
  costOf,
  gradientCost,
  gradientsOf,
  measuredFlows,
} from "../../../lib/companion/sweep/costs.ts";
import { hoursOn, planOf } from "../../../lib/companion/sweep/plan.ts";
import { parseSweep } from "../../../lib/companion/sweep/sweep_file.ts";
import { KEPT_RUNS, needs } from "../../permissions.ts";

const { test } = needs(...KEPT_RUNS);

const TINY = { architecture: "fully-connected", width: 8, n: 20, horizon: 0.01 };
const sweep = (rest: object) => parseSweep(JSON.stringify({ study: "speed-limit", ...rest }));

test("runs are those that conduct looks for, each once", async () => {
  const cache = await Deno.makeTempDir();
  const kernels = { architecture: "fully-connected", width: "infinite", n: 10 } as const;
  const plan = await planOf(
    parseSweep(JSON.stringify({ study: "kernels", base: kernels })),
    [],
  );
  await conduct(studies.kernels, kernels, { cache });
  const kept = [...Deno.readDirSync(cache)].map(({ name }) => name);
  assert.deepEqual(kept, Object.keys(plan.runs).map((key) => `${key}.result`));
  await Deno.remove(cache, { recursive: true });
});

test("a configuration that is there twice is planned once; seeds in common are one run", async () => {
  const { runs, configurations, twice } = await planOf(
    sweep({
      base: { ...TINY, seeds: 2 },
      list: [{}, { seeds: [0, 1] }, { horizon: 0.01 }, { threshold: 0.2 }],
    }),
    [],
  );
  // The threshold is of gathering alone.
  assert.equal(Object.keys(configurations).length, 2);
  assert.equal(Object.keys(runs).length, 2);
  assert.equal(twice, 6);
});

test("two configurations that one file would hold are refused", async () => {
  await assert.rejects(
    planOf(sweep({ base: TINY, grid: { seeds: [[0, 1], [2, 3]] } }), []),
    {
      name: "SweepError",
      message: /^configurations 1 and 2 are both stored as speed_limit\/fully_connected_8_n20_/,
    },
  );
});

test("what only the study can tell is told with the configuration", async () => {
  await assert.rejects(
    planOf(sweep({ base: { ...TINY, seeds: [1, 1] } }), []),
    { name: "SweepError", message: /^configuration 1, \{.*\}: seeds is \[1,1\]; it must be / },
  );
  await assert.rejects(
    planOf(sweep({ base: { width: 8 } }), []),
    { name: "SweepError", message: /: n is missing; it must be an integer from 1 to 50000$/ },
  );
});

test("resources make the kinds of runs: what is given stands, what is not is estimated", async () => {
  const flow = { architecture: "myrtle-5", width: 128, n: 500, horizon: 0.2, gradients: 144 };
  const base = { width: 128, horizon: 0.2, seeds: 2 };
  const grid = { n: [500, 5000] };
  const { kinds, runs } = await planOf(sweep({ base, grid }), [flow]);
  assert.deepEqual(kinds.map(({ threads, minutes }) => [threads, minutes]), [[2, 30], [2, 960]]);
  assert.deepEqual(Object.values(runs).map(({ kind }) => kind), [0, 0, 1, 1]);
  const given = await planOf(sweep({ base, grid, resources: { minutes: 7, threads: 8 } }), [flow]);
  assert(given.kinds.every(({ threads, minutes }) => threads === 8 && minutes === 7));
});

test("a damaged stored result or recording is told, and stops no sweep", async () => {
  const data = await Deno.makeTempDir();
  const stored = "speed_limit/myrtle_5_32_n500.json";
  await Deno.mkdir(`${data}/speed_limit`);
  await Deno.mkdir(`${data}/peers`);
  await Deno.copyFile(`data/${stored}`, `${data}/${stored}`);
  await Deno.writeTextFile(`${data}/speed_limit/damaged.json`, "{");
  await Deno.writeTextFile(`${data}/peers/damaged.json`, "{");
  const { warn } = console;
  const told: string[] = [];
  console.warn = (words) => void told.push(words);
  try {
    assert.deepEqual((await measuredFlows(data)).map(({ n, width }) => [n, width]), [[500, 32]]);
  } finally {
    console.warn = warn;
  }
  assert.equal(told.length, 2);
  for (const words of told) assert.match(words, /^left out: .*damaged\.json.* cannot be read/);
  await Deno.remove(data, { recursive: true });
});

Deno.test("costs grow as they were measured to", () => {
  const flow = { architecture: "myrtle-5", width: 32, n: 500, horizon: 0.2, gradients: 100 };
  const seconds = (of: object) => costOf("speed-limit", { ...flow, ...of }, [flow]).coreSeconds - 8;
  // A gradient is linear in n, their number as √n; τ^0.8.
  assert(Math.abs(seconds({ n: 2000 }) / seconds({}) - 8) < 1e-9);
  assert(Math.abs(seconds({ horizon: 2 }) / seconds({}) - 10 ** 0.8) < 1e-9);
  assert(Math.abs(seconds({}) - 100 * 0.58) < 1e-9);
  // Between two measured widths lies what is between them; a tenth architecture is a guess.
  const { coreSeconds } = gradientCost("myrtle-5", 64, 500);
  assert(coreSeconds > 0.58 && coreSeconds < 5);
  assert.equal(gradientCost("no such", 64, 500).sureness, "guessed");
  assert.equal(gradientsOf({ ...flow, n: 50_000 }, [flow]).sureness, "guessed");
  assert.equal(gradientsOf(flow, []).sureness, "guessed");
});

Deno.test("the hours on many cores are those of the longest run at least", () => {
  const kinds = [{ threads: 2, memory: 1, minutes: 1 }];
  const runs = [6, 1, 1, 1, 1, 2].map((hours) => ({
    ...{ input: {}, note: "", kind: 0, sureness: "measured" as const },
    coreSeconds: 7200 * hours,
  }));
  assert.deepEqual([2, 4, 6, 640].map((cores) => hoursOn(cores, runs, kinds)), [12, 6, 6, 6]);
});

test("the tracked sweeps are some, and Figure 1's is of 24 runs a size", async () => {
  const folder = new URL("../../../data/sweeps/", import.meta.url);
  const plans = new Map<string, Awaited<ReturnType<typeof planOf>>>();
  for (const { name } of Deno.readDirSync(folder)) {
    const text = Deno.readTextFileSync(new URL(name, folder));
    plans.set(name, await planOf(parseSweep(text), []));
  }
  const { runs, configurations } = plans.get("figure_1.json")!;
  assert.equal(Object.keys(runs).length, 96);
  assert.deepEqual(
    Object.values(configurations).map(({ place }) => place),
    [500, 1000, 2000, 5000].map((n) => `speed_limit/myrtle_5_128_n${n}`),
  );
});
