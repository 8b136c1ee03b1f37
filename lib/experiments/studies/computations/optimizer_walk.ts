/**
 * A descent step by step with all that its limits read, test images among it: what `descend` keeps,
 * and what it does not see.
 *
 * @module
 */
import { squaredError, type TrainingSet } from "../../../dynamics/mod.ts";
import { flatten, type Network, unflatten } from "../../../networks/mod.ts";
import type { Tensor } from "../../../numerics/mod.ts";
import { naturalGradient } from "../../../ntk/mod.ts";
import { added, product, squaredNorm } from "../../../numerics/vectors.ts";
import type { StepRule } from "./step_rule.ts";

/** The sums up to an entry, from the start on. */
export interface WalkEntry {
  readonly loss: number;
  /** ‖Δθ‖² */
  readonly displacementSquared: number;
  /** Σ‖δθ‖ */
  readonly pathLength: number;
  /** Σ‖δθ‖² */
  readonly stepSquaredSum: number;
  /** F = −Σ ∇L·δθ, the drop to first order: ΔL + ½ Σ δθᵀH̄δθ. */
  readonly firstOrderDrop: number;
  /** What is dissipated and what is moved in the optimizer's own metric: own T/T_SL is their quotient. */
  readonly ownDrop: number;
  readonly ownSquare: number;
  /** Mean over test images; the share that is right. */
  readonly testLoss: number;
  readonly testAccuracy: number;
  /** Σ h̄·δθ and Σ|h̄|², h̄ the mean of ∇L_test at a step's two ends, L_test a sum over its images. */
  readonly testAlong: number;
  readonly testGradientSquares: number;
}

/** What a walk is made of. */
export interface Walk {
  readonly network: Network;
  readonly data: TrainingSet;
  readonly seed: number;
  readonly rule: StepRule;
  /** η of step i, from 0. */
  readonly rate: (step: number) => number;
  readonly most: number;
  /** The walk ends where the loss is at or below this, or beyond the other. */
  readonly until: number;
  readonly beyond: number;
  readonly test?: { readonly images: Tensor; readonly labels: ArrayLike<number> };
  readonly signal?: AbortSignal;
}

/** What came of it. */
export interface Walked {
  /** "mark" where the loss came to `until`. */
  readonly end: "mark" | "steps" | "diverged";
  readonly steps: number;
  /** With test images an entry for the start and each step; without, none. */
  readonly entries: readonly WalkEntry[];
  readonly parameters: Tensor[];
}

/** Walks until the loss is there, beyond, or the steps are used up. */
export async function walk(options: Walk): Promise<Walked> {
  const { network, data, seed, rule, rate, most, until, beyond, test, signal } = options;
  const start = flatten(network.init(seed), network.shapes);
  const lossAndGradient = squaredError(network, data.images, data.targets);
  const at = async (displacement: Float64Array) => {
    const parameters = unflatten(added(start, displacement), network.shapes);
    return rule.gram
      ? { parameters, ...await naturalAt(network, parameters, data, rule.damping) }
      : { parameters, ...await lossAndGradient(parameters) };
  };
  const beside = test && testSide(network, test);
  let displacement: Float64Array = new Float64Array(start.length);
  let point = await at(displacement);
  let memory = rule.begin(start.length);
  let seen = await beside?.(point.parameters);
  const entries: WalkEntry[] = seen ? [{ ...NONE, loss: point.loss, ...seen.told }] : [];
  let [sums, step] = [NONE, 0];
  let end: Walked["end"] = "mark";
  for (; point.loss > until; step++) {
    signal?.throwIfAborted();
    if (step === most || !(point.loss < beyond)) {
      end = step === most ? "steps" : "diverged";
      break;
    }
    const made = rule.step(memory, point, rate(step));
    displacement = added(displacement, made.step);
    const next = await at(displacement);
    const arrived = rule.arrive(made.memory, { displacement, point, next });
    memory = arrived.memory;
    if (beside && seen) {
      const there = await beside(next.parameters);
      const mean = meanOf(seen.gradient, there.gradient);
      const length = squaredNorm(made.step);
      sums = {
        ...{ loss: next.loss, ...there.told, displacementSquared: squaredNorm(displacement) },
        pathLength: sums.pathLength + Math.sqrt(length),
        stepSquaredSum: sums.stepSquaredSum + length,
        firstOrderDrop: sums.firstOrderDrop - made.along,
        testAlong: sums.testAlong + product(mean, made.step),
        testGradientSquares: sums.testGradientSquares + squaredNorm(mean),
        ...arrived.own,
      };
      entries.push(sums);
      seen = there;
    }
    point = next;
  }
  return { end, steps: step, entries, parameters: point.parameters };
}

const NONE: WalkEntry = {
  ...{ loss: NaN, displacementSquared: 0, pathLength: 0, stepSquaredSum: 0, firstOrderDrop: 0 },
  ...{ ownDrop: 0, ownSquare: 0, testLoss: NaN, testAccuracy: NaN },
  ...{ testAlong: 0, testGradientSquares: 0 },
};

/** Loss, direction and outputs' residue, in the place of a gradient. */
async function naturalAt(
  network: Network,
  parameters: Tensor[],
  data: TrainingSet,
  damping: number,
) {
  const { loss, direction, residue, along } = await naturalGradient(network, parameters, data, {
    damping,
  });
  return { loss, direction, residue, along };
}

/** Loss, accuracy and the gradient of the loss's sum over test images. */
function testSide(
  network: Network,
  { images, labels }: NonNullable<Walk["test"]>,
) {
  const { outputs } = network;
  return async (parameters: Tensor[]) => {
    let [sum, correct] = [0, 0];
    const { gradient } = await network.pullback(parameters, images, (values, from) => {
      const residues = new Float32Array(values.length);
      for (let i = 0; i < values.length / outputs; i++) {
        const label = labels[from + i];
        let best = 0;
        for (let o = 0; o < outputs; o++) {
          const value = values[i * outputs + o];
          if (value > values[i * outputs + best]) best = o;
          residues[i * outputs + o] = value - ((o === label ? 1 : 0) - 1 / outputs);
          sum += residues[i * outputs + o] ** 2;
        }
        if (best === label) correct++;
      }
      return residues;
    });
    const told = { testLoss: sum / 2 / labels.length, testAccuracy: correct / labels.length };
    return { gradient, told };
  };
}

const meanOf = (a: Float64Array, b: Float64Array) => a.map((value, i) => (value + b[i]) / 2);
