import assert from "node:assert/strict";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type BenchSetting, benchTask } from "../../../lib/companion/cli/bench.ts";
import { acquirePeer } from "../../../lib/companion/bench/environments.ts";
import { type BenchmarkRow, casesOf, secondsOf } from "../../../lib/companion/bench/row.ts";
import { ROWS } from "../../../lib/companion/bench/rows/mod.ts";
import { runRow } from "../../../lib/companion/bench/run_row.ts";
import { reasonToKeep, storedRows } from "../../../lib/companion/bench/stored_row.ts";
import { WORKS } from "../../../lib/companion/bench/ours/works.ts";
import { codeFingerprint } from "../../../lib/experiments/study/code/fingerprint.ts";
import { benchmarksPage } from "../../../lib/companion/site/benchmarks_page.ts";
import { pageSource } from "../../../lib/companion/site/site_page.ts";
import { task } from "../../../lib/companion/cli/main.ts";
import { projectFolder } from "../../../lib/notebook/folders.ts";
import { SetUpError } from "../../../lib/resources/set_up_error.ts";
import { needs, PROGRAMS } from "../../permissions.ts";

const { test } = needs(...PROGRAMS);

const side = (name: string, seconds: number, value: string | number) => [
  ...[Deno.execPath(), "run", "--allow-write", "--no-check"],
  fileURLToPath(new URL("./fake_worker.ts", import.meta.url)),
  ...[name, String(seconds), String(value)],
];

const row = (name: string, changes: Partial<BenchmarkRow> = {}): BenchmarkRow => ({
  ...{ name, what: `what ${name} does`, work: "w", module: "lib/numerics/sums.ts", aim: 1.5 },
  peer: { name: "Peer", environment: "numeric", work: "w" },
  cases: [{ size: { n: 1 }, quick: true, seconds: 0.01 }, { size: { n: 2 }, seconds: 0.01 }],
  tolerance: 1e-6,
  ...changes,
});

/** Runs the task on made-up rows; gives its status and what it said. */
async function ran(
  rows: readonly BenchmarkRow[],
  setting: BenchSetting,
  { names = [] as string[], quick = true, rounds = 4 } = {},
) {
  const { log, error } = console;
  const said: string[] = [];
  console.log = console.error = (...words) => void said.push(words.join(" "));
  try {
    return { status: await benchTask({ quick, rounds }, names, { rows, ...setting }), said };
  } finally {
    Object.assign(console, { log, error });
  }
}

async function withFolder(use: (data: string) => Promise<void>) {
  const data = await Deno.makeTempDir();
  try {
    await use(data);
  } finally {
    await Deno.remove(data, { recursive: true });
  }
}

test("a pair takes turns; medians, ratio and versions are stored, and drawn", () =>
  withFolder(async (data) => {
    const peer = () => Promise.resolve(side("peer", 0.4, 2));
    const setting = { data, ours: () => side("ours", 0.2, 2 + 1e-9), peer };
    const { status, said } = await ran([row("one")], setting, { quick: false });
    assert.equal(status, 0, said.join("\n"));
    const [{ result, command, date }] = (await storedRows(data)).rows;
    assert.equal(command, "deno task bench one --rounds 4");
    assert.match(date, /^\d{4}-\d\d-\d\d$/);
    assert.deepEqual(result.versions, { ours: { ours: "1.0" }, peer: { peer: "1.0" } });
    assert.deepEqual(result.cases.map(({ size }) => size), [{ n: 1 }, { n: 2 }]);
    const [first] = result.cases;
    // The second call of each side took five times as long: neither median nor ratio sees it.
    assert.deepEqual([first.ours.seconds, first.peer.seconds, first.ratio], [0.2, 0.4, 2]);
    assert.ok(first.difference! > 0 && first.difference! < 1e-9);
    assert.ok(result.machine.cores >= 1 && result.machine.processor.length > 0);
    assert.ok(said.some((line) => /n = 1: 200 ms, Peer 400 ms: 2×.*aim 1.5×, reached/.test(line)));
    const page = await benchmarksPage(await storedRows(data));
    const { markdown } = page;
    // Two sizes are no growth: jupyter-book warns of a directive that holds nothing.
    assert.doesNotMatch(pageSource(page), /\{raw\}/);
    assert.match(markdown!, /\| one \| n\s=\s2 \| 200\sms \| Peer 400\sms \| \*\*2×\*\*/);
    assert.match(markdown!, /Of 2 sizes of 1 rows, 2 reach their aim/);
  }));

test("a shorter run does not take the place of a longer one, and says so", () =>
  withFolder(async (data) => {
    const peer = () => Promise.resolve(side("peer", 0.4, 2));
    const setting = { data, ours: () => side("ours", 0.2, 2), peer };
    await ran([row("one")], setting);
    const [{ result }] = (await storedRows(data)).rows;
    const shorter = { ...result, cases: result.cases.map((one) => ({ ...one, rounds: 3 })) };
    assert.match(reasonToKeep(shorter, result)!, /has 4 rounds at n = 1, this one 3/);
  }));

test("a damaged row is named on its page and to who builds it, the others are shown", () =>
  withFolder(async (data) => {
    const peer = () => Promise.resolve(side("peer", 0.4, 2));
    const setting = { data, ours: () => side("ours", 0.2, 2), peer };
    await ran([row("one"), row("two")], setting);
    const file = `${data}/benchmarks/one.json`;
    const text = await Deno.readTextFile(file);
    for (
      const [damaged, why] of [
        [text.replace("0.4", "0.9"), "its checksum does not match"],
        [text.slice(0, -9), "JSON"],
        [text.replace(/"sha256":"\w+",/, ""), "it has no checksum"],
      ]
    ) {
      await Deno.writeTextFile(file, damaged);
      const found = await storedRows(data);
      assert.deepEqual(found.rows.map(({ result }) => result.name), ["two"]);
      const { markdown, warnings } = await benchmarksPage(found);
      assert.match(markdown!, /Not shown.*`data\/benchmarks\/one\.json` is damaged/);
      assert.match(markdown!, /\| two \| n/);
      assert.ok(warnings![0].includes(why), warnings![0]);
    }
    const { said } = await ran([row("one")], setting, { names: [] });
    assert.doesNotMatch(said.join("\n"), /not measured|stays/);
    assert.deepEqual((await storedRows(data)).damaged, []);
  }));

test("what is damaged and of no row is to be deleted, and its name is no markup", async () => {
  const damaged = [{ name: "eigh", why: "w" }, { name: "<b>`", why: "w" }];
  const { markdown, warnings } = await benchmarksPage({ rows: [], damaged });
  assert.match(markdown!, /`npx -y deno task bench eigh` measures it again/);
  assert.doesNotMatch(markdown!, /<b>/);
  assert.match(warnings![0], /npx -y deno task bench eigh$/);
  assert.match(warnings![1], /delete it; there is no such row$/);
});

test("what cannot be measured is named with why, and the other rows are", () =>
  withFolder(async (data) => {
    const rows = [
      row("uninstalled", { peer: { name: "P", environment: "torch", work: "w" } }),
      row("too", { peer: { name: "P", environment: "torch", work: "w" } }),
      row("unlike", { peer: { name: "P", environment: "kernels", work: "w" } }),
      row("broken", { peer: { name: "P", environment: "own", work: "w" } }),
      row("good"),
    ];
    let installs = 0;
    const peer = (environment: string) => {
      if (environment === "torch") {
        installs++;
        return Promise.reject(new SetUpError("the package index cannot be reached"));
      }
      return Promise.resolve(side("peer", 0.4, environment === "kernels" ? 3 : 2));
    };
    let calls = 0;
    // Our side is asked for once for the rows against ourselves, and then by each row.
    const ours = () => side("ours", 0.2, calls++ === 0 ? "fails" : 2);
    const { status, said } = await ran(rows, { data, peer, ours });
    assert.equal(status, 1);
    const all = said.join("\n");
    assert.match(all, /uninstalled was not measured: the package index cannot be reached/);
    assert.match(all, /too was not measured: the package index/);
    assert.equal(installs, 1, "an environment is tried once");
    assert.match(all, /unlike was not measured: the answers differ by 0\.33.* Nothing was timed/);
    assert.match(all, /broken was not measured: /);
    assert.deepEqual((await storedRows(data)).rows.map(({ result }) => result.name), ["good"]);
  }));

test("a process that ends is named with its last words; what was interrupted keeps rows done", () =>
  withFolder(async (data) => {
    const stop = new AbortController();
    const rows = [
      row("ending", { tolerance: undefined }),
      row("good", { peer: { name: "P", environment: "torch", work: "w" } }),
      row("hanging", { peer: { name: "P", environment: "kernels", work: "w" } }),
      row("never"),
    ];
    const values = { numeric: "ends", torch: 2, kernels: "hangs" } as const;
    const peer = (environment: keyof typeof values) =>
      Promise.resolve(side("peer", 0.4, values[environment]));
    let asked = 0;
    const ours = () => {
      // For rows against ourselves, then by row: the fourth is of the one that hangs.
      if (++asked === 4) setTimeout(() => stop.abort(new Error("interrupted")), 1000);
      return side("ours", 0.2, 2);
    };
    rows[2] = { ...rows[2], tolerance: undefined };
    const { status, said } = await ran(rows, { data, peer, ours, signal: stop.signal });
    assert.equal(status, 130);
    const all = said.join("\n");
    assert.match(all, /ending was not measured: [\s\S]*ended \(status 3\)[\s\S]*out of memory/);
    assert.match(all, /interrupted: the 1 rows that were done are kept/);
    assert.deepEqual((await storedRows(data)).rows.map(({ result }) => result.name), ["good"]);
  }));

test("a row that hangs is given up", async () => {
  const commands = { ours: side("ours", 0.2, 2), peer: side("peer", 0.4, "hangs") };
  await assert.rejects(
    runRow(row("hanging", { tolerance: undefined }), { commands, quick: true, patience: 1 }),
    /^Error: it was given up after 1 s/,
  );
});

test("wrong use is told with what there is", async () => {
  const said: string[] = [];
  const { error } = console;
  console.error = (...words) => void said.push(words.join(" "));
  try {
    assert.equal(await task(["bench", "eighh"]), 2);
    assert.equal(await task(["bench", "--list", "--rounds", "0"]), 2);
    assert.equal(await task(["bench", "--list", "--quick", "set-up"]), 2);
  } finally {
    console.error = error;
  }
  assert.match(
    said[0],
    /there is no row eighh \(did you mean eigh\?\); there are gradient-myrtle-5/,
  );
  assert.match(said[1], /--rounds 0: it must be a whole number from 1 to 1000/);
  assert.match(said[2], /set-up has no size for --quick/);
});

test("each row names a work of ours and of its peer, and a module that is there", async () => {
  const works = new Map<string, string>();
  for (const name of ["numeric", "kernels", "torch"]) {
    const file = `${projectFolder}/lib/companion/bench/peers/${name}_works.py`;
    works.set(name, (await Deno.readTextFile(file)).split("\nWORKS = {")[1]);
  }
  assert.equal(new Set(ROWS.map(({ name }) => name)).size, ROWS.length);
  const fingerprints = new Map<string, string>();
  for (const { name, work, module, peer, cases } of ROWS) {
    assert.ok(Object.hasOwn(WORKS, work), `${name}: ${work}`);
    // What is stored tells the code that it is of, so all that the module reaches must be told.
    const { href } = pathToFileURL(`${projectFolder}/${module}`);
    fingerprints.set(module, fingerprints.get(module) ?? codeFingerprint(href));
    const there = peer.environment === "own"
      ? Object.hasOwn(WORKS, peer.work)
      : works.get(peer.environment)!.includes(`    "${peer.work}":`);
    assert.ok(there, `${name}: ${peer.environment} has no ${peer.work}`);
    const isQuick = cases.some(({ quick }) => quick);
    assert.equal(isQuick, name !== "set-up", `${name} has no size for --quick`);
    for (const { size } of cases) assert.ok(Object.values(size).every((value) => value > 0), name);
  }
  const seconds = (quick: boolean) => ROWS.reduce((sum, row) => sum + secondsOf(row, { quick }), 0);
  assert.ok(seconds(true) < 12 * 60, `--quick takes ${seconds(true)} s`);
  assert.ok(casesOf(ROWS[0], { quick: true }).length < casesOf(ROWS[0], {}).length);
});

test("an environment that cannot be made says what to do", () =>
  withFolder(async (folder) => {
    const path = Deno.env.get("PATH");
    Deno.env.set("PATH", folder);
    try {
      await assert.rejects(acquirePeer("kernels", { folder }), {
        name: "SetUpError",
        message: /no Python 3\.10 or later was found.*up to 3\.12/,
      });
    } finally {
      Deno.env.set("PATH", path!);
    }
  }));
