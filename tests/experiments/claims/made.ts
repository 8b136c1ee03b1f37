/** Made-up results, whose every number is known. */
import type { Mark, ResidueStudy, SizeGrowth, SpeedLimitStudy } from "../../../lib/mod.ts";

/** What of a made study matters to a claim. */
export interface Made {
  readonly n?: number;
  readonly width?: number;
  readonly horizon?: number;
  /** T/T_SL at the end, one a seed. */
  readonly cold?: readonly number[];
  /** The same of the warm path; none if the warm start was not reached. */
  readonly warm?: readonly number[];
  /** l_γ/l_geo at the end of the cold path, for all seeds. */
  readonly tortuosity?: number;
  /** The ratios of the cold paths at the first entry past the origin. */
  readonly first?: number;
  /** τ of the warm start, the entry before the horizon's. */
  readonly warmTime?: number;
}

/** A study of four entries, warm from the third on; each path ends at what is asked for. */
export function madeStudy(made: Made = {}): SpeedLimitStudy {
  const { n = 500, width = 32, horizon = 0.2, cold = [30, 30.001], warm } = made;
  const { tortuosity = 1.2, first = 1.1, warmTime = horizon / 2 } = made;
  const path = (middle: readonly number[], end: number, lengths: number) => ({
    inefficiency: [1, ...middle, end],
    tortuosity: [1, ...middle, lengths],
    speedSpread: [1, ...middle, end / lengths ** 2],
  });
  return {
    configuration: {
      ...{ architecture: "myrtle-5", width, n, horizon, seeds: cold.map((_, seed) => seed) },
      ...{ testImages: 10, weightStd: Math.SQRT2, parametrization: "ntk", tolerance: 0.01 },
      ...{ entries: 3, threshold: 0.12 },
    },
    time: [0, warmTime / 2, warmTime, horizon],
    warmIndex: warm ? 2 : -1,
    realizations: cold.map((ratio, seed) => ({
      seed,
      loss: [10, 5, 2, 1].map((loss) => loss * (1 + seed / 10)),
      testAccuracy: [0.1, 0.11, 0.12, 0.13],
      lambdaMax: [100, 90, 80, 70],
      cold: path([first, 1.1], ratio, tortuosity),
      warm: warm && path([], warm[seed], 1.05),
      gradients: 10 + seed,
      seconds: 1,
    })),
  };
}

/** A growth from 500 to 5000 images at a mark, of which the exponent has this interval. */
export const madeGrowth = (
  mark: Mark,
  interval?: readonly [low: number, high: number],
  sizes: SizeGrowth["sizes"] = [500, 5000].map((n) => ({ n, mostLeft: 0.5 })),
): SizeGrowth => ({
  ...{ architecture: "myrtle-5", width: 32, network: "32 channels", mark, start: "cold" },
  factors: interval
    ? [{ n: 5000, from: 500, factor: { middle: 2, low: 1, high: 4, seeds: 3 } }]
    : [],
  exponent: interval && {
    ...{ mean: (interval[0] + interval[1]) / 2, standardError: 0.01, interval, count: 3 },
  },
  sizes: interval ? sizes : [],
  notReached: interval ? [] : [500, 5000],
});

/** Residues of twenty modes of which `shares` of the whole lie on the first ten, one a seed. */
export function madeResidues(
  cold: readonly number[],
  warm?: readonly number[],
): ResidueStudy {
  const at = (share: number) => ({
    time: 0,
    eigenvalues: Array.from({ length: 20 }, (_, k) => 1 / (k + 1)),
    squares: Array.from({ length: 20 }, (_, k) => k < 10 ? share / 10 : (1 - share) / 10),
    alignment: 0,
  });
  return {
    configuration: { ...madeStudy().configuration, n: 20 },
    realizations: cold.map((share, seed) => ({
      seed,
      cold: at(share),
      ...(warm ? { warm: at(warm[seed]) } : {}),
    })),
  };
}
