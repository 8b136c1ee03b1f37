/**
 * Claims on lazy training: how fast a network becomes its linearization, which of the two is the more
 * efficient, and what the cold inefficiency is owed to.
 *
 * @module
 */
import { checkList, checkNumber, checkRecord, checkText, must } from "../../numerics/checks.ts";
import { meanAndError, withInterval } from "../../statistics/mod.ts";
import { checkColumn, checkValue } from "../checks.ts";
import type { InefficiencyParts } from "../readings/drift_readings.ts";
import type { LazyRate } from "../readings/lazy_rate.ts";
import type { Claim } from "./claim.ts";
import { type Case, judgedWithin, type Judgement, verdictOver } from "./judged.ts";
import { atLeastOne } from "./paths.ts";

/** So near to 1 an exponent must be, with its whole interval. */
const NEAR_ONE = 0.1;

const MEAN = must(checkRecord, { mean: checkValue, interval: checkColumn });
const PARTS = {
  ...{ time: checkNumber, own: checkColumn, linear: checkColumn },
  ...{ function: MEAN, motion: MEAN, difference: MEAN },
};

/** What a network's T/T_SL consists of at one time. */
export interface NetworkParts {
  readonly network: string;
  readonly parts: InefficiencyParts;
}

const checkParts = <T>(name: string, list: T): T =>
  checkList(
    name,
    list,
    must(checkRecord, { network: checkText, parts: must(checkRecord, PARTS) }),
  );

/** A factor e^x and its interval, of a mean of logarithms. */
const factorText = ({ mean, interval }: { mean: number; interval: readonly [number, number] }) =>
  `×${
    withInterval({
      mean: Math.exp(mean),
      interval: [Math.exp(interval[0]), Math.exp(interval[1])],
    }, { digits: 2 })
  }`;

/**
 * The gap between a network scaled by a and its linearization falls as 1/a in a window of a, which the
 * sentence names: of a gap it holds where the whole interval of the fitted exponent lies within 0.1 of 1,
 * and fails where it lies wholly beyond. A window that ends says nothing of a → ∞.
 *
 * @param networks whose sentence it is, as "A network with relus"
 * @throws {RangeError} if there is no rate
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lazyAtRateOne } from "./lazy_training.ts";
 * const rate = (mean: number, interval: readonly [number, number]) => ({
 *   ...{ network: "FCN gelu, width 64", of: "outputs", window: [1, 100], points: [] } as const,
 *   exponent: { mean, interval, standardError: 0.01, count: 6 },
 * });
 * assert.equal(lazyAtRateOne([rate(1.02, [0.98, 1.06])]).verdict, "confirmed");
 * assert.equal(lazyAtRateOne([rate(0.5, [0.4, 0.6])]).verdict, "not confirmed");
 * ```
 */
export function lazyAtRateOne(rates: readonly LazyRate[], networks = "A network"): Claim {
  checkText("networks", networks);
  checkList(
    "rates",
    rates,
    must(checkRecord, { network: checkText, of: checkText, window: checkColumn, exponent: MEAN }),
  );
  const cases = atLeastOne(rates, "rate").map(({ network, of, window, exponent }): Case => ({
    where: `${network}, ${of}, a = ${window.join("–")}`,
    judgement: judgedWithin(exponent, [1 - NEAR_ONE, 1 + NEAR_ONE]),
    value: `gap ∝ a^−p, p = ${withInterval(exponent, { digits: 2 })}`,
  }));
  const windows = new Set(rates.map(({ of, window }) => `a = ${window.join("–")} (${of})`));
  return {
    claim: `${networks}, scaled by a: for ${[...windows].join(" and ")} ` +
      "the gap to its linearization falls as 1/a",
    mark: "derived",
    ...verdictOver(cases),
  };
}

/**
 * From the cold start a network has at equal τ a smaller T/T_SL than its linearization: it holds where the
 * interval of the mean logarithm of their ratio lies below 0, fails where it lies above. This is no
 * statement on time: at equal τ the two have not learnt the same.
 *
 * @throws {RangeError} if there is no network
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { linearizationIsLessEfficient } from "./lazy_training.ts";
 * const none = { mean: 0, interval: [0, 0], standardError: 0, count: 3 } as const;
 * const parts = {
 *   ...{ time: 1, seeds: [0, 1, 2], own: [4, 5, 6], linear: [5, 6, 7.5] },
 *   ...{ ownWithout: [1], linearWithout: [1] },
 *   ...{ function: none, motion: none, difference: none, interaction: none },
 * };
 * assert.equal(linearizationIsLessEfficient([{ network: "FCN", parts }]).verdict, "confirmed");
 * ```
 */
export function linearizationIsLessEfficient(networks: readonly NetworkParts[]): Claim {
  checkParts("networks", networks);
  const cases = atLeastOne(networks, "network").map(({ network, parts }): Case => {
    const ratio = meanAndError(parts.own.map((own, i) => Math.log(own / parts.linear[i])));
    const [low, high] = ratio.interval;
    return {
      where: `${network}, τ = ${parts.time}`,
      judgement: high < 0 ? "holds" : low > 0 ? "fails" : "undecided",
      value: `the network's T/T_SL is ${factorText(ratio)} that of its linearization`,
    };
  });
  return {
    claim: "From the cold start a network has at equal τ a smaller T/T_SL than its linearization",
    mark: "derived",
    ...verdictOver(cases),
  };
}

const partsText = ({ parts }: NetworkParts) =>
  `the initial function makes it ${factorText(parts.function)}, the kernel's motion ${
    factorText(parts.motion)
  }`;

/**
 * The cold inefficiency is owed to the initial function, that has to be unlearnt, more than to the
 * kernel's motion: it holds where f_0's part of ln T/T_SL exceeds the size of the motion's with its whole
 * paired interval, fails where it falls short of it.
 *
 * @throws {RangeError} if there is no network
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { owedToUnlearning } from "./lazy_training.ts";
 * const of = (mean: number) => ({ mean, interval: [mean - 0.1, mean + 0.1], standardError: 0.03, count: 6 } as const);
 * const parts = {
 *   ...{ time: 1, seeds: [0], own: [4], linear: [5], ownWithout: [1], linearWithout: [1] },
 *   ...{ function: of(1), motion: of(-0.2), difference: of(0.8), interaction: of(0) },
 * };
 * assert.equal(owedToUnlearning([{ network: "FCN", parts }]).verdict, "confirmed");
 * ```
 */
export function owedToUnlearning(networks: readonly NetworkParts[]): Claim {
  checkParts("networks", networks);
  const cases = atLeastOne(networks, "network").map((one): Case => {
    const [low, high] = one.parts.difference.interval;
    return {
      where: `${one.network}, τ = ${one.parts.time}`,
      judgement: low > 0 ? "holds" : high < 0 ? "fails" : "undecided",
      value: partsText(one),
    };
  });
  return {
    claim:
      "The cold inefficiency is owed to unlearning the initial function more than to the kernel's motion",
    mark: "derived",
    ...verdictOver(cases),
  };
}

/**
 * The cold inefficiency is the kernel's alignment, at each time that is given: it holds where the kernel's
 * motion raises T/T_SL, and by more than the initial function does; fails where its part is not above 0, or
 * the initial function's is the larger; each with its whole interval.
 *
 * @throws {RangeError} if there is no network
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { owedToAlignment } from "./lazy_training.ts";
 * const of = (mean: number) => ({ mean, interval: [mean - 0.1, mean + 0.1], standardError: 0.03, count: 6 } as const);
 * const parts = {
 *   ...{ time: 1, seeds: [0], own: [4], linear: [5], ownWithout: [1], linearWithout: [1] },
 *   ...{ function: of(1), motion: of(-0.2), difference: of(0.8), interaction: of(0) },
 * };
 * assert.equal(owedToAlignment([{ network: "FCN", parts }]).verdict, "not confirmed");
 * ```
 */
export function owedToAlignment(networks: readonly NetworkParts[]): Claim {
  checkParts("networks", networks);
  const judgement = ({ motion, difference }: InefficiencyParts): Judgement =>
    motion.interval[0] > 0 && difference.interval[1] < 0
      ? "holds"
      : motion.interval[1] < 0 || difference.interval[0] > 0
      ? "fails"
      : "undecided";
  return {
    claim: "The first transient's inefficiency is the alignment of the kernel",
    mark: "derived",
    ...verdictOver(
      atLeastOne(networks, "network").map((one) => ({
        where: `${one.network}, τ = ${Number(one.parts.time.toPrecision(2))}`,
        judgement: judgement(one.parts),
        value: partsText(one),
      })),
    ),
  };
}
