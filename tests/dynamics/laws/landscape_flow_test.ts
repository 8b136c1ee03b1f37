import assert from "node:assert/strict";
import { inefficiency } from "../../../lib/bounds/mod.ts";
import { type Landscape, quadraticLandscape } from "../../../lib/dynamics/laws/landscape.ts";
import { landscapeFlow } from "../../../lib/dynamics/laws/landscape_flow.ts";
import { linearFlow } from "../../../lib/dynamics/linear/linear_flow.ts";

const bowl = quadraticLandscape({ minimum: [0, 0], curvature: [[1, 0], [0, 25]] });

/** Rosenbrock's valley. */
const valley: Landscape = {
  dimension: 2,
  value: ([x, y]) => (1 - x) ** 2 + 5 * (y - x * x) ** 2,
  gradient([x, y], _t, into) {
    into[0] = -2 * (1 - x) - 20 * x * (y - x * x);
    into[1] = 10 * (y - x * x);
  },
};

Deno.test("a quadratic bowl's path is the exact linear flow's, to 1e-8", () => {
  // θ' = −λθ from θ_0: residue Δ² = λ θ_0² of ½ Δ².
  const flow = linearFlow({ eigenvalues: [1, 25], residue: [3, 5 * 0.5] });
  const path = landscapeFlow(bowl, { start: [3, 0.5], horizon: 4 });
  const columns = inefficiency(path);
  columns.time.forEach((t, i) => {
    const point = flow.at(t);
    for (const name of ["inefficiency", "tortuosity", "speedSpread"] as const) {
      assert(Math.abs(columns[name][i] / point[name] - 1) < 1e-8, `${name} at ${t}`);
    }
  });
});

Deno.test("T ≥ T_SL in a winding valley; the loss falls by ∫ |v|²", () => {
  const path = landscapeFlow(valley, { start: [-1, 1.5], horizon: 6 });
  const { inefficiency: ratio, tortuosity } = inefficiency(path);
  assert(ratio.every((value) => value > 1 - 1e-9) && tortuosity.at(-1)! > 1.1);
  path.loss.forEach((loss, i) => {
    assert(Math.abs(path.loss[0] - loss - path.lossDrop[i]) < 1e-8);
  });
});

Deno.test("a learning-rate schedule changes the clock and nothing else", () => {
  const plain = landscapeFlow(valley, { start: [-1, 1.5], horizon: 2 });
  const scheduled = landscapeFlow(valley, {
    start: [-1, 1.5],
    horizon: 1,
    learningRate: (t) => 4 * t + 1e-9,
  });
  assert(Math.abs(scheduled.time.at(-1)! - 2) < 1e-8);
  const [a, b] = [plain, scheduled].map((path) => inefficiency(path).inefficiency.at(-1)!);
  assert(Math.abs(a / b - 1) < 1e-7);
});

Deno.test("a preconditioned flow obeys the limit of its own metric; Newton's is an isotropic bowl's", () => {
  const newton = landscapeFlow(bowl, {
    start: [3, 0.5],
    horizon: 2,
    preconditioner: [[1, 0], [0, 1 / 25]],
  });
  const { inefficiency: ratio, tortuosity } = inefficiency(newton);
  assert(Math.abs(ratio.at(-1)! - 1 / Math.tanh(1)) < 1e-8);
  assert(Math.abs(tortuosity.at(-1)! - 1) < 1e-8);
});

Deno.test("bad options are named", () => {
  const base = { start: [1, 1], horizon: 1 };
  assert.throws(() => landscapeFlow(bowl, { ...base, start: [1] }), /start has 1 number/);
  assert.throws(() => landscapeFlow(bowl, { ...base, horizon: 0 }), /horizon is 0/);
  assert.throws(() => landscapeFlow(bowl, { ...base, preconditioner: [[1]] }), /is 1 × 1/);
  assert.throws(
    () => landscapeFlow(bowl, { ...base, preconditioner: [[1, 0], [0, -1]] }),
    /not positive definite|not positive/,
  );
  assert.throws(() => landscapeFlow(bowl, { ...base, learningRate: () => 0 }), /learningRate is 0/);
});

Deno.test("steep walls shorten the first step; too stiff a valley is named, not waited for", () => {
  const steepValley = (steep: number): Landscape => ({
    dimension: 2,
    value: ([x, y]) => (x - 1) ** 2 / 2 + steep * (y - 5 * x * x) ** 2 / 2,
    gradient([x, y], _t, into) {
      into[0] = x - 1 - 10 * steep * x * (y - 5 * x * x);
      into[1] = steep * (y - 5 * x * x);
    },
  });
  const start = [2.2, -2.2];
  const { loss } = landscapeFlow(steepValley(1000), { start, horizon: 0.1 });
  assert(loss[1] < 1e-2 * loss[0]); // at its first step of 5e-5 all numbers would end
  assert.throws(
    () => landscapeFlow(steepValley(1e4), { start, horizon: 1000 }),
    { name: "RangeError", message: /^horizon is 1000; by t = \S+ the path took 200000 steps/ },
  );
});
