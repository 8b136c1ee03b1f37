import assert from "node:assert/strict";
import {
  type InitialWeightsStudy,
  type KernelStudy,
  owedOfMeans,
  ratioOfMeans,
  wideLimit,
  withShare,
} from "../../../lib/mod.ts";
import { madeStarts } from "../claims/made_starts.ts";

const TIME = 2;
const near = (a: number, b: number, within = 1e-9) =>
  assert.ok(Math.abs(a / b - 1) < within, `${a} is not ${b}`);

Deno.test("a ratio of means weighs seeds by what they have moved", () => {
  // ‖Δθ‖² = 2 ΔL/ι: 1, 1, 1.
  const study = madeStarts({
    whole: [{ drop: 1, ratio: 2 }, { drop: 2, ratio: 4 }, { drop: 9, ratio: 18 }],
  });
  const { mean, interval: [low, high] = [0, 0], count } = ratioOfMeans(study, {
    share: 1,
    time: TIME,
  })!;
  assert.equal(count, 3);
  near(mean, 2 * 12 / 3);
  // Leaving out one: ι = 2·11/2, 2·10/2, 2·3/2. Student's t of two degrees is 4.302653.
  const logarithms = [11, 10, 3].map(Math.log);
  const middle = logarithms.reduce((sum, value) => sum + value) / 3;
  const error = Math.sqrt(logarithms.reduce((sum, l) => sum + (l - middle) ** 2, 0) * 2 / 3);
  near(Math.log(high / mean), 4.302653 * error, 1e-6);
  near(Math.log(mean / low), 4.302653 * error, 1e-6);
  // The largest along the flow is that at its end; at the entry τ = 1, ΔL and ‖Δθ‖² are known too.
  near(ratioOfMeans(study, { share: 1 })!.mean, mean);
  assert.equal(ratioOfMeans(study, { share: 1, time: 2.1 }), undefined);
  assert.equal(ratioOfMeans(study, { share: 0.3 }), undefined);
  const one = madeStarts({ whole: [{ drop: 3, ratio: 6 }] });
  const alone = ratioOfMeans(one, { share: 1, time: TIME })!;
  assert.deepEqual([Math.round(alone.mean), alone.interval], [6, undefined]);
});

Deno.test("the share owed to f_0 is of means, and its interval does not reach 1", () => {
  // Without f_0 each loses 1: 1 − 3/(1.5 + 2 + 20).
  const whole = [{ drop: 1.5 }, { drop: 2 }, { drop: 20 }];
  const { dissipated, dissipatedLinearized, size } = owedOfMeans(madeStarts({ whole }), TIME)!;
  near(dissipated.mean, 1 - 3 / 23.5);
  assert.ok(dissipated.interval![0] < dissipated.mean && dissipated.mean < dissipated.interval![1]);
  assert.ok(dissipated.interval![1] < 1);
  near(dissipatedLinearized.mean, 3 / 4);
  near(size, 50 / (0.9 * 64));
  assert.equal(owedOfMeans(madeStarts(), 2.1), undefined);
});

Deno.test("over many f_0 of the law that is assumed, the ratio of means is the split's", () => {
  // Two modes with f_k = ± √⟨f_k²⟩ in all four signs: means over them are exact.
  const kernel: KernelStudy = {
    configuration: { architecture: "myrtle-5", width: "infinite", n: 64 },
    ...{ eigenvalues: [4, 0.1], startSquares: [31, 2], labelSquares: [1, 1], lossAtStart: 16.5 },
  };
  const foretold = wideLimit(withShare(kernel, 1)).at(TIME).inefficiency;
  const signs = [[1, 1], [1, -1], [-1, 1], [-1, -1]];
  const at = signs.map((sign) => {
    const squares = [30, 1].map((square, k) => (1 - sign[k] * Math.sqrt(square)) ** 2);
    const decay = kernel.eigenvalues.map((rate) => Math.exp(-rate * TIME));
    const drop = squares.reduce((sum, r, k) => sum + r * (1 - decay[k] ** 2) / 2, 0);
    const square = squares.reduce(
      (sum, r, k) => sum + r * (1 - decay[k]) ** 2 / kernel.eigenvalues[k],
      0,
    );
    return { drop, ratio: TIME * drop / square };
  });
  const study: InitialWeightsStudy = madeStarts({ whole: at });
  near(ratioOfMeans(study, { share: 1, time: TIME })!.mean, foretold);
});
