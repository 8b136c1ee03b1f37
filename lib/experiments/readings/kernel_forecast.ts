/**
 * What a kernel, and what its two exponents, predict of T/T_SL.
 *
 * @module
 */
import { type LinearFlow, linearFlow } from "../../dynamics/mod.ts";
import {
  checkFunction,
  checkInteger,
  checkList,
  checkNumber,
  checkNumbers,
  checkOptions,
  checkPositive,
  checkRecord,
  maybe,
  must,
} from "../../numerics/checks.ts";
import { checkExponents, checkKernel, checkObject, checkStudies, checkStudy } from "../checks.ts";
import {
  growthOf,
  type KernelExponents,
  kernelName,
  overLaws,
  type ValueWithInterval,
} from "./kernel_exponents.ts";
import type { SpeedLimitStudy } from "../studies/speed_limit_result.ts";
import type { KernelConfiguration, KernelStudy } from "../studies/kernels.ts";
import { HE, pathOfSeed, studiesWith } from "./study_readings.ts";

/**
 * Flows with the kernel averaged over outputs, K̄ ⊗ I. At infinite width this is the network itself; at
 * finite width the kernel of all outputs is (10 n)×(10 n), and these are not its linearized flow.
 */
export interface KernelFlows {
  /** From the initial function: the sum over the mean kernel's measured λ_k and Δ_k², without a fit. */
  readonly averaged: LinearFlow;
  /** The sum over the mean kernel, from a network that says nothing at first. */
  readonly labels: LinearFlow;
}

/**
 * The two flows of a kernel.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { kernelFlows } from "./kernel_forecast.ts";
 * // One mode: T/T_SL = (λT/2) coth(λT/2), whatever its residue.
 * const { averaged, labels } = kernelFlows({
 *   eigenvalues: [2],
 *   startSquares: [9],
 *   labelSquares: [0.9],
 * });
 * assert(Math.abs(averaged.at(1).inefficiency * Math.tanh(1) - 1) < 1e-12);
 * assert(Math.abs(labels.at(1).inefficiency * Math.tanh(1) - 1) < 1e-12);
 * ```
 */
export function kernelFlows(
  study: Pick<KernelStudy, "eigenvalues" | "startSquares" | "labelSquares">,
): KernelFlows {
  const { eigenvalues, startSquares, labelSquares } = checkRecord("study", study, {
    ...{ eigenvalues: checkNumbers, startSquares: checkNumbers, labelSquares: checkNumbers },
  }, "a study of a kernel");
  const flow = (squares: number[]) => linearFlow({ eigenvalues, residue: squares.map(Math.sqrt) });
  return { averaged: flow(startSquares), labels: flow(labelSquares) };
}

/**
 * The flow of pure power laws with the exponents and amplitudes of a network, n modes of them.
 *
 * @throws {RangeError} if α or δ is NaN
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { powerLawForecast } from "./kernel_forecast.ts";
 * const alpha = { exponent: 1, amplitude: 2 };
 * const flow = powerLawForecast({ alpha, start: { exponent: 1.2, amplitude: 1 }, modes: 1 });
 * assert(Math.abs(flow.at(1).inefficiency * Math.tanh(1) - 1) < 1e-12);
 * ```
 */
export function powerLawForecast(
  laws: {
    readonly alpha: Pick<KernelExponents["alpha"], "exponent" | "amplitude">;
    readonly start: Pick<KernelExponents["start"], "exponent" | "amplitude">;
    readonly modes: number;
  },
): LinearFlow {
  const checkLaw = must(checkRecord, { exponent: checkNumber, amplitude: checkPositive });
  const { alpha, start, modes } = checkOptions("laws", laws, {
    ...{ alpha: checkLaw, start: checkLaw, modes: checkInteger },
  });
  const law = ({ exponent, amplitude }: { exponent: number; amplitude: number }) =>
    Float64Array.from({ length: modes }, (_, k) => amplitude * (k + 1) ** -exponent);
  return linearFlow({ eigenvalues: law(alpha), residue: law(start).map(Math.sqrt) });
}

/** T/T_SL of one kernel at one time: what it predicts, and what was measured. */
export interface KernelForecast {
  readonly name: string;
  /** The sum over the kernel averaged over outputs. */
  readonly averaged: number;
  /** The same without the initial function. */
  readonly labels: number;
  /** Of the network linearized with the kernel of all outputs; not there if it was not computed. */
  readonly linearized?: number;
  /** Of the network's own flow; not there if its seed was not measured on these images. */
  readonly own?: number;
}

/** What α and δ of a network predict at one time, with the kernels of its seeds. */
export interface NetworkForecast {
  readonly network: string;
  /** τ */
  readonly at: number;
  /** T/T_SL of the flow of power laws, with the interval that holds images, seeds and the window. */
  readonly powerLaw: ValueWithInterval;
  /** (δ − 1)/α, its exponent of T where positive. */
  readonly growth: ValueWithInterval;
  readonly kernels: readonly KernelForecast[];
}

/**
 * The measured study of a kernel's network, with He's scale and to one time, on the dataset's first
 * images.
 *
 * @returns `undefined` if there is none: studies are of finite networks in their usual form
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measuredBeside, type SpeedLimitStudy, storedResults } from "../mod.ts";
 * const stored = await storedResults<SpeedLimitStudy>("speed_limit");
 * const configuration = { architecture: "myrtle-5", width: 16, n: 500, seed: 0 } as const;
 * const studies = stored.map(({ result }) => result);
 * assert.equal(measuredBeside({ configuration }, studies, { at: 0.2 })?.configuration.width, 16);
 * assert.equal(measuredBeside({ configuration }, studies, { at: 99 }), undefined);
 * ```
 */
export function measuredBeside(
  given: { readonly configuration: KernelConfiguration },
  studies: readonly SpeedLimitStudy[],
  options: { readonly at: number },
): SpeedLimitStudy | undefined {
  const { configuration } = checkRecord("given", given, { configuration: checkObject });
  checkStudies("studies", studies);
  const { at } = checkOptions("options", options, { at: checkNumber });
  const { architecture, width, n, images, depth, activation } = configuration;
  if (width === "infinite" || images !== undefined) return undefined;
  if (depth !== undefined || activation !== undefined) return undefined;
  return studiesWith(studies, { architecture, width, n, horizon: at, ...HE })[0];
}

/**
 * The forecasts of a network at one time.
 *
 * @param fit its exponents
 * @param kernels of the seeds that are told one by one
 * @param measured a study of the same network to that time, if there is one
 * @param linearized T/T_SL of the linearized network of each seed there, where it was computed
 * @throws {RangeError} if `measured` ends at another time, or α or δ is NaN in every window
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { exponentsOf } from "./kernel_exponents.ts";
 * import { networkForecast } from "./kernel_forecast.ts";
 * const law = (exponent: number) => Array.from({ length: 400 }, (_, i) => (i + 1) ** -exponent);
 * const kernel = {
 *   configuration: { architecture: "fully-connected", width: "infinite", n: 400 } as const,
 *   eigenvalues: law(1.5),
 *   startSquares: law(1.6),
 *   labelSquares: law(1.3),
 *   lossAtStart: 1,
 * };
 * const { powerLaw, kernels } = networkForecast(exponentsOf([kernel]), [kernel], { at: 1 });
 * assert(Math.abs(powerLaw.value / kernels[0].averaged - 1) < 0.05); // of power laws the forecast holds
 * assert.equal(kernels[0].own, undefined);
 * ```
 */
export function networkForecast(
  fit: KernelExponents,
  kernels: readonly KernelStudy[],
  options: {
    readonly at: number;
    readonly measured?: SpeedLimitStudy;
    readonly linearized?: (seed: number) => number | undefined;
  },
): NetworkForecast {
  checkExponents("fit", fit);
  checkList("kernels", kernels, checkKernel);
  const { at, measured, linearized = () => undefined } = checkOptions("options", options, {
    ...{ at: checkPositive, measured: maybe(checkStudy), linearized: maybe(checkFunction) },
  });
  if (measured && measured.configuration.horizon !== at) {
    throw new RangeError(
      `the measured study ends at τ = ${measured.configuration.horizon}; the forecast is at ${at}`,
    );
  }
  const modes = fit.configuration.n;
  // Ratios have their intervals in the logarithm.
  const logarithm = overLaws(
    fit,
    (laws) => Math.log(powerLawForecast({ ...laws, modes }).at(at).inefficiency),
  );
  const [low, high] = logarithm.interval.map(Math.exp);
  return {
    ...{ network: fit.network, at, growth: growthOf(fit) },
    powerLaw: { value: Math.exp(logarithm.value), interval: [Math.max(1, low), high] },
    kernels: kernels.map((study) => {
      const { averaged, labels } = kernelFlows(study);
      const { seed } = study.configuration;
      const path = measured && seed !== undefined ? pathOfSeed(measured, seed, "cold") : undefined;
      return {
        name: kernelName(study),
        averaged: averaged.at(at).inefficiency,
        labels: labels.at(at).inefficiency,
        own: path?.inefficiency.at(-1),
        linearized: seed === undefined ? undefined : linearized(seed),
      };
    }),
  };
}
