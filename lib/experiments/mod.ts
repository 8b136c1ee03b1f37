/**
 * Studies: what the notebooks run that is made of several trajectories.
 *
 * @module
 */
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
export { commonEntries, type DescentBesideFlow, entryNearEnd } from "./descent_comparison.ts";
export {
  exponentsOf,
  exponentsOverSeeds,
  type ExponentSpread,
  type KernelExponents,
  kernelName,
} from "./kernel_exponents.ts";
export {
  type KernelFlows,
  kernelFlows,
  type KernelForecast,
  kernelForecast,
  measuredBeside,
  type NetworkForecasts,
} from "./kernel_forecast.ts";
export { type KernelConfiguration, type KernelStudy, kernelStudy } from "./kernel_study.ts";
export { cachedRun, codeFingerprint, flowCheckpoint, type Plain, runKey } from "./run_cache.ts";
export {
  type Curve,
  inefficiencyRatio,
  overRealizations,
  type RatioMeans,
  ratiosAt,
} from "./over_realizations.ts";
export {
  growthExponent,
  type MeasuredGrowth,
  measuredGrowth,
  powerLawFlow,
  type PowerLaws,
} from "./power_law_growth.ts";
export {
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
export {
  type ResidueAtStart,
  type ResidueRealization,
  type ResidueStudy,
  residueStudy,
} from "./residue_study.ts";
export {
  networkOf,
  type PathRatios,
  type Realization,
  type SpeedLimitConfiguration,
  type SpeedLimitStudy,
  speedLimitStudy,
  type StudyControl,
} from "./speed_limit.ts";
export {
  type NamedResult,
  type StoredResult,
  storedResults,
  storeResult,
} from "./stored_results.ts";
export { factorText, growthWithSize, type SeedFactor, type SizeGrowth } from "./size_growth.ts";
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
