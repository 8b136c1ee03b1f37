/**
 * What the public functions of statistics take.
 *
 * @module
 */
import {
  anyNumber,
  type Arguments,
  callable,
  column,
  fields,
  finite,
  like,
  list,
  maybe,
  natural,
  numbers,
  oneOf,
  options,
  positive,
  ranged,
  rangedNumbers,
  record,
  text,
  tuple,
} from "../kinds.ts";
import { powerLawFitKind, sampledPowerLawKind, sizeGroupKind } from "./records.ts";

const LEVEL = like(0.9, ranged);
const BINS = like(10, natural);

export const statisticsArguments: Arguments = {
  correlation: { x: rangedNumbers, y: rangedNumbers },
  fitLine: { x: rangedNumbers, y: rangedNumbers },
  mean: { values: rangedNumbers },
  median: { values: rangedNumbers },
  permutationTest: {
    x: rangedNumbers,
    y: rangedNumbers,
    options: maybe(
      options({
        alternative: maybe(oneOf("less")),
        permutations: maybe(natural),
        seed: maybe(natural),
      }),
    ),
  },
  pairedTest: { x: rangedNumbers, y: rangedNumbers },
  adjustedPValues: {
    pValues: like([0.5], rangedNumbers),
    options: maybe(options({ method: maybe(oneOf("holm", "benjamini-hochberg")) })),
  },
  quantiles: { values: numbers, at: like([0, 0.5], rangedNumbers) },
  variance: { values: rangedNumbers },
  seedsNeeded: {
    variance: like(0.1, ranged),
    options: options({ within: positive, level: maybe(LEVEL) }),
  },
  leastToLargest: {
    values: numbers,
    options: maybe(options({ digits: maybe(natural), dash: maybe(text) })),
  },
  withError: {
    value: fields({ mean: anyNumber, standardError: anyNumber }),
    options: maybe(options({ digits: maybe(natural) })),
  },
  withInterval: {
    value: maybe(record({ mean: finite, interval: tuple(finite, finite) })),
    options: maybe(options({ digits: maybe(natural), missing: maybe(text) })),
  },
  fitInverseSize: {
    groups: list(sizeGroupKind),
    options: maybe(options({
      limit: maybe(record({ mean: finite, standardError: positive })),
      order: maybe(like(1, ranged)),
      level: maybe(LEVEL),
    })),
  },
  fitSizePower: { groups: list(sizeGroupKind), options: maybe(options({ level: maybe(LEVEL) })) },
  fitVarianceBySize: {
    groups: list(sizeGroupKind),
    options: options({
      limit: record({ variance: positive, excessKurtosis: maybe(finite) }),
      level: maybe(LEVEL),
    }),
  },
  jackknifeInterval: {
    powerLawFit: powerLawFitKind,
    options: maybe(options({ level: maybe(LEVEL) })),
  },
  geometricMean: {
    values: numbers,
    options: maybe(options({ level: maybe(LEVEL), least: maybe(positive) })),
  },
  meanAndError: { values: numbers, options: maybe(options({ level: maybe(LEVEL) })) },
  chooseWindow: { values: rangedNumbers, options: maybe(options({ bins: maybe(BINS) })) },
  fitPowerLaw: {
    values: column,
    options: maybe(
      options({
        from: maybe(ranged),
        to: maybe(ranged),
        bins: maybe(BINS),
        resamples: maybe(like(100, natural)),
        level: maybe(LEVEL),
        seed: maybe(natural),
      }),
    ),
  },
  windowSensitivity: {
    values: column,
    options: maybe(
      options({
        from: maybe(ranged),
        to: maybe(ranged),
        bins: maybe(BINS),
        resamples: maybe(like(100, natural)),
        level: maybe(LEVEL),
        seed: maybe(natural),
      }),
    ),
  },
  populationEigenvalues: {
    eigenvalues: like([3, 2, 1], rangedNumbers),
    options: options({ first: like(2, natural) }),
  },
  aboveTail: { squares: rangedNumbers },
  sampleWindow: {
    eigenvalues: like(Array.from({ length: 120 }, (_, k) => 1 / (k + 1)), rangedNumbers),
  },
  exponentText: { law: sampledPowerLawKind },
  fitSampledPowerLaw: {
    sets: list(like(Array.from({ length: 120 }, (_, k) => 1 / (k + 1)), rangedNumbers)),
    options: maybe(
      options({
        of: maybe(oneOf("eigenvalues", "squares")),
        window: maybe(like([2, 12], rangedNumbers)),
        level: maybe(LEVEL),
      }),
    ),
  },
  exponentLimit: {
    fits: list(sampledPowerLawKind),
    options: maybe(options({ level: maybe(LEVEL) })),
  },
  overWindows: {
    fits: list(record({ all: finite, without: list(finite) })),
    value: callable,
    options: maybe(options({ level: maybe(LEVEL) })),
  },
  comparePowerLaw: {
    values: column,
    options: maybe(options({ from: maybe(ranged), to: maybe(ranged), bins: maybe(BINS) })),
  },
};
