import assert from "node:assert/strict";
import {
  averageStandsForAll,
  exponentsPredict,
  kernelMoves,
  linearizationPredicts,
  type LinearizationStudy,
  type NetworkForecast,
  owedToInitialFunction,
} from "../../../lib/mod.ts";
import { madeStudy } from "./made.ts";

type Kernel = NetworkForecast["kernels"][number];

const kernel = (part: Partial<Kernel> = {}): Kernel => ({
  ...{ name: "one", averaged: 4, labels: 1.2 },
  ...part,
});

const forecast = (
  kernels: readonly Kernel[],
  interval: readonly [number, number] = [3, 5.9],
  network = "FCN",
): NetworkForecast => ({
  ...{ network, at: 0.2, kernels },
  powerLaw: { value: 4, interval },
  growth: { value: 0.2, interval: [0.1, 0.3] },
});

Deno.test("α and δ predict: the measured mean inside an interval of less than a factor of 2", () => {
  const own = (...values: number[]) => values.map((value) => kernel({ own: value }));
  const judged = (values: number[], interval?: readonly [number, number]) =>
    exponentsPredict([forecast(own(...values), interval)]).verdict;
  assert.equal(judged([2, 4.6]), "confirmed", "the mean is geometric: 3.03");
  assert.equal(judged([2, 4.4]), "not confirmed");
  assert.equal(judged([5.8]), "confirmed");
  assert.equal(judged([6]), "not confirmed");
  assert.equal(judged([4], [3, 6]), "undecided", "too vague");
  assert.equal(judged([7], [3, 6]), "not confirmed", "outside even so");
  const { verdict, evidence, mark } = exponentsPredict([
    forecast(own(4, 4)),
    forecast([kernel()], undefined, "Myrtle-5"),
  ]);
  assert.equal(verdict, "confirmed with a limit");
  assert.equal(
    evidence,
    "It holds in the one case that can be judged, of 2: FCN: forecast 4.0 [3.0, 5.9], measured 4.0 (seeds 4.0–4.0). " +
      "It cannot be judged in 1: Myrtle-5.",
  );
  assert.equal(mark, "derived");
  assert.throws(() => exponentsPredict([]), /there is no network/);
});

Deno.test("the linearization predicts within a factor of 1.25 either way, for every seed of a network", () => {
  const of = (...pairs: [own: number, linearized: number][]) =>
    forecast(pairs.map(([own, linearized]) => kernel({ own, linearized })));
  const judged = (...pairs: [own: number, linearized: number][]) =>
    linearizationPredicts([of(...pairs)]);
  assert.equal(judged([4, 4.9], [4.9, 4]).verdict, "confirmed");
  assert.equal(judged([4, 5]).verdict, "not confirmed");
  assert.equal(judged([5, 4]).verdict, "not confirmed");
  assert.equal(judged([4, 4.9], [4, 5]).verdict, "not confirmed", "one seed of a network is off");
  assert.equal(
    linearizationPredicts([of([4, 4.2]), of([7, 8.2], [12, 16], [4, 3])]).evidence,
    "It holds in 1 of 2 cases: FCN: linearized 4.2, itself 4.0 (1 of 1 seeds). " +
      "It fails in 1: FCN: linearized 8.2, 16.0, 3.0, itself 7.0, 12.0, 4.0 (3 of 3 seeds). " +
      "The linearized network's is larger in 3 of 4 seeds.",
  );
  assert.equal(
    judged([4, 4]).claim,
    "At τ = 0.2 the linearized network's T/T_SL is that of the network (within ×1.25)",
  );
  const none = linearizationPredicts([forecast([kernel({ own: 4 })])]);
  assert.equal(none.verdict, "undecided");
  assert.equal(none.evidence, "It cannot be judged for FCN.");
  assert.throws(() => linearizationPredicts([]), /there is no network/);
});

Deno.test("the average stands for all outputs within a factor of 1.25 either way", () => {
  const judged = (...values: number[]) =>
    averageStandsForAll([forecast(values.map((linearized) => kernel({ linearized })))]);
  assert.equal(judged(4.9, 3.3).verdict, "confirmed");
  assert.equal(judged(5).verdict, "not confirmed");
  assert.equal(judged(3.2).verdict, "not confirmed");
  assert.equal(judged(4.9, 5).verdict, "not confirmed");
  assert.equal(
    judged(5).evidence,
    "It fails for FCN: linearized 5.0, averaged 4.0 (1 of 1 seeds).",
  );
  assert.equal(judged().verdict, "undecided");
  assert.throws(() => averageStandsForAll([]), /there is no network/);
});

Deno.test("the kernel moves: by more than a tenth of itself, for every seed", () => {
  const study = (...changes: (number | undefined)[]): LinearizationStudy => ({
    configuration: { ...madeStudy().configuration, times: [0.2] },
    ...{ time: [0, 0.2], warmIndex: -1 },
    realizations: changes.map((kernelChange, seed) => ({
      ...{ seed, kernels: "full" },
      at: [{
        ...{ time: 0.2, residueSquared: 1, trace: 1, averagedLargest: 1, alignment: 0 },
        since: kernelChange === undefined
          ? undefined
          : { kernelChange, traceRatio: 1, laziness: [{ cutoff: 0.001, value: 1.4 }] },
      }],
    })),
  });
  assert.equal(kernelMoves([study(0.11, 0.9)]).verdict, "confirmed");
  assert.equal(kernelMoves([study(0.1, 0.9)]).verdict, "not confirmed");
  assert.equal(kernelMoves([study(undefined)]).verdict, "undecided");
  const { mark, evidence } = kernelMoves([study(0.55, 0.91)]);
  assert.equal(mark, "printed");
  assert.match(evidence, /‖K_τ − K_0‖\/‖K_0‖ = 0.55, 0.91 at τ = 0.2\.$/);
  assert.throws(() => kernelMoves([]), /there is no study/);
});

Deno.test("owed to the initial function: less than two thirds without it, for every seed", () => {
  const judged = (...labels: number[]) =>
    owedToInitialFunction([
      forecast(labels.map((value) => kernel({ averaged: 3, labels: value }))),
    ]);
  assert.equal(judged(1.99, 1).verdict, "confirmed");
  assert.equal(judged(2).verdict, "not confirmed");
  assert.equal(judged(4).verdict, "not confirmed");
  assert.equal(judged(1, 2).verdict, "not confirmed");
  assert.match(judged(1).claim, /^At τ = 0.2 .* of the kernel averaged over outputs /);
  assert.equal(
    judged(1, 1.5).evidence,
    "It holds for FCN: 1.00–1.50 without it, 3.00–3.00 with it.",
  );
  assert.throws(() => owedToInitialFunction([]), /there is no network/);
  assert.throws(() => owedToInitialFunction([forecast([])]), /there is no kernel/);
});
