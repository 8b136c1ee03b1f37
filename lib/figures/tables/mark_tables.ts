/**
 * Tables of what studies say at marks: ratios, growth with n, the initial scale, agreement.
 *
 * @module
 */
import {
  type Agreement,
  type AtMark,
  atSameLambdaTau,
  factorText,
  markText,
  networkAndSize,
  type ScalePair,
  seedMeanText,
  type SizeGrowth,
} from "../../experiments/mod.ts";
import {
  checkAtMark,
  checkScalePair,
  checkSizeGrowths,
  checkValue,
} from "../../experiments/checks.ts";
import {
  checkLength,
  checkList,
  checkRecord,
  checkText,
  checkThat,
} from "../../numerics/checks.ts";
import { withInterval } from "../../statistics/mod.ts";
import { percent } from "../number_text.ts";
import type { TableRows } from "./table_text.ts";

const two = { digits: 2 };

/** What a row has to say where the mark is not reached, which it says once. */
const NONE = "–";

/**
 * T/T_SL, lengths and test accuracy at marks, a row a mark.
 *
 * @param warm the same from the warm start, entry by entry
 * @throws {RangeError} if `warm` is of another length
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { atMark, type SpeedLimitStudy, storedResult } from "../../experiments/mod.ts";
 * import { markRows } from "./mark_tables.ts";
 * const stored = await storedResult<SpeedLimitStudy>("speed_limit/myrtle_5_32_n500");
 * const [row] = markRows([atMark(stored!.result, { time: 0.2 })]);
 * assert.match(String(row["T/T_SL cold"]), /^28\.7 /);
 * ```
 */
export function markRows(cold: readonly AtMark[], warm: readonly AtMark[] = []): TableRows {
  checkList("cold", cold, checkAtMark);
  checkList("warm", warm, checkAtMark);
  if (warm.length > 0) checkLength("warm", warm, cold.length);
  return cold.map(({ study, mark, time, inefficiency, tortuosity, lossLeft, testAccuracy }, i) => {
    const of = study.realizations.length;
    return {
      "network": networkAndSize(study),
      "mark": markText(mark),
      "τ": time?.mean.toPrecision(3) ?? "not reached",
      "nτ": time ? Number((study.configuration.n * time.mean).toPrecision(3)) : NONE,
      "T/T_SL cold": inefficiency ? seedMeanText(inefficiency, { of }) : NONE,
      ...(warm.length > 0
        ? {
          "T/T_SL warm": time ? seedMeanText(warm[i].inefficiency, { ...two, of }) : NONE,
        }
        : {}),
      "l_γ/l_geo cold": tortuosity ? seedMeanText(tortuosity, { ...two, of }) : NONE,
      "L, of ½‖Y‖²": lossLeft ? percent(lossLeft.mean, 3) : NONE,
      "test accuracy": testAccuracy ? percent(testAccuracy.mean, 3) : NONE,
    };
  });
}

/**
 * The growth of T/T_SL with n, a row a network and mark: factors seed by seed, and the exponent.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { growthRows } from "./mark_tables.ts";
 * const factor = { middle: 2.2, low: 2.1, high: 2.3, seeds: 6 };
 * const [row] = growthRows([{
 *   ...{ architecture: "myrtle-5", width: 32, network: "32 channels", mark: { time: 0.2 } },
 *   ...{ start: "cold", factors: [{ n: 1000, from: 500, factor }], notReached: [5000] },
 *   sizes: [{ n: 500, mostLeft: 0.4 }, { n: 1000, mostLeft: 0.5 }],
 * }]);
 * assert.equal(row["by a factor of"], "500 → 1000: 2.20 [2.10, 2.30]");
 * ```
 */
export function growthRows(growths: readonly SizeGrowth[]): TableRows {
  checkSizeGrowths("growths", growths);
  return growths.map(({ network, mark, start, factors, exponent, notReached }) => ({
    network,
    "T/T_SL": start,
    "at the same": markText(mark),
    "by a factor of": factors.length > 0
      ? factors.map(({ n, from, factor }) => `${from} → ${n}: ${factorText(factor)}`).join("; ")
      : "not reached by two n",
    "as n to the power": exponent ? withInterval(exponent, two) : "–",
    "seeds": factors.map(({ factor }) => factor.seeds).join(", ") || "–",
    "not reached by two seeds at n": notReached.join(", ") || "–",
  }));
}

/**
 * What the initial scale does at the same λτ, seed by seed.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResult } from "../../experiments/mod.ts";
 * import { scaleRows } from "./mark_tables.ts";
 * const stored = await storedResult<SpeedLimitStudy>("speed_limit/myrtle_5_16_n500");
 * const same = { large: stored!.result, small: stored!.result, layers: 5, time: 0.2 };
 * assert.match(String(scaleRows([same])[0]["factor in T/T_SL"]), /^1\.00 /);
 * ```
 */
export function scaleRows(pairs: readonly ScalePair[]): TableRows {
  checkList("pairs", pairs, checkScalePair);
  return pairs.map((pair) => {
    const { large, small, factor } = atSameLambdaTau(pair);
    const ratio = (one: AtMark) =>
      seedMeanText(one.inefficiency, { of: one.study.realizations.length });
    const where = ({ study: { configuration }, mark }: AtMark) =>
      `${Number(configuration.weightStd.toPrecision(3))}, ${markText(mark)}`;
    return {
      "network": networkAndSize(large.study),
      "W_std and τ": where(large),
      "T/T_SL cold": ratio(large),
      "the same λτ": where(small),
      "T/T_SL cold there": ratio(small),
      "factor in T/T_SL": factor ? factorText(factor) : "not reached",
    };
  });
}

/**
 * How far two programs agree, a row a pair of studies.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { agreementRows } from "./mark_tables.ts";
 * const one = { largest: 0.004, seed: 3, time: 0.1, typical: 0.002, seeds: 6 };
 * assert.equal(agreementRows([["128 channels", one]])[0]["largest difference"], "0.40 %");
 * ```
 */
export function agreementRows(
  list: readonly (readonly [what: string, agreement: Agreement])[],
): TableRows {
  checkList("list", list, (name, pair: readonly [string, Agreement]) => {
    checkThat(name, pair, Array.isArray(pair) && pair.length === 2, "a name and an agreement");
    checkText(`${name}[0]`, pair[0]);
    checkRecord(`${name}[1]`, pair[1], {
      ...{ largest: checkValue, seed: checkValue, time: checkValue },
      ...{ typical: checkValue, seeds: checkValue },
    });
  });
  return list.map(([what, { largest, seed, time, typical, seeds }]) => ({
    "flows": what,
    "seeds": seeds,
    "largest difference": `${(100 * largest).toFixed(2)} %`,
    "at seed": seed,
    "and τ": Number(time.toPrecision(2)),
    "typical": `${(100 * typical).toFixed(2)} %`,
  }));
}
