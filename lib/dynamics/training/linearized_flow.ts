/**
 * The gradient flow of a network linearized at its weights, all outputs together.
 *
 * @module
 */
import { checkNetwork } from "../../networks/check_network.ts";
import { flatten, type Network } from "../../networks/mod.ts";
import { eventTurns } from "../../numerics/event_turns.ts";
import { squaredNorm } from "../../numerics/vectors.ts";
import { linearFlow } from "../linear/linear_flow.ts";
import { checkTrainingSet } from "./checks.ts";
import type { TrainingSet } from "./descent.ts";
import { flowTerm } from "./flow_term.ts";
import {
  checkLinearizedFlowOptions,
  type LinearizedFlow,
  type LinearizedFlowCheckpoint,
  type LinearizedFlowOptions,
  type LinearizedFlowState,
} from "./linearized_flow_options.ts";
import { residueMeasure } from "./residue_measure.ts";
import type { Trajectory } from "./trajectory.ts";

/** Products with the kernel, where nothing is said. */
const MOST = 2000;
/** Entries that displacements are counted from, at most. */
const ORIGINS = 256;

/**
 * θ' = −∇L of f(θ_0) + J₀ (θ − θ_0), L = c · ½ Σ_μ ‖f(x_μ) − y_μ‖², from time 0 to the horizon, with
 * the kernel K = J₀ J₀ᵀ of all outputs, (n·outputs) × (n·outputs).
 *
 * The loss, ‖Δθ‖² and the path are functions of the residue's measure on K's spectrum, which Lanczos'
 * iteration finds from products with K alone, at any n, each about two gradients (of dense layers a
 * fifth): 20 of them at λ_max T = 200, 70 at 30,000 (Myrtle-5, n = 500). In time nothing is
 * discretized: every entry is exact to the tolerance.
 *
 * Products are float32, so that eigenvalues below some 10⁻⁶ λ_max are not resolved: against all 5000
 * eigenpairs of that network's kernel T/T_SL differs by 6·10⁻⁵ at λ_max T = 200, by 0.4 % at 30,000.
 *
 * @throws {TypeError} naming an argument or option that is of another kind, or unknown
 * @throws {RangeError} if an option is out of range or shapes do not match
 * @throws the signal's reason, when it is aborted; the checkpoint has what was computed
 * @throws {Error} if the outputs or products are infinite or NaN, if the products allowed do not
 * suffice, or if the checkpoint is of another configuration
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { inefficiency } from "../../bounds/mod.ts";
 * import { fullyConnected } from "../../networks/mod.ts";
 * import { linearizedFlow } from "./linearized_flow.ts";
 *
 * const network = fullyConnected({ widths: [2, 16, 1] });
 * const images = { shape: [4, 2], data: new Float32Array([0, 1, 1, 0, 1, 1, -1, 1]) };
 * const targets = { shape: [4, 1], data: new Float32Array([1, -1, 0, 0]) };
 * const { trajectory } = await linearizedFlow(network, { images, targets }, { horizon: 10 });
 * assert(trajectory.time.at(-1) === 10);
 * assert(inefficiency(trajectory).inefficiency.at(-1)! > 1);
 * ```
 */
export async function linearizedFlow(
  network: Network,
  data: TrainingSet,
  options: LinearizedFlowOptions,
): Promise<LinearizedFlow> {
  checkNetwork("network", network);
  checkTrainingSet("data", data);
  const { horizon, seed = 0, scale = 1, record, products: most = MOST, tolerance = 1e-6 } =
    checkLinearizedFlowOptions(options);
  const { parameters = network.init(seed), checkpoint, onProgress, signal } = options;
  const term = flowTerm(network, data, {
    ...{ parameters, scale: 1, turn: eventTurns() },
    heed: () => signal?.throwIfAborted(),
  });
  const start = new Float64Array(network.parameterCount);
  try {
    signal?.throwIfAborted();
    const kernel = await term.kernel(start);
    checkFinite(kernel.residue);
    const kept = await keptProducts(kernel.times, checkpoint, {
      startSquared: squaredNorm(flatten(parameters, network.shapes)),
      residueSquared: squaredNorm(kernel.residue),
    });
    let products = 0;
    const measure = await residueMeasure(kept.times, kernel.residue, {
      ...{ horizon: scale * horizon, tolerance, most },
      told(count, error) {
        products = count;
        return onProgress?.(digits(count, error, tolerance));
      },
    }).catch(async (error) => {
      await kept.save();
      throw error;
    });
    kernel.dispose();
    const spectrum = {
      eigenvalues: measure.eigenvalues.map((value) => scale * value),
      residue: measure.residue.map((value) => Math.sqrt(scale) * value),
    };
    const displacement = await term.pulledBack(start, measure.integral(scale * horizon));
    return {
      trajectory: trajectoryOf(spectrum, recordedTimes(horizon, record)),
      parameters: term.parameters(displacement),
      ...{ spectrum, products, error: measure.error, gradients: term.work.units / 3 },
    };
  } finally {
    term.dispose();
  }
}

/** The columns of a linear flow at some times. */
function trajectoryOf(
  spectrum: LinearizedFlow["spectrum"],
  time: Float64Array,
): Trajectory {
  const { eigenvalues, residue } = spectrum;
  const { lossDrop, displacementSquared, pathLength } = linearFlow(spectrum).along(time);
  const over = (of: (rate: number) => number) =>
    eigenvalues.reduce((sum, rate, k) => sum + residue[k] ** 2 * of(rate), 0);
  const stride = Math.ceil(time.length / ORIGINS);
  const from = (s: number) =>
    time.map((t) =>
      t < time[s]
        ? NaN
        : over((rate) =>
          rate > 0 ? (Math.exp(-rate * time[s]) * Math.expm1(-rate * (t - time[s]))) ** 2 / rate : 0
        )
    );
  const origins = Array.from(time.keys()).filter((s) => s % stride === 0);
  return {
    ...{ time, lossDrop, displacementSquared, pathLength },
    loss: time.map((t) => over((rate) => Math.exp(-2 * rate * t)) / 2),
    stepSquaredSum: time.map(() => NaN),
    observed: { lambdaMax: time.map(() => eigenvalues[eigenvalues.length - 1]) },
    displacementSquaredFrom: Object.fromEntries(origins.map((s) => [s, from(s)])),
  };
}

/** 0, the times between, the horizon. */
function recordedTimes(horizon: number, record?: readonly number[]): Float64Array {
  const between = record ??
    Array.from({ length: 47 }, (_, i) => horizon * 10 ** (-4 * (1 - (i + 1) / 48)));
  return Float64Array.of(0, ...between.filter((time) => time > 0 && time < horizon), horizon);
}

/** Products that are kept now and then, and after a stop are not made again. */
async function keptProducts(
  times: (u: Float64Array) => Promise<Float64Array>,
  checkpoint: LinearizedFlowCheckpoint | undefined,
  configuration: Omit<LinearizedFlowState, "products">,
) {
  const kept = await checkpoint?.load();
  if (kept) checkKept(kept, configuration);
  const products = kept?.products ?? [];
  let [at, saved, last] = [0, products.length, performance.now()];
  const save = async () => {
    if (checkpoint && products.length > saved) {
      await checkpoint.save({ ...configuration, products: products.slice() });
      [saved, last] = [products.length, performance.now()];
    }
  };
  return {
    save,
    async times(u: Float64Array) {
      // The iteration is the same again, so are its vectors; they are float32 to the last digit.
      if (at === products.length) {
        products.push(Float32Array.from(checkFinite(await times(u), "product with the kernel")));
        if (performance.now() - last > 1000 * (checkpoint?.every ?? 60)) await save();
      }
      return Float64Array.from(products[at++]);
    },
  };
}

function checkKept(kept: LinearizedFlowState, here: Omit<LinearizedFlowState, "products">) {
  if (kept.startSquared === here.startSquared && kept.residueSquared === here.residueSquared) {
    return;
  }
  const told = ({ startSquared, residueSquared }: typeof here) =>
    `‖θ_0‖² ${startSquared} and ‖f − y‖² ${residueSquared}`;
  throw new Error(
    `the checkpoint is of another configuration: ${told(kept)}, where this flow has ` +
      `${told(here)}; delete or move it to start anew`,
  );
}

function checkFinite(values: Float64Array, what = "initial residue"): Float64Array {
  const squared = squaredNorm(values);
  if (Number.isFinite(squared)) return values;
  throw new Error(
    `the square of the ${what} is ${squared}, not finite; check images, targets and parameters`,
  );
}

/** Progress in digits of the error, which falls late but fast. */
function digits(products: number, error: number, tolerance: number) {
  const total = Math.log(1 / tolerance);
  return {
    done: Math.max(0, Math.min(total, Math.log(1 / error) || 0)),
    total,
    note: `${products} products with the kernel`,
  };
}
