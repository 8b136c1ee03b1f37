/**
 * What CIFAR-10's kernels and their exponents predict of the networks' own T/T_SL (notebook 05).
 *
 * @module
 */
import { checkList } from "../../numerics/checks.ts";
import { checkForecasts, checkLinearization } from "../checks.ts";
import { geometricMean, leastToLargest, withInterval } from "../../statistics/mod.ts";
import type { KernelForecast, NetworkForecast } from "../readings/kernel_forecast.ts";
import { networkName } from "../readings/kernel_exponents.ts";
import type { LinearizationStudy } from "../studies/linearization_result.ts";
import type { Claim } from "./claim.ts";
import { type Case, verdictOver } from "./judged.ts";
import { atLeastOne } from "./paths.ts";

/** Two T/T_SL that differ by less than this factor count as one. */
const NEAR = 1.25;
/** An interval of T/T_SL that spans this factor or more predicts nothing. */
const VAGUE = 2;
/** A kernel that has moved by more than this share of itself is not constant. */
const MOVED = 0.1;

/**
 * α and δ predict the measured T/T_SL: of a network they do where the geometric mean of its measured
 * seeds lies in the forecast's interval, which holds images, seeds and window, and that interval spans
 * less than a factor of 2; they do not where it lies outside; where it lies in a wider one it is undecided.
 * Over networks as `verdictOver` does; one that was not measured is not reached.
 *
 * @throws {RangeError} if there is no network
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { exponentsPredict } from "./kernel_predictions.ts";
 * const kernel = { name: "", averaged: 4, labels: 1.2, own: 4.5 };
 * const growth = { value: 0.2, interval: [0.1, 0.3] } as const;
 * const powerLaw = { value: 4, interval: [3.5, 5] } as const;
 * const forecast = { network: "FCN", at: 0.2, powerLaw, growth, kernels: [kernel, kernel] };
 * assert.equal(exponentsPredict([forecast]).verdict, "confirmed");
 * ```
 */
export function exponentsPredict(networks: readonly NetworkForecast[]): Claim {
  checkForecasts("networks", networks);
  const cases = atLeastOne(networks, "network").map(({ network, powerLaw, kernels }): Case => {
    const own = kernels.flatMap((kernel) => kernel.own ?? []);
    if (own.length === 0) {
      return { where: network, judgement: "not reached", value: "not measured" };
    }
    const [low, high] = powerLaw.interval;
    const mean = own.length > 1 ? geometricMean(own).mean : own[0];
    const inside = low <= mean && mean <= high;
    return {
      where: network,
      judgement: !inside ? "fails" : high < VAGUE * low ? "holds" : "undecided",
      value: `forecast ${withInterval({ mean: powerLaw.value, interval: powerLaw.interval })}, ` +
        `measured ${mean.toFixed(1)}` +
        (own.length > 1 ? ` (seeds ${leastToLargest(own)})` : " (one seed)"),
    };
  });
  return {
    claim: `α and δ of the kernel averaged over outputs predict the measured T/T_SL at τ = ${
      networks[0].at
    }`,
    mark: "derived",
    ...verdictOver(cases),
  };
}

/**
 * The linearized network's T/T_SL is the network's own: of a network it is where that of the network
 * linearized at initialization, with the kernel of all outputs, is within a factor of 1.25 of the measured
 * one for every seed that has both. Over networks as `verdictOver` does; one whose linearization was not
 * computed is not reached. It does not follow that the kernel stays: {@link kernelMoves}.
 *
 * @throws {RangeError} if there is no network
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { linearizationPredicts } from "./kernel_predictions.ts";
 * const kernel = { name: "", averaged: 4, labels: 1.2, own: 7, linearized: 8.2 };
 * const told = { value: 4, interval: [3, 5] } as const;
 * const forecast = { network: "Myrtle-5", at: 0.2, powerLaw: told, growth: told, kernels: [kernel] };
 * assert.equal(linearizationPredicts([forecast]).verdict, "confirmed");
 * ```
 */
export function linearizationPredicts(networks: readonly NetworkForecast[]): Claim {
  checkForecasts("networks", networks);
  const { verdict, evidence } = verdictOver(
    casesOf(atLeastOne(networks, "network"), "own", "itself"),
  );
  const all = networks.flatMap(({ kernels }) => pairsOf(kernels, "own"));
  const above = all.filter(([own, linearized]) => linearized > own).length;
  return {
    claim: `At τ = ${
      networks[0].at
    } the linearized network's T/T_SL is that of the network (within ×${NEAR})`,
    mark: "derived",
    verdict,
    evidence: evidence +
      (all.length === 0
        ? ""
        : ` The linearized network's is larger in ${above} of ${all.length} seeds.`),
  };
}

/**
 * The kernel averaged over outputs stands for that of all outputs: of a network it does where T/T_SL with
 * the one is within a factor of 1.25 of that with the other for every seed that has both. Over networks as
 * `verdictOver` does; one whose linearization was not computed is not reached.
 *
 * @throws {RangeError} if there is no network
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { averageStandsForAll } from "./kernel_predictions.ts";
 * const kernel = { name: "", averaged: 4.9, labels: 1.2, own: 7, linearized: 8.2 };
 * const told = { value: 4, interval: [3, 5] } as const;
 * const forecast = { network: "Myrtle-5", at: 0.2, powerLaw: told, growth: told, kernels: [kernel] };
 * assert.equal(averageStandsForAll([forecast]).verdict, "not confirmed");
 * ```
 */
export function averageStandsForAll(networks: readonly NetworkForecast[]): Claim {
  checkForecasts("networks", networks);
  const cases = casesOf(atLeastOne(networks, "network"), "averaged", "averaged");
  return {
    claim: `At τ = ${
      networks[0].at
    } T/T_SL with the kernel averaged over outputs is that with the kernel of all (within ×${NEAR})`,
    mark: "derived",
    ...verdictOver(cases),
  };
}

/**
 * The paper's sentence that the kernel is not constant during training: of a network it holds where
 * ‖K_τ − K_0‖/‖K_0‖ at the last time is above a tenth for every seed, and fails where it is not for one;
 * one of which no later kernel is stored is not reached.
 *
 * @throws {RangeError} if there is no study
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type LinearizationStudy, storedResults } from "../mod.ts";
 * import { kernelMoves } from "./kernel_predictions.ts";
 * const [{ result }] = await storedResults<LinearizationStudy>("linearization");
 * const { verdict, mark } = kernelMoves([result]);
 * assert.deepEqual([verdict, mark], ["confirmed", "printed"]);
 * ```
 */
export function kernelMoves(studies: readonly LinearizationStudy[]): Claim {
  checkList("studies", studies, checkLinearization);
  const cases = atLeastOne(studies, "study").map(({ configuration, realizations }): Case => {
    const { architecture, width, n, horizon } = configuration;
    const where = `${networkName({ architecture, width })}, n = ${n}`;
    const changes = realizations.flatMap(({ at }) => at.at(-1)?.since?.kernelChange ?? []);
    if (changes.length === 0) return { where, judgement: "not reached", value: "" };
    return {
      where,
      judgement: changes.every((change) => change > MOVED) ? "holds" : "fails",
      value: `‖K_τ − K_0‖/‖K_0‖ = ${changes.map((change) => change.toFixed(2)).join(", ")} ` +
        `at τ = ${horizon}`,
    };
  });
  return {
    claim: "The kernel is not constant during training",
    mark: "printed",
    ...verdictOver(cases),
  };
}

/**
 * Most of the cold inefficiency of the averaged kernel is owed to the initial random function: of a network
 * it is where without it the same kernels have less than 1/1.5 of it, for every seed; over networks as
 * `verdictOver` does.
 *
 * @throws {RangeError} if there is no network, or one has no kernel
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { owedToInitialFunction } from "./kernel_predictions.ts";
 * const told = { value: 4, interval: [3, 5] } as const;
 * const kernels = [{ name: "", averaged: 4, labels: 1.2 }];
 * const forecast = { network: "FCN", at: 0.2, powerLaw: told, growth: told, kernels };
 * assert.equal(owedToInitialFunction([forecast]).verdict, "confirmed");
 * ```
 */
export function owedToInitialFunction(networks: readonly NetworkForecast[]): Claim {
  checkForecasts("networks", networks);
  const range = (kernels: readonly KernelForecast[], column: "averaged" | "labels") =>
    leastToLargest(kernels.map((one) => one[column]), { digits: 2 });
  const cases = atLeastOne(networks, "network").map(({ network, kernels }): Case => ({
    where: network,
    judgement:
      atLeastOne(kernels, "kernel").every(({ labels, averaged }) => labels < averaged / 1.5)
        ? "holds"
        : "fails",
    value: `${range(kernels, "labels")} without it, ${range(kernels, "averaged")} with it`,
  }));
  return {
    claim: `At τ = ${
      networks[0].at
    } the cold inefficiency of the kernel averaged over outputs is owed to the initial random function`,
    mark: "derived",
    ...verdictOver(cases),
  };
}

/** Two T/T_SL of the seeds that have both. */
function pairsOf(
  kernels: readonly KernelForecast[],
  first: "own" | "averaged",
): (readonly [number, number])[] {
  return kernels.flatMap((kernel) => {
    const [a, b] = [kernel[first], kernel.linearized];
    return a === undefined || b === undefined ? [] : [[a, b] as const];
  });
}

/** Whether two T/T_SL are near for all seeds of a network that have both. */
function casesOf(
  networks: readonly NetworkForecast[],
  first: "own" | "averaged",
  word: string,
): Case[] {
  const listed = (values: readonly number[]) => values.map((value) => value.toFixed(1)).join(", ");
  return networks.map(({ network, kernels }): Case => {
    const pairs = pairsOf(kernels, first);
    if (pairs.length === 0) return { where: network, judgement: "not reached", value: "" };
    return {
      where: network,
      judgement: pairs.every(isNear) ? "holds" : "fails",
      value: `linearized ${listed(pairs.map(([, one]) => one))}, ` +
        `${word} ${listed(pairs.map(([one]) => one))} (${pairs.length} of ${kernels.length} seeds)`,
    };
  });
}

const isNear = ([a, b]: readonly [number, number]) => Math.max(a / b, b / a) < NEAR;
