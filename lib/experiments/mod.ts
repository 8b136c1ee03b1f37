/**
 * Studies: what the notebooks run that is made of several trajectories.
 *
 * @module
 */
export { codeFingerprint } from "./code/fingerprint.ts";
export type {
  LinearizationAt,
  LinearizationRealization,
  LinearizedColumns,
  SinceStart,
} from "./computations/linearization_record.ts";
export type { ResidueAtStart, ResidueRealization } from "./computations/residue_realization.ts";
export { type Field, fieldsOf } from "./configuration.ts";
export { didYouMean } from "../numerics/checks.ts";
export { type NetworkConfiguration, networkOf } from "./network_of.ts";
export * from "./claims/mod.ts";
export {
  type DoubleWellOptions,
  doubleWellRelaxation,
  drivenAlike,
  type DrivenFlow,
} from "./double_well.ts";
export {
  ensembleInefficiency,
  type EnsembleInefficiencyOptions,
  type MeasuredInefficiency,
} from "./ensemble_inefficiency.ts";
export { type DescentAndFlow, descentBeside } from "./descent_beside.ts";
export { commonEntries, type DescentBesideFlow, entryNearEnd } from "./descent_comparison.ts";
export {
  exponentsOf,
  growthOf,
  type KernelExponents,
  kernelName,
  networkName,
  setsOfImages,
  type ValueWithInterval,
} from "./kernel_exponents.ts";
export {
  type KernelFlows,
  kernelFlows,
  type KernelForecast,
  measuredBeside,
  type NetworkForecast,
  networkForecast,
  powerLawForecast,
} from "./kernel_forecast.ts";
export type { DriftAt, DriftColumns, DriftRealization } from "./computations/drift_record.ts";
export {
  type DriftCurve,
  driftCurve,
  type DriftQuantity,
  driftRatios,
  type InefficiencyParts,
  inefficiencyParts,
  warmLook,
} from "./drift_readings.ts";
export { type DriftWithWidth, driftWithWidth } from "./drift_width.ts";
export type { DriftConfiguration, DriftStudy } from "./kernel_drift.ts";
export { type LazyGap, type LazyRate, lazyRate } from "./lazy_rate.ts";
export { type ExponentsAlong, exponentsAlong, type ExponentsAt } from "./residue_exponents.ts";
export { linearizationAt, type LinearizationStudy, linearizedPath } from "./linearization.ts";
export { type OpenChoice, openChoices } from "./open_choices.ts";
export {
  type Curve,
  inefficiencyRatio,
  overRealizations,
  type RatioMeans,
  ratiosAt,
} from "./over_realizations.ts";
export { cachedRun, flowCheckpoint, type Plain, runKey } from "./run_cache.ts";
export {
  growthExponent,
  type GrowthWindow,
  type LateSlope,
  type MeasuredGrowth,
  measuredGrowth,
  type MeasuredLengths,
  measuredLengths,
  powerLawFlow,
  type PowerLaws,
} from "./power_law_growth.ts";
export {
  type DimensionRow,
  dimensionRow,
  type DissipationShare,
  dissipationShare,
  type MeasuredAndLimit,
  type NoisyRow,
  noisyRow,
  overTeachers,
  ridgePotential,
  stationaryRow,
} from "./regression_rows.ts";
export { regressionByParticles, type SimulatedRegression } from "./regression_by_particles.ts";
export {
  type PathRatios,
  ratiosOf,
  type Realization,
  type RecordedColumns,
  type SpeedLimitConfiguration,
  type SpeedLimitStudy,
} from "./speed_limit.ts";
export type { OnDamaged, StoredResult } from "./stored_files.ts";
export {
  lacksOfStored,
  type NamedResult,
  storedResult,
  storedResults,
  storeResult,
} from "./stored_results.ts";
export {
  type GivenKernel,
  type KernelConfiguration,
  type KernelStudy,
  kernelStudy,
} from "./studies/kernels.ts";
export type { GivenDrift } from "./studies/kernel_drift.ts";
export { type GivenLinearization, linearizationStudy } from "./studies/linearization.ts";
export { studies, type StudyName, studyNamed } from "./studies/mod.ts";
export { type GivenResidues, type ResidueStudy, residueStudy } from "./studies/residues.ts";
export { type GivenSpeedLimit, speedLimitStudy } from "./studies/speed_limit.ts";
export {
  type AnyStudy,
  type Computation,
  conduct,
  type ConductOptions,
  type GivenOf,
  type ResultOf,
  type RunControl,
  type Study,
  type StudyRun,
} from "./study.ts";
export {
  factorText,
  growthsWithSize,
  growthWithSize,
  inTransient,
  type SeedFactor,
  seedFactor,
  type SizeFactor,
  type SizeGrowth,
} from "./size_growth.ts";
export { type AtMark, atMark, atMarks, type SeedAtMark, type Start } from "./at_mark.ts";
export { networkAndSize, oneOfEach } from "./network_text.ts";
export { type SeedMean, seedMean, seedMeanText } from "./seed_mean.ts";
export { FIGURE_1_READING } from "./figure_1_reading.ts";
export { type BesideWideLimit, besideWideLimit } from "./beside_wide_limit.ts";
export { type Mark, type MarkKind, MARKS, markText, timeAtMark } from "./mark.ts";
export { type PathShape, type Peak, peakOf, type Place } from "./peak.ts";
export {
  type PeakExponents,
  peakExponents,
  type PeakFactor,
  peakFactor,
  peaksOf,
  type SeedPeak,
  type StudyPeaks,
} from "./peak_over_seeds.ts";
export {
  type Agreement,
  agreement,
  recordedStudies,
  type RecordedStudy,
} from "./recorded_studies.ts";
export {
  ratioByStart,
  type RatioFrom,
  type WarmStart,
  warmStartWithError,
} from "./warm_start_error.ts";
export {
  type WideLimit,
  wideLimit,
  type WideLimitPoint,
  type WideRegimes,
  wideRegimes,
} from "./wide_limit.ts";
export {
  HE,
  lambdaMaxAtStart,
  leastRatio,
  lossesAt,
  pathOfSeed,
  type SeedPath,
  shareOnFirst,
  silentLoss,
  studiesWith,
  warmStartOf,
  workOf,
} from "./study_readings.ts";
export { type ObservedRun, warmStart } from "./warm_start.ts";
