/**
 * ln Z of a loss with a Gaussian prior by annealed importance sampling.
 *
 * @module
 */
import { checkInteger, checkOptions, maybe } from "../../numerics/checks.ts";
import { eventTurns } from "../../numerics/event_turns.ts";
import { randomStream, studentQuantile } from "../../numerics/mod.ts";
import { checkLandscape, type Landscape } from "../laws/landscape.ts";
import {
  hamiltonianMover,
  PARTITION_CHECKS,
  type PartitionOptions,
  priorDraws,
  stiffnessOf,
} from "./hamiltonian_move.ts";

/** Options of {@link annealedImportance}. */
export interface AnnealedImportanceOptions extends PartitionOptions {
  /** Strengths between the prior and the whole loss, a move at each. */
  readonly stages?: number;
}

/** An estimate of ln Z_∞/Z_0 by weights. */
export interface AnnealedEstimate {
  /** ln of the mean weight, which is Z_∞/Z_0 in the mean. */
  readonly value: number;
  /** 95 %, by the jackknife over particles. */
  readonly interval: readonly [low: number, high: number];
  /** Mean of the weights' logarithms: below ln Z_∞/Z_0 in the mean, as free energies are below work. */
  readonly below: number;
  /** (Σw)²/Σw², of so many particles: near 1 means that one particle decides. */
  readonly effective: number;
  readonly accepted: number;
}

/** Where the strength lies at stage k of K: (k/K)^4. */
const POWER = 4;

/**
 * Annealed importance sampling (Neal 2001): particles of the prior are moved through e^{−sβL − ½|θ|²} as s
 * grows from 0 to 1, and weighted by e^{−β Σ Δs L}: the work of the switching, so that the mean weight is
 * Z_∞/Z_0 by Jarzynski's equality, however fast it goes.
 *
 * @param loss L ≥ 0, as `smallNetwork` makes it
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} if β is not positive, there are fewer than four chains, or the loss is not finite
 * @throws the signal's reason, if it is aborted
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { annealedImportance } from "./annealed_importance.ts";
 * import { smallNetwork } from "./small_network.ts";
 *
 * const loss = smallNetwork({ widths: [1, 1], inputs: [[1]], targets: [[1]] });
 * const { value, interval } = await annealedImportance(loss, { beta: 1, chains: 16 });
 * const exact = -Math.log(2) / 2 - 1 / 4;
 * assert(Math.abs(value - exact) < interval[1] - interval[0]);
 * ```
 */
export async function annealedImportance(
  loss: Landscape,
  options: AnnealedImportanceOptions,
): Promise<AnnealedEstimate> {
  checkLandscape("loss", loss);
  const { beta, chains = 32, seed = 0, leaps = 8, stages = 300, onProgress, signal } = checkOptions(
    "options",
    options,
    {
      ...PARTITION_CHECKS,
      stages: maybe(checkInteger, { least: 2 }),
    },
  );
  const stream = randomStream(seed, "dynamics/annealed importance");
  const states = priorDraws(loss, chains, stream);
  const mover = hamiltonianMover(loss, { stiffness: stiffnessOf(loss, states), leaps, stream });
  const turn = eventTurns();
  let accepted = 0;
  const logWeights = new Float64Array(chains);
  for (const [particle, begun] of states.entries()) {
    let state = begun;
    for (let stage = 1; stage <= stages; stage++) {
      const [from, to] = [stage - 1, stage].map((k) => (k / stages) ** POWER);
      logWeights[particle] -= beta * (to - from) * state.loss;
      if (stage === stages) break;
      const found = mover.move(state, to * beta);
      state = found.state;
      if (found.moved) accepted++;
    }
    await turn();
    signal?.throwIfAborted();
    await onProgress?.({ done: particle + 1, total: chains });
  }
  return {
    ...ofWeights(logWeights),
    accepted: accepted / (chains * (stages - 1)),
  };
}

/** ln of the mean weight with its jackknife interval. */
function ofWeights(logs: Float64Array): Omit<AnnealedEstimate, "accepted"> {
  const n = logs.length, most = Math.max(...logs);
  const weights = logs.map((value) => Math.exp(value - most));
  const sum = weights.reduce((total, w) => total + w, 0);
  const value = most + Math.log(sum / n);
  const without = weights.map((w) => most + Math.log(Math.max((sum - w) / (n - 1), 1e-300)));
  const middle = without.reduce((total, one) => total + one, 0) / n;
  const squares = without.reduce((total, one) => total + (one - middle) ** 2, 0);
  const reach = Math.sqrt(squares * (n - 1) / n) * studentQuantile(0.975, n - 1);
  return {
    ...{ value, interval: [value - reach, value + reach] },
    below: logs.reduce((total, one) => total + one, 0) / n,
    effective: sum ** 2 / weights.reduce((total, w) => total + w * w, 0),
  };
}
