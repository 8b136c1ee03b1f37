/**
 * Descent in discrete steps on the squared error, with the thermodynamic account of its path.
 *
 * @module
 */
import { checkNetwork } from "../../networks/check_network.ts";
import { flatten, type Network, unflatten } from "../../networks/mod.ts";
import { eventTurns } from "../../numerics/event_turns.ts";
import { shown } from "../../numerics/checks.ts";
import { added, squaredNorm } from "../../numerics/vectors.ts";
import { checkTrainingSet } from "./checks.ts";
import {
  addScaled,
  dropAlong,
  noSums,
  observedSums,
  sizeOf,
  sumsAfter,
  worstOf,
} from "./descent_account.ts";
import {
  checkDescentOptions,
  checkKept,
  defaultRecord,
  type Descent,
  type DescentConfiguration,
  type DescentOptions,
  type DescentState,
  type TrainingSet,
} from "./descent_options.ts";
import { fullBatch, minibatches, type Objective } from "./minibatches.ts";
import { chosenOptimizer, type Optimizer, type OptimizerUpdate } from "./optimizers/mod.ts";
import { testColumns } from "./squared_error.ts";
import { trajectoryRecorder } from "./trajectory.ts";

export type {
  Descent,
  DescentCheckpoint,
  DescentConfiguration,
  DescentOptions,
  DescentState,
  DescentSums,
  TrainingSet,
} from "./descent_options.ts";

type RunningState = Omit<DescentState, "recorder">;

/**
 * Descent on L = ½ Σ ‖f(x_μ) − y_μ‖² by an optimizer, with all images at every step or minibatches.
 *
 * Weights move in float64 and are rounded to float32 for each forward pass; the path's sums are
 * float64 sums of increments. The path length is that of the polygon through the steps. Beside the
 * columns of every trajectory, what the bounds on steps read is observed:
 *
 * - `firstOrderDrop`: −Σ ĝ·δθ, ĝ the gradient that the step was made of (with all images it is
 *   ΔL + ½ Σ δθᵀH̄δθ);
 * - `lastStepSquared`: ‖δθ‖² of the step that led here;
 * - `curvature`, with all images: λ̄ = max 2 (L(θ + δθ) − L(θ) − ∇L·δθ)/‖δθ‖² of the steps so far,
 *   NaN before the first. Near convergence rounding swamps it: take λ̄ from a descent stopped before
 *   its drops are rounding;
 * - `preconditionedSquare`, of an optimizer with a preconditioner: Δθᵀ(Σ η M_i)⁻¹Δθ.
 *
 * With minibatches the gradient of a batch of B is that of its sum times n/B; `loss` and `lossDrop`
 * are of all images, taken at the entries: a drop below 1e-6 of the loss has no digits there.
 *
 * @throws {TypeError} naming an argument or option that is of another kind, or unknown
 * @throws {RangeError} if an option is out of range or shapes do not match
 * @throws {Error} if the loss, the gradient or a step becomes infinite or NaN, naming step and
 * quantity; the error's `cause` holds the trajectory up to there; or if the checkpoint is of
 * another configuration
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fullyConnected } from "../../networks/mod.ts";
 * import { descend } from "./descent.ts";
 *
 * const network = fullyConnected({ widths: [2, 16, 1] });
 * const images = { shape: [4, 2], data: new Float32Array([0, 1, 1, 0, 1, 1, -1, 1]) };
 * const targets = { shape: [4, 1], data: new Float32Array([1, -1, 0, 0]) };
 * const { trajectory } = await descend(network, { images, targets }, {
 *   optimizer: "heavy-ball",
 *   momentum: 0.5,
 *   learningRate: 0.01,
 *   steps: 50,
 * });
 * assert(trajectory.loss[50] < trajectory.loss[0]);
 * ```
 */
export async function descend(
  network: Network,
  data: TrainingSet,
  options: DescentOptions,
): Promise<Descent> {
  checkNetwork("network", network);
  const images = checkTrainingSet("data", data).images.shape[0];
  checkDescentOptions(options, images);
  const { steps, seed = 0, parameters = network.init(seed), record = defaultRecord(steps) } =
    options;
  const { test, observe, checkpoint, onProgress, signal } = options;
  const { batchSize = images } = options;
  const optimizer = chosenOptimizer(options.optimizer, options.momentum);
  const recorded = new Set([0, ...record, steps]);
  const objective = objectiveOf(network, data, { ...options, batchSize, seed });
  const tested = test ? testColumns(network, test) : () => Promise.resolve({});
  const turn = eventTurns();

  const start = flatten(parameters, network.shapes);
  const at = (displacement: Float64Array) => unflatten(added(start, displacement), network.shapes);
  const kept = await checkpoint?.load();
  const configuration = configurationOf(options, { optimizer, batchSize, seed, start });
  if (kept) checkKept(kept, configuration, steps);
  const recorder = trajectoryRecorder(start.length, { from: kept?.recorder });
  let state: RunningState = kept ?? { configuration, ...startOf(optimizer, start.length) };
  let current = at(state.displacement);
  if (!kept && objective.full) state = { ...state, point: await objective.at(current, 0) };
  let loss = state.point?.loss ?? kept?.recorder.entries.at(-1)?.loss ?? NaN;

  const save = async () => await checkpoint?.save({ ...state, recorder: recorder.state() });
  /** The state is that before the step that came to this: what is kept is good. */
  const checkFinite = async (quantity: string, value: number, ahead = 0, eta = 0) => {
    if (Number.isFinite(value)) return;
    await save();
    throw new Error(
      `the ${quantity} is ${value} at step ${state.step + ahead} (time ${state.time + eta}); ` +
        "try a smaller learning rate",
      { cause: recorder.trajectory() },
    );
  };
  const enter = async () => {
    if (!state.point) loss = await objective.loss(current);
    await checkFinite("loss", loss);
    const first = recorder.state().entries[0]?.loss ?? loss;
    const { time, pathLength, stepSquaredSum, displacement } = state;
    const lossDrop = state.point ? state.lossDrop : first - loss;
    const more = { ...await tested(current), ...await observe?.(current) };
    const observed = { ...more, ...observedSums(state) };
    recorder.record({ time, loss, lossDrop, pathLength, stepSquaredSum, observed }, displacement);
  };
  const take = async () => {
    const { step, displacement } = state;
    const eta = rateAt(step, options.learningRate);
    const here = state.point ?? await objective.at(current, step);
    await checkFinite("loss", here.loss);
    const before = step === 0 ? here.gradient.slice() : undefined;
    const update = optimizer.update(state.memory, here.gradient, eta);
    checkUpdate(update, here.gradient, { optimizer, before });
    const size = sizeOf(update, here.gradient);
    await checkFinite(...worstOf(size, here.gradient));
    const reached = added(displacement, update.step, update.factor);
    const ahead = at(reached);
    const point = objective.full ? await objective.at(ahead, step + 1) : undefined;
    if (point) await checkFinite("loss", point.loss, 1, eta);
    if (state.preconditioner) addScaled(state.preconditioner, metricOf(update, optimizer), eta);
    const drop = point ? dropAlong(here, point, update.step, size) : NaN;
    const sums = sumsAfter(state, size, { eta, drop });
    state = {
      ...state,
      ...sums,
      displacement: reached,
      step: step + 1,
      memory: update.state,
      point,
    };
    current = ahead;
    loss = (point ?? here).loss;
  };

  for (let saved = performance.now();; await take()) {
    if (state.point) await checkFinite("loss", loss);
    await turn();
    const stopped = signal?.aborted ?? false;
    const due = recorded.has(state.step);
    if (due && state.step !== kept?.step) await enter();
    const late = performance.now() - saved > 1000 * (checkpoint?.every ?? 60);
    if (checkpoint && (stopped || late)) {
      await save();
      saved = performance.now();
    }
    // After the save: who goes on from there has no such entry.
    if (stopped && !due) await enter();
    await onProgress?.({ done: state.step, total: steps, note: `loss ${loss.toPrecision(4)}` });
    if (stopped || state.step === steps) break;
  }
  return {
    trajectory: recorder.trajectory(),
    parameters: current,
    displacement: state.displacement,
    ...(state.preconditioner && { integratedPreconditioner: state.preconditioner }),
  };
}

/** All images at once, or minibatches. */
function objectiveOf(
  network: Network,
  data: TrainingSet,
  { batchSize, seed, order, scale = 1 }: DescentOptions & {
    readonly batchSize: number;
    readonly seed: number;
  },
): Objective {
  return batchSize === data.images.shape[0]
    ? fullBatch(network, data, scale)
    : minibatches(network, data, { batchSize, seed, order, scale });
}

const startOf = (optimizer: Optimizer, parameterCount: number) => ({
  ...noSums,
  step: 0,
  memory: optimizer.init(parameterCount),
  displacement: new Float64Array(parameterCount),
  ...(optimizer.preconditioned && { preconditioner: new Float64Array(parameterCount) }),
});

/** η of a step. */
function rateAt(step: number, learningRate: DescentOptions["learningRate"]): number {
  const eta = typeof learningRate === "number" ? learningRate : learningRate(step);
  if (typeof eta === "number" && eta > 0 && eta < Infinity) return eta;
  throw new RangeError(
    `learningRate is ${shown(eta)} at step ${step}; it must be a positive number`,
  );
}

function configurationOf(
  { learningRate, momentum, scale = 1 }: DescentOptions,
  { optimizer, batchSize, seed, start }: {
    readonly optimizer: Optimizer;
    readonly batchSize: number;
    readonly seed: number;
    readonly start: Float64Array;
  },
): DescentConfiguration {
  return {
    ...{ optimizer: optimizer.name, momentum, batchSize, seed, scale },
    learningRate: typeof learningRate === "number" ? learningRate : undefined,
    parameters: start.length,
    startSquared: squaredNorm(start),
  };
}

/** A user's own optimizer may give no update, or change the gradient that it is handed. */
function checkUpdate(
  update: OptimizerUpdate,
  gradient: Float64Array,
  { optimizer: { name }, before }: {
    readonly optimizer: Optimizer;
    /** The gradient as it was, at the first step. */
    readonly before?: Float64Array;
  },
) {
  if (!(update?.step instanceof Float64Array) || typeof update.state !== "object") {
    throw new TypeError(`the optimizer "${name}" gave no { step: Float64Array, state }`);
  }
  if (before?.some((value, i) => !Object.is(value, gradient[i]))) {
    throw new TypeError(`the optimizer "${name}" changes the gradient in place; make a copy`);
  }
}

function metricOf({ preconditioner, step }: OptimizerUpdate, { name }: Optimizer) {
  if (preconditioner?.length === step.length) return preconditioner;
  throw new TypeError(
    `the optimizer "${name}" is preconditioned, and its update has no preconditioner of ` +
      `${step.length} numbers`,
  );
}
