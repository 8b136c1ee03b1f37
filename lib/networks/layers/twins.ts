/**
 * Two copies of a network, each with weights of its own, as one layer.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { elementCount } from "../../numerics/tensor.ts";
import { forwardPasses } from "./forward.ts";
import type { KernelPart } from "./kernel_parts.ts";
import { type Layer, varying } from "./layer.ts";
import type { Change, Pass } from "./pass.ts";
import { changesAlong, tangentBack } from "./tangent_walk.ts";

/** The copies' shares in the output: (1/√2)(f_a − f_b). */
export const TWIN_SHARES: readonly [number, number] = [Math.SQRT1_2, -Math.SQRT1_2];

/**
 * (1/√2)(f(θ_a) − f(θ_b)) of the network that `layers` are. The parameters are those of θ_a, then
 * those of θ_b. It keeps no activations: each derivative makes its own forward passes.
 */
export function twins(layers: readonly Layer[]): Layer {
  const { outputShape } = layers[layers.length - 1];
  const half = layers.flatMap(({ parameters }) => parameters);
  const passesOf = ({ x, parameters }: Pick<Pass, "x" | "parameters">, twin: number): Pass[] =>
    forwardPasses(layers, perLayer(layers, parameters.slice(twin * half.length)), x);
  const summed = (of: (share: number, twin: number) => tf.Tensor) =>
    TWIN_SHARES.map((share, twin) => of(share, twin).mul(share)).reduce((a, b) => a.add(b));

  /** What changes in one half's passes back as its input and weights do. */
  const ofHalf = (
    pass: Pass,
    { dx, dParameters }: Change,
    twin: number,
    u: tf.Tensor,
    input: boolean,
  ) => {
    const passes = passesOf(pass, twin);
    const own = perLayer(layers, dParameters.slice(twin * half.length));
    const { changes } = changesAlong(layers, passes, own, dx);
    const parameters: (tf.Tensor | undefined)[] = [];
    const given = { passes, changes, u, du: undefined, input };
    const du = tangentBack(layers, given, (_, __, found) => parameters.unshift(...found));
    return { du, parameters };
  };

  return {
    name: "twins",
    parameters: [...half, ...half],
    outputShape,
    forward: (x, parameters) =>
      summed((_, twin) => passesOf({ x, parameters }, twin)[layers.length - 1].y),
    jvp: (pass, dx, dParameters) =>
      summed((_, twin) => {
        const changes = perLayer(layers, dParameters.slice(twin * half.length));
        return varying(
          passesOf(pass, twin).reduce<tf.Tensor | undefined>(
            (change, own, i) =>
              layers[i].jvp(own, change, dParameters.length > 0 ? changes[i] : []),
            dx,
          ),
        );
      }),
    inputVjp: (pass, u) => summed((_, twin) => carriedBack(layers, passesOf(pass, twin), u, -1)),
    parameterVjp: (pass, u) =>
      TWIN_SHARES.flatMap((share, twin) => {
        const passes = passesOf(pass, twin);
        let delta: tf.Tensor = u.mul(share);
        const found: tf.Tensor[] = [];
        for (let i = layers.length - 1; i >= 0; i--) {
          found.unshift(...layers[i].parameterVjp(passes[i], delta));
          if (i > 0) delta = layers[i].inputVjp(passes[i], delta, true);
        }
        return found;
      }),
    vjpTangent: {
      input(pass, change, u) {
        const halves = TWIN_SHARES.map((share, twin) =>
          ofHalf(pass, change, twin, u.mul(share), true).du
        );
        return halves.reduce((a, b) => a && b ? a.add(b) : a ?? b);
      },
      parameters: (pass, change, u) =>
        TWIN_SHARES.flatMap((share, twin) =>
          ofHalf(pass, change, twin, u.mul(share), false).parameters
        ),
    },
    workspace: 2 * passNumbers(layers, 1),
    recursion() {
      throw new RangeError(
        "an antisymmetric network has no kernels of its own at infinite width: its NNGP is 0, its NTK " +
          "that of one half; ask for the kernels of the network it was made from",
      );
    },
    kernelParts: (outputs, most) =>
      TWIN_SHARES.flatMap((share, twin) =>
        layers.flatMap((layer, i) =>
          layer.kernelParts(outputs, most).map((part): KernelPart => ({
            sampleBytes: part.sampleBytes,
            workspace: (part.workspace ?? 0) + passNumbers(layers, outputs),
            factors(pass, deltas, rows) {
              const passes = passesOf(pass, twin);
              const own = deltas.map((u) => carriedBack(layers, passes, u.mul(share), i));
              return part.factors(passes[i], own, rows);
            },
          }))
        )
      ),
  };
}

/** The parameters, a list for each layer; what is left over is another network's. */
function perLayer(layers: readonly Layer[], parameters: readonly tf.Tensor[]): tf.Tensor[][] {
  let next = 0;
  return layers.map(({ parameters: { length } }) => parameters.slice(next, next += length));
}

/** u, which nothing reads after, as it is behind layer i; before the first of all for −1. */
function carriedBack(layers: readonly Layer[], passes: readonly Pass[], u: tf.Tensor, i: number) {
  for (let l = layers.length - 1; l > i; l--) u = layers[l].inputVjp(passes[l], u, true);
  return u;
}

/** Numbers that passes and deltas of one sample hold. */
const passNumbers = (layers: readonly Layer[], outputs: number) =>
  layers.reduce((total, { outputShape }) => total + (outputs + 1) * elementCount(outputShape), 0);
