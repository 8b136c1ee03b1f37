/**
 * The squared error of a network, its gradient, and its accuracy on test images.
 *
 * @module
 */
import { checkNetwork } from "../../networks/check_network.ts";
import { type Network, type TensorLike, toArray } from "../../networks/mod.ts";
import { checkTensor } from "../../networks/tensors.ts";
import { checkFunction, checkOptions, checkPositive, maybe } from "../../numerics/checks.ts";
import { checkTestSet } from "./checks.ts";

/** L(θ) and ∇L(θ) in float64. */
export interface LossAndGradient {
  readonly loss: number;
  /** ∇L for all parameters in layer order, one after the other. */
  readonly gradient: Float64Array;
}

/**
 * L(θ) = c · ½ Σ_μ ‖f(x_μ) − y_μ‖² as a function of the parameters.
 *
 * @param options `scale` is c; `heed` is called at each batch of images: what it throws, ends the call.
 * @throws {TypeError} if an argument or option is of another kind, or unknown
 * @throws {RangeError} if the targets' shape is not [n, outputs], or the scale is not positive
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fullyConnected } from "../../networks/mod.ts";
 * import { squaredError } from "./squared_error.ts";
 * const network = fullyConnected({ widths: [2, 4, 1] });
 * const images = { shape: [1, 2], data: Float32Array.of(1, 2) };
 * const targets = { shape: [1, 1], data: Float32Array.of(3) };
 * const { loss, gradient } = await squaredError(network, images, targets)(network.init(0));
 * assert(loss > 0);
 * assert.equal(gradient.length, 2 * 4 + 4 * 1);
 * ```
 */
export function squaredError(
  network: Network,
  images: TensorLike,
  targets: TensorLike,
  options: { readonly scale?: number; readonly heed?: () => void } = {},
): (parameters: readonly TensorLike[]) => Promise<LossAndGradient> {
  checkNetwork("network", network);
  checkTensor("images", images);
  checkTensor("targets", targets);
  const { scale = 1, heed } = checkOptions("options", options, {
    scale: maybe(checkPositive),
    heed: maybe(checkFunction),
  });
  const y = toArray(targets, "targets", [images.shape[0], network.outputs]);
  return async (parameters) => {
    let sum = 0;
    const { gradient } = await network.pullback(parameters, images, (outputs, from) => {
      heed?.();
      const start = from * network.outputs;
      const cotangent = new Float32Array(outputs.length);
      for (let i = 0; i < outputs.length; i++) {
        const difference = outputs[i] - y[start + i];
        sum += difference * difference;
        cotangent[i] = scale * difference;
      }
      return cotangent;
    });
    return { loss: scale * sum / 2, gradient };
  };
}

/** Images with their true classes. */
export interface TestSet {
  /** [n, …image shape] */
  readonly images: TensorLike;
  /** The class of each image, from 0. */
  readonly labels: ArrayLike<number>;
}

/**
 * `testLoss` (mean over images of ½‖f − y‖², y one-hot − 1/classes) and `testAccuracy` (share of
 * images whose largest output is the true class's) as a function of the parameters.
 *
 * @throws {RangeError} if there are not as many labels as images, or a label is no output's number.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fullyConnected } from "../../networks/mod.ts";
 * import { testColumns } from "./squared_error.ts";
 * const network = fullyConnected({ widths: [2, 4, 3] });
 * const images = { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) };
 * const observe = testColumns(network, { images, labels: [0, 2] });
 * const { testAccuracy } = await observe(network.init(0));
 * assert([0, 0.5, 1].includes(testAccuracy));
 * ```
 */
export function testColumns(
  network: Network,
  testSet: TestSet,
): (parameters: readonly TensorLike[]) => Promise<{ testLoss: number; testAccuracy: number }> {
  const classes = checkNetwork("network", network).outputs;
  const { images, labels } = checkTestSet("testSet", testSet);
  if (labels.length !== images.shape[0]) {
    throw new RangeError(
      `test.labels has ${labels.length} entries for ${images.shape[0]} test images`,
    );
  }
  const bad = Array.from(labels).find((label) =>
    !(Number.isInteger(label) && label >= 0 && label < classes)
  );
  if (bad !== undefined) {
    throw new RangeError(`test.labels contains ${bad}; labels run from 0 to ${classes - 1}`);
  }
  return async (parameters) => {
    const { data } = await network.apply(parameters, images);
    let [sum, correct] = [0, 0];
    for (let image = 0; image < labels.length; image++) {
      let best = 0;
      for (let output = 0; output < classes; output++) {
        const value = data[image * classes + output];
        if (value > data[image * classes + best]) best = output;
        const target = (output === labels[image] ? 1 : 0) - 1 / classes;
        sum += (value - target) ** 2;
      }
      if (best === labels[image]) correct++;
    }
    return { testLoss: sum / 2 / labels.length, testAccuracy: correct / labels.length };
  };
}
