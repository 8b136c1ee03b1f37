import assert from "node:assert/strict";
import fc from "fast-check";
import {
  entropyProductionOf,
  freeEnergy,
  gaussian,
  integratedEntropyProduction,
  wasserstein2Squared,
} from "../../../lib/bounds/mod.ts";
import { ornsteinUhlenbeck } from "../../../lib/dynamics/laws/ornstein_uhlenbeck.ts";
import { type Matrix, multiply, randomStream, svd } from "../../../lib/numerics/mod.ts";
import golden from "../../golden/gaussians.json" with { type: "json" };

for (const { name, potential, beta, p0, freeEnergy: start, points } of golden.flows) {
  Deno.test(`laws, W2², β⁻¹R and T/T_SL agree with 60 digits: ${name}`, () => {
    const law = gaussian(p0.mean, p0.covariance);
    assertNear(freeEnergy(law, potential, beta), start, 1e-12, "free energy");
    const flow = ornsteinUhlenbeck(potential, beta, law);
    for (const point of points) {
      const at = `at t = ${point.time}`;
      const { mean, covariance } = flow.at(point.time);
      const scale = Math.max(...point.covariance.flat().map(Math.abs));
      point.mean.forEach((m, i) => assert(Math.abs(mean[i] - m) < 1e-12 * (1 + Math.abs(m)), at));
      point.covariance.flat().forEach((c, i) =>
        assert(Math.abs(covariance.data[i] - c) < 1e-12 * scale, `covariance ${at}`)
      );
      assertNear(flow.w2Squared(point.time), point.w2Squared, 1e-10, `W2² ${at}`);
      assertNear(flow.entropyProduction(point.time), point.entropyProduction, 1e-10, `β⁻¹R ${at}`);
      assertNear(flow.inefficiency(point.time), point.inefficiency, 1e-10, `T/T_SL ${at}`);
    }
  });
}

Deno.test("both routes to β⁻¹R agree to 1e-10, and W2² with that of the laws", () => {
  for (const { potential, beta, p0 } of golden.flows) {
    const from = gaussian(p0.mean, p0.covariance);
    const flow = ornsteinUhlenbeck(potential, beta, from);
    const to = flow.at(1.5);
    const difference = entropyProductionOf({ from, to, potential, beta });
    const { value } = integratedEntropyProduction(flow.meanSquaredVelocity, 1.5);
    assertNear(value, difference, 1e-10, "integral");
    assertNear(flow.entropyProduction(1.5), difference, 1e-10, "closed form");
    assertNear(flow.w2Squared(1.5), wasserstein2Squared(from, to), 1e-10, "W2²");
  }
});

/** A random rotation times given numbers: Q diag Qᵀ. */
function withEigenvalues(values: readonly number[], seed: number): Matrix {
  const d = values.length;
  const { u } = svd({ rows: d, cols: d, data: randomStream(seed, "rotation").normal(d * d) });
  const scaled = { ...u, data: u.data.map((entry, at) => entry * values[at % d]) };
  const { data } = multiply(scaled, u, { transposeB: true });
  for (let i = 0; i < d; i++) for (let j = 0; j < i; j++) data[i * d + j] = data[j * d + i];
  return { rows: d, cols: d, data };
}

const logUniform = (low: number, high: number) =>
  fc.double({ min: low, max: high, noNaN: true }).map((x) => 10 ** x);

// The square of a number below 1e-154 is no double: such a mean is none.
const mean = (most: number) =>
  fc.double({ min: -most, max: most, noNaN: true }).map((m) => Math.abs(m) < 1e-150 ? 0 : m);

Deno.test("T ≥ T_SL for thousands of laws, potentials, temperatures and times on the axes", () => {
  const mode = fc.record({
    rate: fc.oneof(logUniform(-3, 3), fc.constant(0), logUniform(-3, -1).map((x) => -x)),
    variance: logUniform(-12, 4),
    mean: mean(100),
  });
  fc.assert(
    fc.property(
      fc.array(mode, { minLength: 1, maxLength: 4 }),
      logUniform(-3, 6),
      logUniform(-6, 6),
      (modes, beta, time) => {
        const d = modes.length;
        const diagonal = (of: (mode: typeof modes[0]) => number) =>
          modes.map((m, i) => Array.from({ length: d }, (_, j) => i === j ? of(m) : 0));
        const flow = ornsteinUhlenbeck(
          { minimum: new Array(d).fill(0), curvature: diagonal(({ rate }) => rate) },
          beta,
          gaussian(modes.map(({ mean }) => mean), diagonal(({ variance }) => variance)),
        );
        const runsAway = modes.some(({ rate }) => rate < 0 && -rate * time > 150);
        if (runsAway) return;
        assert(flow.inefficiency(time) >= 1 - 1e-9, `${flow.inefficiency(time)}`);
        assert(flow.entropyProduction(time) >= 0);
        assert(flow.entropyProduction(time) >= flow.entropyProduction(time / 2) * (1 - 1e-9));
      },
    ),
    { numRuns: 3000 },
  );
});

Deno.test("T ≥ T_SL for laws and potentials of different axes, nearly singular ones too", () => {
  const spectrum = (d: number, low: number, high: number) =>
    fc.array(logUniform(low, high), { minLength: d, maxLength: d });
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 4 }).chain((d) =>
        fc.record({
          rates: spectrum(d, -2, 2),
          variances: spectrum(d, -8, 2),
          mean: fc.array(mean(9), { minLength: d, maxLength: d }),
          seed: fc.nat(1e6),
        })
      ),
      logUniform(-3, 6),
      logUniform(-6, 6),
      ({ rates, variances, mean, seed }, beta, time) => {
        const flow = ornsteinUhlenbeck(
          { minimum: rates.map(() => 0), curvature: withEigenvalues(rates, seed) },
          beta,
          gaussian(mean, withEigenvalues(variances, seed + 1)),
        );
        // Curvature and covariance carry rounding of 1e-16: what moves less than 1e-9 is told badly.
        const size = Math.max(...variances, ...mean.map((m) => m * m));
        if (flow.w2Squared(time) < 1e-18 * size) return;
        assert(flow.inefficiency(time) >= 1 - 1e-6, `${flow.inefficiency(time)}`);
      },
    ),
    { numRuns: 1000 },
  );
});

Deno.test("a point diffuses with infinite dissipation: T_SL = 0; what is stationary stays", () => {
  const potential = { minimum: [0], curvature: [[2]] };
  const point = ornsteinUhlenbeck(potential, 1, gaussian([1], [[0]]));
  assert.equal(point.entropyProduction(1), Infinity);
  assert.equal(point.speedLimit(1), 0);
  assert.equal(point.meanSquaredVelocity(0), Infinity);
  assert(Math.abs(point.at(1).covariance.data[0] + Math.expm1(-4) / 2) < 1e-15);
  const still = ornsteinUhlenbeck(potential, 1, gaussian([0], [[0.5]]));
  assert.deepEqual(
    [still.entropyProduction(9), still.w2Squared(9), still.speedLimit(9), still.inefficiency(9)],
    [0, 0, 0, 1],
  );
});

Deno.test("bad temperatures, times, dimensions and runaways are named", () => {
  const potential = { minimum: [0], curvature: [[-1]] };
  const law = gaussian([0], [[1]]);
  assert.throws(
    () => ornsteinUhlenbeck(potential, 0, law),
    /beta is 0; it must be a positive inverse temperature/,
  );
  assert.throws(() => ornsteinUhlenbeck(potential, -2, law), /beta is -2/);
  assert.throws(
    () => ornsteinUhlenbeck(potential, 1, gaussian([0, 0], [[1, 0], [0, 1]])),
    /dimension 2/,
  );
  assert.throws(() => ornsteinUhlenbeck(potential, 1, law).at(-1), /t is -1/);
  assert.throws(() => ornsteinUhlenbeck(potential, 1, law).inefficiency(1e4), /run away/);
});

function assertNear(value: number, expected: number, tolerance: number, what: string) {
  const error = Math.abs(value - expected) / Math.abs(expected);
  assert(error <= tolerance, `${what}: ${value} for ${expected}, off by ${error.toExponential(1)}`);
}
