/**
 * What the public functions of recordings take.
 *
 * @module
 */
import {
  type Arguments,
  callable,
  column,
  either,
  finite,
  like,
  list,
  maybe,
  natural,
  options,
  ranged,
  record,
  signal,
  text,
} from "../kinds.ts";
import { readableKind, speedLimitReportKind } from "./records.ts";

export const recordingsArguments: Arguments = {
  readRecording: {
    file: text,
    options: maybe(
      options({
        weights: maybe(text),
        from: maybe(finite),
        most: maybe(like(2, ranged)),
        onProgress: maybe(callable),
        signal: maybe(signal),
      }),
    ),
  },
  reportFigure: {
    speedLimitReport: speedLimitReportKind,
    options: maybe(options({ title: maybe(text) })),
  },
  snapshotRecorder: {},
  speedLimitReport: {
    path: record({
      time: column,
      loss: column,
      displacementSquared: column,
      pathLength: column,
      lossDrop: maybe(column),
      displacementSquaredFrom: maybe(record({}, column)),
      halvedLength: maybe(finite),
      rounding: maybe(finite),
    }),
    options: maybe(options({ from: maybe(finite) })),
  },
  weightRecorder: {
    network: either(
      record({ trainableWeights: list(record({ read: callable })) }),
      list(readableKind),
    ),
    options: options({ loss: callable, learningRate: ranged, every: maybe(natural) }),
  },
};
