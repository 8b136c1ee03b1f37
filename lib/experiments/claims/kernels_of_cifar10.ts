/**
 * Whether CIFAR-10's kernels are what the paper's theory takes for granted, and what follows from them
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
  must,
} from "../../numerics/checks.ts";
import { checkColumn, checkForecasts, checkValue } from "../checks.ts";
import {
  type ExponentLimit,
  geometricMean,
  leastToLargest,
  type SampledPowerLaw,
  withInterval,
} from "../../statistics/mod.ts";
import type { KernelForecast, NetworkForecast } from "../kernel_forecast.ts";
import type { Claim, Verdict } from "./claim.ts";
import { atLeastOne } from "./paths.ts";

/** Two T/T_SL that differ by less than this factor count as one. */
const NEAR = 1.25;
/** An interval of T/T_SL that spans more than this factor foretells nothing. */
const VAGUE = 2;
/** A law's exponent may change so much of itself from window to window. */
const STRAIGHT = 0.1;

const PAIR = must(checkNumbers, { gaps: true, length: 2 });
const checkTold = must(checkRecord, { exponent: checkValue, wide: PAIR });

/** Confirmed if all are, with a limit if some are. */
const verdictOf = (held: readonly boolean[]): Verdict =>
  held.every(Boolean)
    ? "confirmed"
    : held.some(Boolean)
    ? "confirmed with a limit"
    : "not confirmed";

const told = ({ exponent, wide }: Pick<SampledPowerLaw, "exponent" | "wide">) =>
  withInterval({ mean: exponent, interval: wide }, { digits: 2 });

/**
 * The figure to remember: α of each network, with the interval of images, seeds and window.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { exponentsHeadline } from "./kernels_of_cifar10.ts";
 * const alpha = { exponent: 1.1, wide: [1, 1.2] } as const;
 * assert.equal(exponentsHeadline([{ network: "FCN, ∞", alpha }]), "α = 1.10 [1.00, 1.20] (FCN, ∞)");
 * ```
 */
export function exponentsHeadline(
  fits: readonly {
    readonly network: string;
    readonly alpha: Pick<SampledPowerLaw, "exponent" | "wide">;
  }[],
): string {
  checkList("fits", fits, must(checkRecord, { network: checkText, alpha: checkTold }));
  return `α = ${
    atLeastOne(fits, "network").map(({ network, alpha }) => `${told(alpha)} (${network})`).join(
      ", ",
    )
  }`;
}

/**
 * The kernels' spectra are power laws where k ≪ n: a network's is where its exponents in the window and
 * those within it differ by less than a tenth; confirmed where every network's is and begins at k = 1,
 * with a limit where the first eigenvalues of some stand apart, or where only some networks' are.
 *
 * @throws {RangeError} if there is no network
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { spectraArePowerLaws } from "./kernels_of_cifar10.ts";
 * const alpha = { exponent: 1, windows: [0.97, 1.06], window: [3, 50], samples: 500 } as const;
 * const { verdict } = spectraArePowerLaws([{ network: "FCN, ∞", alpha }]);
 * assert.equal(verdict, "confirmed with a limit");
 * ```
 */
export function spectraArePowerLaws(
  fits: readonly {
    readonly network: string;
    readonly alpha: Pick<SampledPowerLaw, "exponent" | "windows" | "window" | "samples">;
  }[],
): Claim {
  const law = must(checkRecord, {
    ...{ exponent: checkValue, windows: PAIR, window: PAIR, samples: checkValue },
  });
  checkList("fits", fits, must(checkRecord, { network: checkText, alpha: law }));
  const judged = atLeastOne(fits, "network").map(({ network, alpha }) => {
    const { exponent, windows: [low, high], window: [from, to], samples } = alpha;
    return {
      straight: high - low < STRAIGHT * exponent,
      apart: from > 1,
      text: `${network}, n = ${samples}: ${low.toFixed(2)} to ${high.toFixed(2)} ` +
        `in windows of k = ${from}–${to}`,
    };
  });
  const verdict = verdictOf(judged.map(({ straight }) => straight));
  return {
    claim: "Kernel spectra of CIFAR-10 are power laws where k ≪ n",
    mark: "derived",
    verdict: verdict === "confirmed" && judged.some(({ apart }) => apart)
      ? "confirmed with a limit"
      : verdict,
    evidence: `α ${judged.map(({ text }) => text).join("; ")}` +
      (judged.some(({ apart }) => apart) ? "; the eigenvalues before stand apart" : ""),
  };
}

/** Exponents of one network at growing n, and where they go. */
export interface ExponentsAgainstSize {
  readonly network: string;
  readonly fits: readonly Pick<
    SampledPowerLaw,
    "exponent" | "wide" | "samples" | "uncorrected" | "window"
  >[];
  readonly limit: Pick<ExponentLimit, "exponent" | "interval">;
}

/**
 * Exponents settle as n grows: confirmed where the limit's interval is within a tenth of the limit, and
 * the exponent at each n is within a tenth of it; with a limit where the largest n's alone is.
 *
 * @throws {RangeError} if there are no sizes
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
    ...{ exponent: checkValue, samples: checkValue, uncorrected: checkValue },
  });
  const { network, fits, limit } = checkRecord("against", against, {
    ...{ network: checkText, fits: must(checkList, fit) },
    limit: must(checkRecord, { exponent: checkValue, interval: PAIR }),
  });
  const bySize = atLeastOne(fits, "size").toSorted((a, b) => a.samples - b.samples);
  const near = (exponent: number) => Math.abs(exponent / limit.exponent - 1) < STRAIGHT;
  const sharp = limit.interval.every(near);
  const all = bySize.every(({ exponent }) => near(exponent));
  const sizes = bySize.map(({ samples }) => samples).join(", ");
  return {
    claim: "Freed of what n samples add, α does not depend on n",
    mark: "derived",
    verdict: sharp && all
      ? "confirmed"
      : sharp && near(bySize[bySize.length - 1].exponent)
      ? "confirmed with a limit"
      : "not confirmed",
    evidence: `${network}, n = ${sizes}: ${
      bySize.map(({ exponent }) => exponent.toFixed(2)).join(", ")
    } (as sampled ${bySize.map(({ uncorrected }) => uncorrected.toFixed(2)).join(", ")}); n → ∞: ${
      withInterval({ mean: limit.exponent, interval: limit.interval }, { digits: 2 })
    }`,
  };
}

/**
 * δ < 1, where learning is optimal in the scaling sense, of the labels alone or at initialization:
 * confirmed where the whole interval of every network lies below 1, with a limit where that of some
 * does, not confirmed where none does. An exponent that is not told (NaN) counts against it.
 *
 * @param of which residue
 * @throws {RangeError} if there is no network
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { deltaBelowOne } from "./kernels_of_cifar10.ts";
 * const law = (exponent: number, wide: readonly [number, number]) => ({
 *   ...{ exponent, wide, uncorrected: exponent, samples: 500, window: [3, 50] as const },
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
        "exponent" | "wide" | "uncorrected" | "samples" | "window"
      >;
    }
  )[],
  of: "labels" | "start",
): Claim {
  checkOneOf("of", of, ["labels", "start"]);
  const checkLaw = must(checkRecord, {
    ...{ exponent: checkValue, wide: PAIR, uncorrected: checkValue, samples: checkValue },
    window: checkColumn,
  });
  checkList("fits", fits, must(checkRecord, { network: checkText, [of]: checkLaw }));
  const laws = atLeastOne(fits, "network").map((fit) => ({ network: fit.network, ...fit[of] }));
  const side = ({ exponent, wide: [low, high] }: typeof laws[number]) =>
    !Number.isFinite(exponent) ? "not told" : high < 1 ? "below" : low > 1 ? "above" : "undecided";
  return {
    claim: of === "labels"
      ? "δ < 1 for the labels alone, so that learning is optimal in the scaling sense"
      : "δ < 1 from He's initialization, so that learning is optimal in the scaling sense",
    mark: "reviewer",
    verdict: verdictOf(laws.map((law) => side(law) === "below")),
    evidence: laws.map((law) =>
      `${law.network}, n = ${law.samples}, k = ${law.window.join("–")}: ${side(law)}, ${
        told(law)
      } ` +
      `(${law.uncorrected.toFixed(2)} as sampled)`
    ).join("; "),
  };
}

/**
 * α and δ foretell the measured T/T_SL: of a network they do where the geometric mean of its measured
 * seeds lies in the forecast's interval, which holds images, seeds and window, and that interval spans
 * less than a factor of 2; confirmed if all networks' do, with a limit if some do. A network that was
 * not measured counts against it.
 *
 * @throws {RangeError} if there is no network
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { exponentsForetell } from "./kernels_of_cifar10.ts";
 * const kernel = { name: "", exact: 4, labels: 1.2, own: 4.5 };
 * const growth = { value: 0.2, interval: [0.1, 0.3] } as const;
 * const powerLaw = { value: 4, interval: [3.5, 5] } as const;
 * const forecast = { network: "FCN", at: 0.2, powerLaw, growth, kernels: [kernel, kernel] };
 * assert.equal(exponentsForetell([forecast]).verdict, "confirmed");
 * ```
 */
export function exponentsForetell(networks: readonly NetworkForecast[]): Claim {
  checkForecasts("networks", networks);
  const judged = atLeastOne(networks, "network").map(({ network, powerLaw, kernels }) => {
    const own = kernels.flatMap((kernel) => kernel.own ?? []);
    const [low, high] = powerLaw.interval;
    const mean = own.length > 1 ? geometricMean(own).mean : own[0];
    const text = `${network} forecast ${
      withInterval({ mean: powerLaw.value, interval: powerLaw.interval })
    }, `;
    return {
      holds: own.length > 0 && low <= mean && mean <= high && high < VAGUE * low,
      text: text +
        (own.length === 0
          ? "not measured at this width and time"
          : `measured ${mean.toFixed(1)} (seeds ${leastToLargest(own)})`),
    };
  });
  return {
    claim: "α and δ foretell the measured T/T_SL",
    mark: "derived",
    verdict: verdictOf(judged.map(({ holds }) => holds)),
    evidence: `at τ = ${networks[0].at}: ${judged.map(({ text }) => text).join("; ")}`,
  };
}

/**
 * The network follows its linearization: T/T_SL of the network linearized at initialization, with the
 * kernel of all outputs, is within a factor of 1.25 of the measured one; confirmed where it is for every
 * seed of every network that has both, with a limit where for some, not confirmed where for none, or none
 * has.
 *
 * @throws {RangeError} if there is no network
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { linearizationForetells } from "./kernels_of_cifar10.ts";
 * const kernel = { name: "", exact: 4, labels: 1.2, own: 7, linearized: 8.2 };
 * const told = { value: 4, interval: [3, 5] } as const;
 * const forecast = { network: "Myrtle-5", at: 0.2, powerLaw: told, growth: told, kernels: [kernel] };
 * assert.equal(linearizationForetells([forecast]).verdict, "confirmed");
 * ```
 */
export function linearizationForetells(networks: readonly NetworkForecast[]): Claim {
  checkForecasts("networks", networks);
  const all = pairsOf(atLeastOne(networks, "network"), "own", "linearized");
  const above = all.filter(([own, linearized]) => linearized > own).length;
  return {
    claim: "The network follows its linearization, of all outputs",
    mark: "derived",
    verdict: all.length === 0 ? "not confirmed" : verdictOf(all.map(isNear)),
    evidence: all.length === 0
      ? `at τ = ${networks[0].at}: ${NOT_COMPUTED}`
      : `at τ = ${networks[0].at}: ${
        pairTexts(networks, "own", "itself")
      }: the motion of the kernel ` +
        `lowers T/T_SL in ${above} of ${all.length}, and raises it in ${all.length - above}`,
  };
}

/**
 * The kernel averaged over outputs stands for that of all outputs: T/T_SL with the one is within a factor
 * of 1.25 of that with the other; confirmed where it is for every seed of every network that has both, with
 * a limit where for some, not confirmed where for none, or none has.
 *
 * @throws {RangeError} if there is no network
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { averageStandsForAll } from "./kernels_of_cifar10.ts";
 * const kernel = { name: "", exact: 4.9, labels: 1.2, own: 7, linearized: 8.2 };
 * const told = { value: 4, interval: [3, 5] } as const;
 * const forecast = { network: "Myrtle-5", at: 0.2, powerLaw: told, growth: told, kernels: [kernel] };
 * assert.equal(averageStandsForAll([forecast]).verdict, "not confirmed");
 * ```
 */
export function averageStandsForAll(networks: readonly NetworkForecast[]): Claim {
  checkForecasts("networks", networks);
  const all = pairsOf(atLeastOne(networks, "network"), "exact", "linearized");
  return {
    claim: "The kernel averaged over outputs stands for that of all outputs",
    mark: "derived",
    verdict: all.length === 0 ? "not confirmed" : verdictOf(all.map(isNear)),
    evidence: `at τ = ${networks[0].at}: ${
      all.length === 0 ? NOT_COMPUTED : pairTexts(networks, "exact", "averaged")
    }`,
  };
}

/**
 * Most of the cold inefficiency is owed to the initial random function: without it the same kernels
 * have less than 1/1.5 of it, for every network and seed (with a limit: for some).
 *
 * @throws {RangeError} if there is no network, or no kernel
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { owedToInitialFunction } from "./kernels_of_cifar10.ts";
 * const told = { value: 4, interval: [3, 5] } as const;
 * const kernels = [{ name: "", exact: 4, labels: 1.2 }];
 * const forecast = { network: "FCN", at: 0.2, powerLaw: told, growth: told, kernels };
 * assert.equal(owedToInitialFunction([forecast]).verdict, "confirmed");
 * ```
 */
export function owedToInitialFunction(networks: readonly NetworkForecast[]): Claim {
  checkForecasts("networks", networks);
  const all = atLeastOne(networks, "network").flatMap(({ kernels }) => kernels);
  atLeastOne(all, "kernel");
  const range = (kernels: readonly KernelForecast[], column: "exact" | "labels") =>
    leastToLargest(kernels.map((one) => one[column]), { digits: 2 });
  const parts = networks.map(({ network, kernels }) =>
    `${range(kernels, "labels")} instead of ${range(kernels, "exact")} (${network})`
  );
  return {
    claim: "The cold inefficiency is owed to the initial random function",
    mark: "derived",
    verdict: verdictOf(all.map(({ labels, exact }) => labels < exact / 1.5)),
    evidence: `at τ = ${networks[0].at} the same kernels, averaged over outputs, have without it ` +
      parts.join(", "),
  };
}

/** Two T/T_SL of the seeds that have both. */
function pairsOf(
  networks: readonly NetworkForecast[],
  first: "own" | "exact",
  second: "linearized",
): (readonly [number, number])[] {
  return networks.flatMap(({ kernels }) =>
    kernels.flatMap((kernel) => {
      const [a, b] = [kernel[first], kernel[second]];
      return a === undefined || b === undefined ? [] : [[a, b] as const];
    })
  );
}

const NOT_COMPUTED = "the linearized flow was not computed for this network, width and time";

function pairTexts(
  networks: readonly NetworkForecast[],
  first: "own" | "exact",
  word: string,
): string {
  const listed = (values: readonly number[]) => values.map((value) => value.toFixed(1)).join(", ");
  return networks.flatMap((forecast) => {
    const pairs = pairsOf([forecast], first, "linearized");
    return pairs.length === 0 ? [] : [
      `${forecast.network} linearized ${listed(pairs.map(([, one]) => one))}, ` +
      `${word} ${listed(pairs.map(([one]) => one))}`,
    ];
  }).join("; ");
}

const isNear = ([a, b]: readonly [number, number]) => Math.max(a / b, b / a) < NEAR;
