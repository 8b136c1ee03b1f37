/** Bounds on steps, on preconditioned flows, with momentum, and of observables: on random cases. */
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  descentSpeedLimit,
  discreteSpeedLimit,
  heavyBallSpeedLimit,
  momentumSpeedLimit,
  observableSpeedLimit,
  preconditionedSpeedLimit,
} from "../../lib/bounds/mod.ts";

type Vector = readonly number[];
const dot = (a: Vector, b: Vector) => a.reduce((sum, x, i) => sum + x * b[i], 0);
const plus = (a: Vector, b: Vector, factor = 1) => a.map((x, i) => x + factor * b[i]);
const near = (a: number, b: number, tolerance = 1e-9) =>
  assert.ok(Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b)), `${a} is not ${b}`);
const notAbove = (a: number, b: number, tolerance = 1e-9) =>
  assert.ok(a <= b + tolerance * Math.abs(b), `${a} is above ${b}`);

const number = (bound: number) => fc.double({ min: -bound, max: bound, noNaN: true });
const positive = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const DIMENSIONS = 3;
const vector = fc.array(number(2), { minLength: DIMENSIONS, maxLength: DIMENSIONS });

/** ½ θᵀ(BᵀB + c)θ + Σ k_i |θ_i| + s·θ: curved, with kinks, and where c < 0 not convex. */
const loss = fc.record({
  b: fc.array(vector, { minLength: 3, maxLength: 3 }),
  k: vector,
  s: vector,
  c: number(1),
})
  .map(({ b, k, s, c }) => ({
    value: (x: Vector) =>
      b.reduce((sum, row) => sum + dot(row, x) ** 2 / 2, c * dot(x, x) / 2) +
      x.reduce((sum, value, i) => sum + k[i] * Math.abs(value), 0) + dot(s, x),
    gradient: (x: Vector) =>
      b.reduce(
        (sum, row) => plus(sum, row, dot(row, x)),
        x.map((value, i) => c * value + k[i] * Math.sign(value) + s[i]),
      ),
  }));
type Loss = { value(x: Vector): number; gradient(x: Vector): Vector };

/** Heavy ball from rest, with all that its bound reads. */
function heavyBall(
  { value, gradient }: Loss,
  start: Vector,
  momentum: number,
  learningRate: number,
  steps: number,
) {
  let [x, v]: Vector[] = [start, start.map(() => 0)];
  let [curvature, squares] = [-Infinity, 0];
  for (let i = 0; i < steps; i++) {
    const g = gradient(x);
    v = plus(v.map((component) => momentum * component), g, -learningRate);
    const next = plus(x, v);
    const rise = value(next) - value(x) - dot(g, v);
    if (dot(v, v) > 0) curvature = Math.max(curvature, 2 * rise / dot(v, v));
    squares += dot(v, v);
    x = next;
  }
  const moved = plus(x, start, -1);
  return {
    momentum,
    learningRate,
    curvature,
    displacementSquared: dot(moved, moved),
    lossDrop: value(start) - value(x),
    lastStepSquared: dot(v, v),
    squares,
  };
}

Deno.test("no fewer steps go so far; equal steps attain it", () => {
  fc.assert(fc.property(fc.array(vector, { minLength: 1, maxLength: 20 }), (steps) => {
    const stepSquaredSum = steps.reduce((sum, step) => sum + dot(step, step), 0);
    fc.pre(stepSquaredSum > 1e-6);
    const sum = steps.reduce((total, step) => plus(total, step));
    notAbove(
      discreteSpeedLimit({ displacementSquared: dot(sum, sum), stepSquaredSum }),
      steps.length,
    );
    const [step] = steps;
    fc.pre(dot(step, step) > 1e-6);
    const n = steps.length;
    near(
      discreteSpeedLimit({
        displacementSquared: n * n * dot(step, step),
        stepSquaredSum: n * dot(step, step),
      }),
      n,
    );
  }));
});

Deno.test("gradient descent on losses with kinks takes no less time; one step attains it", () => {
  let bound = 0;
  fc.assert(
    fc.property(
      loss,
      vector,
      positive(0.001, 0.5),
      fc.integer({ min: 1, max: 30 }),
      (loss, start, eta, steps) => {
        const path = heavyBall(loss, start, 0, eta, steps);
        fc.pre(path.lossDrop > 1e-4 && path.squares > 1e-6);
        const limit = descentSpeedLimit(path);
        notAbove(limit, steps * eta, 1e-8);
        if (limit > 0.5 * steps * eta) bound++;
        const single = heavyBall(loss, start, 0, eta, 1);
        fc.pre(single.lossDrop > 1e-4 && single.squares > 1e-6);
        near(descentSpeedLimit(single), eta, 1e-6);
      },
    ),
    { numRuns: 400 },
  );
  assert.ok(bound > 20, "the bound was near in no case: the test shows nothing");
});

Deno.test("heavy ball takes no less time; without momentum it is descent", () => {
  let bound = 0;
  fc.assert(
    fc.property(
      fc.tuple(
        loss,
        vector,
        positive(0.001, 0.2),
        positive(0, 0.95),
        fc.integer({ min: 1, max: 40 }),
      ),
      ([loss, start, eta, momentum, steps]) => {
        const path = heavyBall(loss, start, momentum, eta, steps);
        const dissipated = path.lossDrop - momentum * path.lastStepSquared / (2 * eta);
        const factor = 1 - momentum - eta * path.curvature / 2;
        fc.pre(path.squares > 1e-6);
        // What the bound stands on, whichever signs: ΔL − μ|v_N|²/(2η) ≥ factor · Σ|v|²/η.
        assert.ok(dissipated >= factor * path.squares / eta - 1e-9 * (1 + path.squares / eta));
        fc.pre(dissipated > 1e-4);
        const limit = heavyBallSpeedLimit(path);
        notAbove(limit, steps * eta, 1e-8);
        if (limit > 0.3 * steps * eta) bound++;
        if (path.lossDrop > 0) {
          near(heavyBallSpeedLimit({ ...path, momentum: 0 }), descentSpeedLimit(path));
        }
      },
    ),
    { numRuns: 400 },
  );
  assert.ok(bound > 20, "the bound was near in no case: the test shows nothing");
});

Deno.test("down a line, the slack of heavy ball's bound is what its changes of speed cost", () => {
  const line: Loss = { value: (x) => -2 * x[0], gradient: () => [-2] };
  const [momentum, eta] = [0.9, 0.1];
  for (const steps of [1, 2, 7]) {
    const path = heavyBall(line, [0], momentum, eta, steps);
    // ΔL − μ |v_N|²/(2η) = (1 − μ) Σ|v|²/η + μ Σ|v_{i+1} − v_i|²/(2η), v_{i+1} − v_i = 2 η μ^i
    let changes = 0;
    for (let i = 0; i < steps; i++) changes += (2 * eta * momentum ** i) ** 2;
    const dissipated = (1 - momentum) * path.squares / eta + momentum * changes / (2 * eta);
    near(
      heavyBallSpeedLimit({ ...path, curvature: 0 }),
      (1 - momentum) * path.displacementSquared / dissipated,
    );
  }
  const long = heavyBall(line, [0], momentum, eta, 20_000);
  const limit = heavyBallSpeedLimit(long);
  assert.ok(limit < 2000 && limit > 0.998 * 2000, `${limit}`);
});

Deno.test("a flow with mass and friction takes no less time than its limit, and more for m > 0", () => {
  fc.assert(fc.property(
    fc.tuple(positive(0.2, 3), positive(0.05, 2), positive(0.1, 3), positive(0.1, 4)),
    ([friction, mass, curvature, T]) => {
      // m x'' + γ x' = −κ x from x = 1 at rest, in closed form with complex roots r± = −a ± √D.
      const [a, d] = [friction / (2 * mass), (friction / (2 * mass)) ** 2 - curvature / mass];
      fc.pre(Math.abs(d) > 1e-3);
      const root = Math.sqrt(Math.abs(d));
      const cosh = d > 0 ? Math.cosh(root * T) : Math.cos(root * T);
      const sinh = (d > 0 ? Math.sinh(root * T) : Math.sin(root * T)) / root;
      const decay = Math.exp(-a * T);
      const x = decay * (cosh + a * sinh);
      const v = -curvature / mass * decay * sinh;
      fc.pre(Math.abs(1 - x) > 1e-3);
      const limit = momentumSpeedLimit({
        friction,
        mass,
        displacementSquared: (1 - x) ** 2,
        lossDrop: curvature * (1 - x * x) / 2,
        speedSquared: v * v,
      });
      assert.ok(limit < T, `${limit} is not below ${T}`);
    },
  ));
});

Deno.test("a preconditioned path has a share of at most 1: steps exactly, and 1 for a constant gradient", () => {
  const diagonal = fc.array(positive(0.05, 3), { minLength: 3, maxLength: 3 });
  fc.assert(fc.property(
    fc.array(fc.tuple(vector, diagonal), { minLength: 1, maxLength: 12 }),
    vector,
    (steps, constant) => {
      const run = (gradientOf: (gradient: Vector) => Vector) => {
        let [displacement, sum]: Vector[] = [[0, 0, 0], [0, 0, 0]];
        let lossDrop = 0;
        for (const [drawn, m] of steps) {
          const gradient = gradientOf(drawn);
          const step = gradient.map((g, i) => -m[i] * g);
          displacement = plus(displacement, step);
          sum = plus(sum, m);
          lossDrop -= dot(gradient, step);
        }
        const matrix = sum.map((value, i) => sum.map((_, j) => i === j ? value : 0));
        fc.pre(lossDrop > 1e-6);
        const share = preconditionedSpeedLimit({
          displacement,
          integratedPreconditioner: sum,
          lossDrop,
        });
        near(
          preconditionedSpeedLimit({ displacement, integratedPreconditioner: matrix, lossDrop }),
          share,
        );
        return share;
      };
      notAbove(run((gradient) => gradient), 1);
      near(run(() => constant), 1);
    },
  ));
});

Deno.test("steps by any positive definite matrices too", () => {
  const positiveDefinite = fc.array(vector, { minLength: 3, maxLength: 3 }).map((b) =>
    b.map((row, i) => b.map((other, j) => dot(row, other) + (i === j ? 0.2 : 0)))
  );
  const step = fc.tuple(vector, positiveDefinite);
  fc.assert(fc.property(
    fc.array(step, { minLength: 1, maxLength: 8 }),
    vector,
    (steps, constant) => {
      const share = (gradientOf: (drawn: Vector) => Vector) => {
        let displacement: Vector = [0, 0, 0];
        let sum: Vector[] = [[0, 0, 0], [0, 0, 0], [0, 0, 0]];
        let lossDrop = 0;
        for (const [drawn, m] of steps) {
          const gradient = gradientOf(drawn);
          const delta = m.map((row) => -dot(row, gradient));
          displacement = plus(displacement, delta);
          sum = sum.map((row, i) => plus(row, m[i]));
          lossDrop -= dot(gradient, delta);
        }
        fc.pre(lossDrop > 1e-6);
        return preconditionedSpeedLimit({
          displacement,
          integratedPreconditioner: sum.map((row) => [...row]),
          lossDrop,
        });
      };
      notAbove(share((drawn) => drawn), 1);
      near(share(() => constant), 1);
    },
  ));
});

Deno.test("an observable changes no faster; the loss itself attains its limit", () => {
  fc.assert(fc.property(
    fc.tuple(
      vector,
      fc.array(positive(0.05, 3), { minLength: 3, maxLength: 3 }),
      vector,
      vector,
      positive(0.1, 4),
    ),
    ([start, curvatures, s, q, T]) => {
      fc.pre(dot(start, start) > 0.01);
      const at = (t: number) => start.map((x, k) => x * Math.exp(-curvatures[k] * t));
      const loss = (x: Vector) =>
        x.reduce((sum, value, k) => sum + curvatures[k] * value * value / 2, 0);
      const lossDrop = loss(start) - loss(at(T));
      const limit = (value: (x: Vector) => number, gradient: (x: Vector) => Vector) => {
        let integral = 0; // Simpson
        const pieces = 2000;
        for (let i = 0; i <= pieces; i++) {
          const g = gradient(at(T * i / pieces));
          integral += dot(g, g) * (i === 0 || i === pieces ? 1 : i % 2 ? 4 : 2) / (3 * pieces);
        }
        return observableSpeedLimit({
          change: value(at(T)) - value(start),
          meanSquaredGradient: integral,
          lossDrop,
        });
      };
      fc.pre(dot(s, s) > 0.01);
      notAbove(
        limit(
          (x) => dot(s, x) + x.reduce((sum, y, k) => sum + q[k] * y * y / 2, 0),
          (x) => x.map((y, k) => s[k] + q[k] * y),
        ),
        T,
      );
      near(limit((x) => -3 * loss(x), (x) => x.map((y, k) => -3 * curvatures[k] * y)), T, 1e-7);
    },
  ));
});

Deno.test("nothing moved is a bound of 0; bad arguments are named", () => {
  const still = { displacementSquared: 0, lossDrop: 0, learningRate: 0.1, curvature: 30 };
  assert.equal(discreteSpeedLimit({ displacementSquared: 0, stepSquaredSum: 0 }), 0);
  assert.equal(descentSpeedLimit(still), 0);
  assert.equal(heavyBallSpeedLimit({ ...still, momentum: 0.5, lastStepSquared: 0 }), 0);
  assert.equal(momentumSpeedLimit({ ...still, friction: 1, mass: 1, speedSquared: 0 }), 0);
  assert.equal(observableSpeedLimit({ change: 0, meanSquaredGradient: 0, lossDrop: 0 }), 0);
  assert.equal(
    preconditionedSpeedLimit({
      displacement: [0, 0],
      integratedPreconditioner: [0, 1],
      lossDrop: 0,
    }),
    0,
  );
  const throws = (call: () => number, message: RegExp) =>
    assert.throws(call, (error) => error instanceof RangeError && message.test(error.message));
  throws(
    () => discreteSpeedLimit({ displacementSquared: 1, stepSquaredSum: 0 }),
    /stepSquaredSum is 0 while displacementSquared is 1/,
  );
  throws(
    () => descentSpeedLimit({ ...still, displacementSquared: 1, lossDrop: -2 }),
    /lossDrop is -2/,
  );
  throws(
    () => descentSpeedLimit({ ...still, displacementSquared: -1 }),
    /displacementSquared is -1/,
  );
  throws(() => descentSpeedLimit({ ...still, learningRate: 0 }), /learningRate is 0/);
  throws(() => descentSpeedLimit({ ...still, curvature: NaN }), /curvature is NaN/);
  throws(() => heavyBallSpeedLimit({ ...still, momentum: 1, lastStepSquared: 0 }), /momentum is 1/);
  throws(
    () =>
      momentumSpeedLimit({
        ...still,
        displacementSquared: 1,
        friction: 1,
        mass: 2,
        speedSquared: 3,
      }),
    /lossDrop − ½ mass · speedSquared is -3/,
  );
  throws(
    () => observableSpeedLimit({ change: 1, meanSquaredGradient: 0, lossDrop: 1 }),
    /meanSquaredGradient is 0/,
  );
  const pair = { displacement: [1, 2], lossDrop: 1 };
  throws(
    () => preconditionedSpeedLimit({ ...pair, integratedPreconditioner: [1, 0] }),
    /integratedPreconditioner\[1\] is 0/,
  );
  throws(
    () => preconditionedSpeedLimit({ ...pair, integratedPreconditioner: [1] }),
    /integratedPreconditioner has 1 number; it must have 2/,
  );
  throws(
    () => preconditionedSpeedLimit({ ...pair, integratedPreconditioner: [[1]] }),
    /integratedPreconditioner has 1 rows; it must have 2/,
  );
  throws(
    () => preconditionedSpeedLimit({ ...pair, integratedPreconditioner: [[1, 2], [2, 1]] }),
    /not positive definite/,
  );
});
