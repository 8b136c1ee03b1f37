/**
 * A gradient flow that keeps its state in a file after every step, prints a line a step, and prints
 * what it gave at its end: to be killed and run again.
 *
 *     deno run -P flow_to_kill.ts SOLVER CHECKPOINT
 */
import { createHash } from "node:crypto";
import { cifar10, targets } from "../../../../lib/datasets/mod.ts";
import { gradientFlow, type SolverName } from "../../../../lib/dynamics/mod.ts";
import { flowCheckpoint } from "../../../../lib/experiments/mod.ts";
import { fullyConnected } from "../../../../lib/networks/mod.ts";

const [solver, file] = Deno.args;
const { train } = await cifar10({ train: 20 });
const { trajectory, parameters } = await gradientFlow(
  fullyConnected({ widths: [3072, 16, 10] }),
  { images: train.images, targets: targets(train.labels) },
  {
    horizon: 0.3,
    record: [0.001, 0.01, 0.1, 0.3],
    solver: solver as SolverName,
    checkpoint: flowCheckpoint(file, { solver }, { every: 0 }),
    onProgress: ({ note }) => console.log(note),
  },
);
const hash = createHash("sha256");
for (const { data } of parameters) hash.update(data);
const { lossDrop, pathLength, displacementSquared } = trajectory;
console.log(JSON.stringify({
  weights: hash.digest("hex"),
  columns: [lossDrop, pathLength, displacementSquared].map((column) => [...column]),
}));
