import assert from "node:assert/strict";
import {
  exponentPanel,
  exponentRows,
  exponentsOf,
  fixedWindowRows,
  forecastPanel,
  forecastRows,
  inefficiencyLine,
  kernelFlows,
  type KernelStudy,
  linearizationRows,
  type LinearizationStudy,
  networkForecast,
  residuePanel,
  spectrumPanel,
  spreadRows,
} from "../../lib/mod.ts";
import { madeStudy } from "../experiments/claims/made.ts";

const law = (exponent: number) => Array.from({ length: 200 }, (_, i) => (i + 1) ** -exponent);
const made = (seed: number): KernelStudy => ({
  configuration: { architecture: "myrtle-5", width: 32, n: 500, seed },
  eigenvalues: law(1.5),
  startSquares: law(1.7),
  labelSquares: law(1.3),
  lossAtStart: 1,
});
const fit = exponentsOf([0, 1].map(made));

Deno.test("spectra are drawn per image against k, in the names and colours that are given", () => {
  const { marks, log } = spectrumPanel([made(0), made(1)], {
    nameOf: ({ configuration }) => `seed ${configuration.seed}`,
    colors: ["#000000", "#ffffff"],
  });
  const [first, second] = marks.flat();
  assert.deepEqual((first.x as number[]).slice(0, 2), [1, 2]);
  assert.deepEqual((first.y as number[]).slice(0, 2), [1 / 500, 2 ** -1.5 / 500]);
  assert.equal(second.name, "seed 1");
  assert.equal((second.line as { color: string }).color, "#ffffff");
  assert.equal(log, "xy");
});

Deno.test("residues are drawn at the start and of the labels, under the kernel's name", () => {
  const { marks, title } = residuePanel(made(0));
  assert.deepEqual(marks.flat().map(({ name }) => name), ["at initialization", "labels alone"]);
  assert.equal(title, "Myrtle-5, width 32, seed 0, n 500");
});

Deno.test("exponents against n: those that are told, with intervals, as sampled, and the limit", () => {
  const one = { exponent: 1.1, wide: [1, 1.3] as const, samples: 500, uncorrected: 0.9 };
  const fits = [one, { ...one, samples: 1000 }, { ...one, exponent: NaN, samples: 2000 }];
  const { marks, log, y } = exponentPanel([{ name: "α", fits, limit: { exponent: 1.2 } }], "α");
  const [law, sampled, limit] = marks.flat();
  assert.deepEqual(law.x, [500, 1000]);
  const bars = law.error_y as { array: number[]; arrayminus: number[] };
  assert(Math.abs(bars.array[0] - 0.2) < 1e-12 && Math.abs(bars.arrayminus[0] - 0.1) < 1e-12);
  assert.deepEqual(sampled.y, [0.9, 0.9]);
  assert.deepEqual([limit.x, limit.y], [[500, 1000], [1.2, 1.2]]);
  assert.deepEqual([log, y], ["x", "α"]);
  assert.deepEqual(exponentPanel([{ name: "α", fits: fits.slice(2) }]).marks, []);
});

Deno.test("the network itself is drawn where its seed was measured, its linearization where given", () => {
  const measured = madeStudy({ cold: [7, 8] });
  const names = (panel: ReturnType<typeof forecastPanel>) => panel.marks.flat().map((m) => m.name);
  assert.equal(names(forecastPanel(fit, made(0))).length, 2);
  const linearized = { time: [0, 0.1, 0.2], inefficiency: [1, 2, 3] };
  const marks = forecastPanel(fit, made(1), { measured, linearized }).marks.flat();
  assert.deepEqual(marks.slice(2).map(({ name, y }) => [name, y]), [
    ["linearized, all outputs", [2, 3]],
    ["the network itself", [1.1, 1.1, 8]],
  ]);
  assert.equal(names(forecastPanel(fit, made(2), { measured })).length, 2);
  const { labels } = kernelFlows(made(0));
  const [{ x, y }] = inefficiencyLine(labels, { name: "labels" });
  const [time, ratio] = [x, y].map((column) => (column as number[]).at(-1)!);
  assert(Math.abs(time - 10) < 1e-9);
  assert(Math.abs(ratio / labels.at(10).inefficiency - 1) < 1e-9);
});

Deno.test("tables have exponents with intervals, what moves them, and forecasts at their time", () => {
  const [row] = exponentRows([fit]);
  assert.deepEqual([row.network, row.sets, row.k, row["α, sets alone"]], [
    "Myrtle-5, width 32, n 500",
    2,
    "1–20",
    "± 0.00",
  ]);
  assert.match(String(row["α"]), /^1\.\d\d \[1\.\d\d, 1\.\d\d\]$/);
  const none = { ...fit.labels, exponent: NaN };
  assert.equal(exponentRows([{ ...fit, labels: none }])[0]["δ of labels"], "undetermined");
  assert.equal(exponentRows([exponentsOf([made(0)])])[0]["α, sets alone"], "one set");
  assert.match(String(spreadRows([fit], [fit])[0]["α, seeds alone"]), /^1\.\d\d ± 0\.00$/);
  assert.throws(() => spreadRows([fit], []), /1 networks' seeds and 0 networks' sets/);
  const forecast = networkForecast(fit, [made(0), made(1)], { at: 0.2 });
  const [told, second] = forecastRows([forecast]);
  assert.equal(told["T/T_SL at τ = 0.2"], "Myrtle-5, width 32, seed 0, n 500");
  assert.equal(told["the network itself, ± 1 %"], "not measured");
  assert.equal(second["linearized, all outputs"], "not computed");
  const kernels = [{ ...forecast.kernels[0], own: 8.125, linearized: 9.5 }];
  const [measured] = forecastRows([{ ...forecast, kernels }]);
  assert.equal(measured["the network itself, ± 1 %"], "8.13");
  assert.equal(measured["linearized, all outputs"], "9.50");
});

Deno.test("a fixed window is the same for every n, without the rule's", () => {
  const [row] = fixedWindowRows([fit], [10, 100]);
  assert.equal(row["k = 10–100"], "Myrtle-5, width 32, n 500");
  assert.equal(row["α as sampled"], "1.50");
  assert.equal(row["δ of labels as sampled"], "1.30");
  assert.equal(row["k ≤ n/10"], "no: outside the correction's range");
  assert.equal(
    fixedWindowRows([fit], [2, 20])[0]["k ≤ n/10"],
    "yes",
    "the kernels have 200 images",
  );
  assert.equal(
    fixedWindowRows([fit], [2, 21])[0]["k ≤ n/10"],
    "no: outside the correction's range",
  );
  const [single] = fixedWindowRows([exponentsOf([made(0)])], [2, 20]);
  assert.match(String(single["α"]), /^1\.\d\d$/, "one set in one window has no interval");
  assert.throws(() => fixedWindowRows([fit], [10, 200]), /window is \[10, 200\]/);
});

Deno.test("a linearization's row: what the average misses, and how far the kernel has moved", () => {
  const at = { eigenvalues: [1000], squares: [1], residueSquared: 2, averagedLargest: 250 };
  const cold = { ...at, time: 0, trace: 5, alignment: 0.1 };
  const since = {
    ...{ kernelChange: 0.71, traceRatio: 1.2 },
    laziness: [{ cutoff: 0.01, value: 0.4 }, { cutoff: 0.001, value: 0.8 }],
  };
  const study: LinearizationStudy = {
    configuration: { ...madeStudy().configuration, times: [0.2] },
    ...{ time: [0, 0.2], warmIndex: -1 },
    realizations: [
      { seed: 0, kernels: "full", at: [cold, { ...cold, time: 0.2, since }] },
      { seed: 1, kernels: "full", at: [{ ...cold, missed: { crossOutputs: 0.3, whole: 0.45 } }] },
    ],
  };
  const [moved, missed] = linearizationRows(study);
  assert.equal(moved["‖K_τ − K_0‖/‖K_0‖"], "0.71");
  assert.equal(moved["laziness, λ > 0.001 λ_1"], "0.80");
  assert.equal(moved["missed in all"], "not computed");
  assert.deepEqual([missed["missed between outputs"], missed["missed in all"]], ["30 %", "45 %"]);
  assert.equal(missed["tr K_τ/tr K_0"], "not computed");
});
