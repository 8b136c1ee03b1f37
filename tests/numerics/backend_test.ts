import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(import.meta.resolve("./programs/solve.ts"));
const config = fileURLToPath(import.meta.resolve("../../deno.json"));

async function solve(permissions: string[], env: Record<string, string> = {}) {
  const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", `--config=${config}`, ...permissions, program],
    env,
  }).output();
  assert(success, new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

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

Deno.test("with the library set up and allowed, OpenBLAS computes", async () => {
  const told = await solve(["-P"]);
  assert.equal(told.backend, "openblas");
  assert.equal(told.threads, 1);
  assert.equal(told.reason, undefined);
  checkResults(told);
});

Deno.test("where Deno may not open a library, ml-matrix computes, and says why", async () => {
  const told = await solve(["--allow-read", "--allow-env", "--allow-sys"]);
  assert.equal(told.backend, "ml-matrix");
  assert.equal(told.threads, 1);
  assert.match(told.reason, /ffi/);
  checkResults(told);
  assert.deepEqual(told.progress, [0, 100]);
});

Deno.test("where the library is missing, or is none, ml-matrix computes, and says why", async () => {
  const missing = await solve(["-P"], { SPEED_LIMITS_OPENBLAS: "/nowhere/libopenblas.so" });
  assert.equal(missing.backend, "ml-matrix");
  assert.match(missing.reason, /SPEED_LIMITS_OPENBLAS is \/nowhere/);
  checkResults(missing);
  const wrong = await solve(["-P"], { SPEED_LIMITS_OPENBLAS: program });
  assert.equal(wrong.backend, "ml-matrix");
  assert.match(wrong.reason, /cannot open LAPACK's library .*solve\.ts/);
  checkResults(wrong);
});

Deno.test("workers compute at the same time, and may end in the middle", async () => {
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
