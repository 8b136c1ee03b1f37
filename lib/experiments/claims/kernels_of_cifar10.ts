/**
 * Whether CIFAR-10's kernels are what the paper's theory takes for granted, and what follows from them
 * (notebook 05).
 *
 * @module
 */
import { checkList, checkRecord, checkText, must } from "../../numerics/checks.ts";
import { checkForecasts, checkMean, checkValue } from "../checks.ts";
import { leastToLargest, withError } from "../../statistics/mod.ts";
import type { ExponentSpread, KernelExponents } from "../kernel_exponents.ts";
import type { KernelForecast, NetworkForecasts } from "../kernel_forecast.ts";
import type { Claim } from "./claim.ts";
import { atLeastOne } from "./paths.ts";

/** A forecast that is off by less than this factor counts as one that holds. */
const NEAR = 1.25;

/**
 * The figure to remember: α of each network.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { meanAndError } from "../../statistics/mod.ts";
 * import { exponentsHeadline } from "./kernels_of_cifar10.ts";
 * const alpha = meanAndError([0.93, 0.94]);
 * assert.equal(exponentsHeadline([{ network: "FCN", alpha }]), "α = 0.9350 ± 0.0050 (FCN)");
 * ```
 */
export function exponentsHeadline(
  spreads: readonly Pick<ExponentSpread, "network" | "alpha">[],
): string {
  checkList("spreads", spreads, must(checkRecord, { network: checkText, alpha: checkMean }));
  return `α = ${
    spreads.map(({ network, alpha }) => `${withError(alpha)} (${network})`).join(", ")
  }`;
}

/**
 * The kernels' spectra are power laws: at most confirmed with a limit, where R² in the window is above
 * 0.95 for every kernel.
 *
 * @throws {RangeError} if there is no kernel
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { spectraArePowerLaws } from "./kernels_of_cifar10.ts";
 * const fit = { alpha: { rSquared: 0.99 }, best: "power law" } as const;
 * assert.equal(spectraArePowerLaws([fit]).verdict, "confirmed with a limit");
 * ```
 */
export function spectraArePowerLaws(
  fits: readonly {
    readonly alpha: Pick<KernelExponents["alpha"], "rSquared">;
    readonly best: KernelExponents["best"];
  }[],
): Claim {
  const law = must(checkRecord, { rSquared: checkValue });
  checkList("fits", fits, must(checkRecord, { alpha: law, best: checkText }));
  const least = Math.min(...atLeastOne(fits, "kernel").map(({ alpha }) => alpha.rSquared));
  const broken = fits.filter(({ best }) => best !== "power law").length;
  return {
    claim: "Kernel spectra of CIFAR-10 are power laws",
    mark: "derived",
    verdict: least > 0.95 ? "confirmed with a limit" : "not confirmed",
    evidence:
      `R² ≥ ${least.toFixed(3)} in their windows; a broken law fits better in ${broken} of ` +
      `${fits.length} kernels, and the first eigenvalue stands apart`,
  };
}

/**
 * δ < 1, where learning is optimal in the scaling sense: with a limit where the first network's δ at
 * initialization is above 1 with its whole interval.
 *
 * @param spreads of the networks, the fully connected one first
 * @throws {RangeError} if there is no network
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { meanAndError } from "../../statistics/mod.ts";
 * import { deltaBelowOne } from "./kernels_of_cifar10.ts";
 * const [labels, start] = [meanAndError([0.2, 0.3]), meanAndError([1.2, 1.21])];
 * const { verdict } = deltaBelowOne([{ network: "FCN", labels, start }]);
 * assert.equal(verdict, "confirmed with a limit");
 * ```
 */
export function deltaBelowOne(
  spreads: readonly Pick<ExponentSpread, "network" | "labels" | "start">[],
): Claim {
  const fields = { network: checkText, labels: checkMean, start: checkMean };
  checkList("spreads", spreads, must(checkRecord, fields));
  const [{ labels, start }] = atLeastOne(spreads, "network");
  const starts = spreads.map((one) => `${withError(one.start)} (${one.network})`).join(", ");
  return {
    claim: "δ < 1, so that learning is optimal in the scaling sense",
    mark: "reviewer",
    verdict: start.interval[0] > 1 ? "confirmed with a limit" : "confirmed",
    evidence: `labels alone: δ = ${withError(labels)}; from He's initialization δ = ${starts}`,
  };
}

/**
 * α and δ foretell the measured T/T_SL: a network's forecast holds where it is off by less than a
 * factor of 1.25 for every seed that was measured; confirmed if all networks' do, with a limit if some
 * do. A network that was not measured counts against it.
 *
 * @throws {RangeError} if there is no network, or one has no forecast
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { exponentsForetell } from "./kernels_of_cifar10.ts";
 * const one = { name: "", at: 0.2, exact: 4, labels: 1.2, growth: 0.2 };
 * const forecasts = [{ ...one, powerLaw: 4, own: 4.5 }, { ...one, powerLaw: 5, own: 4.5 }];
 * assert.equal(exponentsForetell([{ network: "FCN", forecasts }]).verdict, "confirmed");
 * ```
 */
export function exponentsForetell(networks: readonly NetworkForecasts[]): Claim {
  checkForecasts("networks", networks);
  const judged = atLeastOne(networks, "network").map(({ network, forecasts }) => {
    const measured = forecasts.flatMap(({ own }) => own ?? []);
    const missedBy = forecasts.flatMap(({ powerLaw, own }) =>
      own === undefined ? [] : [Math.max(powerLaw / own, own / powerLaw)]
    );
    return {
      holds: missedBy.length > 0 && missedBy.every((factor) => factor < NEAR),
      text: `${network} forecast ${range(forecasts, "powerLaw", 1)}, ` +
        `sum over the mean kernel ${range(forecasts, "exact", 1)}, ` +
        (missedBy.length === 0
          ? "not measured at this width and time"
          : `measured ${leastToLargest(measured)}: ` +
            `the forecast is off by factors of ${leastToLargest(missedBy)}`),
    };
  });
  return {
    claim: "α and δ foretell the measured T/T_SL",
    mark: "derived",
    verdict: judged.every(({ holds }) => holds)
      ? "confirmed"
      : judged.some(({ holds }) => holds)
      ? "confirmed with a limit"
      : "not confirmed",
    evidence: `at τ = ${timeOf(networks)}, over the seeds: ` +
      judged.map(({ text }) => text).join("; "),
  };
}

/**
 * Most of the cold inefficiency is owed to the initial random function: without it the same kernels
 * have less than 1/1.5 of it, for every network and seed.
 *
 * @throws {RangeError} if there is no network, or one has no forecast
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { owedToInitialFunction } from "./kernels_of_cifar10.ts";
 * const one = { name: "", at: 0.2, exact: 4, labels: 1.2, powerLaw: 3, growth: 0.2 };
 * assert.equal(
 *   owedToInitialFunction([{ network: "FCN", forecasts: [one] }]).verdict,
 *   "confirmed",
 * );
 * ```
 */
export function owedToInitialFunction(networks: readonly NetworkForecasts[]): Claim {
  checkForecasts("networks", networks);
  const all = atLeastOne(networks, "network").flatMap(({ forecasts }) => forecasts);
  const parts = networks.map(({ network, forecasts }) =>
    `${range(forecasts, "labels", 2)} instead of ${range(forecasts, "exact", 2)} (${network})`
  );
  return {
    claim: "The cold inefficiency is owed to the initial random function",
    mark: "derived",
    verdict: all.every(({ labels, exact }) => labels < exact / 1.5) ? "confirmed" : "not confirmed",
    evidence: `at τ = ${timeOf(networks)} the same kernels without it have ${parts.join(", ")}`,
  };
}

const range = (
  forecasts: readonly KernelForecast[],
  column: "exact" | "powerLaw" | "labels",
  digits: number,
) => leastToLargest(forecasts.map((one) => one[column]), { digits });

const timeOf = ([{ forecasts: [{ at }] }]: readonly NetworkForecasts[]) => at;
