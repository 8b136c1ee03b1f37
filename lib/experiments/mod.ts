/**
 * Studies: what the notebooks run that is made of several trajectories.
 *
 * @module
 */
export { type Claim, CLAIM_MARKS, type ClaimMark, type Verdict, VERDICTS } from "./claims/claim.ts";
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
