/**
 * A linearized flow whose start and labels are spread over the kernel's eigenvalues by power laws.
 *
 * @module
 */
import {
  checkList,
  checkNumber,
  checkNumbers,
  checkPositive,
  checkRecord,
  must,
} from "../../numerics/checks.ts";

/**
 * Where the squares of a function lie: over u = λ/λ₁ from `floor` to 1 with a density ∝ u^{−r−1}. Of λ_k = k^−α and
 * Δ_k² = k^−δ it is r = (1 − δ)/α.
 */
export interface PowerLawSpread {
  readonly r: number;
  readonly floor: number;
}

/** Of a function of squares 1 and λ₁ = 1, an entry for each time λ₁T. */
export interface SpreadFlow {
  /** ΔL = ½⟨1 − e^{−2uλ₁T}⟩, of ½ at most. */
  readonly lossDrop: Float64Array;
  /** ‖Δθ‖² = ⟨(1 − e^{−uλ₁T})²/u⟩ */
  readonly displacementSquared: Float64Array;
}

/** Points of the quadrature, even in ln u. */
const POINTS = 240;
/** The law, if it is one. */
const checkSpread = (name: string, law: PowerLawSpread) => {
  const { floor } = checkRecord(name, law, { r: checkNumber, floor: checkPositive });
  if (floor < 1) return law;
  throw new RangeError(`${name}.floor is ${floor}; it must be below 1`);
};

/**
 * The flow of one function, by the trapezoid rule in ln u.
 *
 * @param law how the function's squares are spread
 * @param lambdaTime λ₁T
 * @throws {RangeError} if the floor is not in (0, 1), or a time is not finite
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { spreadFlow } from "./power_law_spread.ts";
 * // At first all falls at one rate, and T/T_SL is 1.
 * const { lossDrop: [a], displacementSquared: [d] } = spreadFlow({ r: 0.5, floor: 1e-4 }, [1e-3]);
 * assert(Math.abs(1e-3 * a / d - 1) < 1e-3);
 * ```
 */
export function spreadFlow(law: PowerLawSpread, lambdaTime: ArrayLike<number>): SpreadFlow {
  const { r, floor } = checkSpread("law", law);
  const times = Float64Array.from(checkNumbers("lambdaTime", lambdaTime));
  const [lossDrop, displacementSquared] = [times.map(() => 0), times.map(() => 0)];
  let total = 0;
  for (let i = 0; i < POINTS; i++) {
    const u = floor ** (1 - i / (POINTS - 1));
    const weight = u ** -r * (i === 0 || i === POINTS - 1 ? 0.5 : 1);
    total += weight;
    times.forEach((time, at) => {
      lossDrop[at] -= weight * Math.expm1(-2 * u * time) / 2;
      displacementSquared[at] += weight * Math.expm1(-u * time) ** 2 / u;
    });
  }
  return {
    lossDrop: lossDrop.map((sum) => sum / total),
    displacementSquared: displacementSquared.map((sum) => sum / total),
  };
}

/**
 * T/T_SL from two numbers, ‖f_0‖²/‖Y‖² and λ₁T, where f_0 and the labels have power laws: the split
 * T(ΔL_f + ΔL_y)/(D_f + D_y).
 *
 * @throws {RangeError} if the size is negative, λ₁T is not positive, or a law is none
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { spreadInefficiency } from "./power_law_spread.ts";
 * const laws = { initial: { r: -0.5, floor: 1e-4 }, labels: { r: 0.5, floor: 1e-4 } };
 * const at = (size: number) => spreadInefficiency({ size, lambdaTime: 100 }, laws);
 * assert(at(20) > at(1) && at(1) > at(0) && at(0) > 1);
 * ```
 */
export function spreadInefficiency(
  at: { readonly size: number; readonly lambdaTime: number },
  laws: SpreadLaws,
): number {
  const { size, lambdaTime } = checkRecord("at", at, {
    size: must(checkNumber, { least: 0 }),
    lambdaTime: checkPositive,
  });
  const { initial, labels } = checkSpreadLaws("laws", laws);
  const [f, y] = [initial, labels].map((law) => spreadFlow(law, [lambdaTime]));
  return lambdaTime * (size * f.lossDrop[0] + y.lossDrop[0]) /
    (size * f.displacementSquared[0] + y.displacementSquared[0]);
}

/** The laws of f_0 and of the labels. */
export interface SpreadLaws {
  readonly initial: PowerLawSpread;
  readonly labels: PowerLawSpread;
}

/** Both laws, if they are. */
export const checkSpreadLaws = (name: string, laws: SpreadLaws): SpreadLaws =>
  checkRecord(name, laws, { initial: checkSpread, labels: checkSpread });

/** Where the formula's T/T_SL is largest before it falls. */
export interface SpreadPeak {
  /** λ₁T */
  readonly lambdaTime: number;
  readonly inefficiency: number;
  /** D_y/D_f */
  readonly labelsWeight: number;
}

/** λ₁T from 1 on at which a peak is sought: forty a decade, over eight. */
const SOUGHT = Array.from({ length: 321 }, (_, i) => 10 ** (i / 40));

/**
 * The first local maximum of `spreadInefficiency` over λ₁T from 1 to 1e8, to within a fortieth of a decade.
 *
 * @param size ‖f_0‖²/‖Y‖²
 * @returns none where it grows all the way: where the labels' floor ends the window before D_y has grown enough
 * @throws as `spreadInefficiency` does
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { spreadPeak } from "./power_law_spread.ts";
 * const laws = { initial: { r: -1.6, floor: 1e-9 }, labels: { r: 0.3, floor: 1e-9 } };
 * assert(Math.abs(spreadPeak(20, laws)!.labelsWeight * 0.3 - 1) < 0.15);
 * ```
 */
export function spreadPeak(size: number, laws: SpreadLaws): SpreadPeak | undefined {
  checkNumber("size", size, { least: 0 });
  const { initial, labels } = checkSpreadLaws("laws", laws);
  const [f, y] = [initial, labels].map((law) => spreadFlow(law, SOUGHT));
  const ratios = SOUGHT.map((x, i) =>
    x * (size * f.lossDrop[i] + y.lossDrop[i]) /
    (size * f.displacementSquared[i] + y.displacementSquared[i])
  );
  const at = ratios.findIndex((ratio, i) =>
    i > 0 && i < ratios.length - 1 && ratio > ratios[i - 1] && ratio > ratios[i + 1]
  );
  return at < 0 ? undefined : {
    lambdaTime: SOUGHT[at],
    inefficiency: ratios[at],
    labelsWeight: y.displacementSquared[at] / (size * f.displacementSquared[at]),
  };
}

/** Columns that a law is fitted to, of a function of squares 1 and λ₁ = 1. */
export interface SpreadColumns extends SpreadFlow {
  readonly lambdaTime: Float64Array;
}

const checkSpreadColumns = (name: string, columns: SpreadColumns) =>
  checkRecord(name, columns, {
    lambdaTime: checkNumbers,
    lossDrop: checkNumbers,
    displacementSquared: checkNumbers,
  });

/** ln of the least and the largest floor that a fit can find. */
const FLOORS = [-25, -1] as const;

/** Whether a fit ran against the least floor that it may find, which is then no reading of the flows. */
export const isLeastFloor = ({ floor }: PowerLawSpread): boolean =>
  floor <= Math.exp(FLOORS[0]) * (1 + 1e-9);

/** Mean square of the logarithms of a law's ΔL and ‖Δθ‖² over the columns', over both and all columns. */
export const spreadOff = (columns: readonly SpreadColumns[], law: PowerLawSpread): number =>
  columns.reduce((sum, { lambdaTime, lossDrop, displacementSquared }) => {
    const made = spreadFlow(law, lambdaTime);
    return sum + lambdaTime.reduce(
          (part, _, i) =>
            part + Math.log(made.lossDrop[i] / lossDrop[i]) ** 2 +
            Math.log(made.displacementSquared[i] / displacementSquared[i]) ** 2,
          0,
        ) / lambdaTime.length;
  }, 0) / (2 * columns.length);

/** Rounds of the search, each of half the range before. */
const ROUNDS = 8;

/**
 * The law whose ΔL and ‖Δθ‖² are nearest to some flows', by the mean square of the logarithms: a search of r from −2 to 2
 * and floors from e^−25 to e^−1, over a grid and then finer ones around its best.
 *
 * @throws {RangeError} if there are no columns
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fitSpread, spreadFlow } from "./power_law_spread.ts";
 * const lambdaTime = Float64Array.from({ length: 12 }, (_, i) => 2 ** i);
 * const { r } = fitSpread([{ lambdaTime, ...spreadFlow({ r: 0.4, floor: 1e-3 }, lambdaTime) }]);
 * assert(Math.abs(r - 0.4) < 0.02);
 * ```
 */
export function fitSpread(columns: readonly SpreadColumns[]): PowerLawSpread {
  checkList("columns", columns, checkSpreadColumns);
  if (columns.length === 0) throw new RangeError("columns is empty; it must hold one or more");
  const off = (r: number, logFloor: number) => spreadOff(columns, { r, floor: Math.exp(logFloor) });
  let best = { r: 0, logFloor: -8, off: Infinity };
  let [wide, deep] = [2, 12];
  let [middle, level] = [0, -13];
  for (let round = 0; round < ROUNDS; round++) {
    const side = round === 0 ? 4 : 2;
    for (let i = -side; i <= side; i++) {
      for (let j = -side; j <= side; j++) {
        const r = Math.min(2, Math.max(-2, middle + wide * i / side));
        const logFloor = Math.min(FLOORS[1], Math.max(FLOORS[0], level + deep * j / side));
        const found = off(r, logFloor);
        if (found < best.off) best = { r, logFloor, off: found };
      }
    }
    [middle, level] = [best.r, best.logFloor];
    [wide, deep] = [wide / 2, deep / 2];
  }
  return { r: best.r, floor: Math.exp(best.logFloor) };
}
