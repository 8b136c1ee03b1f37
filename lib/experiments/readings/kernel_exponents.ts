/**
 * Exponents of measured kernels: of the spectrum and of the residues, over sets of images.
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
} from "../../numerics/checks.ts";
import { checkKernel, checkLaw, checkObject } from "../checks.ts";
import { fitSampledPowerLaw, overWindows, type SampledPowerLaw } from "../../statistics/mod.ts";
import { architectures } from "../../networks/mod.ts";
import type { KernelConfiguration, KernelStudy } from "../studies/kernels.ts";

/** The exponents of one network and one number of images, from one set of images or several. */
export interface KernelExponents {
  /** The network's and n, in tables and legends: `FCN, ∞, n 500`. */
  readonly name: string;
  /** Without n: `FCN, ∞`. */
  readonly network: string;
  /** Of the first set. */
  readonly configuration: KernelConfiguration;
  readonly studies: readonly KernelStudy[];
  /** λ_k ∝ k^−α of the population, in the window that `sampleWindow` finds. */
  readonly alpha: SampledPowerLaw;
  /** Δ_k² ∝ k^−δ at initialization, in the window of α. */
  readonly start: SampledPowerLaw;
  /** The same of the labels alone. */
  readonly labels: SampledPowerLaw;
}

/** How tables and legends call the architectures. */
export const shortName = (architecture: KernelConfiguration["architecture"]): string =>
  architecture === "fully-connected" ? "FCN" : architectures[architecture].title;

/**
 * A network in a few words, as `FCN erf, width 256, 4 hidden`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { networkName } from "./kernel_exponents.ts";
 * assert.equal(networkName({ architecture: "fully-connected", width: "infinite" }), "FCN, ∞");
 * ```
 */
export function networkName(
  configuration: Pick<KernelConfiguration, "architecture" | "activation" | "width" | "depth">,
): string {
  checkRecord("configuration", configuration, { architecture: checkText });
  const { architecture, activation, width, depth } = configuration;
  const own = activation && activation !== "relu" ? ` ${activation}` : "";
  const size = width === "infinite" ? "∞" : `width ${width}`;
  return [`${shortName(architecture)}${own}`, size, ...(depth ? [`${depth} hidden`] : [])]
    .join(", ");
}

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
 * const other = { ...configuration, images: 3 };
 * assert.equal(kernelName({ configuration: other }), "FCN, ∞, n 500, images 3");
 * ```
 */
export function kernelName(
  given: Pick<KernelStudy, "configuration">,
  options: { readonly star?: boolean } = {},
): string {
  const { configuration: c } = checkRecord("given", given, { configuration: checkObject });
  const { star = false } = checkOptions("options", options, { star: maybe(checkFlag) });
  return [
    networkName(c),
    ...(c.width === "infinite" ? [] : [`seed ${c.seed}`]),
    `n ${c.n}`,
    ...(c.images === undefined ? [] : [`images ${c.images}`]),
  ].join(", ") + (star ? " ★" : "");
}

/** What makes two kernels ones of the same network and number of images. */
const sameness = ({ configuration: c }: KernelStudy) => {
  const { architecture, width, depth, activation, weightStd, biasStd, n } = c;
  return JSON.stringify({ architecture, width, depth, activation, weightStd, biasStd, n });
};

/**
 * Kernels in groups of one network and n, each as {@link exponentsOf} takes it: those of drawn images,
 * one a set; where there are none, that of the dataset's first images and the least seed. By network, as
 * they come, and growing n.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type KernelStudy } from "../studies/kernels.ts";
 * import { setsOfImages } from "./kernel_exponents.ts";
 * const of = (n: number, images?: number): KernelStudy => ({
 *   configuration: { architecture: "fully-connected", width: "infinite", n, images },
 *   ...{ eigenvalues: [], startSquares: [], labelSquares: [], lossAtStart: 0 },
 * });
 * const groups = setsOfImages([of(500), of(500, 1), of(500, 2), of(900)]);
 * assert.deepEqual(groups.map((group) => group.length), [2, 1]);
 * ```
 */
export function setsOfImages(studies: readonly KernelStudy[]): KernelStudy[][] {
  checkList("studies", studies, checkKernel);
  const networks = Map.groupBy(studies, ({ configuration }) => networkName(configuration));
  const groups = Map.groupBy(
    [...networks.values()].flatMap((of) =>
      of.toSorted((a, b) => a.configuration.n - b.configuration.n)
    ),
    sameness,
  );
  return [...groups.values()].map((group) => {
    const drawn = group.filter(({ configuration: { images } }) => images !== undefined);
    if (drawn.length === 0) {
      return group.toSorted((a, b) => (a.configuration.seed ?? 0) - (b.configuration.seed ?? 0))
        .slice(0, 1);
    }
    // One seed a set: of two kernels on the same images the first.
    return drawn.filter((one, i) =>
      drawn.findIndex(({ configuration: { images } }) => images === one.configuration.images) === i
    );
  });
}

/**
 * α and δ of a network on n images, of the population that the images are drawn from, with intervals
 * that hold other images (and seeds, where the sets differ in them) and the window.
 *
 * @param studies kernels of one network and n, each of its own images or seed, or one alone
 * @param name {@link networkName} and n by default
 * @throws {RangeError} if there is none, they differ in more, two are the same, or n is below 110
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { exponentsOf } from "./kernel_exponents.ts";
 * const law = (exponent: number) => Array.from({ length: 400 }, (_, i) => (i + 1) ** -exponent);
 * const { alpha, name } = exponentsOf([{
 *   configuration: { architecture: "fully-connected", width: "infinite", n: 400 },
 *   eigenvalues: law(1.5),
 *   startSquares: law(1.6),
 *   labelSquares: law(1.3),
 *   lossAtStart: 1,
 * }]);
 * assert(Math.abs(alpha.exponent - 1.5) < 0.05);
 * assert.equal(name, "FCN, ∞, n 400");
 * ```
 */
export function exponentsOf(studies: readonly KernelStudy[], name?: string): KernelExponents {
  checkList("studies", studies, checkKernel);
  if (name !== undefined) checkText("name", name);
  const networks = new Set(studies.map(sameness));
  if (networks.size !== 1) {
    throw new RangeError(
      networks.size === 0
        ? "there is no kernel; exponents need one"
        : `the kernels are of ${[...networks].join(" and ")}; exponents are of one network and n`,
    );
  }
  const drawn = studies.map(({ configuration: { images, seed } }) => `${images}, ${seed}`);
  if (new Set(drawn).size < drawn.length) {
    throw new RangeError("two kernels are of the same images and seed; each must be its own set");
  }
  const [{ configuration }] = studies;
  const network = networkName(configuration);
  const alpha = fitSampledPowerLaw(studies.map(({ eigenvalues }) => eigenvalues));
  const squares = (column: "startSquares" | "labelSquares") =>
    fitSampledPowerLaw(studies.map((study) => study[column]), {
      of: "squares",
      window: alpha.window,
    });
  return {
    name: name ?? `${network}, n ${configuration.n}`,
    ...{ network, configuration, studies, alpha },
    ...{ start: squares("startSquares"), labels: squares("labelSquares") },
  };
}

/** The laws of α and δ in the same windows, with those of all sets but one beside. */
export function pairedLaws({ alpha, start }: Pick<KernelExponents, "alpha" | "start">) {
  return alpha.fits.flatMap(({ window, all, without }) => {
    const same = start.fits.find((fit) => String(fit.window) === String(window));
    return same && Number.isFinite(all.exponent) && Number.isFinite(same.all.exponent)
      ? [{
        window,
        all: { alpha: all, start: same.all },
        without: without.map((one, i) => ({ alpha: one, start: same.without[i] })),
      }]
      : [];
  });
}

/** A number with the interval that holds images, seeds and the window; only windows for one set. */
export interface ValueWithInterval {
  readonly value: number;
  readonly interval: readonly [low: number, high: number];
}

/**
 * (δ − 1)/α, the growth exponent of T/T_SL where it is positive, with its interval.
 *
 * @throws {RangeError} if no window has both exponents
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { exponentsOf, growthOf } from "./kernel_exponents.ts";
 * const law = (exponent: number) => Array.from({ length: 400 }, (_, i) => (i + 1) ** -exponent);
 * const { value } = growthOf(exponentsOf([{
 *   configuration: { architecture: "fully-connected", width: "infinite", n: 400 },
 *   eigenvalues: law(1.5),
 *   startSquares: law(1.6),
 *   labelSquares: law(1.3),
 *   lossAtStart: 1,
 * }]));
 * assert(Math.abs(value - 0.4) < 0.05);
 * ```
 */
export function growthOf(
  fit: Pick<KernelExponents, "alpha" | "start">,
): ValueWithInterval {
  checkRecord("fit", fit, { alpha: checkLaw, start: checkLaw }, "the exponents of a network");
  return overLaws(
    fit,
    ({ alpha, start }) => (start.exponent - 1) / alpha.exponent,
  );
}

/** A number made of α's and δ's laws, over the windows and the sets. */
export function overLaws(
  fit: Pick<KernelExponents, "alpha" | "start">,
  value: (
    laws: {
      alpha: { exponent: number; amplitude: number };
      start: { exponent: number; amplitude: number };
    },
  ) => number,
): ValueWithInterval {
  const laws = pairedLaws(fit);
  if (laws.length === 0) {
    throw new RangeError("no window has both α and δ: the residues do not stand out of their tail");
  }
  const values = laws.map(({ all }) => value(all));
  return {
    value: values[0],
    interval: fit.alpha.sets > 1
      ? overWindows(laws, value)
      : [Math.min(...values), Math.max(...values)],
  };
}
