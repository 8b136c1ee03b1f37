import assert from "node:assert/strict";
import {
  againstSize,
  agreementRows,
  atMark,
  columnPanel,
  driftPanels,
  driftRows,
  type Figure,
  growthRows,
  type LinearizationStudy,
  markRows,
  panels,
  peakFactorRows,
  peakPanels,
  peakRows,
  peaksOf,
  ratioByStartPanel,
  scaleRows,
  seedMeanText,
  sizeByMark,
  speedLimitFigure,
  type SpeedLimitStudy,
  thresholdRows,
  warmStartRows,
  wideLimit,
  wideLimitPanel,
  wideLimitRows,
  wideRegimePanel,
} from "../../../lib/mod.ts";
import { READING } from "../../../lib/figures/reading.ts";
import { madeGrowth, madeResidues, madeStudy } from "../../experiments/claims/made.ts";

Deno.test("rows at marks have both clocks, and say what is not reached", () => {
  const study = madeStudy({ cold: [20, 20], warm: [2, 2] });
  const at = (start: "cold" | "warm") =>
    [{ time: 0.2 }, { time: 1 }].map((mark) => atMark(study, mark, { start }));
  const [row, never] = markRows(at("cold"), at("warm"));
  assert.deepEqual(
    [row.network, row.mark, row["τ"], row["nτ"], row["T/T_SL cold"], row["T/T_SL warm"]],
    ["32 channels, n = 500", "τ = 0.2", "0.200", 100, "20.0 [20.0, 20.0]", "2.00 [2.00, 2.00]"],
  );
  assert.equal(row["test accuracy"], "13.0 %");
  assert.deepEqual(
    [never["τ"], never["nτ"], never["T/T_SL cold"], never["test accuracy"]],
    ["not reached", "–", "–", "–"],
  );
  assert(!("T/T_SL warm" in markRows(at("cold"))[0]));
  assert.throws(
    () => markRows(at("cold"), at("warm").slice(1)),
    /warm has 1 number; it must have 2/,
  );
});

Deno.test("rows of growth have factor and exponent, or say which n do not come so far", () => {
  const [row, never] = growthRows([
    madeGrowth({ time: 5 }, [0.1, 0.3]),
    madeGrowth({ lossLeft: 0.1 }),
  ]);
  assert.equal(row["by a factor of"], "500 → 5000: 2.00 [1.00, 4.00]");
  assert.equal(row["as n to the power"], "0.20 [0.10, 0.30]");
  assert.equal(never["by a factor of"], "not reached by two n");
  assert.equal(never["not reached by two seeds at n"], "500, 5000");
});

/** Two seeds that peak at ι = 9 and τ = place, and fall. */
const peaked = (place: number, n = 500): SpeedLimitStudy => {
  const made = madeStudy({ n, cold: [1, 1] });
  const time = [0, ...[0.1, 0.3, 1, 3, 10].map((t) => t * place)];
  const inefficiency = [1, 2, 6, 9, 6, 2];
  return {
    ...made,
    time,
    realizations: made.realizations.map((one) => ({
      ...one,
      loss: time.map(() => 1),
      testAccuracy: time.map(() => 0.1),
      lambdaMax: time.map(() => 1),
      cold: { inefficiency, tortuosity: inefficiency, speedSpread: inefficiency },
    })),
  };
};

Deno.test("peaks are told on both clocks, and compared seed by seed", () => {
  const [few, many] = [peaksOf(peaked(1)), peaksOf(peaked(0.5, 1000))];
  const [row] = peakRows([few]);
  assert.equal(row["seeds that peak"], "2 of 2");
  assert.match(String(row["at τ"]), /^(0\.9|1\.0)/);
  assert.match(String(row["T/T_SL there"]), /^9\.0 /);
  const none = peakRows([peaksOf(madeStudy())])[0];
  assert.deepEqual([none["seeds that peak"], none["at τ"], none["rise again"]], [
    "0 of 2",
    "–",
    "0",
  ]);
  const [factor] = peakFactorRows([[many, few]]);
  assert.deepEqual(
    [factor.height, factor["place in τ"], factor["place in nτ"], factor.seeds],
    ["1.00 [1.00, 1.00]", "0.50 [0.50, 0.50]", "1.00 [1.00, 1.00]", 2],
  );
  assert.deepEqual(peakFactorRows([[few, peaksOf(madeStudy())]]), []);
  assert.equal(peakPanels([few, many]).length, 3);
  assert.throws(() => peakPanels([peaksOf(madeStudy())]), /of 1 studies none has a peak/);
});

Deno.test("two scales stand side by side at the same λτ", () => {
  const study = madeStudy({ cold: [20, 20] });
  const [row] = scaleRows([{ large: study, small: study, layers: 5, time: 0.2 }]);
  assert.equal(row["W_std and τ"], "1.41, τ = 0.2");
  assert.equal(row["factor in T/T_SL"], "1.00 [1.00, 1.00]");
});

Deno.test("agreement is told in per cent, with where it is worst", () => {
  const one = { largest: 0.0123, seed: 3, time: 0.1234, typical: 0.002, seeds: 6 };
  assert.deepEqual(agreementRows([["128 channels", one]])[0], {
    ...{ flows: "128 channels", seeds: 6, "largest difference": "1.23 %" },
    ...{ "at seed": 3, "and τ": 0.12, typical: "0.20 %" },
  });
});

Deno.test("warm starts are told with their error on both clocks, or that there is none", () => {
  const [row, never] = warmStartRows([
    madeStudy({ warmTime: 0.02 }),
    {
      ...madeStudy(),
      time: [0, 1, 2, 3],
      realizations: madeStudy().realizations.map((one) => ({
        ...one,
        testAccuracy: [0.1, 0.1, 0.1, 0.1],
      })),
    },
  ]);
  assert.equal(row["warm start at τ"], "0.02 [0.02, 0.02]");
  assert.deepEqual([row["at nτ"], row["epoch (η = 1e-5) at 12 % accuracy, L a sum"]], [
    "10.0",
    "2,000",
  ]);
  assert.equal(row["L a mean"], "1,000,000");
  assert.equal(row["leave-one-out τ_w"], "0.02, 0.02");
  assert.deepEqual([never["warm start at τ"], never["at nτ"]], ["not reached", "–"]);
});

Deno.test("thresholds by threshold, and kernels by how far they moved", () => {
  assert.deepEqual(thresholdRows([madeStudy({ warm: [2, 2] })]), [
    { threshold: 0.12, "warm start at τ": 0.1, "T/T_SL warm at the horizon": "2.00 [2.00, 2.00]" },
  ]);
  const residues = madeResidues([0.8, 0.6], [0.3, 0.5]);
  const [row] = driftRows([{
    ...residues,
    realizations: residues.realizations.map((one) => ({
      ...one,
      cold: { ...one.cold, alignment: 0.1 },
      warm: { ...one.warm!, alignment: 0.2, eigenvalues: one.warm!.eigenvalues.map((x) => x / 4) },
      kernelChange: 0.7,
    })),
  }]);
  assert.equal(row["‖K_warm − K_0‖/‖K_0‖"], "0.70 [0.70, 0.70]");
  assert.equal(row.trace, "× 0.25 [0.25, 0.25]");
  assert.equal(row["alignment with the labels"], "× 2.00 [2.00, 2.00]");
  assert.throws(() => driftRows([madeResidues([0.8])]), /no realization has a warm start/);
});

const xOf = ({ data }: Figure) => data.map(({ x }) => x as number[]);

Deno.test("curves on the clock of a mean are n times as late, and warm ones begin at their start", () => {
  const study = madeStudy({ warm: [2, 2] });
  const at = (options: Parameters<typeof columnPanel>[2]) =>
    xOf(panels([columnPanel([study], "inefficiency", options)])).at(-1);
  assert.deepEqual(at({}), [0.05, 0.1, 0.2]);
  assert.deepEqual(at({ clock: "meanTime" }), [25, 50, 100]);
  assert.deepEqual(at({ start: "warm" }), [0.1]);
  const loss = panels([columnPanel([study], "lossLeft")]).data.at(-1)!.y as number[];
  assert(Math.abs(loss.at(-1)! / (Math.sqrt(1.1) / 225) - 1) < 1e-4);
  const single = columnPanel([madeStudy({ cold: [30] })], "inefficiency").marks.flat();
  assert.equal(single.at(-1)!.name, "n = 500 (seed 0)", "one seed is no mean");
  const none = columnPanel([madeStudy()], "inefficiency", { start: "warm" });
  assert.deepEqual([none.marks, none.title, none.log], [[], "not reached", undefined]);
  assert.throws(() => columnPanel([study], "loss" as "lossLeft"), /column is "loss"/);
  assert.throws(() => columnPanel([study], "lossLeft", { clock: "s" as "time" }), /clock is "s"/);
});

Deno.test("against n a mark has a line a network, and from both starts of one alone", () => {
  const [a, b] = [500, 1000].map((n) => madeStudy({ n, warm: [2, 2] }));
  assert.deepEqual(
    againstSize([a, b], { time: 0.2 }).marks.flat().map(({ name }) => name),
    [READING, READING, "cold start", "warm start"],
  );
  const wider = madeStudy({ width: 128 });
  const marks = againstSize([a, b, wider], { time: 0.2 }).marks.flat();
  assert.deepEqual(marks.map(({ name }) => name), [READING, "32 channels", "128 channels"]);
  assert.deepEqual(againstSize([a], { time: 9 }).marks, []);
  assert(
    "xaxis5" in speedLimitFigure([a, b], { clock: "meanTime", mark: { meanTime: 50 } }).layout,
  );
  assert.throws(() => speedLimitFigure([]), /studies is empty/);
});

Deno.test("no interval of T/T_SL reaches below 1, in a panel or in words", () => {
  // Two seeds that differ tenfold: Student's interval of the logarithm is [0.0003, 3e6].
  const wild = madeStudy({ cold: [10, 100], warm: [1.1, 3] });
  const intervals = againstSize([wild], { time: 0.2 }).marks.flat()
    .flatMap(({ error_y, y }) => {
      const bars = error_y as { arrayminus: number[] } | undefined;
      return bars ? (y as number[]).map((value, i) => value - bars.arrayminus[i]) : [];
    });
  assert.deepEqual(intervals.map((low) => Number(low.toFixed(9))), [1, 1]);
  const { inefficiency } = atMark(wild, { time: 0.2 });
  assert(Math.abs(inefficiency!.mean - Math.sqrt(1000)) < 1e-9);
  assert.match(seedMeanText(inefficiency), /^31\.6 \[1\.0, /);
});

Deno.test("a study without further origins has no curve by its start", () => {
  const { marks, title } = ratioByStartPanel([madeStudy({ warm: [2, 2] })], { time: 0.2 });
  assert.deepEqual([marks, title], [[], "starts are stored of newer studies alone"]);
});

Deno.test("wide limits and finite networks of one n share their colour", () => {
  const flow = wideLimit({
    configuration: { architecture: "fully-connected", width: "infinite", n: 500 },
    ...{ eigenvalues: [2], startSquares: [2], labelSquares: [1], lossAtStart: 1 },
  });
  const { data } = panels([wideLimitPanel([flow], { studies: [madeStudy()], clock: "meanTime" })]);
  const colors = data.map(({ line }) => (line as { color: string }).color);
  assert.equal(new Set(colors).size, 1);
  assert(Math.abs((data[0].x as number[])[0] - 500 * 1e-4) < 1e-9);
  const regimes = panels([wideRegimePanel(flow, { from: 0.01, to: 100 })]).data;
  const asymptote = regimes.find(({ name }) => String(name).startsWith("T ΔL"))!;
  assert(Math.abs((asymptote.y as number[]).at(-1)! - 100) < 1e-3); // T ΔL/(rᵀK⁻¹r) = λT/2
  assert.throws(() => wideLimitPanel([]), /there is no flow/);
  assert.throws(
    () => wideLimitPanel([flow], { from: 2, to: 1 }),
    /to is 1; it must be above from, 2/,
  );
  assert.throws(() => wideRegimePanel(flow, { from: 0 }), /from is 0/);
});

Deno.test("the reader's marks are those that a network comes to with all its seeds", () => {
  const studies = [500, 1000].map((n) => madeStudy({ n, cold: [20, 22], warm: [2, 2.1] }));
  const marks = [{ time: 0.1 }, { time: 0.2 }, { time: 9 }, { meanTime: 50 }];
  const { data, layout } = sizeByMark(studies, marks, { start: { time: 0.2 } });
  const [{ steps, active }] = layout.sliders as { steps: { label: string }[]; active: number }[];
  assert.deepEqual([steps.map(({ label }) => label), active], [
    ["τ = 0.1", "τ = 0.2", "nτ = 50"],
    1,
  ]);
  const seen = data.filter(({ visible }) => visible);
  const ours = seen.filter(({ name }) => name !== READING);
  assert.deepEqual(ours.map(({ x }) => x), [[500, 1000], [500, 1000]]);
  assert.deepEqual(seen.filter((trace) => !ours.includes(trace)).map(({ y }) => y), [
    [30, 10],
    [5, 5, 2, 2],
  ]);
  assert.throws(
    () => sizeByMark(studies, [{ time: 0.1 }, { time: 9 }]),
    /1 of 2 marks are reached/,
  );
  assert.throws(
    () => sizeByMark(studies, marks, { start: { time: 9 } }),
    /start is τ = 9; no network/,
  );
});

Deno.test("rows of wide limits are those of the flow in closed form", () => {
  const flow = wideLimit({
    configuration: { architecture: "fully-connected", width: "infinite", n: 500 },
    ...{ eigenvalues: [2], startSquares: [2], labelSquares: [1], lossAtStart: 1 },
  });
  const [row] = wideLimitRows([flow], { meanTime: 1000, time: 5 });
  assert.equal(row["T/T_SL at nτ = 1,000"], (2 / Math.tanh(2)).toFixed(1));
  assert.equal(row["at τ = 5"], (5 / Math.tanh(5)).toFixed(1));
  assert.deepEqual([row.peak, row.trough, row["weight of ι_f"]], ["none", "none", "0.50"]);
  // Two scales of time: first f₀'s mode dominates, then the labels' slow one, and ι falls between.
  const [falls] = wideLimitRows([wideLimit({
    configuration: { architecture: "myrtle-5", width: "infinite", n: 500 },
    ...{ eigenvalues: [1, 1e-6], startSquares: [1, 1e6], labelSquares: [0, 1e6], lossAtStart: 1 },
  })], { meanTime: 1000, time: 5 });
  assert.match(String(falls["smallest d ln ι/d ln T"]), /^T\^−0\.\d\d at τ = /);
});

Deno.test("kernels' drift has a line a seed past initialization, a colour a network", () => {
  const since = (kernelChange: number) => ({ kernelChange, traceRatio: 0.5, laziness: [] });
  const at = (time: number, change?: number) => ({
    ...{ time, residueSquared: 1, trace: 1, averagedLargest: 1, alignment: 0.1 },
    ...(change === undefined ? {} : { since: since(change) }),
  });
  const study = (seeds: number): LinearizationStudy => ({
    configuration: { ...madeStudy().configuration, times: [0.1, 0.2] },
    ...{ time: [0, 0.1, 0.2], warmIndex: -1 },
    realizations: Array.from({ length: seeds }, (_, seed) => ({
      ...{ seed, kernels: "full" as const },
      at: [at(0), at(0.1, 0.4), at(0.2, 0.7)],
    })),
  });
  const { data } = panels(driftPanels([study(2)]));
  assert.deepEqual(data.map(({ x }) => x), Array(4).fill([0.1, 0.2]));
  assert.deepEqual(data[0].y, [0.4, 0.7]);
  assert.deepEqual(data[2].y, [0.5, 0.5]);
  assert.equal(new Set(data.map(({ line }) => (line as { color: string }).color)).size, 1);
  assert.throws(() => driftPanels([study(0)]), /1 studies tell of no time after initialization/);
});
