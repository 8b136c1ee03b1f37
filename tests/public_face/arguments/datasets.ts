/**
 * What the public functions of datasets and tensorflow take.
 *
 * @module
 */
import {
  anything,
  type Arguments,
  like,
  list,
  maybe,
  natural,
  options,
  ranged,
  rangedNumbers,
  tensor,
  text,
} from "../kinds.ts";

export const datasetsArguments: Arguments = {
  tensorflow: { options: maybe(options({ threads: maybe(natural) })) },
  cifar10: {
    options: options({
      train: natural,
      test: maybe(natural),
      seed: maybe(natural),
      folder: maybe(text),
    }),
  },
  classLabels: { classes: like([3, 5], list(anything)) },
  ofClasses: { labels: rangedNumbers, classes: like([3, 5], list(anything)) },
  noisyLabels: {
    labels: rangedNumbers,
    options: options({
      share: like(0.5, ranged),
      seed: maybe(natural),
      classes: maybe(like([1, 2], list(anything))),
    }),
  },
  randomLabels: {
    labels: rangedNumbers,
    options: maybe(
      options({ seed: maybe(natural), classes: maybe(like([1, 2], list(anything))) }),
    ),
  },
  pixels: { tensor: tensor },
  targets: { labels: rangedNumbers },
  trainingSet: {
    n: natural,
    options: maybe(options({ seed: maybe(natural), folder: maybe(text) })),
  },
};
