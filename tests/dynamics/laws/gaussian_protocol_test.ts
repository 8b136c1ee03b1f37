import assert from "node:assert/strict";
import { gaussian, wasserstein2Squared } from "../../../lib/bounds/mod.ts";
import { fokkerPlanck } from "../../../lib/dynamics/laws/fokker_planck.ts";
import { gaussianProtocol } from "../../../lib/dynamics/laws/gaussian_protocol.ts";
import { lineProtocol } from "../../../lib/dynamics/laws/line_protocol.ts";
import { checkGradient } from "../../../lib/dynamics/laws/landscape.ts";
import { langevin } from "../../../lib/dynamics/laws/langevin.ts";
import { multiply } from "../../../lib/numerics/mod.ts";

const from = gaussian([0, 1], [[1, 0.4], [0.4, 2]]);
const to = gaussian([2, -1], [[0.5, -0.2], [-0.2, 0.3]]);
const drive = gaussianProtocol({ from, to, beta: 2, duration: 1.5 });

Deno.test("the law under the drive obeys the moment equations, and ends at p_1", () => {
  const close = (a: ArrayLike<number>, b: ArrayLike<number>, by: number) =>
    Array.from(a).every((x, i) => Math.abs(x - b[i]) < by);
  const [start, end] = [drive.at(0), drive.at(1.5)];
  assert(close(start.covariance.data, from.covariance.data, 1e-13));
  assert(close(end.covariance.data, to.covariance.data, 1e-13) && close(end.mean, to.mean, 1e-15));
  for (const t of [0.2, 0.75, 1.3]) {
    // dm/dt = −∇U(m), dC/dt = −kC − Ck + 2/β.
    const h = 1e-4;
    const [before, now, after] = [drive.at(t - h), drive.at(t), drive.at(t + h)];
    const { atMean, curvature } = drive.force(t);
    const kc = multiply(curvature, now.covariance).data;
    const rate = [0, 1, 2, 3].map((i) => -kc[i] - kc[[0, 2, 1, 3][i]] + (i % 3 === 0 ? 2 / 2 : 0));
    const measured = after.covariance.data.map((c, i) => (c - before.covariance.data[i]) / (2 * h));
    assert(close(measured, rate, 1e-6));
    assert(
      close(after.mean.map((m, i) => (m - before.mean[i]) / (2 * h)), atMean.map((f) => -f), 1e-8),
    );
  }
});

Deno.test("T = T_SL: β⁻¹R is W2²/T, and particles under the drive arrive", async () => {
  assert(Math.abs(drive.entropyProduction * 1.5 / wasserstein2Squared(from, to) - 1) < 1e-12);
  checkGradient(drive.landscape, [Float64Array.of(0.3, -1)], 0.7);
  const particles = 10_000;
  const { positions } = await langevin(drive.landscape, {
    beta: 2,
    from,
    particles,
    horizon: 1.5,
    steps: 300,
  });
  const { data } = positions[1];
  for (let k = 0; k < 2; k++) {
    const column = data.filter((_, at) => at % 2 === k);
    const mean = column.reduce((total, x) => total + x, 0) / particles;
    const variance = column.reduce((total, x) => total + (x - mean) ** 2, 0) / particles;
    const expected = to.covariance.data[3 * k];
    assert(Math.abs(mean - to.mean[k]) < 4 * Math.sqrt(expected / particles));
    assert(Math.abs(variance / expected - 1) < 4 * Math.sqrt(2 / particles) + 0.01);
  }
});

Deno.test("Fokker–Planck under the drive on the line measures T/T_SL = 1 within 1e-3", () => {
  const { landscape, entropyProduction } = gaussianProtocol({
    from: gaussian([0], [[1]]),
    to: gaussian([3], [[0.25]]),
    beta: 1,
    duration: 2,
  });
  const driven = fokkerPlanck({
    potential: (x, t) => landscape.value(Float64Array.of(x), t),
    beta: 1,
    density: (x) => Math.exp(-x * x / 2),
    from: -6,
    to: 7,
    cells: 400,
    times: [0.5, 2],
    substeps: 100,
  });
  assert(Math.abs(driven.inefficiency[2] - 1) < 1e-3, `${driven.inefficiency[2]}`);
  assert(Math.abs(driven.entropyProduction[2] / entropyProduction - 1) < 1e-3);
});

Deno.test("between the laws of a relaxing double well the drive on the line attains the limit", () => {
  const base = { beta: 1, from: -3, to: 3, cells: 400 };
  const natural = fokkerPlanck({
    ...base,
    potential: (x) => 2 * (x * x - 1) ** 2,
    density: (x) => Math.exp(-((x + 1) ** 2) / 0.2),
    times: [2],
  });
  const [start, end] = natural.density;
  const { edges } = natural;
  const driven = fokkerPlanck({
    ...base,
    potential: lineProtocol({
      from: { edges, density: start },
      to: { edges, density: end },
      beta: 1,
      duration: 2,
    }),
    density: start,
    times: [2e-4, 2e-3, 0.02, 0.2, 1, 2],
    substeps: 400,
  });
  assert(natural.inefficiency[1] > 2, `${natural.inefficiency[1]}`);
  const reached = driven.density.at(-1)!;
  const apart = reached.reduce((sum, p, i) => sum + Math.abs(p - end[i]) * 6 / 400, 0);
  assert(apart < 1e-3, `${apart}`);
  assert(Math.abs(driven.inefficiency.at(-1)! - 1) < 1e-3, `${driven.inefficiency.at(-1)}`);
});

Deno.test("bad drives are named", () => {
  const law = gaussian([0], [[1]]);
  const base = { from: law, to: law, beta: 1, duration: 1 };
  assert.throws(() => gaussianProtocol({ ...base, duration: 0 }), /duration is 0/);
  assert.throws(() => gaussianProtocol({ ...base, beta: -1 }), /beta is -1/);
  assert.throws(() => gaussianProtocol({ ...base, from: gaussian([0], [[0]]) }), /regular/);
  assert.throws(() => gaussianProtocol({ ...base, to: gaussian([0], [[0]]) }), /singular/);
  assert.throws(() => gaussianProtocol(base).at(1.5), /t is 1.5; the drive goes from 0 to 1/);
});
