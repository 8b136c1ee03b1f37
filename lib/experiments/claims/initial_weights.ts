/**
 * What the networks of notebook 13 owe to where they start.
 *
 * @module
 */
import { checkList, checkNumber, checkNumbers } from "../../numerics/checks.ts";
import { checkInitialWeights } from "../checks.ts";
import { flowFrom, owedToStart, startPoint } from "../readings/initial_weights.ts";
import { owedOfMeans } from "../readings/share_means.ts";
import { networkName } from "../readings/kernel_exponents.ts";
import { smallerWeightsAt } from "../readings/smaller_weights.ts";
import { RATIO, type SeedMean, seedMean, seedMeanText } from "../studies/seed_mean.ts";
import type { InitialWeightsStudy } from "../studies/initial_weights.ts";
import type { Claim } from "./claim.ts";
import { type Case, judgedWithin, verdictOver } from "./judged.ts";
import { atLeastOne } from "./paths.ts";

/** A factor by which two ratios differ if one is owed to what the other lacks. */
const OWED = 1.5;
/** Two starts whose T/T_SL differ by less than this factor count as one. */
const ALIKE = 1.1;
/** What T/T_SL may fall by and still count as growing: the integrator's accuracy, twice. */
const ROUNDING = 1.02;
/** No end. */
const LARGE = 1e9;

/** A study's network and n in words. */
export const startName = (
  { configuration: { architecture, width, n } }: Pick<InitialWeightsStudy, "configuration">,
): string => `${networkName({ architecture, width })}, n = ${n}`;

/**
 * Most of the entropy production is owed to the initial function: of the mean ΔL over seeds more than a half
 * is not there without f_0, at each time by the jackknife interval of that share. Over studies and times as
 * `verdictOver` does. It tells ‖f_0‖²/‖Y‖², which all but decides it.
 *
 * @throws {RangeError} if there is no study or no time
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type InitialWeightsStudy, storedResults } from "../mod.ts";
 * import { dissipationOwed } from "./initial_weights.ts";
 * const [{ result }] = await storedResults<InitialWeightsStudy>("initial_weights");
 * assert.equal(dissipationOwed([result], [0.2]).mark, "derived");
 * ```
 */
export function dissipationOwed(
  studies: readonly InitialWeightsStudy[],
  times: readonly number[],
): Claim {
  return {
    claim:
      "At He's scale of the weights more than half of the entropy production β⁻¹R is owed to the initial function",
    mark: "derived",
    ...verdictOver(overTimes(studies, times, (study, time) => {
      const owed = owedOfMeans(study, time);
      return {
        judgement: judgedWithin(owed?.dissipated, [0.5, 1]),
        value: owed
          ? `${percentText(owed.dissipated)} where ‖f_0‖²/‖Y‖² = ${owed.size.toFixed(0)}`
          : "not reached",
      };
    })),
  };
}

/**
 * The inefficiency is owed to the initial function: T/T_SL with it is above 1.5 times that without it, at
 * each time by the interval of the geometric mean over seeds of their quotient. Over studies and times as
 * `verdictOver` does.
 *
 * @throws {RangeError} if there is no study or no time
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type InitialWeightsStudy, storedResults } from "../mod.ts";
 * import { inefficiencyOwed } from "./initial_weights.ts";
 * const [{ result }] = await storedResults<InitialWeightsStudy>("initial_weights");
 * assert.match(inefficiencyOwed([result], [1]).evidence, /without it/);
 * ```
 */
export function inefficiencyOwed(
  studies: readonly InitialWeightsStudy[],
  times: readonly number[],
): Claim {
  return {
    claim: `T/T_SL is owed to the initial function: without it less than 1/${OWED} of it is left`,
    mark: "derived",
    ...verdictOver(overTimes(studies, times, (study, time) => {
      const rows = owedToStart(study, time);
      const [whole, none] = [
        seedMean(rows.map(({ inefficiency }) => inefficiency), RATIO),
        seedMean(rows.map(({ without }) => without), RATIO),
      ];
      const quotient = seedMean(rows.map((row) => row.inefficiency / row.without));
      return {
        judgement: judgedWithin(quotient, [OWED, LARGE]),
        value: `${seedMeanText(whole)} with it, ${seedMeanText(none, { digits: 2 })} without it`,
      };
    })),
  };
}

/**
 * Two ways to outputs of zero are one: the antisymmetric network's T/T_SL is within a factor of 1.1 of that
 * of the network with f_0 subtracted, at each time by the interval of the geometric mean over seeds. Over
 * studies and times as `verdictOver` does.
 *
 * @throws {RangeError} if there is no study or no time
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type InitialWeightsStudy, storedResults } from "../mod.ts";
 * import { zeroOutputsAgree } from "./initial_weights.ts";
 * const [{ result }] = await storedResults<InitialWeightsStudy>("initial_weights");
 * assert.match(zeroOutputsAgree([result], [1]).claim, /antisymmetric/);
 * ```
 */
export function zeroOutputsAgree(
  studies: readonly InitialWeightsStudy[],
  times: readonly number[],
): Claim {
  return {
    claim:
      `An antisymmetric network's T/T_SL is that of the network with f_0 subtracted (within ×${ALIKE})`,
    mark: "derived",
    ...verdictOver(overTimes(studies, times, ({ realizations }, time) => {
      const quotients = realizations.flatMap((one) => {
        const [anti, none] = [flowFrom(one, "antisymmetric"), flowFrom(one, "function", 0)]
          .map((flow) => flow && startPoint(flow, { time }));
        return anti && none ? [anti.inefficiency / none.inefficiency] : [];
      });
      const mean = seedMean(quotients);
      return {
        judgement: judgedWithin(mean, [1 / ALIKE, ALIKE]),
        value: `× ${seedMeanText(mean, { digits: 3 })}`,
      };
    })),
  };
}

/**
 * The more of the initial function is kept, the larger T/T_SL. From each share to the next it changes by a factor,
 * whose geometric mean over seeds has an interval: the sentence holds where all intervals lie above 1 (less 2 %,
 * twice the integrator's accuracy), fails where one lies below, and is undecided else. Over studies and times
 * as `verdictOver` does.
 *
 * @throws {RangeError} if there is no study or no time
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type InitialWeightsStudy, storedResults } from "../mod.ts";
 * import { growsWithInitialFunction } from "./initial_weights.ts";
 * const [{ result }] = await storedResults<InitialWeightsStudy>("initial_weights");
 * assert.match(growsWithInitialFunction([result], [1]).evidence, /seeds/);
 * ```
 */
export function growsWithInitialFunction(
  studies: readonly InitialWeightsStudy[],
  times: readonly number[],
): Claim {
  return {
    claim: "T/T_SL grows with the share of the initial function that is kept, all else the same",
    mark: "derived",
    ...verdictOver(overTimes(studies, times, ({ realizations }, time) => {
      const paths = realizations.map(({ flows }) =>
        flows.filter(({ start }) => start === "function").flatMap((flow) =>
          startPoint(flow, { time })?.inefficiency ?? []
        )
      ).filter(({ length }) => length > 1);
      if (paths.length === 0) return { judgement: "not reached", value: "" };
      const grows = paths.filter((path) =>
        path.every((value, i) => i === 0 || value * ROUNDING > path[i - 1])
      );
      const steps = paths[0].slice(1).map((_, i) =>
        seedMean(paths.flatMap((path) => i + 1 < path.length ? [path[i + 1] / path[i]] : []))!
      );
      const judged = steps.map((step) => judgedWithin(step, [1 / ROUNDING, LARGE]));
      const least = steps.toSorted((a, b) => a.mean - b.mean)[0];
      return {
        judgement: judged.includes("fails")
          ? "fails"
          : judged.every((one) => one === "holds")
          ? "holds"
          : "undecided",
        value: `× ${
          seedMeanText(least, { digits: 2 })
        } at the least step, at every step in ${grows.length} of ${paths.length} seeds`,
      };
    })),
  };
}

/**
 * From smaller weights training is closer to its limit: where the same share of ½‖Y‖² is left, T/T_SL is below
 * 1/1.5 of that from the usual weights, by the interval of the geometric mean over seeds. Over studies and
 * factors of the weights as `verdictOver` does; where a flow did not come so far, it is not reached. It tells the
 * times too, since smaller weights have a smaller kernel and take longer.
 *
 * @param left the share of ½‖Y‖²
 * @throws {RangeError} if there is no study, or the share is not between 0 and 1
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type InitialWeightsStudy, storedResults } from "../mod.ts";
 * import { smallerWeightsCloser } from "./initial_weights.ts";
 * const [{ result }] = await storedResults<InitialWeightsStudy>("initial_weights");
 * assert.match(smallerWeightsCloser([result], 0.9).evidence, /weights ×/);
 * ```
 */
export function smallerWeightsCloser(
  studies: readonly InitialWeightsStudy[],
  left: number,
): Claim {
  checkList("studies", studies, checkInitialWeights);
  checkNumber("left", left, { above: 0, below: 1 });
  const cases = atLeastOne(studies, "study").flatMap((study): Case[] =>
    study.configuration.factors.map((factor) => {
      const rows = smallerWeightsAt(study, { factor, left });
      const mean = seedMean(rows.map(({ small, usual }) => small / usual));
      const [small, usual] = [
        seedMean(rows.map((row) => row.small), RATIO),
        seedMean(rows.map((row) => row.usual), RATIO),
      ];
      const [later, sooner] = (["smallTime", "usualTime"] as const).map((name) =>
        seedMeanText(seedMean(rows.map((row) => row[name])), { digits: 2 })
      );
      return {
        where: `${startName(study)}, weights × ${factor}`,
        judgement: judgedWithin(mean, [0, 1 / OWED]),
        value: `${seedMeanText(small, { digits: 2 })} against ${
          seedMeanText(usual)
        }, but at τ = ${later} against ${sooner}`,
      };
    })
  );
  return {
    claim: `From smaller weights T/T_SL is below 1/${OWED} of the usual, at ${
      Math.round(100 * left)
    } % of ½‖Y‖² left`,
    mark: "derived",
    ...verdictOver(cases),
  };
}

/**
 * The figure to remember: what of the entropy production is owed to f_0, at what size of it, and T/T_SL with and without it.
 *
 * @throws {RangeError} if the time is not positive, or no seed comes there
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type InitialWeightsStudy, storedResults } from "../mod.ts";
 * import { startHeadline } from "./initial_weights.ts";
 * const [{ result }] = await storedResults<InitialWeightsStudy>("initial_weights");
 * assert.match(startHeadline(result, 0.2), /of β⁻¹R is owed to the initial function/);
 * ```
 */
export function startHeadline(study: InitialWeightsStudy, time: number): string {
  const rows = atLeastOne(owedToStart(study, time), "seed that comes there");
  const owed = owedOfMeans(study, time);
  const [whole, none] = [
    seedMean(rows.map(({ inefficiency }) => inefficiency), RATIO),
    seedMean(rows.map(({ without }) => without), RATIO),
  ];
  const size = owed ? `, where ‖f_0‖²/‖Y‖² = ${owed.size.toFixed(0)}` : "";
  return `${
    percentText(owed?.dissipated)
  } of β⁻¹R is owed to the initial function${size}: T/T_SL = ${seedMeanText(whole)} with it, ${
    seedMeanText(none, { digits: 2 })
  } without it (${startName(study)}, τ = ${time}, ${rows.length} seeds)`;
}

/** A case for each study and time. */
export function overTimes(
  studies: readonly InitialWeightsStudy[],
  times: readonly number[],
  of: (study: InitialWeightsStudy, time: number) => Omit<Case, "where">,
): Case[] {
  checkList("studies", studies, checkInitialWeights);
  checkNumbers("times", times);
  atLeastOne(Array.from(times), "time");
  return atLeastOne(studies, "study").flatMap((study) =>
    Array.from(times, (time) => ({
      where: `${startName(study)}, τ = ${time}`,
      ...of(study, time),
    }))
  );
}

const percentText = (mean: SeedMean | undefined): string =>
  mean === undefined ? "not reached" : `${
    seedMeanText({
      ...mean,
      mean: 100 * mean.mean,
      ...(mean.interval && {
        interval: [100 * mean.interval[0], 100 * mean.interval[1]] as const,
      }),
    }, { digits: 1 })
  } %`;
