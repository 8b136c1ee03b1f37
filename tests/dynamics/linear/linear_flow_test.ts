import assert from "node:assert/strict";
import fc from "fast-check";
import { linearFlow } from "../../../lib/dynamics/linear/linear_flow.ts";
import golden from "../../golden/linear_flow.json" with { type: "json" };

const powerLaw = (modes: number, alpha: number, delta: number) => ({
  eigenvalues: Float64Array.from({ length: modes }, (_, k) => (k + 1) ** -alpha),
  residue: Float64Array.from({ length: modes }, (_, k) => (k + 1) ** (-delta / 2)),
});

const spectra = [
  ...golden.spectra,
  ...golden.powerLaws.map(({ modes, alpha, delta, points }) => ({
    name: `${modes} modes, compressed, alpha ${alpha}, delta ${delta}`,
    ...powerLaw(modes, alpha, delta),
    points,
  })),
];
for (const { name, eigenvalues, residue, points } of spectra) {
  Deno.test(`linearFlow agrees with high precision to 1e-10: ${name}`, () => {
    const flow = linearFlow({ eigenvalues, residue });
    for (const expected of points) {
      const point = flow.at(expected.time);
      for (const key of Object.keys(expected) as (keyof typeof expected)[]) {
        const error = Math.abs(point[key] / expected[key] - 1);
        assert(error < 1e-10, `${key} at T = ${expected.time}: ${point[key]}, off by ${error}`);
      }
    }
  });
}

Deno.test("T ≥ T_SL, and the two factors are at least 1 and give the inefficiency", () => {
  const mode = fc.tuple(
    fc.double({ min: -12, max: 12, noNaN: true }),
    fc.double({ min: -3, max: 3, noNaN: true }),
  );
  fc.assert(
    fc.property(
      fc.array(mode, { minLength: 1, maxLength: 30 }),
      fc.double({ min: -12, max: 12, noNaN: true }),
      (modes, logTime) => {
        const { inefficiency, tortuosity, speedSpread } = linearFlow({
          eigenvalues: modes.map(([log]) => 10 ** log),
          residue: modes.map(([, delta]) => delta),
        }).at(10 ** logTime);
        assert(inefficiency >= 1 - 1e-12 && tortuosity >= 1 - 1e-11 && speedSpread >= 1 - 1e-11);
        assert(Math.abs(speedSpread * tortuosity ** 2 / inefficiency - 1) < 1e-12);
      },
    ),
    { numRuns: 300 },
  );
});

Deno.test("many modes, compressed, give the sums over all of them", () => {
  const { eigenvalues, residue } = powerLaw(200_000, 0.8, 0.4);
  const flow = linearFlow({ eigenvalues, residue });
  for (const T of [1e-9, 1e-3, 1, 40, 1e4, 1e9]) {
    let drop = 0, square = 0;
    for (let k = eigenvalues.length - 1; k >= 0; k--) {
      drop -= residue[k] ** 2 * Math.expm1(-2 * eigenvalues[k] * T) / 2;
      square += residue[k] ** 2 * Math.expm1(-eigenvalues[k] * T) ** 2 / eigenvalues[k];
    }
    const point = flow.at(T);
    assert(Math.abs(point.lossDrop / drop - 1) < 1e-12, `loss drop at ${T}`);
    assert(Math.abs(point.displacementSquared / square - 1) < 1e-12, `displacement at ${T}`);
  }
});

Deno.test("the plateau of a power law is the closed form of its window", () => {
  // r = (1 − δ)/α: T/T_SL = (1 + r)/(4 (1 − 2^−r)), tortuosity² = r/((1 + r)(1 − 2^−r)).
  const [alpha, delta, T] = [2, 0, 1e6];
  const r = (1 - delta) / alpha;
  const { inefficiency, tortuosity } = linearFlow(powerLaw(1_000_000, alpha, delta)).at(T);
  assert(Math.abs(inefficiency / ((1 + r) / (4 * (1 - 2 ** -r))) - 1) < 3e-3, `${inefficiency}`);
  assert(Math.abs(tortuosity ** 2 / (r / ((1 + r) * (1 - 2 ** -r))) - 1) < 3e-3, `${tortuosity}`);
});

Deno.test("along gives the points as columns; a residue on zero modes alone moves nothing", () => {
  const flow = linearFlow(powerLaw(10, 1, 1));
  const { time, inefficiency } = flow.along([0, 1, 2]);
  assert.deepEqual([...time], [0, 1, 2]);
  assert.deepEqual([...inefficiency], [1, flow.at(1).inefficiency, flow.at(2).inefficiency]);
  // Stretch by stretch, in whatever order the times are asked for.
  const times = [3, 1e-9, 0.2, 1e6, 40, 0.2, 1e-7, 0];
  const { tortuosity, pathLength } = flow.along(times);
  times.forEach((T, i) => {
    assert(Math.abs(tortuosity[i] / flow.at(T).tortuosity - 1) < 1e-12, `T = ${T}`);
    if (T > 0) assert(Math.abs(pathLength[i] / flow.at(T).pathLength - 1) < 1e-12, `T = ${T}`);
  });
  const still = linearFlow({ eigenvalues: [1, 0, -1e-12], residue: [0, 1, 1] }).at(5);
  assert.deepEqual([still.lossDrop, still.speedLimit, still.inefficiency], [0, 0, 1]);
});

Deno.test("bad spectra and times are named", () => {
  const message = (eigenvalues: number[], residue: number[], T = 1) => () =>
    linearFlow({ eigenvalues, residue }).at(T);
  assert.throws(message([1, 2], [1]), /residue has 1 number; it must have 2/);
  assert.throws(message([], []), /eigenvalues is empty/);
  assert.throws(message([1, NaN], [1, 1]), /eigenvalues\[1\] is NaN/);
  assert.throws(message([1, -0.1], [1, 1]), /eigenvalues\[1\] is -0.1, far below 0/);
  assert.throws(message([1], [1], -1), /T is -1; it must be a finite number from 0 up/);
  assert.throws(message([1], [1], Infinity), /T is Infinity/);
});
