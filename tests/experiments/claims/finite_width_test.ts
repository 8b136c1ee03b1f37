import assert from "node:assert/strict";
import {
  comesToLimit,
  distanceFalls,
  largerAtFiniteWidth,
  type NamedCorrection,
  type NamedSpread,
  spreadFallsWithWidth,
  spreadStays,
  wideEnough,
  type WidthCorrection,
  widthHeadline,
} from "../../../lib/mod.ts";

type Interval = readonly [low: number, high: number];
const estimate = (interval: Interval) => ({ value: (interval[0] + interval[1]) / 2, interval });

/** A correction of which a, the excess at any width and the extrapolation have these intervals. */
function made(
  { slope = [1, 2], excess = [0, 0.01], off, quantity = "speedLimit", widest = 64 }: {
    readonly slope?: Interval;
    readonly excess?: Interval;
    readonly off?: Interval;
    readonly quantity?: WidthCorrection["quantity"];
    readonly widest?: number;
  },
): NamedCorrection {
  return {
    where: "FCN, n = 64, τ = 1",
    correction: {
      ...{ mark: { time: 1 }, quantity, reference: "limit", order: 2 },
      fit: {
        slope: estimate(slope),
        limit: estimate([0, 0]),
        sizes: [16, widest],
        excess: () => estimate(excess),
      },
      extrapolated: off && estimate(off),
      measured: [{ width: widest, count: 6, ...estimate(excess) }],
    },
  };
}
const none: NamedCorrection = { where: "Myrtle-5, n = 64, 50 % of ½‖Y‖² left" };

Deno.test("larger at finite width: above 0, below, across it, and where too few widths come", () => {
  const verdict = (...slopes: Interval[]) =>
    largerAtFiniteWidth(slopes.map((slope) => made({ slope }))).verdict;
  assert.equal(verdict([0.01, 9]), "confirmed");
  assert.equal(verdict([-0.01, 9]), "undecided");
  assert.equal(verdict([-9, -0.01]), "not confirmed");
  assert.equal(verdict([1, 2], [1, 2], [-2, -1]), "confirmed with a limit");
  assert.equal(verdict([1, 2], [-2, -1]), "not confirmed");
  assert.equal(largerAtFiniteWidth([none, none]).verdict, "undecided");
  const { claim, evidence } = largerAtFiniteWidth([made({ quantity: "inefficiency" }), none]);
  assert.match(claim, /^A finite network's T\/T_SL is larger .* q = T\/T_SL$/);
  assert.match(
    evidence,
    /^It holds in the one case that can be judged, of 2: .*: a = 1\.5 \[1\.0, 2\.0\]/,
  );
  assert.match(evidence, /\(N = 16 to 64\)\. It cannot be judged in 1: Myrtle-5, n = 64, 50 %/);
});

Deno.test("wide enough: the interval within 10 %, across its ends, and beyond", () => {
  const of = (excess: Interval, width = 128, widest = 64) =>
    wideEnough([made({ excess, widest })], width);
  assert.equal(of([Math.log(0.901), Math.log(1.099)]).verdict, "confirmed");
  assert.equal(of([Math.log(0.95), Math.log(1.101)]).verdict, "undecided");
  assert.equal(of([Math.log(0.89), Math.log(0.95)]).verdict, "undecided");
  assert.equal(of([Math.log(1.101), 1]).verdict, "not confirmed");
  assert.equal(of([-1, Math.log(0.899)]).verdict, "not confirmed");
  // What was not run is told.
  assert.match(
    of([0, 0.01]).evidence,
    /0\.5 \[0\.0, 1\.0\] % off by the fit, extrapolated from 64/,
  );
  assert.match(of([0, 0.01], 128, 128).evidence, /, measured 0\.5 \[0\.0, 1\.0\] %, 6 seeds/);
  assert.match(of([0, 0.01], 32).evidence, /between measured widths/);
  assert.equal(wideEnough([none], 128).verdict, "undecided");
  // A fit that does not come to the limit judges nothing.
  const missing = (off: Interval) => wideEnough([made({ off })], 128);
  assert.equal(missing([0.09, 0.3]).verdict, "confirmed");
  assert.equal(missing([0.1, 0.3]).verdict, "undecided");
  assert.match(missing([0.1, 0.3]).evidence, /but this fit misses the limit/);
  assert.throws(() => wideEnough([], 128), /RangeError/);
  assert.throws(() => wideEnough([none], 0), /width is 0; it must be a positive number/);
});

Deno.test("the extrapolation comes to the limit: within 10 %, across, beyond, and not there", () => {
  const verdict = (off?: Interval) => comesToLimit([made({ off })]).verdict;
  assert.equal(verdict([-0.1, 0.09]), "confirmed");
  assert.equal(verdict([-0.11, 0.09]), "undecided");
  assert.equal(verdict([0.1, 0.3]), "not confirmed");
  assert.equal(verdict(), "undecided");
});

const spread = (rate: Interval, share: Interval): NamedSpread => ({
  where: "FCN, n = 64, τ = 1",
  spread: {
    ...{ rate: estimate(rate), limitVariance: 0.03, groups: [] },
    ...{ at: () => estimate([1, 2]), limitShare: () => estimate(share) },
  },
});

Deno.test("spreads: c above 0 and below; a share above a half, below and across", () => {
  const falls = (rate: Interval) => spreadFallsWithWidth([spread(rate, [0, 1])]).verdict;
  assert.equal(falls([0.01, 1]), "confirmed");
  assert.equal(falls([-0.01, 1]), "undecided");
  assert.equal(falls([-1, -0.01]), "not confirmed");
  const stays = (share: Interval) => spreadStays([spread([0, 1], share)], 128).verdict;
  assert.equal(stays([0.51, 0.9]), "confirmed");
  assert.equal(stays([0.49, 0.9]), "undecided");
  assert.equal(stays([0.1, 0.49]), "not confirmed");
  assert.equal(spreadStays([{ where: "none" }], 128).verdict, "undecided");
});

Deno.test("kernels' distances: as N^−½, faster, and too uncertain to say", () => {
  const groups = (power: number, noise: number) =>
    [8, 32, 128].map((size) => ({
      size,
      values: [1 - noise, 1, 1 + noise].map((x) => x * size ** power),
    }));
  const verdict = (power: number, noise: number) =>
    distanceFalls([{ where: "FCN", groups: groups(power, noise) }]).verdict;
  assert.equal(verdict(-0.5, 0.02), "confirmed");
  assert.equal(verdict(-1, 0.02), "not confirmed");
  assert.equal(verdict(-0.5, 0.5), "undecided");
});

Deno.test("a list of several quantities is refused; the headline tells each place", () => {
  const mixed = [made({}), made({ quantity: "inefficiency" })];
  assert.throws(() => largerAtFiniteWidth(mixed), /are of T_SL and T\/T_SL; a claim is of one/);
  assert.throws(() => widthHeadline([none], 128), /there is no correction/);
  assert.equal(
    widthHeadline([made({ quantity: "inefficiency" }), none], 128),
    "T/T_SL at width 128 against infinite width: 0.5 [0.0, 1.0] % (FCN, n = 64, τ = 1)",
  );
});
