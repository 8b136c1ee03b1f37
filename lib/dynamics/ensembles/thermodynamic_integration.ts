/**
 * ln Z of a loss with a Gaussian prior by thermodynamic integration.
 *
 * @module
 */
import { checkInteger, checkOptions, maybe } from "../../numerics/checks.ts";
import { eventTurns } from "../../numerics/event_turns.ts";
import { randomStream, studentQuantile } from "../../numerics/mod.ts";
import { checkLandscape, type Landscape } from "../laws/landscape.ts";
import {
  type ChainState,
  hamiltonianMover,
  PARTITION_CHECKS,
  type PartitionOptions,
  priorDraws,
  stiffnessOf,
} from "./hamiltonian_move.ts";

/** Options of {@link thermodynamicIntegration}. */
export interface ThermodynamicIntegrationOptions extends PartitionOptions {
  /** Moves of each chain at each node whose losses are averaged; as many go before, unread. */
  readonly moves?: number;
}

/** An estimate of ln Z_∞/Z_0 with its interval. */
export interface LogPartitionEstimate {
  /** ln ∫e^{−βL − ½|θ|²} − ln ∫e^{−½|θ|²}. */
  readonly value: number;
  /** 95 %, of the sampling. */
  readonly interval: readonly [low: number, high: number];
  /** ⟨L⟩ over the law at its end, e^{−βL − ½|θ|²}, and its standard error. */
  readonly meanLoss: number;
  readonly meanLossError: number;
  /** Share of moves that were accepted. */
  readonly accepted: number;
}

/** Where the strength s lies at u: most nodes where ⟨L⟩ changes fast, at small s. */
const POWER = 5;
/** Nodes and weights of Gauss–Legendre quadrature of 16 points on [−1, 1], half of them. */
const NODES = [
  [0.0950125098376374, 0.1894506104550685],
  [0.2816035507792589, 0.1826034150449236],
  [0.4580167776572274, 0.1691565193950025],
  [0.6178762444026438, 0.1495959888165767],
  [0.7554044083550030, 0.1246289712555339],
  [0.8656312023878318, 0.0951585116824928],
  [0.9445750230732326, 0.0622535239386479],
  [0.9894009349916499, 0.0271524594117541],
] as const;

/**
 * ln Z_∞/Z_0 = −∫₀¹ β⟨L⟩_s ds, ⟨·⟩_s over e^{−sβL − ½|θ|²}: the weights' prior is the standard normal law.
 *
 * The integral is Gauss and Legendre's with 16 nodes in s^{1/5}, one mean of the whole chain of nodes for
 * each chain of Hamiltonian moves; the interval is Student's over chains. It says nothing of what no chain
 * has found: compare with {@link annealedImportance}, which goes another way.
 *
 * @param loss L ≥ 0, as `smallNetwork` makes it
 * @throws {TypeError} if an argument is of another kind, or there is no such option
 * @throws {RangeError} if β is not positive, there are fewer than four chains, or the loss is not finite
 * @throws the signal's reason, if it is aborted
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { smallNetwork } from "./small_network.ts";
 * import { thermodynamicIntegration } from "./thermodynamic_integration.ts";
 *
 * // L = ½ (θ − 1)²: Z_∞/Z_0 is the normal density of variance 1 + 1/β at 1, times √(2π/β).
 * const loss = smallNetwork({ widths: [1, 1], inputs: [[1]], targets: [[1]] });
 * const { value, interval } = await thermodynamicIntegration(loss, { beta: 1, moves: 20 });
 * const exact = -Math.log(2) / 2 - 1 / 4;
 * assert(Math.abs(value - exact) < interval[1] - interval[0]);
 * ```
 */
export async function thermodynamicIntegration(
  loss: Landscape,
  options: ThermodynamicIntegrationOptions,
): Promise<LogPartitionEstimate> {
  checkLandscape("loss", loss);
  const { beta, chains = 16, seed = 0, leaps = 8, moves = 60, onProgress, signal } = checkOptions(
    "options",
    options,
    { ...PARTITION_CHECKS, moves: maybe(checkInteger) },
  );
  const stream = randomStream(seed, "dynamics/thermodynamic integration");
  let states = priorDraws(loss, chains, stream);
  const mover = hamiltonianMover(loss, { stiffness: stiffnessOf(loss, states), leaps, stream });
  const totals = new Float64Array(chains);
  const turn = eventTurns();
  let [tried, accepted] = [0, 0];
  const places = [...NODES.toReversed().map(([x, w]) => [-x, w]), ...NODES, [1, 0]];
  let last = { mean: 0, error: 0 };
  for (const [at, [node, weight]] of places.entries()) {
    const u = (1 + node) / 2, s = u ** POWER;
    const means = new Float64Array(chains);
    const next: ChainState[] = [];
    for (const [chain, begun] of states.entries()) {
      let state = begun;
      for (let move = 0; move < 2 * moves; move++) {
        const found = mover.move(state, s * beta);
        state = found.state;
        tried++;
        if (found.moved) accepted++;
        if (move >= moves) means[chain] += state.loss / moves;
      }
      next.push(state);
      // ds = 5 u⁴ du, and du is half of the node's own unit.
      totals[chain] -= beta * means[chain] * weight / 2 * POWER * u ** (POWER - 1);
      await turn();
      signal?.throwIfAborted();
    }
    states = next;
    last = meanAndError(means);
    await onProgress?.({ done: at + 1, total: places.length, note: `s ${s.toPrecision(2)}` });
  }
  const { mean, error } = meanAndError(totals);
  const reach = error * studentQuantile(0.975, chains - 1);
  return {
    ...{ value: mean, interval: [mean - reach, mean + reach] },
    ...{ meanLoss: last.mean, meanLossError: last.error, accepted: accepted / tried },
  };
}

/** The mean of independent values, and its standard error. */
function meanAndError(values: Float64Array): { readonly mean: number; readonly error: number } {
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (values.length - 1) / values.length) };
}
