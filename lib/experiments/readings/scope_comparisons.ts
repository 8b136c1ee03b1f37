/**
 * Studies of the scope against the usual one, seed by seed, with tests corrected for how many.
 *
 * @module
 */
import { checkList } from "../../numerics/checks.ts";
import { checkScope } from "../checks.ts";
import { adjustedPValues, correlation, type PairedTest, pairedTest } from "../../statistics/mod.ts";
import type { ScopeStudy } from "../studies/scope.ts";
import type { SeedMean } from "../studies/seed_mean.ts";
import { checkScopeMark, hasUsualData, scopeAt, type ScopeMark } from "./scope.ts";

/** A study against another of its architecture, or of the usual one, at a place. */
export interface ScopeComparison {
  readonly study: ScopeStudy;
  /** What it is held against. */
  readonly base: ScopeStudy;
  /** By which factor T/T_SL differs: geometric mean over seeds that both have, with its interval. */
  readonly factor: SeedMean;
  /** Of ln T/T_SL. */
  readonly test: PairedTest;
  /** Of ln T/T_SL over the seeds, between the two: what pairing them is worth. */
  readonly correlation: number;
  /** The p-value corrected for how many comparisons there are. */
  readonly holm: number;
  readonly benjaminiHochberg: number;
}

/**
 * The study that another is held against: where images, classes or labels are other than usual, the same network on
 * as many of the usual ones; else the fully connected one of three layers, relu, of the fewest images.
 *
 * @returns `undefined` if it is not among the studies, or is the study itself
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ScopeStudy, storedResults } from "../mod.ts";
 * import { scopeBase } from "./scope_comparisons.ts";
 * const stored = (await storedResults<ScopeStudy>("scope")).map(({ result }) => result);
 * const random = stored.find(({ configuration: { labels } }) => labels === "random")!;
 * assert.equal(scopeBase(stored, random)!.configuration.labels, "true");
 * ```
 */
export function scopeBase(
  studies: readonly ScopeStudy[],
  study: ScopeStudy,
): ScopeStudy | undefined {
  checkList("studies", studies, checkScope);
  checkScope("study", study);
  const { configuration: own } = study;
  const usual = studies.filter(({ configuration }) => hasUsualData(configuration));
  if (!hasUsualData(own)) {
    return usual.find(({ configuration: c }) =>
      c.architecture === own.architecture && c.width === own.width && c.layers === own.layers &&
      c.activation === own.activation && c.n === own.n
    );
  }
  const base =
    usual.filter(({ configuration: c }) =>
      c.architecture === "fully-connected" && c.layers === undefined && c.activation === undefined
    ).toSorted((a, b) => a.configuration.n - b.configuration.n)[0];
  return base?.configuration === own ? undefined : base;
}

/**
 * Each study against the usual one at a place, by Student's paired test of ln T/T_SL over the seeds that
 * both bring there, corrected for how many. The seed is that of the initial weights, the same in two
 * studies of one network. Networks whose weights are drawn alike (relu and gelu, other n) share them too, so
 * that pairing sharpens the test there as well; how much is told by the correlation.
 *
 * @returns those of which two seeds at least come there
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type ScopeStudy, storedResults } from "../mod.ts";
 * import { scopeComparisons } from "./scope_comparisons.ts";
 * const stored = (await storedResults<ScopeStudy>("scope")).map(({ result }) => result);
 * for (const { test, holm } of scopeComparisons(stored, { time: 0.2 })) assert(holm >= test.pValue);
 * ```
 */
export function scopeComparisons(
  studies: readonly ScopeStudy[],
  mark: ScopeMark,
): ScopeComparison[] {
  checkList("studies", studies, checkScope);
  checkScopeMark("mark", mark);
  const found = studies.flatMap((study) => {
    const base = scopeBase(studies, study);
    if (!base) return [];
    const own = scopeAt(study, mark);
    const others = new Map(scopeAt(base, mark).map((at) => [at.seed, at]));
    const common = own.filter(({ seed }) => others.has(seed));
    if (common.length < 2) return [];
    const pairs = [
      common.map(({ inefficiency }) => Math.log(inefficiency)),
      common.map(({ seed }) => Math.log(others.get(seed)!.inefficiency)),
    ] as const;
    const test = pairedTest(...pairs);
    const [low, high] = test.interval;
    const factor: SeedMean = {
      mean: Math.exp(test.difference),
      interval: [Math.exp(low), Math.exp(high)],
      count: test.count,
    };
    return [{ study, base, factor, test, correlation: correlation(...pairs) }];
  });
  const p = found.map(({ test }) => test.pValue);
  const [holm, shares] = [adjustedPValues(p), adjustedPValues(p, { method: "benjamini-hochberg" })];
  return found.map((one, i) => ({ ...one, holm: holm[i], benjaminiHochberg: shares[i] }));
}
