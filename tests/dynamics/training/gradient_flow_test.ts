import assert from "node:assert/strict";
import { inefficiency } from "../../../lib/bounds/mod.ts";
import { cifar10, targets } from "../../../lib/datasets/mod.ts";
import {
  type FlowState,
  gradientFlow,
  type GradientFlowOptions,
} from "../../../lib/dynamics/mod.ts";
import { linearFlow } from "../../../lib/dynamics/linear/linear_flow.ts";
import { fullyConnected } from "../../../lib/networks/mod.ts";
import { eighSync, randomStream, toRows } from "../../../lib/numerics/mod.ts";
import { needs, TENSORFLOW } from "../../permissions.ts";

const { test } = needs(...TENSORFLOW);

const logTimes = (horizon: number, decades: number, count: number) => [
  ...Array.from(
    { length: count - 1 },
    (_, i) => horizon * 10 ** (-decades * (1 - i / (count - 1))),
  ),
  horizon,
];

async function realData(n: number) {
  const { train } = await cifar10({ train: n });
  return { images: train.images, targets: targets(train.labels) };
}

test("gradientFlow follows the exact flow of a linear model, and better at half the tolerance", async () => {
  // One dense layer is linear in its weights: K = X Xᵀ/d, one and the same for every output.
  const [n, d] = [24, 40];
  const stream = randomStream(3, "gradient flow test");
  const images = { shape: [n, d], data: stream.normal(new Float32Array(n * d)) };
  const y = { shape: [n, 1], data: stream.normal(new Float32Array(n)) };
  const network = fullyConnected({ widths: [d, 1], weightStd: 1 });
  const start = network.init(0);
  const { data: f } = await network.apply(start, images);
  const rows = toRows({ rows: n, cols: d, data: Float64Array.from(images.data) });
  const kernel = rows.map((a) => rows.map((b) => a.reduce((s, v, i) => s + v * b[i], 0) / d));
  const { values, vectors } = eighSync(kernel);
  const residue = Array.from(values, (_, k) => {
    let total = 0;
    for (let i = 0; i < n; i++) total += vectors.data[i * n + k] * (y.data[i] - f[i]);
    return total;
  });
  const exact = linearFlow({ eigenvalues: values, residue });
  const horizon = 30;
  const record = logTimes(horizon, 3, 25);
  const errorAt = async (tolerance: number, solver: GradientFlowOptions["solver"]) => {
    const { trajectory } = await gradientFlow(network, { images, targets: y }, {
      horizon,
      record,
      tolerance,
      solver,
    });
    const { inefficiency: ratio, tortuosity } = inefficiency(trajectory);
    return Math.max(...record.map((time, i) => {
      const point = exact.at(time);
      return Math.max(
        Math.abs(ratio[i + 1] / point.inefficiency - 1),
        Math.abs(tortuosity[i + 1] / point.tortuosity - 1),
      );
    }));
  };
  for (const solver of ["runge-kutta-chebyshev", "deflated-chebyshev"] as const) {
    const coarse = await errorAt(0.01, solver);
    const fine = await errorAt(0.005, solver);
    assert(coarse < 0.01 && fine < 0.75 * coarse, `${solver}: ${coarse} and ${fine}`);
  }
  const exponential = await errorAt(0.01, "exponential-midpoint");
  assert(exponential < 0.01, `${exponential}`);
  const reference = await errorAt(0.01, "runge-kutta-4");
  assert(reference < 3e-3, `${reference}`);
});

test("T ≥ T_SL and tortuosity ≥ 1 along the flow; the loss falls as much as it says", async () => {
  const { trajectory } = await gradientFlow(
    fullyConnected({ widths: [3072, 32, 10] }),
    await realData(30),
    {
      horizon: 0.5,
    },
  );
  const { inefficiency: ratio, tortuosity } = inefficiency(trajectory);
  assert(ratio.every((value) => value > 0.995) && tortuosity.every((value) => value > 0.9999));
  trajectory.loss.forEach((loss, i) => {
    const difference = trajectory.loss[0] - loss;
    assert(Math.abs(trajectory.lossDrop[i] - difference) <= 1e-4 * trajectory.loss[0]);
  });
});

for (const solver of ["exponential-midpoint", "deflated-chebyshev"] as const) {
  test(`a run by ${solver} stopped and gone on with is the run that was not`, async () => {
    const network = fullyConnected({ widths: [3072, 16, 10] });
    const data = await realData(20);
    const options = { solver, horizon: 0.3, record: logTimes(0.3, 3, 12), snapshots: [0.3] };
    const whole = await gradientFlow(network, data, options);
    const again = await gradientFlow(network, data, options);
    assert.deepEqual(again, whole, "the same seed gives the same");

    let kept: FlowState | undefined;
    const checkpoint = {
      load: () => Promise.resolve(kept && structuredClone(kept)),
      save: (state: FlowState) => {
        kept = structuredClone(state);
        return Promise.resolve();
      },
    };
    let parts = 0;
    for (; parts < 50; parts++) {
      const controller = new AbortController();
      let steps = 0, passes = 0;
      // Every other part is stopped in the midst of a step, which is given up.
      const inStep = parts % 2 === 1;
      const stopping = {
        ...network,
        pullback: (...those: Parameters<typeof network.pullback>) => {
          if (inStep && steps === 2 && ++passes === 2) controller.abort();
          return network.pullback(...those);
        },
      };
      const part = await gradientFlow(stopping, data, {
        ...options,
        checkpoint,
        signal: controller.signal,
        onProgress: () => {
          if (++steps === 2 && !inStep) controller.abort();
        },
      });
      assert(passes <= 2, "nothing is computed after the signal");
      if (part.trajectory.time.at(-1) === 0.3) {
        assert.deepEqual(part.trajectory, whole.trajectory);
        assert.deepEqual(part.parameters, whole.parameters);
        assert.deepEqual(part.snapshots, whole.snapshots);
        break;
      }
    }
    assert(parts > 0 && parts < 50);
  });
}

test("a flow that is stopped before its first step throws the signal's reason", async () => {
  const network = fullyConnected({ widths: [3072, 16, 10] });
  const signal = AbortSignal.abort(new Error("stopped by the reader"));
  await assert.rejects(
    gradientFlow(network, await realData(20), { horizon: 1, signal }),
    /stopped by the reader/,
  );
});

test("until ends the flow early, with the entry it was asked for", async () => {
  const { trajectory } = await gradientFlow(
    fullyConnected({ widths: [3072, 16, 10] }),
    await realData(20),
    {
      horizon: 1e6,
      until: ({ loss }) => loss < 60,
    },
  );
  assert(trajectory.loss.at(-1)! < 60 && trajectory.loss.at(-2)! >= 60);
});

Deno.test("bad options are named", async () => {
  const network = fullyConnected({ widths: [4, 2] });
  const data = {
    images: { shape: [1, 4], data: new Float32Array(4).fill(1) },
    targets: { shape: [1, 2], data: new Float32Array(2) },
  };
  const rejects = (options: GradientFlowOptions, message: RegExp) =>
    assert.rejects(() => gradientFlow(network, data, options), message);
  await rejects({ horizon: 0 }, /horizon is 0; it must be a positive number/);
  await rejects({ horizon: -1 }, /horizon is -1/);
  await rejects(
    { horizon: 1, tolerance: 0.5 },
    /tolerance is 0.5; it must be a number from 0.000001 to 0.2/,
  );
  await rejects({ horizon: 1, record: [0.5, 0.2] }, /record\[1\] is 0.2; times must increase/);
  await rejects({ horizon: 1, snapshots: [0.3] }, /snapshots contains 0.3/);
  await rejects({ horizon: 1, step: 5, solver: "euler" }, /step is 5/);
  await rejects({ horizon: 1, solver: "newton" as "euler" }, /solver is "newton"/);
  const slip: object = { horizon: 1, tolerence: 0.1 };
  await rejects(
    slip as GradientFlowOptions,
    /unknown option tolerence \(did you mean tolerance\?\)/,
  );
});

test("a loss that is not finite stops the run with step and quantity", async () => {
  const network = fullyConnected({ widths: [4, 3, 2] });
  const data = {
    images: { shape: [1, 4], data: new Float32Array(4).fill(1e38) },
    targets: { shape: [1, 2], data: new Float32Array(2) },
  };
  await assert.rejects(
    () => gradientFlow(network, data, { horizon: 1 }),
    (error: Error) =>
      /the (loss|squared norm of the gradient) is (Infinity|NaN) at step 0 \(time 0\)/.test(
        error.message,
      ),
  );
});
