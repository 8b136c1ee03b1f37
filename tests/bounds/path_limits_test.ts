/** Limits of steps with momentum, of preconditioned steps, cosines and schedules of paths: on random cases. */
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  bestSchedule,
  heavyBallSpeedLimit,
  nesterovSpeedLimit,
  observableSpeedLimit,
  pathCosine,
  preconditionedSpeedLimit,
} from "../../lib/bounds/mod.ts";

type Vector = readonly number[];
const dot = (a: Vector, b: Vector) => a.reduce((sum, x, i) => sum + x * b[i], 0);
const plus = (a: Vector, b: Vector, factor = 1) => a.map((x, i) => x + factor * b[i]);
const notAbove = (a: number, b: number, tolerance = 1e-9) =>
  assert.ok(a <= b + tolerance * Math.abs(b), `${a} is above ${b}`);
const near = (a: number, b: number, tolerance = 1e-9) =>
  assert.ok(Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b)), `${a} is not ${b}`);
const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const vector = fc.array(between(-2, 2), { minLength: 3, maxLength: 3 });

/** A quadratic of random curvatures, of either sign, in random axes. */
const quadratic = fc.record({
  rows: fc.array(vector, { minLength: 3, maxLength: 3 }),
  shift: between(-1, 1),
  slope: vector,
  start: vector,
}).map(({ rows, shift, slope, start }) => ({
  start,
  gradient: (x: Vector) =>
    rows.reduce((sum, row) => plus(sum, row, dot(row, x)), plus(slope, x, shift)),
}));

/** Momentum from rest, by the definitions in the JSDoc; F and what else the limits read. */
function momentumPath(
  { start, gradient }: { readonly start: Vector; readonly gradient: (x: Vector) => Vector },
  { momentum, eta, steps, lookAhead }: {
    readonly momentum: number;
    readonly eta: number;
    readonly steps: number;
    readonly lookAhead: boolean;
  },
) {
  let [x, v]: Vector[] = [start, start.map(() => 0)];
  let [first, squares] = [0, 0];
  for (let i = 0; i < steps; i++) {
    const g = gradient(x);
    v = plus(v.map((one) => momentum * one), g, -eta);
    const step = lookAhead ? plus(v.map((one) => momentum * one), g, -eta) : v;
    first -= dot(g, step);
    squares += dot(v, v);
    x = plus(x, step);
  }
  const moved = plus(x, start, -1);
  return { first, squares, moved, v };
}

Deno.test("Nesterov and heavy ball take no less time than their limits, in 2000 quadratic cases", () => {
  let near = 0;
  fc.assert(
    fc.property(
      quadratic,
      between(0, 0.95),
      between(0.001, 0.4),
      fc.integer({ min: 1, max: 40 }),
      (loss, momentum, learningRate, steps) => {
        const options = { momentum, eta: learningRate, steps };
        const ahead = momentumPath(loss, { ...options, lookAhead: true });
        const T = steps * learningRate;
        const lastVelocitySquared = dot(ahead.v, ahead.v);
        const phi = plus(ahead.moved, ahead.v, -momentum);
        if (dot(phi, phi) > 1e-9) {
          const limit = nesterovSpeedLimit({
            ...{ momentum, learningRate, firstOrderDrop: ahead.first, lastVelocitySquared },
            displacementSquared: dot(phi, phi),
          });
          notAbove(limit, T);
          if (limit > 0.5 * T) near++;
        }
        const ball = momentumPath(loss, { ...options, lookAhead: false });
        if (dot(ball.moved, ball.moved) > 1e-9) {
          const limit = heavyBallSpeedLimit({
            ...{ momentum, learningRate, curvature: 0, lossDrop: ball.first },
            displacementSquared: dot(ball.moved, ball.moved),
            lastStepSquared: dot(ball.v, ball.v),
          });
          notAbove(limit, T);
        }
      },
    ),
    { numRuns: 2000 },
  );
  assert.ok(near > 50, `the limit was near in ${near} cases: the test shows nothing`);
});

Deno.test("without momentum Nesterov's limit is descent's, down a line it is attained", () => {
  const line = { displacementSquared: 4, firstOrderDrop: 8, lastVelocitySquared: 0.04 };
  near(nesterovSpeedLimit({ momentum: 0, learningRate: 0.1, ...line }), 0.5);
  assert.throws(
    () => nesterovSpeedLimit({ momentum: 1, learningRate: 0.1, ...line }),
    /momentum is 1; it must be a number from 0, below 1/,
  );
  assert.throws(
    () => nesterovSpeedLimit({ momentum: 0.9, learningRate: 1e-3, ...line }),
    /lastVelocitySquared\/learningRate is -.* it must be positive/,
  );
});

Deno.test("preconditioned steps share no more than 1, in 2000 quadratic cases", () => {
  let near = 0;
  fc.assert(
    fc.property(
      quadratic,
      fc.array(fc.tuple(between(-2, 2), between(-2, 2), between(-2, 2)), {
        minLength: 1,
        maxLength: 30,
      }),
      (loss, logs) => {
        let x = loss.start;
        const sum = [0, 0, 0];
        let first = 0;
        for (const log of logs) {
          const g = loss.gradient(x);
          const metric = log.map((one) => 0.02 * Math.exp(one));
          const step = metric.map((m, i) => -m * g[i]);
          metric.forEach((m, i) => sum[i] += m);
          first -= dot(g, step);
          x = plus(x, step);
        }
        const displacement = plus(x, loss.start, -1);
        fc.pre(first > 1e-9);
        const share = preconditionedSpeedLimit({
          ...{ displacement, integratedPreconditioner: sum, lossDrop: first },
        });
        notAbove(share, 1);
        if (share > 0.5 && logs.length > 2) near++;
      },
    ),
    { numRuns: 2000 },
  );
  assert.ok(near > 50, `the limit was near in ${near} cases: the test shows nothing`);
});

Deno.test("a path's cosine is that of the speed limit of an observable", () => {
  // g = e^{−t}(1, 0), h = e^{−2t}(cos a, sin a): ∫g·h = cos a (1 − e^{−3T})/3, and so on.
  const [a, T, count] = [0.7, 2, 4000];
  const time = Array.from({ length: count + 1 }, (_, i) => i * T / count);
  const part = (rate: number) => (1 - Math.exp(-rate * T)) / rate;
  const cosine = pathCosine({
    time,
    products: time.map((t) => Math.cos(a) * Math.exp(-3 * t)),
    squares: time.map((t) => Math.exp(-2 * t)),
    otherSquares: time.map((t) => Math.exp(-4 * t)),
  });
  const exact = (Math.cos(a) * part(3)) ** 2 / (part(2) * part(4));
  near(cosine[count], exact, 1e-6);
  // T_SL/T of that observable.
  const limit = observableSpeedLimit({
    change: -Math.cos(a) * part(3),
    meanSquaredGradient: part(4) / T,
    lossDrop: part(2),
  });
  near(limit / T, exact, 1e-12);
  assert.throws(
    () => pathCosine({ time: [0, 0], products: [1, 1], squares: [1, 1], otherSquares: [1, 1] }),
    /time\[1\] is 0; it must be after 0/,
  );
  assert.throws(
    () => pathCosine({ time: [0, 1], products: [1, 1], squares: [1, -1], otherSquares: [1, 1] }),
    /squares\[1\] is -1; it must be 0 or more/,
  );
});

Deno.test("no cosine of a path is above 1", () => {
  // Squares of numbers below 1e-100 lose their digits where they underflow.
  const normal = vector.map((values) => values.map((x) => Math.abs(x) < 1e-100 ? 0 : x));
  const column = fc.array(fc.tuple(normal, normal), { minLength: 2, maxLength: 30 });
  fc.assert(fc.property(column, (gradients) => {
    const cosine = pathCosine({
      time: gradients.map((_, i) => i),
      products: gradients.map(([g, h]) => dot(g, h)),
      squares: gradients.map(([g]) => dot(g, g)),
      otherSquares: gradients.map(([, h]) => dot(h, h)),
    });
    cosine.forEach((value, i) => assert.ok(i === 0 || Number.isNaN(value) || value <= 1 + 1e-12));
  }));
});

Deno.test("the best schedule of a decay is its closed form", () => {
  // |∇L| = e^{−t}: l_γ = 1 − e^{−T}, ΔL = (1 − e^{−2T})/2, η* = ΔL e^t/l_γ, T* = l_γ²/ΔL = 2 tanh(T/2).
  const [T, count] = [3, 3000];
  const time = Array.from({ length: count + 1 }, (_, i) => i * T / count);
  const path = {
    time,
    pathLength: time.map((t) => -Math.expm1(-t)),
    lossDrop: time.map((t) => -Math.expm1(-2 * t) / 2),
  };
  const schedule = bestSchedule(path);
  near(schedule.time, 2 * Math.tanh(T / 2), 1e-12);
  near(schedule.gain, T / (2 * Math.tanh(T / 2)), 1e-12);
  const middle = (time[2000] + time[2001]) / 2;
  const [drop, length] = [path.lossDrop[count], path.pathLength[count]];
  near(schedule.rate[2000], drop * Math.exp(middle) / length, 1e-6);
  // Under its own rate the path takes T*; with a limit on η that does not bind, too.
  near(schedule.allowedTime, schedule.time, 1e-6);
  near(schedule.share, 1, 1e-5);
  // Where λ_max is so large that η ≤ 1 throughout, nothing is saved, and the slow start is lost.
  const lambdaMax = time.map(() => 2);
  const bound = bestSchedule({ ...path, lambdaMax }, { step: 1 });
  assert.ok(bound.allowed.every((one) => one <= 1) && bound.share <= 0);
  assert.ok(bound.allowedTime > T);
});

Deno.test("what is no path has no schedule", () => {
  const path = { time: [0, 1], pathLength: [0, 1], lossDrop: [0, 1] };
  assert.ok(Number.isNaN(bestSchedule(path).share), "a constant speed has nothing to save");
  assert.throws(() => bestSchedule({ ...path, lossDrop: [0, 0] }), /lossDrop/);
  assert.throws(() => bestSchedule({ ...path, time: [0] }), /path.time has 1 entries/);
  assert.throws(() => bestSchedule(path, { step: 1 }), /step is 1 without path.lambdaMax/);
});
