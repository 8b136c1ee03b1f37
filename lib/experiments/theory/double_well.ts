/**
 * A law that relaxes in a double well, and the drive that does the same at least cost.
 *
 * @module
 */
import { type FokkerPlanck, fokkerPlanck, lineProtocol } from "../../dynamics/mod.ts";
import {
  checkInteger,
  checkList,
  checkNumbers,
  checkOptions,
  checkPositive,
  checkRecord,
  maybe,
  must,
} from "../../numerics/checks.ts";
import { sum } from "../../numerics/mod.ts";

/** Options of {@link doubleWellRelaxation}. */
export interface DoubleWellOptions {
  /** The height of U = barrier (x² − 1)² between the wells. */
  readonly barrier: number;
  /** Of the initial Gaussian law about the left minimum, x = −1. */
  readonly variance: number;
  readonly beta: number;
  /** Increasing times > 0 at which the density is kept. */
  readonly times: readonly number[];
  readonly cells?: number;
  readonly substeps?: number;
  /** The walls are where they must be at this β: the same ones for laws that are to be compared. */
  readonly wallBeta?: number;
}

/**
 * The density in U = barrier (x² − 1)² from a narrow law in the left well, by Fokker and Planck's
 * equation; walls where Boltzmann's law has fallen by e⁻³⁰.
 *
 * @throws {RangeError} if an option is out of range
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { doubleWellRelaxation } from "./double_well.ts";
 *
 * const { inefficiency } = doubleWellRelaxation({
 *   ...{ barrier: 2, variance: 0.1, beta: 1, times: [0.1, 2], cells: 100 },
 * });
 * assert(inefficiency[2] > inefficiency[1] && inefficiency[1] > 1); // it waits for the barrier
 * ```
 */
export function doubleWellRelaxation(options: DoubleWellOptions): FokkerPlanck {
  const { barrier, variance, beta, times, cells, substeps, wallBeta = beta } = checkOptions(
    "options",
    options,
    {
      ...{ barrier: checkPositive, variance: checkPositive, beta: checkPositive },
      times: checkNumbers,
      ...{ cells: maybe(checkInteger), substeps: maybe(checkInteger) },
      wallBeta: maybe(checkPositive),
    },
  );
  const steepest = Math.sqrt(1 + Math.sqrt(30 / (wallBeta * barrier)));
  const half = Math.max(3, 1 + 6 * Math.sqrt(variance), steepest);
  return fokkerPlanck({
    potential: (x) => barrier * (x * x - 1) ** 2,
    density: (x) => Math.exp(-((x + 1) ** 2) / (2 * variance)),
    ...{ beta, from: -half, to: half, cells, times, substeps },
  });
}

/** A flow under the optimal drive, and how well it came to where it was to go. */
export interface DrivenFlow extends FokkerPlanck {
  /** ∫ |p_T − goal| dx: probability that is elsewhere, twice counted. */
  readonly missed: number;
}

/**
 * The optimal drive from a flow's first density to its last, in the same time, on the same grid:
 * the potential U_t whose law is the displacement interpolation, as Fokker and Planck's equation has
 * it move.
 *
 * @param shares of the duration at which the density is kept, the last of them 1
 * @throws {RangeError} if the last share is not 1, or as `fokkerPlanck` does
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { doubleWellRelaxation, drivenAlike } from "./double_well.ts";
 *
 * const options = { barrier: 2, variance: 0.1, beta: 1, cells: 100, times: [2] };
 * const driven = drivenAlike(doubleWellRelaxation(options), { beta: 1, shares: [0.01, 0.1, 1] });
 * assert(driven.inefficiency[3] < 1.02 && driven.missed < 0.01);
 * ```
 */
export function drivenAlike(
  natural: FokkerPlanck,
  options: {
    readonly beta: number;
    readonly shares?: readonly number[];
    readonly substeps?: number;
  },
): DrivenFlow {
  checkRecord("natural", natural, {
    ...{ edges: checkNumbers, time: checkNumbers },
    density: must(checkList, checkNumbers, 1),
  }, "a flow that fokkerPlanck gave");
  const { beta, shares = [0.25, 0.5, 0.75, 1], substeps = 400 } = checkOptions("options", options, {
    beta: checkPositive,
    ...{ shares: maybe(checkNumbers), substeps: maybe(checkInteger) },
  });
  if (shares[shares.length - 1] !== 1) {
    throw new RangeError(`shares end at ${shares[shares.length - 1]}; the last share must be 1`);
  }
  const { edges, density, time } = natural;
  const duration = time[time.length - 1];
  const [start, goal] = [density[0], density[density.length - 1]];
  const driven = fokkerPlanck({
    potential: lineProtocol({
      from: { edges, density: start },
      to: { edges, density: goal },
      ...{ beta, duration },
    }),
    density: start,
    ...{ beta, substeps, from: edges[0], to: edges[edges.length - 1], cells: goal.length },
    times: shares.map((share) => share * duration),
  });
  const arrived = driven.density[shares.length];
  const missed = sum(arrived.map((p, i) => Math.abs(p - goal[i]) * (edges[i + 1] - edges[i])));
  return { ...driven, missed };
}
