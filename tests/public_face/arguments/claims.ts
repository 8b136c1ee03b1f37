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
  oneOf,
  options,
  positive,
  record,
  text,
} from "../kinds.ts";
import {
  dimensionRowKind,
  meanAndErrorKind,
  measuredAndLimitKind,
  measuredGrowthKind,
  measuredLengthsKind,
  networkForecastsKind,
  particlesAndLawKind,
  recordedRunKind,
  residueStudyKind,
  sizeGrowthKind,
  speedLimitStudyKind,
} from "./records.ts";

export const claimsArguments: Arguments = {
  coldAbout30: { studies: list(speedLimitStudyKind) },
  fallsWithSize: { growth: list(sizeGrowthKind) },
  figure1Headline: { study: speedLimitStudyKind },
  lengthsOfOrderOne: { studies: list(speedLimitStudyKind) },
  limitOnEveryPath: {
    studies: list(speedLimitStudyKind),
    options: options({ tolerance: positive }),
  },
  warm2To5: { studies: list(speedLimitStudyKind) },
  warmByEpoch2000: { studies: list(speedLimitStudyKind) },
  coldAndWarm: { study: speedLimitStudyKind },
  coldFallsWithSize: { growth: list(sizeGrowthKind) },
  fullyConnectedHeadline: { study: speedLimitStudyKind },
  limitHolds: {
    studies: list(speedLimitStudyKind),
    options: options({
      tolerance: positive,
      descent: record({ epoch: anyNumber, difference: anyNumber }),
    }),
  },
  nearlyStraight: { studies: list(speedLimitStudyKind) },
  deltaBelowOne: {
    spreads: list(record({ start: meanAndErrorKind, network: text, labels: meanAndErrorKind })),
  },
  exponentsForetell: { networks: list(networkForecastsKind) },
  exponentsHeadline: { spreads: list(record({ alpha: meanAndErrorKind, network: text })) },
  owedToInitialFunction: { networks: list(networkForecastsKind) },
  spectraArePowerLaws: {
    fits: list(
      record({
        alpha: record({ rSquared: anyNumber }),
        best: oneOf("power law", "broken power law", "exponential"),
      }),
    ),
  },
  residueSpreads: { residues: residueStudyKind },
  limitHoldsElsewhere: { run: recordedRunKind },
  recordedHeadline: { run: recordedRunKind, what: text },
  gradientFlowLimitClaim: { ratios: column },
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
      plateaus: list(record({ measured: finite, foretold: finite, limit: finite })),
      at: anyNumber,
      growths: list(measuredGrowthKind),
    }),
  },
  highNoiseClaim: {
    row: fields({
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
    options: options({
      units: list(record({ unit: anyNumber, withoutSquare: anyNumber })),
      T: anyNumber,
    }),
  },
};
