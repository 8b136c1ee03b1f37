/**
 * What the public functions of ntk take.
 *
 * @module
 */
import {
  type Arguments,
  callable,
  fields,
  finite,
  flag,
  from,
  integerFrom,
  like,
  list,
  matrix,
  maybe,
  natural,
  numbers,
  oneOf,
  options,
  positive,
  ranged,
  rangedNumbers,
  signal,
  tensor,
} from "../kinds.ts";
import { kernelSpectrumKind, networkKind } from "./records.ts";

const lazinessOptions = {
  cutoff: maybe(like(0.1, ranged)),
  tolerance: maybe(like(0.1, ranged)),
  products: maybe(natural),
  onProgress: maybe(callable),
  signal: maybe(signal),
};

export const ntkArguments: Arguments = {
  kernelDistance: { kernel: matrix, other: matrix },
  kernelTargetAlignment: {
    kernel: matrix,
    targets: rangedNumbers,
    options: maybe(options({ centred: maybe(flag) })),
  },
  principalAngles: { a: matrix, b: matrix },
  vectorAlignment: { kernel: matrix, vector: rangedNumbers },
  relativeKernelChange: { kernel: matrix, other: matrix },
  empiricalNtk: {
    network: networkKind,
    parameters: list(tensor),
    images: tensor,
    options: maybe(
      options({
        outputs: maybe(oneOf("trace", "full")),
        others: maybe(tensor),
        memory: maybe(from(2 ** 20)),
        onProgress: maybe(callable),
        signal: maybe(signal),
      }),
    ),
  },
  infiniteKernels: {
    network: networkKind,
    images: tensor,
    control: maybe(options({ onProgress: maybe(callable), signal: maybe(signal) })),
  },
  fullNtkSpectrum: {
    network: networkKind,
    parameters: list(tensor),
    images: tensor,
    options: maybe(
      options({
        count: maybe(natural),
        onProgress: maybe(callable),
        signal: maybe(signal),
      }),
    ),
  },
  naturalGradient: {
    network: networkKind,
    parameters: list(tensor),
    data: fields({ images: tensor, targets: tensor }),
    options: maybe(options({ damping: maybe(positive) })),
  },
  nngpFunctions: {
    nngp: like([[2, 1], [1, 2]], matrix),
    options: options({
      outputs: integerFrom(1),
      functions: maybe(integerFrom(1)),
      seed: maybe(natural),
    }),
  },
  averagedKernel: { kernel: matrix, options: options({ outputs: natural }) },
  missedByAverage: { kernel: matrix, options: options({ outputs: natural }) },
  laziness: {
    spectrum: kernelSpectrumKind,
    options: options({
      outputChange: numbers,
      displacementSquared: positive,
      cutoff: maybe(like(0.1, ranged)),
    }),
  },
  kernelLaziness: {
    kernel: matrix,
    options: options({
      outputChange: numbers,
      displacementSquared: positive,
      ...lazinessOptions,
    }),
  },
  networkLaziness: {
    network: networkKind,
    images: tensor,
    options: options({ start: list(tensor), end: list(tensor), ...lazinessOptions }),
  },
  cumulativeOverlap: {
    components: numbers,
    options: maybe(options({ whole: maybe(like(1e9, finite)) })),
  },
  expectedResidueComponents: { spectrum: kernelSpectrumKind, targets: numbers, nngp: matrix },
  kernelSpectrum: {
    kernel: matrix,
    options: maybe(
      options({ count: maybe(natural), onProgress: maybe(callable), signal: maybe(signal) }),
    ),
  },
  residueComponents: { kernelSpectrum: kernelSpectrumKind, residue: rangedNumbers },
};
