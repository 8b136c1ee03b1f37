/**
 * How a study of optimizers is read: where each walk is at equal training loss and at equal test loss.
 *
 * @module
 */
import { checkOptimizers } from "../checks_of_optimizers.ts";
import { checkOneOf, checkPositive, checkRecord } from "../../numerics/checks.ts";
import type { OptimizerRun, SeedWalk } from "../studies/computations/optimizer_runs.ts";
import { MOMENTUM, type RuleName, RULES } from "../studies/computations/step_rule.ts";
import type { OptimizersStudy } from "../studies/optimizers.ts";

/** Where walks are read: the training loss as a share of ½‖Y‖², or the test loss. */
export type WalkMark = { readonly left: number } | { readonly testLoss: number };

/** One seed's walk at a mark. */
export interface WalkAtMark {
  readonly seed: number;
  /** N; between two kept entries it is no integer. */
  readonly steps: number;
  readonly pathLength: number;
  /** ‖Δθ‖ */
  readonly distance: number;
  /** ΔL, and F = −Σ∇L·δθ = ΔL + ½Σ δθᵀH̄δθ. */
  readonly lossDrop: number;
  readonly firstOrderDrop: number;
  /** T/T_SL in the optimizer's own metric. */
  readonly own: number;
  /** N Σ‖δθ‖²/‖Δθ‖² */
  readonly discrete: number;
  /** (ΔL_test)²/(Σ|h̄|² Σ‖δθ‖²), h = ∇L_test: the share of the speed limit of generalization. */
  readonly testShare: number;
  readonly testLoss: number;
  readonly testAccuracy: number;
}

/** An optimizer of a study at a mark: the seeds that come to it. */
export interface OptimizerAtMark {
  readonly optimizer: RuleName;
  readonly rate?: number;
  /** How many walks there are, and how many of them diverged. */
  readonly of: number;
  readonly diverged: number;
  readonly seeds: readonly WalkAtMark[];
}

/** ½‖Y‖² of n images of ten classes. */
export const silent = (n: number): number => 0.45 * n;

/**
 * Every optimizer of a study at a mark. Between two kept entries of a walk all are interpolated in
 * proportion to the loss.
 *
 * @throws {RangeError} if the mark is not positive
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type OptimizersStudy, storedResults } from "../mod.ts";
 * import { optimizersAt } from "./optimizer_readings.ts";
 * const [{ result }] = await storedResults<OptimizersStudy>("optimizers");
 * const [descent] = optimizersAt(result, { left: result.configuration.left });
 * assert(descent.optimizer === "gradient-descent" && descent.seeds.every(({ own }) => own >= 1));
 * ```
 */
export function optimizersAt(study: OptimizersStudy, mark: WalkMark): OptimizerAtMark[] {
  const { optimizers, configuration } = checkOptimizers("study", study);
  checkWalkMark("mark", mark);
  return optimizers.map(({ optimizer, rate, walks }) => ({
    ...{ optimizer, rate, of: walks.length },
    diverged: walks.filter(({ end }) => end === "diverged").length,
    seeds: walks.flatMap((walk) => walkAt(walk, mark, configuration) ?? []),
  }));
}

/** The seeds of an optimizer all of whose walks come to the mark; of another none: a mean of survivors is none. */
export const withoutLosses = ({ of, seeds }: OptimizerAtMark): readonly WalkAtMark[] =>
  seeds.length === of ? seeds : [];

/** The mark, if it is one. */
export const checkWalkMark = <T extends WalkMark>(name: string, mark: T): T => {
  checkRecord(name, mark, {}, "{ left } or { testLoss }");
  checkOneOf(`the field of ${name}`, Object.keys(mark)[0], ["left", "testLoss"]);
  checkPositive(`${name}.${Object.keys(mark)[0]}`, Object.values(mark)[0]);
  return mark;
};

function walkAt(
  walk: SeedWalk,
  mark: WalkMark,
  { n, testImages }: Pick<OptimizersStudy["configuration"], "n" | "testImages">,
): WalkAtMark | undefined {
  const [column, value] = "left" in mark
    ? [walk.loss, mark.left * silent(n)]
    : [walk.testLoss, mark.testLoss];
  const after = column.findIndex((one) => one <= value * (1 + 1e-6));
  if (after < 1) return undefined;
  const share = after === 1 || column[after] >= value
    ? 1
    : (column[after - 1] - value) / (column[after - 1] - column[after]);
  const at = (name: keyof Omit<SeedWalk, "seed" | "end">) => {
    const [from, to] = [walk[name][after - 1], walk[name][after]];
    return from + share * (to - from);
  };
  const steps = at("step");
  const squared = at("displacementSquared");
  return {
    ...{ seed: walk.seed, steps, pathLength: at("pathLength"), distance: Math.sqrt(squared) },
    ...{ lossDrop: walk.loss[0] - at("loss"), firstOrderDrop: at("firstOrderDrop") },
    // Of ratios the nearer entry, since a quotient of interpolated sums is no one's.
    ...ratiosAt(walk, share >= 0.5 || after === 1 ? after : after - 1, testImages),
    ...{ testLoss: at("testLoss"), testAccuracy: at("testAccuracy") },
  };
}

/**
 * The ratios at a kept entry, past the start. L_test's change is that of the losses: along long steps Σ h̄·δθ, a
 * trapezoid, is another number.
 */
export function ratiosAt(walk: SeedWalk, i: number, testImages: number) {
  const { step, ownDrop, ownSquare, stepSquaredSum, displacementSquared, testLoss } = walk;
  const change = testImages * (testLoss[i] - testLoss[0]);
  return {
    own: ownDrop[i] / ownSquare[i],
    discrete: step[i] * stepSquaredSum[i] / displacementSquared[i],
    testShare: (change / stepSquaredSum[i]) * (change / walk.testGradientSquares[i]),
  };
}

/**
 * The lowest test loss to which every walk of a study comes that also comes to its mark.
 *
 * @throws {RangeError} if no walk comes to the mark
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type OptimizersStudy, storedResults } from "../mod.ts";
 * import { commonTestLoss } from "./optimizer_readings.ts";
 * const [{ result }] = await storedResults<OptimizersStudy>("optimizers");
 * assert(commonTestLoss(result) > 0);
 * ```
 */
export function commonTestLoss(study: OptimizersStudy): number {
  const { optimizers } = checkOptimizers("study", study);
  const least = optimizers.flatMap(({ walks }) =>
    walks.filter(({ end }) => end === "mark").map(({ testLoss }) => Math.min(...testLoss))
  );
  if (least.length === 0) {
    throw new RangeError(
      "the study has no walk that comes to the mark; a loss is read of one at least",
    );
  }
  return Math.max(...least);
}

/** A study's run of an optimizer, if it has one with walks. */
export const runOf = (study: OptimizersStudy, optimizer: RuleName): OptimizerRun | undefined =>
  study.optimizers.find((run) => run.optimizer === optimizer && run.walks.length > 0);

/** Momentum read as if it were gradient descent, on two clocks. */
export interface MomentumClocks {
  readonly seed: number;
  /** Nη F/‖Δθ‖², and the same on the clock Nη/(1 − μ). */
  readonly steps: number;
  readonly drift: number;
  /** The least that the latter is at a kept entry. */
  readonly leastDrift: number;
  readonly entries: number;
  /** Nη ΔL/((1 − μ)‖Δθ‖²), without the discrete correction. */
  readonly uncorrected: number;
  /** In its own metric, with F; the same on both clocks. */
  readonly own: number;
}

/**
 * Heavy ball or Nesterov at the mark, against gradient descent's limit ‖Δθ‖²/F on the clock of its
 * steps, Nη, and on that of its drift, Nη/(1 − μ); and against its own.
 *
 * @throws {RangeError} if the optimizer is neither, or has no walk here
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type OptimizersStudy, storedResults } from "../mod.ts";
 * import { momentumClocks } from "./optimizer_readings.ts";
 * const [{ result }] = await storedResults<OptimizersStudy>("optimizers");
 * const [one] = momentumClocks(result, "heavy-ball");
 * assert(Math.abs(one.drift / one.steps - 10) < 1e-9);
 * ```
 */
export function momentumClocks(
  study: OptimizersStudy,
  optimizer: "heavy-ball" | "nesterov",
): MomentumClocks[] {
  checkOptimizers("study", study);
  checkOneOf("optimizer", optimizer, ["heavy-ball", "nesterov"]);
  const run = runOf(study, optimizer);
  if (!run) throw new RangeError(`the study has no walk of ${optimizer}`);
  return run.walks.filter(({ end }) => end === "mark").map((walk) => {
    const last = walk.step.length - 1;
    const time = walk.step[last] * run.rate!;
    const steps = time * walk.firstOrderDrop[last] / walk.displacementSquared[last];
    const uncorrected = time * (walk.loss[0] - walk.loss[last]) /
      ((1 - MOMENTUM) * walk.displacementSquared[last]);
    const drifts = walk.step.slice(1).map((count, i) =>
      count * run.rate! * walk.firstOrderDrop[i + 1] /
      ((1 - MOMENTUM) * walk.displacementSquared[i + 1])
    );
    return {
      ...{ seed: walk.seed, steps, drift: steps / (1 - MOMENTUM), uncorrected },
      ...{ leastDrift: Math.min(...drifts), entries: drifts.length },
      own: walk.ownDrop[last] / walk.ownSquare[last],
    };
  });
}

/** The names in the order of the study, as text. */
export const OPTIMIZER_TEXT: Readonly<Record<RuleName, string>> = {
  "gradient-descent": "gradient descent",
  "constant-speed": "constant speed",
  "heavy-ball": "heavy ball",
  nesterov: "Nesterov",
  rmsprop: "RMSProp",
  adam: "Adam",
  natural: "natural gradient",
};

/** How many there are. */
export const OPTIMIZER_COUNT = RULES.length;
