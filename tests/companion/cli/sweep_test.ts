import assert from "node:assert/strict";
import { join } from "node:path";
import { sweepTask } from "../../../lib/companion/cli/sweep.ts";
import { KEPT_RUNS, needs } from "../../permissions.ts";

const { test } = needs(...KEPT_RUNS);

const TINY = {
  study: "kernels",
  base: { architecture: "fully-connected", width: "infinite" },
  grid: { n: [10, 20] },
};

/** What the task prints. */
async function told(file: string, options: object): Promise<string> {
  const { log } = console;
  const out: string[] = [];
  console.log = (...words) => void out.push(words.join(" "));
  try {
    assert.equal(await sweepTask(options, [file]), 0);
  } finally {
    console.log = log;
  }
  return out.join("\n");
}

test("a dry run lists the runs with their costs, and starts nothing", async () => {
  const shared = await Deno.makeTempDir();
  const file = join(shared, "tiny.json");
  await Deno.writeTextFile(file, JSON.stringify(TINY));
  const out = await told(file, { shared, "dry-run": true });
  assert.match(
    out,
    /^[0-9a-f]{24} {2}fully_connected_infinite_n10_seed0, .*\d s {2}1\.5 GiB {2}scaled$/m,
  );
  assert.match(out, /^2 runs of kernels in 2 results$/m);
  assert.match(out, /core-hours: .* on 2 cores, .* on 64, .* on 640; up to 1\.5 GiB a run$/m);
  assert.equal(
    await told(file, { shared, status: true }),
    "tiny: 2 runs: 2 to do\nit is not running",
  );
  assert.equal(await told(file, { shared, cancel: true }), "tiny: it is not running");
  assert.deepEqual([...Deno.readDirSync(shared)].map(({ name }) => name), ["tiny.json"]);
  await Deno.remove(shared, { recursive: true });
});

test("what is amiss is told with the file, before anything starts", async () => {
  const folder = await Deno.makeTempDir();
  const refused = async (name: string, content: object, options: object, message: RegExp) => {
    const file = join(folder, name);
    await Deno.writeTextFile(file, JSON.stringify(content));
    await assert.rejects(sweepTask(options, [file]), { message });
  };
  await refused(
    "a.json",
    { ...TINY, grid: { n: [] } },
    {},
    /a\.json: grid\.n is \[\]; it must be a list/,
  );
  await refused(
    "a.json",
    { ...TINY, bse: {} },
    {},
    /a sweep has no field bse \(did you mean base\?\)/,
  );
  await refused(
    "a.json",
    { ...TINY, grid: { n: [0] } },
    {},
    /grid\.n\.0 is 0; it must be an integer/,
  );
  await refused(
    "a b.json",
    TINY,
    {},
    /the file's name is "a b"; it names the jobs: letters, digits/,
  );
  await refused(
    "a.json",
    TINY,
    { shared: `${folder}/no` },
    /--shared .*no: there is no such folder/,
  );
  await refused(
    "a.json",
    TINY,
    { status: true, cancel: true },
    /--status and --cancel exclude each/,
  );
  await assert.rejects(sweepTask({}, [join(folder, "none.json")]), {
    name: "TaskFailure",
    message: /none\.json: .*No such file/i,
  });
  await assert.rejects(sweepTask({}, []), {
    name: "UsageError",
    message: /^there are 0 files; give/,
  });
  await Deno.remove(folder, { recursive: true });
});
