/**
 * Whether a number puts optimizers in the order of another, and how often that order is the same from
 * seed to seed.
 *
 * @module
 */
import { checkOptimizers } from "../checks_of_optimizers.ts";
import type { OptimizersStudy } from "../studies/optimizers.ts";
import { type OptimizerAtMark, optimizersAt, type WalkAtMark } from "./optimizer_readings.ts";

/** Pairs of optimizers that a number puts in the same order as another does, a share for each seed of any of them. */
export function agreeingPairs(
  at: readonly OptimizerAtMark[],
  one: (walk: WalkAtMark) => number,
  other: (walk: WalkAtMark) => number,
): number[] {
  const seeds = new Set(at.flatMap(({ seeds }) => seeds.map(({ seed }) => seed)));
  return [...seeds].flatMap((seed) => {
    const walks = at.flatMap(({ seeds }) => seeds.find((walk) => walk.seed === seed) ?? []);
    const signs = walks.flatMap((a, i) =>
      walks.slice(i + 1).map((b) => Math.sign(one(a) - one(b)) * Math.sign(other(a) - other(b)))
    ).filter((sign) => sign !== 0);
    return signs.length > 0 ? [signs.filter((sign) => sign > 0).length / signs.length] : [];
  });
}

/**
 * How often a number's own order repeats: of the pairs of optimizers that come there from both, the share that two seeds
 * put in the same order, for each pair of seeds. No other number can be asked to agree more often.
 */
export function repeatingPairs(
  at: readonly OptimizerAtMark[],
  number: (walk: WalkAtMark) => number,
): number[] {
  const seeds = [...new Set(at.flatMap(({ seeds }) => seeds.map(({ seed }) => seed)))];
  return seeds.flatMap((a, i) =>
    seeds.slice(i + 1).flatMap((b) => {
      const both = at.flatMap(({ seeds }) => {
        const [one, other] = [a, b].map((seed) => seeds.find((walk) => walk.seed === seed));
        return one && other ? [[number(one), number(other)]] : [];
      });
      const signs = both.flatMap(([p, q], j) =>
        both.slice(j + 1).map(([r, s]) => Math.sign(p - r) * Math.sign(q - s))
      ).filter((sign) => sign !== 0);
      return signs.length > 0 ? [signs.filter((sign) => sign > 0).length / signs.length] : [];
    })
  );
}

/** What a ratio is asked to put in order, and by which ratio. */
export interface JudgeCase {
  readonly ratio: "own T/T_SL" | "N Σ‖δθ‖²/‖Δθ‖²";
  readonly against: "steps" | "test loss";
  /** Pairs in the same order, a share a seed. */
  readonly pairs: number[];
  /** How often two seeds agree on the order of what is asked for. */
  readonly repeats: number[];
}

/**
 * Both ratios against steps and test loss at a study's mark.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type OptimizersStudy, storedResults } from "../mod.ts";
 * import { judgeCases } from "./judge_readings.ts";
 * const [{ result }] = await storedResults<OptimizersStudy>("optimizers");
 * assert.equal(judgeCases(result).length, 4);
 * ```
 */
export function judgeCases(study: OptimizersStudy): JudgeCase[] {
  const { configuration: { left } } = checkOptimizers("study", study);
  const at = optimizersAt(study, { left });
  const asked = { steps: "steps", testLoss: "test loss" } as const;
  const ratios = { own: "own T/T_SL", discrete: "N Σ‖δθ‖²/‖Δθ‖²" } as const;
  return (["steps", "testLoss"] as const).flatMap((value) =>
    (["own", "discrete"] as const).map((ratio) => ({
      ...{ ratio: ratios[ratio], against: asked[value] },
      pairs: agreeingPairs(at, (walk) => walk[ratio], (walk) => walk[value]),
      repeats: repeatingPairs(at, (walk) => walk[value]),
    }))
  );
}
