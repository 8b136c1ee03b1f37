/**
 * How the inefficiency goes with the number of images, at a stated mark.
 *
 * @module
 */
import {
  fitLine,
  geometricMean,
  type MeanAndError,
  meanAndError,
  withInterval,
} from "../../statistics/mod.ts";
import { checkList, checkOptions, checkRecord, maybe, must } from "../../numerics/checks.ts";
import { checkFactor, checkSeedRatios, checkStart, checkStudies, checkValue } from "../checks.ts";
import { type AtMark, atMark, type Start } from "./at_mark.ts";
import { networkText } from "../studies/network_text.ts";
import { checkMark, type Mark } from "./mark.ts";
import type { SpeedLimitStudy } from "../studies/speed_limit_result.ts";

/** A factor between two studies, seed by seed, with Student's 95 % interval of its logarithm. */
export interface SeedFactor {
  readonly middle: number;
  readonly low: number;
  readonly high: number;
  readonly seeds: number;
}

/** T/T_SL at one number of images over that at another. */
export interface SizeFactor {
  readonly n: number;
  readonly from: number;
  readonly factor: SeedFactor;
}

/** How T/T_SL goes with n at one mark. */
export interface SizeGrowth {
  readonly architecture: string;
  readonly width: number;
  /** The network in words. */
  readonly network: string;
  readonly mark: Mark;
  readonly start: Start;
  /** From the smallest n of which two seeds come to the mark, to each larger one that shares two with it. */
  readonly factors: readonly SizeFactor[];
  /**
   * b of T/T_SL ∝ n^b: a line through all n of each seed, and the mean of its slope over the seeds that
   * have them all; not there if fewer than two do.
   */
  readonly exponent?: MeanAndError;
  /** The n that these are of, with L/(½‖Y‖²) at the mark, of the seed that has the most left. */
  readonly sizes: readonly { readonly n: number; readonly mostLeft: number }[];
  /** The n of which no two seeds come to the mark. */
  readonly notReached: readonly number[];
}

/**
 * The growth of T/T_SL with n, seed by seed: the same seed has the same initial weights at every n, so
 * pairs differ by less than the seeds do.
 *
 * @param studies of one network; of one n there may be several
 * @throws {RangeError} if the studies are of several networks, or there is none
 * @throws as `markOf` does
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { growthWithSize, HE, type SpeedLimitStudy, storedResults, studiesWith } from "../mod.ts";
 * const stored = await storedResults<SpeedLimitStudy>("speed_limit");
 * const studies = stored.map(({ result }) => result);
 * const ofOne = studiesWith(studies, { architecture: "myrtle-5", width: 32, ...HE });
 * const { factors, exponent } = growthWithSize(ofOne, { time: 0.2 });
 * assert.equal(factors.at(-1)?.n, 5000);
 * assert(exponent!.mean > 0);
 * ```
 */
export function growthWithSize(
  studies: readonly SpeedLimitStudy[],
  mark: Mark,
  options: { readonly start?: Start } = {},
): SizeGrowth {
  checkStudies("studies", studies);
  checkMark("mark", mark);
  const { start = "cold" } = checkOptions("options", options, { start: maybe(checkStart) });
  if (studies.length === 0) {
    throw new RangeError("there is no study; a growth with n is of one network's");
  }
  const { architecture, width } = studies[0].configuration;
  const networks = new Set(
    studies.map(({ configuration: c }) => `${c.architecture}, ${networkText(c)}`),
  );
  if (networks.size > 1) {
    throw new RangeError(
      `the studies are of ${[...networks].join(" and ")}; a growth with n is of one network's`,
    );
  }
  const sizes = [...new Set(studies.map(({ configuration: { n } }) => n))].sort((a, b) => a - b);
  const all = sizes.map((n) => ({
    n,
    at: atMark(studies.filter(({ configuration }) => configuration.n === n), mark, { start }),
  }));
  const reached = all.filter(({ at }) => at.seeds.length >= 2);
  const [first, ...larger] = reached;
  return {
    ...{ architecture, width, network: networkText(studies[0].configuration), mark, start },
    factors: larger.flatMap(({ n, at }) => {
      const factor = seedFactor(at, first.at);
      return factor ? [{ n, from: first.n, factor }] : [];
    }),
    exponent: exponentOver(reached),
    sizes: reached.map(({ n, at }) => ({
      n,
      mostLeft: Math.max(...at.seeds.map(({ lossLeft }) => lossLeft)),
    })),
    notReached: all.filter(({ at }) => at.seeds.length < 2).map(({ n }) => n),
  };
}

/** Of ½‖Y‖², what is left when the transient ends: a tenth is learnt. */
export const TRANSIENT_LEFT = 0.9;

/**
 * Whether a growth is read in the transient: at one n at least a seed has not yet learnt a tenth of ½‖Y‖².
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { inTransient } from "./size_growth.ts";
 * assert(inTransient({ sizes: [{ n: 500, mostLeft: 0.4 }, { n: 5000, mostLeft: 0.97 }] }));
 * assert(!inTransient({ sizes: [{ n: 500, mostLeft: 0.4 }, { n: 5000, mostLeft: 0.6 }] }));
 * ```
 */
export function inTransient(growth: Pick<SizeGrowth, "sizes">): boolean {
  const { sizes } = checkRecord("growth", growth, {
    sizes: must(checkList, must(checkRecord, { n: checkValue, mostLeft: checkValue })),
  });
  return sizes.some(({ mostLeft }) => mostLeft > TRANSIENT_LEFT);
}

/**
 * The growth with n of several networks at several marks: of each network that has two n.
 *
 * @throws as {@link growthWithSize} does
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { growthsWithSize, HE, type SpeedLimitStudy, storedResults, studiesWith } from "../mod.ts";
 * const stored = await storedResults<SpeedLimitStudy>("speed_limit");
 * const studies = studiesWith(stored.map(({ result }) => result), { architecture: "myrtle-5", ...HE });
 * const marks = [{ time: 0.2 }, { meanTime: 100 }];
 * // Of 16 and 32 channels there are several n.
 * assert(growthsWithSize(studies, marks).length >= 4);
 * ```
 */
export function growthsWithSize(
  studies: readonly SpeedLimitStudy[],
  marks: readonly Mark[],
  options: { readonly start?: Start } = {},
): SizeGrowth[] {
  checkStudies("studies", studies);
  checkList("marks", marks, checkMark);
  checkOptions("options", options, { start: maybe(checkStart) });
  const groups = Map.groupBy(
    studies,
    ({ configuration: c }) => `${c.architecture}, ${networkText(c)}`,
  );
  return [...groups.values()]
    .filter((group) => new Set(group.map(({ configuration }) => configuration.n)).size > 1)
    .flatMap((group) => marks.map((mark) => growthWithSize(group, mark, options)));
}

/**
 * T/T_SL at one mark over that at another, seed by seed.
 *
 * @returns `undefined` if fewer than two seeds come to both
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { atMark, seedFactor, type SpeedLimitStudy, storedResult } from "../mod.ts";
 * const stored = await storedResult<SpeedLimitStudy>("speed_limit/myrtle_5_32_n500");
 * const at = (time: number) => atMark(stored!.result, { time });
 * assert(seedFactor(at(0.2), at(0.05))!.low > 1);
 * ```
 */
export function seedFactor(
  one: Pick<AtMark, "seeds">,
  other: Pick<AtMark, "seeds">,
): SeedFactor | undefined {
  checkSeedRatios("one", one);
  checkSeedRatios("other", other);
  return pairedFactor(
    one.seeds.map(({ seed, inefficiency }) => ({ seed, value: inefficiency })),
    other.seeds.map(({ seed, inefficiency }) => ({ seed, value: inefficiency })),
  );
}

/** The same of any positive values that seeds have. */
export function pairedFactor(
  ones: readonly { readonly seed: number; readonly value: number }[],
  others: readonly { readonly seed: number; readonly value: number }[],
): SeedFactor | undefined {
  const bySeed = new Map(others.map(({ seed, value }) => [seed, value]));
  const ratios = ones.flatMap(({ seed, value }) =>
    bySeed.has(seed) ? [value / bySeed.get(seed)!] : []
  );
  if (ratios.length < 2) return undefined;
  const { mean, interval: [low, high] } = geometricMean(ratios);
  return { middle: mean, low, high, seeds: ratios.length };
}

function exponentOver(
  sizes: readonly { readonly n: number; readonly at: AtMark }[],
): MeanAndError | undefined {
  if (sizes.length < 2) return undefined;
  const logs = sizes.map(({ n }) => Math.log(n));
  const slopes = sizes[0].at.seeds.flatMap(({ seed }) => {
    const own = sizes.flatMap(({ at }) => at.seeds.find((one) => one.seed === seed) ?? []);
    if (own.length < sizes.length) return [];
    return [fitLine(logs, own.map(({ inefficiency }) => Math.log(inefficiency))).slope];
  });
  return slopes.length < 2 ? undefined : meanAndError(slopes);
}

/**
 * A factor as text, with its interval.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { factorText } from "./size_growth.ts";
 * assert.equal(factorText({ middle: 2.2, low: 2.1, high: 2.3, seeds: 6 }), "2.20 [2.10, 2.30]");
 * ```
 */
export function factorText(factor: SeedFactor): string {
  const { middle, low, high } = checkFactor("factor", factor);
  return withInterval({ mean: middle, interval: [low, high] }, { digits: 2 });
}
