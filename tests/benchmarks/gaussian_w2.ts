/**
 * W2² of two Gaussians in d dimensions; beside it gaussian_w2.py does the same with SciPy.
 *
 *     deno run -P tests/benchmarks/gaussian_w2.ts --dimension 2000
 */
import { parseArgs } from "node:util";
import { gaussian, wasserstein2Squared } from "../../lib/bounds/mod.ts";
import { linearAlgebra, multiply, randomStream } from "../../lib/numerics/mod.ts";

const { values } = parseArgs({
  options: {
    dimension: { type: "string", default: "2000" },
    threads: { type: "string", default: "2" },
    rounds: { type: "string", default: "3" },
  },
});
const d = Number(values.dimension);
linearAlgebra({ threads: Number(values.threads) });
const law = (seed: number) => {
  const data = randomStream(seed, "benchmark").normal(d * d).map((x) => x / Math.sqrt(d));
  const factor = { rows: d, cols: d, data };
  return gaussian(new Float64Array(d), multiply(factor, factor, { transposeB: true }));
};
const [p, q] = [law(1), law(2)];
for (let round = 0; round < Number(values.rounds); round++) {
  const start = performance.now();
  const value = wasserstein2Squared(p, q);
  const seconds = (performance.now() - start) / 1000;
  console.log(`d = ${d}: W2² = ${value.toPrecision(10)} in ${seconds.toFixed(2)} s`);
}
