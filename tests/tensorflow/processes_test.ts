/** TensorFlow in workers, on a chosen number of threads, and where it is missing. */
import assert from "node:assert/strict";
import { tensorflow } from "../../lib/tensorflow/mod.ts";
import { needs, PROGRAMS } from "../permissions.ts";

const { test } = needs(...PROGRAMS);

const program = (name: string) => new URL(`./programs/${name}`, import.meta.url);

async function run(code: URL | string, args: string[] = [], env: Record<string, string> = {}) {
  const { code: status, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: typeof code === "string"
      ? ["eval", "--ext=ts", code]
      : ["run", "--quiet", "--allow-all", code.pathname, ...args],
    env: { ...env, NO_COLOR: "1" },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { status, stdout: text(stdout), stderr: text(stderr) };
}

/** A worker's answer to a matrix. */
function ask(worker: Worker, matrix: number[][]): Promise<{ square: number[][]; live: number }> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message));
    };
    worker.postMessage(matrix);
  });
}

test("workers beside the main thread each have a binding of their own", async () => {
  const tf = await tensorflow();
  const url = program("square_worker.ts");
  const workers = [0, 1].map(() => new Worker(url, { type: "module" }));
  try {
    const matrices = [[[1, 2], [3, 4]], [[0, 1], [1, 0]]];
    const answers = await Promise.all(workers.map((worker, i) => ask(worker, matrices[i])));
    assert.deepEqual(answers.map(({ square }) => square), [[[7, 10], [15, 22]], [[1, 0], [0, 1]]]);
    assert.deepEqual(answers.map(({ live }) => live), [0, 0]);
    assert.deepEqual(tf.square([3]).arraySync(), [9]);
  } finally {
    workers.forEach((worker) => worker.terminate());
  }
  assert.deepEqual(tf.square([4]).arraySync(), [16]);
});

test("a process survives the end of the only worker that had TensorFlow", async () => {
  const { status, stdout, stderr } = await run(`
    const ask = () => new Promise((resolve) => {
      const worker = new Worker(${
    JSON.stringify(program("square_worker.ts").href)
  }, { type: "module" });
      worker.onmessage = ({ data }) => { worker.terminate(); resolve(data.square[0][0]); };
      worker.postMessage([[3]]);
    });
    const first = await ask();
    await new Promise((resolve) => setTimeout(resolve, 200));
    console.log(first, await ask());
  `);
  assert.equal(status, 0, stderr);
  assert.equal(stdout.trim(), "9 9");
});

test("the number of threads is kept, and another is refused", async () => {
  const one = await run(program("threads.ts"), ["1"]);
  assert.equal(one.status, 0, one.stderr);
  assert.equal(one.stderr, "", "TensorFlow's chatter is kept away");
  const { busy, refusal } = JSON.parse(one.stdout);
  assert.ok(busy < 1.3, `one thread kept ${busy} cores busy`);
  assert.match(refusal, /RangeError: threads is 2, but TensorFlow is loaded already with 1/);
});

test("threads that are no number are refused", async () => {
  for (const threads of [0, -1, 1.5, NaN]) {
    await assert.rejects(tensorflow({ threads }), /threads is .*; it must be an integer from 1/);
  }
});

test("operations before loading, and a missing library, say what to do", async () => {
  const mod = JSON.stringify(new URL("../../lib/tensorflow/mod.ts", import.meta.url).href);
  const early = await run(`
    const { execute } = await import(${mod});
    execute("Neg", []);
  `);
  assert.match(early.stderr, /await tensorflow\(\) first/);
  const empty = await Deno.makeTempDir();
  try {
    const missing = await run(
      `const { tensorflow } = await import(${mod});
      await tensorflow({ threads: 1 }).catch(() => {});
      await tensorflow({ threads: 2 });`,
      [],
      { SPEED_LIMITS_CACHE: empty },
    );
    assert.equal(missing.status, 1);
    assert.match(missing.stderr, /deno task setup/);
  } finally {
    await Deno.remove(empty, { recursive: true });
  }
});
