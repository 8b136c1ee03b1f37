/**
 * What the public functions of experiments/claims take.
 *
 * @module
 */
import {
  anyNumber,
  type Arguments,
  column,
  fields,
  finite,
  list,
  maybe,
  numbers,
  oneOf,
  options,
  positive,
  ranged,
  record,
  text,
  tuple,
} from "../kinds.ts";
import {
  atMarkKind,
  besideWideLimitKind,
  dimensionRowKind,
  initialWeightsStudyKind,
  linearizationStudyKind,
  markKind,
  measuredAndLimitKind,
  measuredGrowthKind,
  measuredLengthsKind,
  namedCorrectionKind,
  namedSpreadKind,
  networkForecastKind,
  particlesAndLawKind,
  recordedRunKind,
  residueStudyKind,
  sampledPowerLawKind,
  scalePairKind,
  sizeGroupKind,
  sizeGrowthKind,
  speedLimitStudyKind,
  studyPeaksKind,
  wideLimitKind,
} from "./records.ts";

export const claimsArguments: Arguments = {
  coldAbout30: { studies: list(speedLimitStudyKind), marks: maybe(list(markKind)) },
  fallsWithSize: { growths: list(sizeGrowthKind) },
  roughlyConstant: { growths: list(sizeGrowthKind) },
  lengthsOfOrderOne: { studies: list(speedLimitStudyKind), marks: list(markKind) },
  warm2To5: { studies: list(speedLimitStudyKind), marks: maybe(list(markKind)) },
  warmByEpoch2000: { studies: list(speedLimitStudyKind), loss: oneOf("sum", "mean") },
  peaksAndFalls: { list: list(studyPeaksKind) },
  shortBadLongGood: { studies: list(speedLimitStudyKind), marks: list(markKind) },
  peakHeadline: { peaks: studyPeaksKind },
  ratioHeadline: { cold: atMarkKind, warm: maybe(atMarkKind) },
  limitHolds: {
    studies: list(speedLimitStudyKind),
    options: options({
      tolerance: positive,
      descent: maybe(record({ epoch: anyNumber, difference: anyNumber })),
    }),
  },
  dissipationOwed: { studies: list(initialWeightsStudyKind), times: numbers },
  ensembleIsSingle: { studies: list(initialWeightsStudyKind), times: numbers },
  growsWithInitialFunction: { studies: list(initialWeightsStudyKind), times: numbers },
  inefficiencyOwed: { studies: list(initialWeightsStudyKind), times: numbers },
  saddleForetold: { rows: list(record({ measured: anyNumber, foretold: anyNumber })) },
  smallerWeightsCloser: { studies: list(initialWeightsStudyKind), left: ranged },
  splitForetells: { studies: list(initialWeightsStudyKind), times: numbers },
  wideSplitForetells: {
    pairs: list(record({ study: initialWeightsStudyKind, wide: wideLimitKind })),
    times: numbers,
  },
  startHeadline: { study: initialWeightsStudyKind, time: ranged },
  zeroOutputsAgree: { studies: list(initialWeightsStudyKind), times: numbers },
  averageStandsForAll: { networks: list(networkForecastKind) },
  atSameLambdaTau: { pair: scalePairKind },
  smallerScaleIsCloser: { pairs: list(scalePairKind) },
  wideLimitFalls: { flows: list(wideLimitKind), marks: list(markKind) },
  comesToLimit: { list: list(namedCorrectionKind) },
  distanceFalls: { list: list(record({ where: text, groups: list(sizeGroupKind) })) },
  largerAtFiniteWidth: { list: list(namedCorrectionKind) },
  spreadFallsWithWidth: { list: list(namedSpreadKind) },
  spreadStays: { list: list(namedSpreadKind), width: positive },
  wideEnough: { list: list(namedCorrectionKind), width: positive },
  widthHeadline: { list: list(namedCorrectionKind), width: positive },
  widthPlace: {
    at: record({ mark: markKind, configuration: record({ architecture: text }) }),
  },
  followsWideLimit: { list: list(besideWideLimitKind) },
  wideLimitPeaks: { flows: list(wideLimitKind) },
  judgedWithin: {
    value: maybe(record({ interval: maybe(tuple(anyNumber, anyNumber)) })),
    range: tuple(finite, finite),
  },
  verdictOver: {
    cases: list(
      record({
        where: text,
        judgement: oneOf("holds", "fails", "undecided", "not reached"),
        value: text,
      }),
    ),
  },
  deltaBelowOne: {
    fits: list(
      record({ network: text, labels: sampledPowerLawKind, start: sampledPowerLawKind }),
    ),
    of: oneOf("labels", "start"),
  },
  exponentsPredict: { networks: list(networkForecastKind) },
  exponentsHeadline: { fits: list(record({ network: text, alpha: sampledPowerLawKind })) },
  exponentsSettle: {
    against: record({
      network: text,
      fits: list(sampledPowerLawKind),
      limit: record({ exponent: anyNumber, interval: tuple(anyNumber, anyNumber) }),
    }),
  },
  kernelMoves: { studies: list(linearizationStudyKind) },
  linearizationPredicts: { networks: list(networkForecastKind) },
  owedToInitialFunction: { networks: list(networkForecastKind) },
  spectraArePowerLaws: { fits: list(record({ network: text, alpha: sampledPowerLawKind })) },
  residueSpreads: { residues: residueStudyKind },
  limitHoldsElsewhere: { run: recordedRunKind },
  recordedHeadline: { run: recordedRunKind, what: text },
  gradientFlowLimitClaim: { ratios: column, tolerance: positive },
  lossFactorClaim: {
    options: options({
      inefficiency: anyNumber,
      scaled: list(record({ factor: anyNumber, inefficiency: anyNumber })),
      split: anyNumber,
    }),
  },
  preconditionedClaim: {
    options: options({ own: anyNumber, natural: anyNumber, closedForm: anyNumber }),
  },
  scheduleClaim: { options: options({ constant: anyNumber, scheduled: anyNumber }) },
  growthClaim: { growths: list(measuredGrowthKind) },
  lengthsClaim: { lengths: list(measuredLengthsKind) },
  plateauClaim: {
    options: options({
      plateaus: list(record({ alpha: finite, delta: finite, measured: finite, limit: finite })),
      at: anyNumber,
      growths: list(measuredGrowthKind),
    }),
  },
  highNoiseClaim: {
    row: fields({
      beta: anyNumber,
      relaxation: anyNumber,
      speedLimit: record({ mean: anyNumber, standardError: anyNumber }),
      learnt: record({ mean: anyNumber }),
      forecast: record({ speedLimit: anyNumber }),
    }),
  },
  manyDimensionsClaim: { row: dimensionRowKind },
  manySamplesClaim: { rows: list(measuredAndLimitKind) },
  stationaryClaim: {
    options: options({
      byEq6: anyNumber,
      byFlow: anyNumber,
      least: anyNumber,
      simulated: record({ mean: anyNumber, standardError: anyNumber, exact: anyNumber }),
    }),
  },
  attainedClaim: {
    options: options({ inefficiency: anyNumber, missed: anyNumber, cells: anyNumber }),
  },
  farthest: { beside: particlesAndLawKind },
  langevinLimitClaim: {
    options: options({
      ratios: column,
      exact: column,
      onGrid: column,
      particles: list(particlesAndLawKind),
    }),
  },
  withoutSquareClaim: {
    units: list(record({ unit: positive, withSquare: positive, withoutSquare: positive })),
  },
};
