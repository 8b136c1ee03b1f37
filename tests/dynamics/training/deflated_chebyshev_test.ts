// The method that sets the stiffest directions apart, on flows that are known in closed form or by a
// fine Runge–Kutta of order four.
import assert from "node:assert/strict";
import { flowCubic } from "../../../lib/dynamics/training/flow_curve.ts";
import type { FlowPoint, FlowTerm } from "../../../lib/dynamics/training/flow_term.ts";
import { deflatedChebyshev } from "../../../lib/dynamics/training/solvers/deflated_chebyshev.ts";
import type { FlowSolver } from "../../../lib/dynamics/training/solvers/mod.ts";
import { rungeKuttaChebyshev } from "../../../lib/dynamics/training/solvers/runge_kutta_chebyshev.ts";
import {
  packed,
  stiffDirectionsAt,
  topOutput,
  unpacked,
} from "../../../lib/dynamics/training/solvers/stiff_directions.ts";
import { constant, randomStream } from "../../../lib/numerics/mod.ts";
import { lookUp, solveOde, startState, unfold } from "../../../lib/numerics/ode/mod.ts";
import { norm, product } from "../../../lib/numerics/vectors.ts";

/** Six rates that stand out, and forty below 5. */
const RATES = [2000, 900, 700, 400, 300, 150, ...Array.from({ length: 40 }, (_, i) => 5 / (i + 1))];
const SIZE = RATES.length;

/** y ↦ y − 2 (w·y) w, which turns all axes. */
const mirror = (() => {
  const w = randomStream(5, "deflated test").normal(SIZE);
  const length = norm(w);
  return (y: Float64Array) => {
    const part = 2 * product(w, y) / length ** 2;
    return y.map((value, i) => value - part * w[i]);
  };
})();

/** The gradient flow of Σ λ_i x_i²/2 + bend Σ (1 − cos y_i), x being y mirrored; its evaluations counted. */
function termOf(bend = 0) {
  const count = { evaluations: 0 };
  const velocity = (y: Float64Array) =>
    mirror(mirror(y).map((x, i) => -RATES[i] * x)).map((v, i) => v - bend * Math.sin(y[i]));
  const evaluate = (y: Float64Array): Promise<FlowPoint> => {
    count.evaluations++;
    const loss = mirror(y).reduce(
      (sum, x, i) => sum + RATES[i] * x * x / 2 + bend * (1 - Math.cos(y[i])),
      0,
    );
    return Promise.resolve({ loss, velocity: velocity(y) });
  };
  const term = {
    evaluate,
    hessianProduct: (y: Float64Array, point: FlowPoint) => async (v: Float64Array) => {
      const by = 1e-4 / norm(v);
      const { velocity } = await evaluate(y.map((value, i) => value + by * v[i]));
      return velocity.map((value, i) => (point.velocity[i] - value) / by);
    },
    kernelQuotient: () => Promise.resolve(RATES[0]),
    largestEigenvalue: () =>
      Promise.resolve({
        value: RATES[0],
        vector: mirror(Float64Array.from(RATES, (_, i) => Number(i === 0))),
      }),
    pulledBack: (_: Float64Array, v: Float64Array) =>
      Promise.resolve(mirror(mirror(v).map((x, i) => Math.sqrt(RATES[i]) * x))),
    targets: new Float32Array(SIZE),
  };
  return { term: term as unknown as FlowTerm, count, velocity };
}

const origin = mirror(Float64Array.from(RATES, (_, i) => 1 + i % 3));

/** The same without what is fast. */
const slow = mirror(mirror(origin).map((x, i) => i < 6 ? 0 : x));

/** From `start`, to the horizon; with the length of the path. */
async function integrated(
  solver: FlowSolver,
  { bend, horizon, start = origin }: {
    readonly bend?: number;
    readonly horizon: number;
    readonly start?: Float64Array;
  },
) {
  const { term, count } = termOf(bend);
  const point = await term.evaluate(start);
  const lookedUp = await unfold(lookUp(term, solver, { position: start, point, step: 0 }));
  let pathLength = 0;
  const { position } = await unfold(solveOde(
    term,
    startState({ position: start, point, lookedUp }, solver.controller),
    {
      ...{ solver, horizon },
      recorder: {
        take({ before, attempt: { curve, end, increment }, h }) {
          pathLength += (curve ?? flowCubic(before.point, end, increment, h)).pathLength(1);
        },
      },
    },
  ));
  return { position, pathLength, evaluations: count.evaluations };
}

const distance = (a: Float64Array, b: Float64Array) => norm(a.map((value, i) => value - b[i]));

Deno.test("what is packed comes out again", () => {
  const directions = [mirror(Float64Array.from(RATES, (_, i) => Number(i === 3)))];
  const start = Float64Array.from(RATES, (_, i) => i - 3);
  const again = unpacked(packed({ directions, rates: [7], left: 2, start }), SIZE);
  assert(Math.abs(again.rates[0] - 7) < 1e-12 && Math.abs(again.left - 2) < 1e-12);
  assert(distance(again.directions[0], directions[0]) < 1e-12);
  assert(distance(again.start, start.map((value) => 2 * value / norm(start))) < 1e-12);
});

Deno.test("the directions that stand out are found, and a bound of what is left", async () => {
  const { term } = termOf(1);
  const point = await term.evaluate(origin);
  const at = { position: origin, point, h: 0.1 };
  const first = await stiffDirectionsAt(term, { ...at, step: 0 }, 5);
  assert.equal(first.value, RATES[0]);
  assert.equal(topOutput(first.vector)?.value, RATES[0]);
  // Steps are too short for a search yet.
  const soon = { ...at, h: 7 / RATES[0], step: 5, from: first.vector };
  assert.deepEqual(await stiffDirectionsAt(term, soon, 5), first);
  const { vector } = await stiffDirectionsAt(term, { ...at, step: 5, from: first.vector }, 5);
  const { directions, rates, left } = unpacked(vector, SIZE);
  assert(directions.length >= 6, `${rates}`);
  for (let i = 0; i < 6; i++) {
    assert(Math.abs(rates[i] / RATES[i] - 1) < 0.01, `${rates[i]} for ${RATES[i]}`);
    assert(Math.abs(mirror(directions[i])[i]) > 0.999);
  }
  assert(left > 0.5 && left < 30, `${left}`);
});

Deno.test("a kernel of rank one is found from either side, and one of rank none left alone", async () => {
  for (const [rate, sign] of [[3, 1], [3, -1], [0, 1]]) {
    const velocity = (y: Float64Array) => Float64Array.of(-rate * y[0], 0);
    const position = Float64Array.of(1, 1);
    const term = {
      hessianProduct: () => (v: Float64Array) => Promise.resolve(velocity(v).map((x) => -x)),
      kernelQuotient: () => Promise.resolve(rate),
      pulledBack: (_: Float64Array, v: Float64Array) =>
        Promise.resolve(Float64Array.of(rate * v[0], 0)),
      targets: new Float32Array(1),
    } as unknown as FlowTerm;
    const start = Float64Array.of(sign, 0);
    const from = packed({ directions: [], rates: [], left: rate, start });
    const at = {
      position,
      point: { loss: 1, velocity: velocity(position) },
      step: 5,
      from,
      h: 0.1,
    };
    const { value, vector } = await stiffDirectionsAt(term, at, 5);
    assert.equal(value, rate);
    assert(vector.every(Number.isFinite));
    assert(unpacked(vector, 2).left >= rate);
  }
});

Deno.test("the method is of second order, whether its directions are right or not", async () => {
  const bend = 3, horizon = 0.5;
  const { velocity } = termOf(bend);
  // Order four, at steps of which the error is 1e-9.
  let exact = slow;
  const steps = 2000, h = horizon / steps;
  for (let step = 0; step < steps; step++) {
    const moved = (k: Float64Array, share: number) => exact.map((y, i) => y + share * h * k[i]);
    const k1 = velocity(exact), k2 = velocity(moved(k1, 0.5));
    const k3 = velocity(moved(k2, 0.5)), k4 = velocity(moved(k3, 1));
    exact = exact.map((y, i) => y + h * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]) / 6);
  }
  const axis = (i: number, tilt: number) => {
    const vector = Float64Array.from(RATES, (_, k) => k === i ? 1 : k === i + 6 ? tilt : 0);
    return mirror(vector.map((value) => value / norm(vector)));
  };
  const errorOf = async (count: number, tilt: number) => {
    const vector = packed({
      directions: Array.from({ length: 6 }, (_, i) => axis(i, tilt)),
      rates: RATES.slice(0, 6).map((rate) => 1.05 * rate),
      left: 10,
      start: axis(0, 0),
    });
    const solver: FlowSolver = {
      ...deflatedChebyshev(),
      controller: constant(RATES[0] * horizon / count),
      lookUp: () => Promise.resolve({ value: RATES[0], vector }),
    };
    const { position } = await integrated(solver, { bend, horizon, start: slow });
    return distance(position, exact);
  };
  for (const tilt of [0, 0.02]) {
    const errors = [];
    for (const count of [32, 64, 512, 1024]) errors.push(await errorOf(count, tilt));
    const [long, short] = [Math.log2(errors[0] / errors[1]), Math.log2(errors[2] / errors[3])];
    // Where h λ is 16 to 32 what is coupled to the fast takes some of the order.
    assert(long > 1.4 && errors[1] < 1e-3, `errors ${errors}, order ${long}`);
    assert(short > 1.8, `errors ${errors}, order ${short}`);
  }
});

Deno.test("a stiff linear flow takes less than half of Runge–Kutta–Chebyshev's gradients", async () => {
  const horizon = 30;
  const exact = mirror(mirror(origin).map((x, i) => x * Math.exp(-RATES[i] * horizon)));
  const usual = await integrated(rungeKuttaChebyshev() as FlowSolver, { horizon });
  const deflated = await integrated(deflatedChebyshev(), { horizon });
  const way = distance(exact, origin);
  for (const { position } of [usual, deflated]) {
    assert(distance(position, exact) < 0.01 * way, `${distance(position, exact) / way}`);
  }
  // The length by ten thousand chords, closer where all is fast.
  let length = 0;
  const at = (t: number) => RATES.map((rate, i) => (1 + i % 3) * Math.exp(-rate * t));
  for (let i = 0, last = at(0); i < 10000; i++) {
    const next = at(horizon * ((i + 1) / 10000) ** 4);
    length += Math.hypot(...next.map((x, k) => x - last[k]));
    last = next;
  }
  assert(Math.abs(deflated.pathLength / length - 1) < 0.01, `${deflated.pathLength} for ${length}`);
  const counts = `${deflated.evaluations} for ${usual.evaluations}`;
  assert(deflated.evaluations < usual.evaluations / 2, counts);
});
