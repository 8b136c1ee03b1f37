// The rule that notebook 05 fits exponents by, on finite samples of kernels whose spectra are known.
import assert from "node:assert/strict";
import { type Matrix, randomStream } from "../../lib/numerics/mod.ts";
import { expectedResidueComponents, kernelSpectrum } from "../../lib/ntk/mod.ts";
import { logBins } from "../../lib/statistics/log_bins.ts";
import {
  aboveTail,
  exponentLimit,
  fitPowerLaw,
  fitSampledPowerLaw,
  overWindows,
  populationEigenvalues,
  type SampledPowerLaw,
  sampleWindow,
} from "../../lib/statistics/mod.ts";
import { jackknifed } from "../../lib/statistics/power_law_sets.ts";
import { windowsWithin } from "../../lib/statistics/power_law_window.ts";
import { fitBins } from "../../lib/statistics/power_law.ts";
import { needs } from "../permissions.ts";
import { growthOf } from "../../lib/experiments/mod.ts";
import {
  circleKernel,
  circlePopulation,
  type Population,
  sphereKernels,
  spherePopulation,
} from "./known_kernels.ts";

const { long } = needs();

const N = 200, SETS = 4, GROUPS = 4;

const eigenvaluesOf = async (kernel: Matrix) => (await kernelSpectrum(kernel)).eigenvalues;

/** The exponent that the same bins give on the whole population. */
function known(population: Population, [from, to]: readonly [number, number]): number {
  const bins = logBins(population, from, to, 8);
  return fitBins({ ...bins, counts: bins.counts.map(() => 1) }).exponent;
}

const holds = ([low, high]: readonly [number, number], value: number) =>
  low <= value && value <= high;

/** Fits to groups of sets, held against the population's exponent in the same window. */
async function judged(
  sample: () => Promise<Float64Array>,
  population: Population,
): Promise<{ fit: SampledPowerLaw; truth: number; first: Float64Array }[]> {
  const groups = [];
  for (let group = 0; group < GROUPS; group++) {
    const sets = [];
    for (let i = 0; i < SETS; i++) sets.push(await sample());
    const fit = fitSampledPowerLaw(sets);
    groups.push({ fit, truth: known(population, fit.window), first: sets[0] });
  }
  return groups;
}

const count = <T>(list: readonly T[], of: (one: T) => boolean) => list.filter(of).length;

long("15 s")(
  "pure power laws on a circle: intervals over sets hold the population's exponent",
  async () => {
    const stream = randomStream(5, "circle");
    let [inside, wide, all, before] = [0, 0, 0, 0];
    for (const alpha of [1.1, 1.5]) {
      const sample = () => eigenvaluesOf(circleKernel(N, alpha, stream));
      const groups = await judged(sample, circlePopulation(alpha));
      inside += count(groups, ({ fit, truth }) => holds(fit.interval!, truth));
      wide += count(groups, ({ fit, truth }) => holds(fit.wide, truth));
      all += groups.length;
      const off = groups.map(({ fit, truth }) => fit.exponent - truth);
      const mean = off.reduce((sum, value) => sum + value, 0) / off.length;
      assert(Math.abs(mean) < 0.03, `α = ${alpha}: off by ${mean} in the mean`);
      if (alpha === 1.1) {
        assert(groups.every(({ fit, truth }) => fit.uncorrected < truth - 0.05), "as sampled");
      }
      // The rule before: a window by R² and bends alone, to k = n, and the scatter about the line.
      before += count(
        groups.slice(0, 1),
        ({ first }) => !holds(fitPowerLaw(first, { resamples: 50 }).interval, alpha),
      );
    }
    assert(wide >= all - 1, `wide intervals hold ${wide} of ${all}`);
    // Of 8 at 95 %, 5 or fewer have a chance of 0.6 %.
    assert(inside >= 6, `intervals over sets hold ${inside} of ${all}`);
    assert.equal(before, 2, "the rule before missed both");
  },
);

Deno.test("relu kernels on spheres: wide intervals hold the population's exponent", async () => {
  const stream = randomStream(6, "sphere");
  let [wide, asymptotic, all] = [0, 0, 0];
  for (const d of [2, 3, 4]) {
    const population = spherePopulation(d);
    for (const kind of ["ntk", "nngp"] as const) {
      const sample = async () => eigenvaluesOf((await sphereKernels(N, d, stream))[kind]);
      const law = kind === "ntk" ? d / (d - 1) : (d + 2) / (d - 1);
      const groups = await judged(sample, population[kind]);
      wide += count(groups, ({ fit, truth }) => holds(fit.wide, truth));
      asymptotic += count(groups, ({ fit }) => holds(fit.wide, law));
      all += groups.length;
    }
  }
  assert(wide >= 0.95 * all, `wide intervals hold the population's in ${wide} of ${all}`);
  // 200 points do not reach the law of large k everywhere: no rule can.
  assert(asymptotic >= 0.3 * all && asymptotic < all, `the law of large k in ${asymptotic}`);
});

Deno.test("on the whole sphere α is d/(d−1), and (δ − 1)/α of the initial function 3/d", () => {
  // Degrees 14 to 40: the corrections to the law fall as one over the degree.
  for (const [d, window] of [[3, [200, 1600]], [4, [1000, 20_000]]] as const) {
    const { ntk, nngp } = spherePopulation(d, window[1]);
    const [alpha, delta] = [ntk, nngp].map((one) => known(one, window));
    assert(Math.abs(alpha / (d / (d - 1)) - 1) < 0.05, `d = ${d}: α = ${alpha}`);
    assert(Math.abs(delta / ((d + 2) / (d - 1)) - 1) < 0.05, `d = ${d}: δ = ${delta}`);
    assert(Math.abs((delta - 1) / alpha / (3 / d) - 1) < 0.05, `d = ${d}: (δ − 1)/α`);
  }
});

Deno.test("samples tell (δ − 1)/α of the initial function in their window", async () => {
  const stream = randomStream(7, "initial function"), d = 4;
  const alphas: Float64Array[] = [], squares: Float64Array[] = [];
  for (let i = 0; i < SETS; i++) {
    const { nngp, ntk } = await sphereKernels(N, d, stream);
    const spectrum = await kernelSpectrum(ntk);
    const components = expectedResidueComponents(spectrum, new Float64Array(N), nngp);
    alphas.push(spectrum.eigenvalues);
    squares.push(components.map((component) => component ** 2));
  }
  const alpha = fitSampledPowerLaw(alphas);
  const start = fitSampledPowerLaw(squares, { of: "squares", window: alpha.window });
  const { ntk, nngp } = spherePopulation(d);
  const own = (known(nngp, alpha.window) - 1) / known(ntk, alpha.window);
  const { value, interval } = growthOf({ alpha, start });
  assert(holds(interval, own) && Math.abs(value / own - 1) < 0.1, `${value} for ${own}`);
});

const law = (exponent: number, count = 400) =>
  Float64Array.from({ length: count }, (_, k) => (k + 1) ** -exponent);

Deno.test("Mestre's values: roots between the eigenvalues, and the eigenvalues where samples abound", () => {
  const eigenvalues = law(1.2, 40);
  const values = populationEigenvalues(eigenvalues, { first: 10 });
  values.forEach((value, k) => {
    const root = eigenvalues[k] - value / 40;
    const sum = eigenvalues.reduce((total, one) => total + one / (one - root), 0);
    assert(Math.abs(sum / 40 - 1) < 1e-6 && root < eigenvalues[k] && root > eigenvalues[k + 1]);
  });
  // Two modes among many samples: what others add vanishes as 1/n.
  const few = Float64Array.from({ length: 10_000 }, (_, k) => [3, 1][k] ?? 0);
  assert(Math.abs(populationEigenvalues(few, { first: 1 })[0] / 3 - 1) < 1e-3);
});

Deno.test("the window: to n/10, without the eigenvalues that stand apart", () => {
  assert.deepEqual(sampleWindow(law(1.5)), [1, 40]);
  const head = (factors: number[]) => law(1.5).map((value, k) => value * (factors[k] ?? 1));
  assert.deepEqual(sampleWindow(head([1.2])), [1, 40]);
  assert.deepEqual(sampleWindow(head([2.5])), [2, 40]);
  assert.deepEqual(sampleWindow(head([4, 2.5])), [3, 40]);
  assert.deepEqual(sampleWindow(law(1.5, 110)), [1, 11]);
  assert.throws(() => sampleWindow(law(1.5, 109)), /eigenvalues has 109 numbers; .* needs 110/);
  assert.deepEqual(windowsWithin([1, 11]), [[1, 11], [2, 11], [1, 8]]);
});

Deno.test("the jackknife over sets is the standard error of a mean, over windows the hull", () => {
  const values = [1, 2, 4, 5];
  const mean = (list: number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
  const fit = {
    all: mean(values),
    without: values.map((_, i) => mean(values.filter((_, j) => j !== i))),
  };
  // Student's 0.975 of 3 is 3.1824; the deviation of the mean √(10/3/4).
  const [low, high] = jackknifed(fit, (value) => value);
  assert(
    Math.abs(high - 3 - 3.182446 * Math.sqrt(10 / 12)) < 1e-5 && Math.abs(low + high - 6) < 1e-12,
  );
  const moved = { all: 4, without: fit.without.map((value) => value + 1) };
  assert.deepEqual(overWindows([fit, moved], (value) => value).map((end) => end.toFixed(6)), [
    low.toFixed(6),
    (high + 1).toFixed(6),
  ]);
  assert.throws(() => jackknifed({ all: 1, without: [] }, (x) => x), /there are 0 sets/);
});

Deno.test("residues that do not stand out of their tail have no exponent", () => {
  const flat = new Float64Array(400).fill(1);
  assert(aboveTail(flat).every((value) => value > 0));
  const rising = Float64Array.from({ length: 400 }, (_, k) => k < 60 ? 0.1 : 1);
  const fit = fitSampledPowerLaw([rising, rising], { of: "squares", window: [3, 40] });
  assert(Number.isNaN(fit.exponent) && Number.isFinite(fit.uncorrected));
});

Deno.test("limits in 1/n hold the truth, and two sizes have none", () => {
  const stream = randomStream(8, "limit");
  let covered = 0;
  for (let trial = 0; trial < 300; trial++) {
    const fits = [250, 500, 1000, 2000].map((samples) => {
      const error = 0.4 / Math.sqrt(samples);
      const exponent = 1.1 - 20 / samples + error * stream.normal();
      const reach = 3.182446 * error;
      return {
        exponent,
        samples,
        sets: 4,
        interval: [exponent - reach, exponent + reach] as const,
      };
    });
    covered += holds(exponentLimit(fits).interval, 1.1) ? 1 : 0;
  }
  assert(covered > 0.93 * 300, `${covered} of 300`);
  const fit = { exponent: 1, samples: 100, sets: 4, interval: [0.9, 1.1] as const };
  assert.throws(() => exponentLimit([fit, { ...fit, samples: 200 }]), /sizes 100,200/);
  assert.throws(
    () => exponentLimit([fit, { ...fit, samples: 200 }, { ...fit, samples: 300, exponent: NaN }]),
    /at n = 300 is NaN/,
  );
});

Deno.test("bad sets, windows and values are named", () => {
  assert.throws(() => fitSampledPowerLaw([]), /sets has no entries/);
  assert.throws(() => fitSampledPowerLaw([law(1), law(1, 300)]), /sets\[1\] has 300 values/);
  assert.throws(() => fitSampledPowerLaw([law(1)], { window: [5, 400] }), /window is \[5, 400\]/);
  assert.throws(() => fitSampledPowerLaw([law(1)], { of: "squares" }), /window is undefined/);
  assert.throws(() => fitSampledPowerLaw([law(1)], { level: 1 }), /level is 1/);
  assert.throws(() => populationEigenvalues([1, 2], { first: 1 }), /eigenvalues\[1\] is 2/);
  assert.throws(() => populationEigenvalues([2, 1], { first: 2 }), /first is 2/);
  assert.throws(() => aboveTail([1, -1]), /squares\[1\] is -1/);
});
