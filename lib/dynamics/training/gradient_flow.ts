/**
 * Gradient flow θ' = −∇L of a network, integrated to a tolerance.
 *
 * @module
 */
import { checkNetwork } from "../../networks/check_network.ts";
import { flatten, type Network } from "../../networks/mod.ts";
import { eventTurns } from "../../numerics/event_turns.ts";
import {
  interruption as interruptionBy,
  lookUp,
  type OdeState,
  solveOde,
  startState,
  StepFailure,
  unfold,
  wait,
} from "../../numerics/ode/mod.ts";
import { squaredNorm } from "../../numerics/vectors.ts";
import { checkTrainingSet } from "./checks.ts";
import type { TrainingSet } from "./descent.ts";
import { type FlowRecorder, flowRecorder } from "./flow_recorder.ts";
import { type FlowPoint, type FlowTerm, flowTerm } from "./flow_term.ts";
import {
  checkFlowOptions,
  type FlowState,
  type GradientFlow,
  type GradientFlowOptions,
} from "./gradient_flow_options.ts";
import { type FlowSolver, flowSolver } from "./solvers/mod.ts";
import { testColumns } from "./squared_error.ts";

/** Loss that rounding leaves, relative to the initial one: (10⁻⁶)² for outputs of float32. */
const ROUNDING = 1e-12;

/**
 * θ' = −∇L, L = c · ½ Σ_μ ‖f(x_μ) − y_μ‖², from time 0 to the horizon.
 *
 * Weights move in float64 and are rounded to float32 for each pass; the path length is the arc
 * length of the curves through the steps, the loss drop a float64 sum over steps.
 *
 * Near a saddle, where all weights are small, errors of steps add up to one of time: for linear networks
 * whose flow is known in closed form T/T_SL was within 2.5 % at the tolerance 0.01 and within 0.7 % at
 * 0.001, by "runge-kutta-chebyshev" and "deflated-chebyshev" within 8 % at 0.01.
 *
 * @throws {TypeError} naming an argument or option that is of another kind, or unknown
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
  checkNetwork("network", network);
  checkTrainingSet("data", data);
  const { horizon, seed = 0, parameters = network.init(seed), scale = 1 } = checkFlowOptions(
    options,
  );
  const { test, until, checkpoint, onProgress, signal } = options;
  const solver = flowSolver(network, options.solver, options);
  const turn = eventTurns();
  // A step can be given up in its midst; what is being entered or saved comes to its end.
  const interruption = interruptionBy(signal);
  const term = flowTerm(network, data, { parameters, scale, turn, heed: interruption.heed });
  try {
    const observe = test ? testColumns(network, test) : () => Promise.resolve({});
    const kept = await checkpoint?.load();
    const configuration = {
      ...{ solver: solver.name, tolerance: options.tolerance ?? 0.01, scale },
      startSquared: squaredNorm(flatten(parameters, network.shapes)),
    };
    if (kept) {
      checkKept(kept, { ...configuration, parameters: network.parameterCount }, horizon);
    }
    const recorder = flowRecorder(network.parameterCount, {
      ...options,
      observe: (displacement) => observe(term.parameters(displacement)),
      from: kept,
    });
    const start = kept
      ? resumed(term, kept)
      : await unfold(interruption.within(begun(term, solver)));
    if (!start) throw signal!.reason;
    const save = async (state: OdeState<FlowPoint>) =>
      await checkpoint?.save(savedState(state, configuration, { term, recorder }));
    if (!kept) await recorder.enter(start);

    const progressAt = logarithmic(solver.controller.first(start.lambdaMax), horizon);
    let saved = performance.now();
    const after = async (state: OdeState<FlowPoint>, stopped: boolean) => {
      if (stopped) await save(state);
      // After the save: who goes on from there has no such entry.
      if (stopped && !recorder.entered) await recorder.enter(state);
      const { time, point: { loss } } = state;
      await onProgress?.({
        ...progressAt(time),
        note: `τ ${time.toPrecision(3)}, loss ${loss.toPrecision(4)}`,
      });
      if (checkpoint && performance.now() - saved > 1000 * (checkpoint.every ?? 60)) {
        await save(state);
        saved = performance.now();
      }
      await turn();
    };
    const steps = solveOde(term, start, {
      ...{ solver, horizon, recorder, after, interruption },
      // The loss falls along a flow; what float32 makes of it may rise by its rounding.
      admits: ({ loss }, end) =>
        end.loss <= loss * (1 + 1e-4) + ROUNDING * (loss + recorder.lossDrop),
      until: ({ time, point: { loss } }) =>
        until?.({ time, loss, events: [...recorder.state().events.keys()] }) ?? false,
    });
    const end = await Promise.resolve(unfold(steps)).catch(async (error) => {
      if (!(error instanceof StepFailure)) throw error;
      await save(error.state);
      throw diverged(error, recorder);
    });
    return flowOf(end, { solver, term, recorder });
  } finally {
    term.dispose();
  }
}

function* begun(term: FlowTerm, solver: FlowSolver) {
  const position = new Float64Array(term.network.parameterCount);
  const point = yield* wait(term.evaluate(position));
  checkFinite(point);
  const lookedUp = yield* lookUp(term, solver, { position, point, step: 0 });
  return startState({ position, point, lookedUp }, solver.controller);
}

function resumed(term: FlowTerm, kept: FlowState): OdeState<FlowPoint> {
  const { time, step, h, displacement, point, lambdaMax, lambdaVector, rejected } = kept;
  term.work.units = kept.units;
  return { time, step, h, position: displacement, point, lambdaMax, lambdaVector, rejected };
}

/** What a checkpoint must share with the flow that goes on from it. */
type FlowConfiguration =
  & Pick<FlowState, "solver" | "tolerance" | "scale" | "startSquared">
  & { readonly parameters: number };

/** The parts of a flow that its state and its result are made of. */
interface FlowParts {
  readonly solver: FlowSolver;
  readonly term: FlowTerm;
  readonly recorder: FlowRecorder;
}

function savedState(
  { time, step, h, position, point, lambdaMax, lambdaVector, rejected }: OdeState<FlowPoint>,
  configuration: Omit<FlowConfiguration, "parameters">,
  { term, recorder }: Omit<FlowParts, "solver">,
): FlowState {
  return {
    ...configuration,
    ...{ time, step, h, displacement: position, point, lambdaMax, rejected },
    lambdaVector: lambdaVector!,
    units: term.work.units,
    ...recorder.state(),
  };
}

function flowOf(
  { position, step, rejected }: OdeState<FlowPoint>,
  { solver, term, recorder }: FlowParts,
): GradientFlow {
  const { snapshots, events } = recorder.state();
  return {
    trajectory: recorder.trajectory(),
    parameters: term.parameters(position),
    snapshots: new Map(
      Array.from(snapshots, ([time, displacement]) => [time, term.parameters(displacement)]),
    ),
    events: new Map(
      Array.from(events, ([name, { time, displacement }]) => [
        name,
        { time, parameters: term.parameters(displacement) },
      ]),
    ),
    solver: solver.name,
    steps: step,
    rejected,
    gradients: term.work.units / 3,
  };
}

function diverged({ state, attempt, h }: StepFailure, recorder: FlowRecorder): Error {
  const { loss } = state.point as FlowPoint;
  const reached = (attempt.end as FlowPoint | undefined)?.loss ?? NaN;
  return new Error(
    `the loss is ${reached} after a step of ${h}, from ${loss}, the error ` +
      `${attempt.error ?? NaN} times its tolerance, at step ${state.step} (time ${state.time})`,
    { cause: recorder.trajectory() },
  );
}

/** A checkpoint must be of this configuration, and not beyond the horizon. */
function checkKept(kept: FlowState, here: FlowConfiguration, horizon: number) {
  const { time, displacement, solver, tolerance, scale, startSquared } = kept;
  const there = { parameters: displacement.length, solver, tolerance, scale, startSquared };
  if (Object.entries(here).some(([name, value]) => there[name as keyof typeof here] !== value)) {
    const told = ({ tolerance, scale, startSquared }: FlowConfiguration) =>
      `tolerance ${tolerance}, scale ${scale} and ‖θ_0‖² ${startSquared}`;
    throw new Error(
      `the checkpoint is of another configuration: ${there.parameters} parameters with ` +
        `${told(there)} by "${there.solver}", where this flow has ${here.parameters} by ` +
        `"${here.solver}", ${told(here)}; delete or move it to start anew`,
    );
  }
  if (time > horizon) {
    throw new RangeError(`horizon is ${horizon}; the checkpoint is at time ${time} already`);
  }
}

/** Progress that counts ln(time) from the first step on; a shorter flow is one step. */
function logarithmic(first: number, horizon: number) {
  const total = first < horizon ? Math.log(horizon / first) : 1;
  return (time: number) => ({
    done: time >= horizon ? total : Math.max(0, Math.min(total, Math.log(time / first) || 0)),
    total,
  });
}

function checkFinite({ loss, velocity }: FlowPoint) {
  const squared = squaredNorm(velocity);
  const bad = Number.isFinite(loss)
    ? Number.isFinite(squared) ? undefined : `squared norm of the gradient is ${squared}`
    : `loss is ${loss}`;
  if (bad) throw new Error(`the ${bad} at step 0 (time 0); check images, targets and parameters`);
}
