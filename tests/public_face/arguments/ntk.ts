/**
 * What the public functions of ntk take.
 *
 * @module
 */
import {
  type Arguments,
  callable,
  flag,
  from,
  list,
  matrix,
  maybe,
  numbers,
  oneOf,
  options,
  rangedNumbers,
  signal,
  tensor,
} from "../kinds.ts";
import { kernelSpectrumKind, networkKind } from "./records.ts";

export const ntkArguments: Arguments = {
  kernelDistance: { kernel: matrix, other: matrix },
  kernelTargetAlignment: {
    kernel: matrix,
    targets: rangedNumbers,
    options: maybe(options({ centred: maybe(flag) })),
  },
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
  cumulativeOverlap: { components: numbers },
  expectedResidueComponents: { spectrum: kernelSpectrumKind, targets: numbers, nngp: matrix },
  kernelSpectrum: {
    kernel: matrix,
    options: maybe(options({ onProgress: maybe(callable), signal: maybe(signal) })),
  },
  residueComponents: { kernelSpectrum: kernelSpectrumKind, residue: rangedNumbers },
};
