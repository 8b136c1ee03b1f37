/**
 * How far what the notebooks found reaches: what notebook 14 says of other depths, activations, images,
 * classes and labels.
 *
 * @module
 */
import { checkList, checkNumbers, checkOneOf, checkOptions, maybe } from "../../numerics/checks.ts";
import { fitLine } from "../../statistics/mod.ts";
import { checkScope } from "../checks.ts";
import {
  checkScopeMark,
  distinctNetworks,
  scopeAt,
  type ScopeKind,
  scopeKind,
  type ScopeMark,
  scopeMarkText,
  scopeName,
  type ScopePoint,
  subsetText,
} from "../readings/scope.ts";
import { scopeComparisons } from "../readings/scope_comparisons.ts";
import { beyondText, formulaAt, type ScopeLaws, scopeLaws } from "../readings/scope_formula.ts";
import { RATIO, seedMean, seedMeanText } from "../studies/seed_mean.ts";
import type { ScopeStudy } from "../studies/scope.ts";
import type { Claim } from "./claim.ts";
import { type Case, judgedWithin, verdictOver } from "./judged.ts";
import { atLeastOne } from "./paths.ts";

const FAMILIES = ["fully-connected", "convolutional"] as const;
const FORECASTS = ["linearized", "split", "formula"] as const;
const FORECAST_TEXT: Readonly<Record<typeof FORECASTS[number], string>> = {
  linearized: "Linearization at the initial weights",
  split: "The split (D_f ι_f + D_y ι_y)/(D_f + D_y)",
  formula: "A formula of ‖f_0‖²/‖Y‖², λ_1T and two power laws",
};
/** A forecast within this factor counts as right. */
const FORETOLD = 1.25;
/** Two T/T_SL that differ by less than this factor count as one. */
const ALIKE = 1.1;
/** What the integrator may undercut the limit by. */
const TOLERANCE = 0.01;

/** A case for each study and mark. */
function overMarks(
  studies: readonly ScopeStudy[],
  marks: readonly ScopeMark[],
  of: (study: ScopeStudy, mark: ScopeMark) => Omit<Case, "where">,
): Case[] {
  checkList("studies", studies, checkScope);
  checkList("marks", marks, checkScopeMark);
  atLeastOne(marks, "mark");
  return atLeastOne(studies, "study").flatMap((study) =>
    marks.map((mark) => ({
      where: `${scopeName(study)}, ${scopeMarkText(mark)}`,
      ...of(study, mark),
    }))
  );
}

/**
 * Eq. 8 holds whatever the network, the images and the labels: no T/T_SL and no l_γ/l_geo at any recorded
 * entry of any flow is below 1 by more than the integrator's 1 %. A theorem for the exact flow, so that this
 * checks the flows.
 *
 * @throws {RangeError} if there is no study
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ScopeStudy, storedResults } from "../mod.ts";
 * import { scopeLimitHolds } from "./scope.ts";
 * const [{ result }] = await storedResults<ScopeStudy>("scope");
 * assert.equal(scopeLimitHolds([result]).verdict, "confirmed");
 * ```
 */
export function scopeLimitHolds(studies: readonly ScopeStudy[]): Claim {
  checkList("studies", studies, checkScope);
  const flows = atLeastOne(studies, "study").flatMap(({ realizations }) => realizations);
  const ratios = flows.flatMap(({ time, lossDrop, displacementSquared, pathLength }) =>
    time.slice(1).flatMap((t, i) => [
      t * lossDrop[i + 1] / displacementSquared[i + 1],
      pathLength[i + 1] / Math.sqrt(displacementSquared[i + 1]),
    ])
  );
  const least = ratios.reduce((a, b) => Math.min(a, b), Infinity);
  return {
    claim: "T ≥ T_SL and l_γ ≥ l_geo in all flows, as a check of them: a theorem for exact ones",
    mark: "derived",
    verdict: least >= 1 - TOLERANCE ? "confirmed" : "not confirmed",
    evidence: `The least of both ratios is ${
      least.toFixed(5)
    } on ${flows.length} flows of ${studies.length} studies, at all ${
      ratios.length / 2
    } recorded entries; the integrator's tolerance is ${TOLERANCE}.`,
  };
}

/**
 * The linearized network foretells T/T_SL within ×1.25: at each mark by the interval of the geometric mean
 * over seeds of measured over foretold. Over distinct networks of one family, as `distinctNetworks` has them,
 * and marks, as `verdictOver` does; depth 1, where the two are the same, is left out.
 *
 * @param options `of`: which networks; `by`: "linearized", each seed's own with its cross terms; or "split",
 * (D_f ι_f + D_y ι_y)/(D_f + D_y) of the same flows, without them; or "formula", of ‖f_0‖²/‖Y‖² and λ₁T alone by the
 * power laws of `scopeLaws`, judged on the networks that these were not fitted on
 * @throws {RangeError} if there is no such network or no mark
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ScopeStudy, storedResults } from "../mod.ts";
 * import { scopeForetold } from "./scope.ts";
 * const stored = (await storedResults<ScopeStudy>("scope")).map(({ result }) => result);
 * const { claim } = scopeForetold(stored, [{ time: 0.2 }], { of: "convolutional" });
 * assert.match(claim, /convolutional networks \(within ×1.25\)/);
 * ```
 */
export function scopeForetold(
  studies: readonly ScopeStudy[],
  marks: readonly ScopeMark[],
  options: {
    readonly of?: "fully-connected" | "convolutional";
    readonly by?: typeof FORECASTS[number];
  } = {},
): Claim {
  checkList("studies", studies, checkScope);
  const { of = "fully-connected", by = "linearized" } = checkOptions("options", options, {
    of: maybe(checkOneOf<"fully-connected" | "convolutional">, FAMILIES),
    by: maybe(checkOneOf<typeof FORECASTS[number]>, FORECASTS),
  });
  const laws = by === "formula" ? scopeLaws(studies) : [];
  const networks = distinctNetworks(studies, of)
    .filter((study) =>
      study.configuration.layers !== 1 && laws.every((law) => law.study !== study)
    );
  return {
    claim: `${FORECAST_TEXT[by]} foretells T/T_SL of ${
      of === "convolutional"
        ? "convolutional networks"
        : "fully connected networks, 2 layers or more"
    }${by === "formula" ? " that it was not fitted on" : ""} (within ×${FORETOLD})`,
    mark: "derived",
    ...verdictOver(overMarks(networks, marks, (study, mark) => {
      const points = scopeAt(study, mark);
      const quotient = seedMean(points.flatMap((at) => {
        const foretold = by === "formula" ? formulaAt(laws, study, at) : at[by];
        return foretold === undefined ? [] : at.inefficiency / foretold;
      }));
      return {
        judgement: judgedWithin(quotient, [1 / FORETOLD, FORETOLD]),
        value: `measured over foretold ${seedMeanText(quotient, { digits: 2 })}${
          by === "formula" && points.length > 0
            ? beyondText(laws, study, points) + linearizedText(laws, study, points)
            : ""
        }`,
      };
    })),
  };
}

/** The same of the linearized network: where it is off and the measured one is not, two errors cancel. */
function linearizedText(
  laws: readonly ScopeLaws[],
  study: ScopeStudy,
  points: readonly ScopePoint[],
): string {
  const quotient = seedMean(points.flatMap((at) => {
    const foretold = formulaAt(laws, study, at);
    return foretold === undefined ? [] : at.linearized / foretold;
  }));
  return quotient ? `, linearized over it ${seedMeanText(quotient, { digits: 2 })}` : "";
}

/** What of a network's task another is, as a sentence says it, naming the subsets that were tried. */
function otherText(kind: ScopeKind, studies: readonly ScopeStudy[]): string {
  if (kind === "labels") return "Wrong or random labels";
  const tried = [...new Set(studies.map(({ configuration }) => subsetText(configuration)))].join(
    "; ",
  );
  return `${kind === "classes" ? "Fewer classes" : "Other subsets"} (${tried})`;
}

/**
 * T/T_SL does not know which images, classes or labels there are: the factor by which it differs from that of
 * the usual ones, seed by seed at the same mark, has its interval within ×1.1. Over studies of the kind and marks
 * as `verdictOver` does.
 *
 * @throws {RangeError} if there is no study of the kind with one to be held against, or no mark
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ScopeStudy, storedResults } from "../mod.ts";
 * import { alikeWithOther } from "./scope.ts";
 * const stored = (await storedResults<ScopeStudy>("scope")).map(({ result }) => result);
 * assert.match(alikeWithOther(stored, "labels", [{ time: 0.2 }]).claim, /^Wrong or random labels/);
 * ```
 */
export function alikeWithOther(
  studies: readonly ScopeStudy[],
  kind: "labels" | "classes" | "images",
  marks: readonly ScopeMark[],
): Claim {
  checkList("studies", studies, checkScope);
  checkOneOf("kind", kind, ["labels", "classes", "images"]);
  checkList("marks", marks, checkScopeMark);
  const found = atLeastOne(marks, "mark").map((mark) => ({
    mark,
    comparisons: scopeComparisons(studies, mark),
  }));
  const of = studies.filter((study) => scopeKind(study) === kind);
  return {
    claim: `${otherText(kind, of)} leave T/T_SL as it is (within ×${ALIKE})`,
    mark: "derived",
    ...verdictOver(overMarks(atLeastOne(of, `study of other ${kind}`), marks, (study, mark) => {
      const factor = found.find((one) => one.mark === mark)!.comparisons
        .find((one) => one.study === study)?.factor;
      return {
        judgement: judgedWithin(factor, [1 / ALIKE, ALIKE]),
        value: `× ${seedMeanText(factor, { digits: 2 })}`,
      };
    })),
  };
}

/** No end. */
const LARGE = 1e9;
/** The least power of the number of layers that counts as growth: from 2 to 8 layers ×1.15. */
const LEAST_POWER = 0.1;

/**
 * At one loss T/T_SL grows with the number of layers, from 2 on: p of T/T_SL ∝ layers^p, fitted for each seed
 * that all depths bring to the loss, has an interval above 0.1. That is growth on the whole and not from each depth to
 * the next: the evidence has the means of all depths. A case for each activation and width, and loss. At
 * one time deeper networks, whose kernel is larger, have run further: that is the clock.
 *
 * @param studies fully connected, of whose usual data those of three depths or more are taken
 * @param left shares of ½‖Y‖²
 * @throws {RangeError} if no activation has three depths of one width, or there is no share
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ScopeStudy, storedResults } from "../mod.ts";
 * import { growsWithDepth } from "./scope.ts";
 * const stored = (await storedResults<ScopeStudy>("scope")).map(({ result }) => result);
 * assert.match(growsWithDepth(stored, [1]).evidence, /relu, 2 to 8 layers.*layers\^/);
 * ```
 */
export function growsWithDepth(studies: readonly ScopeStudy[], left: readonly number[]): Claim {
  checkList("studies", studies, checkScope);
  checkNumbers("left", left);
  const dense = distinctNetworks(studies, "fully-connected")
    .filter(({ configuration: { layers } }) => layers !== 1);
  const groups = [
    ...Map.groupBy(dense, ({ configuration: c }) => `${c.activation ?? "relu"} ${c.width}`)
      .values(),
  ].filter((group) => group.length >= 3);
  atLeastOne(groups, "activation with three depths of one width");
  return {
    claim: "At the same loss T/T_SL of fully connected networks of one width grows with depth " +
      `on the whole, as layers^${LEAST_POWER} or more`,
    mark: "derived",
    ...verdictOver(
      groups.flatMap((group) =>
        atLeastOne(Array.from(left), "share").map((share) => depthCase(group, { lossLeft: share }))
      ),
    ),
  };
}

/** The power of the number of layers, over networks of one activation and width. */
function depthCase(group: readonly ScopeStudy[], mark: ScopeMark): Case {
  const depths = group.map((study) => study.configuration.layers ?? 3);
  const of = group.map((study) => scopeAt(study, mark));
  const seeds = of[0].map(({ seed }) => seed)
    .filter((seed) => of.every((points) => points.some((at) => at.seed === seed)));
  const slopes = seeds.map((seed) =>
    fitLine(
      depths.map(Math.log),
      of.map((points) => Math.log(points.find((at) => at.seed === seed)!.inefficiency)),
    ).slope
  );
  const mean = seedMean(slopes, { geometric: false });
  const { activation = "relu" } = group[0].configuration;
  return {
    where: `${activation}, ${Math.min(...depths)} to ${Math.max(...depths)} layers, ${
      scopeMarkText(mark)
    }`,
    judgement: judgedWithin(mean, [LEAST_POWER, LARGE]),
    value: `layers^${seedMeanText(mean, { digits: 2 }).replaceAll("-", "−")} (${
      of.map((points, i) =>
        `${seedMean(points.map((at) => at.inefficiency))?.mean.toPrecision(2) ?? "none"} of ${
          depths[i]
        }`
      ).join(", ")
    } layers)`,
  };
}

/**
 * The lengths' ratio l_γ/l_geo is O(1), within 1 to 3, at each mark by the interval of the geometric mean over
 * seeds. Over studies and marks as `verdictOver` does.
 *
 * @throws {RangeError} if there is no study or no mark
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ScopeStudy, storedResults } from "../mod.ts";
 * import { scopeLengths } from "./scope.ts";
 * const [{ result }] = await storedResults<ScopeStudy>("scope");
 * assert.equal(scopeLengths([result], ["end"]).mark, "reviewer");
 * ```
 */
export function scopeLengths(
  studies: readonly ScopeStudy[],
  marks: readonly ScopeMark[],
): Claim {
  return {
    claim: "The lengths' ratio l_γ/l_geo is O(1) over the whole scope: within 1–3",
    mark: "reviewer",
    ...verdictOver(overMarks(studies, marks, (study, mark) => {
      const mean = seedMean(scopeAt(study, mark).map(({ tortuosity }) => tortuosity), RATIO);
      return {
        judgement: judgedWithin(mean, [1, 3]),
        value: seedMeanText(mean, { digits: 2 }),
      };
    })),
  };
}
