/**
 * Gradient flow θ' = −∇L of a network, integrated to a tolerance.
 *
 * @module
 */
import type { Network } from "../../networks/mod.ts";
import { eventTurns } from "../../numerics/event_turns.ts";
import { chosenSolver } from "./solvers/chosen_solver.ts";
import type { TrainingSet } from "./descent.ts";
import { type FlowPoint, flowTerm } from "./flow_term.ts";
import {
  checkOptions,
  type FlowState,
  type GradientFlow,
  type GradientFlowOptions,
} from "./gradient_flow_options.ts";
import type { Solver, StepAttempt } from "./solvers/solver.ts";
import { testColumns } from "./squared_error.ts";
import { stepCubic } from "./solvers/step_cubic.ts";
import { trajectoryRecorder } from "./trajectory.ts";
import { added, product } from "../../numerics/vectors.ts";

type RunningState = Omit<FlowState, "recorder">;
type EntrySums = Pick<FlowState, "lossDrop" | "pathLength" | "lambdaMax"> & Pick<FlowPoint, "loss">;

/** Loss that rounding leaves, relative to the initial one: (10⁻⁶)² for outputs of float32. */
const ROUNDING = 1e-12;
/** Attempts at one step, each of half the length or less, before the loss is said to diverge. */
const ATTEMPTS = 30;

/**
 * θ' = −∇L, L = c · ½ Σ_μ ‖f(x_μ) − y_μ‖², from time 0 to the horizon.
 *
 * Weights move in float64 and are rounded to float32 for each pass; the path length is the arc
 * length of the curves through the steps, the loss drop a float64 sum over steps.
 *
 * @throws {RangeError} if an option is out of range or shapes do not match
 * @throws the signal's reason, if it is aborted before the first step is begun
 * @throws {Error} if the loss or the gradient is infinite or NaN, or no step is short enough,
 * naming step and quantity; the error's `cause` holds the trajectory up to there, and the
 * checkpoint is that of the last good step; or if the checkpoint is of another configuration
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fullyConnected } from "../../networks/mod.ts";
 * import { gradientFlow } from "./gradient_flow.ts";
 *
 * const network = fullyConnected({ widths: [2, 16, 1] });
 * const images = { shape: [4, 2], data: new Float32Array([0, 1, 1, 0, 1, 1, -1, 1]) };
 * const targets = { shape: [4, 1], data: new Float32Array([1, -1, 0, 0]) };
 * const { trajectory } = await gradientFlow(network, { images, targets }, { horizon: 10 });
 * assert(trajectory.time.at(-1) === 10);
 * assert(trajectory.lossDrop.at(-1)! > 0);
 * ```
 */
export async function gradientFlow(
  network: Network,
  data: TrainingSet,
  options: GradientFlowOptions,
): Promise<GradientFlow> {
  const { horizon, seed = 0, parameters = network.init(seed), scale = 1 } = options;
  const { record, test, snapshots = [], events = {}, until, checkpoint, onProgress, signal } =
    options;
  checkOptions(options);
  const solver = chosenSolver(network, options);
  const turn = eventTurns();
  // A step can be given up in its midst; what is being entered or saved comes to its end.
  let heeding = true;
  const term = flowTerm(network, data, {
    parameters,
    scale,
    turn,
    heed: () => heeding && signal?.throwIfAborted(),
  });
  const observe = test ? testColumns(network, test) : () => Promise.resolve({});

  const kept = await checkpoint?.load();
  if (kept) checkKept(kept, network, solver, horizon);
  const recorder = trajectoryRecorder(network.parameterCount, {
    snapshotBytes: 2 ** 29,
    from: kept?.recorder,
  });
  let state: RunningState = kept ?? await startOf(term, solver);
  term.work.units = state.units;

  const save = async () => await checkpoint?.save({ ...state, recorder: recorder.state() });
  const fail = async (why: string): Promise<never> => {
    await save();
    throw new Error(`${why} at step ${state.step} (time ${state.time})`, {
      cause: recorder.trajectory(),
    });
  };
  const enter = async (
    time: number,
    displacement: Float64Array,
    { loss, lossDrop, pathLength, lambdaMax }: EntrySums,
  ) => {
    const observed = { ...await observe(term.parameters(displacement)), lambdaMax };
    recorder.record(
      { time, loss, lossDrop, pathLength, stepSquaredSum: NaN, observed },
      displacement,
    );
    if (snapshots.includes(time)) state.snapshots.set(time, displacement.slice());
    const entry = { testLoss: NaN, testAccuracy: NaN, time, loss, ...observed };
    for (const [name, holds] of Object.entries(events)) {
      if (!state.events.has(name) && holds(entry)) {
        state.events.set(name, { time, displacement: displacement.slice() });
      }
    }
  };

  /** A step that stands, or nothing where the signal came first. */
  const stepFrom = async (
    { time, step, displacement, point, lossDrop, ...state }: RunningState,
  ) => {
    let h = Math.min(state.h, horizon - time);
    let { rejected, lambdaMax, lambdaVector } = state;
    // The loss falls along a flow; what float32 makes of it may rise by its rounding.
    const highest = point.loss * (1 + 1e-4) + ROUNDING * (point.loss + lossDrop);
    heeding = true;
    try {
      let attempt = await solver.attempt(term, { displacement, point, lambdaMax }, h);
      for (let tries = 1; !stands(solver, attempt, highest, h * lambdaMax); tries++) {
        if (tries === ATTEMPTS) {
          await fail(
            `the loss is ${attempt.end?.loss ?? NaN} after a step of ${h}, ` +
              `from ${point.loss}, the error ${attempt.error} times its tolerance,`,
          );
        }
        rejected++;
        const finite = Number.isFinite(attempt.end?.loss ?? 0) && Number.isFinite(attempt.error);
        if (!finite) lambdaMax *= 1.3;
        h *= finite ? Math.min(0.5, solver.next(h, attempt.error, lambdaMax) / h) : 0.25;
        attempt = await solver.attempt(term, { displacement, point, lambdaMax }, h);
      }
      const { increment, error } = attempt;
      const end = attempt.end!;
      const reached = added(displacement, increment);
      const lambdaBefore = lambdaMax;
      if ((step + 1) % solver.lambdaEvery === 0) {
        ({ value: lambdaMax, vector: lambdaVector } = await term.largestEigenvalue(
          reached,
          lambdaVector,
        ));
      }
      return {
        ...{ h, reached, end, lambdaBefore, lambdaMax, lambdaVector, rejected },
        curve: attempt.curve ?? stepCubic(point, end, increment, h),
        next: solver.next(h, error, lambdaMax),
      };
    } catch (error) {
      if (signal?.aborted && error === signal.reason) return undefined;
      throw error;
    } finally {
      heeding = false;
    }
  };

  heeding = false;
  if (!kept) await enter(0, state.displacement, { ...state, loss: state.point.loss });
  const firstTime = solver.firstStep / state.lambdaMax;
  let saved = performance.now();
  const enterState = () =>
    enter(state.time, state.displacement, { ...state, loss: state.point.loss });
  let entered = true;
  let stopped = false;
  while (state.time < horizon && !stopped) {
    const { time, point, lossDrop, pathLength } = state;
    const taken = await stepFrom(state);
    if (taken) {
      const { h, reached, end, curve, next, lambdaBefore, ...found } = taken;
      const last = h >= horizon - time;
      const after = last ? horizon : time + h;
      for (const asked of record ?? []) {
        if (!(asked > time && asked < after)) continue;
        const u = (asked - time) / h;
        const drop = curve.lossDrop(u);
        await enter(asked, added(state.displacement, await curve.increment(u)), {
          loss: point.loss - drop,
          lossDrop: lossDrop + drop,
          pathLength: pathLength + curve.pathLength(u),
          lambdaMax: (1 - u) * lambdaBefore + u * found.lambdaMax,
        });
      }
      state = {
        ...state,
        ...found,
        time: after,
        step: state.step + 1,
        h: next,
        displacement: reached,
        point: end,
        lossDrop: lossDrop + curve.lossDrop(1),
        pathLength: pathLength + curve.pathLength(1),
        units: term.work.units,
      };
      entered = !record || last || record.includes(after);
      if (entered) await enterState();
    }
    stopped = !taken || (signal?.aborted ?? false) ||
      (until?.({
        time: state.time,
        loss: state.point.loss,
        events: [...state.events.keys()],
      }) ?? false);
    if (stopped) {
      await save();
      // After the save: who goes on from there has no such entry.
      if (!entered) await enterState();
    }
    await onProgress?.({
      done: Math.max(0, Math.log(state.time / firstTime)),
      total: Math.log(horizon / firstTime),
      note: `τ ${state.time.toPrecision(3)}, loss ${state.point.loss.toPrecision(4)}`,
    });
    if (checkpoint && performance.now() - saved > 1000 * (checkpoint.every ?? 60)) {
      await save();
      saved = performance.now();
    }
    await turn();
  }
  term.dispose();
  return {
    trajectory: recorder.trajectory(),
    parameters: term.parameters(state.displacement),
    snapshots: new Map(
      Array.from(state.snapshots, ([time, kept]) => [time, term.parameters(kept)]),
    ),
    events: new Map(
      Array.from(state.events, ([name, { time, displacement }]) => [
        name,
        { time, parameters: term.parameters(displacement) },
      ]),
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
    solver: solver.name,
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
    events: new Map(),
  };
}

/** A step stands if it is finite, its error tolerated or its length at the floor, and L fell. */
function stands(
  solver: Solver,
  { end, error }: StepAttempt,
  highest: number,
  hLambda: number,
): boolean {
  if (!end || !Number.isFinite(end.loss) || Number.isNaN(error)) return false;
  return end.loss <= highest && (error <= 1 || hLambda <= solver.floor * 1.0001);
}

/** A checkpoint must be of this network and solver, and not beyond the horizon. */
function checkKept(kept: FlowState, network: Network, solver: Solver, horizon: number) {
  const { time, displacement: { length }, solver: name } = kept;
  if (length !== network.parameterCount || name !== solver.name) {
    throw new Error(
      `the checkpoint is of another configuration: ${length} parameters by "${name}", where this ` +
        `flow has ${network.parameterCount} by "${solver.name}"; delete or move it to start anew`,
    );
  }
  if (time > horizon) {
    throw new RangeError(`horizon is ${horizon}; the checkpoint is at time ${time} already`);
  }
}

function checkFinite({ loss, velocity }: FlowPoint) {
  const squared = product(velocity, velocity);
  const bad = Number.isFinite(loss)
    ? Number.isFinite(squared) ? undefined : `squared norm of the gradient is ${squared}`
    : `loss is ${loss}`;
  if (bad) throw new Error(`the ${bad} at step 0 (time 0); check images, targets and parameters`);
}
