/**
 * What numbers are worth: descriptive statistics, means with their errors over realizations,
 * exponents of power laws with intervals, and how far they can be trusted.
 *
 * @module
 */
export { adjustedPValues, type Adjustment } from "./adjusted_p_values.ts";
export {
  correlation,
  fitLine,
  type LineFit,
  mean,
  median,
  permutationTest,
  quantiles,
  variance,
} from "./descriptive.ts";
export {
  fitInverseSize,
  fitSizePower,
  type InverseSizeFit,
  type InverseSizeOptions,
} from "./inverse_size.ts";
export { seedsNeeded, type SeedsNeededOptions } from "./seeds_needed.ts";
export type { KnownMean, SizeEstimate, SizeGroup } from "./size_groups.ts";
export {
  fitVarianceBySize,
  type VarianceBySize,
  type VarianceBySizeOptions,
} from "./variance_by_size.ts";
export { leastToLargest, withError, withInterval } from "./formatted.ts";
export { jackknifeInterval } from "./jackknife_interval.ts";
export { type GeometricMean, geometricMean, type MeanAndError, meanAndError } from "./mean.ts";
export { type PairedTest, pairedTest } from "./paired_test.ts";
export {
  chooseWindow,
  fitPowerLaw,
  type PowerLawFit,
  type PowerLawOptions,
  type WindowSensitivity,
  windowSensitivity,
} from "./power_law.ts";
export { comparePowerLaw, type LawFit } from "./power_law_alternatives.ts";
export { aboveTail, populationEigenvalues } from "./power_law_population.ts";
export { type ExponentLimit, exponentLimit } from "./power_law_limit.ts";
export {
  fitSampledPowerLaw,
  type Law,
  overWindows,
  type SampledPowerLaw,
  type SampledPowerLawOptions,
  type WindowLaws,
} from "./power_law_sets.ts";
export { exponentText } from "./power_law_text.ts";
export { sampleWindow } from "./power_law_window.ts";
