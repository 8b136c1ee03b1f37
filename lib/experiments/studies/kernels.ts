/**
 * The kernels of CIFAR-10: spectra, and the residues that gradient flow starts from.
 *
 * @module
 */
import { architectureNames } from "../../networks/mod.ts";
import {
  kernelAndResidue,
  type KernelInput,
  type KernelRun,
} from "./computations/kernel_and_residue.ts";
import {
  checkFunction,
  checkInstance,
  checkOptions,
  checkText,
  maybe,
} from "../../numerics/checks.ts";
import { checkedConfiguration } from "../study/configuration.ts";
import { type FieldsOf, integer, oneOf, optional, width } from "../study/fields.ts";
import { networkFields } from "./network_fields.ts";
import { nameFrom, tagged } from "../study/file_name.ts";
import {
  type NetworkConfiguration,
  networkPart,
  withoutDefaults,
} from "./computations/network_of.ts";
import { conduct, type ConductOptions, type Study } from "../study/study.ts";

/** What decides a kernel and its residues. */
export interface KernelConfiguration
  extends Omit<NetworkConfiguration, "width" | "parametrization"> {
  /** Channels, or width of the hidden layers; "infinite" for the limit. */
  readonly width: number | "infinite";
  /** Training images. */
  readonly n: number;
  /** Which images: the first of the dataset if left out, otherwise drawn at random by this seed. */
  readonly images?: number;
  /** Of the initial weights; the infinite width has none. */
  readonly seed?: number;
}

/** What a study of kernels is given: fully connected and infinitely wide, if it does not say. */
export type GivenKernel =
  & Omit<KernelConfiguration, "architecture" | "width">
  & Partial<KernelConfiguration>;

const fields: FieldsOf<GivenKernel, KernelConfiguration> = {
  architecture: optional(oneOf(architectureNames, { help: "the network" }), "fully-connected"),
  width: optional(
    width({ help: "channels, width of all hidden layers, or infinite", most: 8192 }),
    "infinite",
  ),
  n: integer({ help: "training images", unit: "images", most: 50_000 }),
  images: optional(
    integer({
      help: "which images: drawn at random by this seed (the first of the dataset)",
      least: 0,
      tag: "images",
    }),
  ),
  seed: optional(
    integer({ help: "of the initial weights of a finite network (0)", least: 0 }),
  ),
  ...networkFields,
};

/** What {@link kernelStudy} gives; all from the largest eigenvalue down. */
export interface KernelStudy extends KernelRun {
  readonly configuration: KernelConfiguration;
}

/** The study of kernels, for the table of studies. */
export const kernels: Study<
  GivenKernel,
  KernelConfiguration,
  KernelInput,
  KernelRun,
  KernelStudy
> = {
  name: "kernels",
  summary: "a kernel's spectrum and the residues along its eigenvectors: notebook 05",
  folder: "kernels",
  module: import.meta.url,
  fields,
  resolve,
  computation: kernelAndResidue,
  runs: (configuration) => {
    const { n, seed, images } = configuration;
    return [{
      input: { ...networkPart(configuration), ...{ study: "kernel", n, seed, images } },
      note: `n = ${n}`,
    }];
  },
  gather: (configuration, [kernel]) => ({ configuration, ...kernel }),
  fileName: (configuration) => {
    const { architecture, width, n, seed = 0 } = configuration;
    return nameFrom([
      architecture,
      width,
      `n${n}`,
      ...tagged(fields, configuration),
      `seed${seed}`,
    ]);
  },
};

function resolve(given: GivenKernel): KernelConfiguration {
  const { seed = 0, ...rest } = checkedConfiguration("kernels", fields, given);
  const configuration = withoutDefaults(rest);
  if (configuration.width !== "infinite") return { ...configuration, seed };
  // Older commands say --seed 0 here, and the files' names do.
  if (seed === 0) return configuration;
  throw new RangeError(
    `seed is ${seed}; the infinite width has no initial weights: leave seed out, or it must be 0`,
  );
}

/**
 * A kernel's spectrum with the residues along its eigenvectors; read, if it was computed before.
 *
 * @throws {RangeError} if a value of the configuration is out of range, or the kernel is 0, as that of
 * a narrow network may be
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { kernelStudy } from "./kernels.ts";
 * const study = await kernelStudy({ architecture: "fully-connected", width: "infinite", n: 20 });
 * assert.equal(study.eigenvalues.length, 20);
 * assert(study.eigenvalues[0] > study.eigenvalues[1]);
 * ```
 */
export function kernelStudy(
  configuration: GivenKernel,
  options: Omit<ConductOptions<KernelStudy>, "onPart"> = {},
): Promise<KernelStudy> {
  checkOptions("options", options, {
    cache: maybe(checkText),
    ...{ onProgress: maybe(checkFunction), signal: maybe(checkInstance, AbortSignal) },
  });
  return conduct(kernels, configuration, options);
}
