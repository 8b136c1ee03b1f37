import assert from "node:assert/strict";
import type { Buffer } from "node:buffer";
import { readdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cifar10, targets } from "../../../lib/datasets/mod.ts";
import {
  type FlowState,
  gradientFlow,
  type SolverName,
  type Trajectory,
} from "../../../lib/dynamics/mod.ts";
import { flowCheckpoint } from "../../../lib/experiments/mod.ts";
import { readRecord, writeRecord } from "../../../lib/experiments/study/record_file.ts";
import { fullyConnected, myrtle5 } from "../../../lib/networks/mod.ts";
import { made, network } from "./small_flow.ts";
import { KEPT_RUNS, needs } from "../../permissions.ts";

const { test } = needs(...KEPT_RUNS);

/** A checkpoint in memory. */
function memory(every = 0) {
  const kept: FlowState[] = [];
  return {
    kept,
    every,
    load: () => Promise.resolve(kept.length > 0 ? structuredClone(kept.at(-1)!) : undefined),
    save: (state: FlowState) => Promise.resolve(void kept.push(structuredClone(state))),
  };
}

for (
  const solver of [
    "exponential-midpoint",
    "runge-kutta-chebyshev",
    "deflated-chebyshev",
  ] as const
) {
  test(`a loss that diverges under ${solver} is named; the last good state is kept`, async () => {
    const data = made();
    const checkpoint = memory(1e9); // saves at the end alone
    let steps = 0;
    const error = await gradientFlow(network, data, {
      horizon: 100,
      solver,
      checkpoint,
      onProgress() {
        // From here on a forward pass overflows.
        if (++steps === 3) data.images.data.fill(1e38);
      },
    }).then(() => undefined, (error: Error) => error);
    assert.match(error!.message, /the loss is (NaN|Infinity) after a step of .* at step 3 \(time /);
    const { time, loss } = error!.cause as Trajectory;
    assert.equal(time.length, 4);
    assert(loss.every(Number.isFinite));
    assert.equal(checkpoint.kept.length, 1);
    assert.equal(checkpoint.kept[0].step, 3);
    assert.equal(checkpoint.kept[0].time, time[3]);
    assert(checkpoint.kept[0].displacement.every(Number.isFinite));
  });
}

test("a horizon in the checkpoint's past, and a checkpoint of another run, are refused", async () => {
  const checkpoint = memory();
  await gradientFlow(network, made(), { horizon: 2, checkpoint });
  const go = (other: typeof network, horizon: number, solver?: SolverName) =>
    gradientFlow(other, { ...made() }, { horizon, checkpoint, solver });
  const { time } = checkpoint.kept.at(-1)!;
  await assert.rejects(
    go(network, time / 2),
    (error: Error) => error.message.includes(`the checkpoint is at time ${time} already`),
  );
  const wider = fullyConnected({ widths: [8, 17, 2] });
  await assert.rejects(go(wider, 2), /of another configuration: 160 parameters .* has 170 by/);
  await assert.rejects(go(network, 2, "euler"), /by "exponential-midpoint", where .* by "euler"/);
});

test("a full disk ends the flow with its name; what was kept before is gone on from", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const file = join(folder, "run.checkpoint");
    const full = async (aside: string, bytes: Buffer) => {
      await writeFile(aside, bytes.subarray(0, bytes.length / 2));
      throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
    };
    const options = { horizon: 5, record: [0.1, 1, 5] };
    const whole = await gradientFlow(network, made(), options);
    const good = flowCheckpoint(file, { n: 6 }, { every: 0 });
    let saves = 0;
    const filling = {
      ...good,
      save: (state: FlowState) =>
        ++saves <= 2
          ? good.save(state)
          : writeRecord(file, { configuration: { n: 6 }, state }, { write: full }),
    };
    await assert.rejects(
      gradientFlow(network, made(), { ...options, checkpoint: filling }),
      /there is no space left on the disk for .*run\.checkpoint; free some and run again/,
    );
    assert.deepEqual(readdirSync(folder), ["run.checkpoint"]);
    const { state } = await readRecord(file) as { state: FlowState };
    assert.equal(state.step, 2);
    const resumed = await gradientFlow(network, made(), { ...options, checkpoint: good });
    assert.deepEqual(resumed.trajectory, whole.trajectory);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

test("events keep the weights where they first hold, and may end the flow", async () => {
  const data = made();
  const events = {
    never: () => false,
    halved: ({ loss }: { loss: number }) => loss < 0.5 * initial,
  };
  let initial = Infinity;
  const first = await gradientFlow(network, data, { horizon: 1e-6 });
  initial = first.trajectory.loss[0];
  const { trajectory, events: found, snapshots } = await gradientFlow(network, data, {
    horizon: 100,
    events,
  });
  const index = trajectory.loss.findIndex((loss) => loss < 0.5 * initial);
  const { time, parameters } = found.get("halved")!;
  assert.equal(time, trajectory.time[index]);
  assert(!found.has("never") && snapshots.size === 0);
  const { data: outputs } = await network.apply(parameters, data.images);
  const loss = outputs.reduce((sum, value) => sum + (value - 1) ** 2 / 2, 0);
  assert(Math.abs(loss / trajectory.loss[index] - 1) < 1e-5);

  const ended = await gradientFlow(network, data, {
    horizon: 100,
    events,
    until: ({ events }) => events.includes("halved"),
  });
  assert.deepEqual(ended.trajectory.time, trajectory.time.slice(0, index + 1));
  assert.deepEqual(ended.parameters, parameters);
});

test("the network chooses the solver; the exponential midpoint takes convolutions too", async () => {
  assert.equal(
    (await gradientFlow(network, made(), { horizon: 0.01 })).solver,
    "exponential-midpoint",
  );
  const { train } = await cifar10({ train: 4 });
  const data = { images: train.images, targets: targets(train.labels) };
  const small = myrtle5({ channels: 2 });
  const options = { horizon: 0.2, record: [0.05, 0.2] };
  const one = await gradientFlow(small, data, options);
  const other = await gradientFlow(small, data, {
    ...options,
    solver: "exponential-midpoint",
  });
  assert.equal(one.solver, "deflated-chebyshev");
  assert.equal(other.solver, "exponential-midpoint");
  console.log(one.trajectory.loss, other.trajectory.loss);
  one.trajectory.loss.forEach((loss, i) =>
    assert(Math.abs(other.trajectory.loss[i] / loss - 1) < 0.02)
  );
});

test("a checkpoint of another scale, tolerance or start is refused", async () => {
  const checkpoint = memory();
  await gradientFlow(network, made(), { horizon: 2, checkpoint });
  const before = checkpoint.kept.length;
  for (const other of [{ scale: 0.5 }, { tolerance: 0.05 }, { seed: 1 }]) {
    await assert.rejects(
      gradientFlow(network, made(), { horizon: 3, checkpoint, ...other }),
      /the checkpoint is of another configuration: .* tolerance .*, scale .* and ‖θ_0‖² /,
    );
  }
  assert.equal(checkpoint.kept.length, before, "what was kept stays");
});

test("a flow that is gone on with and stopped at once has its end among its entries", async () => {
  const checkpoint = memory();
  const controller = new AbortController();
  const options = { horizon: 2, record: [2], checkpoint };
  await gradientFlow(network, made(), {
    ...options,
    signal: controller.signal,
    onProgress: ({ done }) => done > 1 ? controller.abort() : undefined,
  });
  const { time } = checkpoint.kept.at(-1)!;
  const signal = AbortSignal.abort();
  const { trajectory } = await gradientFlow(network, made(), { ...options, signal });
  assert(time > 0 && trajectory.time.at(-1) === time);
});

test("progress stays between 0 and its total, however short the flow", async () => {
  for (const horizon of [1e-9, 1e-3, 1]) {
    await gradientFlow(network, made(), {
      horizon,
      onProgress: ({ done, total }) => assert(done >= 0 && done <= total && total > 0),
    });
  }
});
