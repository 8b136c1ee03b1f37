/**
 * What notebook 12 says of ensembles of networks: W2² between bounds, and the flow map.
 *
 * @module
 */
import { checkList, checkNumbers, checkPositive, checkRecord } from "../../numerics/checks.ts";
import { withInterval } from "../../statistics/mod.ts";
import {
  brenierMeans,
  checkEnsembles,
  ensembleMeans,
  ensembleName,
  ensemblesAt,
} from "../readings/ensembles.ts";
import type { EnsemblesStudy } from "../studies/ensembles.ts";
import { type SeedMean, seedMean, seedMeanText } from "../studies/seed_mean.ts";
import type { ProductEnsemble } from "../theory/product_ensemble.ts";
import type { Claim } from "./claim.ts";
import { type Case, judgedWithin, type Judgement, verdictOver } from "./judged.ts";
import { atLeastOne } from "./paths.ts";

/** Bounds that differ by less count as equal: what is stored has six digits. */
const EQUAL = 1e-5;
/** W2² counts as E‖Δθ‖² where a lower bound is above this share of it. */
const NEARLY = 0.8;
/** Asymmetry below which a map counts as a gradient's. */
const SYMMETRIC = 0.05;
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
 * Moments on a fixed projection see W2²: of networks Gelbrich's bound is at least half of E‖Δθ‖², by the
 * interval over seeds of its share, freed of the bias. Over studies of networks and times as `verdictOver` does.
 *
 * @throws {RangeError} if there is no study of networks, or no time
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type EnsemblesStudy, storedResults } from "../mod.ts";
 * import { projectionsSee } from "./ensembles.ts";
 * const found = (await storedResults<EnsemblesStudy>("ensembles")).map(({ result }) => result);
 * assert.match(projectionsSee(found, [1]).claim, /projection/);
 * ```
 */
export function projectionsSee(
  studies: readonly EnsemblesStudy[],
  times: readonly number[],
): Claim {
  return {
    claim: "Means and covariances on a fixed projection see at least half of E‖Δθ‖² in networks",
    mark: "derived",
    ...verdictOver(overTimes(networksOf(studies, times), times, (study, time) => {
      const { share } = ensembleMeans(study, time);
      return { judgement: judgedWithin(share, [0.5, 2]), value: seedMeanText(share, DIGITS) };
    })),
  };
}

/**
 * W2² is E‖Δθ‖² nearly: the dual bound is above 0.8 of it, by the interval over seeds. A bound below that says
 * nothing of W2², so that such a case is undecided and none fails. Over studies of networks and times as
 * `verdictOver` does.
 *
 * @throws {RangeError} if there is no study of networks, or no time
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type EnsemblesStudy, storedResults } from "../mod.ts";
 * import { nearlyAllOfIt } from "./ensembles.ts";
 * const found = (await storedResults<EnsemblesStudy>("ensembles")).map(({ result }) => result);
 * assert.notEqual(nearlyAllOfIt(found, [0.1, 4]).verdict, "not confirmed");
 * ```
 */
export function nearlyAllOfIt(
  studies: readonly EnsemblesStudy[],
  times: readonly number[],
): Claim {
  return {
    claim: `W2² of an ensemble of networks is more than ${NEARLY} E‖Δθ‖², by duality`,
    mark: "derived",
    ...verdictOver(overTimes(networksOf(studies, times), times, (study, time) => {
      const { dual } = ensembleMeans(study, time);
      const judged = judgedWithin(dual, [NEARLY, 1.05]);
      return {
        judgement: judged === "fails" ? "undecided" : judged,
        value: `the bound is ${seedMeanText(dual, DIGITS)} of it`,
      };
    })),
  };
}

/**
 * The flow map is a Brenier map: Dφ − I is asymmetric by less than 5 %, by the interval over seeds, and Dφ's
 * symmetric part has no negative eigenvalue at any seed whose Dφ is known in full. It fails where the asymmetry is
 * above that, or most seeds have a negative eigenvalue. Over studies of networks and times as `verdictOver` does.
 *
 * @throws {RangeError} if there is no study of networks, or no time
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type EnsemblesStudy, storedResults } from "../mod.ts";
 * import { flowMapIsBrenier } from "./ensembles.ts";
 * const found = (await storedResults<EnsemblesStudy>("ensembles")).map(({ result }) => result);
 * assert.match(flowMapIsBrenier(found, [0.1]).evidence, /asymmetry/);
 * ```
 */
export function flowMapIsBrenier(
  studies: readonly EnsemblesStudy[],
  times: readonly number[],
): Claim {
  return {
    claim: `Gradient flow of networks is a Brenier map (asymmetry below ${SYMMETRIC}, Dφ ≥ 0)`,
    mark: "derived",
    ...verdictOver(overTimes(networksOf(studies, times), times, (study, time) => {
      const { asymmetry, least } = brenierMeans(study, time);
      const negative = least.filter((value) => value < 0).length;
      const symmetric = judgedWithin(asymmetry, [0, SYMMETRIC]);
      const judgement: Judgement = symmetric === "fails" || 2 * negative > least.length
        ? least.length > 0 || symmetric === "fails" ? "fails" : symmetric
        : negative > 0 && symmetric === "holds"
        ? "undecided"
        : symmetric;
      const eigenvalue = least.length > 0
        ? `, Dφ has a negative eigenvalue in ${negative} of ${least.length} seeds`
        : "";
      return { judgement, value: `asymmetry ${seedMeanText(asymmetry, DIGITS)}${eigenvalue}` };
    })),
  };
}

/**
 * Lazy training makes a Brenier map: at the largest scale a the asymmetry is below half of what it is at the
 * smallest, by the interval over seeds of their quotient. Over studies of networks and times as `verdictOver` does.
 *
 * @throws {RangeError} if there is no study of networks, or no time
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type EnsemblesStudy, storedResults } from "../mod.ts";
 * import { lazinessMakesBrenier } from "./ensembles.ts";
 * const found = (await storedResults<EnsemblesStudy>("ensembles")).map(({ result }) => result);
 * assert.equal(lazinessMakesBrenier(found, [1]).verdict, "not confirmed");
 * ```
 */
export function lazinessMakesBrenier(
  studies: readonly EnsemblesStudy[],
  times: readonly number[],
): Claim {
  return {
    claim: "The lazier the training at a fixed width, the nearer its flow map to a Brenier map",
    mark: "derived",
    ...verdictOver(overTimes(networksOf(studies, times), times, (study, time) => {
      const { lazy } = study.configuration;
      const quotients = ensemblesAt(study, time).flatMap(({ at, realization: { tangents } }) => {
        const [rich, most] = [lazy[0], lazy[lazy.length - 1]].map((scale) =>
          tangents.find((one) => one.lazy === scale)?.asymmetry[at]
        );
        return lazy.length > 1 && rich && most ? [most / rich] : [];
      });
      const mean = seedMean(quotients);
      return {
        judgement: judgedWithin(mean, [0, 0.5]),
        value: `asymmetry × ${seedMeanText(mean, DIGITS)} from a = ${lazy[0]} to ${
          lazy[lazy.length - 1]
        }`,
      };
    })),
  };
}

/**
 * The wider, the nearer to a Brenier map: the asymmetry falls from each width to the next, by Welch's interval of
 * the logarithms' difference, that is, not overlapping intervals. Between neighbouring widths at each time, as
 * `verdictOver` does.
 *
 * @throws {RangeError} if there are fewer than two widths, or no time
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type EnsemblesStudy, storedResults } from "../mod.ts";
 * import { widthMakesBrenier } from "./ensembles.ts";
 * const found = (await storedResults<EnsemblesStudy>("ensembles")).map(({ result }) => result);
 * assert.match(widthMakesBrenier(found, [1]).claim, /wider/);
 * ```
 */
export function widthMakesBrenier(
  studies: readonly EnsemblesStudy[],
  times: readonly number[],
): Claim {
  const growing = networksOf(studies, times).toSorted((a, b) =>
    a.configuration.width - b.configuration.width
  );
  if (growing.length < 2) {
    throw new RangeError(`studies has ${growing.length} widths; it must have two or more`);
  }
  const cases = atLeastOne(Array.from(times), "time").flatMap((time) =>
    growing.slice(1).map((wider, i): Case => {
      const [before, after] = [growing[i], wider].map((study) =>
        brenierMeans(study, time).asymmetry
      );
      return {
        where: `${ensembleName(growing[i])}, to ${wider.configuration.width}, τ = ${time}`,
        judgement: falls(before, after),
        value: `${seedMeanText(before, DIGITS)} to ${seedMeanText(after, DIGITS)}`,
      };
    })
  );
  return {
    claim: "The wider the network, the nearer its flow map to a Brenier map",
    mark: "derived",
    ...verdictOver(cases),
  };
}

/** Whether a mean is lower than another: their intervals apart, one way or the other. */
function falls(before: SeedMean | undefined, after: SeedMean | undefined): Judgement {
  if (!before || !after) return "not reached";
  if (!before.interval || !after.interval) return "undecided";
  if (after.interval[1] < before.interval[0]) return "holds";
  return after.interval[0] > before.interval[1] ? "fails" : "undecided";
}

/**
 * The law's limit is the single networks': E‖Δθ‖²/E ΔL is within a factor of 1.25 of the geometric mean of
 * ‖Δθ‖²/ΔL over members, by the interval over seeds. Over studies of networks and times as `verdictOver` does.
 *
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
export function lawAsSingle(studies: readonly EnsemblesStudy[], times: readonly number[]): Claim {
  return {
    claim:
      `E‖Δθ‖²/E ΔL, which T_SL of the law is no more than, is the single networks' T_SL (within ×${ALIKE})`,
    mark: "derived",
    ...verdictOver(overTimes(networksOf(studies, times), times, (study, time) => {
      const { limit } = ensembleMeans(study, time);
      return {
        judgement: judgedWithin(limit, [1 / ALIKE, ALIKE]),
        value: `× ${seedMeanText(limit, DIGITS)}`,
      };
    })),
  };
}

/**
 * Assigning members to members says nothing: in weight space the best assignment is every network to itself, in
 * each ensemble and at each time. Over studies of networks as `verdictOver` does.
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
    claim: "The best assignment of networks to trained networks is each to itself: it says nothing",
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
 * The figure to remember: how asymmetric the flow map is, and which share of E‖Δθ‖² the bounds below see.
 *
 * @throws {RangeError} if the time is not positive, or was not recorded
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type EnsemblesStudy, storedResults } from "../mod.ts";
 * import { ensembleHeadline } from "./ensembles.ts";
 * const found = (await storedResults<EnsemblesStudy>("ensembles")).map(({ result }) => result);
 * const networks = found.find(({ configuration: { depth } }) => depth > 0)!;
 * assert.match(ensembleHeadline(networks, 0.1), /E‖Δθ‖²/);
 * ```
 */
export function ensembleHeadline(study: EnsemblesStudy, time: number): string {
  const { share, dual } = ensembleMeans(study, time);
  if (!share) throw new RangeError(`time is ${time}; it must be one that the study recorded`);
  const { members } = study.configuration;
  return `W2² of ${members} networks is known to lie between ${
    seedMeanText(dual, DIGITS)
  } and 1 of E‖Δθ‖² by duality, where means and covariances see ${seedMeanText(share, DIGITS)} (${
    ensembleName(study)
  }, τ = ${time}, ${study.realizations.length} seeds)`;
}

const DIGITS = { digits: 2 } as const;

function networksOf(
  studies: readonly EnsemblesStudy[],
  times: readonly number[],
): EnsemblesStudy[] {
  checkList("studies", studies, checkEnsembles);
  checkNumbers("times", times);
  const networks = studies.filter(({ configuration: { depth } }) => depth > 0);
  return [...atLeastOne(networks, "study of networks")];
}

function overStudies(
  studies: readonly EnsemblesStudy[],
  of: (study: EnsemblesStudy) => Omit<Case, "where">,
): Case[] {
  checkList("studies", studies, checkEnsembles);
  return atLeastOne(studies, "study").map((study) => ({
    where: ensembleName(study),
    ...of(study),
  }));
}

function overTimes(
  studies: readonly EnsemblesStudy[],
  times: readonly number[],
  of: (study: EnsemblesStudy, time: number) => Omit<Case, "where">,
): Case[] {
  atLeastOne(Array.from(times), "time");
  return studies.flatMap((study) =>
    Array.from(times, (time) => ({
      where: `${ensembleName(study)}, τ = ${time}`,
      ...of(study, time),
    }))
  );
}
