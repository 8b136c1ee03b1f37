/**
 * The one list of symbols: the same symbol, colour and meaning for the same thing in every figure,
 * formula and table.
 *
 * @module
 */
import { COLORS } from "./look.ts";
import { LAWS, type LawsName } from "./symbols/laws.ts";
import { NETWORKS, type NetworksName } from "./symbols/networks.ts";
import { type DrawnName, PATHS, type PathsName } from "./symbols/paths.ts";
import type { DrawnQuantity, Quantity } from "./symbols/quantity.ts";

export type { DrawnQuantity, Quantity } from "./symbols/quantity.ts";

/** The quantities that have a symbol. */
export type QuantityName = LawsName | PathsName | NetworksName;

/**
 * All quantities: symbols for axes, legends and formulas, what each is, its unit, where it is defined,
 * how the paper writes it. A line with such a name is drawn in the quantity's colour, unless it is
 * given another.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { figure } from "./figure.ts";
 * import { line } from "./marks.ts";
 * import { QUANTITIES } from "./quantities.ts";
 * const { symbol, color, unit } = QUANTITIES.tortuosity;
 * const { data } = figure([line([1, 2], [1, 1.2], { name: symbol })]);
 * assert.equal((data[0].line as { color: string }).color, color);
 * assert.equal(unit, "1");
 * ```
 */
export const QUANTITIES: Readonly<
  Record<DrawnName, DrawnQuantity> & Record<Exclude<QuantityName, DrawnName>, Quantity>
> = { ...LAWS, ...PATHS, ...NETWORKS };

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
  ...Object.values(QUANTITIES).flatMap((one: Quantity | DrawnQuantity) =>
    "color" in one ? [[one.symbol, one.color] as const] : []
  ),
  ["tortuosity^{2}", QUANTITIES.tortuosity.color],
  ...Object.entries(SERIES),
]);

/** The colour that a line of this name has in every figure; `undefined` if it has none. */
export function colorOfName(name: unknown): string | undefined {
  return typeof name === "string" ? known.get(name) : undefined;
}
