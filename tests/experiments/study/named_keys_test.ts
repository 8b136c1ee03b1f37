import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { codeFingerprint, reachedFrom } from "../../../lib/experiments/study/code/fingerprint.ts";
import { moduleTokens } from "../../../lib/experiments/study/code/module_tokens.ts";
import { readSources } from "../../../lib/experiments/study/code/sources.ts";
import { networkPart } from "../../../lib/experiments/studies/computations/network_of.ts";
import { cachedRun } from "../../../lib/experiments/study/run_cache.ts";
import { activationOf } from "../../../lib/networks/mod.ts";
import { needs } from "../../permissions.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

const { test, made } = needs("env", "read", "write");

const project = new URL("../../../", import.meta.url);

/** The project's code in a place of its own, for edits. */
const scratch = made(() => {
  const scratch = temporaryFolder("named keys ");
  for (const path of ["lib", "deno.json", "deno.lock"]) {
    cpSync(new URL(path, project), `${scratch}/${path}`, { recursive: true });
  }
  return scratch;
});
const root = made(() => new URL(`${pathToFileURL(scratch).href}/`));

const FLOW = "lib/experiments/studies/computations/flow_realization.ts";
const KERNEL = "lib/experiments/studies/computations/kernel_and_residue.ts";
const network = networkPart<number>;
const connected = (activation?: string) => ({
  ...network({ architecture: "fully-connected", width: 8 }),
  activation,
});

/** Runs by what their inputs name. */
const RUNS = {
  myrtle: [FLOW, network({ architecture: "myrtle-5", width: 8 })],
  relu: [FLOW, connected("relu")],
  "by default": [FLOW, connected()],
  gelu: [FLOW, connected("gelu")],
  euler: [FLOW, { ...connected("relu"), solver: "euler" }],
  kernel: [KERNEL, connected("relu")],
  new: [FLOW, { ...connected("relu"), names: ["newcomer"] }],
} as const;
type Run = keyof typeof RUNS;
const RUN_NAMES = Object.keys(RUNS) as Run[];

function keys(): Record<Run, string> {
  const sources = readSources(root);
  const of = ([module, input]: readonly [string, unknown]) =>
    codeFingerprint(new URL(module, root).href, { input, sources });
  return Object.fromEntries(RUN_NAMES.map((name) => [name, of(RUNS[name])])) as Record<Run, string>;
}

const before = made(keys);

/** Which runs' keys some edits move. */
function movedBy(edits: Readonly<Record<string, (text: string) => string>>): Run[] {
  const texts = Object.keys(edits).map((path) => readFileSync(`${scratch}/${path}`, "utf8"));
  Object.entries(edits).forEach(([path, edit], i) => {
    assert.notEqual(edit(texts[i]), texts[i], `${path} was not edited`);
    writeFileSync(`${scratch}/${path}`, edit(texts[i]));
  });
  const after = keys();
  Object.keys(edits).forEach((path, i) => writeFileSync(`${scratch}/${path}`, texts[i]));
  return RUN_NAMES.filter((name) => after[name] !== before[name]);
}

const more = (text: string) => `${text}export const more = 1;\n`;
const replacing = (from: string | RegExp, to: string) => (text: string) => text.replace(from, to);

const NETWORKS = "lib/networks";
const SOLVERS = "lib/dynamics/training/solvers";
const WITH_SOLVER: Run[] = ["myrtle", "relu", "by default", "gelu", "euler", "new"];

for (
  const [table, last] of [
    [`${NETWORKS}/architecture_table.ts`, '"fully-connected": '],
    [`${NETWORKS}/activation_table.ts`, "linear: "],
    [`${SOLVERS}/solver_table.ts`, '"exponential-midpoint": '],
  ]
) {
  test(`one more line in ${table} moves the keys of the runs that name it`, () => {
    const folder = table.slice(0, table.lastIndexOf("/"));
    writeFileSync(`${scratch}/${folder}/newcomer.ts`, "export const newcomer = undefined;\n");
    const added = (text: string) =>
      text
        .replace("import {", 'import { newcomer } from "./newcomer.ts";\nimport {')
        .replace(last, `newcomer, ${last}`);
    assert.deepEqual(movedBy({ [table]: added }), ["new"]);
    // As something else than a word, and in the midst of the code.
    const quoted = (text: string) => added(text).replace("newcomer, ", '"new one": newcomer, ');
    assert.deepEqual(movedBy({ [table]: quoted }), []);
    const named = (text: string) => `${text}export const other = "new one";\n`;
    const moved = movedBy({ [table]: quoted, [`${NETWORKS}/network.ts`]: named });
    assert.deepEqual(moved, RUN_NAMES);
  });
}

test("an edit of an entry moves the keys of the runs that name it, or have it by default", () => {
  const moved = (path: string) => movedBy({ [path]: more });
  assert.deepEqual(moved(`${NETWORKS}/layers/gelu.ts`), ["gelu"]);
  assert.deepEqual(moved(`${NETWORKS}/fully_connected.ts`), RUN_NAMES.slice(1));
  assert.deepEqual(moved(`${NETWORKS}/myrtle.ts`), ["myrtle"]);
  assert.deepEqual(moved(`${SOLVERS}/euler.ts`), ["euler"]);
  assert.deepEqual(moved(`${SOLVERS}/runge_kutta_4.ts`), []);
  // relu is myrtle's own, and what a fully connected network has where nothing is said.
  assert.deepEqual(moved(`${NETWORKS}/layers/relu.ts`), RUN_NAMES);
  // Which of these two is chosen hangs on the network's layers.
  assert.deepEqual(moved(`${SOLVERS}/exponential_midpoint.ts`), WITH_SOLVER);
  assert.deepEqual(moved(`${SOLVERS}/deflated_chebyshev.ts`), WITH_SOLVER);
  assert.deepEqual(moved(`${SOLVERS}/runge_kutta_chebyshev.ts`), []);
});

test("another default, another line under the same name and other code of a table's users move keys", () => {
  const connectedRuns = RUN_NAMES.slice(1);
  assert.deepEqual(
    movedBy({ [`${NETWORKS}/fully_connected.ts`]: replacing('= "relu"', '= "gelu"') }),
    connectedRuns,
  );
  assert.deepEqual(
    movedBy({ [`${SOLVERS}/mod.ts`]: replacing('"deflated-chebyshev"', '"euler"') }),
    WITH_SOLVER,
  );
  const table = `${NETWORKS}/architecture_table.ts`;
  const other = replacing(/"myrtle-5"(.*)"myrtle-7"/s, '"myrtle-7"$1"myrtle-5"');
  assert.deepEqual(movedBy({ [table]: other }), ["myrtle"]);
  assert.deepEqual(
    movedBy({ [table]: replacing("myrtle5Architecture,", "myrtle5Architecture, /* a */") }),
    [],
  );
  assert.deepEqual(movedBy({ [`${NETWORKS}/activations.ts`]: more }), RUN_NAMES);
  assert.deepEqual(movedBy({ "lib/numerics/name_table.ts": more }), RUN_NAMES);
});

test("the optimizers' table is followed by name too", () => {
  const { names } = reachedFrom("lib/dynamics/training/descent.ts", { input: { of: "adam" } });
  assert(names.has("adam") && names.has("gradient-descent") && !names.has("nesterov"));
});

const HEAD = 'import { nameTable } from "./name_table.ts"; import { a, b } from "./ab.ts";';
const END = "export const t = nameTable(entries);";
const ONE = 'import { nameTable } from "./name_table.ts";';
for (
  const text of [
    `${HEAD} const entries = { a, ...b }; ${END}`,
    `${HEAD} const entries = { a, [b]: 1 }; ${END}`,
    `${HEAD} const entries = { a() { return b; } }; ${END}`,
    `${HEAD} const entries = { get a() { return b; } }; ${END}`,
    `${HEAD} const entries = { a: }; ${END}`,
    `${HEAD} const entries = { "a\\x62": a }; ${END}`,
    `${HEAD} const entries = { a: \\u0062 }; ${END}`,
    `${HEAD} const entries = { a }, c = b; ${END}`,
    `${HEAD} const others = { a }; export const t = nameTable(others);`,
    `${HEAD} let entries = { a }; ${END}`,
    `${HEAD} const entries = { a }; export const t = nameTable(entries, b);`,
    `${HEAD} const entries = { a }; ${END} export const u = b;`,
    `${HEAD} const entries = { a }; entries.a = b; ${END}`,
    `${HEAD} const c = b; const entries = { a: c }; ${END}`,
    `${HEAD} const entries = { a }; const t = nameTable(entries); export { t };`,
    `${HEAD} export const t = nameTable({ a });`,
    'import { nameTable as n } from "./name_table.ts"; const entries = {}; export const t = n(entries);',
    'import * as all from "./x.ts"; const entries = {}; export const t = all.nameTable(entries);',
    'export { nameTable } from "./name_table.ts";',
    `${ONE} import { a as b } from "./a.ts"; const entries = { b }; ${END}`,
    `${ONE} import b from "./a.ts"; const entries = { b }; ${END}`,
    `${ONE} import "./a.ts"; const entries = {}; ${END}`,
  ]
) {
  Deno.test(`${text} is no table, and told`, () => {
    assert.throws(() => moduleTokens(text), /is not understood: a module that calls nameTable/);
  });
}

Deno.test("an entry has the imports that stand in it; those of none are the table's own", () => {
  const { entries, edges } = moduleTokens(
    `${HEAD} import {} from "./loaded.ts"; ` +
      'const entries = { "x y": { make: () => b(1, { c: "d" }) }, z: import("./z.ts"), n: undefined };' +
      END,
  );
  assert.deepEqual(entries.get("x y")!.edges, [{ specifier: "./ab.ts", names: ["b"] }]);
  assert(entries.get("x y")!.texts.includes("d"));
  assert.deepEqual(entries.get("z")!.edges, [{ specifier: "./z.ts", names: ["*"] }]);
  assert.deepEqual(entries.get("n")!.edges, []);
  assert.deepEqual(edges, [
    { specifier: "./name_table.ts", names: ["nameTable"] },
    { specifier: "./ab.ts", names: ["a"] },
    { specifier: "./loaded.ts", names: [] },
  ]);
});

test("a run that looks up what its key does not hold fails, and nothing is kept", async () => {
  const folder = await Deno.makeTempDir();
  const module = new URL("../../../lib/networks/activations.ts", import.meta.url).href;
  const options = { folder, module };
  // Put together, so that neither the input nor the code names it.
  const put = async () => {
    await Promise.resolve();
    return { result: activationOf(["ge", "lu"].join("") as "gelu")!.name, whole: true };
  };
  await assert.rejects(cachedRun({ n: 1 }, put, options), /looked up "gelu".*name it in the input/);
  assert.deepEqual([...Deno.readDirSync(folder)], []);
  assert.equal(await cachedRun({ n: 1, activation: "gelu" }, put, options), "gelu");
  // Beside a run, and where no module tells the code, any name may be looked up.
  assert.equal(activationOf("gelu")?.name, "gelu");
  assert.equal(await cachedRun({ n: 1 }, put, { folder }), "gelu");
  await Deno.remove(folder, { recursive: true });
});
