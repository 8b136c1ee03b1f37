import assert from "node:assert/strict";
import {
  exponentsOf,
  exponentsOverSeeds,
  type KernelConfiguration,
  kernelFlows,
  kernelForecast,
  kernelName,
  type KernelStudy,
  measuredBeside,
} from "../../lib/mod.ts";
import { madeStudy } from "./claims/made.ts";

const law = (exponent: number, amplitude = 1) =>
  Array.from({ length: 200 }, (_, i) => amplitude * (i + 1) ** -exponent);

/** A kernel of pure power laws. */
const made = (seed: number, part: Partial<KernelConfiguration> = {}): KernelStudy => ({
  configuration: { architecture: "myrtle-5", width: 32, n: 500, seed, ...part },
  eigenvalues: law(1 + seed / 10, 3),
  startSquares: law(1.4),
  labelSquares: law(0.3),
  lossAtStart: 1,
});

Deno.test("a kernel's name has what sets it apart", () => {
  const name = (configuration: KernelConfiguration) => kernelName({ configuration });
  const wide = { architecture: "fully-connected", width: "infinite", n: 500 } as const;
  assert.equal(name(wide), "FCN, ∞, n 500");
  assert.equal(name({ ...wide, depth: 4, activation: "erf" }), "FCN erf, ∞, 4 hidden, n 500");
  assert.equal(kernelName(made(2), { star: true }), "Myrtle-5, width 32, seed 2, n 500 ★");
});

Deno.test("exponents are of the laws, all in the window of α", () => {
  const fit = exponentsOf(made(1), "mine");
  assert.equal(fit.name, "mine");
  assert(Math.abs(fit.alpha.exponent - 1.1) < 1e-3);
  assert(Math.abs(fit.start.exponent - 1.4) < 1e-3 && Math.abs(fit.labels.exponent - 0.3) < 1e-3);
  assert.deepEqual(fit.start.window, fit.alpha.window);
  assert.deepEqual(fit.labels.window, fit.alpha.window);
});

Deno.test("a spread is of one network's seeds", () => {
  const { network, n, seeds, alpha } = exponentsOverSeeds(
    [0, 1, 2].map((s) => exponentsOf(made(s))),
  );
  assert.deepEqual([network, n, seeds], ["Myrtle-5, width 32", 500, 3]);
  assert(Math.abs(alpha.mean - 1.1) < 1e-3);
  assert(Math.abs(alpha.standardError - 0.1 / Math.sqrt(3)) < 1e-3);
  const other = [exponentsOf(made(0)), exponentsOf(made(1, { n: 1000 }))];
  assert.throws(() => exponentsOverSeeds(other), /"n":500\} and .*"n":1000\}; a spread is of one/);
  assert.throws(() => exponentsOverSeeds([exponentsOf(made(0))]), /values has 1 number/);
});

Deno.test("of pure power laws the forecast by exponents is the sum over the kernel", () => {
  const { exact, powerLaw } = kernelFlows(exponentsOf(made(0)));
  for (const time of [0.01, 1, 100]) {
    assert(Math.abs(powerLaw.at(time).inefficiency / exact.at(time).inefficiency - 1) < 1e-3);
  }
});

Deno.test("a forecast stands beside the measured flow of its own seed", () => {
  const fit = exponentsOf(made(1));
  const measured = madeStudy({ cold: [7, 8] });
  const { own, growth, labels, exact } = kernelForecast(fit, { at: 0.2, measured });
  assert.equal(own, 8);
  assert(Math.abs(growth - 0.4 / 1.1) < 1e-3 && labels < exact);
  assert.equal(kernelForecast(exponentsOf(made(2)), { at: 0.2, measured }).own, undefined);
  assert.throws(() => kernelForecast(fit, { at: 1, measured }), /ends at τ = 0.2; .* is at 1/);
});

Deno.test("what is measured beside a kernel is the same network, to that time", () => {
  const study = madeStudy();
  const beside = (part: Partial<KernelConfiguration>, at = 0.2) =>
    measuredBeside(made(0, part), [madeStudy({ n: 1000 }), study], { at });
  assert.equal(beside({}), study);
  assert.equal(beside({}, 0.1), undefined);
  assert.equal(beside({ width: 16 }), undefined);
  assert.equal(beside({ width: "infinite" }), undefined);
  assert.equal(beside({ depth: 4 }), undefined);
});
