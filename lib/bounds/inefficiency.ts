/**
 * The inefficiency of a measured gradient flow and its two factors.
 *
 * @module
 */
import { checkInteger, checkOptions, checkRecord, maybe } from "../numerics/checks.ts";
import { type PathEntry, pathEntryCheck } from "./recorded_columns.ts";

/** The columns of a path that {@link inefficiency} reads; a `Trajectory` has them. */
export interface PathColumns {
  /** t */
  readonly time: ArrayLike<number>;
  /** L(θ_t) */
  readonly loss: ArrayLike<number>;
  /** ‖θ_t − θ_0‖² */
  readonly displacementSquared: ArrayLike<number>;
  /** l_γ(t) */
  readonly pathLength: ArrayLike<number>;
  /** L(θ_0) − L(θ_t), where it was summed more accurately than by the difference. */
  readonly lossDrop?: ArrayLike<number>;
  /** ‖θ_t − θ_s‖² for further origins s. */
  readonly displacementSquaredFrom?: Readonly<Record<number, ArrayLike<number>>>;
}

/** T/T_SL along a path, and what it is made of; entry 0 is the origin. */
export interface InefficiencyColumns {
  /** T, counted from the origin. */
  readonly time: Float64Array;
  /** ΔL = L(origin) − L(T). */
  readonly lossDrop: Float64Array;
  /** l_geo² = ‖θ_T − θ_origin‖². */
  readonly displacementSquared: Float64Array;
  /** l_γ, counted from the origin. */
  readonly pathLength: Float64Array;
  /** T_SL = l_geo²/ΔL. */
  readonly speedLimit: Float64Array;
  /** T/T_SL ≥ 1 for a gradient flow. */
  readonly inefficiency: Float64Array;
  /** l_γ/l_geo ≥ 1. */
  readonly tortuosity: Float64Array;
  /** T ΔL/l_γ² ≥ 1; T/T_SL = speedSpread · tortuosity². */
  readonly speedSpread: Float64Array;
}

/**
 * T/T_SL of a gradient flow (Eq. 8: T_SL = ‖θ_T − θ_0‖²/(L(θ_0) − L(θ_T))) at every entry of a
 * path, with the exact factorization T/T_SL = speed spread × tortuosity².
 *
 * At the origin itself the ratios have the limit 1. A discrete path may fall below 1 by the size of
 * its first steps: the limit binds flows, not steps.
 *
 * @param from index of the entry to count from: 0 is the cold start; a warm start is a later entry
 * for which the path has a column of displacements.
 * @returns columns of length (entries − from)
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} if `from` is no index of an entry, or no displacements from there are known
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { inefficiency } from "./inefficiency.ts";
 * // θ' = −θ from θ = 1, L = θ²/2, at t = 1.
 * const e = Math.exp(-1);
 * const { inefficiency: ratio } = inefficiency({
 *   time: [0, 1],
 *   loss: [1 / 2, e * e / 2],
 *   displacementSquared: [0, (1 - e) ** 2],
 *   pathLength: [0, 1 - e],
 * });
 * assert(Math.abs(ratio[1] - (1 / 2) / Math.tanh(1 / 2)) < 1e-12);
 * ```
 */
export function inefficiency(
  path: PathColumns,
  options: { readonly from?: number } = {},
): InefficiencyColumns {
  const { from = 0 } = checkOptions("options", options, {
    from: maybe(checkInteger, { least: 0 }),
  });
  const entries = checkColumns(path);
  checkInteger("from", from, { least: 0, most: entries - 1 });
  const squares = displacementsFrom(path, from);
  const drops = path.lossDrop ?? Array.from(path.loss, (loss) => path.loss[0] - loss);
  const length = entries - from;
  const since = (column: ArrayLike<number>) =>
    Float64Array.from({ length }, (_, i) => column[from + i] - column[from]);

  const time = since(path.time);
  const lossDrop = since(drops);
  const pathLength = since(path.pathLength);
  const displacementSquared = Float64Array.from({ length }, (_, i) => squares[from + i]);
  // A ratio of two quantities that vanish at the origin, where its limit is 1.
  const ratio = (of: (i: number) => number) =>
    Float64Array.from({ length }, (_, i) => i === 0 ? 1 : of(i));
  return {
    time,
    lossDrop,
    displacementSquared,
    pathLength,
    speedLimit: Float64Array.from(
      { length },
      (_, i) => i === 0 ? 0 : displacementSquared[i] / lossDrop[i],
    ),
    inefficiency: ratio((i) => time[i] * lossDrop[i] / displacementSquared[i]),
    tortuosity: ratio((i) => pathLength[i] / Math.sqrt(displacementSquared[i])),
    speedSpread: ratio((i) => time[i] * lossDrop[i] / pathLength[i] ** 2),
  };
}

function displacementsFrom(path: PathColumns, from: number): ArrayLike<number> {
  if (from === 0) return path.displacementSquared;
  const squares = path.displacementSquaredFrom?.[from];
  if (squares) {
    checkSquares(squares, from, path.time.length);
    return squares;
  }
  const known = Object.keys(path.displacementSquaredFrom ?? {});
  throw new RangeError(
    `from is ${from}, and the path has no displacements from there; it has them from ${
      known.length > 0 ? `entries ${known.join(", ")}` : "entry 0 alone"
    }`,
  );
}

/** The columns that an entry has, one check for each. */
const CHECKED = ["time", "loss", "displacementSquared", "pathLength", "lossDrop"] as const;

/** The common length of the columns, whose entries are checked. */
function checkColumns(path: PathColumns): number {
  checkRecord("path", path, {}, "an object of columns");
  const columns = CHECKED.filter((name) => name !== "lossDrop" || path.lossDrop !== undefined);
  for (const name of columns) checkColumn(name, path[name]);
  const entries = path.time.length;
  if (!(entries > 0)) throw new RangeError("the path has no entries; it needs one at least");
  for (const name of columns) checkEntries(name, path[name]!, entries);
  const check = pathEntryCheck();
  for (let i = 0; i < entries; i++) {
    const entry: { -readonly [K in keyof PathEntry]: PathEntry[K] } = {};
    for (const name of columns) entry[name] = path[name]![i];
    check(entry, () => `entry ${i} of the path`);
  }
  return entries;
}

function checkColumn(name: string, column: ArrayLike<number> | undefined) {
  if (Array.isArray(column) || (ArrayBuffer.isView(column) && !(column instanceof DataView))) {
    return;
  }
  throw new TypeError(
    `${name} is ${
      typeof column === "string" ? JSON.stringify(column) : column
    }; it must be an array of numbers`,
  );
}

function checkEntries(name: string, column: ArrayLike<number>, entries: number) {
  if (column.length !== entries) {
    throw new RangeError(`${name} has ${column.length} entries; time has ${entries}`);
  }
}

/** Squared displacements from a later origin: there 0, and finite and not negative after it. */
function checkSquares(squares: ArrayLike<number>, from: number, entries: number) {
  const name = `displacementSquaredFrom[${from}]`;
  checkColumn(name, squares);
  checkEntries(name, squares, entries);
  for (let i = from; i < entries; i++) {
    const value = squares[i];
    if (Number.isFinite(value) && value >= 0 && (i > from || value === 0)) continue;
    throw new RangeError(
      `${name}[${i}] is ${value}; it must be ${
        i > from ? "a number from 0 up" : "0, at its origin"
      }`,
    );
  }
}
