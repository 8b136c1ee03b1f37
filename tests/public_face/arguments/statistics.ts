/**
 * What the public functions of statistics take.
 *
 * @module
 */
import {
  anyNumber,
  type Arguments,
  fields,
  finite,
  maybe,
  natural,
  numbers,
  options,
  ranged,
  rangedNumbers,
  record,
  text,
  tuple,
} from "../kinds.ts";
import { powerLawFitKind } from "./records.ts";

export const statisticsArguments: Arguments = {
  correlation: { x: rangedNumbers, y: rangedNumbers },
  fitLine: { x: rangedNumbers, y: rangedNumbers },
  mean: { values: rangedNumbers },
  median: { values: rangedNumbers },
  permutationTest: {
    x: rangedNumbers,
    y: rangedNumbers,
    options: maybe(
      options({ alternative: maybe(text), permutations: maybe(natural), seed: maybe(natural) }),
    ),
  },
  quantiles: { values: numbers, at: rangedNumbers },
  variance: { values: rangedNumbers },
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
  jackknifeInterval: {
    powerLawFit: powerLawFitKind,
    options: maybe(options({ level: maybe(finite) })),
  },
  geometricMean: { values: numbers, options: maybe(options({ level: maybe(ranged) })) },
  meanAndError: { values: numbers, options: maybe(options({ level: maybe(ranged) })) },
  chooseWindow: { values: rangedNumbers, options: maybe(options({ bins: maybe(natural) })) },
  fitPowerLaw: {
    values: numbers,
    options: maybe(
      options({
        from: maybe(ranged),
        to: maybe(ranged),
        bins: maybe(natural),
        resamples: maybe(natural),
        level: maybe(finite),
        seed: maybe(natural),
      }),
    ),
  },
  windowSensitivity: {
    values: numbers,
    options: maybe(
      options({
        from: maybe(ranged),
        to: maybe(ranged),
        bins: maybe(natural),
        resamples: maybe(natural),
        level: maybe(finite),
        seed: maybe(natural),
      }),
    ),
  },
  comparePowerLaw: {
    values: numbers,
    options: maybe(options({ from: maybe(ranged), to: maybe(ranged), bins: maybe(natural) })),
  },
};
