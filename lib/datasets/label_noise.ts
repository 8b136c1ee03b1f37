/**
 * Labels that are not the images' own: a stated number of them changed, or all drawn anew. And the
 * images of some classes alone.
 *
 * @module
 */
import {
  checkInteger,
  checkList,
  checkNumber,
  checkNumbers,
  checkOptions,
  didYouMean,
  maybe,
  shown,
} from "../numerics/checks.ts";
import { randomStream } from "../numerics/random.ts";
import { cifar10Classes } from "./cifar10.ts";

/** A class of CIFAR-10: its label, or its name. */
export type Cifar10Class = number | typeof cifar10Classes[number];

const CLASSES = cifar10Classes.length;
const ALL = cifar10Classes.map((_, label) => label);

/**
 * The labels that some classes stand for.
 *
 * @returns labels 0 … 9, in the order given
 * @throws {RangeError} naming a class that there is not, or that comes twice
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { classLabels } from "./label_noise.ts";
 * assert.deepEqual(classLabels(["cat", 5]), [3, 5]);
 * assert.throws(() => classLabels(["dgo" as "dog"]), /"dgo" \(did you mean dog\?\)/);
 * ```
 */
export function classLabels(classes: readonly Cifar10Class[]): number[] {
  checkList("classes", classes);
  const labels = classes.map((given, i) => {
    const label = typeof given === "string" ? cifar10Classes.indexOf(given) : given;
    if (Number.isInteger(label) && label >= 0 && label < CLASSES) return label;
    const meant = typeof given === "string" ? didYouMean(given, [...cifar10Classes]) : "";
    throw new RangeError(
      `classes[${i}] is ${shown(given)}${meant}; it must be an integer from 0 to ${CLASSES - 1}, ` +
        `or one of ${cifar10Classes.join(", ")}`,
    );
  });
  const twice = labels.find((label, i) => labels.indexOf(label) < i);
  if (twice !== undefined) {
    throw new RangeError(`classes contains ${cifar10Classes[twice]} twice; each may come once`);
  }
  return labels;
}

/**
 * The places of those images whose label is of some classes, in their order.
 *
 * @param labels of all images, 0 … 9
 * @throws {RangeError} naming a class that there is not, or a label out of range
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { ofClasses } from "./label_noise.ts";
 * assert.deepEqual(ofClasses([6, 9, 9, 4, 1], ["truck", "frog"]), [0, 1, 2]);
 * ```
 */
export function ofClasses(
  labels: Uint8Array | readonly number[],
  classes: readonly Cifar10Class[],
): number[] {
  const wanted = classLabels(classes);
  return Array.from(checkedLabels(labels).keys()).filter((i) => wanted.includes(labels[i]));
}

/**
 * Labels of which a share is wrong: exactly round(share · n) of them, each made one of the other
 * classes at random.
 *
 * Which are changed is the beginning of one random order, and what they become does not hang on the
 * share: the wrong labels of a smaller share are among those of a larger one. At a share of 1 every
 * label is wrong, which still tells something of it; labels at random are right one time in ten.
 *
 * @param labels of the images, 0 … 9; they stay as they are
 * @param options `share` in [0, 1]; `seed` of the draw; `classes` that there are, all ten by default
 * @returns labels of the same length
 * @throws {RangeError} if the share is outside [0, 1], a label is none of the classes, or there is no
 * other class
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { noisyLabels } from "./label_noise.ts";
 * const labels = Uint8Array.from({ length: 100 }, (_, i) => i % 10);
 * const noisy = noisyLabels(labels, { share: 0.2, seed: 3 });
 * assert.equal(noisy.filter((label, i) => label !== labels[i]).length, 20);
 * assert.throws(() => noisyLabels(labels, { share: 1.2 }), /share is 1.2; it must be a number from 0 to 1/);
 * ```
 */
export function noisyLabels(
  labels: Uint8Array | readonly number[],
  options: {
    readonly share: number;
    readonly seed?: number;
    readonly classes?: readonly Cifar10Class[];
  },
): Uint8Array {
  const { share, seed = 0, classes = ALL } = checkOptions("options", options, {
    share: (name: string, value: number) => checkNumber(name, value, { least: 0, most: 1 }),
    seed: maybe(checkInteger, { least: 0 }),
    classes: maybe(checkList),
  });
  const present = classLabels(classes as readonly Cifar10Class[]);
  const noisy = checkedLabels(labels);
  const count = Math.round(share * noisy.length);
  if (count > 0 && present.length < 2) {
    throw new RangeError(`classes has ${present.length}; a wrong label needs another class`);
  }
  noisy.forEach((label, i) => {
    if (!present.includes(label)) {
      throw new RangeError(`labels[${i}] is ${label}; it must be one of the classes, ${present}`);
    }
  });
  const stream = randomStream(seed, "label noise/which");
  const changed = stream.permutation(noisy.length).subarray(0, count);
  const steps = randomStream(seed, "label noise/what");
  const step = Array.from(noisy, () => 1 + steps.integers(Math.max(1, present.length - 1)));
  for (const i of changed) {
    noisy[i] = present[(present.indexOf(noisy[i]) + step[i]) % present.length];
  }
  return noisy;
}

/**
 * Labels drawn anew, each of the classes as likely, whatever the image: of ten classes one in ten is
 * right by chance.
 *
 * @param labels only their number counts
 * @throws {RangeError} naming a class that there is not, or if there is none
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { randomLabels } from "./label_noise.ts";
 * const drawn = randomLabels(new Uint8Array(1000), { classes: [2, 7] });
 * const twos = drawn.filter((label) => label === 2).length;
 * assert(twos > 400 && twos < 600 && drawn.every((label) => label === 2 || label === 7));
 * ```
 */
export function randomLabels(
  labels: Uint8Array | readonly number[],
  options: { readonly seed?: number; readonly classes?: readonly Cifar10Class[] } = {},
): Uint8Array {
  const { seed = 0, classes = ALL } = checkOptions("options", options, {
    seed: maybe(checkInteger, { least: 0 }),
    classes: maybe(checkList),
  });
  const present = classLabels(classes as readonly Cifar10Class[]);
  if (present.length === 0) throw new RangeError("classes is empty; a label needs one");
  const stream = randomStream(seed, "random labels");
  return checkedLabels(labels).map(() => present[stream.integers(present.length)]);
}

/** A copy, if each is a label. */
function checkedLabels(labels: Uint8Array | readonly number[]): Uint8Array {
  checkNumbers("labels", labels);
  return Uint8Array.from(
    labels,
    (label, i) => checkInteger(`labels[${i}]`, label, { least: 0, most: CLASSES - 1 }),
  );
}
