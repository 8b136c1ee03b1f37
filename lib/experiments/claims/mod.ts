/**
 * Verdicts: each a pure function of results, with its rule, its mark and its evidence.
 *
 * @module
 */
export { type Claim, CLAIM_MARKS, type ClaimMark, type Verdict, VERDICTS, WHOSE } from "./claim.ts";
export {
  coldAbout30,
  FIGURE_1_MARKS,
  peakHeadline,
  ratioHeadline,
  warm2To5,
  warmByEpoch2000,
} from "./figure_1.ts";
export {
  fallsWithSize,
  peaksAndFalls,
  roughlyConstant,
  shortBadLongGood,
} from "./figure_1_shape.ts";
export {
  distanceFalls,
  type NamedDistances,
  type NamedSpread,
  spreadFallsWithWidth,
  spreadStays,
} from "./finite_width_spread.ts";
export {
  comesToLimit,
  largerAtFiniteWidth,
  type NamedCorrection,
  wideEnough,
  widthHeadline,
  widthPlace,
} from "./finite_width.ts";
export {
  atSameLambdaTau,
  type ScalePair,
  smallerScaleIsCloser,
  wideLimitFalls,
  wideLimitPeaks,
} from "./fully_connected.ts";
export { belowOneAtFirst, stepLimitsHold } from "./discrete_steps.ts";
export {
  differenceFallsWithSteps,
  differenceWithinRate,
  rateIsSmallEnough,
  stepsHeadline,
} from "./steps_beside_flow.ts";
export { sharpensToTheEdge } from "./steps_sharpening.ts";
export { fallsBelowTheEdge, noiseCostsHalf, noiseForetellsSteps } from "./steps_noise.ts";
export {
  ensembleIsSingle,
  saddleForetold,
  splitForetells,
  type StudyAndWide,
  wideSplitForetells,
} from "./initial_split.ts";
export {
  dissipationOwed,
  growsWithInitialFunction,
  inefficiencyOwed,
  smallerWeightsCloser,
  startHeadline,
  zeroOutputsAgree,
} from "./initial_weights.ts";
export { flowMapIsBrenier, lazinessMakesBrenier, widthMakesBrenier } from "./ensemble_maps.ts";
export {
  assignedToThemselves,
  boundsInOrder,
  ensembleHeadline,
  functionsAreCloser,
  lawAsSingle,
  nearlyAllOfIt,
  ownWeightsLess,
  projectionsSee,
} from "./ensembles.ts";
export { linearizedSampled, partitionAgrees } from "./ensemble_heat.ts";
export { langevinStepsFine } from "./langevin_steps.ts";
export { type Case, judgedWithin, type Judgement, verdictOver } from "./judged.ts";
export { exponentAlong, fallsThenClimbs, turnsToLabels, widerMovesLess } from "./kernel_drift.ts";
export {
  lazyAtRateOne,
  linearizationIsLessEfficient,
  type NetworkParts,
  owedToAlignment,
  owedToUnlearning,
} from "./lazy_training.ts";
export { moreInefficientAtLoss, owedToUnlearningAtLoss } from "./loss_parts.ts";
export { lazyAgrees, richIsLessEfficient } from "./lazy_parting.ts";
export {
  averageStandsForAll,
  exponentsPredict,
  kernelMoves,
  linearizationPredicts,
  owedToInitialFunction,
} from "./kernel_predictions.ts";
export {
  deltaBelowOne,
  type ExponentsAgainstSize,
  exponentsHeadline,
  exponentsSettle,
  spectraArePowerLaws,
} from "./kernels_of_cifar10.ts";
export { lengthsOfOrderOne, limitHolds, residueSpreads } from "./paths.ts";
export { limitHoldsElsewhere, recordedHeadline, type RecordedRun } from "./your_own_network.ts";
export {
  gradientFlowLimitClaim,
  lossFactorClaim,
  preconditionedClaim,
  scheduleClaim,
} from "./gradient_flow.ts";
export { growthClaim, type LatePlateau, lengthsClaim, plateauClaim } from "./kernel_regime.ts";
export {
  highNoiseClaim,
  manyDimensionsClaim,
  manySamplesClaim,
  stationaryClaim,
} from "./linear_regression.ts";
export {
  attainedClaim,
  farthest,
  type InOneUnit,
  langevinLimitClaim,
  type ParticlesAndLaw,
  withoutSquareClaim,
} from "./speed_limits.ts";
export { followsWideLimit } from "./wide_limit_followed.ts";
export {
  metricRaisesTestLoss,
  momentumClock,
  optimizersHeadline,
  ownLimitsHold,
  ratioJudges,
  tunedStepsAreFlows,
} from "./optimizers.ts";
export {
  bestScheduleGains,
  generalizationNearLimit,
  shareThatStepsHave,
  sharpnessGains,
} from "./schedules.ts";
export {
  alikeWithOther,
  growsWithDepth,
  scopeForetold,
  scopeLengths,
  scopeLimitHolds,
} from "./scope.ts";
export {
  followsInitialFunction,
  scopeHeadline,
  thresholdAlike,
  warmWithinAtThresholds,
} from "./scope_ranks.ts";
