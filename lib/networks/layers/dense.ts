/**
 * The dense layer.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { execute } from "../../tensorflow/mod.ts";
import { weightShare } from "./infinite_width.ts";
import { asRows, side } from "./kernel_parts.ts";
import { changeOf, type Layer, reluOver } from "./layer.ts";
import type { ParameterSpecification } from "./pass.ts";
import type { SampleProduct } from "./sample_product.ts";

/** What is not transposed is not told: setting two attributes takes as long as a small product. */
const matMul = (a: tf.Tensor, b: tf.Tensor, transposeA = false, transposeB = false) =>
  execute("MatMul", [a, b], {
    ...(transposeA && { transpose_a: true }),
    ...(transposeB && { transpose_b: true }),
  });

/**
 * y = x W, weights [in, out].
 *
 * The gradient of a sample by W is the outer product of input and delta, so its kernel is
 * (A Aᵀ) ∘ (D Dᵀ). At infinite width K → W_std² K, Θ → W_std² Θ + (its K).
 */
export function dense(weight: ParameterSpecification): Layer {
  const [inputs, width] = weight.shape;
  const share = weightShare(weight);
  return {
    name: "dense",
    parameters: [weight],
    outputShape: [width],
    forward: (x, [w]) => matMul(x, w),
    fused: (x, [w], b) => reluOver(matMul(x, w), b),
    jvp: ({ x, parameters: [w] }, dx, [dw]) => changeOf(dw && matMul(x, dw), dx && matMul(dx, w)),
    inputVjp: ({ parameters: [w] }, u) => matMul(u, w, false, true),
    parameterVjp: ({ x }, u) => [matMul(x, u, true)],
    vjpTangent: {
      input: (_, { dParameters: [dw] }, u) => dw && matMul(u, dw, false, true),
      parameters: (_, { dx }, u) => [dx && matMul(dx, u, true)],
    },
    recursion({ k, theta }) {
      const { variance, tangent } = share;
      for (let at = 0; at < k.length; at++) {
        k[at] *= variance;
        theta[at] = variance * theta[at] + tangent * k[at];
      }
      return { k, theta };
    },
    pixelStep: { operation: "scale", ...share },
    kernelParts: (outputs) => [{
      sampleBytes: 4 * (inputs + outputs * width),
      sideBySide: true,
      factors: ({ x }, deltas, rows) => ({
        scale: weight.multiplier ** 2,
        activations: x.clone(),
        deltas: asRows(side(deltas), rows, { outputs, width }),
      }),
    }],
    sampleProduct: sampleProduct(weight),
  };
}

/**
 * The weights' gradient is c Aᵀ U, which changes the outputs by c² (A Aᵀ) U: by the Gram matrix times c², at n
 * products for each unit, or as A (Aᵀ U), twice the inputs, where those are fewer.
 */
function sampleProduct({ shape: [inputs, outputs], multiplier }: ParameterSpecification) {
  const byGram = (n: number) => n < 2 * inputs;
  const scaled = (y: tf.Tensor) => multiplier === 1 ? y : y.mul(multiplier ** 2);
  return {
    prepare: (x) => byGram(x.shape[0]!) ? scaled(matMul(x, x, false, true)) : undefined,
    times: ({ x }, u, gram) => gram ? matMul(gram, u) : scaled(matMul(x, matMul(x, u, true))),
    block: ({ x }, u, gram = scaled(matMul(x, x, false, true))) =>
      execute("Mul", [gram, matMul(u, u, false, true)]),
    work: (n) => ({
      prepare: byGram(n) ? n * inputs : 0,
      times: byGram(n) ? n * outputs : 2 * inputs * outputs,
      passes: 2 * inputs * outputs,
      block: n * (byGram(n) ? outputs : inputs + outputs),
    }),
  } satisfies SampleProduct;
}
