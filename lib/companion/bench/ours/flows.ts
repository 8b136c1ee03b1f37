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
  type TrainingSet,
} from "../../../dynamics/mod.ts";
import { trainingSet } from "../../../datasets/mod.ts";
import { fullyConnected, myrtle5, type Network, type TensorLike } from "../../../networks/mod.ts";
import type { Size } from "../row.ts";
import { endOf, largestError, stepFor } from "./flow_accuracy.ts";
import { drawn } from "./networks.ts";
import { type MakeWork, work } from "./work.ts";

const WIDTHS = [16, 20, 20, 1];

/** Hundreds of the fastest mode's times: stiff for the methods that are explicit. */
const HORIZON = 1;

const counted = ({ gradients, steps, rejected }: GradientFlow) => ({ gradients, steps, rejected });

/** The flow that others are measured by: of another method than the default ones, at a tight tolerance. */
const exact = (tolerance: number) => ({ solver: "runge-kutta-chebyshev", tolerance }) as const;

/** The flow of a small network, to our tolerance of one per cent. */
export const smallFlow: MakeWork = async ({ n }) => {
  const network = fullyConnected({
    ...{ widths: WIDTHS, activation: "gelu", parametrization: "standard" },
  });
  const images = drawn([n, WIDTHS[0]], "inputs");
  const targets = drawn([n, 1], "small targets");
  const theta = network.init(0);
  const horizon = HORIZON;
  const flow = (options: Partial<GradientFlowOptions> = {}) =>
    gradientFlow(network, { images, targets }, { horizon, parameters: theta, ...options });
  const reference = endOf(await flow(exact(1e-4)));
  return work({
    inputs: {
      images,
      targets,
      horizon: { shape: [1], data: Float64Array.of(horizon) },
      ...Object.fromEntries(theta.map(({ shape, data }, i) => [`theta${i}`, { shape, data }])),
    },
    run: () => flow(),
    answer: endOf,
    told: (flow) => ({ ...counted(flow), error: largestError(endOf(flow), reference) }),
  });
};

/** Rounds of the gradient that the flow's own cost is held against. */
const TIMES = 3;

/** Seconds of the loss with its gradient, of which a flow takes so many. */
const gradientSeconds = (
  network: Network,
  { images, targets }: TrainingSet,
  parameters: readonly TensorLike[],
) => {
  const loss = squaredError(network, images, targets);
  return async () => {
    const start = performance.now();
    for (let i = 0; i < TIMES; i++) await loss(parameters);
    return (performance.now() - start) / 1000 / TIMES;
  };
};

/** h λ_max of descent as fast as it is stable. */
const LIMIT = 1.8;

/** Descent as fast as it is stable, whatever its path. */
export const DESCENT = { solver: "euler", step: LIMIT } as const;

/** Where the flows of Myrtle-5 end. */
const MYRTLE_HORIZON = 2.5;

/** Flows of Myrtle-5, and how far they end from the exact one. */
async function myrtleProblem({ n, channels }: Size) {
  const network = myrtle5({ channels });
  const data = await trainingSet(n);
  const parameters = network.init(0);
  const flow = (options: Omit<GradientFlowOptions, "horizon">) =>
    gradientFlow(network, data, { horizon: MYRTLE_HORIZON, parameters, record: [], ...options });
  const reference = endOf(await flow(exact(1e-3)));
  return {
    flow,
    errorOf: (found: GradientFlow) => largestError(endOf(found), reference),
    yardstick: gradientSeconds(network, data, parameters),
  };
}

/** The flow of Myrtle-5 to τ = 2.5, to our tolerance. */
export const myrtleFlow: MakeWork = async (size) => {
  const { flow, errorOf, yardstick } = await myrtleProblem(size);
  return work({
    run: () => flow({}),
    answer: endOf,
    told: (found) => ({ ...counted(found), error: errorOf(found) }),
    yardstick,
  });
};

/**
 * Descent of Myrtle-5 in about the longest steps that are good to one per cent; and, told beside, as
 * fast as it is stable.
 */
export const myrtleDescent: MakeWork = async (size) => {
  const { flow, errorOf } = await myrtleProblem(size);
  const start = performance.now();
  const fastest = await flow(DESCENT);
  const limit = {
    ...{ limitStep: LIMIT, limitSeconds: (performance.now() - start) / 1000 },
    ...{ limitGradients: fastest.gradients, limitError: errorOf(fastest) },
  };
  const descend = (step: number) => flow({ solver: "euler", step });
  const { step } = await stepFor(async (step) => errorOf(await descend(step)), LIMIT);
  return work({
    run: () => descend(step),
    answer: endOf,
    told: (found) => ({ ...counted(found), step, error: errorOf(found), ...limit }),
  });
};

/** The flow of a fully connected network on CIFAR-10 to one per cent of its first loss. */
export const wideFlow =
  (options: Omit<GradientFlowOptions, "horizon"> = {}): MakeWork => async ({ n }) => {
    const network = fullyConnected({ widths: [3072, 256, 256, 10], parametrization: "ntk" });
    const data = await trainingSet(n);
    const parameters = network.init(0);
    const first = await squaredError(network, data.images, data.targets)(parameters);
    const aim = 0.01 * first.loss;
    const until = ({ loss }: { readonly loss: number }) => loss <= aim;
    return work({
      run: () =>
        gradientFlow(network, data, { horizon: 1e4, parameters, record: [], until, ...options }),
      answer: endOf,
      told: counted,
      yardstick: gradientSeconds(network, data, parameters),
    });
  };
