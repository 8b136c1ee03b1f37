/**
 * Our side of the rows of gradient flow.
 *
 * @module
 */
import {
  type GradientFlow,
  gradientFlow,
  type GradientFlowOptions,
  squaredError,
} from "../../../dynamics/mod.ts";
import { fullyConnected, myrtle5 } from "../../../networks/mod.ts";
import { randomStream } from "../../../numerics/mod.ts";
import { drawn } from "./networks.ts";
import { type MakeWork, work } from "./work.ts";

const WIDTHS = [16, 20, 20, 1];

/** Stiff for the methods that are explicit: thousands of the fastest mode's times. */
const HORIZON = 10;

/** What both sides tell: −ΔL, ‖Δθ‖², l_γ, each by a scale of its own. */
const told = ({ trajectory }: GradientFlow): number[] => [
  trajectory.lossDrop.at(-1)!,
  trajectory.displacementSquared.at(-1)!,
  trajectory.pathLength.at(-1)!,
];

const counted = ({ gradients, steps, rejected }: GradientFlow) => ({ gradients, steps, rejected });

/** The flow of a small network, to our tolerance of one per cent. */
export const smallFlow: MakeWork = ({ n }) => {
  const network = fullyConnected({ widths: WIDTHS });
  const images = drawn([n, WIDTHS[0]], "inputs");
  const targets = drawn([n, 1], "small targets");
  const theta = network.init(0);
  const horizon = HORIZON;
  return work({
    inputs: {
      images,
      targets,
      horizon: { shape: [1], data: Float64Array.of(horizon) },
      ...Object.fromEntries(theta.map(({ shape, data }, i) => [`theta${i}`, { shape, data }])),
    },
    run: () => gradientFlow(network, { images, targets }, { horizon, parameters: theta }),
    answer: told,
    told: counted,
  });
};

/** Rounds of the gradient that the flow's own cost is held against. */
const TIMES = 3;

/** The flow of Myrtle-5 to a time, by `options`' solver; beside it the gradients that it took. */
export const myrtleFlow =
  (options: Omit<GradientFlowOptions, "horizon"> = {}): MakeWork => ({ n, channels }) => {
    const network = myrtle5({ channels });
    const images = drawn([n, 32, 32, 3], "images");
    const labels = randomStream(2, "benchmarks/labels");
    const targets = { shape: [n, 10], data: new Float32Array(10 * n).fill(-0.1) };
    for (let i = 0; i < n; i++) targets.data[10 * i + labels.integers(10)] = 0.9;
    const parameters = network.init(0);
    const loss = squaredError(network, images, targets);
    return work({
      run: () =>
        gradientFlow(network, { images, targets }, {
          ...{ horizon: 1, parameters, record: [] },
          ...options,
        }),
      answer: told,
      told: counted,
      yardstick: async () => {
        const start = performance.now();
        for (let i = 0; i < TIMES; i++) await loss(parameters);
        return (performance.now() - start) / 1000 / TIMES;
      },
    });
  };
