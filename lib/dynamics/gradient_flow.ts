/**
 * Gradient flow θ' = −∇L of a network, integrated to a tolerance.
 *
 * @module
 */
import type { Network, TensorLike } from "../networks/mod.ts";
import { eventTurns } from "../numerics/event_turns.ts";
import type { Tensor } from "../numerics/mod.ts";
import type { TrainingSet } from "./descent.ts";
import { exponentialMidpoint } from "./exponential_midpoint.ts";
import { euler, rungeKutta4 } from "./explicit_solvers.ts";
import { type FlowPoint, flowTerm } from "./flow_term.ts";
import { rungeKuttaChebyshev } from "./runge_kutta_chebyshev.ts";
import { added, product, type Solver, type SolverName, type StepAttempt } from "./solver.ts";
import { testColumns, type TestSet } from "./squared_error.ts";
import { stepCubic } from "./step_cubic.ts";
import { type RecorderState, type Trajectory, trajectoryRecorder } from "./trajectory.ts";

/** Options of {@link gradientFlow}. */
export interface GradientFlowOptions {
  /** T: the flow runs from time 0 to here. */
  readonly horizon: number;
  /** About the relative error of T/T_SL, l_γ/l_geo and L that may be made. */
  readonly tolerance?: number;
  /** By default the one that measures best on the network's architecture. */
  readonly solver?: SolverName;
  /** h λ_max of the solvers of fixed step, `euler` and `runge-kutta-4`. */
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
  /** The flow ends early after the first step that this holds for. */
  readonly until?: (now: { readonly time: number; readonly loss: number }) => boolean;
  /** Where the state is kept now and then, and found again by the same call. */
  readonly checkpoint?: FlowCheckpoint;
  /** Called and awaited after every step; `done` counts ln(time) from 0 to `total`. */
  readonly onProgress?: (
    progress: { done: number; total: number; note: string },
  ) => void | Promise<void>;
  /** Ends the run early, with what there is so far: a progress bar's, for a notebook's stop button. */
  readonly signal?: AbortSignal;
}

/** Keeps the state of one run. */
export interface FlowCheckpoint {
  /** The state kept last, if there is one. */
  load(): Promise<FlowState | undefined>;
  /** Keeps a state in place of the one before. */
  save(state: FlowState): Promise<void>;
  /** Seconds between two saves. */
  readonly every?: number;
}

/** All that a flow goes on from, as plain values. */
export interface FlowState {
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
  readonly recorder: RecorderState;
}

type RunningState = Omit<FlowState, "recorder">;

/** What {@link gradientFlow} gives. */
export interface GradientFlow {
  /** With `lambdaMax` (and `testLoss`, `testAccuracy`) among what was observed. */
  readonly trajectory: Trajectory;
  /** The parameters at the end, in layer order. */
  readonly parameters: Tensor[];
  /** The parameters at the times asked for, as far as the flow came. */
  readonly snapshots: ReadonlyMap<number, Tensor[]>;
  readonly solver: SolverName;
  readonly steps: number;
  readonly rejected: number;
  /** Work in units of one full gradient (forward and backward pass over all images). */
  readonly gradients: number;
}

/** λ_max is looked up again after so many steps. */
const LAMBDA_EVERY = 5;
/** Attempts at one step, each of half the length or less, before the loss is said to diverge. */
const ATTEMPTS = 30;

/**
 * θ' = −∇L, L = c · ½ Σ_μ ‖f(x_μ) − y_μ‖², from time 0 to the horizon.
 *
 * Weights move in float64 and are rounded to float32 for each pass; the path length is the arc
 * length of the cubics through the steps, the loss drop a float64 sum over steps.
 *
 * @throws {RangeError} if an option is out of range or shapes do not match
 * @throws {Error} if the loss or the gradient is infinite or NaN, or no step is short enough,
 * naming step and quantity; the error's `cause` holds the trajectory up to there, and the
 * checkpoint is that of the last good step
 *
 * @example
 * ```ts
 * import { fullyConnected } from "../networks/mod.ts";
 * import { gradientFlow } from "./gradient_flow.ts";
 *
 * const network = fullyConnected({ widths: [2, 16, 1] });
 * const images = { shape: [4, 2], data: new Float32Array([0, 1, 1, 0, 1, 1, -1, 1]) };
 * const targets = { shape: [4, 1], data: new Float32Array([1, -1, 0, 0]) };
 * const { trajectory } = await gradientFlow(network, { images, targets }, { horizon: 10 });
 * console.assert(trajectory.time.at(-1) === 10);
 * console.assert(trajectory.lossDrop.at(-1)! > 0);
 * ```
 */
export async function gradientFlow(
  network: Network,
  data: TrainingSet,
  options: GradientFlowOptions,
): Promise<GradientFlow> {
  const { horizon, seed = 0, parameters = network.init(seed), scale = 1 } = options;
  const { record, test, snapshots = [], until, checkpoint, onProgress, signal } = options;
  checkOptions(options, scale);
  const solver = chosenSolver(network, options);
  const term = flowTerm(network, data, { parameters, scale });
  const observe = test ? testColumns(network, test) : () => Promise.resolve({});
  const turn = eventTurns();

  const kept = await checkpoint?.load();
  const recorder = trajectoryRecorder(network.parameterCount, {
    snapshotBytes: 2 ** 29,
    from: kept?.recorder,
  });
  let state: RunningState = kept ?? await startOf(term, solver);
  term.work.units = state.units;

  const fail = (why: string): never => {
    throw new Error(`${why} at step ${state.step} (time ${state.time})`, {
      cause: recorder.trajectory(),
    });
  };
  const enter = async (
    time: number,
    displacement: Float64Array,
    sums: { loss: number; lossDrop: number; pathLength: number },
  ) => {
    const observed = await observe(term.parameters(displacement));
    recorder.record({
      time,
      ...sums,
      stepSquaredSum: NaN,
      observed: { ...observed, lambdaMax: state.lambdaMax },
    }, displacement);
    if (snapshots.includes(time)) state.snapshots.set(time, displacement.slice());
  };

  if (!kept) await enter(0, state.displacement, { ...state, loss: state.point.loss });
  const firstTime = solver.firstStep / state.lambdaMax;
  let saved = performance.now();
  let stopped = false;
  while (state.time < horizon && !stopped) {
    const { time, displacement, point, lossDrop } = state;
    let h = Math.min(state.h, horizon - time);
    let { rejected, lambdaMax, lambdaVector } = state;
    if (state.step > 0 && state.step % LAMBDA_EVERY === 0) {
      ({ value: lambdaMax, vector: lambdaVector } = await term.largestEigenvalue(
        displacement,
        lambdaVector,
      ));
    }
    let attempt = await solver.attempt(term, state, h);
    for (let tries = 1; !stands(solver, attempt, point, h, lambdaMax); tries++) {
      if (tries === ATTEMPTS) {
        fail(
          `the loss is ${attempt.end?.loss} after a step of ${h}, ` +
            `from ${point.loss}, the error ${attempt.error} times its tolerance,`,
        );
      }
      rejected++;
      const finite = Number.isFinite(attempt.end?.loss ?? 0) && Number.isFinite(attempt.error);
      if (!finite) lambdaMax *= 1.3;
      h *= finite ? Math.min(0.5, solver.next(h, attempt.error, lambdaMax) / h) : 0.25;
      await turn();
      attempt = await solver.attempt(term, { displacement, point, lambdaMax }, h);
    }

    const { increment } = attempt;
    const end = attempt.end!;
    const last = h >= horizon - time;
    const after = last ? horizon : time + h;
    const curve = attempt.curve ?? stepCubic(point, end, increment, h);
    state = { ...state, lambdaMax };
    for (const asked of record ?? []) {
      if (!(asked > time && asked < after)) continue;
      const u = (asked - time) / h;
      const drop = curve.lossDrop(u);
      await enter(asked, added(displacement, await curve.increment(u)), {
        loss: point.loss - drop,
        lossDrop: lossDrop + drop,
        pathLength: state.pathLength + curve.pathLength(u),
      });
    }
    state = {
      ...state,
      time: after,
      step: state.step + 1,
      h: solver.next(h, attempt.error, lambdaMax),
      displacement: added(displacement, increment),
      point: end,
      lossDrop: lossDrop + curve.lossDrop(1),
      pathLength: state.pathLength + curve.pathLength(1),
      lambdaVector,
      rejected,
      units: term.work.units,
    };
    stopped = (signal?.aborted ?? false) || (until?.({ time: after, loss: end.loss }) ?? false);
    // Before the entry of an early end: who goes on from here has none there.
    if (checkpoint && stopped) await checkpoint.save({ ...state, recorder: recorder.state() });
    if (!record || last || stopped || record.includes(after)) {
      await enter(after, state.displacement, { ...state, loss: end.loss });
    }
    await onProgress?.({
      done: Math.max(0, Math.log(after / firstTime)),
      total: Math.log(horizon / firstTime),
      note: `τ ${after.toPrecision(3)}, loss ${end.loss.toPrecision(4)}`,
    });
    if (checkpoint && performance.now() - saved > 1000 * (checkpoint.every ?? 60)) {
      await checkpoint.save({ ...state, recorder: recorder.state() });
      saved = performance.now();
    }
    await turn();
  }
  return {
    trajectory: recorder.trajectory(),
    parameters: term.parameters(state.displacement),
    snapshots: new Map(
      Array.from(state.snapshots, ([time, kept]) => [time, term.parameters(kept)]),
    ),
    solver: solver.name,
    steps: state.step,
    rejected: state.rejected,
    gradients: state.units / 3,
  };
}

async function startOf(
  term: ReturnType<typeof flowTerm>,
  solver: Solver,
): Promise<RunningState> {
  const displacement = new Float64Array(term.network.parameterCount);
  const point = await term.evaluate(displacement);
  checkFinite(point);
  const { value, vector } = await term.largestEigenvalue(displacement);
  return {
    time: 0,
    step: 0,
    h: solver.firstStep / value,
    displacement,
    point,
    lossDrop: 0,
    pathLength: 0,
    lambdaMax: value,
    lambdaVector: vector,
    units: term.work.units,
    rejected: 0,
    snapshots: new Map(),
  };
}

/** A step stands if it is finite, its error tolerated or its length at the floor, and L fell. */
function stands(
  solver: Solver,
  { end, error }: StepAttempt,
  start: FlowPoint,
  h: number,
  lambdaMax: number,
): boolean {
  if (!end || !Number.isFinite(end.loss) || Number.isNaN(error)) return false;
  // The loss falls along a flow; float32 sums may differ by their rounding.
  if (end.loss > start.loss * (1 + 1e-4)) return false;
  return error <= 1 || h * lambdaMax <= solver.floor * 1.0001;
}

function checkFinite({ loss, velocity }: FlowPoint) {
  const squared = product(velocity, velocity);
  const bad = Number.isFinite(loss)
    ? Number.isFinite(squared) ? undefined : `squared norm of the gradient is ${squared}`
    : `loss is ${loss}`;
  if (bad) throw new Error(`the ${bad} at step 0 (time 0); check images, targets and parameters`);
}

function chosenSolver(
  _network: Network,
  { solver = "runge-kutta-chebyshev", tolerance = 0.01, step }: GradientFlowOptions,
): Solver {
  switch (solver) {
    case "runge-kutta-chebyshev":
      return rungeKuttaChebyshev(tolerance);
    case "exponential-midpoint":
      return exponentialMidpoint(tolerance);
    case "runge-kutta-4":
      return rungeKutta4(step);
    case "euler":
      return euler(step);
    default:
      throw new RangeError(
        `solver is "${solver}"; it must be "runge-kutta-chebyshev", "runge-kutta-4" or "euler"`,
      );
  }
}

function checkOptions(options: GradientFlowOptions, scale: number) {
  const { horizon, tolerance = 0.01, step, record = [], snapshots = [] } = options;
  if (!(horizon > 0 && horizon < Infinity)) {
    throw new RangeError(`horizon is ${horizon}; it must be a positive number: a time after 0`);
  }
  if (!(tolerance >= 1e-6 && tolerance <= 0.2)) {
    throw new RangeError(`tolerance is ${tolerance}; it must be from 1e-6 to 0.2`);
  }
  if (step !== undefined && !(step > 0 && step < 3)) {
    throw new RangeError(`step is ${step}; h λ_max must be from 0 to 3`);
  }
  if (!(scale > 0 && scale < Infinity)) {
    throw new RangeError(`scale is ${scale}; it must be a positive number`);
  }
  record.forEach((time, i) => {
    if (!(time >= 0 && time <= horizon && (i === 0 || time > record[i - 1]))) {
      throw new RangeError(
        `record[${i}] is ${time}; times must increase, from 0 to the horizon, ${horizon}`,
      );
    }
  });
  const unknown = snapshots.find((time) =>
    time !== 0 && time !== horizon && !record.includes(time)
  );
  if (unknown !== undefined) {
    throw new RangeError(`snapshots contains ${unknown}, which is not among the recorded times`);
  }
}
