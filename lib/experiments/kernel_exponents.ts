/**
 * Exponents of measured kernels: of the spectrum and of the residues, kernel by kernel and over seeds.
 *
 * @module
 */
import {
  checkFlag,
  checkList,
  checkOptions,
  checkRecord,
  checkText,
  maybe,
  must,
} from "../numerics/checks.ts";
import { checkExponents, checkKernel } from "./checks.ts";
import {
  comparePowerLaw,
  fitPowerLaw,
  type LawFit,
  type MeanAndError,
  meanAndError,
  type PowerLawFit,
  windowSensitivity,
} from "../statistics/mod.ts";
import { architectures } from "../networks/mod.ts";
import type { KernelConfiguration, KernelStudy } from "./studies/kernels.ts";

/** The fits to one kernel. */
export interface KernelExponents {
  /** The kernel's, in tables and legends. */
  readonly name: string;
  readonly configuration: KernelConfiguration;
  readonly study: KernelStudy;
  /** λ_k ∝ k^−α, in the window that `chooseWindow` finds. */
  readonly alpha: PowerLawFit;
  /** Least and largest α when the window's ends move by factors of two. */
  readonly windows: readonly [low: number, high: number];
  /** Δ_k² ∝ k^−δ at initialization, in the window of α. */
  readonly start: PowerLawFit;
  readonly startWindows: readonly [low: number, high: number];
  /** The same of the labels alone. */
  readonly labels: PowerLawFit;
  /** Which law fits the spectrum best. */
  readonly best: LawFit["law"];
}

/** How tables and legends call the architectures. */
export const shortName = (architecture: KernelConfiguration["architecture"]): string =>
  architecture === "fully-connected" ? "FCN" : architectures[architecture].title;

const widthName = ({ width }: Pick<KernelConfiguration, "width">): string =>
  width === "infinite" ? "∞" : `width ${width}`;

/**
 * A kernel in a few words, as `FCN, width 256, seed 0, n 500`.
 *
 * @param star marks a kernel that was made beforehand
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { kernelName } from "./kernel_exponents.ts";
 * const configuration = { architecture: "fully-connected", width: "infinite", n: 500 } as const;
 * assert.equal(kernelName({ configuration }, { star: true }), "FCN, ∞, n 500 ★");
 * ```
 */
export function kernelName(
  given: Pick<KernelStudy, "configuration">,
  options: { readonly star?: boolean } = {},
): string {
  const { configuration: c } = checkRecord("given", given, {
    configuration: must(checkRecord, {}),
  });
  const { star = false } = checkOptions("options", options, { star: maybe(checkFlag) });
  return [
    `${shortName(c.architecture)}${
      c.activation && c.activation !== "relu" ? ` ${c.activation}` : ""
    }`,
    widthName(c) + (c.width === "infinite" ? "" : `, seed ${c.seed}`),
    ...(c.depth ? [`${c.depth} hidden`] : []),
    `n ${c.n}${star ? " ★" : ""}`,
  ].join(", ");
}

/**
 * α and δ of a kernel, with their intervals and how far they depend on the window.
 *
 * @param name of the kernel; {@link kernelName} by default
 * @throws {RangeError} as `fitPowerLaw` does
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { exponentsOf } from "./kernel_exponents.ts";
 * const law = (exponent: number) => Array.from({ length: 200 }, (_, i) => (i + 1) ** -exponent);
 * const { alpha, start, name } = exponentsOf({
 *   configuration: { architecture: "fully-connected", width: "infinite", n: 200 },
 *   eigenvalues: law(1),
 *   startSquares: law(1.2),
 *   labelSquares: law(0.3),
 *   lossAtStart: 1,
 * });
 * assert(Math.abs(alpha.exponent - 1) < 1e-3 && Math.abs(start.exponent - 1.2) < 1e-3);
 * assert.equal(name, "FCN, ∞, n 200");
 * ```
 */
export function exponentsOf(study: KernelStudy, name?: string): KernelExponents {
  checkKernel("study", study);
  if (name !== undefined) checkText("name", name);
  const alpha = fitPowerLaw(study.eigenvalues);
  const [from, to] = alpha.window;
  return {
    name: name ?? kernelName(study),
    configuration: study.configuration,
    study,
    alpha,
    windows: windowSensitivity(study.eigenvalues).range,
    start: fitPowerLaw(study.startSquares, { from, to }),
    startWindows: windowSensitivity(study.startSquares, { from, to, resamples: 50 }).range,
    labels: fitPowerLaw(study.labelSquares, { from, to }),
    best: comparePowerLaw(study.eigenvalues)[0].law,
  };
}

/** Exponents of one network over seeds: their spread is that of the initial weights. */
export interface ExponentSpread {
  /** The architecture and its width, as `FCN, width 256`. */
  readonly network: string;
  readonly n: number;
  readonly seeds: number;
  readonly alpha: MeanAndError;
  readonly start: MeanAndError;
  readonly labels: MeanAndError;
}

/**
 * The mean exponents of kernels that differ in their seeds alone, with standard errors.
 *
 * @throws {RangeError} if there are fewer than two, or they differ in more than their seeds
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { exponentsOf, exponentsOverSeeds } from "./kernel_exponents.ts";
 * const law = (exponent: number) => Array.from({ length: 200 }, (_, i) => (i + 1) ** -exponent);
 * const fits = [0, 1].map((seed) =>
 *   exponentsOf({
 *     configuration: { architecture: "myrtle-5", width: 16, n: 200, seed },
 *     eigenvalues: law(2 + seed / 10),
 *     startSquares: law(0.6),
 *     labelSquares: law(0.3),
 *     lossAtStart: 1,
 *   })
 * );
 * assert(Math.abs(exponentsOverSeeds(fits).alpha.mean - 2.05) < 1e-3);
 * ```
 */
export function exponentsOverSeeds(fits: readonly KernelExponents[]): ExponentSpread {
  checkList("fits", fits, checkExponents);
  const networks = new Set(
    fits.map(({ configuration: { architecture, width, depth, activation, n } }) =>
      JSON.stringify({ architecture, width, depth, activation, n })
    ),
  );
  if (networks.size > 1) {
    throw new RangeError(
      `the kernels are of ${[...networks].join(" and ")}; a spread is of one network's seeds`,
    );
  }
  const over = (column: "alpha" | "start" | "labels") =>
    meanAndError(fits.map((fit) => fit[column].exponent));
  const alpha = over("alpha"); // throws if there are fewer than two
  const { configuration } = fits[0];
  const network = `${shortName(configuration.architecture)}, ${widthName(configuration)}`;
  return {
    ...{ network, n: configuration.n, seeds: fits.length },
    ...{ alpha, start: over("start"), labels: over("labels") },
  };
}
