import assert from "node:assert/strict";
import {
  exponentRows,
  exponentsOf,
  exponentsOverSeeds,
  forecastPanel,
  forecastRows,
  inefficiencyLine,
  kernelFlows,
  kernelForecast,
  type KernelStudy,
  residuePanel,
  spectrumPanel,
  spreadRows,
} from "../../lib/mod.ts";
import { madeStudy } from "../experiments/claims/made.ts";

const law = (exponent: number) => Array.from({ length: 100 }, (_, i) => (i + 1) ** -exponent);
const made = (seed: number): KernelStudy => ({
  configuration: { architecture: "myrtle-5", width: 32, n: 500, seed },
  eigenvalues: law(1),
  startSquares: law(1.4),
  labelSquares: law(0.3),
  lossAtStart: 1,
});
const fits = [0, 1].map((seed) => exponentsOf(made(seed)));

Deno.test("spectra are drawn per image against k, in the names and colours that are given", () => {
  const { marks, log } = spectrumPanel([made(0), made(1)], {
    nameOf: ({ configuration }) => `seed ${configuration.seed}`,
    colors: ["#000000", "#ffffff"],
  });
  const [first, second] = marks.flat();
  assert.deepEqual((first.x as number[]).slice(0, 2), [1, 2]);
  assert.deepEqual((first.y as number[]).slice(0, 2), [1 / 500, 1 / 1000]);
  assert.equal(second.name, "seed 1");
  assert.equal((second.line as { color: string }).color, "#ffffff");
  assert.equal(log, "xy");
});

Deno.test("residues are drawn at the start and of the labels, under the kernel's name", () => {
  const { marks, title } = residuePanel(made(0));
  assert.deepEqual(marks.flat().map(({ name }) => name), ["at initialization", "labels alone"]);
  assert.equal(title, "Myrtle-5, width 32, seed 0, n 500");
});

Deno.test("the network itself is drawn where its seed was measured", () => {
  const measured = madeStudy({ cold: [7, 8] });
  const names = (panel: ReturnType<typeof forecastPanel>) => panel.marks.flat().map((m) => m.name);
  assert.equal(names(forecastPanel(fits[0])).length, 2);
  const marks = forecastPanel(fits[1], measured).marks.flat();
  assert.equal(marks[2].name, "the network itself");
  assert.deepEqual(marks[2].y, [1.1, 1.1, 8]);
  assert.equal(names(forecastPanel(exponentsOf(made(2)), measured)).length, 2);
  const [{ x, y }] = inefficiencyLine(kernelFlows(fits[0]).labels, { name: "labels" });
  const [time, ratio] = [x, y].map((column) => (column as number[]).at(-1)!);
  assert(Math.abs(time - 10) < 1e-9);
  assert(Math.abs(ratio / kernelFlows(fits[0]).labels.at(10).inefficiency - 1) < 1e-9);
});

Deno.test("tables have exponents with intervals, errors over seeds, and forecasts at their time", () => {
  const [row] = exponentRows(fits);
  assert.deepEqual([row.kernel, row["α"]], [
    "Myrtle-5, width 32, seed 0, n 500",
    "1.00 [1.00, 1.00]",
  ]);
  assert.equal(spreadRows([exponentsOverSeeds(fits)])[0]["α"], "1 ± 0");
  const forecast = kernelForecast(fits[0], { at: 0.2 });
  const [told] = forecastRows([forecast, forecast]);
  assert.equal(told["T/T_SL at τ = 0.2"], fits[0].name);
  assert.equal(told["the network itself, ± 1 %"], "not measured");
  const [measured] = forecastRows([{ ...forecast, own: 8.125 }]);
  assert.equal(measured["the network itself, ± 1 %"], "8.13");
});
