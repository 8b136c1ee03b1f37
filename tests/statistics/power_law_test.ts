import assert from "node:assert/strict";
import { randomStream } from "../../lib/numerics/mod.ts";
import {
  chooseWindow,
  comparePowerLaw,
  fitPowerLaw,
  jackknifeInterval,
  windowSensitivity,
} from "../../lib/statistics/mod.ts";
import { needs } from "../permissions.ts";

const { test, long } = needs();

const law = (count: number, exponent: number, factor: (k: number) => number = () => 1) =>
  Float64Array.from({ length: count }, (_, i) => 2 * (i + 1) ** -exponent * factor(i + 1));

Deno.test("a power law without noise is found exactly, whatever the exponent and window", () => {
  for (const exponent of [-0.9, 0, 0.2, 1, 2.5]) {
    for (const [from, to] of [[1, 1000], [3, 40], [100, 1000]]) {
      const fit = fitPowerLaw(law(1000, exponent), { from, to });
      assert(Math.abs(fit.exponent - exponent) < 1e-6, `${fit.exponent} for ${exponent}`);
      assert(Math.abs(fit.amplitude - 2) < 1e-5);
    }
  }
});

for (
  const { name, factor } of [
    {
      name: "lognormal factors",
      factor: (s: ReturnType<typeof randomStream>) => Math.exp(0.5 * s.normal() - 0.125),
    },
    {
      name: "squares of normal numbers",
      factor: (s: ReturnType<typeof randomStream>) => s.normal() ** 2,
    },
  ]
) {
  const cover = (trials: number) => {
    const stream = randomStream(11, name);
    let covered = 0, alsoCovered = 0, mean = 0, spread = 0, jackknifed = 0;
    for (let trial = 0; trial < trials; trial++) {
      const values = law(300, 0.8, () => factor(stream));
      const fit = fitPowerLaw(values, { from: 5, to: 300, resamples: 200, seed: trial });
      if (fit.interval[0] <= 0.8 && 0.8 <= fit.interval[1]) covered++;
      const [low, high] = jackknifeInterval(fit);
      if (low <= 0.8 && 0.8 <= high) alsoCovered++;
      mean += fit.exponent / trials;
      spread += (fit.exponent - 0.8) ** 2 / trials;
      jackknifed += fit.jackknifeError / trials;
    }
    const rate = covered / trials;
    // 0.95 and three standard deviations of a rate, 0.01 for 500 trials.
    const off = 3 * Math.sqrt(0.05 * 0.95 / trials);
    assert(Math.abs(rate - 0.95) < off, `covered ${rate}`);
    assert(alsoCovered / trials > 0.95 - off, `the jackknife covered ${alsoCovered / trials}`);
    assert(Math.abs(mean - 0.8) < 4 * Math.sqrt(spread / trials), `mean ${mean}`);
    assert(
      Math.abs(jackknifed / Math.sqrt(spread) - 1) < 0.3,
      "the jackknife's error is the spread",
    );
  };
  test(`intervals cover the truth at their rate in 60 trials: ${name}`, () => cover(60));
  long("20 s")(`intervals cover the truth at their rate in 500 trials: ${name}`, () => cover(500));
}

Deno.test("the rule leaves out a cutoff and a bent head", () => {
  const cut = law(2000, 1.2, (k) => Math.exp(-k / 300));
  const [, to] = chooseWindow(cut);
  assert(to < 400, `${to}`);
  const bent = law(2000, 1.2, (k) => 1 / (1 + 20 / k));
  const [from] = chooseWindow(bent);
  assert(from > 2, `${from}`);
  assert.deepEqual(chooseWindow([...law(100, 1), 0, 1])[1], 100);
});

Deno.test("the window's sensitivity brackets the exponent", () => {
  const values = law(1000, 1, (k) => Math.exp(-k / 2000));
  const { fits, range } = windowSensitivity(values, { from: 10, to: 400 });
  assert.equal(fits.length, 9);
  const { exponent } = fitPowerLaw(values, { from: 10, to: 400 });
  assert(range[0] <= exponent && exponent <= range[1] && range[1] - range[0] > 0.05);
});

Deno.test("the three laws are told apart", () => {
  const stream = randomStream(3, "laws");
  const noisy = (values: Float64Array) => values.map((v) => v * Math.exp(0.1 * stream.normal()));
  const best = (values: Float64Array) => comparePowerLaw(noisy(values), { from: 1, to: 600 })[0];
  assert.equal(best(law(600, 1.1)).law, "power law");
  assert.equal(best(law(600, 0).map((_, k) => Math.exp(-k / 50))).law, "exponential");
  const broken = best(law(600, 0).map((_, i) => (i + 1) ** -0.5 / (1 + ((i + 1) / 60) ** 2)));
  assert.equal(broken.law, "broken power law");
  assert(Math.abs(broken.breakAt! / 60 - 1) < 0.6, `${broken.breakAt}`);
});

Deno.test("bad windows and values are named", () => {
  const values = law(100, 1);
  assert.throws(
    () => fitPowerLaw(values, { from: 1, to: 7 }),
    /from 1 to 7 has 7 points; a fit needs 8/,
  );
  assert.throws(() => fitPowerLaw(values, { from: 0, to: 50 }), /from is 0/);
  assert.throws(() => fitPowerLaw(values, { from: 1, to: 101 }), /to is 101/);
  values[40] = 0;
  assert.throws(() => fitPowerLaw(values, { from: 1, to: 100 }), /values\[40\] is 0; a log fit/);
  assert.throws(() => fitPowerLaw(law(5, 1)), /values has 5 positive numbers/);
  assert.throws(() => fitPowerLaw(law(99, 1), { level: 2 }), /level is 2/);
});
