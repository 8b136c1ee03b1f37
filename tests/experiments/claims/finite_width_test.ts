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
  {
    slope = [1, 2],
    other,
    excess = [0, 0.01],
    measured = excess,
    off,
    quantity = "speedLimit",
    widest = 128,
    left = 0.9,
    mark = { time: 1 },
    reference = "limit",
  }: {
    readonly slope?: Interval;
    readonly other?: Interval;
    readonly excess?: Interval;
    readonly measured?: Interval;
    readonly off?: Interval;
    readonly left?: number;
    readonly mark?: WidthCorrection["mark"];
    readonly reference?: WidthCorrection["reference"];
    readonly quantity?: WidthCorrection["quantity"];
    readonly widest?: number;
  },
): NamedCorrection {
  return {
    where: "FCN, n = 64, τ = 1",
    correction: {
      ...{ mark, quantity, reference, order: 2, images: 64, leastLeft: left },
      fit: {
        slope: estimate(slope),
        limit: estimate([0, 0]),
        sizes: [16, widest],
        excess: () => estimate(excess),
      },
      otherSlope: other && estimate(other),
      extrapolated: off && estimate(off),
      measured: [{ width: widest, count: 6, ...estimate(measured) }],
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
  const { claim, evidence } = largerAtFiniteWidth([
    made({ quantity: "inefficiency" }),
    made({ quantity: "inefficiency", slope: [-2, -1] }),
    none,
  ]);
  assert.match(claim, /^At the same time a finite network's T\/T_SL is larger .* q = T\/T_SL$/);
  assert.match(claim, /\(FCN, Myrtle-5\)/);
  assert.match(
    evidence,
    /^Larger at FCN, n = 64, τ = 1: a = 1\.5 \[1\.0, 2\.0\] \(N = 16 to 128, 6 seeds there\)\. /,
  );
  assert.match(evidence, /Smaller at FCN.*: a = −1\.5 .*\. Not judged at Myrtle-5, n = 64, 50 %/);
  assert.match(
    largerAtFiniteWidth([made({ reference: "own" })]).claim,
    /infinitely wide one's from the same initial function \(FCN\)/,
  );
  const left = made({ mark: { lossLeft: 0.5 } });
  assert.match(largerAtFiniteWidth([left]).claim, /^At the same loss left/);
  assert.throws(() => largerAtFiniteWidth([left, made({})]), /at times and at losses left/);
});

Deno.test("a fit that excludes the limit, or turns sign with the order, judges nothing", () => {
  const larger = (change: Parameters<typeof made>[0]) => largerAtFiniteWidth([made(change)]);
  const enough = (change: Parameters<typeof made>[0]) => wideEnough([made(change)], 128);
  for (const claim of [larger, enough]) {
    assert.equal(claim({ off: [-0.01, 0.3] }).verdict, "confirmed");
    assert.equal(claim({ off: [0.1, 0.3] }).verdict, "undecided");
    assert.equal(claim({ off: [-0.3, -0.11] }).verdict, "undecided");
    assert.equal(claim({ other: [0.1, 3] }).verdict, "confirmed");
    assert.equal(claim({ other: [-3, -0.1] }).verdict, "undecided");
  }
  assert.equal(larger({ slope: [-2, -1], off: [0.01, 0.3] }).verdict, "undecided");
  assert.equal(enough({ excess: [0.2, 0.3], other: [-3, -0.1] }).verdict, "undecided");
  assert.match(
    larger({ off: [0.01, 0.3] }).evidence,
    /but extrapolated without the limit it misses/,
  );
  assert.match(enough({ other: [-3, -1] }).evidence, /but a is −2\.0 .* in the other order/);
});

Deno.test("a miss of less than 10 % leaves the sign, not the size; the other order must see the sign too", () => {
  const larger = (change: Parameters<typeof made>[0]) => largerAtFiniteWidth([made(change)]);
  const size = (change: Parameters<typeof made>[0]) => wideEnough([made(change)], 128).verdict;
  assert.equal(larger({ off: [0.004, Math.log(1.0999)] }).verdict, "confirmed");
  assert.equal(larger({ off: [0.004, Math.log(1.1001)] }).verdict, "undecided");
  assert.equal(larger({ off: [Math.log(0.9001), -0.004] }).verdict, "confirmed");
  assert.equal(larger({ off: [Math.log(0.8999), -0.004] }).verdict, "undecided");
  assert.equal(size({ off: [0.004, 0.01] }), "undecided");
  assert.equal(size({ off: [-0.01, -0.004] }), "undecided");
  assert.equal(larger({ other: [0.001, 3] }).verdict, "confirmed");
  assert.equal(larger({ other: [-0.001, 3] }).verdict, "undecided");
  assert.match(larger({ other: [-0.4, 0.8] }).evidence, /but a is 0\.2 .* in the other order/);
  assert.equal(larger({ slope: [-2, -1], other: [-3, -0.001] }).verdict, "not confirmed");
  assert.equal(larger({ slope: [-2, -1], other: [-3, 0.001] }).verdict, "undecided");
  // What is undecided by its own interval needs no other reason.
  assert.doesNotMatch(larger({ slope: [-1, 2], other: [-2, -1] }).evidence, /but/);
});

Deno.test("wide enough: the interval within 10 %, across its ends, and beyond", () => {
  const of = (excess: Interval, width = 128, widest = 128) =>
    wideEnough([made({ excess, widest })], width);
  assert.equal(of([Math.log(0.901), Math.log(1.099)]).verdict, "confirmed");
  assert.equal(of([Math.log(0.95), Math.log(1.101)]).verdict, "undecided");
  assert.equal(of([Math.log(0.89), Math.log(0.95)]).verdict, "undecided");
  assert.equal(of([Math.log(1.101), 1]).verdict, "not confirmed");
  assert.equal(of([-1, Math.log(0.899)]).verdict, "not confirmed");
  // Between measured widths the fit judges; beyond the widest nothing does.
  assert.equal(of([0, 0.01], 32).verdict, "confirmed");
  assert.match(of([0, 0.01], 32).evidence, /between measured widths/);
  assert.equal(of([0, 0.01], 128, 127).verdict, "undecided");
  assert.equal(of([0.2, 0.3], 128, 127).verdict, "undecided");
  assert.match(
    of([0, 0.01], 128, 64).evidence,
    /0\.5 \[0\.0, 1\.0\] % off by the fit, extrapolated from 64/,
  );
  assert.match(of([0, 0.01]).evidence, /, measured 0\.5 \[0\.0, 1\.0\] %, 6 seeds/);
  assert.equal(wideEnough([none], 128).verdict, "undecided");
  assert.throws(() => wideEnough([], 128), /RangeError/);
  assert.throws(() => wideEnough([none], 0), /width is 0; it must be a positive number/);
});

Deno.test("wide enough: what was measured must lie within 10 % too, and the images are told", () => {
  const of = (excess: Interval, measured: Interval) =>
    wideEnough([made({ excess, measured })], 128).verdict;
  assert.equal(of([0, 0.01], [-0.1, 0.09]), "confirmed");
  assert.equal(of([0, 0.01], [-0.11, 0.09]), "undecided");
  assert.equal(of([0, 0.01], [0.2, 0.3]), "undecided");
  assert.equal(of([0.2, 0.3], [-0.1, 0.3]), "not confirmed");
  assert.equal(of([0.2, 0.3], [-0.01, 0.01]), "undecided");
  const claim = (left: number) => wideEnough([made({ left }), none], 128).claim;
  assert.match(
    claim(0.51),
    /^A width of 128 is enough on 64 images, before labels are learnt \(51 % of ½‖Y‖² or more left\):/,
  );
  assert.match(claim(0.5), /enough on 64 images, down to 50 % of ½‖Y‖² left:/);
});

Deno.test("the extrapolation comes to the limit: within 10 %, across, beyond, and not there", () => {
  const verdict = (off?: Interval) => comesToLimit([made({ off })]).verdict;
  assert.equal(verdict([-0.1, 0.09]), "confirmed");
  assert.equal(verdict([-0.11, 0.09]), "undecided");
  assert.equal(verdict([0.1, 0.3]), "not confirmed");
  assert.equal(verdict(), "undecided");
  assert.match(comesToLimit([made({})]).claim, /^Finite widths alone, extrapolated/);
  assert.match(comesToLimit([made({}), none]).claim, /T_SL \(FCN, Myrtle-5; within 10 %\)$/);
  assert.match(
    comesToLimit([made({ reference: "own" })]).claim,
    /^Finite networks, each over the infinitely wide one from its own function, extrapolated/,
  );
});

const spread = (rate: Interval, share: Interval, limitVariance = 0.03): NamedSpread => ({
  where: "FCN, n = 64, τ = 1",
  spread: {
    ...{ rate: estimate(rate), limitVariance },
    groups: [{ size: 64, count: 6, ...estimate([1, 2]) }],
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
  const early = (limitVariance: number) => spread([0, 1], [0.1, 0.2], limitVariance);
  assert.equal(spreadStays([early(1.01e-4)], 128).verdict, "not confirmed");
  assert.equal(spreadStays([early(0.99e-4)], 128).verdict, "undecided");
  assert.match(spreadStays([early(1)], 128).evidence, /0\.15 \[.*\], extrapolated from 64/);
  assert.doesNotMatch(spreadStays([early(1)], 64).evidence, /extrapolated/);
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
    "T/T_SL at width 128 against infinite width: measured 0.5 [0.0, 1.0] % (FCN, n = 64, τ = 1)",
  );
  assert.match(widthHeadline([made({ widest: 64 })], 128), /: extrapolated from 64 0\.5 \[/);
  assert.match(widthHeadline([made({})], 32), /: by the fit 0\.5 \[/);
});
