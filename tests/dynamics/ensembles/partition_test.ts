import assert from "node:assert/strict";
import { gaussian, logPartitionFunction } from "../../../lib/bounds/mod.ts";
import {
  annealedImportance,
  langevin,
  smallNetwork,
  thermodynamicIntegration,
  withPrior,
} from "../../../lib/dynamics/mod.ts";
import { multiply, randomStream } from "../../../lib/numerics/mod.ts";

const N = 6, D = 8, BETA = 5;
const inputs = { rows: N, cols: D, data: randomStream(3, "x").normal(N * D) };
const targets = { rows: N, cols: 1, data: randomStream(3, "y").normal(N) };
/** L = ½|Xθ/√d − y|². */
const model = smallNetwork({ widths: [D, 1], inputs, targets });

/** ln Z_∞/Z_0 by the closed form of a quadratic potential, about the minimum of the whole. */
function exact(): { readonly logRatio: number; readonly meanLoss: number } {
  const x = { ...inputs, data: inputs.data.map((value) => value / Math.sqrt(D)) };
  const gram = multiply(x, x, { transposeB: true });
  // y ~ N(0, XXᵀ + 1/β): ln of its density at y, times √(2π/β)^N.
  const law = gaussian(
    new Float64Array(N),
    { ...gram, data: gram.data.map((g, at) => g + (at % (N + 1) === 0 ? 1 / BETA : 0)) },
  );
  const inverse = inverted(law.covariance.data);
  let [square, determinant] = [0, inverse.logDeterminant];
  for (let i = 0; i < N; i++) {
    for (let j = 0; j < N; j++) {
      square += targets.data[i] * inverse.data[i * N + j] * targets.data[j];
    }
  }
  determinant += N * Math.log(BETA);
  return { logRatio: -square / 2 - determinant / 2, meanLoss: NaN };
}

/** Gauss–Jordan, which nothing in the library is made of. */
function inverted(data: Float64Array) {
  const a = Array.from({ length: N }, (_, i) => [
    ...data.subarray(i * N, (i + 1) * N),
    ...Array.from({ length: N }, (_, j) => i === j ? 1 : 0),
  ]);
  let logDeterminant = 0;
  for (let i = 0; i < N; i++) {
    const pivot = a[i][i];
    logDeterminant += Math.log(pivot);
    a[i] = a[i].map((value) => value / pivot);
    for (let k = 0; k < N; k++) {
      if (k === i) continue;
      const factor = a[k][i];
      a[k] = a[k].map((value, j) => value - factor * a[i][j]);
    }
  }
  return { data: Float64Array.from(a.flatMap((row) => row.slice(N))), logDeterminant };
}

Deno.test("both estimates of ln Z hold the exact one of a linear model, which two ways give", async () => {
  const { logRatio } = exact();
  const x = inputs.data.map((value) => value / Math.sqrt(D));
  const curvature = multiply({ ...inputs, data: x }, { ...inputs, data: x }, { transposeA: true });
  const ridge = {
    ...curvature,
    data: curvature.data.map((c, at) => c + (at % (D + 1) === 0 ? 1 / BETA : 0)),
  };
  // The minimum by 20 000 steps of descent, which is no other library's either.
  const landscape = withPrior(model, BETA), minimum = new Float64Array(D);
  const slope = new Float64Array(D);
  for (let step = 0; step < 20_000; step++) {
    landscape.gradient(minimum, 0, slope);
    for (let i = 0; i < D; i++) minimum[i] -= 0.05 * slope[i];
  }
  const whole = logPartitionFunction(
    { minimum, curvature: ridge, offset: landscape.value(minimum, 0) },
    BETA,
  );
  assert(Math.abs(whole - D / 2 * Math.log(2 * Math.PI) - logRatio) < 1e-9);

  const options = { beta: BETA, seed: 1 };
  const ti = await thermodynamicIntegration(model, { ...options, chains: 16, moves: 60 });
  const ais = await annealedImportance(model, { ...options, chains: 64, stages: 200 });
  for (const { value, interval: [low, high], accepted } of [ti, ais]) {
    assert(Math.abs(value - logRatio) < high - low && high - low < 1, `${value} ${logRatio}`);
    assert(accepted > 0.6 && accepted < 1);
  }
  assert(ais.below < ais.value && ais.effective > 4 && ais.effective <= 64);
  // Too fast a switching dissipates: the mean work is far above the free energy.
  const fast = await annealedImportance(model, { ...options, chains: 64, stages: 4 });
  assert(fast.below < ais.below - 0.5);
});

Deno.test("Langevin dynamics of a network at a temperature ends at its Boltzmann law", async () => {
  const landscape = withPrior(model, BETA);
  const from = { rows: 200, cols: D, data: randomStream(2, "prior").normal(200 * D) };
  const { positions } = await langevin(landscape, { beta: BETA, from, horizon: 20, steps: 250 });
  // ⟨θ·∇U⟩ = d/β in equilibrium, for any potential.
  const slope = new Float64Array(D);
  const virial = Array.from({ length: 200 }, (_, i) => {
    const x = positions[1].data.subarray(i * D, (i + 1) * D);
    landscape.gradient(x, 0, slope);
    return slope.reduce((sum, g, k) => sum + g * x[k], 0);
  });
  const mean = virial.reduce((a, b) => a + b, 0) / 200;
  const spread = Math.sqrt(virial.reduce((a, b) => a + (b - mean) ** 2, 0) / 200 / 199);
  assert(Math.abs(mean - D / BETA) < 4 * spread, `${mean} ± ${spread}`);
});

Deno.test("a temperature below zero and too few chains are told", async () => {
  await assert.rejects(
    thermodynamicIntegration(model, { beta: -1 }),
    /beta is -1; it must be a positive inverse temperature/,
  );
  await assert.rejects(
    annealedImportance(model, { beta: 1, chains: 1 }),
    /chains is 1; it must be/,
  );
  await assert.rejects(
    annealedImportance({ ...model, value: () => NaN }, { beta: 1 }),
    /the loss is NaN at a draw of the prior/,
  );
});
