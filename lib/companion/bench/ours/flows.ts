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
import { trainingSet } from "../../../datasets/mod.ts";
import { fullyConnected, myrtle5, type Network } from "../../../networks/mod.ts";
import { drawn } from "./networks.ts";
import { type MakeWork, type Work, work } from "./work.ts";

const WIDTHS = [16, 20, 20, 1];

/** Hundreds of the fastest mode's times: stiff for the methods that are explicit. */
const HORIZON = 1;

/** What both sides tell: −ΔL, ‖Δθ‖², l_γ, each by a scale of its own. */
const told = ({ trajectory }: GradientFlow): number[] => [
  trajectory.lossDrop.at(-1)!,
  trajectory.displacementSquared.at(-1)!,
  trajectory.pathLength.at(-1)!,
];

const counted = ({ gradients, steps, rejected }: GradientFlow) => ({ gradients, steps, rejected });

/** The flow of a small network, to our tolerance of one per cent. */
export const smallFlow: MakeWork = ({ n }) => {
  const network = fullyConnected({
    ...{ widths: WIDTHS, activation: "gelu", parametrization: "standard" },
  });
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

/**
 * The flow of a network on CIFAR-10; beside it a gradient, of which the flow takes so many.
 *
 * @param horizon its end, where the loss does not come down to `share` of itself before
 * @param options the solver
 */
function flowOn(
  network: Network,
  { n, horizon, share = 0 }: {
    readonly n: number;
    readonly horizon: number;
    readonly share?: number;
  },
  options: Omit<GradientFlowOptions, "horizon">,
): Promise<Work> {
  return trainingSet(n).then(async (data) => {
    const parameters = network.init(0);
    const loss = squaredError(network, data.images, data.targets);
    const aim = share * (await loss(parameters)).loss;
    return work({
      run: () =>
        gradientFlow(network, data, {
          ...{ horizon, parameters, record: [], until: ({ loss }) => loss <= aim },
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
  });
}

/** Descent as fast as it is stable: h λ_max = 1.8 in each step. */
export const DESCENT = { solver: "euler", step: 1.8 } as const;

/** The flow of Myrtle-5 to τ = 2.5. */
export const myrtleFlow =
  (options: Omit<GradientFlowOptions, "horizon"> = {}): MakeWork => ({ n, channels }) =>
    flowOn(myrtle5({ channels }), { n, horizon: 2.5 }, options);

/** The flow of a fully connected network to one per cent of its first loss. */
export const wideFlow = (options: Omit<GradientFlowOptions, "horizon"> = {}): MakeWork => ({ n }) =>
  flowOn(
    fullyConnected({ widths: [3072, 256, 256, 10], parametrization: "ntk" }),
    { n, horizon: 1e4, share: 0.01 },
    options,
  );
