/**
 * From which scale a downwards a network and its linearization part in T/T_SL, and which way.
 *
 * @module
 */
import {
  checkList,
  checkNumber,
  checkNumbers,
  checkOptions,
  maybe,
} from "../../numerics/checks.ts";
import type { DriftStudy } from "../studies/kernel_drift_result.ts";
import { checkMark, driftAt, type DriftMark, markName } from "./drift_at_mark.ts";
import { checkDrift } from "./drift_readings.ts";
import { oneNetworkSweep } from "./lazy_rate.ts";

/** T/T_SL of a network over that of its linearization, against the scale a. */
export interface LazyParting {
  readonly network: string;
  /** Where both are read, as `τ = 0.5` or `50 % of ½‖Y‖² left`. */
  readonly mark: string;
  /** How many seeds all scales share. */
  readonly of: number;
  /** Of the flows; the coarsest one's, where scales differ. */
  readonly tolerance: number;
  /** From the smallest scale up: a ratio for each seed that comes to the mark with both. */
  readonly points: readonly { readonly scale: number; readonly ratios: readonly number[] }[];
  /** For each share: the largest a at which a seed's two differ by it, of those seeds that part within. */
  readonly partings: readonly { readonly by: number; readonly scales: readonly number[] }[];
}

/**
 * T/T_SL of a(f − f_0) over that of its linearization at a mark, for each scale, and where on the way down
 * from large a the two come to differ by 5, 10 and 20 % either way: seed by seed, between two scales along
 * powers of a.
 *
 * At equal time the two have not learnt the same; at equal loss not for as long.
 *
 * @param studies of one network at several scales
 * @param mark a time τ, or the share of ½‖Y‖² that is left
 * @param options `by`: shares by which they differ
 * @throws {RangeError} if the studies are of several networks, two of one scale or fewer than three, share
 * fewer than two seeds, or a share or the mark is out of range
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DriftStudy, lazyParting } from "../mod.ts";
 * const columns = (drop: number) => ({
 *   ...{ loss: [9, 9 - drop], lossDrop: [0, drop], displacementSquared: [0, 1], pathLength: [0, 1] },
 * });
 * const study = (scale: number) => ({
 *   configuration: { architecture: "fully-connected", width: 64, n: 50, scale, tolerance: 0.01 },
 *   time: [0, 1],
 *   realizations: [0, 1].map((seed) => ({
 *     seed, own: columns(1 + 0.1 / scale), linear: columns(1), at: [], gap: {},
 *   })),
 * } as unknown as DriftStudy);
 * const { points, partings } = lazyParting([0.1, 1, 10].map(study), { time: 1 }, { by: [0.1] });
 * assert.deepEqual(points.map(({ ratios }) => ratios[0].toFixed(2)), ["2.00", "1.10", "1.01"]);
 * assert(Math.abs(partings[0].scales[0] - 1) < 1e-9);
 * ```
 */
export function lazyParting(
  studies: readonly DriftStudy[],
  mark: DriftMark,
  options: { readonly by?: readonly number[] } = {},
): LazyParting {
  checkList("studies", studies, checkDrift);
  checkMark("mark", mark);
  const { by = [0.05, 0.1, 0.2] } = checkOptions("options", options, {
    by: maybe((name: string, value: readonly number[]) =>
      Array.from(
        checkNumbers(name, value),
        (share, i) => checkNumber(`${name}[${i}]`, share, { above: 0, most: 10 }),
      )
    ),
  });
  const { network, sorted, seeds } = oneNetworkSweep(studies);
  if (sorted.length < 3 || seeds.length < 2) {
    throw new RangeError(
      `studies has ${sorted.length} scales, of ${seeds.length} seeds that all have; a sweep needs ` +
        "three scales and two seeds",
    );
  }
  const ratios = sorted.map((study) => {
    const [own, linear] = (["own", "linear"] as const).map((flow) => driftAt(study, flow, mark));
    return seeds.map((seed) => {
      const i = study.realizations.findIndex((one) => one.seed === seed);
      const [a, b] = [own[i], linear[i]];
      return a && b ? a.inefficiency / b.inefficiency : undefined;
    });
  });
  const scales = sorted.map(({ configuration: { scale } }) => scale);
  return {
    ...{ network, mark: markName(mark), of: seeds.length },
    tolerance: Math.max(...sorted.map(({ configuration }) => configuration.tolerance)),
    points: scales.map((scale, i) => ({ scale, ratios: ratios[i].filter((r) => r !== undefined) })),
    partings: by.map((share) => ({
      by: share,
      scales: seeds.flatMap((_, s) => {
        const known = scales.flatMap((scale, i) => {
          const ratio = ratios[i][s];
          return ratio === undefined ? [] : [{ scale, size: Math.abs(Math.log(ratio)) }];
        });
        return partedAt(known, Math.log1p(share)) ?? [];
      }),
    })),
  };
}

/** The largest scale at which a size comes up to a threshold, from above; none if it does not. */
function partedAt(
  known: readonly { readonly scale: number; readonly size: number }[],
  threshold: number,
): number | undefined {
  const i = known.findLastIndex(({ size }) => size >= threshold);
  if (i < 0 || i === known.length - 1) return undefined;
  const [below, above] = [known[i], known[i + 1]];
  // Gaps fall as powers of a; one that is 0 is as good as the smallest number.
  const [b, t, a] = [below.size, threshold, above.size].map((size) => Math.log(size || 1e-12));
  const share = (b - t) / (b - a);
  return below.scale * (above.scale / below.scale) ** share;
}
