/**
 * What a linearized flow is told, and what it tells.
 *
 * @module
 */
import type { TensorLike } from "../../networks/mod.ts";
import {
  checkInteger,
  checkNumber,
  checkOptions,
  checkPositive,
  maybe,
  must,
} from "../../numerics/checks.ts";
import type { Control, Tensor } from "../../numerics/mod.ts";
import type { Checkpoint } from "../../numerics/ode/mod.ts";
import { TRAINING_CHECKS } from "./checks.ts";
import { checkFlowOptions } from "./gradient_flow_options.ts";
import type { Trajectory } from "./trajectory.ts";

/** Options of {@link linearizedFlow}; its progress counts digits of the error. */
export interface LinearizedFlowOptions extends Control {
  /** T: the flow runs from time 0 to here. */
  readonly horizon: number;
  /** Relative error of ΔL and ‖Δθ‖² at the horizon, beside what float32 makes of the kernel. */
  readonly tolerance?: number;
  /** Where the network is linearized; its own initialization with `seed` by default. */
  readonly parameters?: readonly TensorLike[];
  readonly seed?: number;
  /** c in L = c · ½ Σ ‖f(x) − y‖²; 1/n gives the mean. */
  readonly scale?: number;
  /**
   * Increasing times from 0 to the horizon at which there is an entry; the start and the end are
   * always there. By default 48 times on a logarithmic grid of four decades.
   */
  readonly record?: readonly number[];
  /** Products with the kernel, at most; a vector of n · outputs numbers is kept for each. */
  readonly products?: number;
  /** Where the products are kept now and then, and found again by the same call. */
  readonly checkpoint?: LinearizedFlowCheckpoint;
}

/** Keeps the state of one linearized flow. */
export type LinearizedFlowCheckpoint = Checkpoint<LinearizedFlowState>;

/** All that a linearized flow goes on from, as plain values. */
export interface LinearizedFlowState {
  /** ‖θ_0‖² and ‖f_0 − y‖², which tell weights and data apart. */
  readonly startSquared: number;
  readonly residueSquared: number;
  /** K q of the iteration's vectors q so far. */
  readonly products: Float32Array[];
}

/** What {@link linearizedFlow} gives. */
export interface LinearizedFlow {
  /**
   * With `lambdaMax`, the largest eigenvalue that the residue sees, among what was observed; it does
   * not change.
   */
  readonly trajectory: Trajectory;
  /** The parameters at the horizon, in layer order. */
  readonly parameters: Tensor[];
  /**
   * c K's eigenvalues with √c Δ_k, as far as the residue sees them up to the horizon: what
   * `linearFlow` takes, for times between.
   */
  readonly spectrum: { readonly eigenvalues: Float64Array; readonly residue: Float64Array };
  /** The relative error of ΔL and ‖Δθ‖² at the horizon, at most, beside that of the products. */
  readonly error: number;
  /** Products with the kernel. */
  readonly products: number;
  /** Work in units of one full gradient. */
  readonly gradients: number;
}

/**
 * The options, if they make a linearized flow.
 *
 * @throws {TypeError} naming the option, its value and what it may be
 * @throws {RangeError} likewise, if it is out of range
 */
export function checkLinearizedFlowOptions(options: LinearizedFlowOptions): LinearizedFlowOptions {
  const { test: _, ...checks } = TRAINING_CHECKS;
  const { horizon, record } = checkOptions("options", options, {
    horizon: must(checkPositive, "a positive number: a time after 0"),
    tolerance: maybe(checkNumber, { least: 1e-10, most: 0.2 }),
    products: maybe(checkInteger),
    ...checks,
  });
  checkFlowOptions({ horizon, record });
  return options;
}
