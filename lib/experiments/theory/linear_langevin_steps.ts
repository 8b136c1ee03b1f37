/**
 * What a step of Heun's scheme does to a linear model under Langevin dynamics: exactly, without a sample.
 *
 * @module
 */
import { smallNetwork } from "../../dynamics/mod.ts";
import { checkNumber, checkRecord } from "../../numerics/checks.ts";
import { eighSync, multiply } from "../../numerics/mod.ts";
import { checkLangevinSteps } from "../readings/langevin_steps.ts";
import { SMALL_INPUTS, smallImages } from "../studies/computations/small_images.ts";
import type { LangevinStepsStudy } from "../studies/langevin_steps.ts";

/** A mean over the law: by steps, exact in time, and what it is told against. */
export interface SteppedMean {
  readonly stepped: number;
  readonly exact: number;
  /** ⟨L⟩ under gradient flow; ⟨|θ|²⟩ at the start; 0 of the heat. */
  readonly base: number;
  /** (stepped − base)/(exact − base). */
  readonly quotient: number;
}

/** The linear model's law at one length of a step and one time. */
export interface LinearLangevinStep {
  readonly time: number;
  readonly length: number;
  /** h. */
  readonly step: number;
  /** h times the largest curvature of U. */
  readonly stiffness: number;
  readonly meanLoss: SteppedMean;
  readonly meanSquare: SteppedMean;
  readonly heat: SteppedMean;
}

/** Rows of {@link linearLangevinSteps}, if they are. */
export const checkLinearSteps = <T>(name: string, row: T): T =>
  checkRecord(name, row, {
    ...{ time: checkNumber, length: checkNumber, step: checkNumber, stiffness: checkNumber },
    ...{ meanLoss: checkMean, meanSquare: checkMean, heat: checkMean },
  }, "a row of what linearLangevinSteps gives");

const checkMean = <T>(name: string, mean: T): T =>
  checkRecord(name, mean, { quotient: checkNumber });

/**
 * In each mode of the Hessian A of U = L + |θ|²/2β, with x = h A: the exact law has mean θ*(1 − e^{−At}) and variance
 * e^{−2At} + (1 − e^{−2At})/βA; a step of Heun's scheme with its one noise maps θ − θ* to r (θ − θ*) + (1 − x/2)√(2h/β) ξ,
 * r = 1 − x + x²/2 (Kloeden and Platen (1992), 14.1). Gradient flow is of L alone, without ridge and noise.
 *
 * @param study of a linear model: its images, β, times, and numbers of steps
 * @throws {RangeError} if it has hidden layers, or no seed
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type LangevinStepsStudy, storedResults } from "../mod.ts";
 * import { linearLangevinSteps } from "./linear_langevin_steps.ts";
 * const found = (await storedResults<LangevinStepsStudy>("langevin_steps")).map(({ result }) => result);
 * const [first] = await linearLangevinSteps(found.find((one) => one.configuration.depth === 0)!);
 * assert(first.heat.quotient !== 1 && Math.abs(first.heat.quotient - 1) < 1e-3);
 * ```
 */
export async function linearLangevinSteps(
  study: LangevinStepsStudy,
): Promise<LinearLangevinStep[]> {
  const { configuration: { depth, n, beta, times }, realizations: [one] } = checkLangevinSteps(
    "study",
    study,
  );
  if (depth !== 0) throw new RangeError(`study has depth ${depth}; it must be of a linear model`);
  if (one === undefined) throw new RangeError("study has no seed; it must have one");
  const modes = await modesOf(n);
  const horizon = times[times.length - 1];
  const start = modes.curvatures.map(() => ({ mean: 0, variance: 1 }));
  return times.flatMap((time) =>
    one.steps.map(({ length, count }): LinearLangevinStep => {
      const step = horizon / count;
      const laws = {
        stepped: modes.curvatures.map((_, k) =>
          heun(modes, k, { beta, step, steps: Math.round(time / step) })
        ),
        exact: modes.curvatures.map((_, k) => exactly(modes, k, { beta, time })),
      };
      const flow = modes.curvatures.map((_, k) => exactly(modes, k, { time }));
      const compared = (of: (laws: readonly Law[]) => number, base: number): SteppedMean => {
        const stepped = of(laws.stepped), exact = of(laws.exact);
        return { stepped, exact, base, quotient: (stepped - base) / (exact - base) };
      };
      const loss = (laws: readonly Law[]) => lossOf(modes, laws);
      const energy = (laws: readonly Law[]) => loss(laws) + squareOf(laws) / (2 * beta);
      return {
        ...{ time, length, step },
        stiffness: step * (Math.max(...modes.curvatures) + 1 / beta),
        meanLoss: compared(loss, loss(flow)),
        meanSquare: compared(squareOf, squareOf(start)),
        heat: compared((laws) => energy(start) - energy(laws), 0),
      };
    })
  );
}

/** A mode's Gaussian law. */
interface Law {
  readonly mean: number;
  readonly variance: number;
}

/** L = ½ Σ λ_k θ_k² − Σ b_k θ_k + constant. */
interface LossModes {
  readonly curvatures: readonly number[];
  readonly slopes: readonly number[];
  readonly constant: number;
}

async function modesOf(n: number): Promise<LossModes> {
  const { inputs, targets } = await smallImages(n, 0);
  const network = smallNetwork({ widths: [SMALL_INPUTS, 1], inputs, targets, activation: "tanh" });
  const jacobian = network.jacobian(new Float64Array(network.dimension));
  const { values, vectors } = eighSync(multiply(jacobian, jacobian, { transposeA: true }));
  const pull = multiply(jacobian, targets.data, { transposeA: true });
  return {
    curvatures: Array.from(values, (value) => Math.max(0, value)),
    slopes: Array.from(multiply(vectors, pull, { transposeA: true })),
    constant: targets.data.reduce((total, y) => total + y * y, 0) / 2,
  };
}

/** From the standard normal law, exact in time; without β gradient flow of L. */
function exactly(
  { curvatures, slopes }: LossModes,
  k: number,
  { beta = Infinity, time }: { readonly beta?: number; readonly time: number },
): Law {
  const rate = curvatures[k] + 1 / beta;
  if (rate === 0) return { mean: slopes[k] * time, variance: 1 };
  const left = Math.exp(-rate * time);
  return {
    mean: slopes[k] / rate * (1 - left),
    variance: left ** 2 + (1 - left ** 2) / (beta * rate),
  };
}

function heun(
  { curvatures, slopes }: LossModes,
  k: number,
  { beta, step, steps }: { readonly beta: number; readonly step: number; readonly steps: number },
): Law {
  const rate = curvatures[k] + 1 / beta;
  const x = step * rate, kept = 1 - x + x ** 2 / 2;
  const noise = (1 - x / 2) ** 2 * 2 * step / beta;
  const left = kept ** steps;
  return {
    mean: slopes[k] / rate * (1 - left),
    variance: left ** 2 + noise * (1 - left ** 2) / (1 - kept ** 2),
  };
}

const squareOf = (laws: readonly Law[]) =>
  laws.reduce((total, { mean, variance }) => total + mean ** 2 + variance, 0);

const lossOf = ({ curvatures, slopes, constant }: LossModes, laws: readonly Law[]) =>
  laws.reduce(
    (total, { mean, variance }, k) =>
      total + curvatures[k] * (mean ** 2 + variance) / 2 - slopes[k] * mean,
    constant,
  );
