/**
 * Whether CIFAR-10's kernels, averaged over outputs, are what the paper's theory takes for granted
 * (notebook 05).
 *
 * @module
 */
import {
  checkList,
  checkNumbers,
  checkOneOf,
  checkRecord,
  checkText,
  maybe,
  must,
} from "../../numerics/checks.ts";
import { checkColumn, checkObject, checkValue } from "../checks.ts";
import {
  type ExponentLimit,
  exponentText,
  type SampledPowerLaw,
  withInterval,
} from "../../statistics/mod.ts";
import type { Claim } from "./claim.ts";
import { judgedWithin, type Judgement, verdictOver } from "./judged.ts";
import { atLeastOne } from "./paths.ts";

/** A law's exponent may change so much of itself from window to window. */
const STRAIGHT = 0.1;
/** Fewer windows do not show whether the exponent depends on them … */
const WINDOWS = 3;
/** … nor does a range of k below this ratio show a law. */
const DECADE = 10;
/** To k = n over this the correction for n samples holds (`sampleWindow`). */
const SAMPLES_PER_MODE = 10;

const PAIR = must(checkNumbers, { gaps: true, length: 2 });
const EXPONENT = { exponent: checkValue, wide: PAIR, interval: maybe(PAIR) } as const;

/**
 * The figure to remember: α of each network, with the interval of images, seeds and window.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { exponentsHeadline } from "./kernels_of_cifar10.ts";
 * const alpha = { exponent: 1.1, wide: [1, 1.2], interval: [1.05, 1.15] } as const;
 * assert.equal(exponentsHeadline([{ network: "FCN, ∞", alpha }]), "α = 1.10 [1.00, 1.20] (FCN, ∞)");
 * ```
 */
export function exponentsHeadline(
  fits: readonly {
    readonly network: string;
    readonly alpha: Pick<SampledPowerLaw, "exponent" | "wide" | "interval">;
  }[],
): string {
  checkList(
    "fits",
    fits,
    must(checkRecord, { network: checkText, alpha: must(checkRecord, EXPONENT) }),
  );
  return `α = ${
    atLeastOne(fits, "network").map(({ network, alpha }) => `${exponentText(alpha)} (${network})`)
      .join(", ")
  }`;
}

/**
 * The kernels' spectra are power laws where k ≪ n: a network's is where its exponents in the window and
 * those within it differ by less than a tenth; undecided where the window is shorter than a decade of k,
 * or has fewer than three windows to compare. Over networks as `verdictOver` does, but with a limit where
 * the first eigenvalues of some stand apart.
 *
 * @throws {RangeError} if there is no network
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { spectraArePowerLaws } from "./kernels_of_cifar10.ts";
 * const fits = [{}, {}, {}] as never[];
 * const alpha = { exponent: 1, windows: [0.97, 1.06], window: [3, 50], samples: 500, fits } as const;
 * const { verdict } = spectraArePowerLaws([{ network: "FCN, ∞", alpha }]);
 * assert.equal(verdict, "confirmed with a limit");
 * const short = { ...alpha, window: [3, 12] as const };
 * assert.equal(spectraArePowerLaws([{ network: "FCN, ∞", alpha: short }]).verdict, "undecided");
 * ```
 */
export function spectraArePowerLaws(
  fits: readonly {
    readonly network: string;
    readonly alpha: Pick<
      SampledPowerLaw,
      "exponent" | "windows" | "window" | "samples" | "fits"
    >;
  }[],
): Claim {
  const law = must(checkRecord, {
    ...{ exponent: checkValue, windows: PAIR, window: PAIR, samples: checkValue },
    fits: must(checkList, checkObject),
  });
  checkList("fits", fits, must(checkRecord, { network: checkText, alpha: law }));
  const judged = atLeastOne(fits, "network").map(({ network, alpha }) => {
    const { exponent, windows: [low, high], window: [from, to], samples, fits: { length } } = alpha;
    const short = length < WINDOWS || to < DECADE * from || !Number.isFinite(exponent);
    const judgement: Judgement = short
      ? "undecided"
      : high - low < STRAIGHT * exponent
      ? "holds"
      : "fails";
    return {
      ...{ where: `${network}, n = ${samples}`, judgement },
      apart: from > 1,
      value:
        (short ? `α ${exponent.toFixed(2)} in ` : `α ${low.toFixed(2)} to ${high.toFixed(2)} in `) +
        `${length} window${length === 1 ? "" : "s"} of k = ${from}–${to}` +
        (short ? ", too short to judge" : ""),
    };
  });
  const { verdict, evidence } = verdictOver(judged);
  const apart = judged.some(({ apart }) => apart);
  return {
    claim: "CIFAR-10's kernel spectra, averaged over outputs, are power laws where k ≪ n",
    mark: "derived",
    verdict: verdict === "confirmed" && apart ? "confirmed with a limit" : verdict,
    evidence: evidence + (apart ? " The eigenvalues before these windows stand apart." : ""),
  };
}

/** Exponents of one network at growing n, and where they go. */
export interface ExponentsAgainstSize {
  readonly network: string;
  readonly fits: readonly Pick<
    SampledPowerLaw,
    "exponent" | "wide" | "interval" | "samples" | "uncorrected" | "window"
  >[];
  readonly limit: Pick<ExponentLimit, "exponent" | "interval">;
}

/**
 * Exponents for k ≤ n/10 settle as n grows: confirmed where the limit's interval is within a tenth of the
 * limit, and the exponent at each n is within a tenth of it; with a limit where the largest n's alone is;
 * not confirmed where that has an interval that lies wholly farther off; undecided else.
 *
 * @throws {RangeError} if there are no sizes, or a window ends beyond n/10, where samples are not freed of
 * what they add
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { exponentsSettle } from "./kernels_of_cifar10.ts";
 * const fit = (samples: number, exponent: number) => ({
 *   ...{ samples, exponent, wide: [1, 1.2] as const, uncorrected: 0.9, window: [3, 50] as const },
 * });
 * const { verdict } = exponentsSettle({
 *   network: "FCN, ∞",
 *   fits: [fit(500, 1.07), fit(1000, 1.09)],
 *   limit: { exponent: 1.1, interval: [1.05, 1.15] },
 * });
 * assert.equal(verdict, "confirmed");
 * ```
 */
export function exponentsSettle(against: ExponentsAgainstSize): Claim {
  const fit = must(checkRecord, {
    ...EXPONENT,
    ...{ samples: checkValue, uncorrected: checkValue, window: PAIR },
  });
  const { network, fits, limit } = checkRecord("against", against, {
    ...{ network: checkText, fits: must(checkList, fit) },
    limit: must(checkRecord, { exponent: checkValue, interval: PAIR }),
  });
  const bySize = atLeastOne(fits, "size").toSorted((a, b) => a.samples - b.samples);
  for (const { samples, window: [, to] } of bySize) {
    if (to > samples / SAMPLES_PER_MODE) {
      throw new RangeError(
        `the window at n = ${samples} ends at k = ${to}; it must end at n/${SAMPLES_PER_MODE} at most`,
      );
    }
  }
  const near = (exponent: number) => Math.abs(exponent / limit.exponent - 1) < STRAIGHT;
  const sharp = limit.interval.every(near), last = bySize[bySize.length - 1];
  const range = [1 - STRAIGHT, 1 + STRAIGHT].map((share) => share * limit.exponent);
  const off = sharp && last.interval &&
    judgedWithin({ interval: last.wide }, [range[0], range[1]]) === "fails";
  const sizes = bySize.map(({ samples }) => samples).join(", ");
  return {
    claim:
      `Freed of what n samples add, α for k ≤ n/10 does not depend on n (${network}, within a tenth)`,
    mark: "derived",
    verdict: sharp && bySize.every(({ exponent }) => near(exponent))
      ? "confirmed"
      : sharp && near(last.exponent)
      ? "confirmed with a limit"
      : off
      ? "not confirmed"
      : "undecided",
    evidence: `For ${network}, n = ${sizes}, α is ${
      bySize.map(({ exponent }) => exponent.toFixed(2)).join(", ")
    } (as sampled ${
      bySize.map(({ uncorrected }) => uncorrected.toFixed(2)).join(", ")
    }), and for n → ∞ ${
      withInterval({ mean: limit.exponent, interval: limit.interval }, { digits: 2 })
    }.`,
  };
}

/**
 * δ < 1, the paper's condition for learning that is optimal in the scaling sense, of the labels alone or at
 * initialization: of a network it holds where the whole interval lies below 1, fails where it lies above,
 * and is undecided else, without an interval (one set) or an exponent (NaN) among them; over networks as
 * `verdictOver` does.
 *
 * @param of which residue
 * @throws {RangeError} if there is no network
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { deltaBelowOne } from "./kernels_of_cifar10.ts";
 * const law = (exponent: number, wide: readonly [number, number]) => ({
 *   ...{ exponent, wide, interval: wide, uncorrected: exponent, samples: 500 },
 *   window: [3, 50] as const,
 * });
 * const fit = { network: "FCN", labels: law(0.8, [0.7, 0.9]), start: law(1.2, [1.1, 1.3]) };
 * assert.equal(deltaBelowOne([fit], "labels").verdict, "confirmed");
 * assert.equal(deltaBelowOne([fit], "start").verdict, "not confirmed");
 * ```
 */
export function deltaBelowOne(
  fits: readonly (
    & { readonly network: string }
    & {
      readonly [K in "labels" | "start"]: Pick<
        SampledPowerLaw,
        "exponent" | "wide" | "interval" | "uncorrected" | "samples" | "window"
      >;
    }
  )[],
  of: "labels" | "start",
): Claim {
  checkOneOf("of", of, ["labels", "start"]);
  const checkLaw = must(checkRecord, {
    ...EXPONENT,
    ...{ uncorrected: checkValue, samples: checkValue, window: checkColumn },
  });
  checkList("fits", fits, must(checkRecord, { network: checkText, [of]: checkLaw }));
  const laws = atLeastOne(fits, "network").map((fit) => ({ network: fit.network, ...fit[of] }));
  const judgement = ({ exponent, wide: [low, high], interval }: typeof laws[number]): Judgement =>
    !Number.isFinite(exponent) || !interval
      ? "undecided"
      : high < 1
      ? "holds"
      : low > 1
      ? "fails"
      : "undecided";
  return {
    claim: `δ < 1 on CIFAR-10 ${
      of === "labels" ? "for the labels alone" : "from He's initialization"
    }, the paper's condition for learning that is optimal in the scaling sense`,
    mark: "derived",
    ...verdictOver(laws.map((law) => ({
      where: `${law.network}, n = ${law.samples}, k = ${law.window.join("–")}`,
      judgement: judgement(law),
      value: `${exponentText(law)} (${law.uncorrected.toFixed(2)} as sampled)`,
    }))),
  };
}
