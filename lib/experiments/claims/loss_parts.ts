/**
 * Claims on what T/T_SL consists of at equal training loss.
 *
 * @module
 */
import { checkList, checkRecord, checkText, maybe, must } from "../../numerics/checks.ts";
import { geometricMean, withInterval } from "../../statistics/mod.ts";
import { checkColumn, checkValue } from "../checks.ts";
import type { InefficiencyParts } from "../readings/drift_readings.ts";
import type { LossParts, NetworkLossParts } from "../readings/loss_parts.ts";
import type { Claim } from "./claim.ts";
import { type Case, type Judgement, verdictOver } from "./judged.ts";
import { atLeastOne } from "./paths.ts";

const MEAN = must(checkRecord, { mean: checkValue, interval: checkColumn });
const PARTS = must(checkRecord, {
  ...{ seeds: checkColumn, own: checkColumn, linear: checkColumn },
  ...{ function: MEAN, motion: MEAN, difference: MEAN },
});

const checkNetworks = (name: string, list: readonly NetworkLossParts[]) =>
  checkList(
    name,
    list,
    must(checkRecord, {
      network: checkText,
      marks: must(
        checkList,
        must(checkRecord, {
          left: checkValue,
          found: maybe(checkRecord, { of: checkValue, parts: PARTS }),
        }),
        1,
      ),
    }),
  );

/** Each network at each mark; where a seed does not come there in all four flows nothing is judged. */
function casesOf(
  networks: readonly NetworkLossParts[],
  judge: (parts: InefficiencyParts) => Pick<Case, "judgement" | "value">,
): Case[] {
  const whole = (found?: LossParts) => found && found.parts.seeds.length === found.of;
  return atLeastOne(networks, "network").flatMap(({ network, marks }) =>
    marks.map(({ left, found }): Case => ({
      where: `${network}, ${Number((100 * left).toPrecision(3))} % of ½‖Y‖² left`,
      ...(whole(found)
        ? judge(found!.parts)
        : { judgement: "not reached", value: "not reached by all seeds" }),
    }))
  );
}

const factorText = ({ mean, interval }: InefficiencyParts["motion"]) =>
  `×${
    withInterval(
      { mean: Math.exp(mean), interval: [Math.exp(interval[0]), Math.exp(interval[1])] },
      { digits: 2 },
    )
  }`;

/**
 * At equal training loss too the cold inefficiency is owed to the initial function more than to the kernel's
 * motion: of a network and a share of ½‖Y‖² that is left it holds where f_0's part of ln T/T_SL exceeds the
 * size of the motion's with its whole paired interval, and fails where it falls short of it.
 *
 * @throws {RangeError} if there is no network
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { owedToUnlearningAtLoss } from "./loss_parts.ts";
 * const of = (mean: number) => ({ mean, interval: [mean - 0.1, mean + 0.1], standardError: 0.03, count: 2 } as const);
 * const parts = {
 *   ...{ time: 1, seeds: [0, 1], own: [4, 4], linear: [5, 5], ownWithout: [1, 1], linearWithout: [1, 1] },
 *   ...{ function: of(1), motion: of(0.2), difference: of(0.8), interaction: of(0) },
 * };
 * const times = { own: [1, 1], linear: [1, 1], ownWithout: [1, 1], linearWithout: [1, 1] };
 * const marks = [{ left: 0.5, found: { left: 0.5, of: 2, times, parts } }];
 * assert.equal(owedToUnlearningAtLoss([{ network: "FCN", marks }]).verdict, "confirmed");
 * ```
 */
export function owedToUnlearningAtLoss(networks: readonly NetworkLossParts[]): Claim {
  checkNetworks("networks", networks);
  const cases = casesOf(networks, (parts) => {
    const [low, high] = parts.difference.interval;
    return {
      judgement: low > 0 ? "holds" : high < 0 ? "fails" : "undecided",
      value: `the initial function makes it ${factorText(parts.function)}, the kernel's motion ${
        factorText(parts.motion)
      }`,
    };
  });
  return {
    claim: "At equal training loss too the cold inefficiency is owed to unlearning the initial " +
      "function more than to the kernel's motion",
    mark: "derived",
    ...verdictOver(cases),
  };
}

/**
 * From the cold start a network has at equal training loss a larger T/T_SL than its linearization: of a
 * network and a share of ½‖Y‖² that is left it holds where the interval of the geometric mean of their
 * quotient, f_0 kept, lies above 1, and fails where it lies below.
 *
 * @throws {RangeError} if there is no network
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { moreInefficientAtLoss } from "./loss_parts.ts";
 * const none = { mean: 0, interval: [0, 0], standardError: 0, count: 2 } as const;
 * const parts = {
 *   ...{ time: 1, seeds: [0, 1], own: [6, 6.1], linear: [5, 5], ownWithout: [1, 1], linearWithout: [1, 1] },
 *   ...{ function: none, motion: none, difference: none, interaction: none },
 * };
 * const times = { own: [1, 1], linear: [1, 1], ownWithout: [1, 1], linearWithout: [1, 1] };
 * const marks = [{ left: 0.5, found: { left: 0.5, of: 2, times, parts } }];
 * assert.equal(moreInefficientAtLoss([{ network: "FCN", marks }]).verdict, "confirmed");
 * ```
 */
export function moreInefficientAtLoss(networks: readonly NetworkLossParts[]): Claim {
  checkNetworks("networks", networks);
  const cases = casesOf(networks, ({ own, linear }) => {
    const ratio = geometricMean(own.map((value, s) => value / linear[s]));
    const [low, high] = ratio.interval;
    const judgement: Judgement = low > 1 ? "holds" : high < 1 ? "fails" : "undecided";
    return {
      judgement,
      value: `the network's T/T_SL is ×${withInterval(ratio, { digits: 2 })} its linearization's`,
    };
  });
  return {
    claim:
      "From the cold start a network has at equal training loss a larger T/T_SL than its linearization",
    mark: "derived",
    ...verdictOver(cases),
  };
}
