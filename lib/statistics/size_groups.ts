/**
 * Lines of least squares through means of groups, with intervals that know each group's own spread.
 *
 * @module
 */
import {
  checkInteger,
  checkList,
  checkNumbers,
  checkPositive,
  checkRecord,
  must,
} from "../numerics/checks.ts";
import { solvePositiveDefinite, studentQuantile } from "../numerics/mod.ts";
import { mean, variance } from "./descriptive.ts";

/** Independent values at one size: the width of a network, the number of samples. */
export interface SizeGroup {
  readonly size: number;
  readonly values: readonly number[];
}

/** A number that was estimated, with its interval. */
export interface SizeEstimate {
  readonly value: number;
  readonly interval: readonly [low: number, high: number];
}

/** What is known of a group's mean beforehand, besides the values. */
export interface KnownMean {
  readonly mean: number;
  readonly standardError: number;
}

/** Means of groups fitted by Σ_j c_j φ_j(size). */
export interface GroupedFit {
  /** Σ_j c_j u_j of the coefficients, for any u; `known`: plus so many times the known mean. */
  combination(u: readonly number[], known?: number): SizeEstimate;
}

/**
 * The groups by growing size, if each has a size of its own and two values at least.
 *
 * @param least so many groups there must be
 * @throws {RangeError} naming what is amiss
 */
export function checkSizeGroups(
  name: string,
  groups: readonly SizeGroup[],
  least: number,
): SizeGroup[] {
  checkList(
    name,
    groups,
    must(checkRecord, { size: checkPositive, values: checkNumbers }, "a size with its values"),
  );
  groups.forEach(({ values }, i) => {
    checkInteger(`the number of ${name}[${i}].values`, values.length, { least: 2 });
  });
  const sorted = groups.toSorted((a, b) => a.size - b.size);
  const twice = sorted.find(({ size }, i) => i > 0 && size === sorted[i - 1].size);
  if (twice) throw new RangeError(`${name} has the size ${twice.size} twice; join their values`);
  if (sorted.length < least) {
    throw new RangeError(
      `${name} has ${sorted.length} size${sorted.length === 1 ? "" : "s"}, [${
        sorted.map(({ size }) => size)
      }]; this fit needs ${least} at least`,
    );
  }
  return sorted;
}

/**
 * The fit of least squares, all values of equal weight. An estimate is a fixed combination of the
 * groups' means, so that its variance is that of each mean, s²/k, and Welch's and Satterthwaite's
 * degrees of freedom give Student's interval: groups may differ in spread and number.
 *
 * @param known is taken from all values first; its error is part of every interval
 */
export function groupedFit(
  groups: readonly SizeGroup[],
  basis: (size: number) => readonly number[],
  { known, level = 0.95 }: { readonly known?: KnownMean; readonly level?: number } = {},
): GroupedFit {
  const rows = groups.map(({ size }) => basis(size));
  const counts = groups.map(({ values }) => values.length);
  const terms = rows[0].length;
  const normal = {
    rows: terms,
    cols: terms,
    data: Float64Array.from({ length: terms * terms }, (_, at) => {
      const [i, j] = [Math.floor(at / terms), at % terms];
      return rows.reduce((sum, row, g) => sum + counts[g] * row[i] * row[j], 0);
    }),
  };
  const means = groups.map(({ values }) => mean(values) - (known?.mean ?? 0));
  const squares = groups.map(({ values }) => variance(values) / values.length);
  return {
    combination: (u, times = known ? 0 : undefined) => {
      const solved = solvePositiveDefinite(normal, Float64Array.from(u));
      const weights = rows.map((row, g) =>
        counts[g] * row.reduce((sum, value, j) => sum + value * solved[j], 0)
      );
      const value = weights.reduce((sum, weight, g) => sum + weight * means[g], 0) +
        (times ?? 0) * (known?.mean ?? 0);
      // The known mean was taken from every group's.
      const fromKnown = (times ?? 0) - weights.reduce((sum, weight) => sum + weight, 0);
      const parts = weights.map((weight, g) => weight ** 2 * squares[g]);
      const own = parts.reduce((sum, part) => sum + part, 0);
      const below = parts.reduce((sum, part, g) => sum + part ** 2 / (counts[g] - 1), 0);
      const whole = own + (fromKnown * (known?.standardError ?? 0)) ** 2;
      if (!(whole > 0)) return { value, interval: [value, value] };
      // Fewer degrees are the wider interval.
      const degrees = below > 0 ? Math.max(1, Math.floor(Math.min(1e6, whole ** 2 / below))) : 1e6;
      const reach = Math.sqrt(whole) * studentQuantile((1 + level) / 2, degrees);
      return { value, interval: [value - reach, value + reach] };
    },
  };
}
