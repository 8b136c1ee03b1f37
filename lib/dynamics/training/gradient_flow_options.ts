/**
 * What a gradient flow is told, and what it tells.
 *
 * @module
 */
import type { Checkpoint } from "../../numerics/ode/mod.ts";
import type { TensorLike } from "../../networks/mod.ts";
import {
  checkFunction,
  checkNumber,
  checkNumbers,
  checkOptions,
  checkPositive,
  checkRecord,
  maybe,
  must,
} from "../../numerics/checks.ts";
import type { Control, Tensor } from "../../numerics/mod.ts";
import { TRAINING_CHECKS } from "./checks.ts";
import type { FlowPoint } from "./flow_term.ts";
import { checkSolver, type FlowSolver, type SolverName } from "./solvers/mod.ts";
import type { TestSet } from "./squared_error.ts";
import type { RecorderState, Trajectory } from "./trajectory.ts";

/** Options of {@link gradientFlow}; its progress counts ln(time). */
export interface GradientFlowOptions extends Control {
  /** T: the flow runs from time 0 to here. */
  readonly horizon: number;
  /** About the relative error of T/T_SL, l_γ/l_geo and L that may be made. */
  readonly tolerance?: number;
  /**
   * By default the one that measures best on the network's architecture: the exponential midpoint
   * where all weights are in dense layers, "deflated-chebyshev" where there are convolutions. One
   * of those that there are, by its name, or your own object.
   */
  readonly solver?: SolverName | FlowSolver;
  /** h λ_max of the solvers of fixed step; others do not look at it. */
  readonly step?: number;
  /** Where to start; the network's own initialization with `seed` by default. */
  readonly parameters?: readonly TensorLike[];
  readonly seed?: number;
  /** c in L = c · ½ Σ ‖f(x) − y‖²; 1/n gives the mean. */
  readonly scale?: number;
  /**
   * Increasing times from 0 to the horizon at which an entry is recorded, between steps where they
   * fall so; the start and the end are always there. By default the ends of all steps.
   */
  readonly record?: readonly number[];
  /** Images and labels whose loss and accuracy are observed at every entry. */
  readonly test?: TestSet;
  /** Recorded times whose weights are kept. */
  readonly snapshots?: readonly number[];
  /**
   * Named events, such as `warm: ({ testAccuracy }) => testAccuracy >= 0.12`; at the first recorded
   * entry that one holds for, the weights are kept under its name.
   */
  readonly events?: Readonly<Record<string, (entry: EventEntry) => boolean>>;
  /** The flow ends early after the first step that this holds for. */
  readonly until?: (now: {
    readonly time: number;
    readonly loss: number;
    /** Names of the events seen so far, in their order. */
    readonly events: readonly string[];
  }) => boolean;
  /** Where the state is kept now and then, and found again by the same call. */
  readonly checkpoint?: FlowCheckpoint;
}

/** What an event is told by: an entry of the trajectory, with what is observed there. */
export interface EventEntry {
  readonly time: number;
  readonly loss: number;
  readonly lambdaMax: number;
  /** NaN without a test set. */
  readonly testLoss: number;
  readonly testAccuracy: number;
}

/** Keeps the state of one flow. */
export type FlowCheckpoint = Checkpoint<FlowState>;

/** All that a flow goes on from, as plain values. */
export interface FlowState {
  readonly solver: string;
  readonly tolerance: number;
  readonly scale: number;
  /** ‖θ_0‖², which tells initial weights apart. */
  readonly startSquared: number;
  readonly time: number;
  readonly step: number;
  readonly h: number;
  readonly displacement: Float64Array;
  readonly point: FlowPoint;
  readonly lossDrop: number;
  readonly pathLength: number;
  readonly lambdaMax: number;
  readonly lambdaVector: Float64Array;
  readonly units: number;
  readonly rejected: number;
  readonly snapshots: Map<number, Float64Array>;
  readonly events: Map<string, { readonly time: number; readonly displacement: Float64Array }>;
  readonly recorder: RecorderState;
}

/** What {@link gradientFlow} gives. */
export interface GradientFlow {
  /** With `lambdaMax` (and `testLoss`, `testAccuracy`) among what was observed. */
  readonly trajectory: Trajectory;
  /** The parameters at the end, in layer order. */
  readonly parameters: Tensor[];
  /** The parameters at the times asked for, as far as the flow came. */
  readonly snapshots: ReadonlyMap<number, Tensor[]>;
  /** When each event that came was first seen, and the parameters there. */
  readonly events: ReadonlyMap<string, { readonly time: number; readonly parameters: Tensor[] }>;
  readonly solver: string;
  readonly steps: number;
  readonly rejected: number;
  /** Work in units of one full gradient (forward and backward pass over all images). */
  readonly gradients: number;
}

/**
 * The options, if they make a flow.
 *
 * @throws {TypeError} naming the option, its value and what it may be
 * @throws {RangeError} likewise, if it is out of range
 */
export function checkFlowOptions(options: GradientFlowOptions): GradientFlowOptions {
  const { horizon, record = [], snapshots = [] } = checkOptions("options", options, {
    horizon: must(checkPositive, "a positive number: a time after 0"),
    tolerance: maybe(checkNumber, { least: 1e-6, most: 0.2 }),
    solver: maybe(checkSolver),
    step: maybe(checkNumber, { above: 0, below: 3 }),
    ...TRAINING_CHECKS,
    snapshots: maybe(checkNumbers),
    events: maybe(checkEvents),
    until: maybe(checkFunction),
  });
  Array.from(record).forEach((time, i) => {
    if (!(time >= 0 && time <= horizon && (i === 0 || time > record[i - 1]))) {
      throw new RangeError(
        `record[${i}] is ${time}; times must increase, from 0 to the horizon, ${horizon}`,
      );
    }
  });
  const unknown = Array.from(snapshots).find((time) =>
    time !== 0 && time !== horizon && !record.includes(time)
  );
  if (unknown !== undefined) {
    throw new RangeError(`snapshots contains ${unknown}, which is not among the recorded times`);
  }
  return options;
}

function checkEvents(name: string, events: GradientFlowOptions["events"]) {
  checkRecord(name, events, {}, "an object of functions by the events' names");
  for (const [event, holds] of Object.entries(events ?? {})) {
    checkFunction(`${name}.${event}`, holds);
  }
}
