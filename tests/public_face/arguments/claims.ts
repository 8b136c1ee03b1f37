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
  oneOf,
  options,
  positive,
  record,
  text,
  tuple,
} from "../kinds.ts";
import {
  atMarkKind,
  besideWideLimitKind,
  dimensionRowKind,
  driftStudyKind,
  driftWithWidthKind,
  exponentsAlongKind,
  lazyRateKind,
  linearizationStudyKind,
  markKind,
  measuredAndLimitKind,
  measuredGrowthKind,
  measuredLengthsKind,
  networkForecastKind,
  networkPartsKind,
  particlesAndLawKind,
  recordedRunKind,
  residueStudyKind,
  sampledPowerLawKind,
  scalePairKind,
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
  exponentAlong: { networks: list(exponentsAlongKind), which: oneOf("alpha", "delta") },
  fallsThenClimbs: { studies: list(speedLimitStudyKind) },
  lazyAtRateOne: { rates: list(lazyRateKind), networks: maybe(text) },
  linearizationIsLessEfficient: { networks: list(networkPartsKind) },
  owedToAlignment: { networks: list(networkPartsKind) },
  owedToUnlearning: { networks: list(networkPartsKind) },
  turnsToLabels: { studies: list(driftStudyKind) },
  widerMovesLess: { networks: list(driftWithWidthKind) },
  averageStandsForAll: { networks: list(networkForecastKind) },
  atSameLambdaTau: { pair: scalePairKind },
  smallerScaleIsCloser: { pairs: list(scalePairKind) },
  wideLimitFalls: { flows: list(wideLimitKind), marks: list(markKind) },
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
