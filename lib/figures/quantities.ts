/**
 * The same symbol and colour for the same thing in every figure: what the axes and legends of the
 * series name, and the colours of lines that bear such a name.
 *
 * @module
 */
import { COLORS } from "./look.ts";

/** A quantity as figures write and colour it. */
export interface Quantity {
  /** As a label has it, with `_{…}` and `^{…}`. */
  readonly symbol: string;
  /** `#rrggbb`, of a line that shows it beside other quantities. */
  readonly color: string;
}

/** The quantities that have a symbol and a colour. */
export type QuantityName =
  | "inefficiency"
  | "speedSpread"
  | "tortuosity"
  | "pathLength"
  | "displacement"
  | "loss";

/**
 * The quantities of the paper: symbols for axes and legends. A line with such a name is drawn in the
 * quantity's colour, unless it is given another.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { figure } from "./figure.ts";
 * import { line } from "./marks.ts";
 * import { QUANTITIES } from "./quantities.ts";
 * const { symbol, color } = QUANTITIES.tortuosity;
 * const { data } = figure([line([1, 2], [1, 1.2], { name: symbol })]);
 * assert.equal((data[0].line as { color: string }).color, color);
 * ```
 */
export const QUANTITIES: Readonly<Record<QuantityName, Quantity>> = {
  /** T/T_SL (Eq. 8). */
  inefficiency: { symbol: "T/T_{SL}", color: COLORS[0] },
  /** T ΔL / l_γ²: what uneven speed costs. */
  speedSpread: { symbol: "speed spread", color: COLORS[1] },
  /** l_γ / l_geo: what detours cost, squared. */
  tortuosity: { symbol: "l_{γ}/l_{geo}", color: COLORS[2] },
  /** The length of the path. */
  pathLength: { symbol: "l_{γ}", color: COLORS[3] },
  /** The distance of its ends, ‖θ_T − θ_0‖. */
  displacement: { symbol: "l_{geo}", color: COLORS[4] },
  /** The loss. */
  loss: { symbol: "loss L", color: COLORS[5] },
};

/** Lines of the same quantity that come back from notebook to notebook, by their legend's text. */
const SERIES: Readonly<Record<string, string>> = {
  "cold": COLORS[0],
  "warm": COLORS[1],
  "sum over the mean kernel": COLORS[0],
  "power-law forecast": COLORS[1],
  "the network itself": COLORS[2],
  "at initialization": COLORS[0],
  "labels alone": COLORS[1],
};

const known = new Map<string, string>([
  ...Object.values(QUANTITIES).map(({ symbol, color }) => [symbol, color] as const),
  ["tortuosity^{2}", QUANTITIES.tortuosity.color],
  ...Object.entries(SERIES),
]);

/** The colour that a line of this name has in every figure; `undefined` if it has none. */
export function colorOfName(name: unknown): string | undefined {
  return typeof name === "string" ? known.get(name) : undefined;
}
