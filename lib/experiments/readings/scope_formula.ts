/**
 * T/T_SL of a study of the scope from ‖f_0‖²/‖Y‖² and λ₁T alone, by power laws that one network of its family gave.
 *
 * @module
 */
import { checkList } from "../../numerics/checks.ts";
import { checkScope } from "../checks.ts";
import type { ScopeStudy } from "../studies/scope.ts";
import {
  fitSpread,
  type SpreadColumns,
  spreadInefficiency,
  type SpreadLaws,
  spreadOff,
} from "../theory/power_law_spread.ts";
import { hasUsualData, type ScopePoint } from "./scope.ts";

/** Fully connected networks and convolutional ones. */
export type ScopeFamily = "fully-connected" | "convolutional";

/** Laws, and how they were found. */
interface FittedLaws extends SpreadLaws {
  /** The least and the largest λ₁T that they were fitted at. */
  readonly window: readonly [number, number];
  /** Root mean square of the logarithms of the laws' ΔL and ‖Δθ‖² over the flows'. */
  readonly rms: { readonly initial: number; readonly labels: number };
}

/** A family's laws, and the network that they were fitted on. */
export interface ScopeLaws extends FittedLaws {
  readonly family: ScopeFamily;
  readonly study: ScopeStudy;
}

/** The family of a study's network. */
export const scopeFamily = ({ configuration: { architecture } }: ScopeStudy): ScopeFamily =>
  architecture === "fully-connected" ? "fully-connected" : "convolutional";

/** Every so many of the recorded times. */
const EVERY = 5;

/**
 * The power laws of each family that has its first network among the studies: the fully connected one of three layers,
 * relu, or Myrtle-5, on the usual 100 images. They are fitted to the two linearized flows, f_0's and the labels', of all
 * its seeds from λ₁T = 1 on.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ScopeStudy, storedResults } from "../mod.ts";
 * import { scopeLaws } from "./scope_formula.ts";
 * const stored = (await storedResults<ScopeStudy>("scope")).map(({ result }) => result);
 * for (const { initial, labels } of scopeLaws(stored)) assert(initial.r < labels.r);
 * ```
 */
export function scopeLaws(studies: readonly ScopeStudy[]): ScopeLaws[] {
  checkList("studies", studies, checkScope);
  return (["fully-connected", "convolutional"] as const).flatMap((family) => {
    const study = studies.find((one) => scopeFamily(one) === family && isFirst(one));
    return study ? [{ family, study, ...lawsOf(study) }] : [];
  });
}

const isFirst = ({ configuration: c }: ScopeStudy) =>
  hasUsualData(c) && c.n === 100 && c.layers === undefined && c.activation === undefined &&
  (c.architecture === "fully-connected" || c.architecture === "myrtle-5");

/** The fits: they take a moment, and a figure and its claims ask for the same. */
const fitted = new WeakMap<ScopeStudy, FittedLaws>();

function lawsOf(study: ScopeStudy): FittedLaws {
  const known = fitted.get(study);
  if (known) return known;
  const columns = (part: "initial" | "labels"): SpreadColumns[] =>
    study.realizations.map((one) => {
      const lambda = one.lambdaMax[0];
      const square = part === "initial" ? one.initialSquared : 0.9 * study.configuration.n;
      const at = one.time.flatMap((time, i) =>
        lambda * time > 1 && (one.time.length - 1 - i) % EVERY === 0 ? [i] : []
      );
      const { lossDrop, displacementSquared } = one.linearized[part];
      return {
        lambdaTime: Float64Array.from(at, (i) => lambda * one.time[i]),
        lossDrop: Float64Array.from(at, (i) => lossDrop[i] / square),
        displacementSquared: Float64Array.from(
          at,
          (i) => displacementSquared[i] * lambda / square,
        ),
      };
    }).filter(({ lambdaTime }) => lambdaTime.length > 0);
  const [f, y] = [columns("initial"), columns("labels")];
  const [initial, labels] = [fitSpread(f), fitSpread(y)];
  const times = y.flatMap(({ lambdaTime }) => Array.from(lambdaTime));
  const laws: FittedLaws = {
    ...{ initial, labels, window: [Math.min(...times), Math.max(...times)] },
    rms: { initial: Math.sqrt(spreadOff(f, initial)), labels: Math.sqrt(spreadOff(y, labels)) },
  };
  fitted.set(study, laws);
  return laws;
}

/** T/T_SL at a point of a study by its family's laws; none where the family has none. */
export function formulaAt(
  laws: readonly ScopeLaws[],
  study: ScopeStudy,
  { size, lambdaTime }: Pick<ScopePoint, "size" | "lambdaTime">,
): number | undefined {
  const own = laws.find(({ family }) => family === scopeFamily(study));
  return own && spreadInefficiency({ size, lambdaTime }, own);
}

/** Whether a point's λ₁T is past the largest that its family's laws were fitted at. */
export const isBeyondFit = (
  laws: readonly ScopeLaws[],
  study: ScopeStudy,
  { lambdaTime }: Pick<ScopePoint, "lambdaTime">,
): boolean =>
  laws.some(({ family, window }) => family === scopeFamily(study) && lambdaTime > window[1]);

/** Of how many points the formula is asked beyond its fit, in brackets; empty of none. */
export function beyondText(
  laws: readonly ScopeLaws[],
  study: ScopeStudy,
  points: readonly Pick<ScopePoint, "lambdaTime">[],
): string {
  const beyond = points.filter((at) => isBeyondFit(laws, study, at)).length;
  return beyond === 0 ? "" : ` (${beyond} of ${points.length} beyond the fit)`;
}
