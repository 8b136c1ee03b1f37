import assert from "node:assert/strict";
import fc from "fast-check";
import { gaussian } from "../../../lib/bounds/mod.ts";
import { benamouBrenierChain } from "../../../lib/dynamics/laws/benamou_brenier.ts";
import golden from "../../golden/benamou_brenier.json" with { type: "json" };

Deno.test("the three terms are SciPy's, by points that it moves along v", () => {
  const { curvature, minimum, beta, horizon, mean, covariance } = golden;
  const from = gaussian(mean, covariance);
  const chain = benamouBrenierChain({ potential: { minimum, curvature }, beta, from, horizon });
  for (const name of ["w2Squared", "meanSquaredMove", "timeTimesDissipation"] as const) {
    assert(Math.abs(chain[name] / golden[name] - 1) < 1e-9, `${name}: ${chain[name]}`);
  }
  assert(chain.meanSquaredMove - chain.w2Squared > 8e-4, "strict: the flow map is not symmetric");
});

Deno.test("the chain is in order for any law; equal where the flow map is symmetric", () => {
  const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(number(-1, 1), { minLength: 6, maxLength: 6 }),
      number(0.5, 4),
      number(0.05, 2),
      ([a, b, c, p, q, r], beta, horizon) => {
        const curvature = [[1 + a * a, a * b], [a * b, 0.2 + b * b + c * c]];
        const from = gaussian([p, 2 * q], [[0.3 + p * p, p * r], [p * r, 0.3 + r * r]]);
        const potential = { minimum: [0, 0], curvature };
        const chain = benamouBrenierChain({ potential, beta, from, horizon, steps: 200 });
        const slack = 1e-6 * chain.timeTimesDissipation;
        assert(chain.w2Squared <= chain.meanSquaredMove + slack);
        assert(chain.meanSquaredMove <= chain.timeTimesDissipation + slack);
      },
    ),
    { numRuns: 30 },
  );
  const potential = { minimum: [0, 0], curvature: [[1, 0], [0, 3]] };
  const from = gaussian([2, -1], [[0.3, 0], [0, 2]]); // the bowl's axes
  const { w2Squared, meanSquaredMove, asymmetry } = benamouBrenierChain({
    ...{ potential, beta: 1, from, horizon: 1 },
  });
  assert(Math.abs(meanSquaredMove / w2Squared - 1) < 1e-9 && asymmetry < 1e-9);
});

Deno.test("bad arguments are named", () => {
  const options = {
    potential: { minimum: [0], curvature: [[1]] },
    ...{ beta: 1, from: gaussian([1], [[1]]), horizon: 1 },
  };
  const throws = (more: Partial<typeof options & { steps: number }>, message: RegExp) =>
    assert.throws(() => benamouBrenierChain({ ...options, ...more }), message);
  throws({ horizon: 0 }, /horizon is 0; it must be a positive time/);
  throws({ steps: 0.5 }, /steps is 0.5/);
  throws({ beta: -1 }, /beta/);
  throws({ from: gaussian([1, 2], [[1, 0], [0, 1]]) }, /p0 has dimension 2/);
});
