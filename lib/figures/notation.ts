/**
 * The tables of the notation page.
 *
 * @module
 */
import { checkOneOf } from "../numerics/mod.ts";
import type { TableRows } from "./tables/table_text.ts";
import { LAWS } from "./symbols/laws.ts";
import { OWN_LETTERS } from "./symbols/letters.ts";
import { NETWORKS } from "./symbols/networks.ts";
import { PATHS } from "./symbols/paths.ts";
import type { Quantity } from "./symbols/quantity.ts";

const GROUPS = { laws: LAWS, paths: PATHS, networks: NETWORKS } as const;

/** What the notation page has a table of. */
export type NotationGroup = keyof typeof GROUPS;

/**
 * The symbols of a group, a row each: formula, meaning and what of the library makes it, unit, how
 * the paper writes it, where it is defined.
 *
 * @throws {RangeError} if there is no such group
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { notationRows } from "./notation.ts";
 * const row = notationRows("laws").find(({ symbol }) => symbol === "$T_{SL}$")!;
 * assert.equal(row["defined in"], "01_speed_limits");
 * assert.match(String(row.meaning), /is faster \(`speedLimit`\)$/);
 * ```
 */
export function notationRows(group: NotationGroup): TableRows {
  checkOneOf("group", group, Object.keys(GROUPS) as NotationGroup[]);
  const quantities: readonly Quantity[] = Object.values(GROUPS[group]);
  return quantities.map(({ formula, meaning, unit, notebook, code, paper }) => ({
    symbol: `$${formula}$`,
    meaning: code ? `${meaning} (\`${code}\`)` : meaning,
    unit,
    "in the paper": paper ?? "–",
    "defined in": notebook,
  }));
}

/**
 * The letters that single notebooks take for things of their own, a row each.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { ownLetterRows } from "./notation.ts";
 * assert(ownLetterRows().some(({ letter, only }) => letter === "$k$" && only === "01_speed_limits"));
 * ```
 */
export function ownLetterRows(): TableRows {
  return OWN_LETTERS.map(({ notebook, formula, meaning }) => ({
    letter: `$${formula}$`,
    only: notebook,
    meaning,
  }));
}
