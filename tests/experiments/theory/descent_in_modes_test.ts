import assert from "node:assert/strict";
import fc from "fast-check";
import {
  descentInModes,
  descentSpeedLimit,
  discreteSpeedLimit,
  firstOrderRange,
  linearFlow,
} from "../../../lib/mod.ts";

const near = (value: number, expected: number, off = 1e-9) =>
  assert.ok(Math.abs(value - expected) <= off * Math.abs(expected), `${value} and ${expected}`);

/** Descent step by step, in the coordinates of the modes. */
function stepped(eigenvalues: number[], residue: number[], eta: number, steps: number) {
  const theta = residue.map((value, k) => value / Math.sqrt(eigenvalues[k]));
  const start = [...theta];
  const loss = () => theta.reduce((sum, x, k) => sum + eigenvalues[k] * x * x / 2, 0);
  const first = loss();
  let [stepSquaredSum, curvature] = [0, -Infinity];
  for (let i = 0; i < steps; i++) {
    const gradient = theta.map((x, k) => eigenvalues[k] * x);
    const square = gradient.reduce((sum, g) => sum + g * g, 0);
    curvature = Math.max(
      curvature,
      gradient.reduce((sum, g, k) => sum + eigenvalues[k] * g * g, 0) / square,
    );
    stepSquaredSum += eta * eta * square;
    gradient.forEach((g, k) => theta[k] -= eta * g);
  }
  const displacementSquared = theta.reduce((sum, x, k) => sum + (x - start[k]) ** 2, 0);
  return { lossDrop: first - loss(), displacementSquared, stepSquaredSum, curvature };
}

const modes = fc.array(
  fc.record({
    rate: fc.double({ min: 1e-3, max: 1, noNaN: true }),
    residue: fc.double({ min: 0.01, max: 3, noNaN: true }),
  }),
  { minLength: 1, maxLength: 6 },
);
const below = fc.double({ min: 0.01, max: 1.9, noNaN: true });

Deno.test("closed forms are the sums of the steps, and both limits of steps hold", () => {
  fc.assert(
    fc.property(modes, below, fc.integer({ min: 1, max: 40 }), (list, eta, steps) => {
      const [eigenvalues, residue] = [list.map((one) => one.rate), list.map((one) => one.residue)];
      const exact = descentInModes({ eigenvalues, residue }, { learningRate: eta, steps });
      const by = stepped(eigenvalues, residue, eta, steps);
      near(exact.lossDrop, by.lossDrop, 1e-8);
      near(exact.displacementSquared, by.displacementSquared, 1e-8);
      near(exact.stepSquaredSum, by.stepSquaredSum, 1e-8);
      assert.ok(discreteSpeedLimit(exact) <= steps * (1 + 1e-12));
      assert.ok(
        descentSpeedLimit({ ...exact, learningRate: eta, curvature: by.curvature }) <=
          steps * eta * (1 + 1e-12),
      );
      const flow = linearFlow({ eigenvalues, residue }).at(steps * eta);
      near(exact.flow, flow.inefficiency);
    }),
    { numRuns: 300 },
  );
});

Deno.test("one step attains both limits to 1e-12", () => {
  fc.assert(
    fc.property(modes, below, (list, eta) => {
      const [eigenvalues, residue] = [list.map((one) => one.rate), list.map((one) => one.residue)];
      const one = descentInModes({ eigenvalues, residue }, { learningRate: eta, steps: 1 });
      const { curvature } = stepped(eigenvalues, residue, eta, 1);
      near(discreteSpeedLimit(one), 1, 1e-12);
      near(descentSpeedLimit({ ...one, learningRate: eta, curvature }), eta, 1e-12);
      near(one.inefficiency, 1 - eta * curvature / 2, 1e-11);
    }),
    { numRuns: 300 },
  );
});

Deno.test("first order is the derivative at η = 0, and lies in its range", () => {
  fc.assert(
    fc.property(
      modes,
      fc.double({ min: 0.05, max: 50, noNaN: true }),
      (list, time) => {
        const [eigenvalues, residue] = [
          list.map((one) => one.rate),
          list.map((one) => one.residue),
        ];
        const curvature = Math.max(...eigenvalues);
        const at = (steps: number) => {
          const learningRate = time / steps;
          const one = descentInModes({ eigenvalues, residue }, { learningRate, steps });
          return { ...one, off: one.inefficiency / one.flow - 1, learningRate, steps };
        };
        const [coarse, fine] = [at(2e4), at(4e4)];
        // Richardson's step takes the second order off.
        const slope = (4 * fine.off - coarse.off) / (2 * fine.learningRate);
        const foretold = fine.firstOrder / fine.learningRate;
        assert.ok(Math.abs(slope - foretold) < 1e-4 * curvature + 1e-3 * Math.abs(foretold));
        for (const { firstOrder, learningRate, steps } of [coarse, fine]) {
          const [low, high] = firstOrderRange({ learningRate, curvature, steps });
          assert.ok(low <= firstOrder && firstOrder <= high);
        }
      },
    ),
    { numRuns: 200 },
  );
});

Deno.test("one mode alone has −½ηλ u/sinh u", () => {
  for (const time of [0.1, 1, 4]) {
    const steps = 100, learningRate = time / steps;
    const { firstOrder } = descentInModes({ eigenvalues: [1], residue: [2] }, {
      ...{ learningRate, steps },
    });
    near(firstOrder, -learningRate / 2 * time / Math.sinh(time), 1e-12);
  }
  assert.throws(
    () => descentInModes({ eigenvalues: [0], residue: [1] }, { learningRate: 1, steps: 1 }),
    /spectrum\.eigenvalues\[0\] is 0/,
  );
});
