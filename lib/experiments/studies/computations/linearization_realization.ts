/**
 * One realization beside its linearizations, at initialization and at later times of its flow: the
 * kernel of all outputs, the residue along it, how far it has moved, and the linearized flow from
 * there. This module and what it reaches are the code of the run.
 *
 * @module
 */
import { trainingSet } from "../../../datasets/mod.ts";
import { gradientFlow, linearizedFlow } from "../../../dynamics/mod.ts";
import { flatten, type Network, type TensorLike } from "../../../networks/mod.ts";
import {
  averagedKernel,
  empiricalNtk,
  fullNtkSpectrum,
  kernelLaziness,
  kernelSpectrum,
  kernelTargetAlignment,
  type MissedByAverage,
  missedByAverage,
  networkLaziness,
  relativeKernelChange,
  residueComponents,
} from "../../../ntk/mod.ts";
import type { Control, Matrix } from "../../../numerics/mod.ts";
import { trace } from "../../../numerics/trace.ts";
import { type NetworkConfiguration, networkOf } from "./network_of.ts";
import type { Computation } from "../../study/study.ts";
import {
  columnsOf,
  type LinearizationAt,
  type LinearizationRealization,
  rounded,
  type SinceStart,
} from "./linearization_record.ts";

/** What it rests on. */
export interface LinearizationInput extends NetworkConfiguration {
  readonly study: "linearization";
  readonly n: number;
  readonly tolerance: number;
  readonly seed: number;
  /** Recorded times of the network's own flow, past 0. */
  readonly record: readonly number[];
  /** Among them, or between, times at which it is linearized anew. */
  readonly times: readonly number[];
  /** The one of them at which its eigenpairs are wanted, as at initialization. */
  readonly warmTime?: number;
}

/** So many eigenpairs are kept. */
const PAIRS = 200;
/** Cut-offs of laziness; of a network whose kernel is no matrix the middle one. */
const CUTOFFS = [1e-2, 1e-3, 1e-4];
/** n·outputs up to which two kernels of all outputs are held: 200 MB each. */
const FULL = 5000;

/** The linearizations of one seed. */
export const linearizationRealization: Computation<LinearizationInput, LinearizationRealization> = {
  module: import.meta.url,
  compute: async (input, { checkpoint, signal, onProgress }) => {
    const { n, tolerance, seed, record, times, warmTime } = input;
    const network = networkOf(input);
    const data = await trainingSet(n);
    const part = (from: number, share: number, what: string): Control => ({
      signal,
      onProgress: ({ done, total, note }) =>
        onProgress?.({
          ...{ done: from + share * done / total, total: 1 },
          note: note ? `${what}, ${note}` : what,
        }),
    });
    const each = 0.5 / (times.length + 1);
    const initial = network.init(seed);
    const ground = { network, data, record, times };
    const cold = await linearizedAt(ground, initial, {
      ...{ time: 0, pairs: true, control: (what) => part(0, each, what) },
    });
    const { snapshots } = await gradientFlow(network, data, {
      ...{ horizon: times[times.length - 1], record: times, snapshots: times },
      ...{ tolerance, parameters: initial, checkpoint },
      ...part(each, 0.5, "the network's own flow"),
    });
    signal?.throwIfAborted();
    const at = [cold.found];
    for (const [i, time] of times.entries()) {
      const { found } = await linearizedAt(ground, snapshots.get(time)!, {
        ...{ time, pairs: time === warmTime, start: { ...cold, parameters: initial } },
        control: (what) => part(0.5 + (i + 1) * each, each, `τ ${time.toPrecision(3)}: ${what}`),
      });
      at.push(found);
    }
    return { seed, kernels: isFull(network, n) ? "full" : "trace", at };
  },
};

const isFull = (network: Network, n: number) => n * network.outputs <= FULL;

/** What is asked of one time. */
interface Asked {
  readonly time: number;
  /** Whether its eigenpairs are wanted. */
  readonly pairs: boolean;
  /** Initialization, if this is not it. */
  readonly start?: Found & { readonly parameters: readonly TensorLike[] };
  readonly control: (what: string) => Control;
}

interface Found {
  readonly found: LinearizationAt;
  /** Of all outputs or of their trace. */
  readonly kernel: Matrix;
}

interface Ground {
  readonly network: Network;
  readonly data: Awaited<ReturnType<typeof trainingSet>>;
  readonly record: readonly number[];
  readonly times: readonly number[];
}

async function linearizedAt(
  { network, data, record, times }: Ground,
  parameters: readonly TensorLike[],
  { time, pairs, start, control }: Asked,
): Promise<Found> {
  const { images, targets: { data: y } } = data;
  const { kernel, averaged, missed } = await kernelsAt(network, parameters, images, control);
  const { data: outputs } = await network.apply(parameters, images);
  const residue = Float64Array.from(y, (value, i) => value - outputs[i]);
  const count = Math.min(PAIRS, residue.length);
  const spectrum = !pairs
    ? undefined
    : missed
    ? await kernelSpectrum(kernel, { ...control("spectrum"), count })
    : await fullNtkSpectrum(network, parameters, images, { ...control("spectrum"), count });
  const { eigenvalues: [averagedLargest] } = await kernelSpectrum(averaged, { count: 1 });
  const later = record.filter((one) => one > time);
  const flow = later.length === 0 ? undefined : columnsOf(
    await linearizedFlow(network, data, {
      ...{ parameters, horizon: later[later.length - 1] - time },
      record: later.slice(0, -1).map((one) => one - time),
      ...control("linearized flow"),
    }),
    { time: [time, ...later], times },
  );
  const found = {
    time,
    ...(spectrum && {
      eigenvalues: Array.from(spectrum.eigenvalues, (value) => rounded(value)),
      squares: Array.from(residueComponents(spectrum, residue), (d) => rounded(d * d)),
    }),
    residueSquared: rounded(residue.reduce((sum, r) => sum + r * r, 0)),
    trace: rounded(network.outputs * trace(averaged)),
    averagedLargest: rounded(averagedLargest),
    alignment: rounded(kernelTargetAlignment(averaged, y)),
    missed: missed && {
      crossOutputs: rounded(missed.crossOutputs),
      whole: rounded(missed.whole),
    },
    since: start &&
      await sinceStart(network, images, start, { kernel, averaged, parameters, control }),
    flow,
  };
  return { kernel, found };
}

/** How the kernel and the network have moved. */
async function sinceStart(
  network: Network,
  images: TensorLike,
  start: NonNullable<Asked["start"]>,
  { kernel, averaged, parameters, control }: Kernels & Pick<Asked, "control"> & {
    readonly parameters: readonly TensorLike[];
  },
): Promise<SinceStart> {
  const [from, to] = [start.parameters, parameters].map((list) => flatten(list, network.shapes));
  const displacementSquared = to.reduce((sum, value, i) => sum + (value - from[i]) ** 2, 0);
  const before = (await network.apply(start.parameters, images)).data;
  const after = (await network.apply(parameters, images)).data;
  const outputChange = Float64Array.from(after, (value, i) => value - before[i]);
  const full = start.kernel.rows === outputChange.length;
  const laziness = [];
  for (const cutoff of full ? CUTOFFS : CUTOFFS.slice(1, 2)) {
    const options = { cutoff, tolerance: 1e-2, ...control("laziness") };
    const value = full
      ? await kernelLaziness(start.kernel, { outputChange, displacementSquared, ...options })
      : await networkLaziness(network, images, {
        ...{ start: start.parameters, end: parameters },
        ...options,
      });
    laziness.push({ cutoff, value: rounded(value) });
  }
  return {
    kernelChange: rounded(relativeKernelChange(start.kernel, kernel)),
    traceRatio: rounded(network.outputs * trace(averaged) / start.found.trace),
    laziness,
  };
}

interface Kernels {
  /** Of all outputs; where it is too large, of their trace. */
  readonly kernel: Matrix;
  readonly averaged: Matrix;
  /** Of the kernel of all outputs. */
  readonly missed?: MissedByAverage;
}

async function kernelsAt(
  network: Network,
  parameters: readonly TensorLike[],
  images: TensorLike,
  control: (what: string) => Control,
): Promise<Kernels> {
  const { outputs } = network;
  if (isFull(network, images.shape[0])) {
    const full = { ...control("kernel"), outputs: "full" } as const;
    const kernel = await empiricalNtk(network, parameters, images, full);
    const averaged = averagedKernel(kernel, { outputs });
    return { kernel, averaged, missed: missedByAverage(kernel, { outputs }) };
  }
  const kernel = await empiricalNtk(network, parameters, images, control("kernel"));
  return { kernel, averaged: { ...kernel, data: kernel.data.map((value) => value / outputs) } };
}
