// Functions that public functions hand out are called by readers too: what is wrong is refused by name.
import assert from "node:assert/strict";
import {
  deepLinearMode,
  fullyConnected,
  gaussian,
  gaussianProtocol,
  linearFlow,
  lineProtocol,
  ornsteinUhlenbeck,
  powerLawFlow,
  randomStream,
  smallNetwork,
  snapshotRecorder,
  tangentKernel,
} from "../../lib/mod.ts";
import { needs, TENSORFLOW } from "../permissions.ts";

const { test } = needs(...TENSORFLOW);

const NO_NUMBERS: readonly unknown[] = ["3", "", null, true, {}, [], [1], new Date(0), () => 1, 3n];
const NO_ARRAYS: readonly unknown[] = [
  1,
  NaN,
  "3",
  null,
  true,
  {},
  new Date(0),
  () => 1,
  undefined,
];

/** Each value is refused in words that name what it stands for, and no other error of the engine's. */
async function refuses(
  call: (value: never) => unknown,
  values: readonly unknown[],
  name: string,
) {
  for (const value of values) {
    const shown = typeof value === "bigint" ? `${value}n` : JSON.stringify(value) ?? String(value);
    await assert.rejects(async () => await call(value as never), (error: Error) => {
      const kind = error instanceof TypeError || error instanceof RangeError;
      assert.ok(kind, `${name} ← ${shown}: ${error}`);
      assert.match(error.message, new RegExp(`\\b${name}\\b.* (is|has) `), `${name} ← ${shown}`);
      return true;
    }, `${name} ← ${shown} was accepted`);
  }
}

const edges = Float64Array.from({ length: 41 }, (_, i) => -4 + i / 4);
const bell = (mean: number) =>
  Float64Array.from(
    { length: 40 },
    (_, i) => Math.exp(-((edges[i] + 1 / 8 - mean) ** 2) / 2) / Math.sqrt(2 * Math.PI),
  );

Deno.test("a random stream fills arrays of floats alone", async () => {
  const stream = randomStream(1, "test");
  const wrong = NO_NUMBERS.filter((value) => value !== undefined);
  await refuses((into) => stream.normal(into), [...wrong, new Int32Array(2)], "into");
  await refuses((count) => stream.normal(count), [NaN, -1, 0.5, Infinity], "count");
  await refuses((n) => stream.permutation(n), [...NO_NUMBERS, NaN, -1], "n");
  await refuses((below) => stream.integers(below), [...NO_NUMBERS, 0, NaN], "below");
});

Deno.test("laws in time take times alone", async () => {
  const times = [...NO_NUMBERS, NaN, -1];
  const law = ornsteinUhlenbeck({ minimum: [0], curvature: [[1]] }, 1, gaussian([3], [[1]]));
  for (const f of [law.at, law.entropyProduction, law.speedLimit, law.inefficiency]) {
    await refuses((t) => f(t), times, "t");
  }
  const drive = gaussianProtocol({
    ...{ from: gaussian([0], [[1]]), to: gaussian([3], [[4]]), beta: 1, duration: 2 },
  });
  await refuses((t) => drive.at(t), [...times, 3], "t");
  await refuses((t) => drive.force(t), [...times, 3], "t");
  const U = lineProtocol({
    ...{ from: { edges, density: bell(0) }, to: { edges, density: bell(1) } },
    ...{ beta: 1, duration: 2 },
  });
  await refuses((t) => U(0, t), times, "t");
  await refuses((x) => U(x, 1), [...NO_NUMBERS, NaN, Infinity], "x");
  await refuses((T) => linearFlow({ eigenvalues: [2], residue: [1] }).at(T), times, "T");
  await refuses((T) => powerLawFlow({ alpha: 1.5, delta: 0, modes: 9 }).at(T), times, "T");
  const mode = deepLinearMode({ depth: 2, target: 1, start: 0.1 });
  await refuses((strength) => mode.reaching(strength), times, "strength");
});

Deno.test("a recorder of snapshots takes numbers alone", async () => {
  const add = (weights: unknown, entry: unknown) => {
    const recorder = snapshotRecorder();
    recorder.add([0, 0], { time: 0, loss: 3 });
    recorder.add(weights as number[], entry as { time: number; loss: number });
    return recorder.trajectory();
  };
  assert.deepEqual([...add([3, 4], { time: 1, loss: 2 }).pathLength], [0, 5]);
  await refuses((time) => add([3, 4], { time, loss: 2 }), [...NO_NUMBERS, NaN, 0], "time");
  await refuses((loss) => add([3, 4], { time: 1, loss }), [...NO_NUMBERS, NaN], "loss");
  await refuses((weights) => add(weights, { time: 1, loss: 2 }), NO_ARRAYS, "weights");
  for (const wrong of ["4", null, true, NaN]) {
    await refuses((one) => add([3, one], { time: 1, loss: 2 }), [wrong], "parameter 1");
  }
  const noRecords = NO_ARRAYS.filter((value) =>
    !(value instanceof Object && !(value instanceof Date) && !(value instanceof Function))
  );
  await refuses((entry) => add([3, 4], entry), noRecords, "entry");
});

Deno.test("a small network takes points of its dimension alone", async () => {
  const network = smallNetwork({ widths: [2, 3, 1], inputs: [[1, 2]], targets: [[1]] });
  const right = new Float64Array(9);
  const wrong = [...NO_ARRAYS, new Float64Array(8)];
  await refuses((x) => network.value(x, 0), wrong, "x");
  await refuses((x) => network.gradient(x, 0, right), wrong, "x");
  await refuses((into) => network.gradient(right, 0, into), [...wrong, [1]], "into");
  await refuses((x) => network.hessianProduct(x, right, right), wrong, "x");
  await refuses((v) => network.hessianProduct(right, v, right), wrong, "v");
  await refuses((into) => network.hessianProduct(right, right, into), wrong, "into");
});

test("a network and its kernel take parameters, cotangents and vectors that fit", async () => {
  const network = fullyConnected({ widths: [3, 4, 2] });
  const parameters = network.init(0);
  const images = { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) };
  const u = { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) };
  await refuses((wrong) => network.apply(wrong, images), NO_ARRAYS, "parameters");
  await refuses((wrong) => network.vjp(wrong, images, u), NO_ARRAYS, "parameters");
  await refuses((wrong) => network.jvp(parameters, images, wrong), NO_ARRAYS, "tangents");
  const noFunctions = [1, "f", null, undefined, {}, []];
  const pullback = (f: never) => network.pullback(parameters, images, f);
  await refuses(pullback, noFunctions, "cotangent");
  await refuses(pullback, [() => new Float32Array(3)], "what cotangent gives");
  await refuses((seed) => network.init(seed), [...NO_NUMBERS, -1, NaN], "seed");
  const family = tangentKernel(network, images);
  await refuses((wrong) => family.at(wrong), NO_ARRAYS, "parameters");
  const kernel = await family.at(parameters);
  await refuses((v) => kernel.times(v), [...NO_ARRAYS, new Float64Array(3)], "u");
  kernel.dispose();
  family.dispose();
});
