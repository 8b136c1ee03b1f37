import assert from "node:assert/strict";
import {
  type KernelStudy,
  linearFlow,
  peakOf,
  storedResult,
  wideLimit,
  wideRegimes,
} from "../../../lib/mod.ts";
import { needs } from "../../permissions.ts";

const { test } = needs("read");

const study = (
  eigenvalues: readonly number[],
  initial: readonly number[],
  labels: readonly number[],
): KernelStudy => ({
  configuration: { architecture: "myrtle-5", width: "infinite", n: eigenvalues.length },
  eigenvalues: [...eigenvalues],
  startSquares: initial.map((f, k) => f + labels[k]),
  labelSquares: [...labels],
  lossAtStart: 0,
});

const stored = async (name: string) => (await storedResult<KernelStudy>(`kernels/${name}`))!.result;

test("the split is exact: the parts weighted are the linear flow of the whole", async () => {
  const kernel = await stored("myrtle_5_infinite_n64_seed0");
  const flow = wideLimit(kernel);
  const of = (squares: readonly number[]) =>
    linearFlow({ eigenvalues: kernel.eigenvalues, residue: squares.map(Math.sqrt) });
  const whole = of(kernel.startSquares);
  const labels = of(kernel.labelSquares);
  const initial = of(kernel.startSquares.map((s, k) => Math.max(0, s - kernel.labelSquares[k])));
  for (const T of [1e-4, 0.02, 0.7, 3, 30, 400]) {
    const at = flow.at(T);
    const [all, f, y] = [whole, initial, labels].map((one) => one.at(T));
    const near = (a: number, b: number) => assert(Math.abs(a / b - 1) < 1e-6, `${a} is not ${b}`);
    near(at.inefficiency, all.inefficiency);
    near(at.initial, f.inefficiency);
    near(at.labels, y.inefficiency);
    near(at.initialWeight, f.displacementSquared / all.displacementSquared);
    const w = at.initialWeight;
    near(at.inefficiency, w * at.initial + (1 - w) * at.labels);
    const step = 1e-4;
    const beside = [-step, step].map((s) => Math.log(whole.at(T * Math.exp(s)).inefficiency));
    assert(Math.abs(at.slope - (beside[1] - beside[0]) / (2 * step)) < 1e-5);
  }
});

/** Numbers of a standard normal law, always the same (Box–Muller on a congruential generator). */
function normals(): () => number {
  let state = 12345;
  const uniform = () => (state = (1103515245 * state + 12345) % 2147483648) / 2147483648 + 1e-12;
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

Deno.test("a Monte Carlo over initial functions in weight space has the same ratio of means", () => {
  // Three images, five weights, J = [diag(s) 0]: K = diag(s²). f_0 = Σ^{½} g and independent of J.
  const s = [1.5, 0.8, 0.3];
  const initialStd = [3, 1, 0.5];
  const y = [0.4, -0.6, 0.5];
  const flow = wideLimit(study(
    s.map((one) => one ** 2),
    initialStd.map((one) => one ** 2),
    y.map((one) => one ** 2),
  ));
  const [T, steps, draws] = [3, 600, 4000];
  const normal = normals();
  let [drop, square] = [0, 0];
  for (let draw = 0; draw < draws; draw++) {
    const start = initialStd.map((std) => std * normal());
    const moved = [0, 0, 0];
    // Euler steps of θ' = −∇L, L = ½ Σ (f_0 + J Δθ − y)²: no closed form, no eigenbasis.
    for (let i = 0; i < steps; i++) {
      for (let k = 0; k < 3; k++) {
        moved[k] -= T / steps * s[k] * (start[k] + s[k] * moved[k] - y[k]);
      }
    }
    for (let k = 0; k < 3; k++) {
      const [before, after] = [start[k] - y[k], start[k] + s[k] * moved[k] - y[k]];
      drop += (before ** 2 - after ** 2) / 2;
      square += moved[k] ** 2;
    }
  }
  const { inefficiency } = flow.at(T);
  assert(
    Math.abs(T * drop / square / inefficiency - 1) < 0.03,
    `${T * drop / square}, ${inefficiency}`,
  );
});

Deno.test("one mode has (λT/2) coth(λT/2), and comes to its last asymptote", () => {
  const flow = wideLimit(study([2], [1], [0.25]));
  for (const T of [0.1, 1, 10]) {
    assert(Math.abs(flow.at(T).inefficiency - T / Math.tanh(T)) < 1e-9);
  }
  assert(Math.abs(flow.lateRate - 1) < 1e-12); // ½r²/(r²/λ)
  const { peak, trough, lateFrom } = wideRegimes(flow, { from: 0.01, to: 100 });
  assert.deepEqual([peak, trough], [undefined, undefined]);
  // T coth T is within 10 % of T from where coth T = 1.1.
  assert(Math.abs(lateFrom - Math.atanh(1 / 1.1)) < 1e-6);
});

test("theory.md's numbers: fully connected at nτ = 2976 and τ = 5, Myrtle-5's peak and trough", async () => {
  const at = async (n: number) => {
    const flow = wideLimit(await stored(`fully_connected_infinite_n${n}_seed0`));
    assert.equal(wideRegimes(flow).peak, undefined);
    return [flow.at(2976 / n), flow.at(5)].map(({ inefficiency }) => inefficiency);
  };
  const all = await Promise.all([500, 1000, 2000, 5000].map(at));
  assert.deepEqual(all.map(([mean]) => mean.toFixed(1)), ["30.0", "16.5", "10.1", "7.8"]);
  assert.deepEqual(all.map(([, sum]) => sum.toFixed(0)), ["25", "27", "28", "30"]);
  const { peak, trough, leastSlope } = wideRegimes(
    wideLimit(await stored("myrtle_5_infinite_n64_seed0")),
  );
  assert.equal(peak!.inefficiency.toFixed(1), "22.3");
  assert.equal(trough!.inefficiency.toFixed(1), "18.6");
  assert(Math.abs(peak!.time - 3.28) < 0.01 && Math.abs(trough!.time - 30.7) < 0.1);
  assert(leastSlope.slope < 0 && leastSlope.time > peak!.time && leastSlope.time < trough!.time);
});

test("of twice the images Myrtle-5's peak is higher and earlier, and its fall deeper", async () => {
  const [small, large] = await Promise.all(
    [64, 128].map(async (n) =>
      wideRegimes(wideLimit(await stored(`myrtle_5_infinite_n${n}_seed0`)))
    ),
  );
  assert(large.peak!.inefficiency > 1.15 * small.peak!.inefficiency);
  assert(large.peak!.time < 0.65 * small.peak!.time);
  assert(large.leastSlope.slope < small.leastSlope.slope);
  assert.equal(large.peak!.inefficiency.toFixed(1), "26.8");
});

Deno.test("regimes of power laws: a peak where δ_f > 1 is large, only a bend in a short window", () => {
  const modes = Array.from({ length: 1000 }, (_, k) => k + 1);
  const law = (exponent: number, amplitude: number) => modes.map((k) => amplitude * k ** -exponent);
  const flow = wideLimit(study(law(1.5, 1), law(3, 100), law(0.2, 1)));
  const { peak } = wideRegimes(flow);
  assert(peak !== undefined);
  // The turn that a plain scan of the same curve shows.
  const time = Array.from({ length: 500 }, (_, i) => 10 ** (i / 100));
  const scanned = peakOf({ time, inefficiency: time.map((t) => flow.at(t).inefficiency) });
  assert(Math.abs(scanned.peak!.time / peak.time - 1) < 1e-3);
  assert.equal(
    wideRegimes(wideLimit(study(law(1.5, 1), law(0.5, 100), law(0.2, 1)))).peak,
    undefined,
  );
});

Deno.test("what is not the mean over functions of an infinite width is refused", () => {
  const finite = study([1], [1], [1]);
  assert.throws(
    () => wideLimit({ ...finite, configuration: { ...finite.configuration, width: 16 } }),
    /the network's width is 16/,
  );
  assert.throws(() => wideLimit(study([1], [-0.5], [1])), /startSquares\[0\] is 0\.5, below/);
  assert.throws(() => wideLimit(finite).at(0), /T is 0; it must be a positive number/);
  assert.throws(() => wideRegimes(wideLimit(finite), { from: 2, to: 1 }), /from is 2 and to 1/);
});
