import assert from "node:assert/strict";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { locate } from "../../lib/resources/mod.ts";
import { withFolder } from "../resources/made_wheel.ts";
import { needs, PROGRAMS } from "../permissions.ts";

const { test } = needs(...PROGRAMS);

const program = fileURLToPath(import.meta.resolve("./programs/solve.ts"));
const config = fileURLToPath(import.meta.resolve("../../deno.json"));

async function run(permissions: string[], env: Record<string, string> = {}) {
  const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", `--config=${config}`, ...permissions, program],
    env: { NO_COLOR: "1", ...env },
  }).output();
  const [said, warned] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { said, warned, success };
}

async function solve(permissions: string[], env: Record<string, string> = {}) {
  const { said, warned, success } = await run(permissions, env);
  assert(success, warned);
  return { ...JSON.parse(said), warned };
}

/** How often the console was told that it is not OpenBLAS. */
const tellings = (warned: string) => warned.match(/is done by ml-matrix/g)?.length ?? 0;

/** The right results to 1e-14, whoever made them. */
function checkResults(told: Record<"values" | "factor" | "product" | "singular", number[]>) {
  const root = Math.sqrt(17);
  const expected = {
    values: [(9 - root) / 2, (9 + root) / 2],
    factor: [2, 0, 1, 2],
    product: [20, 18, 18, 29],
    singular: [(9 + root) / 2, (9 - root) / 2],
  };
  for (const [name, numbers] of Object.entries(expected)) {
    numbers.forEach((x, i) =>
      assert(Math.abs(told[name as keyof typeof told][i] - x) < 1e-14, `${name}[${i}]`)
    );
  }
}

test("with the library set up and allowed, OpenBLAS computes", async () => {
  const told = await solve(["-P"]);
  assert.equal(told.backend, "openblas");
  assert.equal(told.threads, 1);
  assert.equal(told.reason, undefined);
  assert.match(told.build, /^scipy-openblas32 \d/);
  assert.equal(tellings(told.warned), 0);
  checkResults(told);
});

test("where Deno may not open a library, ml-matrix computes, and says why", async () => {
  const told = await solve(["--allow-read", "--allow-env", "--allow-sys"]);
  assert.equal(told.backend, "ml-matrix");
  assert.equal(told.threads, 1);
  assert.match(told.reason, /ffi/);
  assert.equal(tellings(told.warned), 1);
  checkResults(told);
  assert.deepEqual(told.progress, [0, 100]);
});

test("where the library is not set up, ml-matrix computes, and the console is told why", () =>
  withFolder(async (SPEED_LIMITS_CACHE) => {
    const told = await solve(["-P"], { SPEED_LIMITS_CACHE, SPEED_LIMITS_OPENBLAS: "" });
    assert.equal(told.backend, "ml-matrix");
    assert.match(told.reason, /openblas is not set up: run `deno task setup`/);
    assert.equal(tellings(told.warned), 1);
    assert(told.warned.includes(told.reason));
    checkResults(told);
  }));

test("a damaged library is not opened, wherever it is damaged", () =>
  withFolder(async (SPEED_LIMITS_CACHE) => {
    const real = locate("openblas");
    const path = join(SPEED_LIMITS_CACHE, basename(dirname(real)), basename(real));
    await Deno.mkdir(dirname(path));
    for (const at of [100, 12_345_678]) {
      const bytes = await Deno.readFile(real);
      bytes[at] ^= 1;
      await Deno.writeFile(path, bytes);
      const told = await solve(["-P"], { SPEED_LIMITS_CACHE, SPEED_LIMITS_OPENBLAS: "" });
      assert.equal(told.backend, "ml-matrix");
      assert.match(told.reason, /libscipy_openblas.* is damaged .*; run `deno task setup`/);
      assert.equal(tellings(told.warned), 1);
      checkResults(told);
    }
  }));

test("a library of one's own that is not there, or is none, is an error", async () => {
  const refused = async (SPEED_LIMITS_OPENBLAS: string, message: RegExp) => {
    const { success, warned } = await run(["-P"], { SPEED_LIMITS_OPENBLAS });
    assert(!success);
    assert.match(warned, message);
    assert.match(warned, /unset SPEED_LIMITS_OPENBLAS to use what the set-up fetches/);
  };
  await refused(
    "/nowhere/libopenblas.so",
    /SPEED_LIMITS_OPENBLAS is \/nowhere\/libopenblas\.so; it/,
  );
  await refused(program, /SPEED_LIMITS_OPENBLAS is .*solve\.ts; it must be an OpenBLAS's file/);
});

test("workers compute at the same time, and may end in the middle", async () => {
  const newWorker = () =>
    new Worker(new URL("./programs/worker.ts", import.meta.url), { type: "module" });
  const answer = (worker: Worker, n: number) =>
    new Promise<number>((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(event.message));
      };
      worker.postMessage(n);
    });
  const workers = [newWorker(), newWorker()];
  try {
    const sums = await Promise.all(workers.map((worker, i) => answer(worker, 300 + i)));
    sums.forEach((trace, i) => assert(Math.abs(trace - 2 * (300 + i)) < 1e-10));
    workers[0].postMessage(1500);
    await new Promise((resolve) => setTimeout(resolve, 200));
    workers[0].terminate();
    assert(Math.abs(await answer(workers[1], 200) - 400) < 1e-10);
  } finally {
    for (const worker of workers) worker.terminate();
  }
});
