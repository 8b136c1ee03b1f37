import assert from "node:assert/strict";
import {
  exponentsOf,
  growthOf,
  type KernelConfiguration,
  kernelFlows,
  kernelName,
  type KernelStudy,
  linearFlow,
  measuredBeside,
  networkForecast,
  networkName,
  powerLawForecast,
  setsOfImages,
} from "../../../lib/mod.ts";
import { madeStudy } from "../claims/made.ts";

const law = (exponent: number, amplitude = 1) =>
  Array.from({ length: 400 }, (_, i) => amplitude * (i + 1) ** -exponent);

/** A kernel of pure power laws, whose amplitude and exponent depend on the set of images. */
const made = (part: Partial<KernelConfiguration> = {}): KernelStudy => {
  const { images = 0, seed = 0 } = part;
  return {
    configuration: { architecture: "myrtle-5", width: 32, n: 400, seed, ...part },
    eigenvalues: law(1.6 + images / 50, 3),
    startSquares: law(1.9, 1 + seed / 10),
    labelSquares: law(1.2),
    lossAtStart: 1,
  };
};
const sets = [0, 1, 2].map((images) => made({ images, seed: images }));

Deno.test("a kernel's name has what sets it apart", () => {
  const name = (configuration: KernelConfiguration) => kernelName({ configuration });
  const wide = { architecture: "fully-connected", width: "infinite", n: 500 } as const;
  assert.equal(name(wide), "FCN, ∞, n 500");
  assert.equal(name({ ...wide, depth: 4, activation: "erf" }), "FCN erf, ∞, 4 hidden, n 500");
  assert.equal(
    kernelName(made({ images: 7, seed: 2 }), { star: true }),
    "Myrtle-5, width 32, seed 2, n 400, images 7 ★",
  );
  assert.equal(networkName(made().configuration), "Myrtle-5, width 32");
});

Deno.test("exponents are of the population, all in the window of α, over sets", () => {
  const fit = exponentsOf(sets, "mine");
  assert.deepEqual([fit.name, fit.network, fit.alpha.sets], ["mine", "Myrtle-5, width 32", 3]);
  assert(Math.abs(fit.alpha.exponent - 1.62) < 0.05, `${fit.alpha.exponent}`);
  // As squares that samples have, less their tails: somewhat steeper.
  assert(fit.start.exponent > 1.9 && fit.start.exponent < 1.97, `${fit.start.exponent}`);
  assert(fit.labels.exponent > 1.2 && fit.labels.exponent < 1.32, `${fit.labels.exponent}`);
  assert.deepEqual(fit.start.window, fit.alpha.window);
  assert.deepEqual(fit.labels.window, fit.alpha.window);
  // Sets of slopes 1.60, 1.62, 1.64: a standard error of 0.02/√3, Student's 4.30 of two.
  const [low, high] = fit.alpha.interval!;
  assert(Math.abs((high - low) / 2 / (4.303 * 0.02 / Math.sqrt(3)) - 1) < 0.1);
  assert(fit.alpha.wide[0] <= low && high <= fit.alpha.wide[1]);
  const single = exponentsOf([made()]);
  assert.equal(single.alpha.interval, undefined);
  assert.deepEqual(single.alpha.wide, single.alpha.windows);
});

Deno.test("exponents are of one network and n, each set its own", () => {
  assert.throws(() => exponentsOf([]), /there is no kernel/);
  assert.throws(
    () => exponentsOf([made(), made({ width: 16, images: 1 })]),
    /"width":32,.* and .*"width":16,.*; exponents are of one network and n/,
  );
  assert.throws(() => exponentsOf([made({ images: 1 }), made({ images: 1 })]), /same images/);
  const short = { ...made(), eigenvalues: law(1).slice(0, 64) };
  assert.throws(() => exponentsOf([short]), /eigenvalues has 64 numbers/);
});

Deno.test("groups are of drawn images where there are any, one seed a set", () => {
  const all = [made(), made({ seed: 1 }), ...sets, made({ images: 1, seed: 9 }), made({ n: 900 })];
  const groups = setsOfImages(all);
  assert.deepEqual(groups.map((group) => group.map(({ configuration: c }) => [c.images, c.seed])), [
    [[0, 0], [1, 1], [2, 2]],
    [[undefined, 0]],
  ]);
});

Deno.test("(δ − 1)/α has the interval of both exponents", () => {
  const { value, interval } = growthOf(exponentsOf(sets));
  assert(Math.abs(value - 0.9 / 1.62) < 0.02, `${value}`);
  assert(interval[0] < value && value < interval[1] && interval[1] - interval[0] > 0.02);
});

Deno.test("of pure power laws the forecast by exponents is the sum over the kernel", () => {
  const { averaged } = kernelFlows(made());
  const powerLaw = powerLawForecast({
    alpha: { exponent: 1.6, amplitude: 3 },
    start: { exponent: 1.9, amplitude: 1 },
    modes: 400,
  });
  for (const time of [0.01, 1, 100]) {
    assert(Math.abs(powerLaw.at(time).inefficiency / averaged.at(time).inefficiency - 1) < 1e-9);
  }
});

Deno.test("a forecast stands beside the measured and the linearized flow of its own seed", () => {
  const measured = madeStudy({ cold: [7, 8] });
  const seeds = [made({ seed: 1 }), made({ seed: 2 })];
  const { powerLaw, growth, kernels, network, at } = networkForecast(exponentsOf(sets), seeds, {
    ...{ at: 0.2, measured },
    linearized: (seed) => seed === 1 ? 9 : undefined,
  });
  assert.deepEqual([network, at], ["Myrtle-5, width 32", 0.2]);
  assert.deepEqual(kernels.map(({ own, linearized }) => [own, linearized]), [
    [8, 9],
    [undefined, undefined],
  ]);
  const flow = linearFlow({ eigenvalues: law(1.6, 3), residue: law(1.9, 1.1).map(Math.sqrt) });
  assert(Math.abs(kernels[0].averaged / flow.at(0.2).inefficiency - 1) < 1e-9);
  assert(kernels[0].labels < kernels[0].averaged);
  assert(powerLaw.interval[0] <= powerLaw.value && powerLaw.value <= powerLaw.interval[1]);
  assert(powerLaw.interval[0] >= 1 && growth.interval[1] > growth.value);
  const at1 = { at: 1, measured };
  assert.throws(
    () => networkForecast(exponentsOf(sets), seeds, at1),
    /ends at τ = 0.2; .* is at 1/,
  );
  assert.throws(() => networkForecast(exponentsOf(sets), seeds, { at: 0 }), /at is 0/);
});

Deno.test("what is measured beside a kernel is the same network, to that time, on the first images", () => {
  const study = madeStudy({ n: 400 });
  const beside = (part: Partial<KernelConfiguration>, at = 0.2) =>
    measuredBeside(made(part), [madeStudy({ n: 1000 }), study], { at });
  assert.equal(beside({}), study);
  assert.equal(beside({}, 0.1), undefined);
  assert.equal(beside({ width: 16 }), undefined);
  assert.equal(beside({ width: "infinite" }), undefined);
  assert.equal(beside({ depth: 4 }), undefined);
  assert.equal(beside({ images: 0 }), undefined);
});
