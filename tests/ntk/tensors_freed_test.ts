import assert from "node:assert/strict";
import { fullyConnected, myrtle5, type Network } from "../../lib/networks/mod.ts";
import { empiricalNtk } from "../../lib/ntk/mod.ts";
import { elementCount, randomStream } from "../../lib/numerics/mod.ts";
import { liveTensors, tensorflow } from "../../lib/tensorflow/mod.ts";
import { needs, TENSORFLOW } from "../permissions.ts";

const { test, long } = needs(...TENSORFLOW);

const networks: readonly Network[] = [
  fullyConnected({ widths: [12, 6, 4, 3], activation: "erf", biasStd: 0.1 }),
  myrtle5({ channels: 24, biasStd: 0.1 }), // in two groups of a mebibyte each
];

for (const network of networks) {
  const leaveNothing = async (times: number) => {
    const module = await tensorflow();
    const shape = [1, ...network.inputShape];
    const data = randomStream(1, "images").normal(new Float32Array(elementCount(shape)));
    const images = { shape, data };
    const parameters = network.init(0);
    const kernel = (options: Parameters<typeof empiricalNtk>[3]) =>
      empiricalNtk(network, parameters, images, {
        ...{ others: images, memory: 2 ** 20 },
        ...options,
      });
    const run = async () => {
      await kernel({});
      const stop = new AbortController();
      const onProgress = () => stop.abort(new Error("enough"));
      await assert.rejects(kernel({ signal: stop.signal, onProgress }), /enough/);
      await assert.rejects(
        kernel({
          onProgress({ done }) {
            if (done === 2) throw new Error("no room");
          },
        }),
        /no room/,
      );
      const wrong = parameters.with(0, { shape: [1], data: new Float32Array(1) });
      await assert.rejects(empiricalNtk(network, wrong, images), /has shape/);
    };
    await run();
    const before = [module.memory().numTensors, liveTensors()];
    for (let i = 0; i < times; i++) await run();
    assert.deepEqual([module.memory().numTensors, liveTensors()], before);
  };
  const what = "kernels that end, are ended or fail leave no tensors";
  const { architecture } = network.configuration;
  test(`${architecture}: 5 ${what}`, () => leaveNothing(5));
  long("10 s")(`${architecture}: 50 ${what}`, () => leaveNothing(50));
}
