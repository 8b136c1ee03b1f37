/**
 * Linear regression by Langevin dynamics, exactly: the paper's section 3.1 and what it leaves open.
 *
 * @module
 */
import { boltzmann, type Gaussian, type Potential } from "../../bounds/mod.ts";
import { identity } from "../../numerics/dense.ts";
import {
  checkInteger,
  checkNumber,
  checkOptions,
  checkPositive,
  maybe,
} from "../../numerics/checks.ts";
import {
  dot,
  type Matrix,
  multiply,
  randomStream,
  solvePositiveDefinite,
  sum,
} from "../../numerics/mod.ts";
import { type OrnsteinUhlenbeck, ornsteinUhlenbeck } from "./ornstein_uhlenbeck.ts";

/** What a regression problem is made of; the same names throughout. */
export interface RegressionSettings {
  /** n, the number of training samples. */
  readonly samples: number;
  /** d, the number of weights. */
  readonly dimension: number;
  /** |θ*|, the norm of the teacher's weights, which point in a random direction. */
  readonly teacherNorm?: number;
  /** σ: labels are y = θ*·x + σ ε. */
  readonly labelNoise?: number;
  /** s: the initial weights are drawn from N(0, s²), which is also the prior that the ridge makes. */
  readonly priorStd?: number;
  /** Variance of each component of the inputs, which are Gaussian. */
  readonly inputVariance?: number;
  /** β, the inverse temperature of the dynamics: 1/β is the variance that it adds to labels. */
  readonly beta: number;
}

/** One realization of a regression problem, and its dynamics. */
export interface LinearRegression {
  /** X, n × d. */
  readonly inputs: Matrix;
  /** y, n numbers. */
  readonly labels: Float64Array;
  /** θ*, d numbers. */
  readonly teacher: Float64Array;
  /** U = ½ |Xθ − y|² + |θ|²/(2βs²). */
  readonly potential: Potential;
  /** p_0 = N(0, s²), the Boltzmann law of the ridge alone. */
  readonly prior: Gaussian;
  /** p_∞, the Boltzmann law of U. */
  readonly stationary: Gaussian;
  /** The law at any time, from the prior. */
  readonly flow: OrnsteinUhlenbeck;
  /** The law at any time, from θ_0 = 0: a point, whose diffusion dissipates without bound. */
  readonly flowFromZero: OrnsteinUhlenbeck;
  /** β⁻¹R(0→t) and W2²(p_0, p_t) in two parts each, that sum to the whole. */
  split(t: number): RegressionSplit;
}

/** Who owes how much. */
export interface RegressionSplit {
  readonly entropyProduction: SplitInTwo;
  readonly w2Squared: SplitInTwo;
}

/** A whole in two parts. */
export interface SplitInTwo {
  /** From the mean, which moves from 0 to the teacher: all there is when θ_0 = 0 and β → ∞. */
  readonly teacher: number;
  /** From the spread of the initial weights, which shrinks to the posterior's. */
  readonly initialWeights: number;
}

/**
 * A regression problem with Gaussian inputs and a random teacher; the same seed gives the same.
 *
 * The loss is L = ½ Σ_μ (θ·x_μ − y_μ)²; the ridge is the one whose Boltzmann law is the law of the
 * initial weights, so that p_0 is the prior and p_∞ the posterior of Bayesian regression with label
 * variance 1/β.
 *
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} if a setting is out of range
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { linearRegression } from "./linear_regression.ts";
 *
 * const { flow, split } = linearRegression({ samples: 40, dimension: 10, beta: 10 });
 * const { teacher, initialWeights } = split(1).entropyProduction;
 * assert(Math.abs((teacher + initialWeights) / flow.entropyProduction(1) - 1) < 1e-10);
 * assert(flow.inefficiency(1) > 1);
 * ```
 */
export function linearRegression(
  settings: RegressionSettings,
  options: { readonly seed?: number } = {},
): LinearRegression {
  const { samples: n, dimension: d, teacherNorm, labelNoise, priorStd, inputVariance, beta } =
    regressionSettings(settings);
  const { seed = 0 } = checkOptions("options", options, {
    seed: maybe(checkInteger, { least: 0 }),
  });
  const stream = randomStream(seed, "dynamics/linear regression");
  const scale = Math.sqrt(inputVariance);
  const inputs = { rows: n, cols: d, data: stream.normal(n * d).map((x) => scale * x) };
  const direction = stream.normal(d);
  const length = Math.sqrt(sum(direction.map((x) => x * x)));
  const teacher = direction.map((x) => teacherNorm * x / length);
  const noise = stream.normal(n);
  const labels = multiply(inputs, teacher).map((y, i) => y + labelNoise * noise[i]);

  const ridge = 1 / (beta * priorStd ** 2);
  const curvature = multiply(inputs, inputs, { transposeA: true });
  for (let i = 0; i < d; i++) curvature.data[i * d + i] += ridge;
  const projected = multiply(inputs, labels, { transposeA: true });
  const minimum = solvePositiveDefinite(curvature, projected);
  const labelSquares = sum(labels.map((y) => y * y));
  const explained = dot(projected, minimum);
  const potential = { minimum, curvature, offset: (labelSquares - explained) / 2 };
  const isotropic = (variance: number): Gaussian => ({
    mean: new Float64Array(d),
    covariance: identity(d, variance),
  });
  const prior = isotropic(priorStd ** 2);
  const flow = ornsteinUhlenbeck(potential, beta, prior);
  // The same potential about its own minimum: the mean rests there, and only the spread moves.
  const spread = ornsteinUhlenbeck(potential, beta, { ...prior, mean: minimum });
  const split = (t: number): RegressionSplit => {
    const parts = (whole: number, initialWeights: number) => ({
      teacher: whole - initialWeights,
      initialWeights,
    });
    return {
      entropyProduction: parts(flow.entropyProduction(t), spread.entropyProduction(t)),
      w2Squared: parts(flow.w2Squared(t), spread.w2Squared(t)),
    };
  };
  return {
    inputs,
    labels,
    teacher,
    potential,
    prior,
    stationary: boltzmann(potential, beta),
    flow,
    flowFromZero: ornsteinUhlenbeck(potential, beta, isotropic(0)),
    split,
  };
}

/**
 * A regression problem's settings with their defaults, checked.
 *
 * @throws {RangeError} if one is out of range
 * @throws {TypeError} if one is of another kind, or there is none of a name
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { regressionSettings } from "./linear_regression.ts";
 * const settings = { samples: 40, dimension: 5, beta: 10 };
 * assert.equal(regressionSettings(settings).teacherNorm, 1);
 * assert.throws(() => regressionSettings({ ...settings, beta: 0 }), /beta is 0/);
 * ```
 */
export function regressionSettings(settings: RegressionSettings): Required<RegressionSettings> {
  const { samples, dimension, beta } = checkOptions("settings", settings, {
    samples: checkInteger,
    dimension: checkInteger,
    teacherNorm: maybe(checkNumber, { least: 0 }),
    labelNoise: maybe(checkNumber, { least: 0 }),
    priorStd: maybe(checkPositive),
    inputVariance: maybe(checkPositive),
    beta: checkPositive,
  });
  const { teacherNorm = 1, labelNoise = 0, priorStd = 1, inputVariance = 1 } = settings;
  return { samples, dimension, teacherNorm, labelNoise, priorStd, inputVariance, beta };
}
