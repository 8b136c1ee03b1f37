/**
 * What the public functions of companion, datasets and tensorflow take.
 *
 * @module
 */
import {
  anything,
  type Arguments,
  maybe,
  natural,
  options,
  rangedNumbers,
  record,
  tensor,
  text,
} from "../kinds.ts";

export const companionArguments: Arguments = {
  checkParameters: {
    name: text,
    values: record({}, anything),
    options: maybe(options({ notebooks: maybe(text) })),
  },
  collectConclusions: {
    options: maybe(options({ notebooks: maybe(text), executed: maybe(text) })),
  },
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
