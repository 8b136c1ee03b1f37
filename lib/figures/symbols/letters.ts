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
      ["D", "mean of ‖θ_T − θ_0‖² over initial weights"],
      ["D_f,\\ D_y", "parts of D that are owed to f_0 and to the labels"],
      ["\\iota_f,\\ \\iota_y", "T/T_SL of f_0 and of the labels, each alone"],
      ["\\delta_f", "δ of f_0 alone"],
      ["\\rho", "residue of all images, y − f_0"],
      ["\\bar\\lambda", "largest curvature along steps of descent"],
      ["N", "steps of gradient descent"],
    ],
    "07_myrtle": [
      ["D_f,\\ D_y", "displacements owed to f_0 and to the labels, as in 06"],
      ["\\iota_f,\\ \\iota_y", "T/T_SL of f_0 and of the labels, as in 06"],
      ["\\bar\\lambda", "largest curvature along steps of descent"],
    ],
    "08_kernel_drift": [
      ["a", "scale of the lazy network a(f − f_0)"],
      ["J,\\ E", "derivative of all outputs by the weights, and its change"],
      ["r,\\ \\bar r", "residue of all images and outputs, and the linearization's"],
      ["m", "number of outputs of all images, 10 n"],
      ["\\rho", "radius of a ball of weights about θ_0"],
      ["\\sigma,\\ \\Lambda", "bound of J in that ball, and its Lipschitz constant"],
      ["F,\\ M", "parts of ln T/T_SL owed to the initial function and to the kernel's motion"],
      ["\\iota_{lin},\\ \\iota_{lin,0}", "T/T_SL of the linearization, and of it without f_0"],
      ["p", "exponent of a gap, a^(−p)"],
      ["K_0^+", "pseudo-inverse of K_0 without its small eigenvalues"],
    ],
    "09_finite_width": [
      ["N", "width: units of a hidden layer, or channels"],
      ["a,\\ b", "of ln q(N) − ln q(∞) = a/N + b/N², q what is measured"],
      ["v,\\ v_\\infty,\\ c", "variance of ln T/T_SL over seeds, v_∞ + c/N"],
      ["Q", "NNGP, the covariance of f_0"],
      [
        "\\xi_j,\\ \\eta_j,\\ \\zeta_j",
        "what one hidden unit adds to f_0 and to K, and a Gaussian of ξ's covariance",
      ],
      ["g,\\ S,\\ A", "a smooth function of f_0 and K, and their sums without one unit"],
      ["K_N,\\ K_\\infty", "kernels of width N and of infinite width"],
    ],
    "10_discrete_steps": [
      ["N,\\ \\delta\\theta_i", "number of steps, and a step"],
      [
        "\\lambda_{max}",
        "largest eigenvalue of the Hessian of L, at the start if not said otherwise",
      ],
      ["\\bar\\lambda_i,\\ \\bar\\lambda", "curvature along step i, and the largest"],
      ["\\bar\\kappa", "mean of the curvatures along the steps, weighted by |g|²"],
      ["W", "Σ‖δθ‖²/η, the work of the steps"],
      ["\\iota_{GD}", "T/T_SL read off gradient descent"],
      ["p_k,\\ d_k,\\ u_k", "shares of a mode in ΔL and in ‖Δθ‖², and λ_k T"],
      ["g,\\ \\hat g,\\ C", "∇L, that of a minibatch, and the covariance of n∇L_μ over images"],
      ["\\rho", "noise of minibatches, Σ tr C (n−B)/((n−1)B) over Σ|g|²"],
    ],
    "11_optimizers": [
      ["N", "number of steps, and of gradients"],
      ["\\mu,\\ v", "momentum, and its velocity"],
      ["M_t,\\ M_i", "preconditioner of a flow, and of a step, η with it"],
      ["A", "∫M dt"],
      ["\\lambda", "A⁻¹Δθ, in a proof"],
      ["g,\\ h", "∇L, and the gradient of an observable or of the test loss"],
      ["F,\\ Q", "−Σ g·δθ, and Σ δθᵀM⁻¹δθ, what steps dissipate"],
      ["\\phi", "θ − μ v"],
      ["\\varepsilon", "damping of the Gram matrix"],
      ["r", "residue f − y"],
      ["c", "factor of a schedule; of a preconditioner, what stands across the gradient"],
      ["O", "an observable"],
      ["b", "time of a step of a flow, under a schedule"],
    ],
    "12_ensembles": [
      ["\\varphi,\\ D\\varphi", "flow map, from θ_0 to θ_T, and its derivative"],
      ["A", "Dφ − I"],
      ["P", "rows of a projection; also the number of weights"],
      ["M", "(1 − e^(−KT))/K of the kernel; also the number of members"],
      ["\\Psi,\\ Q\\Psi", "potential of a displacement, and min_x Ψ(x) + ½‖x − y‖²"],
      ["a", "scale of the lazy network a(f − f_0)"],
      ["G", "what Dφ − I of a lazy network is, times a"],
      ["H", "Hessian of the loss"],
      ["Z", "mean of e^(−βL) over the prior: Z_∞/Z_0 of Eq. 6"],
      ["s", "strength of the loss on the way from the prior, from 0 to 1"],
    ],
    "13_initial_weights": [
      ["c", "share of f_0 that is kept: f − (1 − c) f_0 is trained"],
      ["\\varepsilon", "factor of all initial weights"],
      [
        "D,\\ D_f,\\ D_y",
        "mean of ‖θ_T − θ_0‖² over initial weights, and what f_0 and y make of it",
      ],
      ["\\iota_f,\\ \\iota_y", "T/T_SL of f_0 and of the labels, as in 06"],
      ["f_k,\\ y_k", "f_0 and the targets along the k-th eigenvector"],
      ["N,\\ q", "layers of a deep linear network, and the weight of each"],
      ["a,\\ s", "strength q^N of its mode, and what it is to become"],
      ["X,\\ Y", "all images and all targets, a row an image"],
      ["b,\\ d", "factor 1/√(d · width) of a linear network, d numbers an image"],
      ["\\sigma_i,\\ u_i,\\ v_i", "singular values and vectors of XᵀY, the largest first"],
      ["\\kappa", "rate b σ_1 at which weights grow near the saddle"],
      ["p_i", "both layers together along u_i and v_i, sum and difference"],
      ["h,\\ C", "a small length, and the time that does not depend on ε"],
      ["w_i", "weight of one network in the ensemble's limit"],
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
  };

/** All of them, notebook by notebook. */
export const OWN_LETTERS: readonly OwnLetter[] = Object.entries(LETTERS).flatMap(
  ([notebook, letters]) => letters.map(([formula, meaning]) => ({ notebook, formula, meaning })),
);
