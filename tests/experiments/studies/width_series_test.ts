import assert from "node:assert/strict";
import { linearFlow } from "../../../lib/dynamics/mod.ts";
import {
  joinWidthSeries,
  type KernelStudy,
  kernelStudy,
  wideFunctions,
  wideLimit,
  widthCorrection,
  widthsAtMark,
  type WidthSeries,
  widthSeriesStudy,
  widthSpread,
} from "../../../lib/experiments/mod.ts";
import { linearColumns } from "../../../lib/experiments/studies/linear_columns.ts";
import { widthSeries } from "../../../lib/experiments/studies/width_series.ts";
import { widthKernelPanel } from "../../../lib/figures/mod.ts";
import { fullyConnected } from "../../../lib/networks/mod.ts";
import { trainingSet } from "../../../lib/datasets/mod.ts";
import { infiniteKernels } from "../../../lib/ntk/mod.ts";
import { eighSync, randomStream } from "../../../lib/numerics/mod.ts";
import { KEPT_RUNS, needs } from "../../permissions.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

const { test, made } = needs(...KEPT_RUNS);

const cache = made(() => temporaryFolder(), "");

const N = 12;
const series = await made(() =>
  widthSeriesStudy({ widths: [16, 32], n: N, seeds: 2, horizon: 0.3 }, { cache })
);
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

test("columns by products are those of each flow by adaptive quadrature", () => {
  const { uniform, normal } = randomStream(1, "tests/linear columns");
  const eigenvalues = Array.from({ length: 20 }, (_, k) => 300 * uniform() / (k + 1) ** 2);
  const squares = { rows: 3, cols: 20, data: normal(60).map((x) => x * x) };
  const times = [0, 1e-4, 3e-3, 0.1, 2, 2.5, 400];
  const found = linearColumns(eigenvalues, squares, times);
  for (let flow = 0; flow < 3; flow++) {
    const own = squares.data.subarray(20 * flow, 20 * flow + 20);
    const exact = linearFlow({ eigenvalues, residue: own.map(Math.sqrt) }).along(times);
    times.forEach((_, i) => {
      for (const column of ["lossDrop", "displacementSquared", "pathLength"] as const) {
        const [value, truth] = [found[column].data[flow * times.length + i], exact[column][i]];
        assert(
          Math.abs(value - truth) <= 1e-7 * truth,
          `${column} at ${times[i]}: ${value}, ${truth}`,
        );
      }
      const loss = own.reduce((sum, square) => sum + square, 0) / 2 - exact.lossDrop[i];
      assert(Math.abs(found.loss.data[flow * times.length + i] - loss) < 1e-12 * own.length);
    });
  }
});

test("a network's limit is the infinite kernel's flow from the network's own function", async () => {
  const { images, targets } = await trainingSet(N);
  const network = fullyConnected({ widths: [3072, 32, 32, 10] });
  const { data } = await network.apply(network.init(32001), images);
  const { ntk } = await infiniteKernels(network, images);
  const { values, vectors } = eighSync(ntk);
  const residue = Array.from({ length: N }, (_, k) =>
    Math.sqrt(
      Array.from({ length: 10 }, (_, o) =>
        Array.from(
          { length: N },
          (_, i) => vectors.data[i * N + k] * (targets.data[10 * i + o] - data[10 * i + o]),
        ).reduce((a, b) => a + b, 0) ** 2).reduce((a, b) => a + b, 0),
    ));
  const one = series.networks.find(({ seed }) => seed === 32001)!;
  const exact = linearFlow({ eigenvalues: values, residue }).along(one.time);
  for (const column of ["lossDrop", "displacementSquared", "pathLength"] as const) {
    const [value, truth] = [one.wide[column].at(-1)!, exact[column].at(-1)!];
    assert(Math.abs(value / truth - 1) < 1e-5, `${column}: ${value}, ${truth}`);
  }
  assert(Math.abs(one.wide.loss[0] / one.flow.loss[0] - 1) < 1e-5);
});

test("the mean over drawn functions is the wide limit's, split into function and labels", async () => {
  const kernel: KernelStudy = await kernelStudy(
    { architecture: "fully-connected", width: "infinite", n: N },
    { cache },
  );
  const exact = wideLimit(kernel).at(0.3);
  const { flows } = wideFunctions(series, { functions: 4000 });
  const [drops, squares] = (["lossDrop", "displacementSquared"] as const)
    .map((column) => flows.map((flow) => flow[column].at(-1)!));
  const ratio = 0.3 * mean(drops) / mean(squares);
  assert(Math.abs(ratio / exact.inefficiency - 1) < 0.02, `${ratio}, ${exact.inefficiency}`);
  const left = mean(flows.map(({ loss }) => loss.at(-1)!)) / (0.45 * N);
  assert(Math.abs(left / exact.lossLeft - 1) < 0.03, `${left}, ${exact.lossLeft}`);
  // A mean of ratios is another number than a ratio of means: like is to be compared with like.
  const at = widthsAtMark(series, wideFunctions(series, { functions: 4000 }), { time: 0.3 });
  const geometric = Math.exp(mean(at.limit.map(({ inefficiency }) => Math.log(inefficiency))));
  assert(Math.abs(geometric / ratio - 1) > 1e-3);
});

test("no two networks of a series share a seed, and more widths leave a run as it is", () => {
  const of = (widths: number[]) =>
    widthSeries.runs({
      ...{ architecture: "fully-connected", widths, n: N, seeds: 3 },
      ...{ horizon: 0.3, tolerance: 0.01 },
    }).map(({ input }) => input);
  const all = of([16, 17, 64]);
  assert.equal(all[0].width, "infinite");
  const seeds = all.slice(1).map(({ seed }) => seed);
  assert.equal(new Set(seeds).size, 9);
  assert.deepEqual(of([64]).slice(1), all.slice(-3));
});

test("a mean over the seeds that are fast is no mean: a width of which one is late is left out", () => {
  const late: WidthSeries = {
    ...series,
    networks: series.networks.map((one) =>
      one.seed === 16001
        ? { ...one, flow: { ...one.flow, loss: one.flow.loss.map(() => 1e9) } }
        : one
    ),
  };
  const functions = wideFunctions(series, { functions: 100 });
  const mark = { lossLeft: 2.5 };
  const [narrow, wide] = widthsAtMark(late, functions, mark).widths;
  assert.deepEqual([narrow.networks.length, narrow.whole], [1, false]);
  assert(wide.whole);
  const both = widthsAtMark(series, functions, mark);
  assert.deepEqual(widthCorrection(both, "speedLimit", { order: 1 })!.fit.sizes, [16, 32]);
  assert.equal(
    widthCorrection(widthsAtMark(late, functions, mark), "speedLimit", { order: 1 }),
    undefined,
  );
  assert.equal(widthSpread(widthsAtMark(late, functions, mark), "inefficiency"), undefined);
});

test("a width is read of all its networks, or of those that were run longest", () => {
  const half = series.networks[0].time.findIndex((time) => time > 0.15);
  const cut = (values: readonly number[]) => values.slice(0, half);
  const shorter: WidthSeries = {
    ...series,
    networks: series.networks.map((one) =>
      one.seed % 1000 > 0 ? one : {
        ...one,
        ...{ time: cut(one.time), lambdaMax: cut(one.lambdaMax) },
        flow: {
          ...{ loss: cut(one.flow.loss), lossDrop: cut(one.flow.lossDrop) },
          displacementSquared: cut(one.flow.displacementSquared),
          pathLength: cut(one.flow.pathLength),
        },
      }
    ),
  };
  const functions = wideFunctions(series, { functions: 20 });
  const seen = (time: number) =>
    widthsAtMark(shorter, functions, { time }).widths
      .map(({ networks, of, whole }) => [networks.length, of, whole]);
  assert.deepEqual(seen(0.1), [[2, 2, true], [2, 2, true]]);
  assert.deepEqual(seen(0.3), [[1, 1, true], [1, 1, true]]);
  const change = widthKernelPanel(shorter).marks.flat()[1] as unknown as { y: number[] };
  const moved = (width: number) =>
    series.networks.find((one) => one.width === width && one.seed % 1000 === 1)!.kernel.change;
  assert.deepEqual(change.y, [16, 32].map(moved));
});

/** A series whose T_SL goes as exp(a/N) against its own limit: all is known. */
function madeSeries(widths: number[], a: number): WidthSeries {
  const time = [0, 0.1, 0.2];
  const flowOf = (factor: number) => ({
    loss: [10, 9, 8],
    lossDrop: [0, 1, 2],
    displacementSquared: [0, factor, 2 * factor],
    pathLength: [0, 1.1 * factor, 2.2 * factor],
  });
  return {
    ...series,
    configuration: { ...series.configuration, widths },
    networks: widths.flatMap((width) =>
      [0, 1, 2].map((seed) => ({
        ...{ width, seed: 1000 * width + seed, time, lambdaMax: [5, 5, 5] },
        flow: flowOf((1 + seed) * Math.exp(a / width)),
        wide: flowOf(1 + seed),
        ...{ kernel: { distance: 1, trace: 1, change: 1 }, gradients: 1, seconds: 1 },
      }))
    ),
  };
}

test("a correction that is known is found, pair by pair, though seeds differ by factors", () => {
  const made = madeSeries([8, 32, 128], 4);
  const at = widthsAtMark(made, wideFunctions(made, { functions: 20 }), { time: 0.2 });
  for (const order of [1, 2] as const) {
    const found = widthCorrection(at, "speedLimit", { reference: "own", order })!;
    const { fit, measured, otherSlope } = found;
    assert(Math.abs(fit.slope.value - 4) < 1e-9 && Math.abs(fit.excess(64).value - 1 / 16) < 1e-9);
    assert(Math.abs(measured[0].value - 0.5) < 1e-9);
    assert(Math.abs(otherSlope!.value - 4) < 1e-9);
    // ½‖Y‖² is 0.45 an image; every made network has a loss of 8 at the mark.
    const limitLeft = mean(at.limit.map(({ lossLeft }) => lossLeft));
    assert.equal(found.images, N);
    assert(Math.abs(found.leastLeft - Math.min(8 / (0.45 * N), limitLeft)) < 1e-9);
  }
  // T is the same, so that T/T_SL goes the other way.
  const ratio = widthCorrection(at, "inefficiency", { reference: "own", order: 1 })!;
  assert(Math.abs(ratio.fit.slope.value + 4) < 1e-9);
  // The part of f_0 and that of the network from the same f_0 add to the whole.
  const slopes = (["limit", "own", "function"] as const).map((reference) =>
    widthCorrection(at, "speedLimit", { reference, order: 1 })!.fit.slope.value
  );
  assert(Math.abs(slopes[0] - slopes[1] - slopes[2]) < 1e-9 && Math.abs(slopes[2]) > 1);
  const wide = widthCorrection(at, "speedLimit", { order: 1, from: 32 })!;
  assert.deepEqual(wide.fit.sizes, [32, 128]);
});

test("series are joined of one network and the same images alone", () => {
  const other = madeSeries([64], 1);
  const joined = joinWidthSeries([series, other]);
  assert.deepEqual(joined.configuration.widths, [16, 32, 64]);
  assert.equal(joined.networks.length, 7);
  const more = { ...other, configuration: { ...other.configuration, n: 13 } };
  assert.throws(
    () => joinWidthSeries([series, more]),
    /list\[1\] is of .*"n",13.* on the same images/,
  );
  // Of two flows of one network the longer stays, whichever comes first.
  const longer = { ...madeSeries([16], 1), configuration: { ...series.configuration, horizon: 9 } };
  const last = [0, 0.1, 9];
  longer.networks.forEach((one) => Object.assign(one, { time: last }));
  for (const list of [[series, longer, series], [longer, series]]) {
    const { networks, configuration } = joinWidthSeries(list);
    assert.equal(configuration.horizon, 9);
    assert.deepEqual(networks.map(({ seed }) => seed), [16000, 16001, 16002, 32000, 32001]);
    assert.deepEqual(networks.map(({ time }) => time === last), [true, true, true, false, false]);
  }
  assert.throws(() => joinWidthSeries([]), /list has 0 entries; it must have 1 or more/);
});

test("widths that are none, in disorder or twice, and seeds out of range are named", async () => {
  const of = (given: object) => widthSeriesStudy({ widths: [16, 32], n: N, ...given }, { cache });
  const WIDTHS = /it must be a width from 1 to 8192, an integer, or a list of them, growing/;
  for (const widths of [[-16, 32], [32, 16], [16, 16], [0.5], [], [9000], -4]) {
    await assert.rejects(of({ widths }), WIDTHS);
  }
  await assert.rejects(of({ seeds: 0 }), /seeds is 0/);
  await assert.rejects(of({ seeds: 1001 }), /seeds is 1001/);
  await assert.rejects(of({ horizon: -1 }), /horizon is -1/);
  await assert.rejects(of({ width: 16 }), /has no field width \(did you mean widths\?\)/);
});
