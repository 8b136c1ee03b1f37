import assert from "node:assert/strict";
import { speedLimitReport } from "../../lib/recordings/mod.ts";

/** Gradient descent on L = λ θ²/2 from θ = 1: θ_k = (1 − ηλ)^k. */
function descent(rate: number, steps = 20) {
  const theta = Array.from({ length: steps + 1 }, (_, k) => (1 - rate) ** k);
  return {
    time: theta.map((_, k) => rate * k),
    loss: theta.map((x) => x * x / 2),
    displacementSquared: theta.map((x) => (1 - x) ** 2),
    pathLength: theta.map((x) => 1 - x),
  };
}

Deno.test("a ratio below 1 is explained by the steps, in the closed form", () => {
  // The first step: T ΔL/‖Δθ‖² = 1 − ηλ/2.
  const small = speedLimitReport(descent(0.004)).notes;
  assert.equal(small.length, 1, small.join());
  assert.match(
    small[0],
    /^T\/T_SL is 0\.998 at T = 0\.004, a little below 1.*ηλ̄ = 0\.0040 or more/,
  );
  assert.match(small[0], /smaller learning rate brings it to 1/);
  const large = speedLimitReport(descent(0.3)).notes;
  assert.match(
    large.join(),
    /is 0\.85 at T = 0\.3, below 1, .*no bound for steps as large.*ηλ̄ = 0\.30/,
  );
  // A flow recorded coarsely stays above 1, and so says nothing.
  const time = [0, 1, 2, 4];
  const flow = {
    time,
    loss: time.map((t) => Math.exp(-2 * t) / 2),
    displacementSquared: time.map((t) => Math.expm1(-t) ** 2),
    pathLength: time.map((t) => -Math.expm1(-t)),
  };
  assert.ok(!speedLimitReport(flow).notes.some((note) => /below 1/.test(note)));
  assert.deepEqual(speedLimitReport(descent(1e-5)).notes, []);
});

Deno.test("where the clock is wrong, a ratio below 1 leads to the clock", () => {
  const path = descent(0.01);
  const slow = { ...path, time: path.time.map((t) => t / 1000) };
  const { notes } = speedLimitReport(slow);
  assert.match(
    notes[0],
    /^ΔL Δt\/δs² is 0\.000995 in the median.* divided by 0\.000995 it would be/,
  );
  assert.match(notes[1], /below 1, which no gradient flow can: set the time right first/);
  const steps = { ...path, time: path.time.map((_, k) => k) };
  assert.match(
    speedLimitReport(steps).notes[0],
    /learning rate × steps.*not their number.*whole numbers/,
  );
});

Deno.test("each ratio without a value has its reason", () => {
  const path = descent(0.004);
  const flat = speedLimitReport({ ...path, loss: path.loss.map(() => 1) });
  assert.ok(flat.columns.inefficiency.every((ratio, i) => i === 0 || Number.isNaN(ratio)));
  assert.match(
    flat.notes.join("|"),
    /loss never falls.*\|At 20 of 20 entries the loss is not below/,
  );
  const none = path.time.map(() => 0);
  const unmoved = speedLimitReport({ ...path, displacementSquared: none, pathLength: none });
  for (const name of ["inefficiency", "tortuosity", "speedSpread"] as const) {
    assert.ok(unmoved.columns[name].every((ratio, i) => i === 0 || Number.isNaN(ratio)), name);
  }
  assert.match(
    unmoved.notes.join("|"),
    /path has no length.*\|At 20 of 20 entries the weights are/,
  );
  const late = speedLimitReport({
    ...path,
    displacementSquared: path.displacementSquared.with(1, 0),
  });
  assert.ok(Number.isNaN(late.columns.inefficiency[1]) && late.columns.inefficiency[2] > 0.99);
  assert.match(late.notes[0], /At 1 of 20 entries the weights are where they started/);
});
