/**
 * The kernels of CIFAR-10: spectra, and the residues that gradient flow starts from.
 *
 * @module
 */
import { architectureNames } from "../../networks/mod.ts";
import { kernelAndResidue, type KernelRun } from "../computations/kernel_and_residue.ts";
import { type Given, integer, number, oneOf, optional, type Parsed, width } from "../fields.ts";
import { nameFrom, tagged } from "../file_name.ts";
import { networkPart } from "../network_of.ts";
import { conduct, type ConductOptions, type Study } from "../study.ts";

const fields = {
  architecture: optional(oneOf(architectureNames, { help: "the network" }), "fully-connected"),
  width: optional(
    width({ help: "channels, width of all hidden layers, or infinite", most: 8192 }),
    "infinite",
  ),
  n: integer({ help: "training images, the first of the dataset", unit: "images", most: 50_000 }),
  seed: optional(
    integer({ help: "of the initial weights of a finite network (0)", least: 0 }),
  ),
  depth: optional(
    integer({ help: "hidden layers of a fully connected network (2)", most: 64, tag: "depth" }),
  ),
  activation: optional(
    oneOf(["relu", "erf"], { help: "of a fully connected network (relu)", tag: "" }),
  ),
  weightStd: optional(
    number({
      help: "W_std of the initial weights (√2; 1 with erf)",
      above: 0,
      most: 1e6,
      tag: "std",
    }),
  ),
  biasStd: optional(
    number({ help: "b_std of the initial biases (0)", least: 0, most: 1e6, tag: "bias" }),
  ),
};

/** What decides a kernel and its residues. */
export type KernelConfiguration = Given<typeof fields>;

/** What {@link kernelStudy} gives; all from the largest eigenvalue down. */
export interface KernelStudy extends KernelRun {
  readonly configuration: Parsed<typeof fields>;
}

/** The study of kernels, for the table of studies. */
export const kernels = {
  name: "kernels",
  summary: "a kernel's spectrum and the residues along its eigenvectors: notebook 05",
  folder: "kernels",
  fields,
  resolve: (configuration: Parsed<typeof fields>) => configuration,
  computation: kernelAndResidue,
  runs: (configuration: Parsed<typeof fields>) => {
    const { n, seed = 0 } = configuration;
    const finite = configuration.width !== "infinite";
    return [{
      input: {
        ...networkPart(configuration),
        ...{ study: "kernel" as const, n, seed: finite ? seed : undefined },
      },
      note: `n = ${n}`,
    }];
  },
  gather: (configuration: Parsed<typeof fields>, [kernel]: readonly KernelRun[]): KernelStudy => ({
    configuration,
    ...kernel,
  }),
  fileName: (configuration: Parsed<typeof fields>) => {
    const { architecture, width, n, seed = 0 } = configuration;
    return nameFrom([
      architecture,
      width,
      `n${n}`,
      ...tagged(fields, configuration),
      `seed${seed}`,
    ]);
  },
} satisfies Study<
  typeof fields,
  Parsed<typeof fields>,
  Parameters<typeof kernelAndResidue.compute>[0],
  KernelRun,
  KernelStudy
>;

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
  configuration: KernelConfiguration,
  options: Omit<ConductOptions<KernelStudy>, "onPart"> = {},
): Promise<KernelStudy> {
  return conduct(kernels, configuration, options);
}
