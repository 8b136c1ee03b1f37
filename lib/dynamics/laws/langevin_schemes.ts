/**
 * Schemes for overdamped Langevin dynamics: one attempt at a step each, with additive noise.
 *
 * @module
 */
import {
  constant,
  type OdeTerm,
  type Solver,
  type StepAttempt,
  type StepStart,
} from "../../numerics/ode/mod.ts";
import { checkOneOf } from "../../numerics/checks.ts";
import { added } from "../../numerics/vectors.ts";

/** −∇U of all particles, and their noise. */
export interface LangevinTerm extends OdeTerm {
  evaluate(positions: Float64Array, time: number): { readonly velocity: Float64Array };
  /** √(2/β) ΔW over a step of size h, drawn anew; overwritten by the next. */
  kick(h: number): Float64Array;
}

/** A scheme: what it makes of a step. */
type Scheme = (term: LangevinTerm, start: StepStart, h: number) => StepAttempt;

/** Weak order 1. */
const eulerMaruyama: Scheme = (term, { time, position, point: { velocity } }, h) => {
  const increment = term.kick(h).slice();
  for (let i = 0; i < increment.length; i++) increment[i] += h * velocity[i];
  return { increment, end: term.evaluate(added(position, increment), time + h) };
};

/** Weak order 2: Heun's, which with additive noise is the second-order scheme of Platen. */
const heun: Scheme = (term, { time, position, point: { velocity } }, h) => {
  const kick = term.kick(h);
  const ahead = new Float64Array(position.length);
  for (let i = 0; i < ahead.length; i++) ahead[i] = position[i] + h * velocity[i] + kick[i];
  const { velocity: later } = term.evaluate(ahead, time + h);
  const increment = new Float64Array(position.length);
  for (let i = 0; i < increment.length; i++) {
    increment[i] = h / 2 * (velocity[i] + later[i]) + kick[i];
  }
  return { increment, end: term.evaluate(added(position, increment), time + h) };
};

const SCHEMES = { "euler-maruyama": eulerMaruyama, heun };

/** The schemes there are. */
export type LangevinScheme = keyof typeof SCHEMES;

/** The name, if there is a scheme of it; errors as {@link langevinSolver}. */
export const checkScheme = (called: string, scheme: LangevinScheme): LangevinScheme =>
  checkOneOf<LangevinScheme>(called, scheme, ["heun", "euler-maruyama"]);

/**
 * The scheme of this name as a solver whose steps end where they are told to.
 *
 * @throws {RangeError} if there is none of this name
 */
export function langevinSolver(scheme: LangevinScheme): Solver<LangevinTerm> {
  checkScheme("scheme", scheme);
  return {
    name: scheme,
    controller: constant(Infinity),
    attempt: SCHEMES[scheme],
  };
}
