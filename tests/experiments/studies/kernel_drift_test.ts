import assert from "node:assert/strict";
import { trainingSet } from "../../../lib/datasets/mod.ts";
import {
  conduct,
  driftCurve,
  driftRatios,
  type DriftStudy,
  driftWithWidth,
  type GivenDrift,
  inefficiencyParts,
  lazyRate,
  studies,
  warmLook,
} from "../../../lib/experiments/mod.ts";
import { fullyConnected } from "../../../lib/networks/mod.ts";
import { fullNtkSpectrum, residueComponents } from "../../../lib/ntk/mod.ts";
import { randomStream } from "../../../lib/numerics/mod.ts";
import { KEPT_RUNS, needs } from "../../permissions.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

const { test, made } = needs(...KEPT_RUNS);

const cache = made(() => temporaryFolder(), "");
const given = {
  architecture: "fully-connected",
  activation: "gelu",
  width: 8,
  n: 20,
  seeds: [0, 1],
  horizon: 0.5,
  entries: 6,
  kernels: 2,
  tolerance: 1e-3,
} as const satisfies GivenDrift;
const run = (options: Partial<GivenDrift>) =>
  conduct(studies["kernel-drift"], { ...given, ...options }, { cache });
const close = (found: number, expected: number, tolerance: number) =>
  assert(Math.abs(found / expected - 1) < tolerance, `${found} for ${expected}`);

test("the linearization's columns are those of all eigenpairs, with f_0 and without", async () => {
  const network = fullyConnected({ widths: [3072, 8, 8, 10], activation: "gelu" });
  const { images, targets } = await trainingSet(20);
  const parameters = network.init(0);
  const spectrum = await fullNtkSpectrum(network, parameters, images);
  const { data: f0 } = await network.apply(parameters, images);
  for (const kept of [1, 0]) {
    const study = await run({ kept, seeds: [0] });
    const residue = Float64Array.from(targets.data, (y, i) => y - kept * f0[i]);
    const components = residueComponents(spectrum, residue);
    const { linear, own } = study.realizations[0];
    study.time.forEach((t, entry) => {
      if (entry === 0) return;
      let [drop, squared] = [0, 0];
      spectrum.eigenvalues.forEach((rate, k) => {
        drop -= components[k] ** 2 * Math.expm1(-2 * rate * t) / 2;
        if (rate > 0) squared += components[k] ** 2 * Math.expm1(-rate * t) ** 2 / rate;
      });
      close(linear.lossDrop[entry], drop, 1e-4);
      close(linear.displacementSquared[entry], squared, 1e-3);
    });
    close(own.loss[0], residue.reduce((sum, r) => sum + r * r, 0) / 2, 1e-5);
  }
});

test("kernels are told from every look before; a lazy network's hardly move", async () => {
  const study = await run({ kept: 0 });
  const [{ at }] = study.realizations;
  assert.deepEqual(at.map(({ change }) => change.length), [0, 1, 2]);
  assert.deepEqual(at.map(({ time }) => time).slice(1), [study.time[3], study.time[6]]);
  assert(at[2].change[0] > at[1].change[0] && at[2].change[1] > 0);
  assert(at[2].laziness!.every((value) => value > 0));
  assert(
    at.every(({ labels, residue, shared }) =>
      [labels, residue, ...Object.values(shared).flat()].every((x) => x > 0 && x <= 1 + 1e-6)
    ),
  );
  const lazy = await run({ kept: 0, scale: 100 });
  close(
    lazy.realizations[0].at[2].change[0] / at[2].change[0],
    1 / 100,
    0.3,
  );
  // The lazy flow is the linearization's, and at every scale that is the same.
  const [own, linear] = [driftRatios(lazy, "own"), driftRatios(study, "linear")];
  own.forEach((column, s) => column.forEach((ratio, i) => close(ratio, linear[s][i], 3e-3)));
  assert(lazy.realizations.every(({ gap }) => gap.outputs < 0.02 && gap.weights < 0.02));
  close(lazy.realizations[0].at[2].laziness![2], 1, 0.05);
});

test("laziness of the linearization is the share of its move that the cut-off sees", async () => {
  const study = await run({ kept: 0, scale: 100, seeds: [0], kernels: 6, further: 30 });
  const [{ at, linear, later }] = study.realizations;
  // The lazy network's own, by outputs and weights, at each look and cut-off.
  for (const { laziness, lazinessLinear } of at.slice(1)) {
    laziness!.forEach((value, cutoff) => close(value, lazinessLinear![cutoff], 0.05));
    assert(lazinessLinear![0] <= lazinessLinear![1] && lazinessLinear![1] <= 1);
  }
  assert(at.at(-1)!.lazinessLinear![0] < 0.95);
  // Past the horizon the linearization goes on at the same distances.
  const spectrum = await fullNtkSpectrum(
    fullyConnected({ widths: [3072, 8, 8, 10], activation: "gelu" }),
    fullyConnected({ widths: [3072, 8, 8, 10], activation: "gelu" }).init(0),
    (await trainingSet(20)).images,
  );
  const components = residueComponents(spectrum, (await trainingSet(20)).targets.data);
  close(later!.time[0] / study.time.at(-1)!, study.time.at(-1)! / study.time.at(-2)!, 1e-9);
  close(later!.time.at(-1)!, 15, 1e-9);
  later!.time.forEach((t, i) => {
    const drop = spectrum.eigenvalues.reduce(
      (sum, rate, k) => sum - components[k] ** 2 * Math.expm1(-2 * Math.max(0, rate) * t) / 2,
      0,
    );
    close(later!.lossDrop[i] * 1e4, drop, 1e-3);
  });
  assert(later!.lossDrop[0] > linear.lossDrop.at(-1)!);
});

test("spectra of the averaged kernel are kept where they are asked for", async () => {
  const study = await run({ spectra: "yes", kernels: 1, seeds: [0] });
  const { averaged, trace } = study.realizations[0].at[0];
  close(10 * averaged!.eigenvalues.reduce((sum, value) => sum + value, 0), trace, 1e-3);
  close(averaged!.labelSquares.reduce((sum, value) => sum + value, 0), 20 * 0.9, 1e-3);
});

test("what a study cannot be is named", async () => {
  await assert.rejects(run({ scale: 0 }), /^RangeError: scale is 0; it must be/);
  await assert.rejects(run({ scale: -1 }), /^RangeError: scale is -1; it must be/);
  await assert.rejects(run({ kernels: 7 }), /^RangeError: kernels is 7; there are 6 entries/);
});

/** A study of two entries, a seed a list entry. */
function studyOf(
  { width = 64, scale = 1, kept = 1, horizon = 1 }: {
    readonly width?: number;
    readonly scale?: number;
    readonly kept?: number;
    readonly horizon?: number;
  },
  seeds: readonly { own?: number; linear?: number; gap?: number; change?: number }[],
): DriftStudy {
  const columns = (ratio: number) => ({
    ...{ lossDrop: [0, ratio], displacementSquared: [0, 1], loss: [1, 1], pathLength: [0, 1] },
    lambdaMax: [1, 1],
  });
  const look = { trace: 1, largest: 1, labels: 1, residue: 1, shared: {}, change: [] };
  return {
    configuration: {
      ...{ architecture: "fully-connected", width, n: 50, scale, kept, horizon, tolerance: 0.01 },
      ...{ seeds: seeds.map((_, i) => i), entries: 1, kernels: 1, testImages: 0, spectra: "no" },
    },
    time: [0, 1],
    realizations: seeds.map(({ own = 2, linear = 2, gap = 1, change = 1 }, seed) => ({
      ...{ seed, own: columns(own), linear: columns(linear), gradients: 1 },
      gap: { outputs: gap, weights: gap },
      at: [{ ...look, time: 0 }, { ...look, time: 1, change: [change] }],
    })),
  };
}

test("parts of T/T_SL add up seed by seed, and each is the mean over both orders", () => {
  const cold = studyOf({}, [{ own: 6, linear: 8 }, { own: 20, linear: 30 }]);
  const zero = studyOf({ kept: 0 }, [{ own: 2.2, linear: 2 }, { own: 1.5, linear: 1.4 }]);
  const [parts] = inefficiencyParts(cold, zero);
  const whole = (Math.log(6 / 2) + Math.log(20 / 1.4)) / 2;
  assert(Math.abs(parts.function.mean + parts.motion.mean - whole) < 1e-12);
  const one = (Math.log(8 / 2) + Math.log(6 / 2.2) + Math.log(30 / 1.4) + Math.log(20 / 1.5)) / 4;
  assert(Math.abs(parts.function.mean - one) < 1e-12);
  const both = (Math.log(6 * 2 / (8 * 2.2)) + Math.log(20 * 1.4 / (30 * 1.5))) / 2;
  assert(Math.abs(parts.interaction.mean - both) < 1e-12);
  assert.throws(() => inefficiencyParts(cold, cold), /without keeps 1 of f_0; it must be 0/);
  assert.throws(
    () => inefficiencyParts(studyOf({ width: 16 }, [{}, {}]), zero),
    /studies are of FCN, width 16, n = 50 and FCN, width 64, n = 50/,
  );
  assert.throws(() => inefficiencyParts(studyOf({}, [{}]), zero), /share 1 seeds/);
});

/** How many of 500 intervals hold the truth, with as much noise in points and slopes as there is. */
function coverage(trial: (normal: () => number) => readonly [number, number], truth: number) {
  const noise = randomStream(1, "kernel drift coverage").normal(new Float64Array(40_000));
  let next = 0;
  let held = 0;
  for (let i = 0; i < 500; i++) {
    const [low, high] = trial(() => noise[next++]);
    if (low <= truth && truth <= high) held++;
  }
  return held / 500;
}

/** Of 500 intervals of 95 %, 465 to 485 but for one time in thirty. */
const isNominal = (share: number) => assert(share > 0.925 && share < 0.98, `${share}`);

test("the lazy limit's rate and its interval hold the truth in 500 made-up sweeps", () => {
  const scales = [1, 3, 10, 30, 100];
  isNominal(coverage((normal) => {
    const seeds = Array.from({ length: 6 }, () => [Math.exp(normal()), 1 + 0.03 * normal()]);
    const sweep = scales.map((scale) =>
      studyOf(
        { scale },
        seeds.map(([size, p]) => ({ gap: size * scale ** -p * Math.exp(0.1 * normal()) })),
      )
    );
    return lazyRate(sweep, { of: "outputs" }).exponent.interval;
  }, 1));
});

test("a factor from width to width and its interval hold the truth in 500 made-up series", () => {
  isNominal(coverage((normal) => {
    const seeds = Array.from({ length: 6 }, () => Math.exp(normal()));
    const series = [16, 64, 256].map((width) =>
      studyOf(
        { width },
        seeds.map((size) => ({ change: size * width ** -0.5 * Math.exp(0.1 * normal()) })),
      )
    );
    return driftWithWidth(series).steps[0].factor.interval;
  }, 0.5));
});

test("rates are of one network, three scales and two seeds; widths differ in the width alone", () => {
  const sweep = [1, 10, 100].map((scale) =>
    studyOf({ scale }, [{ gap: 1 / scale }, { gap: 2 / scale }])
  );
  const rate = lazyRate(sweep, { of: "outputs", to: 100 });
  assert(Math.abs(rate.exponent.mean - 1) < 1e-12);
  assert.deepEqual(rate.window, [1, 100]);
  assert.throws(() => lazyRate(sweep, { of: "outputs", to: 10 }), /2 scales lie in the window/);
  assert.throws(
    () => lazyRate([...sweep, studyOf({ width: 8 }, [{}, {}])], { of: "kernel" }),
    /studies are of 2 networks/,
  );
  assert.throws(
    () => lazyRate([...sweep, studyOf({ scale: 10 }, [{}, {}])], { of: "outputs" }),
    /^RangeError: two studies have the scale 10; a rate takes each scale once/,
  );
  assert.throws(() => lazyRate(sweep, { of: "outputs", from: -1 }), /from is -1/);
  const series = [16, 64, 256].map((width) => studyOf({ width }, [{}, {}]));
  assert.throws(() => driftWithWidth(series.slice(1)), /studies has 2 widths/);
  assert.throws(
    () => driftWithWidth([...series, studyOf({ width: 8, horizon: 2 }, [{}, {}])]),
    /they must differ in the width alone/,
  );
});

test("curves are told from a look; the warm start is that of the mean accuracy", () => {
  const study = studyOf({}, [{ change: 0.5 }, { change: 0.25 }]);
  assert.deepEqual(driftCurve(study, "change"), { time: [1], seeds: [[0.5, 0.25]] });
  assert.deepEqual(driftCurve(study, "labels").time, [0, 1]);
  assert.throws(() => driftCurve(study, "change", { from: 1 }), /from is 1/);
  assert.equal(warmLook(study), -1);
  const observed = (late: number): DriftStudy => ({
    ...study,
    realizations: study.realizations.map((one, seed) => ({
      ...one,
      own: { ...one.own, testAccuracy: [0.1, late + 0.02 * seed] },
    })),
  });
  assert.equal(warmLook(observed(0.111)), 1);
  assert.equal(warmLook(observed(0.109)), -1);
});
