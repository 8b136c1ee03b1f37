/**
 * What the public functions of datasets and tensorflow take.
 *
 * @module
 */
import { type Arguments, maybe, natural, options, rangedNumbers, tensor, text } from "../kinds.ts";

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
  pixels: { tensor: tensor },
  targets: { labels: rangedNumbers },
  trainingSet: {
    n: natural,
    options: maybe(options({ seed: maybe(natural), folder: maybe(text) })),
  },
};
