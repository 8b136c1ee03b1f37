/**
 * Letters that one notebook takes for things of its own, where they mean nothing else.
 *
 * @module
 */

/** A letter of one notebook. */
export interface OwnLetter {
  readonly notebook: string;
  /** In TeX, without dollars. */
  readonly formula: string;
  readonly meaning: string;
}

const LETTERS: Readonly<Record<string, readonly (readonly [formula: string, meaning: string])[]>> =
  {
    "01_speed_limits": [
      ["x", "position of a particle on the line"],
      ["k", "stiffness of the oscillator, U = kx²/2"],
      ["m,\\ \\sigma,\\ c", "mean, standard deviation and variance of a Gaussian law"],
    ],
    "02_gradient_flow": [
      ["a,\\ b,\\ c", "curvatures along and across the valley, and how much it bends"],
      ["x,\\ y", "place in the valley: two weights"],
      ["p", "power of the schedule, η ∝ t^p"],
      ["r", "residue of one output, target minus prediction, up to its sign"],
    ],
    "03_linear_regression": [
      ["d", "dimension of the inputs, number of weights"],
      ["\\theta^*", "teacher"],
      ["\\sigma", "standard deviation of the labels' noise"],
      ["s", "standard deviation of the initial weights"],
      ["\\lambda", "eigenvalue of XᵀX, the rate of a mode as in the other notebooks"],
      ["\\rho,\\ \\kappa", "ridge 1/(βs²), and λ + ρ"],
      ["x", "βλs²; with an index, an input"],
      ["\\mu", "where the mean of a mode ends; as an index, of a sample"],
      ["\\gamma", "d/n"],
    ],
    "04_kernel_regime": [
      ["r_k", "residue of a mode at time t, Δ_k e^(−λ_k t)"],
      ["u", "λT, under integrals"],
    ],
    "05_kernels_of_cifar10": [
      ["v_k", "eigenvector of the kernel"],
      ["r_o", "residue of output o: target minus initial prediction, all images"],
    ],
  };

/** All of them, notebook by notebook. */
export const OWN_LETTERS: readonly OwnLetter[] = Object.entries(LETTERS).flatMap(
  ([notebook, letters]) => letters.map(([formula, meaning]) => ({ notebook, formula, meaning })),
);
