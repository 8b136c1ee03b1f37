/**
 * The fields by which studies of gradient flow tell sizes, realizations, time and accuracy; what
 * differs from one study to the next is the default.
 *
 * @module
 */
import { integer, number, optional, seeds } from "../study/fields.ts";

/** Channels, or width of all hidden layers. */
export const widthField = integer({ help: "channels, or width of all hidden layers", most: 8192 });

/** Training images, the first of the dataset. */
export const imagesField = (most: number) =>
  integer({ help: "training images, the first of the dataset", unit: "images", most });

/** Seeds, six by default. */
export const seedsField = optional(
  seeds({ help: "realizations; more go on from those that are there", better: "more" }),
  [0, 1, 2, 3, 4, 5],
);

/** The last time. */
export const horizonField = (byDefault: number, help = "the last time") =>
  optional(
    number({ help, ...{ unit: "τ", above: 0, most: 1e6, tag: "tau", better: "more" } }),
    byDefault,
  );

/** The flow's tolerance. */
export const toleranceField = optional(
  number({
    help: "relative accuracy of T/T_SL, l_γ/l_geo and L",
    ...{ least: 1e-6, most: 0.2, tag: "tol", better: "less" },
  }),
  0.01,
);

/** Recorded times. */
export const entriesField = (byDefault: number) =>
  optional(
    integer({
      help: "recorded times, on a logarithmic grid of four decades up to the horizon",
      ...{ least: 2, most: 10_000, tag: "entries", better: "more" },
    }),
    byDefault,
  );

/** Test images, the first of the dataset. */
export const testImagesField = optional(
  integer({
    help: "test images, the first of the dataset",
    ...{ unit: "images", least: 2, most: 10_000, tag: "test", better: "more" },
  }),
  2000,
);
