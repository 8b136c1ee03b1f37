/** Made-up studies of the scope, whose every number is known. */
import type { ScopeConfiguration, ScopeStudy } from "../../../lib/mod.ts";

/** What of a made study matters. */
export interface MadeScope {
  /** T/T_SL at all times, one a seed. */
  readonly ratios?: readonly number[];
  /** The linearized network's, and that of its split. */
  readonly linearized?: number;
  readonly split?: number;
  /** ‖f_0‖²/‖Y‖², one a seed. */
  readonly sizes?: readonly number[];
  /** The last time; half of ½‖Y‖² is left there, all of it halfway. */
  readonly end?: number;
  readonly tortuosity?: number;
  readonly configuration?: Partial<ScopeConfiguration>;
}

/** Of 100 images: the loss is 90 at first, 45 halfway, 22.5 at the end. */
export function madeScope(made: MadeScope = {}): ScopeStudy {
  const { ratios = [4, 4.001], linearized = 4, split = 4, end = 2, tortuosity = 1.2 } = made;
  const time = [0, end / 2, end];
  const lossDrop = [0, 45, 67.5];
  const squares = (ratio: number) => time.map((t, i) => t * lossDrop[i] / ratio);
  const part = (share: number, ratio: number) => ({
    lossDrop: lossDrop.map((drop) => share * drop),
    displacementSquared: squares(ratio).map((square) => share * square),
  });
  return {
    configuration: {
      ...{ architecture: "fully-connected", width: 64, n: 100, labels: "true", noise: 0 },
      ...{ seeds: ratios.map((_, seed) => seed), horizon: 10, left: 0.5, tolerance: 0.01 },
      ...{ entries: 2, testImages: 10, ...made.configuration },
    },
    realizations: ratios.map((ratio, seed) => ({
      ...{ seed, time, lossDrop, loss: [90, 45, 22.5], displacementSquared: squares(ratio) },
      pathLength: squares(ratio).map((square) => tortuosity * Math.sqrt(square)),
      ...{ lambdaMax: [10, 10, 10], testLoss: [0.9, 0.45, 0.45], testAccuracy: [0.1, 0.1, 0.1] },
      ...{ initialSquared: 90 * (made.sizes?.[seed] ?? 1), wrongLabels: 0 },
      linearized: {
        whole: part(1, linearized),
        initial: part(0.75, split),
        labels: part(0.25, split),
      },
      ...{ gradients: 10, seconds: 1 },
    })),
  };
}
