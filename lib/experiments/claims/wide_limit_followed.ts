/**
 * How far finite networks follow their infinitely wide limit.
 *
 * @module
 */
import { checkList } from "../../numerics/checks.ts";
import type { BesideWideLimit } from "../readings/beside_wide_limit.ts";
import { checkBesideWide } from "../checks.ts";
import { markText } from "../readings/mark.ts";
import { networkAndSize } from "../studies/network_text.ts";
import { type SeedMean, seedMeanText } from "../studies/seed_mean.ts";
import type { Claim } from "./claim.ts";
import { type Case, judgedWithin, type Judgement, verdictOver } from "./judged.ts";
import { atLeastOne } from "./paths.ts";

/** As much apart as this they still follow each other. */
const NEAR = 1.5;

/**
 * Finite networks follow the infinitely wide limit, in T/T_SL and in what is left of the loss: it holds
 * at a time where both intervals lie within a factor of 1.5 of the limit's values, and fails where one
 * lies wholly out.
 *
 * @throws {RangeError} if nothing is compared
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import {
 *   besideWideLimit, type KernelStudy, type SpeedLimitStudy, storedResult, wideLimit,
 * } from "../mod.ts";
 * import { followsWideLimit } from "./wide_limit_followed.ts";
 * const study = await storedResult<SpeedLimitStudy>("speed_limit/fully_connected_256_n500_tau20");
 * const kernel = await storedResult<KernelStudy>("kernels/fully_connected_infinite_n500_seed0");
 * const at = (time: number) =>
 *   besideWideLimit([study!.result], [wideLimit(kernel!.result)], [time]);
 * assert.equal(followsWideLimit(at(0.2)).verdict, "confirmed");
 * assert.equal(followsWideLimit(at(2)).verdict, "not confirmed"); // it learns more slowly
 * ```
 */
export function followsWideLimit(list: readonly BesideWideLimit[]): Claim {
  checkList("list", list, checkBesideWide);
  const cases = atLeastOne(list, "network beside its limit").map(({ finite, wide }): Case => {
    const { study, mark, inefficiency, lossLeft } = finite;
    const of = study.realizations.length;
    const left = `${percent(lossLeft!.mean)} of ½‖Y‖² left, the limit ${percent(wide.lossLeft)}`;
    const both = [
      isNear(inefficiency!, wide.inefficiency),
      isNear(lossLeft!, wide.lossLeft),
    ];
    return {
      where: `${networkAndSize(study)}, ${markText(mark)}`,
      judgement: worst(both),
      value: `${seedMeanText(inefficiency, { of })}, the limit ${
        wide.inefficiency.toFixed(1)
      } (${left})`,
    };
  });
  return {
    claim:
      `Finite networks follow the infinitely wide limit, in T/T_SL and loss left (within ×${NEAR})`,
    mark: "derived",
    ...verdictOver(cases),
  };
}

const percent = (share: number) => `${Number((100 * share).toPrecision(2))} %`;

function isNear({ interval }: SeedMean, limit: number): Judgement {
  const share = interval && [interval[0] / limit, interval[1] / limit] as const;
  return judgedWithin({ interval: share }, [1 / NEAR, NEAR]);
}

const worst = (judgements: readonly Judgement[]): Judgement =>
  (["fails", "undecided"] as const).find((one) => judgements.includes(one)) ?? "holds";
