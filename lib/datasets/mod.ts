/**
 * Data to learn from: images as standardized tensors, with labels and regression targets.
 *
 * @module
 */
export {
  cifar10,
  cifar10Channels,
  cifar10Classes,
  cifar10Hash,
  type Cifar10Options,
  type LabelledImages,
  pixels,
  targets,
} from "./cifar10.ts";
export {
  type Cifar10Class,
  classLabels,
  noisyLabels,
  ofClasses,
  randomLabels,
} from "./label_noise.ts";
export { trainingSet } from "./training_set.ts";
