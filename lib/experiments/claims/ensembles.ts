/**
 * What notebook 12 says of ensembles of networks: W2² between bounds.
 *
 * @module
 */
import {
  checkList,
  checkNumbers,
  checkOptions,
  checkPositive,
  checkRecord,
  maybe,
} from "../../numerics/checks.ts";
import { withInterval } from "../../statistics/mod.ts";
import { checkInitialWeights } from "../checks.ts";
import { ensembleLimit } from "../readings/ensemble_limit.ts";
import { checkEnsembles, ensembleMeans, ensembleName } from "../readings/ensembles.ts";
import type { EnsemblesStudy } from "../studies/ensembles.ts";
import type { InitialWeightsStudy } from "../studies/initial_weights.ts";
import { type SeedMean, seedMeanText } from "../studies/seed_mean.ts";
import { checkGeometries, type EnsembleGeometry } from "../theory/ensemble_geometry.ts";
import type { ProductEnsemble } from "../theory/product_ensemble.ts";
import type { Claim } from "./claim.ts";
import { DIGITS, networksOf, overStudies, overTimes } from "./ensemble_cases.ts";
import { startName } from "./initial_weights.ts";
import { type Case, judgedWithin, type Judgement, verdictOver } from "./judged.ts";
import { atLeastOne } from "./paths.ts";

/** Bounds that differ by less count as equal: what is stored has six digits. */
const EQUAL = 1e-5;
/** A lower bound sees W2² nearly where it is above this share of E‖Δθ‖². */
const NEARLY = 0.8;
/** Pairs of the dual bound of an ensemble, as the study takes them. */
const DUAL_PAIRS = 32;
/** Two limits that differ by less than this factor count as alike. */
const ALIKE = 1.25;

/**
 * The bounds are in order in every ensemble as it is, at every time, and equal where J is one for all weights.
 * Over studies as `verdictOver` does: a study of a linear model holds if all are equal to five digits.
 *
 * @throws {RangeError} if there is no study
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type EnsemblesStudy, storedResults } from "../mod.ts";
 * import { boundsInOrder } from "./ensembles.ts";
 * const found = await storedResults<EnsemblesStudy>("ensembles");
 * assert.equal(boundsInOrder(found.map(({ result }) => result)).mark, "derived");
 * ```
 */
export function boundsInOrder(studies: readonly EnsemblesStudy[]): Claim {
  return {
    claim:
      "Gelbrich's bound is never above E‖Δθ‖², and both are W2² for one fixed J, a linear model",
    mark: "derived",
    ...verdictOver(overStudies(studies, (study) => {
      const shares = study.realizations.flatMap(({ flow }) => flow.empiricalShare);
      if (shares.length === 0) return { judgement: "not reached", value: "" };
      const [least, most] = [Math.min(...shares), Math.max(...shares)];
      const ordered = least >= 0 && most <= 1 + EQUAL;
      const equal = study.configuration.depth > 0 || least >= 1 - EQUAL;
      return {
        judgement: ordered && equal ? "holds" : "fails",
        value: least >= 1 - EQUAL
          ? `the two are equal in ${shares.length} of ${shares.length} cases`
          : `the first is ${least.toFixed(3)} to ${most.toFixed(3)} of the second`,
      };
    })),
  };
}

/**
 * Moments on a fixed projection see W2²: of networks Gelbrich's bound is at least half of E‖PΔθ‖², which it is never
 * above, by the interval over seeds of its share of E‖Δθ‖², freed of the bias, over the share that P leaves. Over
 * studies of networks and times as `verdictOver` does; where there is no geometry of a study it cannot be judged.
 *
 * @param geometries what the projection leaves of E‖Δθ‖², of each study
 * @throws {RangeError} if there is no study of networks, or no time
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type EnsemblesStudy, storedResults } from "../mod.ts";
 * import { projectionsSee } from "./ensembles.ts";
 * const found = (await storedResults<EnsemblesStudy>("ensembles")).map(({ result }) => result);
 * const times = [{ time: 1, projected: 0.7, apart: 1 }];
 * const geometry = { network: "2 × 4 tanh, n = 16", directions: 24, dimension: 68, times };
 * assert.match(projectionsSee(found, [1], [geometry]).evidence, /of the 0.70 that P leaves/);
 * ```
 */
export function projectionsSee(
  studies: readonly EnsemblesStudy[],
  times: readonly number[],
  geometries: readonly EnsembleGeometry[],
): Claim {
  checkGeometries("geometries", geometries);
  return {
    claim: "Means and covariances on a fixed projection P see at least half of E‖PΔθ‖² in networks",
    mark: "derived",
    ...verdictOver(overTimes(networksOf(studies, times), times, (study, time) => {
      const { share } = ensembleMeans(study, time);
      const found = geometries.find(({ network }) => network === ensembleName(study));
      const projected = found?.times.find((one) => Math.abs(one.time / time - 1) < 1e-9)?.projected;
      if (!share || projected === undefined) return { judgement: "not reached", value: "" };
      const [low, high] = share.interval ?? [NaN, NaN];
      return {
        judgement: share.interval
          ? judgedWithin({ interval: [low / projected, high / projected] }, [0.5, 2])
          : "undecided",
        value: `${seedMeanText(share, DIGITS)} of E‖Δθ‖², of the ${
          projected.toFixed(2)
        } that P leaves`,
      };
    })),
  };
}

/**
 * The dual bound of networks sees W2² as that of the linear model does, whose W2² is E‖Δθ‖²: it is above 0.8 of
 * E‖Δθ‖², by the interval over seeds, at the times where the linear model's is. At others it cannot be judged. It
 * fails where the interval is below 0.8, which says nothing of W2², or wholly above 1, where no bound can be. Over
 * studies of networks and times as `verdictOver` does.
 *
 * @param studies one of a linear model among them
 * @throws {RangeError} if there is no study of networks, none of a linear model, or no time
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type EnsemblesStudy, storedResults } from "../mod.ts";
 * import { nearlyAllOfIt } from "./ensembles.ts";
 * const found = (await storedResults<EnsemblesStudy>("ensembles")).map(({ result }) => result);
 * assert.match(nearlyAllOfIt(found, [0.1, 4]).evidence, /3 cases that can be judged, of 6/);
 * ```
 */
export function nearlyAllOfIt(
  studies: readonly EnsemblesStudy[],
  times: readonly number[],
): Claim {
  const networks = networksOf(studies, times);
  const linear = atLeastOne(
    studies.filter(({ configuration: { depth } }) => depth === 0),
    "study of a linear model",
  );
  return {
    claim:
      `The dual bound on W2² of networks is above ${NEARLY} E‖Δθ‖² where a linear model's, of all of it, is`,
    mark: "derived",
    ...verdictOver(overTimes(networks, times, (study, time) => {
      const { dual } = ensembleMeans(study, time);
      const passed = linear.every((one) => seesNearly(ensembleMeans(one, time).dual) === "holds");
      return {
        judgement: passed ? seesNearly(dual) : "not reached",
        value: `${seedMeanText(dual, DIGITS)} of it`,
      };
    })),
  };
}

/** Whether a lower bound's share is above 0.8; what its interval has above 1 is its sampling. */
function seesNearly(share: SeedMean | undefined): Judgement {
  if (!share?.interval) return share ? "undecided" : "not reached";
  const [low, high] = share.interval;
  return judgedWithin({ interval: [low, low > 1 ? high : Math.min(high, 1)] }, [NEARLY, 1]);
}

/**
 * The upper bound on the law's limit is the single networks' limit: E‖Δθ‖²/E ΔL is within a factor of 1.25 of the
 * geometric mean of ‖Δθ‖²/ΔL over members, by the interval over seeds (of networks of `starts`, each seed a member:
 * the jackknife's). No W2² is in it. Over studies of networks and times as `verdictOver` does.
 *
 * @param options `starts`: studies of initial weights too, at the times `at`
 * @throws {RangeError} if there is no study of networks, or no time
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type EnsemblesStudy, storedResults } from "../mod.ts";
 * import { lawAsSingle } from "./ensembles.ts";
 * const found = (await storedResults<EnsemblesStudy>("ensembles")).map(({ result }) => result);
 * assert.match(lawAsSingle(found, [1]).evidence, /×/);
 * ```
 */
export function lawAsSingle(
  studies: readonly EnsemblesStudy[],
  times: readonly number[],
  options: {
    readonly starts?: readonly InitialWeightsStudy[];
    readonly at?: readonly number[];
  } = {},
): Claim {
  const { starts = [], at = [] } = checkOptions("options", options, {
    starts: maybe(checkList, checkInitialWeights),
    at: maybe(checkNumbers),
  });
  const small = overTimes(networksOf(studies, times), times, (study, time) => {
    const { limit } = ensembleMeans(study, time);
    return {
      judgement: judgedWithin(limit, [1 / ALIKE, ALIKE]),
      value: `× ${seedMeanText(limit, DIGITS)}`,
    };
  });
  const large = starts.flatMap((study) =>
    Array.from(at, (time): Case => {
      const limit = ensembleLimit(study, time);
      const mean = limit && { mean: limit.quotient, interval: limit.interval, count: limit.seeds };
      return {
        where: `${startName(study)}, τ = ${time}`,
        judgement: judgedWithin(limit, [1 / ALIKE, ALIKE]),
        value: `× ${seedMeanText(mean, DIGITS)}`,
      };
    })
  );
  return {
    claim:
      `E‖Δθ‖²/E ΔL, the upper bound on T_SL of the law, is the single networks' T_SL (within ×${ALIKE})`,
    mark: "derived",
    ...verdictOver([...small, ...large]),
  };
}

/**
 * Assigning members to members says nothing: in weight space the best assignment of the initial weights to the same
 * networks, trained, is every one to itself, in each ensemble and at each time. Over studies of networks as `verdictOver` does.
 *
 * @throws {RangeError} if there is no study of networks
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type EnsemblesStudy, storedResults } from "../mod.ts";
 * import { assignedToThemselves } from "./ensembles.ts";
 * const found = (await storedResults<EnsemblesStudy>("ensembles")).map(({ result }) => result);
 * assert.match(assignedToThemselves(found).evidence, /ensembles/);
 * ```
 */
export function assignedToThemselves(studies: readonly EnsemblesStudy[]): Claim {
  return {
    claim:
      "The best assignment of initial weights to the same networks, trained, is each to itself: it says nothing",
    mark: "derived",
    ...verdictOver(overStudies(networksOf(studies, []), ({ realizations, configuration }) => {
      const all = realizations.flatMap(({ flow }) => flow.assignedToItself);
      const own = all.filter((one) => one).length;
      return {
        judgement: own === all.length ? "holds" : "fails",
        value: `${own} of ${all.length} times, in ensembles of ${configuration.members}`,
      };
    })),
  };
}

/**
 * In function space it says something: W2² of the outputs on test images is below 0.95 of E|Δf|², by the
 * interval over seeds. Over studies of networks and times as `verdictOver` does.
 *
 * @throws {RangeError} if there is no study of networks, or no time
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type EnsemblesStudy, storedResults } from "../mod.ts";
 * import { functionsAreCloser } from "./ensembles.ts";
 * const found = (await storedResults<EnsemblesStudy>("ensembles")).map(({ result }) => result);
 * assert.match(functionsAreCloser(found, [1]).claim, /outputs/);
 * ```
 */
export function functionsAreCloser(
  studies: readonly EnsemblesStudy[],
  times: readonly number[],
): Claim {
  return {
    claim: "W2² of the outputs on test images is less than the networks' own outputs moved",
    mark: "derived",
    ...verdictOver(overTimes(networksOf(studies, times), times, (study, time) => {
      const { outputs } = ensembleMeans(study, time);
      return {
        judgement: judgedWithin(outputs, [0, 0.95]),
        value: `${seedMeanText(outputs, DIGITS)} of it`,
      };
    })),
  };
}

/**
 * Linearized each at its own weights, W2² is less than E‖Δθ‖²: by the interval of W2² of the ensemble of two
 * weights.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { productEnsemble } from "../mod.ts";
 * import { ownWeightsLess } from "./ensembles.ts";
 * const product = productEnsemble({ target: 3, time: 1, points: 8 });
 * assert.equal(ownWeightsLess(product).verdict, "confirmed");
 * ```
 */
export function ownWeightsLess(product: ProductEnsemble): Claim {
  const { above, w2Squared } = checkRecord("product", product, { above: checkPositive });
  checkRecord("product.w2Squared", w2Squared, { interval: checkNumbers });
  return {
    claim: "Of networks linearized each at its own weights W2² may be less than E‖Δθ‖²",
    mark: "derived",
    ...verdictOver([{
      where: "f = θ₁θ₂",
      judgement: judgedWithin(w2Squared, [0, above]),
      value: `W2² = ${withInterval(w2Squared, { digits: 2 })}, E‖Δθ‖² = ${above.toFixed(2)}`,
    }]),
  };
}

/**
 * The figure to remember: between which shares of E‖Δθ‖² the law's W2² is, at an early and a later time.
 *
 * @throws {RangeError} if a time is not positive, or was not recorded
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type EnsemblesStudy, storedResults } from "../mod.ts";
 * import { ensembleHeadline } from "./ensembles.ts";
 * const found = (await storedResults<EnsemblesStudy>("ensembles")).map(({ result }) => result);
 * const networks = found.find(({ configuration: { depth } }) => depth > 0)!;
 * assert.match(ensembleHeadline(networks, 0.1, 1), /E‖Δθ‖²/);
 * ```
 */
export function ensembleHeadline(study: EnsemblesStudy, time: number, later: number): string {
  checkEnsembles("study", study);
  checkPositive("time", time);
  checkPositive("later", later);
  const [early, late] = Object.entries({ time, later }).map(([name, at]) => {
    const means = ensembleMeans(study, at);
    if (!means.share) {
      throw new RangeError(`${name} is ${at}; it must be a time that the study recorded`);
    }
    return means;
  });
  const { configuration: { members }, realizations } = study;
  return `W2² of the law of networks, by duality and as far as descents find the minimum, is at least ${
    seedMeanText(early.dual, DIGITS)
  } of E‖Δθ‖² at τ = ${time} and ${
    seedMeanText(late.dual, DIGITS)
  } at τ = ${later}, and at most all of it (${ensembleName(study)}, ${
    Math.min(DUAL_PAIRS, members)
  } pairs of each of ${realizations.length} ensembles)`;
}
