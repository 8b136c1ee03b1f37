/**
 * Derivations as formulas.
 *
 * @module
 */
import {
  checkEntries,
  checkInteger,
  checkList,
  checkNumber,
  checkNumbers,
  checkRecord,
  checkText,
  maybe,
  must,
} from "../numerics/checks.ts";
import { DEFAULT_RANGE, type Derivation } from "../figures/derivations/derivation.ts";
import type { MimeBundle } from "./kernel.ts";
import { markdown } from "./show.ts";
import type { DerivationStep } from "../figures/derivations/symbolic.ts";

const checkStep = <T>(name: string, step: T): T =>
  checkRecord(name, step, {
    ...{ left: checkText, right: checkText, relation: maybe(checkText), words: maybe(checkText) },
  }, "a line of a derivation");

/**
 * Shows the lines of a derivation, aligned at their equals signs; and how well they held, where they
 * were checked.
 *
 * @param lines as `derivation` checks them, or TeX of one's own
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { showDerivation } from "./show_derivation.ts";
 * const bundle = await showDerivation([{ left: "a", right: "b" }]);
 * assert.match(String(bundle?.["text/markdown"]), /a &= b/);
 * ```
 */
export async function showDerivation(
  lines: readonly DerivationStep[] | Derivation,
): Promise<MimeBundle | undefined> {
  if (Array.isArray(lines)) checkList("lines", lines, checkStep);
  else {
    checkRecord("lines", lines, {
      ...{ steps: must(checkList, checkStep), points: checkInteger, worst: checkNumber },
      ranges: must(checkEntries, must(checkNumbers, { length: 2 })),
    }, "a derivation, or its steps");
  }
  const steps = "steps" in lines ? lines.steps : lines;
  const texts = steps.map(({ left, right, relation = "=", words }) =>
    `${left} &${relation} ${right}${words ? ` && \\text{${words}}` : ""}`
  );
  const formula = `$$\\begin{aligned}\n${texts.join(" \\\\[4pt]\n")}\n\\end{aligned}$$`;
  if (!("steps" in lines)) return await markdown(formula);
  const { points, ranges, worst } = lines;
  const where = Object.entries(ranges).map(([name, [low, high]]) => `${low} < ${name} < ${high}, `);
  const [low, high] = DEFAULT_RANGE;
  const others = `${where.length > 0 ? "others" : "all"} between ${low} and ${high}`;
  return await markdown(
    `${formula}\n\n_Each line with =, ≤ or ≥ holds at ${points} random points ` +
      `(${where.join("")}${others}); the sides of the equations are at most ` +
      `${worst === 0 ? 0 : worst.toExponential(0)} apart, relatively. Lines with := define._`,
  );
}
