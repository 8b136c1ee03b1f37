import assert from "node:assert/strict";
import {
  type DriftStudy,
  type DriftWithWidth,
  exponentAlong,
  type ExponentsAlong,
  exponentsAlong,
  fallsThenClimbs,
  type InefficiencyParts,
  lazyAtRateOne,
  type LazyRate,
  linearizationIsLessEfficient,
  owedToAlignment,
  owedToUnlearning,
  type ResidueStudy,
  storedResult,
  turnsToLabels,
  widerMovesLess,
} from "../../../lib/mod.ts";
import { madeStudy } from "./made.ts";
import { KEPT_RUNS, needs } from "../../permissions.ts";

const { test, made } = needs(...KEPT_RUNS);

const mean = (middle: number, reach: number) => ({
  ...{ mean: middle, interval: [middle - reach, middle + reach] as const, count: 6 },
  standardError: reach / 2.57,
});

const rate = (middle: number, reach: number): LazyRate => ({
  ...{ network: "FCN gelu, width 64, n = 50", of: "outputs", points: [], window: [1, 32] },
  exponent: mean(middle, reach),
});

Deno.test("the lazy rate is 1 if the whole interval is within a tenth of it", () => {
  const verdict = (middle: number, reach: number) => lazyAtRateOne([rate(middle, reach)]).verdict;
  assert.equal(verdict(1.05, 0.049), "confirmed");
  assert.equal(verdict(1.05, 0.051), "undecided");
  assert.equal(verdict(0.85, 0.049), "not confirmed");
  assert.equal(verdict(0.5, 0.1), "not confirmed");
  assert.equal(lazyAtRateOne([rate(1, 0.01), rate(0.5, 0.1)]).verdict, "not confirmed");
  assert.match(
    lazyAtRateOne([rate(1, 0.05)]).evidence,
    /a = 1–32: gap ∝ a\^−p, p = 1.00 \[0.95, 1.05\]/,
  );
  const { claim, mark } = lazyAtRateOne([rate(1, 0.05), {
    ...rate(1, 0.05),
    ...{ of: "kernel", window: [1, 1000] },
  }]);
  assert.match(claim, /for a = 1–32 \(outputs\) and a = 1–1000 \(kernel\) the gap/);
  assert.equal(mark, "derived");
  assert.throws(() => lazyAtRateOne([]), /there is no rate/);
});

const parts = (
  made: Partial<Record<"function" | "motion" | "difference", [number, number]>> & {
    readonly own?: number[];
    readonly linear?: number[];
  },
): InefficiencyParts => {
  const of = (name: "function" | "motion" | "difference") => mean(...made[name] ?? [0, 0.1]);
  return {
    ...{ time: 2, seeds: [0, 1, 2], own: made.own ?? [4, 5, 6], linear: made.linear ?? [5, 6, 7] },
    ...{ ownWithout: [1, 1, 1], linearWithout: [1, 1, 1], interaction: mean(0, 0.1) },
    ...{ function: of("function"), motion: of("motion"), difference: of("difference") },
  };
};
const networks = (made: Parameters<typeof parts>[0]) => [{ network: "FCN", parts: parts(made) }];

Deno.test("unlearning f_0 explains more if its part exceeds the motion's by its whole interval", () => {
  const verdict = (difference: [number, number]) =>
    owedToUnlearning(networks({ difference })).verdict;
  assert.equal(verdict([0.5, 0.49]), "confirmed");
  assert.equal(verdict([0.5, 0.51]), "undecided");
  assert.equal(verdict([-0.5, 0.49]), "not confirmed");
  const { evidence } = owedToUnlearning(
    networks({ function: [Math.log(4), 0.1], difference: [1, 0.1] }),
  );
  assert.match(evidence, /the initial function makes it ×4.00 \[3.62, 4.42\]/);
});

Deno.test("alignment explains it only if it raises T/T_SL, and more than f_0 does", () => {
  const verdict = (motion: [number, number], difference: [number, number]) =>
    owedToAlignment(networks({ motion, difference })).verdict;
  assert.equal(verdict([0.5, 0.4], [-0.3, 0.2]), "confirmed");
  assert.equal(verdict([0.5, 0.4], [-0.3, 0.4]), "undecided");
  assert.equal(verdict([0.3, 0.4], [-0.3, 0.2]), "undecided");
  assert.equal(verdict([-0.5, 0.4], [-0.3, 0.2]), "not confirmed");
  assert.equal(verdict([0.5, 0.4], [0.3, 0.2]), "not confirmed");
});

Deno.test("which of network and linearization is the less efficient is told by the ratio's interval", () => {
  const verdict = (own: number[]) =>
    linearizationIsLessEfficient(networks({ own, linear: [5, 6, 7] })).verdict;
  assert.equal(verdict([4, 5, 5.5]), "confirmed");
  assert.equal(verdict([6, 7, 8.5]), "not confirmed");
  assert.equal(verdict([4, 6, 8]), "undecided");
});

const wider = (middle: number, reach: number): DriftWithWidth => ({
  network: "FCN, n = 100, τ = 2",
  widths: [16, 64, 256].map((width) => ({
    width,
    change: { mean: 0.3, interval: [0.2, 0.4], arithmetic: 0.3, count: 6 },
  })),
  steps: [[16, 64], [64, 256]].map(([from, to]) => ({
    ...{ from, to },
    factor: {
      ...{ mean: middle, interval: [middle - reach, middle + reach], arithmetic: middle },
      count: 6,
    },
  })),
});

Deno.test("the kernel moves less the wider if the factor's whole interval is below 1", () => {
  assert.equal(widerMovesLess([wider(0.5, 0.49)]).verdict, "confirmed");
  assert.equal(widerMovesLess([wider(0.5, 0.51)]).verdict, "undecided");
  assert.equal(widerMovesLess([wider(1.5, 0.49)]).verdict, "not confirmed");
  assert.match(
    widerMovesLess([wider(0.5, 0.1)]).evidence,
    /both cases: FCN, n = 100, τ = 2, N = 16 to 64: .* ×0.50 \[0.40, 0.60\]; .* N = 64 to 256/,
  );
  assert.throws(() => widerMovesLess([]), /there is no network/);
});

const study = (seeds: readonly { readonly labels: [number, number] }[]) =>
  ({
    configuration: { architecture: "myrtle-5", width: 8, n: 100, horizon: 1 },
    time: [0, 0.5, 1],
    realizations: seeds.map(({ labels: [start, end] }, seed) => ({
      ...{ seed, own: {}, linear: {} },
      at: [{ time: 0, labels: start }, { time: 1, labels: end }],
    })),
  }) as unknown as DriftStudy;

Deno.test("λ_max falls, then climbs, if by a tenth both ways for every seed", () => {
  const verdict = (...columns: number[][]) =>
    fallsThenClimbs([{
      ...madeStudy({ cold: columns.map(() => 3) }),
      realizations: columns.map((lambdaMax, seed) => ({
        ...madeStudy({ cold: [3] }).realizations[0],
        ...{ seed, lambdaMax },
      })),
    }]).verdict;
  assert.equal(verdict([112, 100, 112], [300, 100, 400]), "confirmed");
  assert.equal(verdict([112, 100, 112], [300, 100, 108]), "undecided");
  assert.equal(verdict([108, 100, 300], [300, 200, 100]), "not confirmed");
});

Deno.test("the kernel turns to the labels if the interval of its factor is above 1", () => {
  const verdict = (...ends: number[]) =>
    turnsToLabels([study(ends.map((end) => ({ labels: [0.01, 0.01 * end] })))]).verdict;
  assert.equal(verdict(1.5, 1.6, 1.7), "confirmed");
  assert.equal(verdict(0.5, 0.6, 0.7), "not confirmed");
  assert.equal(verdict(0.5, 1, 2), "undecided");
});

const stored = await made(() => storedResult<ResidueStudy>("residues/myrtle_5_16_n500"));
const along = made(() => exponentsAlong(stored!.result));

function changed(...interval: [number, number]): ExponentsAlong {
  const change = { value: (interval[0] + interval[1]) / 2, interval };
  return { ...along, change: { alpha: change, delta: change } };
}

test("α stays if its change lies within ±0.15; δ falls if its change lies below 0", () => {
  const alpha = (...interval: [number, number]) =>
    exponentAlong([changed(...interval)], "alpha").verdict;
  assert.equal(alpha(-0.14, 0.14), "confirmed");
  assert.equal(alpha(-0.16, 0.14), "undecided");
  assert.equal(alpha(-0.5, -0.16), "not confirmed");
  const delta = (...interval: [number, number]) =>
    exponentAlong([changed(...interval)], "delta").verdict;
  assert.equal(delta(-0.4, -0.01), "confirmed");
  assert.equal(delta(-0.4, 0.01), "undecided");
  assert.equal(delta(0.01, 0.2), "not confirmed");
  assert.throws(() => exponentAlong([along], "gamma" as "alpha"), /which is "gamma"/);
});

test("exponents along training are those of the seeds with a warm start", () => {
  assert.equal(
    along.cold.alpha.sets,
    stored!.result.realizations.filter(({ warm }) => warm).length,
  );
  assert.deepEqual(along.warm.alpha.window, along.cold.alpha.window);
  assert(
    Math.abs(along.change.delta.value - (along.warm.delta.exponent - along.cold.delta.exponent)) <
      1e-12,
  );
  // A kernel that is the same up to a factor has not changed, with no width at all.
  const same = exponentsAlong({
    ...stored!.result,
    realizations: stored!.result.realizations.map((one) => ({
      ...one,
      ...(one.warm && {
        warm: { ...one.warm, eigenvalues: one.cold.eigenvalues.map((value) => 3 * value) },
      }),
    })),
  });
  assert(same.change.alpha.interval.every((end) => Math.abs(end) < 1e-9));
  const cold = stored!.result.realizations.map(({ warm: _, ...one }) => one);
  assert.throws(
    () => exponentsAlong({ ...stored!.result, realizations: cold }),
    /0 realizations have a warm start/,
  );
});
