/**
 * Studies: what the notebooks run that is made of several trajectories.
 *
 * @module
 */
export { type Claim, CLAIM_MARKS, type ClaimMark, type Verdict, VERDICTS } from "./claims/claim.ts";
export {
  gradientFlowLimitClaim,
  lossFactorClaim,
  preconditionedClaim,
  scheduleClaim,
} from "./claims/gradient_flow.ts";
export { growthClaim, lengthsClaim, plateauClaim } from "./claims/kernel_regime.ts";
export {
  highNoiseClaim,
  manyDimensionsClaim,
  manySamplesClaim,
  stationaryClaim,
} from "./claims/linear_regression.ts";
export {
  attainedClaim,
  langevinLimitClaim,
  type ParticlesAndLaw,
  withoutSquareClaim,
} from "./claims/speed_limits.ts";
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
export { type ObservedRun, warmStart } from "./warm_start.ts";
