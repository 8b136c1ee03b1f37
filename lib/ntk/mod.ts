/**
 * Neural tangent kernels: at finite width from a network's gradients, at infinite width from its
 * architecture; their spectra, of all outputs or averaged over them, how they lie to the targets and
 * to each other, and whether a network moved as its kernel says.
 *
 * @module
 */
export { kernelDistance, kernelTargetAlignment, relativeKernelChange } from "./alignment.ts";
export { principalAngles, vectorAlignment } from "./drift.ts";
export { empiricalNtk, type EmpiricalNtkOptions } from "./empirical.ts";
export { fullNtkSpectrum } from "./full_spectrum.ts";
export { type InfiniteKernels, infiniteKernels, type InfiniteKernelsOptions } from "./infinite.ts";
export {
  kernelLaziness,
  type KernelLazinessOptions,
  laziness,
  networkLaziness,
  type NetworkLazinessOptions,
} from "./laziness.ts";
export { type NaturalGradient, naturalGradient } from "./natural_gradient.ts";
export { nngpFunctions, type NngpFunctionsOptions } from "./nngp_functions.ts";
export { averagedKernel, type MissedByAverage, missedByAverage } from "./output_blocks.ts";
export {
  cumulativeOverlap,
  expectedResidueComponents,
  type KernelSpectrum,
  kernelSpectrum,
  type KernelSpectrumOptions,
  residueComponents,
} from "./spectrum.ts";
