/**
 * The phase diagram of the kernel regime: a number over the exponents δ and α, and its borders.
 *
 * @module
 */
import { checkInteger, checkList } from "../numerics/checks.ts";
import { type Figure, figure } from "./figure.ts";
import { heatMap } from "./heat_map.ts";
import { checkColumn, line } from "./marks.ts";

/** The middles of a diagram's cells, from the low end up. */
export interface PhaseGrid {
  readonly alphas: readonly number[];
  readonly deltas: readonly number[];
}

const ALPHA = [0.5, 2.5] as const;
const DELTA = [0, 3.5] as const;

/**
 * `cells` by `cells` pairs of exponents: α from 0.5 to 2.5, δ from 0 to 3.5.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { phaseGrid } from "./phase_diagram.ts";
 * assert.deepEqual(phaseGrid(2), { alphas: [1, 2], deltas: [0.875, 2.625] });
 * ```
 */
export function phaseGrid(cells: number): PhaseGrid {
  checkInteger("cells", cells);
  const middles = ([low, high]: readonly [number, number]) =>
    Array.from({ length: cells }, (_, i) => low + (high - low) * (i + 0.5) / cells);
  return { alphas: middles(ALPHA), deltas: middles(DELTA) };
}

/**
 * Exponents of T/T_SL over (δ, α), with the lines δ = 1 and δ = 1 + α on which its phases meet.
 *
 * @param exponents for each α of the grid, from the lowest up, a number for each δ
 * @throws {RangeError} if the exponents are no square
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { phaseDiagram } from "./phase_diagram.ts";
 * const { data } = phaseDiagram([[0, 1], [0, 0.5]]);
 * assert.deepEqual(data.slice(-2).map(({ name }) => name), ["δ = 1", "δ = 1 + α"]);
 * ```
 */
export function phaseDiagram(exponents: readonly (readonly number[])[]): Figure {
  checkList("exponents", exponents, checkColumn, 1);
  const cells = exponents.length;
  const ragged = exponents.find((row) => row.length !== cells);
  if (ragged) {
    throw new RangeError(
      `a row has ${ragged.length} numbers; there are ${cells} rows, so it must too`,
    );
  }
  const border = (of: (alpha: number) => number) => ALPHA.map(of);
  return figure([
    heatMap(exponents.toReversed(), { label: "exponent", range: [0, 1], x: DELTA, y: ALPHA }),
    line(border(() => 1), ALPHA, { color: "#d55e00", name: "δ = 1" }),
    line(border((alpha) => 1 + alpha), ALPHA, {
      ...{ color: "#d55e00", name: "δ = 1 + α", dash: "dash" },
    }),
  ], {
    x: { label: "δ", ticks: [0, 1, 2, 3] },
    y: { label: "α", ticks: [0.5, 1, 1.5, 2, 2.5] },
  });
}
