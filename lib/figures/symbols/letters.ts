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
      [
        "X_t,\\ \\varphi",
        "path of a point by the velocity, and the convex function whose gradient it ends at",
      ],
      ["\\Phi", "matrix of a linear flow map, X_0 to X_T"],
      ["a", "size of a swing; or how much larger a unit of length is"],
      ["p_i,\\ u_i,\\ w", "coefficients of a law and a potential at a point, and ∂U/∂t there"],
      ["f,\\ j", "density of F, and its current"],
    ],
    "02_gradient_flow": [
      ["a,\\ b,\\ c", "curvatures along and across the valley, and how much it bends"],
      ["x,\\ y", "place in the valley: two weights"],
      ["p", "power of the schedule, τ̇ ∝ t^p"],
      ["r", "residue of one output, target minus prediction, up to its sign"],
    ],
    "03_linear_regression": [
      ["d", "dimension of the inputs, number of weights"],
      ["\\theta^*", "teacher"],
      ["\\sigma", "standard deviation of the labels' noise"],
      ["s", "standard deviation of the initial weights"],
      ["\\lambda", "eigenvalue of XᵀX, the rate of a mode as in the other notebooks"],
      ["\\rho,\\ \\kappa", "ridge 1/(βs²), and λ + ρ"],
      ["x", "βλs²"],
      ["x_i,\\ y_i,\\ \\epsilon_i", "input, label and its noise of the i-th sample"],
      ["\\mu", "where the mean of a mode ends"],
      ["m,\\ c", "mean and variance of a mode"],
      ["z", "standard normal noise of a mode's label"],
      ["\\gamma", "d/n"],
      ["p,\\ g,\\ b", "Marchenko and Pastur's density of λ/n, its mean of 1/(λ + ρ), and 2√γ"],
      ["a,\\ A,\\ B", "a mode's mean θ*², and mean squared forces on the mean and on the spread"],
      ["v_m,\\ v_s", "speeds of a mode's mean and of its spread"],
    ],
    "04_kernel_regime": [
      ["r_k", "residue of a mode at time t, Δ_k e^(−λ_k t)"],
      ["u", "λT, under integrals"],
      ["E_c", "∫u^(−r)e^(−cu)du"],
      ["\\varepsilon", "T n^(−α), the last mode's λT"],
      ["\\zeta,\\ \\gamma_E", "Riemann's function, and Euler's constant 0.5772…"],
      ["p", "power of T that ΔL, Δθ or a ratio grows as"],
    ],
    "05_kernels_of_cifar10": [
      ["v_k", "eigenvector of the kernel"],
      ["r,\\ r_o", "residue, of output o: target minus initial prediction, all images"],
    ],
    "06_fully_connected": [
      ["f_0", "random initial function, of mean zero over initial weights"],
      ["D", "mean of ‖θ_T − θ_0‖² over initial weights"],
      ["D_f,\\ D_y", "parts of D that are owed to f_0 and to the labels"],
      ["\\iota_f,\\ \\iota_y", "T/T_SL of f_0 and of the labels, each alone"],
      ["\\delta_f", "δ of f_0 alone"],
      ["\\rho", "residue of all images, y − f_0"],
      ["\\bar\\lambda", "largest curvature along steps of descent"],
      ["N", "steps of gradient descent"],
    ],
    "07_myrtle": [
      ["f_0", "random initial function, as in 06"],
      ["D_f,\\ D_y", "displacements owed to f_0 and to the labels, as in 06"],
      ["\\iota_f,\\ \\iota_y", "T/T_SL of f_0 and of the labels, as in 06"],
      ["\\bar\\lambda", "largest curvature along steps of descent"],
    ],
    "09_finite_width": [
      ["N", "width: units of a hidden layer, or channels"],
      ["a,\\ b", "of ln q(N) − ln q(∞) = a/N + b/N², q what is measured"],
      ["v,\\ v_\\infty,\\ c", "variance of ln T/T_SL over seeds, v_∞ + c/N"],
      ["f_0", "random initial function, as in 06"],
      ["Q", "NNGP, the covariance of f_0"],
      [
        "\\xi_j,\\ \\eta_j,\\ \\zeta_j",
        "what one hidden unit adds to f_0 and to K, and a Gaussian of ξ's covariance",
      ],
      ["g,\\ S,\\ A", "a smooth function of f_0 and K, and their sums without one unit"],
      ["K_N,\\ K_\\infty", "kernels of width N and of infinite width"],
    ],
    "14_scope": [
      ["f_0", "random initial function, as in 06"],
      ["D_k,\\ D_f,\\ D_y", "parts of ‖Δθ‖² of a mode, of f_0 and of the labels"],
      ["\\iota_f,\\ \\iota_y", "T/T_SL of f_0 and of the labels, as in 06"],
      ["h", "x/2 coth(x/2), T/T_SL of one mode with x = λT"],
      ["q", "share of ½‖Y‖² that the labels' flow has fitted"],
      ["e,\\ w", "the larger of two ΔL_y/ΔL_f, and of two D_y/D_f"],
      ["t_0,\\ u", "when a path is begun, and how long it takes"],
      ["p", "share of wrong labels; in a test, the chance of as large a difference"],
      ["\\kappa", "condition number"],
    ],
    "08_kernel_drift": [
      ["f_0", "initial function of one network, f at θ_0 on all images"],
      ["a", "scale of the lazy network a(f − f_0)"],
      ["J,\\ E", "derivative of all outputs by the weights, and its change"],
      ["r,\\ \\bar r", "residue of all images and outputs, and the linearization's"],
      ["m", "number of outputs of all images, 10 n"],
      ["\\rho", "radius of a ball of weights about θ_0"],
      ["\\sigma,\\ \\Lambda", "bound of J in that ball, and its Lipschitz constant"],
      ["F,\\ M", "parts of ln T/T_SL owed to the initial function and to the kernel's motion"],
      ["\\iota_{lin},\\ \\iota_{lin,0}", "T/T_SL of the linearization, and of it without f_0"],
      ["p", "exponent of a gap, a^(−p), or of the width"],
    ],
  };

/** All of them, notebook by notebook. */
export const OWN_LETTERS: readonly OwnLetter[] = Object.entries(LETTERS).flatMap(
  ([notebook, letters]) => letters.map(([formula, meaning]) => ({ notebook, formula, meaning })),
);
