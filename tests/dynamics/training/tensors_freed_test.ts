// Whatever way a computation on a network ends, by itself, stopped, or by an error in the midst or of
// its arguments, no tensor of it is left.
import assert from "node:assert/strict";
import {
  descend,
  gradientFlow,
  gradientNoise,
  hessianVectorProduct,
  linearizedFlow,
  squaredError,
  testColumns,
  topCurvature,
} from "../../../lib/dynamics/mod.ts";
import {
  antisymmetric,
  centred,
  fullyConnected,
  myrtle5,
  type Network,
  pullbackTangent,
  scaled,
} from "../../../lib/networks/mod.ts";
import { fullNtkSpectrum, naturalGradient, networkLaziness } from "../../../lib/ntk/mod.ts";
import { elementCount, randomStream, type Tensor } from "../../../lib/numerics/mod.ts";
import { liveTensors, tensorflow } from "../../../lib/tensorflow/mod.ts";
import { needs, TENSORFLOW } from "../../permissions.ts";

const { test } = needs(...TENSORFLOW);

const random = (shape: readonly number[], purpose: string): Tensor => ({
  shape,
  data: randomStream(3, purpose).normal(new Float32Array(elementCount(shape))),
});

interface Control {
  readonly onProgress?: () => void;
  readonly signal?: AbortSignal;
}

/** Ends by itself, is stopped at its second word, and fails at it; both where there is such a word. */
async function everyWay(run: (control: Control) => Promise<unknown>) {
  await run({});
  const stop = new AbortController();
  let words = 0;
  await run({
    signal: stop.signal,
    onProgress: () => void (++words === 2 && stop.abort(new Error("enough"))),
  }).catch((error) => assert.match(String(error), /enough/));
  words = 0;
  await run({
    onProgress: () => {
      if (++words === 2) throw new Error("no room");
    },
  }).catch((error) => assert.match(String(error), /no room/));
}

const dense = fullyConnected({ widths: [12, 6, 3], activation: "gelu" });
const networks: Readonly<Record<string, () => Promise<Network> | Network>> = {
  "fully connected": () => dense,
  "Myrtle-5": () => myrtle5({ channels: 2 }),
  antisymmetric: () => antisymmetric(dense),
  centred: () => centred(dense, { seed: 1 }),
  scaled: () => scaled(dense, 2),
};

for (const [name, make] of Object.entries(networks)) {
  test(`${name}: trainings and derivatives leave no tensor, however they end`, async () => {
    const module = await tensorflow();
    const network = await make();
    const images = random([2, ...network.inputShape], "images");
    const targets = random([2, network.outputs], "targets");
    const data = { images, targets };
    const [start, end] = [network.init(0), network.init(1)];
    const wrong = [...start.slice(0, -1), random([1, 1], "wrong")];
    const nan = [{ ...start[0], data: start[0].data.map(() => NaN) }, ...start.slice(1)];
    const direction = Float64Array.from(random([network.parameterCount], "direction").data);
    const loud = { learningRate: 1e-3, steps: 3 };
    const ways: Readonly<Record<string, (control: Control) => Promise<unknown>>> = {
      flow: (control) => gradientFlow(network, data, { horizon: 1e-3, seed: 0, ...control }),
      descent: (control) => descend(network, data, { optimizer: "adam", ...loud, ...control }),
      batches: (control) => descend(network, data, { ...loud, batchSize: 1, ...control }),
      linearized: (control) => linearizedFlow(network, data, { horizon: 1e-3, ...control }),
      curvature: () => topCurvature(network, data, { parameters: start }),
      spectrum: (control) => fullNtkSpectrum(network, start, images, control),
      laziness: (control) => networkLaziness(network, images, { start, end, ...control }),
      noise: () => gradientNoise(network, data, { parameters: start }),
      hessian: () => hessianVectorProduct(network, data, { parameters: start, direction }),
      natural: () => naturalGradient(network, start, data, { damping: 0.1 }),
      loss: () => squaredError(network, images, targets)(start),
      test: () => testColumns(network, { images, labels: [0, 1] })(start),
    };
    const failing: readonly (() => Promise<unknown>)[] = [
      () => gradientFlow(network, data, { horizon: 1, parameters: nan }),
      () => gradientFlow(network, data, { horizon: 1, parameters: wrong }),
      () => descend(network, data, { ...loud, parameters: nan }),
      () => descend(network, data, { ...loud, learningRate: 1e30, steps: 50 }),
      () => linearizedFlow(network, data, { horizon: 1, parameters: wrong }),
      () => topCurvature(network, data, { parameters: wrong }),
      () => gradientNoise(network, data, { parameters: wrong }),
      () => hessianVectorProduct(network, data, { parameters: wrong, direction }),
      () => naturalGradient(network, wrong, data),
      () => fullNtkSpectrum(network, wrong, images),
      () => networkLaziness(network, images, { start, end: wrong }),
      async () => await squaredError(network, images, targets)(wrong),
      async () => await testColumns(network, { images, labels: [0, 1] })(wrong),
      () =>
        pullbackTangent(network, start, images, {
          tangents: start,
          cotangents: () => {
            throw new Error("no cotangent");
          },
        }),
    ];
    const counts = () => [module.memory().numTensors, liveTensors()];
    const leaves = async (what: string, run: () => Promise<unknown>) => {
      await run(); // what is kept for good is made
      const before = counts();
      await run();
      assert.deepEqual(counts(), before, `${what} leaves tensors`);
    };
    for (const [what, run] of Object.entries(ways)) await leaves(what, () => everyWay(run));
    for (const [i, run] of failing.entries()) {
      await leaves(`failure ${i}`, () => assert.rejects(run, `failure ${i} is none`));
    }
  });
}
