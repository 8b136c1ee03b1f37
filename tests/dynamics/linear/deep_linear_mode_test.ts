import assert from "node:assert/strict";
import { inefficiency } from "../../../lib/bounds/mod.ts";
import { deepLinearMode, gradientFlow, linearFlow } from "../../../lib/dynamics/mod.ts";
import { fullyConnected } from "../../../lib/networks/mod.ts";
import { KEPT_RUNS, needs } from "../../permissions.ts";

const { test } = needs(...KEPT_RUNS);

const near = (a: number, b: number, tolerance: number) =>
  assert.ok(Math.abs(a / b - 1) <= tolerance, `${a} is not ${b}`);

/** u' = u^(N−1)(s − u^N) by 20,000 Runge–Kutta steps of u, which knows nothing of the integral. */
function integrated(depth: number, target: number, start: number, time: number) {
  const of = (u: number) => u ** (depth - 1) * (target - u ** depth);
  const h = time / 20_000;
  let u = start ** (1 / depth);
  for (let i = 0; i < 20_000; i++) {
    const k1 = of(u), k2 = of(u + h / 2 * k1), k3 = of(u + h / 2 * k2), k4 = of(u + h * k3);
    u += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
  }
  return u ** depth;
}

Deno.test("at its time the integrated flow has the strength, at every depth", () => {
  for (const depth of [1, 2, 3, 5]) {
    for (const [target, start] of [[1, 0.3], [2.5, 1e-3], [0.4, 0.05]]) {
      for (const share of [0.5, 0.99]) {
        const strength = start + share * (target - start);
        const { time } = deepLinearMode({ depth, target, start }).reaching(strength);
        near(integrated(depth, target, start, time), strength, 1e-8);
      }
    }
  }
});

Deno.test("one layer is the linear flow of one mode, from weights of zero too", () => {
  const mode = deepLinearMode({ depth: 1, target: 3, start: 0 });
  const { time, inefficiency: ratio, lossDrop } = mode.reaching(2);
  const flow = linearFlow({ eigenvalues: [1], residue: [3] }).at(time);
  near(ratio, flow.inefficiency, 1e-12);
  near(lossDrop, flow.lossDrop, 1e-12);
});

test("a linear network with balanced weights follows it", async () => {
  const [target, start] = [1.5, 0.02];
  for (const depth of [2, 3]) {
    const network = fullyConnected({
      ...{ widths: new Array(depth + 1).fill(1), activation: "linear" },
      ...{ parametrization: "standard" },
    });
    const { time, ...expected } = deepLinearMode({ depth, target, start }).reaching(1.2);
    const weight = { shape: [1, 1], data: Float32Array.of(start ** (1 / depth)) };
    const { trajectory } = await gradientFlow(
      network,
      {
        images: { shape: [1, 1], data: Float32Array.of(1) },
        targets: { shape: [1, 1], data: Float32Array.of(target) },
      },
      // Not the solver of dense layers: near a saddle its shortest step, 0.5/λ_max, is too long.
      {
        ...{ horizon: time, tolerance: 1e-3, parameters: new Array(depth).fill(weight) },
        solver: "dormand-prince",
      },
    );
    const ratios = inefficiency(trajectory);
    near(ratios.lossDrop.at(-1)!, expected.lossDrop, 2e-3);
    near(ratios.displacementSquared.at(-1)!, expected.displacementSquared, 2e-3);
    near(ratios.inefficiency.at(-1)!, expected.inefficiency, 2e-3);
    near(ratios.tortuosity.at(-1)!, 1, 2e-3);
  }
});

Deno.test("from ever smaller weights T/T_SL grows as ln(1/a_0) with two layers, as a power with more", () => {
  const ratio = (depth: number, start: number) =>
    deepLinearMode({ depth, target: 1, start }).reaching(0.5).inefficiency;
  // ΔL → 3/8 and ‖Δθ‖² → 2·½ = 1: a factor of 1e4 in a_0 adds ln(1e4)/2 · 3/8.
  near(ratio(2, 1e-16) - ratio(2, 1e-12), Math.log(1e4) / 2 * 3 / 8, 1e-5);
  for (const depth of [3, 5]) {
    near(ratio(depth, 1e-16) / ratio(depth, 1e-12), 1e4 ** (1 - 2 / depth), 0.01);
  }
});

Deno.test("what is out of range is told", () => {
  assert.throws(
    () => deepLinearMode({ depth: 2, target: 1, start: 0 }),
    /^RangeError: start is 0; it must be a number above 0, below 1$/,
  );
  assert.throws(() => deepLinearMode({ depth: 0, target: 1, start: 0.5 }), /depth is 0/);
  const mode = deepLinearMode({ depth: 2, target: 1, start: 0.5 });
  assert.throws(() => mode.reaching(1), /strength is 1; it must be a number above 0.5, below 1/);
});
