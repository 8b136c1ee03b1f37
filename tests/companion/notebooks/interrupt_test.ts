import assert from "node:assert/strict";
import { kernelEnvironment } from "../../../lib/companion/python/kernel.ts";
import { pythonOfProject } from "../../../lib/companion/python/python_environment.ts";
import { notebooksFolder, projectFolder } from "../../../lib/notebook/folders.ts";
import { needs, PROGRAMS } from "../../permissions.ts";

const { test } = needs(...PROGRAMS);

interface CellEnd {
  readonly afterInterrupt: number | null;
  readonly shown: readonly string[];
  readonly error: { readonly name: string; readonly message: string } | null;
}

/** Runs cells in one real kernel, pressing the stop button so many seconds after a first output. */
async function cells(
  ...cells: readonly { readonly source: string; readonly interruptAfter?: readonly number[] }[]
): Promise<CellEnd[]> {
  const runtime = await Deno.makeTempDir({ prefix: "speed-limits-kernel-" });
  try {
    const python = new Deno.Command(await pythonOfProject(), {
      args: [`${projectFolder}/tests/companion/notebooks/interrupt_kernel.py`, notebooksFolder],
      env: kernelEnvironment(runtime),
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const writer = python.stdin.getWriter();
    await writer.write(new TextEncoder().encode(JSON.stringify(cells)));
    await writer.close();
    const { success, stdout, stderr } = await python.output();
    assert.ok(success, new TextDecoder().decode(stderr));
    return new TextDecoder().decode(stdout).trim().split("\n").map((line) => JSON.parse(line));
  } finally {
    await Deno.remove(runtime, { recursive: true });
  }
}

const TRAINING = `
const network = fullyConnected({ widths: [200, 400, 400, 10] });
const images = { shape: [300, 200], data: randomStream(1, "images").normal(new Float32Array(60000)) };
const targets = { shape: [300, 10], data: new Float32Array(3000).fill(0.1) };
const steps = 1000000;
const bar = progressBar("training", { total: steps, unit: "steps" });
const { trajectory } = await descend(network, { images, targets }, {
  learningRate: 1e-7,
  steps,
  record: [0, steps],
  onProgress: ({ done, note }) => bar.update(done, steps, note),
  signal: bar.signal,
});
await bar.finish();`;

test("the stop button ends a long cell soon, with what it has, and the kernel lives on", async () => {
  const [, stopped, after, thrown, last] = await cells(
    {
      source: `import { descend, fullyConnected, progressBar, randomStream } from "../lib/mod.ts";
let kept = 42;`,
    },
    { source: TRAINING, interruptAfter: [1] },
    { source: "console.log(kept, trajectory.loss.length)" },
    {
      source: `${TRAINING}\nbar.signal.throwIfAborted();\nkept = 0;`,
      interruptAfter: [0, 0.1], // the second click may come when the cell has ended
    },
    { source: "console.log(kept, trajectory.loss.length)" },
  );
  assert.equal(stopped.error, null, "the run returns what there is");
  // Its million steps would take hours.
  assert.ok(stopped.afterInterrupt! < 20, `it went on for ${stopped.afterInterrupt} s`);
  assert.equal(stopped.shown.length, 1, "one bar, drawn over");
  assert.match(stopped.shown[0], /^■ training .* \d+\/1000000 steps .* stopped$/);
  assert.deepEqual(after, { afterInterrupt: null, shown: ["42 2\n"], error: null });

  assert.equal(thrown.error?.name, "Stopped");
  assert.match(thrown.error.message, /^training: stopped at \d+ of 1000000 steps/);
  assert.deepEqual(last.shown, ["42 2\n"], "nothing after the error ran; the state is kept");
});

test("a click in a cell without a bar ends it where it shows something, or the next of a queue", async () => {
  const busy = `console.log("begun");
await new Promise((resolve) => setTimeout(resolve, 50));
for (const end = Date.now() + 2000; Date.now() < end;);`;
  const [, shows, silent, queued, kept, free] = await cells(
    {
      source:
        `import { descend, fullyConnected, progressBar, randomStream, table } from "../lib/mod.ts";
let reached = 0;`,
    },
    { source: `${busy}\nawait table([{ a: 1 }]);\nreached = 1;`, interruptAfter: [0.3] },
    { source: `${busy}\nreached += 10;`, interruptAfter: [0.3] },
    { source: `${TRAINING}\nbar.signal.throwIfAborted();` },
    { source: `${busy}\nconsole.log(reached);`, interruptAfter: [0.3] },
    {
      source: `await new Promise((resolve) => setTimeout(resolve, 2000));
await table([{ a: 2 }]);`,
    },
  );
  assert.match(shows.shown.join(), /\| 1 \|/, "what it shows is not lost");
  assert.equal(shows.error?.message, "stopped by the reader; what was computed before is kept");
  assert.equal(silent.error, null);
  assert.match(queued.error!.message, /^training: stopped at 0 of 1000000 steps/);
  assert.match(kept.shown.join(), /10/);
  assert.equal(free.error, null, "a click on what has ended stops nothing later");
});
