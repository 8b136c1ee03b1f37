/**
 * Networks and their kernels.
 *
 * @module
 */
import type { Quantity } from "./quantity.ts";

/** Their names. */
export type NetworksName =
  | "images"
  | "outputs"
  | "initialFunction"
  | "targets"
  | "weightStd"
  | "biasStd"
  | "warmStart"
  | "jacobian"
  | "kernel"
  | "eigenvalue"
  | "residue"
  | "spectrumExponent"
  | "residueExponent"
  | "exponentRatio"
  | "plateau";

/** By name. */
export const NETWORKS: Readonly<Record<NetworksName, Quantity>> = {
  images: {
    symbol: "n",
    formula: "n",
    meaning: "training images, or samples",
    unit: "1",
    notebook: "03_linear_regression",
    code: "trainingSet",
  },
  outputs: {
    symbol: "f",
    formula: "f",
    meaning: "outputs of the network, ten for an image",
    unit: "√loss",
    notebook: "05_kernels_of_cifar10",
    code: "networkNamed",
  },
  initialFunction: {
    symbol: "f_{0}",
    formula: "f_0",
    meaning: "function that random initial weights make, of mean zero over them",
    unit: "√loss",
    notebook: "06_fully_connected",
    code: "centred",
  },
  targets: {
    symbol: "y",
    formula: "y",
    meaning: "targets, one-hot − 1/10; ½‖Y‖² = 0.45 n is the loss of a network that says nothing",
    unit: "√loss",
    notebook: "05_kernels_of_cifar10",
    code: "targets",
  },
  weightStd: {
    symbol: "W_{std}",
    formula: "W_{std}",
    meaning: "scale of the initial weights: √2 is He's",
    unit: "1",
    notebook: "06_fully_connected",
    code: "networkNamed",
  },
  biasStd: {
    symbol: "b_{std}",
    formula: "b_{std}",
    meaning: "scale of the initial biases; 0 for none",
    unit: "1",
    notebook: "06_fully_connected",
    code: "networkNamed",
  },
  warmStart: {
    symbol: "τ_{w}",
    formula: "\\tau_w",
    meaning:
      "warm start: the time from which on the mean test accuracy stays at the threshold, 12 %",
    unit: "weight²/loss",
    notebook: "07_myrtle",
    code: "warmStart",
    paper: "about epoch 2000",
  },
  jacobian: {
    symbol: "J",
    formula: "J",
    meaning: "derivatives of the outputs by the weights",
    unit: "√loss/weight",
    notebook: "04_kernel_regime",
  },
  kernel: {
    symbol: "K",
    formula: "K",
    meaning: "tangent kernel JJᵀ of all outputs; K̄ is its mean over outputs",
    unit: "loss/weight²",
    notebook: "05_kernels_of_cifar10",
    code: "empiricalNtk",
    paper: "NTK",
  },
  eigenvalue: {
    symbol: "λ_{k}",
    formula: "\\lambda_k",
    meaning:
      "eigenvalues of K, the largest first: rates at which modes are learnt; λ_max the first",
    unit: "loss/weight²",
    notebook: "04_kernel_regime",
    code: "kernelSpectrum",
    paper: "λ_k",
  },
  residue: {
    symbol: "Δ_{k}",
    formula: "\\Delta_k",
    meaning:
      "residue: target minus initial prediction along the k-th eigenvector; squares are summed over outputs",
    unit: "√loss",
    notebook: "04_kernel_regime",
    code: "residueComponents",
    paper: "Δ_k",
  },
  spectrumExponent: {
    symbol: "α",
    formula: "\\alpha",
    meaning: "exponent of the spectrum, λ_k ∝ k^(−α)",
    unit: "1",
    notebook: "04_kernel_regime",
    code: "fitPowerLaw",
    paper: "α",
  },
  residueExponent: {
    symbol: "δ",
    formula: "\\delta",
    meaning: "exponent of the residue, Δ_k² ∝ k^(−δ)",
    unit: "1",
    notebook: "04_kernel_regime",
    code: "fitPowerLaw",
    paper: "δ",
  },
  exponentRatio: {
    symbol: "r",
    formula: "r",
    meaning: "(1 − δ)/α: T/T_SL stays for 0 < r < 1, and grows as T^(−r) for −1 < r < 0",
    unit: "1",
    notebook: "04_kernel_regime",
    code: "powerLawWindow",
  },
  plateau: {
    symbol: "ι_{∞}",
    formula: "\\iota_\\infty",
    meaning: "T/T_SL in the scaling window, where it stays",
    unit: "1",
    notebook: "04_kernel_regime",
    code: "powerLawWindow",
  },
};
