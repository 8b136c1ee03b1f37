/**
 * The bias.
 *
 * @module
 */
import { execute } from "../../tensorflow/mod.ts";
import { biasShare } from "./infinite_width.ts";
import { asRows, side } from "./kernel_parts.ts";
import { changeOf, type Layer, NO_CURVATURE } from "./layer.ts";
import type { ParameterSpecification } from "./pass.ts";

/**
 * y = x + b along the last axis.
 *
 * At infinite width K → K + b_std², Θ → Θ + the same times b's share.
 */
export function bias(b: ParameterSpecification, inputShape: readonly number[]): Layer {
  const [width] = b.shape;
  const share = biasShare(b);
  const scale = b.multiplier ** 2;
  return {
    name: "bias",
    parameters: [b],
    outputShape: inputShape,
    forward: (x, [value]) => execute("BiasAdd", [x, value], {}),
    jvp: ({ x }, dx, [db]) => dx && db ? dx.add(db) : changeOf(db?.broadcastTo(x.shape), dx),
    inputVjp: (_, u) => u,
    parameterVjp: (_, u) => [execute("BiasAddGrad", [u], {})],
    vjpTangent: NO_CURVATURE,
    recursion({ k, theta }) {
      const { variance, tangent } = share;
      for (let at = 0; at < k.length; at++) {
        k[at] += variance;
        theta[at] += tangent * variance;
      }
      return { k, theta };
    },
    fusion: "bias",
    pixelStep: { operation: "shift", ...share },
    kernelParts: (outputs) => [{
      sampleBytes: 4 * outputs * width,
      sideBySide: inputShape.length === 1,
      factors({ x }, deltas, rows) {
        const perPixel = side(deltas).reshape([x.shape[0]!, -1, outputs * width]);
        return { scale, deltas: asRows(perPixel.sum(1), rows, { outputs, width }) };
      },
    }],
    // Over pixels the sums of samples would have to be told from those of pixels: vjp and jvp do it.
    ...(inputShape.length === 1 && {
      sampleProduct: {
        times: (_, u) => u.sum(0, true).mul(scale).broadcastTo(u.shape),
        block: (_, u) =>
          execute("MatMul", [u, u], { transpose_a: false, transpose_b: true }).mul(scale),
      },
    }),
  };
}
