/**
 * What the public functions of ntk take.
 *
 * @module
 */
import {
  type Arguments,
  callable,
  finite,
  flag,
  list,
  matrix,
  maybe,
  numbers,
  options,
  rangedNumbers,
  signal,
  tensor,
  text,
} from "../kinds.ts";
import { controlKind, kernelSpectrumKind, networkKind } from "./records.ts";

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
        outputs: maybe(text),
        others: maybe(tensor),
        memory: maybe(finite),
        onProgress: maybe(callable),
        signal: maybe(signal),
      }),
    ),
  },
  infiniteKernels: { network: networkKind, images: tensor, control: maybe(controlKind) },
  cumulativeOverlap: { components: numbers },
  expectedResidueComponents: { spectrum: kernelSpectrumKind, targets: numbers, nngp: matrix },
  kernelSpectrum: { kernel: matrix, options: maybe(controlKind) },
  residueComponents: { kernelSpectrum: kernelSpectrumKind, residue: rangedNumbers },
};
