/**
 * The loss of a small fully connected network as a landscape: in float64 and without a library, so that
 * hundreds of networks, their tangent flows and their Langevin dynamics take seconds.
 *
 * @module
 */
import {
  checkInteger,
  checkLength,
  checkList,
  checkNumbers,
  checkOneOf,
  checkOptions,
  checkPositive,
  checkThat,
  maybe,
  must,
} from "../../numerics/checks.ts";
import { type Matrix, type MatrixLike, toMatrix } from "../../numerics/mod.ts";
import { symmetricCopy } from "../../numerics/matrix.ts";
import { applied, product } from "../../numerics/vectors.ts";
import type { Landscape } from "../laws/landscape.ts";
import { backward, DERIVATIVES, forward, type NetworkShape, toLayers } from "./small_passes.ts";

/** Options of {@link smallNetwork}. */
export interface SmallNetworkOptions {
  /** Of the inputs, the hidden layers and the outputs. */
  readonly widths: readonly number[];
  /** [n, inputs]. */
  readonly inputs: MatrixLike;
  /** [n, outputs]. */
  readonly targets: MatrixLike;
  /** Of the hidden layers. */
  readonly activation?: "tanh" | "relu" | "linear";
  /** a: the network is a·f, its loss divided by a²; the scale of lazy training. */
  readonly scale?: number;
  /** R, symmetric, [n · outputs]²: the loss is ½ rᵀRr/a² of the residue r; the identity if left out. */
  readonly metric?: MatrixLike;
}

/** A landscape with what more is known of it. */
export interface SmallNetwork extends Landscape {
  readonly widths: readonly number[];
  readonly scale: number;
  /** Writes H(θ) v, the Hessian of the loss times a vector, into `into`. */
  hessianProduct(x: Float64Array, v: Float64Array, into: Float64Array): void;
  /** a·f of some inputs, [inputs, outputs]; of those that it is trained on by default. */
  outputs(x: Float64Array, inputs?: MatrixLike): Matrix;
  /** ∂(a·f)/∂θ on its inputs, [n · outputs, dimension]: row sample · outputs + output. */
  jacobian(x: Float64Array): Matrix;
  /** The same network less its outputs at θ_0: it starts from outputs of zero there. */
  centredAt(start: Float64Array): SmallNetwork;
  /**
   * Of a centred network: writes the derivative of ∇L(θ) by θ_0, along v, into `into`. Its loss knows
   * where it began, so that the flow map's derivative has this term too.
   */
  startProduct?(x: Float64Array, v: Float64Array, into: Float64Array): void;
}

/**
 * L(θ) = ½ Σ ‖a f(x) − y‖²/a² of a fully connected network without biases in the NTK parametrization:
 * z = W_std hᵀW/√fan_in with W_std = √2 of relu, 1 else; weights [in, out], one layer after another.
 * Its weights are drawn from the standard normal law. The same function as `fullyConnected` makes, which
 * the tests hold it to. The Hessian's product is Pearlmutter's; at relu's kinks the second derivative is
 * taken to be 0.
 *
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} if there are fewer than two widths, shapes do not fit, or the scale is not positive
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { smallNetwork } from "./small_network.ts";
 *
 * const network = smallNetwork({ widths: [2, 3, 1], inputs: [[1, 2]], targets: [[1]] });
 * assert.equal(network.dimension, 9);
 * assert.equal(network.value(new Float64Array(9), 0), 0.5);
 * assert.throws(() => smallNetwork({ widths: [3, 1], inputs: [[1, 2]], targets: [[1]] }), /inputs/);
 * ```
 */
export function smallNetwork(options: SmallNetworkOptions): SmallNetwork {
  const { widths, activation = "tanh", scale = 1 } = checkOptions("options", options, {
    widths: must(checkList, checkInteger, 2),
    inputs: (name, value) => toMatrix(value, name),
    targets: (name, value) => toMatrix(value, name),
    activation: maybe(checkOneOf, ["tanh", "relu", "linear"]),
    scale: maybe(checkPositive),
    metric: maybe((name: string, value: MatrixLike) => toMatrix(value, name)),
  });
  const inputs = toMatrix(options.inputs, "inputs"), y = toMatrix(options.targets, "targets");
  checkColumns("inputs", inputs, widths[0]);
  checkColumns("targets", y, widths[widths.length - 1]);
  if (inputs.rows !== y.rows || y.rows === 0) {
    throw new RangeError(
      `targets has ${y.rows} rows, inputs ${inputs.rows}; both must have as many`,
    );
  }
  const multiplier = activation === "relu" ? Math.SQRT2 : 1;
  const shape: NetworkShape = {
    layers: toLayers(widths, multiplier),
    derivatives: DERIVATIVES[activation],
    scale,
  };
  const metric = options.metric && symmetricCopy(options.metric, "metric");
  if (metric && metric.rows !== y.data.length) {
    throw new RangeError(
      `metric is ${metric.rows} × ${metric.rows}; there are ${y.data.length} outputs`,
    );
  }
  return networkOn(shape, { widths, inputs, targets: y.data, metric });
}

interface Ground {
  readonly widths: readonly number[];
  readonly inputs: Matrix;
  readonly targets: Float64Array;
  readonly metric?: Matrix;
  /** θ_0 of a centred network. */
  readonly start?: Float64Array;
}

function networkOn(shape: NetworkShape, ground: Ground): SmallNetwork {
  const { widths, inputs, targets, start, metric } = ground;
  const { layers, scale } = shape;
  const dimension = layers.reduce((total, { rows, cols }) => total + rows * cols, 0);
  const n = inputs.rows, outputs = widths[widths.length - 1];
  const initial = start && forward(shape, start, inputs).outputs;
  const weighed = (r: Float64Array) =>
    (metric ? applied(metric, r) : r).map((value) => value / scale ** 2);
  const residue = (f: Float64Array) =>
    f.map((value, i) => value - (initial?.[i] ?? 0) - targets[i]);
  // R (a f − y)/a²: what the gradient is Jᵀ of.
  const cotangent = (f: Float64Array) => weighed(residue(f));

  return {
    ...{ dimension, widths, scale },
    value(x) {
      const { outputs: f } = forward(shape, checkPoint(x, dimension), inputs);
      const r = residue(f);
      return product(r, weighed(r)) / 2;
    },
    gradient(x, _t, into) {
      checkInto(into, dimension);
      const passes = forward(shape, checkPoint(x, dimension), inputs);
      into.fill(0);
      backward(shape, x, passes, { cotangent: cotangent(passes.outputs), into });
    },
    hessianProduct(x, v, into) {
      checkInto(into, dimension);
      checkNumbers("v", v, { length: dimension, gaps: true });
      const passes = forward(shape, checkPoint(x, dimension), inputs, v);
      into.fill(0);
      backward(shape, x, passes, {
        ...{ cotangent: cotangent(passes.outputs), into, along: v },
        change: weighed(passes.change!),
      });
    },
    outputs(x, of = inputs) {
      const some = toMatrix(of, "inputs");
      checkColumns("inputs", some, widths[0]);
      const { outputs: data } = forward(shape, checkPoint(x, dimension), some);
      if (!start) return { rows: some.rows, cols: outputs, data };
      const { outputs: before } = forward(shape, start, some);
      return { rows: some.rows, cols: outputs, data: data.map((value, i) => value - before[i]) };
    },
    jacobian(x) {
      const passes = forward(shape, checkPoint(x, dimension), inputs);
      const data = new Float64Array(n * outputs * dimension);
      for (let row = 0; row < n * outputs; row++) {
        const cotangent = new Float64Array(n * outputs);
        cotangent[row] = 1;
        const into = data.subarray(row * dimension, (row + 1) * dimension);
        backward(shape, x, passes, { cotangent, into });
      }
      return { rows: n * outputs, cols: dimension, data };
    },
    centredAt: (at) => networkOn(shape, { ...ground, start: checkPoint(at, dimension).slice() }),
    ...(start && {
      startProduct(x, v, into) {
        // −Jᵀ(θ) R J(θ_0) v/a²
        const { change } = forward(shape, start, inputs, v);
        into.fill(0);
        backward(shape, x, forward(shape, x, inputs), {
          ...{ cotangent: weighed(change!).map((value) => -value), into },
        });
      },
    }),
  };
}

function checkPoint(x: Float64Array, dimension: number): Float64Array {
  return checkNumbers("x", x, { length: dimension, gaps: true });
}

function checkInto(into: Float64Array, dimension: number) {
  checkThat("into", into, into instanceof Float64Array, "a Float64Array");
  checkLength("into", into, dimension);
}

function checkColumns(name: string, { cols }: Matrix, expected: number) {
  if (cols !== expected) {
    throw new RangeError(`${name} has ${cols} columns; the widths say ${expected}`);
  }
}
