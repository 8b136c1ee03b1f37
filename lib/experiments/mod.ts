/**
 * Studies: what the notebooks run that is made of several trajectories.
 *
 * @module
 */
export { codeFingerprint } from "./study/code/fingerprint.ts";
export type {
  LinearizationAt,
  LinearizationRealization,
  LinearizedColumns,
  SinceStart,
} from "./studies/computations/linearization_record.ts";
export type {
  ResidueAtStart,
  ResidueRealization,
} from "./studies/computations/residue_realization.ts";
export type {
  FlowFromStart,
  LinearizedParts,
  StartFlow,
  StartKind,
} from "./studies/computations/start_realization.ts";
export { type Field, fieldsOf } from "./study/configuration.ts";
export { didYouMean } from "../numerics/checks.ts";
export { type NetworkConfiguration, networkOf } from "./studies/computations/network_of.ts";
export * from "./claims/mod.ts";
export {
  type DoubleWellOptions,
  doubleWellRelaxation,
  drivenAlike,
  type DrivenFlow,
} from "./theory/double_well.ts";
export {
  ensembleInefficiency,
  type EnsembleInefficiencyOptions,
  type MeasuredInefficiency,
} from "./theory/ensemble_inefficiency.ts";
export { type DescentAndFlow, descentBeside } from "./readings/descent_beside.ts";
export {
  commonEntries,
  type DescentBesideFlow,
  entryNearEnd,
} from "./readings/descent_comparison.ts";
export {
  exponentsOf,
  growthOf,
  type KernelExponents,
  kernelName,
  networkName,
  setsOfImages,
  type ValueWithInterval,
} from "./readings/kernel_exponents.ts";
export {
  type KernelFlows,
  kernelFlows,
  type KernelForecast,
  measuredBeside,
  type NetworkForecast,
  networkForecast,
  powerLawForecast,
} from "./readings/kernel_forecast.ts";
export { type PeakOfShare, peaksOfShares, widePeakOfShare } from "./readings/peaks_of_shares.ts";
export {
  type SaddleEscape,
  saddleEscape,
  type SaddleEscapeOptions,
  type SaddlePoint,
} from "./theory/saddle_escape.ts";
export {
  type ExactAndSampled,
  linearizedEnsemble,
  type LinearizedEnsembleOptions,
  type LinearizedEnsembleRow,
} from "./theory/linearized_ensemble.ts";
export {
  type EnsembleGeometry,
  ensembleGeometry,
  type EnsembleGeometryAt,
} from "./theory/ensemble_geometry.ts";
export {
  type LinearLangevinStep,
  linearLangevinSteps,
  type SteppedMean,
} from "./theory/linear_langevin_steps.ts";
export { type ProductEnsemble, productEnsemble } from "./theory/product_ensemble.ts";
export type {
  Bracketed,
  EnsembleFlow,
  EnsembleLangevin,
  EnsemblePartition,
  EnsembleRealization,
  EnsembleTangent,
} from "./studies/computations/ensemble_record.ts";
export type {
  EnsemblesConfiguration,
  EnsemblesStudy,
  GivenEnsembles,
} from "./studies/ensembles.ts";
export type {
  GivenLangevinSteps,
  LangevinStepsConfiguration,
  LangevinStepsStudy,
} from "./studies/langevin_steps.ts";
export type { LangevinStepsRun } from "./studies/computations/langevin_steps_realization.ts";
export { perceptronSplit, wideSplit } from "./theory/wide_split.ts";
export {
  type BrenierMeans,
  brenierMeans,
  type EnsembleMeans,
  ensembleMeans,
  type WholeTraining,
  wholeTraining,
} from "./readings/ensembles.ts";
export { type EnsembleLimit, ensembleLimit } from "./readings/ensemble_limit.ts";
export { type OwedOfMeans, owedOfMeans, ratioOfMeans } from "./readings/share_means.ts";
export {
  flowFrom,
  linearizedPartition,
  type OwedToStart,
  owedToStart,
  type ShareAtTime,
  sharesAt,
  type StartPoint,
  startPoint,
  withShare,
} from "./readings/initial_weights.ts";
export type {
  DriftAt,
  DriftColumns,
  DriftLater,
  DriftRealization,
} from "./studies/computations/drift_record.ts";
export {
  type DriftCurve,
  driftCurve,
  type DriftQuantity,
  driftRatios,
  type InefficiencyParts,
  inefficiencyParts,
  warmLook,
} from "./readings/drift_readings.ts";
export { type DriftWithWidth, driftWithWidth } from "./readings/drift_width.ts";
export { driftAt, type DriftMark } from "./readings/drift_at_mark.ts";
export {
  inefficiencyPartsAtLoss,
  type LossParts,
  type NetworkLossParts,
  startPartsAtLoss,
} from "./readings/loss_parts.ts";
export { type LazyParting, lazyParting } from "./readings/lazy_parting.ts";
export { type LazyGap, type LazyRate, lazyRate } from "./readings/lazy_rate.ts";
export {
  type ExponentsAlong,
  exponentsAlong,
  type ExponentsAt,
} from "./readings/residue_exponents.ts";
export type { DriftConfiguration, DriftStudy } from "./studies/kernel_drift_result.ts";
export {
  linearizationAt,
  type LinearizationStudy,
  linearizedPath,
} from "./studies/linearization_result.ts";
export { type OpenChoice, openChoices } from "./readings/open_choices.ts";
export {
  type Curve,
  inefficiencyRatio,
  overRealizations,
  type RatioMeans,
  ratiosAt,
} from "./studies/over_realizations.ts";
export { cachedRun, flowCheckpoint, type Plain, runKey } from "./study/run_cache.ts";
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
} from "./theory/power_law_growth.ts";
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
} from "./theory/regression_rows.ts";
export {
  regressionByParticles,
  type SimulatedRegression,
} from "./theory/regression_by_particles.ts";
export {
  type PathRatios,
  ratiosOf,
  type Realization,
  type RecordedColumns,
  type SeedPath,
  type SpeedLimitConfiguration,
  type SpeedLimitStudy,
} from "./studies/speed_limit_result.ts";
export type { OnDamaged, StoredResult } from "./study/stored_files.ts";
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
export {
  stepRateText,
  type StepsBesideFlow,
  stepsBesideFlow,
  stepsEntries,
  type StepsEntry,
  type StepsGroup,
  stepsGroups,
  stepsName,
} from "./readings/discrete_steps.ts";
export {
  type StepsNoise,
  stepsNoise,
  type StepsSharpness,
  stepsSharpness,
} from "./readings/steps_noise.ts";
export { type DescentInModes, descentInModes, firstOrderRange } from "./theory/descent_in_modes.ts";
export type {
  DiscreteStepsConfiguration,
  DiscreteStepsRealization,
  DiscreteStepsStudy,
  GivenDiscreteSteps,
} from "./studies/discrete_steps.ts";
export type {
  StepRate,
  StepsColumns,
  StepsDescent,
  StepsFlow,
} from "./studies/computations/steps_realization.ts";
export type {
  GivenInitialWeights,
  InitialWeightsConfiguration,
  InitialWeightsRealization,
  InitialWeightsStudy,
} from "./studies/initial_weights.ts";
export type {
  GivenScope,
  ScopeConfiguration,
  ScopeRealization,
  ScopeStudy,
} from "./studies/scope.ts";
export {
  fastestModeRatio,
  scopeAt,
  scopeInOrder,
  type ScopeKind,
  scopeKind,
  type ScopeMark,
  scopeName,
  type ScopePoint,
} from "./readings/scope.ts";
export {
  type TimeCorrelation,
  timeCorrelation,
  timesToLoss,
  type TimeToLoss,
} from "./readings/scope_times.ts";
export { type WarmAtThreshold, warmAtThresholds } from "./readings/warm_thresholds.ts";
export { type ScopeFamily, type ScopeLaws, scopeLaws } from "./readings/scope_formula.ts";
export {
  fitSpread,
  type PowerLawSpread,
  type SpreadColumns,
  type SpreadFlow,
  spreadFlow,
  spreadInefficiency,
  type SpreadLaws,
} from "./theory/power_law_spread.ts";
export { scopeBase, type ScopeComparison, scopeComparisons } from "./readings/scope_comparisons.ts";
export type { GivenDrift } from "./studies/kernel_drift.ts";
export { type GivenLinearization, linearizationStudy } from "./studies/linearization.ts";
export { studies, type StudyName, studyNamed } from "./studies/mod.ts";
export { type GivenResidues, type ResidueStudy, residueStudy } from "./studies/residues.ts";
export { type GivenSpeedLimit, speedLimitStudy } from "./studies/speed_limit.ts";
export { type GivenWidthSeries, widthSeriesStudy } from "./studies/width_series.ts";
export type { FlowColumns } from "./studies/computations/width_realization.ts";
export { type WideFunctions, wideFunctions } from "./readings/wide_functions.ts";
export {
  type WidthCorrection,
  widthCorrection,
  type WidthQuantity,
  type WidthReference,
  widthSpread,
} from "./readings/width_correction.ts";
export {
  type FlowAtMark,
  type NetworkAtMark,
  type WidthAtMark,
  type WidthsAtMark,
  widthsAtMark,
} from "./readings/widths_at_mark.ts";
export {
  joinWidthSeries,
  widthDistances,
  type WidthLimit,
  type WidthRealization,
  type WidthSeries,
  widthSeriesByNetwork,
  type WidthSeriesConfiguration,
} from "./studies/width_series_result.ts";
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
} from "./study/study.ts";
export {
  factorText,
  growthsWithSize,
  growthWithSize,
  inTransient,
  type SeedFactor,
  seedFactor,
  type SizeFactor,
  type SizeGrowth,
} from "./readings/size_growth.ts";
export { type AtMark, atMark, atMarks, type SeedAtMark, type Start } from "./readings/at_mark.ts";
export { networkAndSize, oneOfEach } from "./studies/network_text.ts";
export { type SeedMean, seedMean, seedMeanText } from "./studies/seed_mean.ts";
export { FIGURE_1_READING } from "./readings/figure_1_reading.ts";
export { type BesideWideLimit, besideWideLimit } from "./readings/beside_wide_limit.ts";
export { type Mark, type MarkKind, MARKS, markText, timeAtMark } from "./readings/mark.ts";
export { type LossRises, lossRises } from "./readings/loss_rises.ts";
export { type PathShape, type Peak, peakOf, type Place } from "./readings/peak.ts";
export {
  type PeakExponents,
  peakExponents,
  type PeakFactor,
  peakFactor,
  peaksOf,
  type SeedPeak,
  type StudyPeaks,
} from "./readings/peak_over_seeds.ts";
export {
  type Agreement,
  agreement,
  recordedStudies,
  type RecordedStudiesOptions,
  type RecordedStudy,
} from "./readings/recorded_studies.ts";
export {
  ratioByStart,
  type RatioFrom,
  type WarmStart,
  warmStartWithError,
} from "./readings/warm_start_error.ts";
export {
  type WideLimit,
  wideLimit,
  type WideLimitPoint,
  type WideRegimes,
  wideRegimes,
} from "./readings/wide_limit.ts";
export {
  HE,
  lambdaMaxAtStart,
  leastRatio,
  lossesAt,
  pathOfSeed,
  shareOnFirst,
  silentLoss,
  studiesWith,
  warmStartOf,
  workOf,
} from "./readings/study_readings.ts";
export { type ObservedRun, warmStart } from "./studies/warm_start.ts";
export { type JudgeCase, judgeCases } from "./readings/judge_readings.ts";
export {
  commonTestLoss,
  type MomentumClocks,
  momentumClocks,
  type OptimizerAtMark,
  optimizersAt,
  type WalkAtMark,
  type WalkMark,
} from "./readings/optimizer_readings.ts";
export {
  type FlowEnds,
  type GeneralizationLimit,
  generalizationLimits,
  type ScheduleGain,
  scheduleGains,
  stepsOver,
} from "./readings/schedule_readings.ts";
export type {
  OptimizerRun,
  RateTried,
  SeedWalk,
  WalkColumns,
} from "./studies/computations/optimizer_runs.ts";
export type { WalkEntry } from "./studies/computations/optimizer_walk.ts";
export type { RuleName } from "./studies/computations/step_rule.ts";
export type {
  ScheduledDescent,
  ScheduledFlow,
  ScheduleName,
  ScheduleRun,
} from "./studies/computations/scheduled_descent.ts";
export type {
  GivenOptimizers,
  OptimizersConfiguration,
  OptimizersStudy,
} from "./studies/optimizers.ts";
export type {
  GivenSchedules,
  SchedulesConfiguration,
  SchedulesStudy,
} from "./studies/schedules.ts";
