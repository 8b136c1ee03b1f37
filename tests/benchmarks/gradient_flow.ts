/**
 * Gradient flow to its tolerance against gradient descent: at the paper's lr 1e-5 (extrapolated
 * from measured epochs) and at the stability limit h = 1.8/λ_max (run in full). Prints JSON lines.
 *
 *     deno run -P tests/benchmarks/gradient_flow.ts --architecture fully-connected --width 256
 *     deno run -P tests/benchmarks/gradient_flow.ts --architecture myrtle-5 --width 16
 *
 * The fully connected flow ends at 1 % of the initial loss, Myrtle-5's at τ = 0.2. A gradient is a
 * forward and a backward pass over all images; products with the kernel are counted in multiples of
 * it. Peak memory at other sizes: myrtle_gradient.ts.
 */
import process from "node:process";
import { parseArgs } from "node:util";
import {
  cifar10,
  descend,
  gradientFlow,
  type GradientFlowOptions,
  inefficiency,
  networkOf,
  targets,
} from "../../lib/mod.ts";

const { values } = parseArgs({
  options: {
    architecture: { type: "string", default: "myrtle-5" },
    width: { type: "string", default: "16" },
    images: { type: "string", default: "500" },
    horizon: { type: "string", default: "0.2" },
    epochs: { type: "string", default: "10" },
    tolerance: { type: "string", default: "0.01" },
  },
});
const architecture = values.architecture as "myrtle-5" | "fully-connected";
const [width, images] = [Number(values.width), Number(values.images)];
const network = networkOf({ architecture, width, n: images, seeds: [0], horizon: 1 });
const { train } = await cifar10({ train: images });
const data = { images: train.images, targets: targets(train.labels) };
const print = (line: Record<string, unknown>) => console.log(JSON.stringify(line));
const peakGigabytes = () => Number((process.resourceUsage().maxRSS / 1e6).toFixed(2));

// Loads everything, and tells the loss to come down to.
const { trajectory } = await gradientFlow(network, data, { horizon: 1e-9 });
const aim = architecture === "fully-connected" ? 0.01 * trajectory.loss[0] : 0;

const measured = async (options: Omit<GradientFlowOptions, "horizon">) => {
  const start = performance.now();
  const flow = await gradientFlow(network, data, {
    horizon: aim > 0 ? 1e3 : Number(values.horizon),
    until: ({ loss }) => loss <= aim,
    record: [],
    ...options,
  });
  const seconds = (performance.now() - start) / 1000;
  const { inefficiency: ratio, tortuosity } = inefficiency(flow.trajectory);
  const time = flow.trajectory.time.at(-1)!;
  print({
    solver: flow.solver,
    time,
    loss: flow.trajectory.loss.at(-1),
    inefficiency: ratio.at(-1),
    tortuosity: tortuosity.at(-1),
    steps: flow.steps,
    rejected: flow.rejected,
    gradients: flow.gradients,
    seconds,
  });
  return { time, seconds, gradients: flow.gradients };
};
print({ architecture, width, images, initialLoss: trajectory.loss[0] });
const flow = await measured({ tolerance: Number(values.tolerance) });
if (architecture === "fully-connected") await measured({ solver: "runge-kutta-chebyshev" });

const epochs = Number(values.epochs);
const start = performance.now();
await descend(network, data, {
  optimizer: "gradient-descent",
  learningRate: 1e-5,
  steps: epochs,
});
const epochSeconds = (performance.now() - start) / 1000 / epochs;
const paper = flow.time / 1e-5;
print({
  descent: "lr 1e-5",
  measuredEpochs: epochs,
  epochSeconds,
  extrapolatedEpochs: paper,
  extrapolatedSeconds: paper * epochSeconds,
  gradientsRatio: paper / flow.gradients,
  secondsRatio: paper * epochSeconds / flow.seconds,
});

const limit = await measured({ solver: "euler", step: 1.8 });
print({
  descent: "h = 1.8/λ_max",
  gradientsRatio: limit.gradients / flow.gradients,
  secondsRatio: limit.seconds / flow.seconds,
  peakGigabytes: peakGigabytes(),
});
