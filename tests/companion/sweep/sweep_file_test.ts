import assert from "node:assert/strict";
import { parseSweep } from "../../../lib/companion/sweep/sweep_file.ts";

const parse = (written: unknown) => parseSweep(JSON.stringify(written));

Deno.test("base, list and grid make configurations, the later over the earlier", () => {
  const { study, given, resources } = parse({
    study: "speed-limit",
    base: { n: 500, seeds: 2, horizon: 1 },
    list: [{ width: 16 }, { width: 32, horizon: 5 }],
    grid: { n: [100, 200] },
    resources: { threads: 4 },
  });
  assert.equal(study.name, "speed-limit");
  assert.deepEqual(given, [
    { n: 100, seeds: 2, horizon: 1, width: 16 },
    { n: 200, seeds: 2, horizon: 1, width: 16 },
    { n: 100, seeds: 2, horizon: 5, width: 32 },
    { n: 200, seeds: 2, horizon: 5, width: 32 },
  ]);
  assert.deepEqual(resources, { threads: 4 });
  assert.equal(parse({ study: "kernels", base: { n: 20 } }).given.length, 1);
  // A list is one value of a field that takes lists.
  const { given: [first] } = parse({ study: "speed-limit", grid: { seeds: [[0, 4], 2] } });
  assert.deepEqual(first, { seeds: [0, 4] });
});

Deno.test("what is amiss is named: where, what it is, what it may be", () => {
  const base = { width: 8, n: 20 };
  const study = "speed-limit";
  for (
    const [written, message] of [
      [{ base }, /^study is missing; it must be one of speed-limit, kernels, /],
      [{ study: "speed-limits", base }, /^study is "speed-limits" \(did you mean speed-limit\?\)/],
      [{ study }, /^there is nothing to sweep over: give grid, list or base$/],
      [{ study, base, gird: {} }, /^a sweep has no field gird \(did you mean grid\?\); it has /],
      [{ study, base: { wdth: 8 } }, /^base: speed-limit has no field wdth \(did you mean width\?/],
      [{ study, grid: {} }, /^grid is {}; it must be an object of at least one field with its /],
      [{ study, grid: { n: [] } }, /^grid\.n is \[\]; it must be a list of at least one value$/],
      [{ study, grid: { n: 5 } }, /^grid\.n is 5; it must be a list of at least one value$/],
      [{ study, list: [] }, /^list is \[\]; it must be a list of at least one configuration$/],
      [{ study, base: { n: 0 } }, /^base\.n is 0; it must be an integer from 1 to 50000$/],
      [{ study, grid: { n: [5, 0] } }, /^grid\.n\.1 is 0; it must be an integer from 1 to 50000$/],
      [{ study, list: [base, { horizon: -1 }] }, /^list\.1\.horizon is -1; it must be a finite nu/],
      [{ study, base, resources: { threads: 0 } }, /^resources\.threads is 0; it must be an integ/],
      [{ study, base, resources: { core: 2 } }, /^resources has no field core; it has threads, /],
      [[], /^study is missing|^the file is \[\]; it must be an object$/],
    ] as const
  ) {
    assert.throws(() => parse(written), { name: "SweepError", message }, JSON.stringify(written));
  }
  assert.throws(() => parseSweep("{"), { name: "SweepError", message: /^it is no JSON: / });
});
