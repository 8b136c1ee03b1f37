/**
 * The rules of steps that a study of optimizers has, each with what is dissipated and moved in its own
 * metric.
 *
 * @module
 */
import {
  adam,
  constantSpeed,
  gradientDescent,
  heavyBall,
  nesterov,
  type Optimizer,
  type OptimizerState,
  rmsprop,
} from "../../../dynamics/mod.ts";
import { checkOneOf } from "../../../numerics/checks.ts";
import { added, product, squaredDistance, squaredNorm } from "../../../numerics/vectors.ts";

/** The optimizers that are compared. */
export const RULES = [
  ...["gradient-descent", "constant-speed", "heavy-ball", "nesterov"] as const,
  ...["rmsprop", "adam", "natural"] as const,
] as const;

/** One of {@link RULES}. */
export type RuleName = typeof RULES[number];

/** Where a step is made: with a gradient, or with the direction and the residue of natural gradient. */
export interface StepGround {
  readonly loss: number;
  readonly gradient?: Float64Array;
  readonly direction?: Float64Array;
  readonly residue?: Float64Array;
  /** ∇L·direction */
  readonly along?: number;
}

/** What a rule remembers: the optimizer's state, and sums of its own. */
export interface StepMemory {
  readonly state: OptimizerState;
  /** N */
  readonly count: number;
  /** Σ η, or of constant speed Σ η/|∇L|. */
  readonly time: number;
  readonly eta: number;
  readonly firstOrderDrop: number;
  /** Σ δθᵀ(ηM)⁻¹δθ, of a preconditioner; of natural gradient Σ|δf|²/η. */
  readonly dissipated: number;
  /** Diagonal of Σ η M. */
  readonly metric?: Float64Array;
  /** The outputs' residue at the start, of natural gradient. */
  readonly residue?: Float64Array;
}

/** Where a step led. */
export interface Arrival {
  /** θ − θ_0 after it. */
  readonly displacement: Float64Array;
  /** Before and after it. */
  readonly point: StepGround;
  readonly next: StepGround;
}

/** A rule of steps. */
export interface StepRule {
  readonly name: RuleName;
  /** Whether a step is made of the Gram matrix. */
  readonly gram: boolean;
  /** ε of natural gradient, as a share of the kernel's mean eigenvalue. */
  readonly damping: number;
  begin(parameterCount: number): StepMemory;
  /** δθ, ∇L·δθ, and what is remembered. */
  step(memory: StepMemory, point: StepGround, eta: number): {
    readonly step: Float64Array;
    readonly along: number;
    readonly memory: StepMemory;
  };
  /**
   * What was dissipated and moved up to here in the rule's own metric, T/T_SL being the quotient, and
   * what is remembered of the step that led here.
   */
  arrive(memory: StepMemory, at: Arrival): {
    readonly own: { readonly ownDrop: number; readonly ownSquare: number };
    readonly memory: StepMemory;
  };
}

/** μ of heavy ball and Nesterov. */
export const MOMENTUM = 0.9;

const OPTIMIZERS: Readonly<Record<Exclude<RuleName, "natural">, () => Optimizer>> = {
  "gradient-descent": gradientDescent,
  "constant-speed": constantSpeed,
  "heavy-ball": () => heavyBall({ momentum: MOMENTUM }) as unknown as Optimizer,
  nesterov: () => nesterov({ momentum: MOMENTUM }) as unknown as Optimizer,
  rmsprop: () => rmsprop() as unknown as Optimizer,
  adam: () => adam() as unknown as Optimizer,
};

/**
 * The rule of a name.
 *
 * Own limits, F = −Σ∇L·δθ in place of ΔL, so that all are exact for steps: of gradient descent and
 * constant speed ‖Δθ‖²/Σηm ≤ F (m = 1, 1/|∇L|); of heavy ball and Nesterov those of
 * `heavyBallSpeedLimit` and `nesterovSpeedLimit`; of RMSProp Δθᵀ(ΣηM)⁻¹Δθ ≤ F; of Adam, whose step is
 * not made of the gradient, ≤ Q = Σ δθᵀ(ηM)⁻¹δθ; of natural gradient ‖Δf‖²/(Nη) ≤ Σ‖δf‖²/η in the
 * outputs' metric.
 *
 * @throws {RangeError} if there is none of that name
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stepRule } from "./step_rule.ts";
 * const rule = stepRule("gradient-descent");
 * const point = { loss: 1, gradient: Float64Array.of(2) };
 * const { step, along, memory } = rule.step(rule.begin(1), point, 0.5);
 * assert.deepEqual([step[0], along], [-1, -2]);
 * const { own } = rule.arrive(memory, { displacement: step, point, next: point });
 * assert.deepEqual(own, { ownDrop: 2, ownSquare: 2 });
 * ```
 */
export function stepRule(name: RuleName, { damping = 1e-3 } = {}): StepRule {
  checkOneOf("optimizer", name, RULES);
  return name === "natural" ? naturalRule(damping) : optimizerRule(name);
}

const NOTHING = { count: 0, time: 0, eta: NaN, firstOrderDrop: 0, dissipated: 0 };

function optimizerRule(name: Exclude<RuleName, "natural">): StepRule {
  const optimizer = OPTIMIZERS[name]();
  const diagonal = name === "rmsprop" || name === "adam";
  return {
    ...{ name, gram: false, damping: NaN },
    begin: (parameterCount) => ({
      ...NOTHING,
      state: optimizer.init(parameterCount),
      ...(diagonal && { metric: new Float64Array(parameterCount) }),
    }),
    step: (before, { gradient }, eta) => {
      const made = optimizer.update(before.state, gradient!, eta);
      const { factor = 1, preconditioner } = made;
      const step = made.step.map((value) => factor * value);
      const along = product(step, gradient!);
      return {
        ...{ step, along },
        memory: {
          ...{ state: made.state, count: before.count + 1, eta },
          time: before.time + eta * (name === "constant-speed" ? preconditioner![0] : 1),
          firstOrderDrop: before.firstOrderDrop - along,
          dissipated: before.dissipated +
            (diagonal ? squaredIn(step, preconditioner!, eta) : -along),
          ...(diagonal && { metric: added(before.metric!, preconditioner!, eta) }),
        },
      };
    },
    arrive: (memory, { displacement }) => ({ memory, own: ownOf(name, memory, displacement) }),
  };
}

function ownOf(name: RuleName, memory: StepMemory, displacement: Float64Array) {
  const { state, time, eta, firstOrderDrop, dissipated, metric } = memory;
  if (metric) return { ownDrop: dissipated, ownSquare: squaredIn(displacement, metric, 1) };
  if (name === "gradient-descent" || name === "constant-speed") {
    return { ownDrop: firstOrderDrop, ownSquare: squaredNorm(displacement) / time };
  }
  const velocity = state.velocity as Float64Array;
  const [kept, moved] = name === "heavy-ball"
    ? [MOMENTUM / 2, displacement]
    : [MOMENTUM * (1 - MOMENTUM / 2), added(displacement, velocity, -MOMENTUM)];
  return {
    ownDrop: firstOrderDrop - kept * squaredNorm(velocity) / eta,
    ownSquare: (1 - MOMENTUM) * squaredNorm(moved) / time,
  };
}

function naturalRule(damping: number): StepRule {
  return {
    ...{ name: "natural", gram: true, damping },
    begin: () => ({ ...NOTHING, state: {} }),
    step: (before, { direction, along, residue }, eta) => ({
      step: direction!.map((value) => eta * value),
      along: eta * along!,
      memory: {
        ...before,
        ...{ count: before.count + 1, time: before.time + eta, eta },
        residue: before.residue ?? residue,
      },
    }),
    arrive: (before, { point, next }) => {
      const moved = squaredDistance(next.residue!, point.residue!) / before.eta;
      const memory = { ...before, dissipated: before.dissipated + moved };
      const ownSquare = squaredDistance(next.residue!, memory.residue!) / memory.time;
      return { memory, own: { ownDrop: memory.dissipated, ownSquare } };
    },
  };
}

/** Σ xᵢ²/(η mᵢ); what has not moved adds nothing. */
function squaredIn(x: Float64Array, metric: Float64Array, eta: number): number {
  let total = 0;
  for (let i = 0; i < x.length; i++) if (x[i] !== 0) total += x[i] * x[i] / (eta * metric[i]);
  return total;
}
