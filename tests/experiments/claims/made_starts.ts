/** Made-up studies of initial weights, whose every number is known. */
import type { FlowFromStart, InitialWeightsStudy, StartFlow } from "../../../lib/mod.ts";

/** What of a made study matters: a value for each seed. */
export interface MadeStarts {
  /** ΔL and T/T_SL at the end with all of f_0. */
  readonly whole?: readonly { readonly drop: number; readonly ratio?: number }[];
  /** T/T_SL at the end without f_0, from smaller weights, and of the antisymmetric network. */
  readonly none?: readonly number[];
  readonly small?: readonly number[];
  readonly anti?: readonly number[];
  /** T/T_SL of the linearized network with f_0, without cross terms. */
  readonly linear?: number;
}

/** To time 2, by an entry at 1: with ΔL and T/T_SL at the end as they are told. */
function flow(drop: number, ratio: number): StartFlow {
  const loss = 25 + drop;
  return {
    time: [0, 1, 2],
    loss: [loss, loss - drop / 2, loss - drop],
    lossDrop: [0, drop / 2, drop],
    displacementSquared: [0, drop / 2, 2 * drop / ratio],
    pathLength: [0, 1, 2],
  };
}

/** Shares 0 and 1, and weights × 0.5, to τ = 2; without f_0 ΔL is 1 and T/T_SL 2. */
export function madeStarts(made: MadeStarts = {}): InitialWeightsStudy {
  const { whole = [{ drop: 4 }, { drop: 4.001 }], linear = 4 } = made;
  const of = (
    start: FlowFromStart["start"],
    share: number,
    columns: StartFlow,
    initialSquared: number,
  ): FlowFromStart => ({
    ...{ start, share, ...columns, initialSquared },
    ...{ testAccuracy: 0.1, gradients: 10, seconds: 1 },
  });
  const labels = flow(1, 2);
  // The parts add up: ΔL 4 and ‖Δθ‖² 2·4/ratio with f_0, of which the labels have 1 and 1.
  const initial = flow(3, 2 * 3 / (8 / linear - 1));
  return {
    configuration: {
      ...{ architecture: "myrtle-5", width: 16, n: 64, seeds: whole.map((_, seed) => seed) },
      ...{ shares: [0, 1], factors: [0.5], horizon: 2, left: 0.8, tolerance: 0.01 },
      ...{ entries: 2, testImages: 10 },
    },
    realizations: whole.map(({ drop, ratio = 8 }, seed) => ({
      seed,
      flows: [
        of("function", 0, flow(1, made.none?.[seed] ?? 2), 0),
        of("function", 1, flow(drop, ratio), 50),
        of("antisymmetric", 1, flow(1, made.anti?.[seed] ?? 2), 0),
        of("weights", 0.5, flow(20, made.small?.[seed] ?? 2), 1),
      ],
      linearized: { whole: flow(4, linear), initial, labels, initialSquared: 50 },
    })),
  };
}
