/**
 * The shape that bounds share: what was moved over what it cost.
 *
 * @module
 */
import { checkNumber } from "../numerics/checks.ts";

/**
 * moved/cost, the least that moving so far takes; 0 where nothing moved, whatever it cost.
 *
 * @param cost with its name and what it means that it is not positive
 * @throws {RangeError} if what moved is negative or no finite number, or the cost is not positive
 * though something moved
 */
export function least(
  [movedName, moved]: readonly [name: string, value: number],
  [costName, cost, why]: readonly [name: string, value: number, why: string],
): number {
  checkNumber(movedName, moved, { least: 0 });
  checkNumber(costName, cost);
  if (moved === 0) return 0;
  if (cost > 0) return moved / cost;
  throw new RangeError(
    `${costName} is ${cost} while ${movedName} is ${moved}; it must be positive: ${why}`,
  );
}
