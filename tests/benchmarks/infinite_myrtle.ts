/**
 * Myrtle-5's kernels at infinite width against neural-tangents in the same minutes, each round in
 * turn. Prints one JSON line: best seconds of each, and the ratio of theirs to ours.
 *
 *     deno run -P tests/benchmarks/infinite_myrtle.ts --python …/bin/python --images 16 --rounds 1
 *
 * The Python needs jax 0.4.23, neural-tangents and scipy < 1.13; without one, ours alone is timed.
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { infiniteKernels, myrtle5, randomStream } from "../../lib/mod.ts";

const { values } = parseArgs({
  options: {
    python: { type: "string" },
    images: { type: "string", default: "16" },
    rounds: { type: "string", default: "1" },
  },
});
const n = Number(values.images);
const images = {
  shape: [n, 32, 32, 3],
  data: randomStream(1, "benchmark").normal(new Float32Array(n * 3072)),
};

async function peer(python: string): Promise<number> {
  const script = fileURLToPath(import.meta.resolve("./infinite_myrtle.py"));
  const { stdout, stderr, success } = await new Deno.Command(python, {
    args: [script, "--images", values.images],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout)).seconds;
}

let [own, theirs] = [Infinity, Infinity];
for (let round = 0; round < Number(values.rounds); round++) {
  const start = performance.now();
  await infiniteKernels(myrtle5(), images);
  own = Math.min(own, (performance.now() - start) / 1000);
  if (values.python) theirs = Math.min(theirs, await peer(values.python));
}
console.log(JSON.stringify({
  images: n,
  seconds: own,
  ...(values.python && { peer: "neural-tangents", peerSeconds: theirs, ratio: theirs / own }),
}));
