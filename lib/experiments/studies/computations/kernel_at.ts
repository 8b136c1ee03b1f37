/**
 * The kernel of a finite network at given weights, averaged over its outputs, with the residue along
 * its eigenvectors.
 *
 * @module
 */
import type { Network, TensorLike } from "../../../networks/mod.ts";
import {
  empiricalNtk,
  type EmpiricalNtkOptions,
  type KernelSpectrum,
  kernelSpectrum,
  residueComponents,
} from "../../../ntk/mod.ts";
import type { Control, Matrix } from "../../../numerics/mod.ts";

/** What {@link kernelAt} gives. */
export interface KernelAt {
  /** K̄, n × n: the mean over outputs of their own blocks. */
  readonly kernel: Matrix;
  readonly spectrum: KernelSpectrum;
  /** Δ_k of targets − predictions, its squares summed over outputs; largest eigenvalue first. */
  readonly residue: Float64Array;
}

/**
 * The averaged kernel K̄ at some weights, its spectrum, and the residue there.
 *
 * K̄ ⊗ I is what an infinitely wide network would have. It leaves out the blocks between outputs (a
 * third to a half of ‖K‖² at 16 channels) and is not the linearization: that is of all outputs
 * together, `fullNtkSpectrum` and `linearizedFlow`.
 */
export async function kernelAt(
  network: Network,
  parameters: readonly TensorLike[],
  { images, targets }: {
    readonly images: TensorLike;
    readonly targets: { readonly data: Float32Array };
  },
  control: {
    readonly kernel: Pick<EmpiricalNtkOptions, "signal" | "onProgress">;
    readonly spectrum: Control;
  },
): Promise<KernelAt> {
  const trace = await empiricalNtk(network, parameters, images, control.kernel);
  const kernel = { ...trace, data: trace.data.map((value) => value / network.outputs) };
  const spectrum = await kernelSpectrum(kernel, control.spectrum);
  const { data } = await network.apply(parameters, images);
  const difference = Float64Array.from(targets.data, (value, i) => value - data[i]);
  return { kernel, spectrum, residue: residueComponents(spectrum, difference) };
}
