/**
 * Free energy and entropy production of an ensemble of one linearized network: exact, and by sampling.
 *
 * @module
 */
import { ensembleBounds, freeEnergy, gaussian, type Potential } from "../../bounds/mod.ts";
import {
  langevin,
  ornsteinUhlenbeck,
  quadraticLandscape,
  smallNetwork,
} from "../../dynamics/mod.ts";
import { checkInteger, checkOptions, checkPositive, maybe, must } from "../../numerics/checks.ts";
import { CONTROL_CHECKS } from "../../numerics/control.ts";
import { identity } from "../../numerics/dense.ts";
import { type Control, eighSync, type Matrix, multiply, randomStream } from "../../numerics/mod.ts";
import { meanAndError } from "../../statistics/mod.ts";
import { SMALL_INPUTS, smallImages } from "../studies/computations/small_images.ts";
import { checkTimesOf } from "./times.ts";

/** A quantity known exactly, and measured over independent ensembles. */
export interface ExactAndSampled {
  readonly exact: number;
  readonly mean: number;
  /** Student's 95 % interval of the mean over ensembles. */
  readonly interval: readonly [low: number, high: number];
}

/** The linearized ensemble at one time. */
export interface LinearizedEnsembleRow {
  readonly time: number;
  /** F of the modes that the data see; the others stay as the prior has them. */
  readonly freeEnergy: ExactAndSampled;
  /** β⁻¹R = F_0 − F_t. */
  readonly entropyProduction: ExactAndSampled;
  /** ⟨U⟩_0 − ⟨U⟩_t. */
  readonly heat: ExactAndSampled;
  /** W2²(p_0, p_t); sampled, Gelbrich's bound, which of Gaussian laws on all of their modes is W2². */
  readonly w2Squared: ExactAndSampled;
  /** T/T_SL, exactly. */
  readonly inefficiency: number;
}

/** Options of {@link linearizedEnsemble}. */
export interface LinearizedEnsembleOptions extends Control {
  readonly width: number;
  readonly n: number;
  readonly beta: number;
  readonly times: readonly number[];
  /** Members of an ensemble. */
  readonly members?: number;
  /** Independent ensembles, of the same linearized network. */
  readonly ensembles?: number;
  /** Of the weights that the network is linearized at. */
  readonly seed?: number;
}

/**
 * A network of two hidden layers linearized at one θ_0, f = f_0 + J(θ − θ_0), under Langevin dynamics from
 * the prior: the law is Gaussian, and free energy, entropy production and W2² are those of
 * `ornsteinUhlenbeck`. Beside it, ensembles by `langevin` in all of its modes, their means and covariances.
 *
 * In the orthonormal coordinates of J's row space, of which there are at most n; in the others the loss is
 * flat, the prior is stationary, and nothing happens.
 *
 * Times after the first are rounded to whole steps, of which the first is some.
 *
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} if β is not positive, times do not increase, or there are too few members
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { linearizedEnsemble } from "./linearized_ensemble.ts";
 * const [{ entropyProduction: { exact }, heat }] = await linearizedEnsemble({
 *   ...{ width: 4, n: 4, beta: 2, times: [0.5], members: 64, ensembles: 2 },
 * });
 * assert(exact > 0 && heat.exact > exact); // what is not dissipated makes the law narrower
 * ```
 */
export async function linearizedEnsemble(
  options: LinearizedEnsembleOptions,
): Promise<LinearizedEnsembleRow[]> {
  const { width, n, beta, times, members = 256, ensembles = 6, seed = 0, ...control } =
    checkOptions("options", options, {
      ...{ width: checkInteger, n: must(checkInteger, { most: 64 }), times: checkTimesOf },
      beta: must(checkPositive, "a positive inverse temperature"),
      ...{ members: maybe(checkInteger, { least: 64 }) },
      ...{ ensembles: maybe(checkInteger, { least: 2 }), seed: maybe(checkInteger, { least: 0 }) },
      ...CONTROL_CHECKS,
    });
  const potential = await modesOf({ width, n, beta, seed });
  const d = potential.minimum.length;
  const start = gaussian(new Float64Array(d), identity(d));
  const law = ornsteinUhlenbeck(potential, beta, start);
  const runs: Sampled[][] = [];
  for (let one = 0; one < ensembles; one++) {
    runs.push(await sampled(potential, { beta, times, members, seed: 1 + one, ...control }));
    control.signal?.throwIfAborted();
    await control.onProgress?.({ done: one + 1, total: ensembles });
  }
  const startEnergy = freeEnergy(start, potential, beta);
  return stepsOf(potential, times).times.map((time, t) => {
    const compared = (exact: number, of: (run: Sampled) => number): ExactAndSampled => {
      const { mean, interval } = meanAndError(runs.map((run) => of(run[t])));
      return { exact, mean, interval };
    };
    const now = law.at(time);
    const energyOf = ({ mean, covariance }: typeof now) =>
      freeEnergy({ mean, covariance }, potential, 1e12); // ⟨U⟩: no entropy at no temperature
    return {
      time: Number(time.toPrecision(6)),
      freeEnergy: compared(freeEnergy(now, potential, beta), (run) => run.freeEnergy),
      entropyProduction: compared(
        law.entropyProduction(time),
        (run) => startEnergy - run.freeEnergy,
      ),
      heat: compared(energyOf(start) - energyOf(now), (run) => run.heat),
      w2Squared: compared(law.w2Squared(time), (run) => run.w2Squared),
      inefficiency: law.inefficiency(time),
    };
  });
}

interface Modes extends Potential {
  readonly minimum: Float64Array;
  readonly curvature: Matrix;
  readonly offset: number;
}

/** The potential in the row space of J: curvature λ_k + 1/β, minimum where the residue and the ridge say. */
async function modesOf(
  { width, n, beta, seed }: Pick<LinearizedEnsembleOptions, "width" | "n" | "beta"> & {
    readonly seed: number;
  },
): Promise<Modes> {
  const { inputs, targets } = await smallImages(n, 0);
  const network = smallNetwork({ widths: [SMALL_INPUTS, width, width, 1], inputs, targets });
  const theta = randomStream(seed, "experiments/linearized at").normal(network.dimension);
  const jacobian = network.jacobian(theta), f0 = network.outputs(theta).data;
  const shift = multiply(jacobian, theta);
  // ½|Jθ − b|² with b = y − f_0 + Jθ_0.
  const b = targets.data.map((y, i) => y - f0[i] + shift[i]);
  const { values, vectors } = eighSync(multiply(jacobian, jacobian, { transposeB: true }));
  const along = multiply(vectors, b, { transposeA: true });
  const kept = Array.from(values.keys()).filter((k) => values[k] > 1e-10 * values[n - 1]);
  const curvature = identity(kept.length);
  kept.forEach((k, i) => curvature.data[i * kept.length + i] = values[k] + 1 / beta);
  const minimum = Float64Array.from(
    kept,
    (k) => Math.sqrt(values[k]) * along[k] / (values[k] + 1 / beta),
  );
  // ½|b|² − ½ Σ λb²/(λ + 1/β), what is left at the minimum.
  const offset = kept.reduce(
    (total, k) => total - values[k] * along[k] ** 2 / (values[k] + 1 / beta) / 2,
    b.reduce((total, one) => total + one * one, 0) / 2,
  );
  return { minimum, curvature, offset };
}

interface Sampled {
  readonly freeEnergy: number;
  readonly heat: number;
  readonly w2Squared: number;
}

async function sampled(
  potential: Modes,
  { beta, times, members, seed, signal }: Control & {
    readonly beta: number;
    readonly times: readonly number[];
    readonly members: number;
    readonly seed: number;
  },
): Promise<Sampled[]> {
  const d = potential.minimum.length;
  const from = {
    ...{ rows: members, cols: d },
    data: randomStream(seed, "experiments/linearized ensemble").normal(members * d),
  };
  const landscape = quadraticLandscape(potential);
  const { horizon, steps, record } = stepsOf(potential, times);
  const { positions } = await langevin(landscape, {
    ...{ beta, from, horizon, steps, record, seed, signal },
  });
  const energy = (cloud: Matrix) => {
    let total = 0;
    for (let i = 0; i < cloud.rows; i++) {
      total += landscape.value(cloud.data.subarray(i * d, (i + 1) * d), 0);
    }
    return total / cloud.rows;
  };
  const before = energy(from);
  return positions.slice(1).map((cloud) => ({
    freeEnergy: freeEnergy(lawOf(cloud), potential, beta) - entropyBias(members, d) / beta,
    heat: before - energy(cloud),
    w2Squared: ensembleBounds(from, cloud, [identity(d)]).below.corrected,
  }));
}

/** Equal steps, of which the first time is a whole number; the others are rounded to whole ones. */
function stepsOf({ curvature }: Modes, times: readonly number[]) {
  const stiffest = Math.max(...curvature.data);
  const step = times[0] / Math.ceil(times[0] * stiffest / 0.1);
  const record = times.map((time) => Math.round(time / step));
  const steps = record[record.length - 1];
  return { horizon: steps * step, steps, record, times: record.map((k) => k * step) };
}

/** The Gaussian law of a cloud's mean and covariance. */
function lawOf({ rows, cols: d, data }: Matrix) {
  const mean = new Float64Array(d);
  for (let at = 0; at < data.length; at++) mean[at % d] += data[at] / rows;
  const centred = { rows, cols: d, data: data.map((x, at) => x - mean[at % d]) };
  const { data: squares } = multiply(centred, centred, { transposeA: true });
  return gaussian(mean, { rows: d, cols: d, data: squares.map((x) => x / (rows - 1)) });
}

/**
 * How far below its mean the entropy of a Gaussian's sample covariance lies, to first order:
 * E ½ ln det of Wishart's law of n − 1 degrees is ½ ln det C − d(d + 1)/(4(n − 1)), and the free energy has it
 * with the other sign.
 */
const entropyBias = (members: number, d: number) => d * (d + 1) / (4 * (members - 1));
