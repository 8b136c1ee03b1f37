/**
 * Empirical kernels: best seconds of some rounds, and peak memory. Beside it empirical_ntk.py does
 * the same with neural-tangents and torch.func.
 *
 *     deno run -P tests/benchmarks/empirical_ntk.ts
 *     deno run -P tests/benchmarks/empirical_ntk.ts --images 500 --channels 128   # its memory
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { empiricalNtk, fullyConnected, myrtle5, randomStream } from "../../lib/mod.ts";

const { values } = parseArgs({
  options: {
    images: { type: "string" },
    channels: { type: "string", default: "32" },
    rounds: { type: "string", default: "4" },
  },
});
const imagesOf = (n: number) => ({
  shape: [n, 32, 32, 3],
  data: randomStream(1, "benchmark").normal(new Float32Array(n * 3072)),
});

async function time(what: string, rounds: number, run: () => Promise<unknown>) {
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await run();
    best = Math.min(best, (performance.now() - start) / 1000);
  }
  const peak = process.resourceUsage().maxRSS / 2 ** 20;
  console.log(`${what}: ${best.toFixed(3)} s, peak ${peak.toFixed(2)} GiB`);
}

if (values.images) {
  const network = myrtle5({ channels: Number(values.channels) });
  const [theta, images] = [network.init(0), imagesOf(Number(values.images))];
  const what = `Myrtle-5, ${values.channels} channels, n = ${values.images}`;
  await time(what, 1, () => empiricalNtk(network, theta, images));
} else {
  const rounds = Number(values.rounds);
  const fcn = fullyConnected({ widths: [3072, 512, 512, 10] });
  const myrtle = myrtle5({ channels: Number(values.channels) });
  const [wide, deep] = [fcn.init(0), myrtle.init(0)];
  const [many, few] = [imagesOf(200), imagesOf(50)];
  await time("FCN 3072-512-512-10, n = 200", rounds, () => empiricalNtk(fcn, wide, many));
  await time("Myrtle-5, n = 50", rounds, () => empiricalNtk(myrtle, deep, few));
}
