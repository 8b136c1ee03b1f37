/**
 * Studies: what the notebooks run that is made of several trajectories.
 *
 * @module
 */
export { type KernelConfiguration, type KernelStudy, kernelStudy } from "./kernel_study.ts";
export { cachedRun, codeFingerprint, flowCheckpoint, type Plain, runKey } from "./run_cache.ts";
export {
  atHorizon,
  networkOf,
  type PathRatios,
  type RatiosAtHorizon,
  type Realization,
  type SpeedLimitConfiguration,
  type SpeedLimitStudy,
  speedLimitStudy,
  type StudyControl,
} from "./speed_limit.ts";
export { type StoredResult, storedResults, storeResult } from "./stored_results.ts";
export { type ObservedRun, warmStart } from "./warm_start.ts";
