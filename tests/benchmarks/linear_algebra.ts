/**
 * Eigenvalue problems and products in float64 against SciPy and NumPy in the same minutes, each
 * round in turn, on as many threads. Prints one JSON line per problem: median seconds, and the
 * ratio of ours to theirs.
 *
 *     deno run -P tests/benchmarks/linear_algebra.ts --python …/bin/python --threads 1 --rounds 3
 *
 * The Python needs numpy and scipy.
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { eigh, linearAlgebra, multiply, randomStream } from "../../lib/numerics/mod.ts";
import { median } from "../../lib/statistics/mod.ts";

const { values } = parseArgs({
  options: {
    python: { type: "string", default: "python3" },
    threads: { type: "string", default: "1" },
    rounds: { type: "string", default: "3" },
    sizes: { type: "string", default: "500,1000,2000" },
  },
});
const peerScript = fileURLToPath(import.meta.resolve("./linear_algebra.py"));

interface Seconds {
  readonly eigh: number;
  readonly values: number;
  readonly product: number;
}

async function ours(n: number): Promise<Seconds> {
  const g = { rows: n, cols: n, data: randomStream(0, "benchmarks/linear algebra").normal(n * n) };
  const a = multiply(g, g, { transposeB: true });
  const times = { eigh: 0, values: 0, product: 0 };
  const timed = async (name: keyof Seconds, work: () => unknown) => {
    const start = performance.now();
    await work();
    times[name] = (performance.now() - start) / 1000;
  };
  await eigh([[1]]);
  await timed("eigh", () => eigh(a));
  await timed("values", () => eigh(a, { vectors: false }));
  await timed("product", () => multiply(a, g));
  return times;
}

async function peer(n: number): Promise<Record<string, number>> {
  const { stdout, stderr, success } = await new Deno.Command(values.python, {
    args: [peerScript, String(n)],
    env: { OPENBLAS_NUM_THREADS: values.threads },
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

console.log(JSON.stringify(linearAlgebra({ threads: Number(values.threads) })));
for (const n of values.sizes.split(",").map(Number)) {
  const own: Seconds[] = [], theirs: Record<string, number>[] = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    own.push(await ours(n));
    theirs.push(await peer(n));
  }
  const problems = [
    ["eigh", "eigh", "scipyEigh"],
    ["eigh", "eigh", "numpyEigh"],
    ["eigenvalues", "values", "scipyValues"],
    ["product", "product", "numpyProduct"],
  ] as const;
  for (const [problem, name, other] of problems) {
    const seconds = median(own.map((times) => times[name]));
    const peerSeconds = median(theirs.map((times) => times[other]));
    console.log(JSON.stringify({
      n,
      problem,
      seconds,
      peer: other,
      peerSeconds,
      ratio: seconds / peerSeconds,
    }));
  }
}
