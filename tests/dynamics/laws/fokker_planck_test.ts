import assert from "node:assert/strict";
import fc from "fast-check";
import { gaussian } from "../../../lib/bounds/mod.ts";
import {
  fokkerPlanck,
  type FokkerPlanckOptions,
} from "../../../lib/dynamics/laws/fokker_planck.ts";
import { ornsteinUhlenbeck } from "../../../lib/dynamics/laws/ornstein_uhlenbeck.ts";
import { integrate } from "../../../lib/numerics/mod.ts";

const shifted = (cells: number): FokkerPlanckOptions => ({
  potential: (x) => x * x,
  beta: 1.5,
  density: (x) => Math.exp(-((x - 1) ** 2) / 0.5),
  from: -5,
  to: 5,
  cells,
  times: [0.05, 0.3, 1],
});

Deno.test("a quadratic potential gives the exact law's T/T_SL, to second order in the cells", () => {
  const exact = ornsteinUhlenbeck({ minimum: [0], curvature: [[2]] }, 1.5, gaussian([1], [[0.25]]));
  const errorOf = (cells: number) => {
    const { time, inefficiency, entropyProduction, w2Squared } = fokkerPlanck(shifted(cells));
    return Math.max(...[1, 2, 3].map((i) =>
      Math.max(
        Math.abs(inefficiency[i] / exact.inefficiency(time[i]) - 1),
        Math.abs(entropyProduction[i] / exact.entropyProduction(time[i]) - 1),
        Math.abs(w2Squared[i] / exact.w2Squared(time[i]) - 1),
      )
    ));
  };
  const [coarse, fine] = [errorOf(200), errorOf(400)];
  assert(fine < 2e-3 && coarse / fine > 3.5, `${coarse}, ${fine}`);
});

Deno.test("mass is kept and positive, Boltzmann's law stays, both routes to β⁻¹R agree", () => {
  const well = (x: number) => 3 * (x * x - 1) ** 2;
  const base = { potential: well, beta: 1.3, from: -2.8, to: 2.8, cells: 250 };
  const width = 5.6 / 250;
  const { density, entropyProduction, integratedSquaredVelocity } = fokkerPlanck({
    ...base,
    density: (x) => Math.exp(-((x + 1) ** 2) / 0.08),
    times: Array.from({ length: 40 }, (_, i) => 1e-3 * 1.25 ** i),
    substeps: 8,
  });
  for (const p of density) {
    assert(p.every((value) => value >= 0));
    assert(Math.abs(p.reduce((total, value) => total + value * width, 0) - 1) < 1e-12);
  }
  const last = density.length - 1;
  const ratio = integratedSquaredVelocity[last] / entropyProduction[last];
  assert(Math.abs(ratio - 1) < 5e-3, `${ratio}`);
  const still = fokkerPlanck({ ...base, density: (x) => Math.exp(-1.3 * well(x)), times: [50] });
  assert(still.density[1].every((p, i) => Math.abs(p - still.density[0][i]) < 1e-11));
  assert(Math.abs(still.entropyProduction[1]) < 1e-12);
});

Deno.test("the slowest rate in a double well is Kramers', and its prefactor the quadrature's", () => {
  // Mean first passage time from the left well's minimum to the barrier, by its double integral.
  const [beta, barrier] = [1, 5];
  const u = (x: number) => barrier * (x * x - 1) ** 2;
  const inner = (y: number) => integrate((z) => Math.exp(-beta * u(z)), -3, y).value;
  const passage = beta *
    integrate((y) => Math.exp(beta * u(y)) * inner(y), -1, 0, { relativeTolerance: 1e-8 }).value;
  // The populations relax at twice the hopping rate; a particle on the barrier falls back half the
  // time, so hops take twice the passage time: the slowest rate is 1/passage.
  const { density, centers } = fokkerPlanck({
    potential: u,
    beta,
    density: (x) => x < 0 ? Math.exp(-beta * u(x)) : 0,
    from: -2.5,
    to: 2.5,
    cells: 300,
    times: [passage / 4, passage / 2],
    substeps: 1,
  });
  const left = density.map((p) => {
    const share = p.reduce((total, value, i) => centers[i] < 0 ? total + value : total, 0);
    return share / p.reduce((total, value) => total + value, 0);
  });
  const rate = Math.log((left[1] - 0.5) / (left[2] - 0.5)) / (passage / 4);
  assert(Math.abs(rate * passage - 1) < 0.05, `${rate * passage}`);
});

Deno.test("T ≥ T_SL whatever the potential, to the error of the cells", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.2, max: 5, noNaN: true }),
      fc.double({ min: -2, max: 2, noNaN: true }),
      fc.double({ min: 0.3, max: 5, noNaN: true }),
      fc.double({ min: -1.5, max: 1.5, noNaN: true }),
      (barrier, tilt, beta, start) => {
        const { inefficiency, entropyProduction } = fokkerPlanck({
          potential: (x) => barrier * (x * x - 1) ** 2 + tilt * x + x * x / 2,
          beta,
          density: (x) => Math.exp(-((x - start) ** 2) / 0.2),
          from: -4.5,
          to: 4.5,
          cells: 200,
          times: [1e-3, 0.03, 1],
          substeps: 1,
        });
        assert(inefficiency.every((value) => value > 0.98), [...inefficiency].join());
        assert(entropyProduction.every((value, i) => value >= (entropyProduction[i - 1] ?? 0)));
      },
    ),
    { numRuns: 25 },
  );
});

Deno.test("bad options and walls that are reached are named", () => {
  const throws = (more: Partial<FokkerPlanckOptions>, message: RegExp) =>
    assert.throws(() => fokkerPlanck({ ...shifted(100), ...more }), message);
  throws({ beta: -1 }, /beta is -1/);
  throws({ from: 2, to: 1 }, /from is 2 and to is 1/);
  throws({ times: [1, 1] }, /times\[1\] is 1; times must increase/);
  throws({ times: [] }, /times is empty/);
  throws({ density: () => -1 }, /the density is -1/);
  throws({ density: [1, 2] }, /density has 2 values for 100 cells/);
  throws({ potential: () => NaN }, /the potential is NaN/);
  throws({ to: 1.5 }, /probability .* at the wall x = 1.5; take a longer stretch/);
});
