// A cheap part of every stored result, made again by the code of today: what a change of the code
// made wrong, or a file that is not what its command makes, shows here.
import assert from "node:assert/strict";
import { inefficiency } from "../../../lib/bounds/mod.ts";
import { targets, trainingSet } from "../../../lib/datasets/mod.ts";
import {
  descend,
  gradientFlow,
  langevin,
  linearizedFlow,
  smallNetwork,
  tangentFlow,
  topCurvature,
  withPrior,
} from "../../../lib/dynamics/mod.ts";
import {
  type DiscreteStepsStudy,
  type EnsemblesStudy,
  type InitialWeightsStudy,
  type KernelStudy,
  type LangevinStepsStudy,
  type LinearizationStudy,
  networkOf,
  ratiosOf,
  type ResidueStudy,
  type ScopeStudy,
  type SpeedLimitStudy,
  storedResults,
  type WidthSeries,
} from "../../../lib/experiments/mod.ts";
import { smallImages } from "../../../lib/experiments/studies/computations/small_images.ts";
import { scopeData } from "../../../lib/experiments/studies/computations/scope_realization.ts";
import { scope } from "../../../lib/experiments/studies/scope.ts";
import { warmIndexOf } from "../../../lib/experiments/studies/warm_start.ts";
import type { Network, TensorLike } from "../../../lib/networks/mod.ts";
import { empiricalNtk, infiniteKernels } from "../../../lib/ntk/mod.ts";
import { randomStream, type Tensor } from "../../../lib/numerics/mod.ts";
import { needs, TENSORFLOW } from "../../permissions.ts";

const { test: soon, long, made } = needs(...TENSORFLOW);

/** What is quick of studies without a small result. */
const QUICK = [
  "discrete_steps/fully_connected_16_n500_",
  "kernels/fully_connected_256_n500_images0_",
  "kernels/fully_connected_infinite_n500_",
  "residues/fully_connected_256_n500_",
];

/** Results of more than 100 images, as the tests' names tell, take long, but for the quick ones. */
const test: typeof soon = (name, run) => {
  const images = Number(/_n(\d+)/.exec(name)?.[1] ?? 0);
  const isQuick = images <= 100 && !/myrtle_5_(infinite|64)/.test(name) ||
    QUICK.some((start) => name.startsWith(start));
  (isQuick ? soon : long("3 min: all that is stored"))(name, run);
};

const FOLDERS = [
  ...[
    "speed_limit",
    "kernels",
    "residues",
    "linearization",
    "width_series",
    "initial_weights",
    "discrete_steps",
    "ensembles",
    "langevin_steps",
    "scope",
  ] as const,
] as const;

/** The stored results that each have a test here; none where files may not be read. */
const stored = <Result>(folder: typeof FOLDERS[number]) =>
  made(() => storedResults<Result>(folder), Promise.resolve([]));

test("each study has stored results, and each of these is made again in part", async () => {
  for (const folder of FOLDERS) assert((await stored(folder)).length > 0, folder);
});

const total = (values: ArrayLike<number>) => Array.from(values).reduce((sum, x) => sum + x, 0);

function assertNear(value: number, stored: number, tolerance: number, what: string) {
  const off = Math.abs(value / stored - 1);
  assert(off <= tolerance, `${what}: ${value} now, ${stored} stored; ${tolerance} is allowed`);
}

/** L(θ_0): one forward pass. */
async function lossAtStart(
  network: Network,
  seed: number,
  n: number,
  drawn?: number,
): Promise<number> {
  const { images, targets } = await trainingSet(n, { seed: drawn });
  const { data } = await network.apply(network.init(seed), images);
  return total(data.map((value, i) => (value - targets.data[i]) ** 2)) / 2;
}

/** Kernels of single images of infinitely wide networks, by architecture. */
const diagonals = new Map<string, Awaited<ReturnType<typeof infiniteKernels>>[]>();

/** Some images after each other: the diagonal of a kernel of many is made of the kernels of few. */
function* batches(images: Tensor, size: number): Generator<TensorLike> {
  const [n, ...shape] = images.shape;
  const each = shape.reduce((product, side) => product * side, 1);
  for (let from = 0; from < n; from += size) {
    const count = Math.min(size, n - from);
    const data = images.data.subarray(from * each, (from + count) * each);
    yield { shape: [count, ...shape], data };
  }
}

const trace = ({ rows, data }: { readonly rows: number; readonly data: Float64Array }) =>
  total(Array.from({ length: rows }, (_, i) => data[i * rows + i]));

/** The warm start is the mean accuracy's over all realizations, whose columns the file has. */
function assertWarm({ configuration, realizations, time, warmIndex }: SpeedLimitStudy) {
  const runs = realizations.map(({ testAccuracy }) => ({
    observed: { testAccuracy: Float64Array.from(testAccuracy) },
  }));
  // Files of the older form do not tell from where displacements were known; then from everywhere.
  const { displacementSquaredFrom = time } = realizations[0];
  const known = Object.keys(displacementSquaredFrom).map(Number);
  assert.equal(warmIndexOf(runs, configuration.threshold, known), warmIndex, "warmIndex");
}

/** What may be integrated here, in gradients of Myrtle-5 with 16 channels at n = 500. */
const gradientCost = ({ configuration: c }: SpeedLimitStudy) =>
  c.n / 500 * (c.architecture === "fully-connected" ? 0.25 : (c.width / 16) ** 2);

for (const { name, result: study } of await stored<SpeedLimitStudy>("speed_limit")) {
  test(`speed_limit/${name}: its first times come out again`, async () => {
    const { configuration: c, realizations: [one], time } = study;
    assertWarm(study);
    const network = networkOf(c);
    if (gradientCost(study) > 1) {
      assertNear(await lossAtStart(network, one.seed, c.n), one.loss[0], 1e-5, "L(θ_0)");
      return;
    }
    const record = time.slice(1, 3);
    const { trajectory } = await gradientFlow(network, await trainingSet(c.n), {
      ...{ horizon: record[1], record, tolerance: c.tolerance, seed: one.seed },
    });
    const [now, stored] = [inefficiency(trajectory), ratiosOf(study, one)];
    assertNear(trajectory.loss[0], one.loss[0], 1e-5, "L(θ_0)");
    assertNear(trajectory.observed.lambdaMax[0], one.lambdaMax[0], 1e-4, "λ_max(0)");
    for (const entry of [1, 2]) {
      assertNear(trajectory.loss[entry], one.loss[entry], c.tolerance, `L, entry ${entry}`);
      for (const ratio of ["inefficiency", "tortuosity"] as const) {
        assertNear(now[ratio][entry], stored[ratio][entry], c.tolerance, `${ratio}, ${entry}`);
      }
    }
  });
}

/** A single image's infinite kernel over pixels takes a quarter of a second: no more images than these. */
const SINGLE_IMAGES = 128;

/** The eigenvalues of the first images' kernel lie between those of more images' (Cauchy). */
function assertInterlaced(more: KernelStudy, stored: readonly KernelStudy[]) {
  const { architecture, n, images } = more.configuration;
  const fewer = stored.find(({ configuration: c }) =>
    c.architecture === architecture && c.width === "infinite" && c.n === SINGLE_IMAGES &&
    c.images === images
  );
  assert(fewer, `${architecture} of infinite width has no kernel of ${SINGLE_IMAGES} images`);
  fewer.eigenvalues.forEach((value, k) => {
    const [above, below] = [more.eigenvalues[k], more.eigenvalues[k + n - SINGLE_IMAGES]];
    const within = value <= above * (1 + 1e-8) && value >= below * (1 - 1e-8);
    assert(within, `λ_${k + 1} of fewer images, ${value}, is not between ${below} and ${above}`);
  });
  assert(total(more.startSquares) > total(fewer.startSquares), "Σ Δ² at the start");
}

const storedKernels = await stored<KernelStudy>("kernels");
for (const { name, result: kernel } of storedKernels) {
  const { architecture, width, n, seed = 0, images: drawn } = kernel.configuration;
  test(`kernels/${name}: the trace, the labels' and the start's squares come out again`, async () => {
    const { images } = await trainingSet(n, { seed: drawn });
    // One-hot − 1/10: every image has the square 0.9.
    assertNear(total(kernel.labelSquares), 0.9 * n, 1e-4, "Σ Δ² of the labels");
    let [sum, functions] = [0, 0];
    if (width === "infinite" && architecture !== "fully-connected" && n > SINGLE_IMAGES) {
      assertInterlaced(kernel, storedKernels.map(({ result }) => result));
      return;
    }
    if (width === "infinite") {
      const network = networkOf({ ...kernel.configuration, width: 1 });
      const few = [...batches(images, architecture === "fully-connected" ? 100 : 1)];
      const known = drawn === undefined ? diagonals.get(architecture) ?? [] : [];
      for (const [i, batch] of few.entries()) {
        // Of single images, the first are those of every n.
        const kernels = few.length === n ? known[i] : undefined;
        known[i] = kernels ?? await infiniteKernels(network, batch);
        sum += trace(known[i].ntk);
        functions += trace(known[i].nngp);
      }
      if (few.length === n && drawn === undefined) diagonals.set(architecture, known);
      // Of ten outputs, each a function drawn from the NNGP.
      assertNear(total(kernel.startSquares), 0.9 * n + 10 * functions, 1e-4, "Σ Δ² at the start");
    } else {
      const network = networkOf({ ...kernel.configuration, width });
      const parameters = network.init(seed);
      for (const few of batches(images, 20)) {
        sum += trace(await empiricalNtk(network, parameters, few));
      }
      sum /= network.outputs;
      assertNear(await lossAtStart(network, seed, n, drawn), kernel.lossAtStart, 1e-5, "L(θ_0)");
    }
    assertNear(total(kernel.eigenvalues), sum, 1e-4, "Σ λ");
  });
}

for (const { name, result: residues } of await stored<ResidueStudy>("residues")) {
  test(`residues/${name}: the trace and the loss at the start come out again`, async () => {
    const { configuration: c, realizations: [{ seed, cold }] } = residues;
    const network = networkOf(c);
    assertNear(total(cold.squares) / 2, await lossAtStart(network, seed, c.n), 1e-4, "½ Σ Δ²");
    const { images } = await trainingSet(c.n);
    let sum = 0;
    for (const few of batches(images, 20)) {
      sum += trace(await empiricalNtk(network, network.init(seed), few));
    }
    assertNear(total(cold.eigenvalues), sum / network.outputs, 1e-4, "Σ λ");
  });
}

for (const { name, result: study } of await stored<LinearizationStudy>("linearization")) {
  test(`linearization/${name}: the trace and the first times come out again`, async () => {
    const { configuration: c, realizations: [{ seed, at: [{ trace: stored, flow }] }], time } =
      study;
    const network = networkOf(c);
    const data = await trainingSet(c.n);
    let sum = 0;
    for (const few of batches(data.images, 20)) {
      sum += trace(await empiricalNtk(network, network.init(seed), few));
    }
    assertNear(stored, sum, 1e-4, "tr K");
    const record = time.slice(1, 5);
    const { trajectory } = await linearizedFlow(network, data, {
      horizon: record[3],
      record,
      seed,
    });
    for (const column of ["loss", "lossDrop", "displacementSquared", "pathLength"] as const) {
      for (let entry = column === "loss" ? 0 : 1; entry < 5; entry++) {
        assertNear(trajectory[column][entry], flow![column][entry], 1e-4, `${column}, ${entry}`);
      }
    }
  });
}

for (const { name, result: series } of await stored<WidthSeries>("width_series")) {
  test(`width_series/${name}: the first loss and the first times come out again`, async () => {
    const { configuration: c, networks: [one] } = series;
    const network = networkOf({ ...c, width: one.width });
    assertNear(await lossAtStart(network, one.seed, c.n), one.flow.loss[0], 1e-5, "L(θ_0)");
    // The infinitely wide network starts from the same function.
    assertNear(one.wide.loss[0], one.flow.loss[0], 1e-4, "L(θ_0), infinitely wide");
    if (one.width > 64) return;
    const record = one.time.slice(1, 3);
    const { trajectory } = await gradientFlow(network, await trainingSet(c.n), {
      ...{ horizon: record[1], record, tolerance: c.tolerance, seed: one.seed },
    });
    for (const column of ["loss", "lossDrop", "displacementSquared", "pathLength"] as const) {
      assertNear(trajectory[column][2], one.flow[column][2], c.tolerance, column);
    }
  });
}

for (const { name, result: study } of await stored<InitialWeightsStudy>("initial_weights")) {
  test(`initial_weights/${name}: the first times of f_0 subtracted come out again`, async () => {
    const { configuration: c, realizations: [one] } = study;
    const network = networkOf(c);
    const { images, targets } = await trainingSet(c.n);
    const { data: f0 } = await network.apply(network.init(one.seed), images);
    const squared = total(f0.map((value) => value ** 2));
    assertNear(squared, one.linearized.initialSquared, 1e-4, "‖f_0‖²");
    const flow = one.flows.find(({ start, share }) => start === "function" && share === 0)!;
    const shifted = { shape: targets.shape, data: targets.data.map((y, i) => y + f0[i]) };
    const record = flow.time.slice(1, 3);
    const { trajectory } = await gradientFlow(network, { images, targets: shifted }, {
      ...{ horizon: record[1], record, tolerance: c.tolerance, seed: one.seed },
    });
    for (const column of ["lossDrop", "displacementSquared"] as const) {
      assertNear(trajectory[column].at(-1)!, flow[column][2], 2 * c.tolerance, column);
    }
  });
}

for (const { name, result: study } of await stored<DiscreteStepsStudy>("discrete_steps")) {
  test(`discrete_steps/${name}: λ_max and the first steps come out again`, async () => {
    const { configuration: { n, ...c }, realizations: [one] } = study;
    const network = networkOf(c);
    const data = await trainingSet(n);
    const parameters = network.init(one.seed);
    // Beyond the edge a step is a large one: it shows more than rounding.
    const descent = one.descents.findLast(({ batchSize }) => batchSize === n)!;
    if (n <= 1000) {
      const { value } = await topCurvature(network, data, { parameters, tolerance: 0.05 });
      assertNear(value, one.flow.lambdaStart, 1e-2, "λ_max");
    }
    const steps = Math.round(descent.time[2] / descent.learningRate);
    const { trajectory } = await descend(network, data, {
      ...{ parameters, steps, record: [], learningRate: descent.learningRate },
    });
    for (const column of ["lossDrop", "displacementSquared", "stepSquaredSum"] as const) {
      assertNear(trajectory[column].at(-1)!, descent[column][2], 1e-3, column);
    }
  });
}

for (const { name, result: study } of await stored<LangevinStepsStudy>("langevin_steps")) {
  test(`langevin_steps/${name}: the longest steps' first time comes out again`, async () => {
    const { configuration: c, realizations: [one] } = study;
    const { inputs, targets } = await smallImages(c.n, 2);
    const widths = [inputs.cols, ...new Array<number>(c.depth).fill(c.width), 1];
    const network = smallNetwork({ widths, inputs, targets, activation: "tanh" });
    const [horizon, last] = [c.times[0], c.times[c.times.length - 1]];
    const stored = one.steps[c.lengths.length - 1];
    const { positions: [, cloud] } = await langevin(withPrior(network, c.beta), {
      ...{ beta: c.beta, horizon, steps: Math.round(stored.count * horizon / last) },
      from: {
        ...{ rows: c.members, cols: one.dimension },
        data: randomStream(one.seed, "ensembles/members").normal(c.members * one.dimension),
      },
      seed: one.seed * c.lengths.length + c.lengths.length - 1,
    });
    const loss = Array.from(
      { length: c.members },
      (_, k) => network.value(cloud.data.subarray(k * one.dimension, (k + 1) * one.dimension), 0),
    );
    assertNear(total(loss) / c.members, stored.meanLoss[0], 1e-4, "⟨L⟩");
  });
}

for (const { name, result: study } of await stored<EnsemblesStudy>("ensembles")) {
  test(`ensembles/${name}: the ensemble's first time comes out again`, async () => {
    const { configuration: { width, depth, n, members, times }, realizations: [one] } = study;
    const { inputs, targets } = await smallImages(n, 0);
    const widths = [inputs.cols, ...new Array<number>(depth).fill(width), 1];
    const network = smallNetwork({ widths, inputs, targets });
    const d = network.dimension;
    const starts = randomStream(one.seed, "ensembles/members").normal(members * d);
    let [drop, squared] = [0, 0];
    for (let i = 0; i < members; i++) {
      const start = starts.slice(i * d, (i + 1) * d);
      const flow = tangentFlow(network, { start, times: [times[0]], tolerance: 1e-4 });
      drop += flow.lossDrop[0] / members;
      squared += flow.displacementSquared[0] / members;
    }
    assertNear(drop, one.flow.lossDrop[0], 1e-4, "ΔL");
    assertNear(squared, one.flow.above[0].value, 1e-4, "‖Δθ‖²");
  });
}

for (
  const { name, result: { configuration: c, realizations } } of await stored<ScopeStudy>("scope")
) {
  test(`scope/${name}: labels, f_0 and the first times come out again`, async () => {
    const [one] = realizations;
    const [{ input }] = scope.runs({ ...c, seeds: [one.seed] });
    const { train, labels } = await scopeData(input);
    const wrong = labels.filter((label, i) => label !== train.labels[i]).length;
    assert.equal(wrong, one.wrongLabels);
    if (c.noise > 0 && c.labels === "true") assert.equal(wrong, Math.round(c.noise * c.n));
    const [network, y] = [networkOf(input), targets(labels)];
    const { data: f0 } = await network.apply(network.init(one.seed), train.images);
    assertNear(total(f0.map((value) => value ** 2)), one.initialSquared, 1e-4, "‖f_0‖²");
    const loss = total(f0.map((value, i) => (value - y.data[i]) ** 2)) / 2;
    assertNear(loss, one.loss[0], 1e-4, "L(θ_0)");
    const record = one.time.slice(1, 3);
    const { trajectory } = await gradientFlow(network, { images: train.images, targets: y }, {
      ...{ horizon: record[1], record, tolerance: c.tolerance, seed: one.seed },
    });
    for (const column of ["lossDrop", "displacementSquared"] as const) {
      assertNear(trajectory[column].at(-1)!, one[column][2], 2 * c.tolerance, column);
    }
  });
}
