/** Descents that are stopped, killed, go on, blow up; and what they leave in memory. */
import assert from "node:assert/strict";
import {
  descend,
  type Descent,
  type DescentCheckpoint,
  type DescentOptions,
  type DescentState,
  fullyConnected,
  type OptimizerName,
  randomStream,
  type Tensor,
} from "../../../lib/mod.ts";
import { chosenOptimizer } from "../../../lib/dynamics/training/optimizers/mod.ts";
import { liveTensors } from "../../../lib/tensorflow/mod.ts";
import { needs, TENSORFLOW } from "../../permissions.ts";

const given = needs(...TENSORFLOW);

const random = (shape: number[], purpose: string): Tensor => ({
  shape,
  data: randomStream(9, purpose).normal(
    new Float32Array(shape.reduce((product, axis) => product * axis, 1)),
  ),
});
const [n, inputs, outputs] = [13, 5, 2];
const network = fullyConnected({ widths: [inputs, 8, outputs] });
const data = { images: random([n, inputs], "images"), targets: random([n, outputs], "targets") };
const test = { images: data.images, labels: Array.from({ length: n }, (_, i) => i % outputs) };

/** A checkpoint in memory, and how often it was written. */
function inMemory(every?: number): DescentCheckpoint & { saves: number; state?: DescentState } {
  return {
    saves: 0,
    every,
    load() {
      return Promise.resolve(structuredClone(this.state));
    },
    save(state) {
      this.saves++;
      this.state = structuredClone(state);
      return Promise.resolve();
    },
  };
}

const CASES: [OptimizerName, number | undefined][] = [
  ["gradient-descent", undefined],
  ["heavy-ball", 4],
  ["nesterov", undefined],
  ["rmsprop", 4],
  ["adam", undefined],
  ["adam", 4],
];

for (const [optimizer, batchSize] of CASES) {
  given.test(`stopped at any step, ${optimizer} goes on bit by bit, batches of ${batchSize ?? n}`, async () => {
    const options: DescentOptions = {
      optimizer,
      batchSize,
      learningRate: (step) => 0.002 + 1e-4 * step,
      steps: 17,
      record: [3, 6, 7, 12],
      seed: 5,
      test,
    };
    const whole = await descend(network, data, options);
    for (const at of [0, 1, 3, 6, 16]) {
      const checkpoint = inMemory();
      const controller = new AbortController();
      const stopped = await descend(network, data, {
        ...options,
        checkpoint,
        signal: controller.signal,
        onProgress: ({ done }) => done === at ? controller.abort() : undefined,
      });
      assert.equal(checkpoint.state!.step, at + 1);
      assert.equal(stopped.trajectory.time.at(-1), checkpoint.state!.time);
      const rest = await descend(network, data, { ...options, checkpoint });
      assert.deepEqual(rest, whole);
    }
  });
}

given.test("killed between two saves, a descent goes on from the last, as often as it takes", async () => {
  for (const batchSize of [undefined, 4]) {
    const options = { optimizer: "adam", batchSize, learningRate: 0.01, steps: 30 } as const;
    const whole = await descend(network, data, options);
    const checkpoint = inMemory(1e-9);
    let lived: Descent | undefined;
    for (let lives = 0; !lived; lives++) {
      assert.ok(lives < 10);
      let left = 7;
      lived = await descend(network, data, {
        ...options,
        checkpoint,
        onProgress: () => {
          if (left-- === 0) throw new Error("killed");
        },
      }).catch((error) => {
        assert.equal(error.message, "killed");
        return undefined;
      });
    }
    assert.deepEqual(lived, whole);
    assert.ok(checkpoint.saves > 30);
  }
});

given.test("a checkpoint of another configuration is refused, and one beyond the end", async () => {
  const checkpoint = inMemory(1e-9);
  const options = { optimizer: "nesterov", learningRate: 0.01, steps: 9, batchSize: 4 } as const;
  await descend(network, data, { ...options, checkpoint });
  const state = checkpoint.state;
  for (const other of [{ optimizer: "adam" }, { batchSize: 3 }, { seed: 2 }] as const) {
    await assert.rejects(
      () => descend(network, data, { ...options, checkpoint, ...other }),
      /the checkpoint is of another configuration: .*[a-z] is .* in it, .* in this descent/,
    );
  }
  await assert.rejects(
    () => descend(network, data, { ...options, steps: 8, checkpoint }),
    /steps is 8; the checkpoint is at step 9 already/,
  );
  assert.deepEqual(checkpoint.state, state);
  await assert.rejects(
    () => descend(network, data, { ...options, checkpoint: inMemory(0) }),
    /checkpoint.every is 0/,
  );
});

given.test("what is not finite is named with its step, and the last good state is kept", async () => {
  const huge = (step: number) => step < 4 ? 1e-3 : 1e30;
  for (const [optimizer, batchSize] of CASES) {
    if (chosenOptimizer(optimizer).preconditioned) continue; // bounded steps
    const checkpoint = inMemory(1e-9);
    await assert.rejects(
      () =>
        descend(network, data, { optimizer, batchSize, learningRate: huge, steps: 50, checkpoint }),
      (error: Error) => {
        assert.match(
          error.message,
          /the (loss|squared norm of the (gradient|step)) is (NaN|Infinity) at step [567]/,
        );
        assert.ok((error.cause as { time: Float64Array }).time.length >= 5);
        return true;
      },
    );
    assert.ok(checkpoint.state!.displacement.every(Number.isFinite));
    assert.ok(Number.isFinite(checkpoint.state!.point?.loss ?? 0));
  }
  const optimizer = {
    name: "broken",
    init: () => ({ count: 0 }),
    update: ({ count }: { count: number }, gradient: Float64Array) => ({
      step: gradient.map((x) => count === 2 ? NaN : -1e-3 * x),
      state: { count: count + 1 },
    }),
  };
  await assert.rejects(
    () => descend(network, data, { optimizer, learningRate: 1, steps: 5 }),
    /the squared norm of the step is NaN at step 2/,
  );
});

const leavesNothing = async (times: number) => {
  const wide = fullyConnected({ widths: [inputs, 4000, outputs] });
  const once = async (i: number) => {
    const controller = new AbortController();
    const options = { steps: 12, record: [], batchSize: i % 2 ? 4 : undefined, test };
    const ends = [
      () => descend(wide, data, { ...options, learningRate: 1e-4, optimizer: "adam" }),
      () =>
        assert.rejects(() => descend(wide, data, { ...options, learningRate: 1e12 }), /at step/),
      () =>
        descend(wide, data, {
          ...options,
          learningRate: 1e-4,
          signal: controller.signal,
          onProgress: ({ done }) => done === 3 ? controller.abort() : undefined,
        }),
      () =>
        assert.rejects(() =>
          descend(wide, data, {
            ...options,
            learningRate: 1e-4,
            onProgress: ({ done }) => {
              if (done === 3) throw new Error("thrown");
            },
          }), /thrown/),
    ];
    for (const end of ends) await end();
  };
  for (let i = 0; i < 10; i++) await once(i);
  const before = { tensors: liveTensors(), resident: Deno.memoryUsage().rss };
  for (let i = 0; i < times; i++) await once(i);
  assert.equal(liveTensors(), before.tensors);
  const grown = (Deno.memoryUsage().rss - before.resident) / 2 ** 20;
  // one vector of the parameters left by each of 2000 steps would be 430 MiB
  assert.ok(grown < 60, `grew by ${grown} MiB`);
};

const ends = "aborted, blown up, or thrown out of a callback";
given.test(`${ends} 10 times: no tensor and no memory is left`, () => leavesNothing(10));
given.long("6 s")(`${ends} 50 times: no tensor and no memory is left`, () => leavesNothing(50));
