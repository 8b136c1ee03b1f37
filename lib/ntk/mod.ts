/**
 * Neural tangent kernels: at finite width from a network's gradients, at infinite width from its
 * architecture; their spectra, and how they lie to the targets and to each other.
 *
 * @module
 */
export { kernelDistance, kernelTargetAlignment, relativeKernelChange } from "./alignment.ts";
export { empiricalNtk, type EmpiricalNtkOptions } from "./empirical.ts";
export { type InfiniteKernels, infiniteKernels, type InfiniteKernelsOptions } from "./infinite.ts";
export {
  cumulativeOverlap,
  expectedResidueComponents,
  type KernelSpectrum,
  kernelSpectrum,
  residueComponents,
} from "./spectrum.ts";
