/**
 * What a kernel, and what its two exponents, foretell of T/T_SL.
 *
 * @module
 */
import { inefficiencyExponent, type LinearFlow, linearFlow } from "../dynamics/mod.ts";
import {
  checkNumber,
  checkOptions,
  checkPositive,
  checkRecord,
  maybe,
  must,
} from "../numerics/checks.ts";
import { checkExponents, checkLaws, checkStudies, checkStudy } from "./checks.ts";
import type { KernelExponents } from "./kernel_exponents.ts";
import type { SpeedLimitStudy } from "./speed_limit.ts";
import { HE, pathOfSeed, studiesWith } from "./study_readings.ts";

/**
 * Flows with the kernel averaged over outputs, K̄ ⊗ I. At infinite width this is the network itself; at
 * finite width the kernel of all outputs is (10 n)×(10 n), and these are not its linearized flow.
 */
export interface KernelFlows {
  /** From the initial function: the sum over the mean kernel's measured λ_k and Δ_k², without a fit. */
  readonly exact: LinearFlow;
  /** The same of pure power laws with the fitted exponents and amplitudes. */
  readonly powerLaw: LinearFlow;
  /** The sum over the mean kernel, from a network that says nothing at first. */
  readonly labels: LinearFlow;
}

/**
 * The three flows of a kernel.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { exponentsOf } from "./kernel_exponents.ts";
 * import { kernelFlows } from "./kernel_forecast.ts";
 * const law = (exponent: number) => Array.from({ length: 200 }, (_, i) => (i + 1) ** -exponent);
 * const { exact, powerLaw } = kernelFlows(exponentsOf({
 *   configuration: { architecture: "fully-connected", width: "infinite", n: 200 },
 *   eigenvalues: law(1),
 *   startSquares: law(1.2),
 *   labelSquares: law(0.3),
 *   lossAtStart: 1,
 * }));
 * // Of power laws the forecast is exact.
 * assert(Math.abs(exact.at(1).inefficiency / powerLaw.at(1).inefficiency - 1) < 0.01);
 * ```
 */
export function kernelFlows(
  fit: Pick<KernelExponents, "study" | "alpha" | "start">,
): KernelFlows {
  const { study, alpha, start } = checkLaws("fit", fit);
  const { eigenvalues, startSquares, labelSquares } = study;
  const law = ({ amplitude, exponent }: { amplitude: number; exponent: number }) =>
    eigenvalues.map((_, k) => amplitude * (k + 1) ** -exponent);
  const flow = (eigenvalues: number[], squares: number[]) =>
    linearFlow({ eigenvalues, residue: squares.map(Math.sqrt) });
  return {
    exact: flow(eigenvalues, startSquares),
    powerLaw: flow(law(alpha), law(start)),
    labels: flow(eigenvalues, labelSquares),
  };
}

/** T/T_SL at one time: what is foretold, and what was measured. */
export interface KernelForecast {
  readonly name: string;
  /** τ */
  readonly at: number;
  readonly exact: number;
  readonly powerLaw: number;
  readonly labels: number;
  /** Of the network's own flow; not there if none of its seed was measured. */
  readonly own?: number;
  /** Exponent of T in the forecast of the power laws. */
  readonly growth: number;
}

/** Forecasts of one network, a seed each. */
export interface NetworkForecasts {
  readonly network: string;
  readonly forecasts: readonly KernelForecast[];
}

/**
 * The measured study of a kernel's network, with He's scale and to one time.
 *
 * @returns `undefined` if there is none: studies are of finite networks in their usual form
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measuredBeside, type SpeedLimitStudy, storedResults } from "./mod.ts";
 * const stored = await storedResults<SpeedLimitStudy>("speed_limit");
 * const configuration = { architecture: "myrtle-5", width: 16, n: 500, seed: 0 } as const;
 * const studies = stored.map(({ result }) => result);
 * assert.equal(measuredBeside({ configuration }, studies, { at: 0.2 })?.configuration.width, 16);
 * assert.equal(measuredBeside({ configuration }, studies, { at: 99 }), undefined);
 * ```
 */
export function measuredBeside(
  given: Pick<KernelExponents, "configuration">,
  studies: readonly SpeedLimitStudy[],
  options: { readonly at: number },
): SpeedLimitStudy | undefined {
  const { configuration } = checkRecord("given", given, { configuration: must(checkRecord, {}) });
  checkStudies("studies", studies);
  const { at } = checkOptions("options", options, { at: checkNumber });
  const { architecture, width, n, depth, activation } = configuration;
  if (width === "infinite" || depth !== undefined || activation !== undefined) return undefined;
  return studiesWith(studies, { architecture, width, n, horizon: at, ...HE })[0];
}

/**
 * The forecasts of a kernel at one time.
 *
 * @param measured a study of the same network to that time, if there is one
 * @throws {RangeError} if `measured` ends at another time
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { exponentsOf } from "./kernel_exponents.ts";
 * import { kernelForecast } from "./kernel_forecast.ts";
 * const law = (exponent: number) => Array.from({ length: 200 }, (_, i) => (i + 1) ** -exponent);
 * const fit = exponentsOf({
 *   configuration: { architecture: "fully-connected", width: "infinite", n: 200 },
 *   eigenvalues: law(1),
 *   startSquares: law(1.2),
 *   labelSquares: law(0.3),
 *   lossAtStart: 1,
 * });
 * const { growth, own } = kernelForecast(fit, { at: 1 });
 * assert(Math.abs(growth - 0.2) < 0.01); // (δ − 1)/α
 * assert.equal(own, undefined);
 * ```
 */
export function kernelForecast(
  fit: KernelExponents,
  options: { readonly at: number; readonly measured?: SpeedLimitStudy },
): KernelForecast {
  checkExponents("fit", fit);
  const { at, measured } = checkOptions("options", options, {
    ...{ at: checkPositive, measured: maybe(checkStudy) },
  });
  if (measured && measured.configuration.horizon !== at) {
    throw new RangeError(
      `the measured study ends at τ = ${measured.configuration.horizon}; the forecast is at ${at}`,
    );
  }
  const { exact, powerLaw, labels } = kernelFlows(fit);
  const { seed } = fit.configuration;
  const path = measured && seed !== undefined ? pathOfSeed(measured, seed, "cold") : undefined;
  return {
    name: fit.name,
    at,
    exact: exact.at(at).inefficiency,
    powerLaw: powerLaw.at(at).inefficiency,
    labels: labels.at(at).inefficiency,
    own: path?.inefficiency.at(-1),
    growth: inefficiencyExponent({ alpha: fit.alpha.exponent, delta: fit.start.exponent }),
  };
}
