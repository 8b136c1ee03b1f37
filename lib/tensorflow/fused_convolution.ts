/**
 * Convolution, bias and relu by one operation, which touches the output once instead of three times.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { attributeKinds, type KindedAttribute } from "./attributes.ts";
import { dataTypes } from "./data_types.ts";
import { checkTensor, execute } from "./execute.ts";
import { executeOver } from "./execute_over.ts";
import { session } from "./session.ts";

const SAME = { strides: [1, 1, 1, 1], padding: "SAME", data_format: "NHWC" } as const;

/** oneDNN's; that of Eigen, `_FusedConv2D`, is slower than its parts. */
const FUSED = "_MklNativeFusedConv2D";

/** Attributes that the operation's declaration lacks: which of its kernels, the types of `args`. */
const UNDECLARED: readonly KindedAttribute[] = [
  { name: "_kernel", type: attributeKinds.string, value: "MklNameChangeOp" },
  { name: "TArgs", type: attributeKinds.type, value: [dataTypes.float32] },
];

/** Whether this TensorFlow has it; only those with oneDNN do. */
let fuses = true;

/**
 * max(0, x ∗ w + b), stride 1, padding that keeps the size: images [n, height, width, in], weights
 * [height, width, in, out]. By three operations where TensorFlow was built without oneDNN.
 *
 * @param b [out]; none if left out
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { convolutionThenRelu } from "./fused_convolution.ts";
 * import { tensorflow } from "./session.ts";
 * const tf = await tensorflow();
 * const y = convolutionThenRelu(tf.tensor4d([1, -2], [1, 1, 2, 1]), tf.tensor4d([3], [1, 1, 1, 1]));
 * assert(y.dataSync().join() === "3,0");
 * ```
 */
export function convolutionThenRelu(x: tf.Tensor, w: tf.Tensor, b?: tf.Tensor): tf.Tensor {
  checkTensor("x", x, "a tensor");
  checkTensor("w", w, "a tensor");
  if (b !== undefined) checkTensor("b", b, "a tensor");
  if (fuses) {
    try {
      return fused(x, w, b);
    } catch {
      // Wrong shapes are told below, by the operations that everyone knows.
    }
  }
  const convolved = execute("Conv2D", [x, w], SAME);
  fuses = false;
  return executeOver("Relu", [b ? executeOver("BiasAdd", [convolved, b]) : convolved]);
}

function fused(x: tf.Tensor, w: tf.Tensor, b: tf.Tensor | undefined): tf.Tensor {
  const { tf, backend, binding } = session();
  const bias = b ?? tf.zeros([w.shape[3]!]);
  try {
    const attributes = binding.kinded(FUSED, {
      ...SAME,
      ...{ num_args: 1, fused_ops: ["BiasAdd", "Relu"], T: "float32" },
    });
    const inputs = backend.getInputTensorIds([x, w, bias]);
    const [y, ...rest] = binding.execute(FUSED, [...attributes, ...UNDECLARED], inputs);
    rest.forEach(({ id }) => binding.tensors.delete(id));
    return backend.createOutputTensor(y);
  } finally {
    if (!b) bias.dispose();
  }
}
