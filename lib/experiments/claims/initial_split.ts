/**
 * Whether the split between the initial function and the labels foretells networks (notebook 13).
 *
 * @module
 */
import { checkList, checkOptions, checkRecord, checkText, maybe } from "../../numerics/checks.ts";
import { checkInitialWeights, checkValue, checkWide } from "../checks.ts";
import { ensembleLimit } from "../readings/ensemble_limit.ts";
import { sharesAt, withShare } from "../readings/initial_weights.ts";
import { ratioOfMeans } from "../readings/share_means.ts";
import { seedMean, seedMeanText } from "../studies/seed_mean.ts";
import { type WideLimit, wideLimit } from "../readings/wide_limit.ts";
import type { InitialWeightsStudy } from "../studies/initial_weights.ts";
import type { Claim } from "./claim.ts";
import { overTimes, startName } from "./initial_weights.ts";
import { type Case, judgedWithin, verdictOver } from "./judged.ts";
import { atLeastOne } from "./paths.ts";

/** A forecast of T/T_SL that is off by less than this factor has foretold it. */
const NEAR = 1.25;
/** The same of the infinitely wide network, whose f_0 is another. */
const WIDE = 1.5;
/** A rate that is off by less than this factor has been foretold. */
const RATE = 1.02;

/**
 * The split of the network's own linearization foretells T/T_SL for every share of f_0: measured over foretold
 * lies within a factor of 1.25, by the interval of the geometric mean over seeds. Over studies, times and
 * shares as `verdictOver` does.
 *
 * @throws {RangeError} if there is no study or no time
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type InitialWeightsStudy, storedResults } from "../mod.ts";
 * import { splitForetells } from "./initial_split.ts";
 * const [{ result }] = await storedResults<InitialWeightsStudy>("initial_weights");
 * assert.match(splitForetells([result], [0.01]).evidence, /c = 0/);
 * ```
 */
export function splitForetells(
  studies: readonly InitialWeightsStudy[],
  times: readonly number[],
): Claim {
  overTimes(studies, times, () => ({ judgement: "undecided", value: "" })); // checks alone
  const cases = studies.flatMap((study) =>
    Array.from(times).flatMap((time) => {
      const rows = sharesAt(study, time);
      return study.configuration.shares.map((share): Case => {
        const own = rows.filter((row) => row.share === share);
        const quotient = seedMean(own.map(({ measured, linearized }) => measured / linearized));
        return {
          where: `${startName(study)}, τ = ${time}, c = ${share}`,
          judgement: judgedWithin(quotient, [1 / NEAR, NEAR]),
          value: `measured over foretold ${seedMeanText(quotient, { digits: 2 })}`,
        };
      });
    })
  );
  return {
    claim:
      `The split of the linearized network foretells T/T_SL for every share c of f_0 (within ×${NEAR})`,
    mark: "derived",
    ...verdictOver(cases),
  };
}

/** A study and the infinitely wide network of the same images. */
export interface StudyAndWide {
  readonly study: InitialWeightsStudy;
  readonly wide: WideLimit;
}

/**
 * ι = (c² D_f ι_f + D_y ι_y)/(c² D_f + D_y) of the infinitely wide network foretells finite ones. It is a ratio of means
 * over f_0, so it is held against T ΣΔL/Σ‖Δθ‖² over seeds: within a factor of 1.5, by the jackknife interval. Over
 * studies, times and shares as `verdictOver` does.
 *
 * @throws {RangeError} if there is no pair or no time, or the two are of other numbers of images
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type InitialWeightsStudy, type KernelStudy, storedResult, storedResults, wideLimit } from "../mod.ts";
 * import { wideSplitForetells } from "./initial_split.ts";
 * const studies = await storedResults<InitialWeightsStudy>("initial_weights");
 * const study = studies.map(({ result }) => result).find(({ configuration: c }) => c.n === 64)!;
 * const kernel = await storedResult<KernelStudy>("kernels/myrtle_5_infinite_n64_seed0");
 * const pair = { study, wide: wideLimit(kernel!.result) };
 * assert.match(wideSplitForetells([pair], [1]).evidence, /foretold/);
 * ```
 */
export function wideSplitForetells(
  pairs: readonly StudyAndWide[],
  times: readonly number[],
): Claim {
  checkList(
    "pairs",
    pairs,
    (name, pair: StudyAndWide) =>
      checkRecord(name, pair, { study: checkInitialWeights, wide: checkWide }),
  );
  overTimes(atLeastOne(pairs, "pair").map(({ study }) => study), times, () => ({
    ...{ judgement: "undecided", value: "" },
  }));
  const cases = pairs.flatMap(({ study, wide }) => {
    const { n, shares } = study.configuration;
    if (wide.study.configuration.n !== n) {
      throw new RangeError(
        `the infinitely wide network is of ${wide.study.configuration.n} images; the study of ${n}`,
      );
    }
    return shares.flatMap((share) => {
      const flow = wideLimit(withShare(wide.study, share));
      return Array.from(times, (time): Case => {
        const mean = ratioOfMeans(study, { share, time });
        const foretold = flow.at(time).inefficiency;
        return {
          where: `${startName(study)}, τ = ${time}, c = ${share}`,
          judgement: judgedWithin(mean, [foretold / WIDE, foretold * WIDE]),
          value: `foretold ${foretold.toFixed(1)}, measured ${seedMeanText(mean)}`,
        };
      });
    });
  });
  return {
    claim:
      `The split of the infinitely wide network foretells finite ones' T ΣΔL/Σ‖Δθ‖² (within ×${WIDE})`,
    mark: "derived",
    ...verdictOver(cases),
  };
}

/**
 * The ensemble's T_SL is that of its networks: E‖Δθ‖²/E ΔL is within a factor of 1.25 of the geometric mean of the
 * single ones', by the quotient's jackknife interval over seeds. Over studies and times as `verdictOver` does.
 *
 * @throws {RangeError} if there is no study or no time
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type InitialWeightsStudy, storedResults } from "../mod.ts";
 * import { ensembleIsSingle } from "./initial_split.ts";
 * const [{ result }] = await storedResults<InitialWeightsStudy>("initial_weights");
 * assert.equal(ensembleIsSingle([result], [1]).mark, "derived");
 * ```
 */
export function ensembleIsSingle(
  studies: readonly InitialWeightsStudy[],
  times: readonly number[],
): Claim {
  return {
    claim: `An ensemble's limit E‖Δθ‖²/E ΔL is that of its single networks (within ×${NEAR})`,
    mark: "derived",
    ...verdictOver(overTimes(studies, times, (study, time) => {
      const limit = ensembleLimit(study, time);
      return {
        judgement: judgedWithin(limit, [1 / NEAR, NEAR]),
        value: limit
          ? `× ${
            seedMeanText({ mean: limit.quotient, interval: limit.interval, count: limit.seeds }, {
              digits: 2,
            })
          }`
          : "not reached",
      };
    })),
  };
}

/**
 * Small weights of a linear network leave the saddle at the rate that data and width foretell: the time by which training
 * is later for every factor e that the weights are smaller is 1/κ, within 2 %, by its interval over seeds. The
 * integrator's own error must be below that, and so must what a factor that is not small enough leaves.
 *
 * @param rows a seed's 1/κ as measured, and as data and width say
 * @param options `of` what networks, and at what mark: told in the evidence
 * @throws {RangeError} if there is no row
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { saddleForetold } from "./initial_split.ts";
 * const rows = [{ measured: 2.001, foretold: 2 }, { measured: 1.999, foretold: 2 }];
 * assert.equal(saddleForetold(rows).verdict, "confirmed");
 * ```
 */
export function saddleForetold(
  rows: readonly { readonly measured: number; readonly foretold: number }[],
  options: { readonly of?: string } = {},
): Claim {
  const { of } = checkOptions("options", options, { of: maybe(checkText) });
  checkList(
    "rows",
    rows,
    (name, row: { measured: number; foretold: number }) =>
      checkRecord(name, row, { measured: checkValue, foretold: checkValue }),
  );
  const mean = seedMean(
    atLeastOne(rows, "row").map(({ measured, foretold }) => measured / foretold),
  );
  return {
    claim:
      "From ever smaller weights a linear network is later by ln(1/ε)/κ, κ of data and width " +
      `(within ${Number((100 * (RATE - 1)).toPrecision(2))} %)`,
    mark: "derived",
    ...verdictOver([{
      where: `${of === undefined ? "" : `${of}, `}${rows.length} seeds`,
      judgement: judgedWithin(mean, [1 / RATE, RATE]),
      value: `measured over foretold ${seedMeanText(mean, { digits: 3 })}`,
    }]),
  };
}
