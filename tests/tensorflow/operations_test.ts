/** Operation by operation against TensorFlow.js's own cpu backend. */
import assert from "node:assert/strict";
import type * as tf from "@tensorflow/tfjs";
import { tensorflow } from "../../lib/tensorflow/mod.ts";
import { booleans, integers, reals, type Values } from "./values.ts";
import { needs, TENSORFLOW } from "../permissions.ts";

const { test, made } = needs(...TENSORFLOW);

const tfjs = await made(async () => {
  const tfjs = await tensorflow();
  tfjs.env().set("PROD", true); // the cpu backend would advertise tfjs-node
  return tfjs;
});

type T = tf.Tensor;
// Operations take tensors of their own ranks; the table gives them the right ones.
// deno-lint-ignore no-explicit-any
type Operation = (t: typeof tf, ...inputs: any[]) => T | T[];
type Row = readonly [name: string, inputs: readonly Values[], operation: Operation];

const unaries = {
  abs: reals([3, 4]),
  acos: reals([7], -1, 1),
  acosh: reals([7], 1, 4),
  asin: reals([7], -1, 1),
  asinh: reals([7]),
  atan: reals([7]),
  atanh: reals([7], -0.9, 0.9),
  ceil: reals([9]),
  cos: reals([9]),
  cosh: reals([9]),
  elu: reals([9]),
  erf: reals([9]),
  exp: reals([2, 0, 3]),
  expm1: reals([9]),
  floor: reals([9]),
  isFinite: reals([5]),
  isInf: reals([5]),
  isNaN: reals([5]),
  log: reals([9], 0.1, 4),
  log1p: reals([9], 0, 4),
  neg: integers([9]),
  reciprocal: reals([9], 0.5, 4),
  relu: reals([3, 3]),
  relu6: reals([9], -2, 9),
  round: reals([9]),
  rsqrt: reals([9], 0.1, 4),
  selu: reals([9]),
  sigmoid: reals([9]),
  sign: reals([9]),
  sin: reals([9]),
  sinh: reals([9]),
  softplus: reals([9]),
  softmax: reals([4, 6]),
  logSoftmax: reals([4, 6]),
  sqrt: reals([9], 0, 4),
  square: reals([]),
  step: reals([9]),
  tan: reals([9], -1, 1),
  tanh: reals([9]),
  logicalNot: booleans([5]),
  onesLike: integers([2, 2]),
  zerosLike: reals([2, 2]),
} satisfies Partial<Record<keyof typeof tf, Values>>;

const binaries = {
  add: [reals([2, 3]), reals([3])],
  sub: [reals([2, 3]), reals([2, 1])],
  mul: [integers([2, 3]), integers([3])],
  div: [reals([4]), reals([4], 1, 2)],
  divNoNan: [reals([4]), reals([], 0, 0)],
  floorDiv: [integers([9]), integers([9], 1, 4)],
  mod: [reals([9]), reals([9], 1, 3)],
  pow: [reals([6], 0, 3), reals([6])],
  maximum: [reals([6]), reals([6])],
  minimum: [integers([6]), integers([6])],
  squaredDifference: [reals([6]), reals([6])],
  atan2: [reals([6]), reals([6])],
  prelu: [reals([6]), reals([6])],
  equal: [integers([30], 0, 3), integers([30], 0, 3)],
  notEqual: [integers([30], 0, 3), integers([30], 0, 3)],
  greater: [reals([8]), reals([8])],
  greaterEqual: [integers([30], 0, 3), integers([30], 0, 3)],
  less: [reals([8]), reals([1])],
  lessEqual: [reals([8]), reals([])],
  logicalAnd: [booleans([8]), booleans([8])],
  logicalOr: [booleans([8]), booleans([8])],
  dot: [reals([5]), reals([5])],
} satisfies Partial<Record<keyof typeof tf, readonly [Values, Values]>>;

const reductions = ["sum", "mean", "max", "min", "prod", "logSumExp"] as const;

const image = () => reals([2, 7, 8, 3]);
const filter = () => reals([3, 3, 3, 4]);
const boxes = () => reals([5, 4], 0, 1);

const others: readonly Row[] = [
  ["all", [booleans([3, 4])], (t, x) => t.all(x, 1)],
  ["any", [booleans([3, 4])], (t, x) => t.any(x, 0)],
  ["sum of int32", [integers([3, 4])], (t, x) => t.sum(x, 0)],
  ["sum of nothing", [reals([0, 4])], (t, x) => t.sum(x, 0)],
  ["argMax", [reals([3, 4])], (t, x) => t.argMax(x, 1)],
  ["argMin", [reals([3, 4])], (t, x) => t.argMin(x, 0)],
  ["cumsum", [reals([3, 4])], (t, x) => t.cumsum(x, 1, true, true)],
  ["cumprod", [reals([3, 4])], (t, x) => t.cumprod(x, 0)],
  ["norm", [reals([3, 4])], (t, x) => t.norm(x, "euclidean")],
  ["moments", [reals([3, 4])], (t, x) => Object.values(t.moments(x, [0]))],
  ["addN", [reals([3]), reals([3]), reals([3])], (t, ...x) => t.addN(x)],
  ["clipByValue", [reals([9])], (t, x) => t.clipByValue(x, -1, 0.5)],
  ["leakyRelu", [reals([9])], (t, x) => t.leakyRelu(x, 0.1)],
  ["where", [booleans([6]), reals([6]), reals([6])], (t, c, x, y) => t.where(c, x, y)],

  ["matMul", [reals([5, 6]), reals([6, 4])], (t, x, y) => t.matMul(x, y)],
  ["matMul, transposed", [reals([6, 5]), reals([4, 6])], (t, x, y) => t.matMul(x, y, true, true)],
  ["matMul in batches", [reals([3, 5, 6]), reals([1, 6, 4])], (t, x, y) => t.matMul(x, y)],
  ["matMul of nothing", [reals([5, 0]), reals([0, 4])], (t, x, y) => t.matMul(x, y)],
  ["einsum", [reals([3, 5]), reals([5, 4])], (t, x, y) => t.einsum("ij,jk->ki", x, y)],
  ["outerProduct", [reals([3]), reals([4])], (t, x, y) => t.outerProduct(x, y)],
  [
    "fused matMul",
    [reals([5, 6]), reals([6, 4]), reals([4])],
    (t, a, b, bias) => t.fused.matMul({ a, b, bias, activation: "relu" }),
  ],

  ["conv2d, same", [image(), filter()], (t, x, w) => t.conv2d(x, w, 1, "same")],
  ["conv2d, valid, strided", [image(), filter()], (t, x, w) => t.conv2d(x, w, 2, "valid")],
  ["conv2d, dilated", [image(), filter()], (t, x, w) => t.conv2d(x, w, 1, "same", "NHWC", 2)],
  [
    "conv2d's gradients",
    [image(), filter(), reals([2, 7, 8, 4])],
    (t, x, w, u) =>
      t.grads((x, w) => t.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, "same"))([x, w], u),
  ],
  [
    "conv2dTranspose",
    [reals([2, 4, 4, 4]), filter()],
    (t, x, w) => t.conv2dTranspose(x, w, [2, 8, 8, 3], 2, "same"),
  ],
  [
    "fused conv2d",
    [image(), filter(), reals([4])],
    (t, x, filter, bias) =>
      t.fused.conv2d({ x, filter, strides: 1, pad: "same", bias, activation: "relu" }),
  ],
  [
    "depthwiseConv2d and its gradients",
    [image(), reals([3, 3, 3, 2]), reals([2, 7, 8, 6])],
    (t, x, w, u) =>
      t.grads((x, w) => t.depthwiseConv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, "same"))(
        [x, w],
        u,
      ),
  ],
  [
    "separableConv2d",
    [image(), reals([3, 3, 3, 2]), reals([1, 1, 6, 4])],
    (t, x, d, p) => t.separableConv2d(x, d, p, 1, "same"),
  ],
  ["conv1d", [reals([2, 9, 3]), reals([3, 3, 4])], (t, x, w) => t.conv1d(x, w, 1, "same")],
  [
    "conv3d",
    [reals([1, 4, 5, 6, 2]), reals([2, 2, 2, 2, 3])],
    (t, x, w) => t.conv3d(x, w, 1, "valid"),
  ],
  ["maxPool", [image()], (t, x) => t.maxPool(x, 2, 2, "valid")],
  ["avgPool", [image()], (t, x) => t.avgPool(x, 3, 1, "same")],
  [
    "maxPool's gradient",
    [image(), reals([2, 3, 4, 3])],
    (t, x, u) => t.grad((x) => t.maxPool(x as tf.Tensor4D, 2, 2, "valid"))(x, u),
  ],
  [
    // without padding: the cpu backend divides by the whole window's size at the border too
    "avgPool's gradient",
    [image(), reals([2, 5, 6, 3])],
    (t, x, u) => t.grad((x) => t.avgPool(x as tf.Tensor4D, 3, 1, "valid"))(x, u),
  ],
  ["avgPool3d", [reals([1, 4, 4, 4, 2])], (t, x) => t.avgPool3d(x, 2, 2, "valid")],
  [
    "batchNorm",
    [image(), reals([3]), reals([3], 0.5, 2), reals([3]), reals([3])],
    (t, x, mean, variance, offset, scale) => t.batchNorm(x, mean, variance, offset, scale),
  ],
  ["localResponseNormalization", [image()], (t, x) => t.localResponseNormalization(x, 2)],

  ["reshape", [reals([3, 4])], (t, x) => t.reshape(x, [2, -1])],
  ["transpose", [reals([2, 3, 4])], (t, x) => t.transpose(x, [2, 0, 1])],
  ["expandDims", [reals([3])], (t, x) => t.expandDims(x, 0)],
  ["squeeze", [reals([1, 3, 1])], (t, x) => t.squeeze(x)],
  ["concat", [reals([2, 3]), reals([2, 1]), reals([2, 0])], (t, ...x) => t.concat(x, 1)],
  ["stack", [integers([2, 3]), integers([2, 3])], (t, ...x) => t.stack(x, 1)],
  ["unstack", [reals([3, 2])], (t, x) => t.unstack(x, 1)],
  ["split", [reals([2, 6])], (t, x) => t.split(x, [1, 3, 2], 1)],
  ["slice", [reals([4, 5])], (t, x) => t.slice(x, [1, 2], [2, -1])],
  ["stridedSlice", [reals([6, 5])], (t, x) => t.stridedSlice(x, [4, 0], [0, 5], [-2, 2])],
  ["tile", [reals([2, 3])], (t, x) => t.tile(x, [2, 2])],
  ["pad", [reals([2, 3])], (t, x) => t.pad(x, [[1, 0], [0, 2]], 0.5)],
  ["mirrorPad", [reals([4, 4])], (t, x) => t.mirrorPad(x, [[1, 1], [2, 0]], "reflect")],
  ["reverse", [reals([3, 4])], (t, x) => t.reverse(x, [1])],
  ["broadcastTo", [reals([3, 1])], (t, x) => t.broadcastTo(x, [2, 3, 4])],
  ["gather", [reals([5, 3]), integers([4], 0, 5)], (t, x, i) => t.gather(x, i)],
  ["gatherND", [reals([4, 5]), integers([3, 2], 0, 4)], (t, x, i) => t.gatherND(x, i)],
  ["scatterND", [integers([4, 1], 0, 6), reals([4])], (t, i, x) => t.scatterND(i, x, [6])],
  [
    "tensorScatterUpdate",
    [reals([4]), integers([1, 1], 0, 4), reals([1])],
    (t, x, i, u) => t.tensorScatterUpdate(x, i, u),
  ],
  ["oneHot", [integers([5], 0, 4)], (t, i) => t.oneHot(i, 4)],
  ["diag", [reals([4])], (t, x) => t.diag(x)],
  ["topk", [reals([3, 6])], (t, x) => Object.values(t.topk(x, 2))],
  ["unique", [integers([9], 0, 3)], (t, x) => Object.values(t.unique(x))],
  [
    "unsortedSegmentSum",
    [reals([6, 2]), integers([6], 0, 3)],
    (t, x, i) => t.unsortedSegmentSum(x, i, 3),
  ],
  ["bincount", [integers([9], 0, 4), reals([9])], (t, i, w) => t.bincount(i, w, 4)],
  ["range", [], (t) => t.range(0, 5, 0.5)],
  ["linspace", [], (t) => t.linspace(-1, 1, 5)],
  ["fill", [], (t) => t.fill([2, 2], 7, "int32")],
  ["eye", [], (t) => t.eye(3)],
  ["spaceToBatchND", [image()], (t, x) => t.spaceToBatchND(x, [2, 2], [[0, 1], [0, 0]])],
  [
    "batchToSpaceND",
    [reals([4, 2, 2, 3])],
    (t, x) => t.batchToSpaceND(x, [2, 2], [[0, 0], [0, 1]]),
  ],
  ["depthToSpace", [reals([1, 2, 2, 8])], (t, x) => t.depthToSpace(x, 2)],
  ["sparseToDense", [integers([1], 1, 4), reals([1])], (t, i, x) => t.sparseToDense(i, x, [5])],

  ["cast to int32", [reals([9])], (t, x) => t.cast(x, "int32")],
  ["cast to bool", [integers([9], 0, 2)], (t, x) => t.cast(x, "bool")],
  ["cast to float32", [booleans([9])], (t, x) => t.cast(x, "float32")],
  ["complex", [reals([4]), reals([4])], (t, x, y) => t.complex(x, y)],
  [
    "complex product",
    [reals([4]), reals([4])],
    (t, x, y) => t.mul(t.complex(x, y), t.complex(y, x)),
  ],
  [
    "real, imag, abs",
    [reals([4]), reals([4])],
    (t, x, y) => [t.real(t.complex(x, y)), t.imag(t.complex(x, y)), t.abs(t.complex(x, y))],
  ],
  ["fft", [reals([2, 8]), reals([2, 8])], (t, x, y) => t.fft(t.complex(x, y))],
  ["ifft", [reals([8]), reals([8])], (t, x, y) => t.ifft(t.complex(x, y))],
  ["resizeBilinear", [image()], (t, x) => t.image.resizeBilinear(x, [5, 9])],
  ["resizeNearestNeighbor", [image()], (t, x) => t.image.resizeNearestNeighbor(x, [5, 9])],
  ["flipLeftRight", [image()], (t, x) => t.image.flipLeftRight(x)],
  [
    "cropAndResize",
    [image(), boxes(), integers([5], 0, 2)],
    (t, x, b, i) => t.image.cropAndResize(x, b, i, [3, 3]),
  ],
  [
    "nonMaxSuppression",
    [boxes(), reals([5], 0, 1)],
    (t, b, s) => t.image.nonMaxSuppression(b, s, 3),
  ],
  [
    "gradient of a composition",
    [reals([4, 3]), reals([3, 2]), reals([4, 2])],
    (t, x, w, u) =>
      t.grads((x, w) => t.softmax(t.tanh(t.matMul(x, w)).add(t.sigmoid(u))))([x, w], u),
  ],
];

const table: Row[] = [
  ...Object.entries(unaries).map(([name, x]): Row => [
    name,
    [x],
    (t, x) => (t[name as keyof typeof tf] as (x: T) => T)(x),
  ]),
  ...Object.entries(binaries).map(([name, inputs]): Row => [
    name,
    inputs,
    (t, x, y) => (t[name as keyof typeof tf] as (x: T, y: T) => T)(x, y),
  ]),
  ...reductions.flatMap((name): Row[] => [
    [name, [reals([3, 4, 2])], (t, x) => t[name](x)],
    [`${name} over axes`, [reals([3, 4, 2])], (t, x) => t[name](x, [0, 2], true)],
  ]),
  ...others,
];

interface Result {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly values: ArrayLike<number>;
}

/** What an operation gives on one backend. */
async function evaluate(backend: string, [, inputs, operation]: Row): Promise<Result[]> {
  await tfjs.setBackend(backend);
  tfjs.engine().startScope();
  try {
    const tensors = inputs.map(({ shape, dtype, data }) => tfjs.tensor(data, [...shape], dtype));
    return [operation(tfjs, ...tensors)].flat().map((output) => ({
      shape: output.shape,
      dtype: output.dtype,
      values: output.dataSync() as ArrayLike<number>,
    }));
  } finally {
    tfjs.engine().endScope();
  }
}

for (const row of table) {
  test(`${row[0]} agrees with the cpu backend`, async () => {
    try {
      const [expected, actual] = [await evaluate("cpu", row), await evaluate("tensorflow", row)];
      assert.equal(actual.length, expected.length);
      actual.forEach((result, i) => {
        assert.deepEqual(result.shape, expected[i].shape);
        assert.equal(result.dtype, expected[i].dtype);
        assert.equal(result.values.length, expected[i].values.length);
        for (let k = 0; k < result.values.length; k++) {
          const [a, b] = [result.values[k], expected[i].values[k]];
          assert.ok(
            Object.is(a, b) || Math.abs(a - b) <= 2e-5 * Math.max(1, Math.abs(b)),
            `output ${i}, element ${k}: ${a}, not ${b}`,
          );
        }
      });
    } finally {
      await tfjs.setBackend("tensorflow");
    }
  });
}
