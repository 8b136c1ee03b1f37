import assert from "node:assert/strict";
import { gaussian } from "../../../lib/bounds/mod.ts";
import {
  checkGradient,
  doubleWell,
  type Landscape,
  quadraticLandscape,
} from "../../../lib/dynamics/laws/landscape.ts";
import { langevin, type LangevinOptions } from "../../../lib/dynamics/laws/langevin.ts";
import { ornsteinUhlenbeck } from "../../../lib/dynamics/laws/ornstein_uhlenbeck.ts";
import type { Matrix } from "../../../lib/numerics/mod.ts";

const oscillator = { minimum: [1], curvature: [[1]] };

function moments({ data }: Matrix) {
  const mean = data.reduce((total, x) => total + x, 0) / data.length;
  const variance = data.reduce((total, x) => total + (x - mean) ** 2, 0) / (data.length - 1);
  return { mean, variance, count: data.length };
}

for (
  const { scheme, factor, noise } of [
    { scheme: "euler-maruyama", factor: (h: number) => 1 - h, noise: () => 1 },
    { scheme: "heun", factor: (h: number) => 1 - h + h * h / 2, noise: (h: number) => 1 - h / 2 },
  ] as const
) {
  Deno.test(`${scheme} has the moments its recursion says: x ← a x + b ξ`, async () => {
    // On a quadratic potential each step is linear, so mean and variance follow exactly.
    const [h, steps, beta] = [0.5, 6, 2];
    const { positions } = await langevin(quadraticLandscape(oscillator), {
      beta,
      from: gaussian([4], [[0]]),
      particles: 40_000,
      horizon: h * steps,
      steps,
      scheme,
    });
    const a = factor(h);
    let variance = 0;
    for (let i = 0; i < steps; i++) variance = a * a * variance + 2 * h / beta * noise(h) ** 2;
    const found = moments(positions[1]);
    const mean = 1 + 3 * a ** steps;
    assert(Math.abs(found.mean - mean) < 4 * Math.sqrt(variance / found.count));
    assert(Math.abs(found.variance / variance - 1) < 4 * Math.sqrt(2 / found.count));
  });
}

Deno.test("Heun's weak error falls by 4 when steps are halved, Euler–Maruyama's by 2", async () => {
  // In U = x⁴/4 and nearly without noise, the path from 1 is (1 + 2t)^−½: a particle's error at t = 1
  // is that of the scheme, and the noise of 10⁻⁹ is far below it.
  const quartic: Landscape = {
    dimension: 1,
    value: ([x]) => x ** 4 / 4,
    gradient([x], _t, into) {
      into[0] = x ** 3;
    },
  };
  const errorOf = async (scheme: "euler-maruyama" | "heun", steps: number) => {
    const options = { beta: 1e18, from: [[1]], horizon: 1, steps, scheme };
    const { positions } = await langevin(quartic, options);
    return Math.abs(positions[1].data[0] - 1 / Math.sqrt(3));
  };
  for (const [scheme, ratio] of [["euler-maruyama", 2], ["heun", 4]] as const) {
    const falls = await errorOf(scheme, 40) / await errorOf(scheme, 80);
    assert(Math.abs(falls / ratio - 1) < 0.05, `${scheme}: by ${falls}`);
  }
});

Deno.test("particles in two dimensions follow the exact law within four standard errors", async () => {
  const potential = { minimum: [0, 1], curvature: [[2, 0.5], [0.5, 1]] };
  const p0 = gaussian([3, -1], [[1, 0.3], [0.3, 0.5]]);
  const particles = 20_000;
  const { time, positions } = await langevin(quadraticLandscape(potential), {
    beta: 1.5,
    from: p0,
    particles,
    horizon: 0.8,
    steps: 80,
    record: [40],
  });
  const flow = ornsteinUhlenbeck(potential, 1.5, p0);
  assert.deepEqual([...time], [0, 0.4, 0.8]);
  time.forEach((t, i) => {
    const { mean, covariance } = flow.at(t);
    for (let k = 0; k < 2; k++) {
      const column = { ...positions[i], data: positions[i].data.filter((_, at) => at % 2 === k) };
      const found = moments(column);
      const variance = covariance.data[3 * k];
      assert(Math.abs(found.mean - mean[k]) < 4 * Math.sqrt(variance / particles));
      assert(Math.abs(found.variance / variance - 1) < 4 * Math.sqrt(2 / particles));
    }
  });
});

Deno.test("the same seed gives the same paths, another one others; a stop keeps what there is", async () => {
  const options: LangevinOptions = {
    beta: 1,
    from: gaussian([0], [[1]]),
    particles: 50,
    horizon: 1,
    steps: 20,
  };
  const run = (more: Partial<LangevinOptions>) => langevin(doubleWell(), { ...options, ...more });
  assert.deepEqual(await run({}), await run({}));
  assert.notDeepEqual((await run({})).positions[1], (await run({ seed: 1 })).positions[1]);
  const controller = new AbortController();
  const { time } = await run({
    signal: controller.signal,
    onProgress: ({ done }) => done === 7 ? controller.abort() : undefined,
  });
  assert.deepEqual([...time].map((t) => Math.round(t * 20)), [0, 8]);
});

Deno.test("bad options, wrong gradients and runaway particles are named", async () => {
  const good: LangevinOptions = { beta: 1, from: [[0]], horizon: 1, steps: 10 };
  const rejects = (more: Partial<LangevinOptions>, message: RegExp) =>
    assert.rejects(() => langevin(doubleWell(), { ...good, ...more }), message);
  await rejects({ beta: 0 }, /beta is 0/);
  await rejects({ horizon: -1 }, /horizon is -1/);
  await rejects({ steps: 1.5 }, /steps is 1.5/);
  await rejects({ from: [[0, 1]] }, /from has 1 points of 2 coordinates; the landscape has 1/);
  await rejects(
    { from: gaussian([0, 0], [[1, 0], [0, 1]]) },
    /from has dimension 2; the landscape has 1/,
  );
  await rejects({ record: [11] }, /record contains 11/);
  await rejects({ scheme: "leapfrog" as "heun" }, /scheme is "leapfrog"/);
  await rejects({ from: [[30]], steps: 20, horizon: 100 }, /particle 0 is at .*; try more steps/);
  const wrong = { ...doubleWell(), value: ([x]: Float64Array) => x ** 3 };
  await assert.rejects(
    () => langevin(wrong, { ...good, from: [[0.7]] }),
    /the gradient's component 0 is .* not that of its value/,
  );
  assert.throws(() => doubleWell({ barrier: 0 }), /barrier is 0/);
  checkGradient(doubleWell({ tilt: 1 }), [Float64Array.of(0.2)]);
});
