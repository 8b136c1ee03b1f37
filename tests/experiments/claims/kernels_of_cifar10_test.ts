import assert from "node:assert/strict";
import {
  deltaBelowOne,
  exponentsForetell,
  exponentsHeadline,
  meanAndError,
  owedToInitialFunction,
  spectraArePowerLaws,
} from "../../../lib/mod.ts";

/** Two seeds about a mean: Student's interval reaches 12.7 times `half` to either side. */
const spread = (mean: number, half: number) => meanAndError([mean - half, mean + half]);

const forecast = (powerLaw: number, own?: number) => ({
  ...{ name: "one", at: 0.2, exact: 4, labels: 1.2, growth: 0.2, powerLaw },
  ...(own === undefined ? {} : { own }),
});

Deno.test("power laws: R² above 0.95 in every window, and never without a limit", () => {
  const fit = (rSquared: number, best: "power law" | "broken power law" = "power law") => ({
    alpha: { rSquared },
    best,
  });
  assert.equal(spectraArePowerLaws([fit(1), fit(0.951)]).verdict, "confirmed with a limit");
  assert.equal(spectraArePowerLaws([fit(1), fit(0.95)]).verdict, "not confirmed");
  assert.equal(spectraArePowerLaws([fit(1), fit(NaN)]).verdict, "not confirmed");
  assert.equal(
    spectraArePowerLaws([fit(0.99), fit(0.939, "broken power law")]).evidence,
    "R² ≥ 0.939 in their windows; a broken law fits better in 1 of 2 kernels, and the first " +
      "eigenvalue stands apart",
  );
  assert.equal(spectraArePowerLaws([fit(1)]).mark, "derived");
  assert.throws(() => spectraArePowerLaws([]), /there is no kernel/);
});

Deno.test("δ < 1: with a limit where the first network's whole interval lies above 1", () => {
  const judged = (start: ReturnType<typeof spread>) =>
    deltaBelowOne([
      { network: "FCN, width 256", labels: spread(0.25, 0.01), start },
      { network: "Myrtle-5", labels: spread(0.3, 0.01), start: spread(0.58, 0.09) },
    ]);
  assert.equal(judged(spread(1.128, 0.01)).verdict, "confirmed with a limit");
  assert.equal(judged(spread(1.127, 0.01)).verdict, "confirmed");
  const { evidence, mark } = judged(spread(1.2, 0.01));
  assert.equal(
    evidence,
    "labels alone: δ = 0.250 ± 0.010; from He's initialization δ = 1.200 ± 0.010 " +
      "(FCN, width 256), 0.580 ± 0.090 (Myrtle-5)",
  );
  assert.equal(mark, "reviewer");
  assert.throws(() => deltaBelowOne([]), /there is no network/);
});

Deno.test("a forecast holds within a factor of 1.25 either way, for every seed measured", () => {
  const judged = (...lists: ReturnType<typeof forecast>[][]) =>
    exponentsForetell(lists.map((forecasts, i) => ({ network: `net ${i}`, forecasts })));
  const near = [forecast(4, 4.99), forecast(4.99, 4)];
  assert.equal(judged(near).verdict, "confirmed");
  assert.equal(judged([...near, forecast(4, 5)]).verdict, "not confirmed");
  assert.equal(judged([...near, forecast(5, 4)]).verdict, "not confirmed");
  assert.equal(judged(near, [forecast(4, 8)]).verdict, "confirmed with a limit");
  assert.equal(judged(near, [forecast(4)]).verdict, "confirmed with a limit", "not measured");
  assert.equal(judged([forecast(4)]).verdict, "not confirmed");
  assert.equal(
    judged(near, [forecast(4)]).evidence,
    "at τ = 0.2, over the seeds: net 0 forecast 4.0–5.0, sum over the mean kernel " +
      "4.0–4.0, measured 4.0–5.0: the forecast is off by factors of 1.2–1.2; net 1 forecast 4.0–4.0, sum over the " +
      "mean kernel 4.0–4.0, not measured at this width and time",
  );
  assert.equal(judged(near).mark, "derived");
  assert.throws(() => judged(), /there is no network/);
  assert.throws(() => judged([]), /networks\[0\].forecasts has 0 entries; it must have 1/);
});

Deno.test("owed to the initial function: less than two thirds without it, for every seed", () => {
  const judged = (labels: number) =>
    owedToInitialFunction([
      { network: "FCN", forecasts: [{ ...forecast(4), exact: 3, labels: 1 }] },
      { network: "Myrtle-5", forecasts: [{ ...forecast(4), exact: 3, labels }] },
    ]);
  assert.equal(judged(1.99).verdict, "confirmed");
  assert.equal(judged(2).verdict, "not confirmed");
  assert.equal(judged(4).verdict, "not confirmed");
  assert.equal(
    judged(2).evidence,
    "at τ = 0.2 the same kernels without it have 1.00–1.00 instead of 3.00–3.00 (FCN), " +
      "2.00–2.00 instead of 3.00–3.00 (Myrtle-5)",
  );
  assert.equal(judged(2).mark, "derived");
  assert.throws(() => owedToInitialFunction([]), /there is no network/);
});

Deno.test("the headline has α of every network", () => {
  const networks = ["FCN", "Myrtle-5"].map((network) => ({ network, alpha: spread(1, 0.01) }));
  assert.equal(exponentsHeadline(networks), "α = 1.000 ± 0.010 (FCN), 1.000 ± 0.010 (Myrtle-5)");
});
