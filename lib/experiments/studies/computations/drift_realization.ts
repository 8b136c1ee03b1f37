/**
 * One realization of a kernel drift study: the flow of a network, scaled and centred as asked, that of its
 * linearization beside it, and the kernel of all outputs at some times of the flow. This module and what
 * it reaches are the code of the run.
 *
 * @module
 */
import { cifar10, targets } from "../../../datasets/mod.ts";
import { gradientFlow, linearizedFlow, type Trajectory } from "../../../dynamics/mod.ts";
import { centred, type Network, scaled, type TensorLike } from "../../../networks/mod.ts";
import {
  averagedKernel,
  empiricalNtk,
  type KernelSpectrum,
  kernelSpectrum,
  kernelTargetAlignment,
  laziness,
  principalAngles,
  relativeKernelChange,
  residueComponents,
  vectorAlignment,
} from "../../../ntk/mod.ts";
import type { Control, Matrix } from "../../../numerics/mod.ts";
import { trace } from "../../../numerics/trace.ts";
import { type NetworkConfiguration, networkOf } from "./network_of.ts";
import type { Computation } from "../../study/study.ts";
import { recordGrid } from "./flow_realization.ts";
import { linearLaziness } from "./linear_laziness.ts";
import {
  CUTOFFS,
  type DriftAt,
  type DriftColumns,
  type DriftLater,
  type DriftRealization,
  LEADING,
} from "./drift_record.ts";
import { rounded } from "./linearization_record.ts";

/** What it rests on. */
export interface DriftInput extends NetworkConfiguration {
  readonly study: "kernel drift";
  readonly n: number;
  readonly testImages: number;
  readonly horizon: number;
  readonly tolerance: number;
  readonly entries: number;
  readonly kernels: number;
  readonly further: number;
  readonly spectra: boolean;
  readonly scale: number;
  readonly kept: number;
  readonly seed: number;
}

/** The drift of one seed. */
export const driftRealization: Computation<DriftInput, DriftRealization> = {
  module: import.meta.url,
  compute: async (input, { checkpoint, signal, onProgress }) => {
    const { n, testImages, horizon, tolerance, entries, scale, kept, seed } = input;
    const { train, test } = await cifar10({ train: n, test: Math.max(1, testImages) });
    const data = { images: train.images, targets: targets(train.labels) };
    const plain = networkOf(input);
    const parameters = plain.init(seed);
    const network = scaled(centred(plain, { parameters, kept }), scale);
    const part = (from: number, share: number, what: string): Control => ({
      signal,
      onProgress: ({ done, total }) =>
        onProgress?.({ done: from + share * done / total, total: 1, note: what }),
    });
    const record = recordGrid(horizon, entries);
    const times = looksAmong(record, input.kernels);
    const common = { horizon, record, parameters, scale: scale ** -2 };
    const flow = await gradientFlow(network, data, {
      ...{ ...common, tolerance, checkpoint, snapshots: times },
      ...(testImages > 0 && { test }),
      ...part(0, 0.6, "the network's flow"),
    });
    signal?.throwIfAborted();
    const linear = await linearizedFlow(network, data, {
      ...common,
      ...part(0.6, 0.05, "its linearization's"),
    });
    const { further } = input;
    const beyond = further > 1 && await linearizedFlow(network, data, {
      ...{ ...common, horizon: further * horizon, record: laterTimes(record, further) },
      ...part(0.65, 0.05, "its linearization's, later"),
    });
    const looks = [
      { time: 0, parameters },
      ...times.map((time) => ({
        time,
        parameters: flow.snapshots.get(time)!,
      })),
    ];
    return {
      seed,
      own: columnsOf(flow.trajectory),
      linear: columnsOf(linear.trajectory),
      ...(beyond && { later: laterOf(beyond.trajectory, horizon) }),
      gap: await gapOf(network, data.images, { parameters, own: flow, linear }),
      at: await driftAlong(plain, network, { data, looks, input, part: part(0.7, 0.3, "kernels") }),
      gradients: Math.round(flow.gradients),
    };
  },
};

/** So many of the recorded times, evenly spread and the last among them. */
function looksAmong(record: readonly number[], count: number): number[] {
  const chosen = Array.from(
    { length: count },
    (_, i) => Math.round((i + 1) * record.length / count) - 1,
  );
  return [...new Set(chosen)].filter((i) => i >= 0).map((i) => record[i]);
}

function columnsOf({ loss, lossDrop, displacementSquared, pathLength, observed }: Trajectory) {
  const column = (values: Float64Array) => Array.from(values, (x) => rounded(x, 10));
  const { lambdaMax, testAccuracy } = observed;
  return {
    loss: column(loss),
    lossDrop: column(lossDrop),
    displacementSquared: column(displacementSquared),
    pathLength: column(pathLength),
    lambdaMax: Array.from(lambdaMax, (x) => rounded(x)),
    ...(testAccuracy && { testAccuracy: Array.from(testAccuracy, (x) => rounded(x)) }),
  } satisfies DriftColumns;
}

/** The recorded times go on at the same distance, up to so many times the last. */
function laterTimes(record: readonly number[], further: number): number[] {
  const last = record[record.length - 1];
  const step = last / record[record.length - 2];
  const count = Math.ceil(Math.log(further) / Math.log(step) - 1e-9);
  return Array.from({ length: count - 1 }, (_, i) => last * step ** (i + 1));
}

/** The columns past a time, which is the first. */
function laterOf(trajectory: Trajectory, from: number): DriftLater {
  const past = (values: Float64Array) =>
    Array.from(values, (x) => rounded(x, 10)).filter((_, i) => trajectory.time[i] > from);
  const { time, loss, lossDrop, displacementSquared, pathLength } = trajectory;
  return {
    ...{ time: past(time), loss: past(loss), lossDrop: past(lossDrop) },
    ...{ displacementSquared: past(displacementSquared), pathLength: past(pathLength) },
  };
}

/** How far the network is from its linearization at the horizon, in outputs and in weights. */
async function gapOf(
  network: Network,
  images: TensorLike,
  { parameters, own, linear }: {
    readonly parameters: readonly TensorLike[];
    readonly own: { readonly parameters: readonly TensorLike[] };
    readonly linear: { readonly parameters: readonly TensorLike[] };
  },
) {
  const change = differences(linear.parameters, parameters);
  const along = (await network.jvp(parameters, images, change)).data;
  const before = (await network.apply(parameters, images)).data;
  const after = (await network.apply(own.parameters, images)).data;
  const outputs = after.map((value, i) => value - before[i]);
  return {
    outputs: rounded(relativeDistance([along], [outputs])),
    weights: rounded(relativeDistance(
      change.map(({ data }) => data),
      differences(own.parameters, parameters).map(({ data }) => data),
    )),
  };
}

const differences = (to: readonly TensorLike[], from: readonly TensorLike[]) =>
  to.map(({ shape, data }, i) => ({
    shape,
    data: (data as Float32Array).map((value, j) => value - (from[i].data as Float32Array)[j]),
  }));

/** ‖b − a‖/‖a‖ */
function relativeDistance(a: readonly Float32Array[], b: readonly Float32Array[]): number {
  let [apart, size] = [0, 0];
  a.forEach((part, k) =>
    part.forEach((value, i) => {
      apart += (b[k][i] - value) ** 2;
      size += value ** 2;
    })
  );
  return Math.sqrt(apart / size);
}

interface Look {
  readonly kernel: Matrix;
  readonly spectrum: KernelSpectrum;
  readonly outputs: Float32Array;
}

/** The kernel of the plain network at some of its weights, each against all before. */
async function driftAlong(
  plain: Network,
  network: Network,
  { data, looks, input, part }: {
    readonly data: { readonly images: TensorLike; readonly targets: { data: Float32Array } };
    readonly looks: readonly {
      readonly time: number;
      readonly parameters: readonly TensorLike[];
    }[];
    readonly input: DriftInput;
    readonly part: Control;
  },
): Promise<DriftAt[]> {
  const { images, targets: { data: y } } = data;
  const found: DriftAt[] = [], held: Look[] = [];
  const start = looks[0].parameters;
  let first = new Float64Array(0);
  for (const [i, { time, parameters }] of looks.entries()) {
    part.signal?.throwIfAborted();
    const kernel = await empiricalNtk(plain, parameters, images, {
      ...{ outputs: "full", signal: part.signal },
    });
    // All pairs: the first one's pseudo-inverse needs them, and of later ones few take longer.
    const spectrum = await kernelSpectrum(kernel);
    const outputs = (await network.apply(parameters, images)).data;
    const residue = Float64Array.from(y, (value, k) => value - outputs[k]);
    if (i === 0) first = residue;
    const look = { kernel, spectrum, outputs };
    held.push(look);
    found.push({
      time,
      trace: rounded(trace(kernel)),
      largest: rounded(spectrum.eigenvalues[0]),
      labels: rounded(vectorAlignment(kernel, Float64Array.from(y))),
      residue: rounded(vectorAlignment(kernel, residue)),
      change: held.slice(0, i).map((one) => rounded(relativeKernelChange(one.kernel, kernel))),
      shared: Object.fromEntries(
        LEADING.filter((p) => p <= kernel.rows).map((p) => [
          p,
          held.slice(0, i).map((one) => rounded(sharedBy(one.spectrum, spectrum, p))),
        ]),
      ),
      ...(i > 0 && {
        laziness: lazinessOf(held[0], look, { start, parameters, input }),
        lazinessLinear: CUTOFFS.map((cutoff) =>
          rounded(linearLaziness(held[0].spectrum, { residue: first, time, cutoff }))
        ),
      }),
      ...(input.spectra && await averagedOf(kernel, plain.outputs, { y, residue })),
    });
    await part.onProgress?.({ done: i + 1, total: looks.length });
  }
  return found;
}

/** The share of the one's leading space of p directions that lies in the other's. */
function sharedBy(one: KernelSpectrum, other: KernelSpectrum, p: number): number {
  const leading = ({ eigenvectors: { rows, cols, data } }: KernelSpectrum): Matrix => ({
    rows,
    cols: p,
    data: Float64Array.from(
      { length: rows * p },
      (_, at) => data[Math.floor(at / p) * cols + at % p],
    ),
  });
  const angles = principalAngles(leading(one), leading(other));
  return angles.reduce((sum, angle) => sum + Math.cos(angle) ** 2 / p, 0);
}

function lazinessOf(
  before: Look,
  after: Look,
  { start, parameters, input: { scale } }: {
    readonly start: readonly TensorLike[];
    readonly parameters: readonly TensorLike[];
    readonly input: DriftInput;
  },
): number[] {
  const moved = differences(parameters, start);
  const displacementSquared = moved.reduce(
    (sum, { data }) => sum + data.reduce((s, x) => s + x * x, 0),
    0,
  );
  // The kernel is the plain network's, and so is the change.
  const outputChange = Float64Array.from(
    after.outputs,
    (value, i) => (value - before.outputs[i]) / scale,
  );
  return CUTOFFS.map((cutoff) =>
    rounded(laziness(before.spectrum, { outputChange, displacementSquared, cutoff }))
  );
}

/** Of the kernel's mean over outputs, as power laws are fitted to it. */
async function averagedOf(
  kernel: Matrix,
  outputs: number,
  { y, residue }: { readonly y: Float32Array; readonly residue: Float64Array },
) {
  const averaged = averagedKernel(kernel, { outputs });
  const spectrum = await kernelSpectrum(averaged);
  const squares = (vector: Float64Array) =>
    Array.from(residueComponents(spectrum, vector), (d) => rounded(d * d, 5));
  return {
    averaged: {
      eigenvalues: Array.from(spectrum.eigenvalues, (value) => rounded(value, 5)),
      residueSquares: squares(residue),
      labelSquares: squares(Float64Array.from(y)),
      alignment: rounded(kernelTargetAlignment(averaged, y)),
    },
  };
}
