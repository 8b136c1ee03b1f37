/**
 * A Markov move that leaves e^{−s βL − ½|θ|²} as it is: Hamiltonian Monte Carlo, which has no error of its
 * time step.
 *
 * S. Duane, A. D. Kennedy, B. J. Pendleton, D. Roweth, Physics Letters B 195 (1987) 216.
 *
 * @module
 */
import { checkInteger, checkPositive, maybe } from "../../numerics/checks.ts";
import { CONTROL_CHECKS } from "../../numerics/control.ts";
import { type Control, type RandomStream, randomStream } from "../../numerics/mod.ts";
import type { Landscape } from "../laws/landscape.ts";

/** What ln Z is sought of, and with how many chains. */
export interface PartitionOptions extends Control {
  /** β > 0, the inverse temperature. */
  readonly beta: number;
  /** Independent chains, or particles; at least 4. */
  readonly chains?: number;
  readonly seed?: number;
  /** Steps of a Hamiltonian trajectory. */
  readonly leaps?: number;
}

/** A position with what is known there. */
export interface ChainState {
  readonly x: Float64Array;
  readonly loss: number;
}

/** The kinds of these options. */
export const PARTITION_CHECKS = {
  beta: (name: string, value: number) =>
    checkPositive(name, value, "a positive inverse temperature"),
  chains: maybe(checkInteger, { least: 4 }),
  seed: maybe(checkInteger, { least: 0 }),
  leaps: maybe(checkInteger),
  ...CONTROL_CHECKS,
} as const;

/** Independent draws of the prior, the standard normal law. */
export function priorDraws(loss: Landscape, count: number, stream: RandomStream): ChainState[] {
  return Array.from({ length: count }, () => {
    const x = stream.normal(loss.dimension);
    return { x, loss: finite(loss.value(x, 0)) };
  });
}

/** Moves of one law after another, with the lengths of their steps. */
export interface Mover {
  /** One trajectory from a state in e^{−strength L − ½|θ|²}: where it ends, or the state itself. */
  move(
    state: ChainState,
    strength: number,
  ): { readonly state: ChainState; readonly moved: boolean };
}

/**
 * Trajectories of leapfrog steps, each trajectory's step drawn anew between half and all of the longest.
 *
 * @param stiffness largest curvature of L where the prior lies: it sets the step, 1/√(1 + strength ·
 * stiffness) up to a factor
 */
export function hamiltonianMover(
  loss: Landscape,
  { stiffness, leaps, stream, factor = 0.7 }: {
    readonly stiffness: number;
    readonly leaps: number;
    readonly stream: RandomStream;
    readonly factor?: number;
  },
): Mover {
  const d = loss.dimension;
  const slope = new Float64Array(d);
  return {
    move(state, strength) {
      const longest = factor / Math.sqrt(1 + strength * stiffness);
      const h = longest * (0.5 + 0.5 * stream.uniform());
      const x = state.x.slice(), p = stream.normal(d);
      const before = energy(state, strength, p);
      const kick = (share: number) => {
        loss.gradient(x, 0, slope);
        for (let i = 0; i < d; i++) p[i] -= share * h * (strength * slope[i] + x[i]);
      };
      kick(0.5);
      for (let leap = 0; leap < leaps; leap++) {
        for (let i = 0; i < d; i++) x[i] += h * p[i];
        kick(leap === leaps - 1 ? 0.5 : 1);
      }
      const end = { x, loss: loss.value(x, 0) };
      // What ran away is refused: its energy is infinite or no number.
      const moved = Math.log(stream.uniform()) < before - energy(end, strength, p);
      return { state: moved ? end : state, moved };
    },
  };
}

function energy({ x, loss }: ChainState, strength: number, p: Float64Array): number {
  let total = strength * loss;
  for (let i = 0; i < x.length; i++) total += (x[i] ** 2 + p[i] ** 2) / 2;
  return total;
}

/**
 * The largest curvature of a loss at draws of the prior: of ‖∇L(x + εv) − ∇L(x − εv)‖/2ε by some rounds
 * of the power method.
 */
export function stiffnessOf(loss: Landscape, states: readonly ChainState[]): number {
  const d = loss.dimension, eps = 1e-4;
  const [up, down] = [new Float64Array(d), new Float64Array(d)];
  let most = 0;
  for (const { x } of states.slice(0, 4)) {
    let v = randomStream(0, "dynamics/stiffness").normal(d);
    for (let round = 0; round < 12; round++) {
      const size = Math.sqrt(v.reduce((total, value) => total + value * value, 0));
      if (!(size > 0)) break;
      const unit = v.map((value) => value / size);
      loss.gradient(x.map((value, i) => value + eps * unit[i]), 0, up);
      loss.gradient(x.map((value, i) => value - eps * unit[i]), 0, down);
      v = up.map((value, i) => (value - down[i]) / (2 * eps));
      if (round > 8) most = Math.max(most, Math.sqrt(v.reduce((s, value) => s + value * value, 0)));
    }
  }
  return most;
}

/** @throws {RangeError} if a loss is not finite, or negative. */
export function finite(loss: number): number {
  if (loss >= 0 && loss < Infinity) return loss;
  throw new RangeError(`the loss is ${loss} at a draw of the prior; it must be a number from 0 up`);
}
