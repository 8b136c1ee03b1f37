import assert from "node:assert/strict";
import {
  averageStandsForAll,
  deltaBelowOne,
  exponentsForetell,
  exponentsHeadline,
  exponentsSettle,
  linearizationForetells,
  type NetworkForecast,
  owedToInitialFunction,
  spectraArePowerLaws,
} from "../../../lib/mod.ts";

/** An exponent with its interval. */
const law = (
  exponent: number,
  wide: readonly [number, number] = [exponent - 0.1, exponent + 0.1],
  windows: readonly [number, number] = [exponent, exponent],
) => ({
  ...{ exponent, wide, windows, uncorrected: exponent - 0.3, samples: 500 },
  window: [1, 50] as readonly [number, number],
});

type Kernel = NetworkForecast["kernels"][number];

const kernel = (part: Partial<Kernel> = {}): Kernel => ({
  ...{ name: "one", exact: 4, labels: 1.2 },
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

Deno.test("power laws: windows within a tenth of the exponent, and no eigenvalue that stands apart", () => {
  const fit = (low: number, high: number, from = 1) => ({
    network: "FCN",
    alpha: { ...law(1, undefined, [low, high]), window: [from, 50] as const },
  });
  assert.equal(spectraArePowerLaws([fit(0.95, 1.04)]).verdict, "confirmed");
  assert.equal(spectraArePowerLaws([fit(0.95, 1.06)]).verdict, "not confirmed");
  assert.equal(spectraArePowerLaws([fit(0.95, 1.04, 2)]).verdict, "confirmed with a limit");
  assert.equal(
    spectraArePowerLaws([fit(0.95, 1.04), fit(0.8, 1.2)]).verdict,
    "confirmed with a limit",
  );
  assert.equal(spectraArePowerLaws([fit(NaN, NaN)]).verdict, "not confirmed");
  const { evidence, mark } = spectraArePowerLaws([fit(0.95, 1.04, 3)]);
  assert.equal(
    evidence,
    "α FCN, n = 500: 0.95 to 1.04 in windows of k = 3–50; the eigenvalues before stand apart",
  );
  assert.equal(mark, "derived");
  assert.throws(() => spectraArePowerLaws([]), /there is no network/);
});

Deno.test("exponents settle: all within a tenth of a limit that is known to a tenth", () => {
  const judged = (first: number, last: number, reach = 0.09) =>
    exponentsSettle({
      network: "FCN",
      fits: [{ ...law(last), samples: 2000 }, { ...law(first), samples: 500 }],
      limit: { exponent: 1, interval: [1 - reach, 1 + reach] },
    });
  assert.equal(judged(0.91, 1.09).verdict, "confirmed");
  assert.equal(judged(0.89, 1.09).verdict, "confirmed with a limit");
  assert.equal(judged(1.09, 0.89).verdict, "not confirmed", "of the largest n alone");
  assert.equal(judged(0.91, 1.09, 0.11).verdict, "not confirmed");
  assert.equal(
    judged(0.91, 1.09).evidence,
    "FCN, n = 500, 2000: 0.91, 1.09 (as sampled 0.61, 0.79); n → ∞: 1.00 [0.91, 1.09]",
  );
  assert.throws(
    () => exponentsSettle({ network: "", fits: [], limit: { exponent: 1, interval: [1, 1] } }),
    /there is no size/,
  );
});

Deno.test("δ < 1: whole intervals below 1, of the labels and at the start apart", () => {
  const fit = (network: string, labels: readonly [number, number], start = labels) => ({
    network,
    labels: law((labels[0] + labels[1]) / 2, labels),
    start: law((start[0] + start[1]) / 2, start),
  });
  const below = fit("A", [0.7, 0.999], [1.01, 1.3]), at = fit("B", [0.7, 1]);
  assert.equal(deltaBelowOne([below], "labels").verdict, "confirmed");
  assert.equal(deltaBelowOne([below], "start").verdict, "not confirmed");
  assert.equal(deltaBelowOne([at], "labels").verdict, "not confirmed");
  assert.equal(deltaBelowOne([below, at], "labels").verdict, "confirmed with a limit");
  const none = { ...at, labels: law(NaN, [NaN, NaN]) };
  assert.equal(deltaBelowOne([none], "labels").verdict, "not confirmed");
  assert.match(deltaBelowOne([none], "labels").evidence, /: not told, /);
  assert.equal(
    deltaBelowOne([below, at], "start").evidence,
    "A, n = 500, k = 1–50: above, 1.16 [1.01, 1.30] (0.85 as sampled); " +
      "B, n = 500, k = 1–50: undecided, 0.85 [0.70, 1.00] (0.55 as sampled)",
  );
  assert.equal(deltaBelowOne([at], "labels").mark, "reviewer");
  assert.notEqual(deltaBelowOne([at], "labels").claim, deltaBelowOne([at], "start").claim);
  assert.throws(() => deltaBelowOne([], "labels"), /there is no network/);
});

Deno.test("α and δ foretell: the measured mean inside an interval of less than a factor of 2", () => {
  const own = (...values: number[]) => values.map((value) => kernel({ own: value }));
  const judged = (values: number[], interval?: readonly [number, number]) =>
    exponentsForetell([forecast(own(...values), interval)]).verdict;
  assert.equal(judged([2, 4.6]), "confirmed", "the mean is geometric: 3.03");
  assert.equal(judged([2, 4.4]), "not confirmed");
  assert.equal(judged([5.8]), "confirmed");
  assert.equal(judged([6]), "not confirmed");
  assert.equal(judged([4], [3, 6]), "not confirmed", "too vague");
  assert.equal(
    exponentsForetell([forecast(own(4)), forecast([kernel()], undefined, "Myrtle-5")]).verdict,
    "confirmed with a limit",
  );
  const { evidence, mark } = exponentsForetell([forecast(own(4, 4)), forecast([kernel()])]);
  assert.equal(
    evidence,
    "at τ = 0.2: FCN forecast 4.0 [3.0, 5.9], measured 4.0 (seeds 4.0–4.0); " +
      "FCN forecast 4.0 [3.0, 5.9], not measured at this width and time",
  );
  assert.equal(mark, "derived");
  assert.throws(() => exponentsForetell([]), /there is no network/);
});

Deno.test("the linearization foretells within a factor of 1.25 either way, and says its side", () => {
  const judged = (...pairs: [own: number, linearized: number][]) =>
    linearizationForetells([
      forecast(pairs.map(([own, linearized]) => kernel({ own, linearized }))),
    ]);
  assert.equal(judged([4, 4.9], [4.9, 4]).verdict, "confirmed");
  assert.equal(judged([4, 5]).verdict, "not confirmed");
  assert.equal(judged([5, 4]).verdict, "not confirmed");
  assert.equal(judged([4, 4.9], [4, 5]).verdict, "confirmed with a limit");
  assert.equal(
    judged([7, 8.2], [12, 16], [4, 3]).evidence,
    "at τ = 0.2: FCN linearized 8.2, 16.0, 3.0, itself 7.0, 12.0, 4.0: " +
      "the motion of the kernel lowers T/T_SL in 2 of 3, and raises it in 1",
  );
  const none = linearizationForetells([forecast([kernel({ own: 4 })])]);
  assert.equal(none.verdict, "not confirmed");
  assert.match(none.evidence, /was not computed for this network/);
  assert.throws(() => linearizationForetells([]), /there is no network/);
});

Deno.test("the average stands for all outputs within a factor of 1.25 either way", () => {
  const judged = (...values: number[]) =>
    averageStandsForAll([forecast(values.map((linearized) => kernel({ linearized })))]);
  assert.equal(judged(4.9, 3.3).verdict, "confirmed");
  assert.equal(judged(5).verdict, "not confirmed");
  assert.equal(judged(3.2).verdict, "not confirmed");
  assert.equal(judged(4.9, 5).verdict, "confirmed with a limit");
  assert.equal(judged(5).evidence, "at τ = 0.2: FCN linearized 5.0, averaged 4.0");
  assert.equal(judged().verdict, "not confirmed");
  assert.throws(() => averageStandsForAll([]), /there is no network/);
});

Deno.test("owed to the initial function: less than two thirds without it", () => {
  const judged = (...labels: number[]) =>
    owedToInitialFunction([forecast(labels.map((value) => kernel({ exact: 3, labels: value })))]);
  assert.equal(judged(1.99, 1).verdict, "confirmed");
  assert.equal(judged(2).verdict, "not confirmed");
  assert.equal(judged(4).verdict, "not confirmed");
  assert.equal(judged(1, 2).verdict, "confirmed with a limit");
  assert.equal(
    judged(1, 2).evidence,
    "at τ = 0.2 the same kernels, averaged over outputs, have without it " +
      "1.00–2.00 instead of 3.00–3.00 (FCN)",
  );
  assert.throws(() => owedToInitialFunction([]), /there is no network/);
  assert.throws(() => owedToInitialFunction([forecast([])]), /there is no kernel/);
});

Deno.test("the headline has α of every network with its interval", () => {
  const networks = ["FCN", "Myrtle-5"].map((network) => ({ network, alpha: law(1) }));
  assert.equal(
    exponentsHeadline(networks),
    "α = 1.00 [0.90, 1.10] (FCN), 1.00 [0.90, 1.10] (Myrtle-5)",
  );
  assert.throws(() => exponentsHeadline([]), /there is no network/);
});
