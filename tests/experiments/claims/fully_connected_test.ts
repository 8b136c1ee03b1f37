import assert from "node:assert/strict";
import {
  atSameLambdaTau,
  type KernelStudy,
  smallerScaleIsCloser,
  type SpeedLimitStudy,
  wideLimit,
  wideLimitFalls,
  wideLimitPeaks,
} from "../../../lib/mod.ts";
import { madeStudy } from "./made.ts";

/** One mode of n images: ι = (λT/2) coth(λT/2), which is λT/2 for λT ≫ 1. */
const oneMode = (n: number, eigenvalue: number) =>
  wideLimit({
    configuration: { architecture: "fully-connected", width: "infinite", n },
    ...{ eigenvalues: [eigenvalue], startSquares: [2], labelSquares: [1], lossAtStart: 1 },
  });

Deno.test("the wide limit's fall is judged at every mark by its exponent", () => {
  // At the same nτ, ι ∝ λ/n: with λ ∝ n^½ it falls as n^−½; at the same τ it grows as n^½.
  const falling = [500, 5000].map((n) => oneMode(n, 10 * n ** 0.5));
  const marks = [{ meanTime: 3000 }, { time: 5 }];
  const { verdict, evidence, mark } = wideLimitFalls(falling, marks);
  assert.equal(verdict, "not confirmed");
  assert.match(
    evidence,
    /^It holds in 1 of 2 cases: nτ = 3,000: n\^-0\.50, .* at n = 500, 5000\. It fails in 1/,
  );
  assert.equal(mark, "reviewer");
  const both = [500, 5000].map((n) => oneMode(n, 1e6 * n ** -0.25));
  assert.match(wideLimitFalls(both, marks).evidence, /^It holds in 1 of 2 cases: τ = 5/);
  assert.throws(() => wideLimitFalls([falling[0]], marks), /there are 1 flows/);
  assert.throws(() => wideLimitFalls(falling, []), /there is no mark/);
});

Deno.test("at the same loss and the same steps one mode has the same ratio at every n", () => {
  // One mode leaves a loss of e^{−2λτ}: of ½‖Y‖² = 0.45 n it leaves half at another λτ for each n.
  const modes = [500, 5000].map((n) =>
    wideLimit({
      configuration: { architecture: "fully-connected", width: "infinite", n },
      ...{ eigenvalues: [n], startSquares: [1.8 * n], labelSquares: [0.9 * n], lossAtStart: 1 },
    })
  );
  // L = 0.9 n e^{−2λτ}: half of 0.45 n is left at λτ = ln 2, where ι = x coth x of x = ln 2/2.
  const x = Math.LN2 / 2;
  const ratio = (x / Math.tanh(x)).toFixed(1);
  const { evidence } = wideLimitFalls(modes, [{ lossLeft: 0.5 }, { steps: 50 }]);
  assert.match(
    evidence,
    new RegExp(`50 % of ½‖Y‖² left: n\\^-?0\\.00, ${ratio}, ${ratio} at n = 500, 5000`),
  );
  // 50 steps are λτ = 100: ι = 50.
  assert.match(evidence, /50 .*: n\^-?0\.00, 50\.0, 50\.0 at/);
  const above = wideLimitFalls(modes, [{ lossLeft: 3 }]);
  assert.match(above.evidence, /cannot be judged/, "so much is never left");
});

const spectrum = (
  architecture: "myrtle-5" | "fully-connected",
  initial: readonly number[],
): KernelStudy => ({
  configuration: { architecture, width: "infinite", n: 64 },
  eigenvalues: initial.map((_, k) => (k + 1) ** -1.5),
  startSquares: initial.map((f, k) => f + (k + 1) ** -0.2),
  labelSquares: initial.map((_, k) => (k + 1) ** -0.2),
  lossAtStart: 1,
});
const steep = Array.from({ length: 1000 }, (_, k) => 100 * (k + 1) ** -3);
const flat = Array.from({ length: 1000 }, (_, k) => 100 * (k + 1) ** -0.3);

Deno.test("a peak is asked of Myrtle-5, its absence of fully connected networks, each by itself", () => {
  const judged = (architecture: "myrtle-5" | "fully-connected", initial: readonly number[]) =>
    wideLimitPeaks([wideLimit(spectrum(architecture, initial))]);
  assert.equal(judged("myrtle-5", steep)[0].verdict, "confirmed");
  assert.equal(judged("myrtle-5", flat)[0].verdict, "not confirmed");
  assert.equal(judged("fully-connected", flat)[0].verdict, "confirmed");
  assert.equal(judged("fully-connected", steep)[0].verdict, "not confirmed");
  assert.match(
    judged("myrtle-5", steep)[0].evidence,
    /n = 64: a peak of .*, falls by \d+\.\d\d to/,
  );
  assert.match(
    judged("fully-connected", flat)[0].claim,
    /fully connected networks: no peak up to n = 64 \(least slope T\^0\.\d\d\)$/,
  );
  const both = wideLimitPeaks([
    wideLimit(spectrum("myrtle-5", steep)),
    wideLimit(spectrum("fully-connected", steep)),
  ]);
  assert.deepEqual(both.map(({ verdict }) => verdict), ["confirmed", "not confirmed"]);
  assert.throws(() => wideLimitPeaks([]), /there is no flow/);
});

/** Two scales, the larger of √2, that are read with one layer: twice the time. */
const pair = (large: readonly number[], small: readonly number[], layers = 1) => {
  const scaled = (study: SpeedLimitStudy, weightStd: number) => ({
    ...study,
    configuration: { ...study.configuration, weightStd },
  });
  return {
    large: scaled(madeStudy({ cold: large, horizon: 0.2 }), Math.SQRT2),
    small: scaled(madeStudy({ cold: small, horizon: 0.4 }), 1),
    ...{ layers, time: 0.2 },
  };
};

Deno.test("a smaller scale is closer where the factor's interval lies above 1", () => {
  const judged = (large: readonly number[], small: readonly number[]) =>
    smallerScaleIsCloser([pair(large, small)]);
  assert.equal(judged([10.1, 20.2], [10, 20]).verdict, "confirmed");
  assert.equal(judged([9.9, 19.8], [10, 20]).verdict, "not confirmed");
  assert.equal(judged([11, 20], [10, 20]).verdict, "undecided");
  assert.match(
    judged([20, 40], [10, 20]).evidence,
    /32 channels, n = 500 against 32 channels, W_std 1, at the λτ of τ = 0\.2: a factor of 2\.00 \[2\.00, 2\.00\] \(2 seeds/,
  );
  assert.throws(() => smallerScaleIsCloser([]), /there is no pair of scales/);
});

Deno.test("the scale is judged at the last λτ that both reach, once the losses are below ½‖Y‖²", () => {
  const late = pair([20, 40], [10, 20]);
  // Halfway both have the ratio 1.1: only the last decides.
  const { verdict, evidence } = smallerScaleIsCloser([late, { ...late, time: 0.1 }]);
  assert.equal(verdict, "confirmed");
  assert.match(evidence, /^It holds for .*λτ of τ = 0\.2/);
  assert.match(
    smallerScaleIsCloser([{ ...late, time: 0.3 }, { ...late, time: 0.1 }]).evidence,
    /λτ of τ = 0\.1/,
    "0.3 is not reached",
  );
  const unlearnt = {
    ...late,
    large: {
      ...late.large,
      realizations: late.large.realizations.map((one) => ({ ...one, loss: [900, 700, 500, 226] })),
    },
  };
  const never = smallerScaleIsCloser([unlearnt]);
  assert.equal(never.verdict, "undecided");
  assert.match(never.evidence, /cannot be judged for .*no λτ where both losses are below ½‖Y‖²/);
});

Deno.test("the smaller scale is read later, by W_std to twice the layers", () => {
  const { large, small, factor } = atSameLambdaTau(pair([20, 40], [10, 20]));
  assert.equal(large.time!.mean, 0.2);
  assert(Math.abs(small.time!.mean - 0.4) < 1e-12);
  assert(Math.abs(factor!.middle - 2) < 1e-12);
  // Two layers ask for four times the time, beyond the horizon.
  assert.equal(atSameLambdaTau(pair([20, 40], [10, 20], 2)).factor, undefined);
  assert.match(smallerScaleIsCloser([pair([20, 40], [10, 20], 2)]).evidence, /cannot be judged/);
  assert.throws(() => atSameLambdaTau(pair([1, 1], [1, 1], 0)), /layers is 0/);
});
