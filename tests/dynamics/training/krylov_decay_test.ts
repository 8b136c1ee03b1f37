import assert from "node:assert/strict";
import { krylovDecay } from "../../../lib/dynamics/training/solvers/krylov_decay.ts";
import { linearFlow } from "../../../lib/dynamics/linear/linear_flow.ts";
import { phi1, randomStream } from "../../../lib/numerics/mod.ts";

Deno.test("a residue's decay is that of its modes, over four decades of rates", async () => {
  const rates = Float64Array.from({ length: 60 }, (_, k) => 100 * (k + 1) ** -2.2);
  const start = randomStream(1, "krylov decay test").normal(60);
  const exact = linearFlow({ eigenvalues: rates, residue: start });
  const decay = await krylovDecay((v) => v.map((x, k) => rates[k] * x), start, {
    horizon: 3,
    tolerance: 1e-6,
  });
  assert(Math.abs(decay.lambdaMax / 100 - 1) < 1e-6);
  for (const t of [1e-4, 0.01, 0.3, 3]) {
    const residue = decay.residue(t), integral = decay.integral(t);
    rates.forEach((rate, k) => {
      assert(Math.abs(residue[k] - start[k] * Math.exp(-rate * t)) < 1e-4);
      assert(Math.abs(integral[k] - start[k] * t * phi1(-rate * t)) < 1e-4 * t);
    });
    const { pathLength, lossDrop } = exact.at(t);
    assert(Math.abs(decay.pathLength(t) / pathLength - 1) < 1e-4, `length at ${t}`);
    assert(Math.abs(decay.drop(t) / lossDrop - 1) < 1e-4, `drop at ${t}`);
  }
});

Deno.test("a larger tolerance or a shorter horizon takes fewer products", async () => {
  const start = randomStream(2, "krylov decay test").normal(200);
  const products = async (horizon: number, tolerance: number) => {
    let count = 0;
    await krylovDecay((v) => (count++, v.map((x, k) => (k + 1) * x)), start, {
      horizon,
      tolerance,
    });
    return count;
  };
  const [short, long, rough] = [
    await products(0.005, 1e-3),
    await products(0.5, 1e-3),
    await products(0.5, 0.1),
  ];
  assert(short < rough && rough < long && long < 60, `${short}, ${rough}, ${long}`);
});
