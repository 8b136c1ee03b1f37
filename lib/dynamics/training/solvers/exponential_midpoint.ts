/**
 * The exponential midpoint method: the flow linearized at the middle of each step, and solved there
 * exactly on Krylov spaces of the samples.
 *
 * M. Hochbruck, A. Ostermann, "Exponential integrators", Acta Numerica 19 (2010) 209. Steps are as
 * long as the kernel stays the same, whatever h λ_max; for networks of dense layers a product with
 * the kernel costs a fifth of a gradient. The pass forward that a kernel keeps serves the way back of
 * its half step too, and the one at a step's end the next step: 3072-256-256-10, n = 200, to 1 % of its
 * loss takes 69 gradients in 15 steps (84, were each pass made anew). Of a tiny network (16-20-20-1,
 * n = 32: 108 gradients in 16 steps) the time is that of starting TensorFlow's operations, some 200 a
 * step of 10 µs each.
 *
 * Near a saddle, where all weights are small, outputs hardly change while the velocity turns and
 * grows by factors: there that limits the step, for the defect of the outputs does not see it.
 *
 * @module
 */
import { proportional, type StepAttempt } from "../../../numerics/ode/mod.ts";
import { CANCELLATION, type FlowCurve } from "../flow_curve.ts";
import type { FlowKernel, FlowPoint, FlowTerm } from "../flow_term.ts";
import type { FlowSolver, FlowStart } from "./flow_solver.ts";
import { type KrylovDecay, krylovDecay } from "./krylov_decay.ts";
import { added, norm, squaredDistance, squaredNorm } from "../../../numerics/vectors.ts";

/** A step whose defect at the middle is this much above what is aimed at still stands. */
const SLACK = 1.5;
/** h λ_max that is short enough whatever the defect: at kinks of relu it falls but as √h. */
const FLOOR = 0.5;

/** Of the residue, what a half step on a plateau changes at most. */
const PLATEAU = 0.2;

/** Relative to the outputs' length. */
const ROUNDING = 1e-6;

/** The linearized flow from the start of a step: what a shorter try from there begins with. */
interface Linearized {
  /** The longest t that `decay` is good for. */
  readonly horizon: number;
  readonly residue: Float64Array;
  readonly decay: KrylovDecay;
}

/**
 * The exponential midpoint method, aiming at a defect of `tolerance` in the middle of a step.
 *
 * From r = f(θ) − y a first half step, linearized at its start, leads to the middle θ_m; the whole
 * step is δ = −c J_mᵀ h φ₁(−hK_m) r. The defect is ‖f(θ_m) − f_lin‖, f_lin being what the first half
 * step expected, over ‖f_lin − y‖: about the relative error of √L that a step could make.
 */
export function exponentialMidpoint(
  { tolerance = 0.01 }: { readonly tolerance?: number } = {},
): FlowSolver {
  return {
    name: "exponential-midpoint",
    controller: proportional({
      ...{ order: 1, safety: 0.9 / SLACK, least: 0.3, most: 3 },
      ...{ firstStep: 0.3, floor: FLOOR },
    }),
    lambdaEvery: 1,
    async attempt(term, start, h) {
      try {
        // A flow's look-up of λ_max brings the kernel with it.
        return await attempted(term, start as FlowStart, h, tolerance);
      } catch (error) {
        if (error !== NOT_FINITE) throw error;
        return { increment: start.position, error: NaN, memory: SPENT };
      }
    },
  };
}

/** Left for the next try where the kernel of the look-up is disposed of and nothing came of it. */
const SPENT: unique symbol = Symbol("spent");

/** Thrown where outputs or products overflow: they have no linear flow. */
const NOT_FINITE = Symbol("not finite");

const finite = (values: Float64Array): Float64Array => {
  if (!values.every(Number.isFinite)) throw NOT_FINITE;
  return values;
};

async function attempted(
  term: FlowTerm,
  start: FlowStart,
  h: number,
  tolerance: number,
): Promise<StepAttempt<FlowPoint, FlowCurve>> {
  const { position, point, lambdaMax } = start;
  const { linearized, half } = await firstHalf(term, start, h);
  const { residue, decay: before } = linearized;
  const middle = added(position, half);
  const kernel = await term.kernel(middle);
  try {
    const error = defectOf(term, before.residue(h / 2), kernel.residue, residue) /
      (SLACK * tolerance);
    // NaN goes this way too.
    if (!(error <= 1 || (h * lambdaMax <= FLOOR * 1.0001 && error < Infinity))) {
      return { increment: half, error, memory: linearized };
    }
    const after = await decayOf(kernel, residue, h);
    const increment = await kernel.pulledBack(after.integral(h));
    if (onPlateau(before.residue(h / 2), residue)) {
      const frozen = () => term.pulledBack(position, before.integral(h));
      const turn = await turnOf({ increment, half, frozen, position, tolerance });
      if (!(turn <= tolerance)) {
        return { increment: half, error: Infinity, memory: linearized };
      }
    }
    // Before the next one is made.
    kernel.dispose();
    const end = await term.evaluateByKernel(added(position, increment));
    const curve = midpointCurve(h, before, after, {
      scale: term.scale,
      loss: point.loss,
      drop: point.loss - end.loss,
      early: (v) => term.pulledBack(position, v),
      late: (v) => term.pulledBack(middle, v),
    });
    return { increment, end, error, curve, memory: linearized };
  } finally {
    kernel.dispose();
  }
}

/**
 * The flow linearized at the start, and its way to the middle; a shorter try finds the Krylov space of
 * the longer.
 */
async function firstHalf(
  term: FlowTerm,
  { position, lookedUp, memory }: FlowStart,
  h: number,
): Promise<{ readonly linearized: Linearized; readonly half: Float64Array }> {
  const spent = memory === SPENT;
  const kept = spent ? undefined : memory as Linearized | undefined;
  if (kept && kept.horizon >= h) {
    const half = await term.pulledBack(position, kept.decay.integral(h / 2));
    return { linearized: kept, half };
  }
  const kernel = (spent ? undefined : lookedUp?.kernel) ?? await term.kernel(position);
  try {
    const { residue } = kernel;
    const decay = await decayOf(kernel, finite(residue), h);
    const half = await kernel.pulledBack(decay.integral(h / 2));
    return { linearized: { horizon: h, residue, decay }, half };
  } finally {
    kernel.dispose();
  }
}

const decayOf = ({ times }: FlowKernel, residue: Float64Array, horizon: number) =>
  krylovDecay(async (u) => finite(await times(u)), residue, { horizon });

/** ‖f − f_lin‖/‖f_lin − y‖ in the middle, beyond what outputs of float32 are rounded by. */
function defectOf(
  term: FlowTerm,
  expected: Float64Array,
  found: Float64Array,
  residue: Float64Array,
): number {
  const defect = expected.map((value, i) => found[i] - value);
  const rounding = ROUNDING * (norm(Float64Array.from(term.targets)) + norm(residue));
  const seen = Math.max(0, norm(defect) - rounding);
  return seen === 0 ? 0 : seen / norm(expected);
}

/** Whether the half step hardly changes the residue, so that the outputs' defect says little of the velocity's. */
const onPlateau = (later: Float64Array, residue: Float64Array): boolean =>
  norm(added(residue, later, -1)) < PLATEAU * norm(residue);

/**
 * The error of a step by how the velocity turns or grows, relative to ‖θ − θ_0‖: where it makes the increment other by
 * a share c than the one by the Jacobian at the start, the midpoint's is off by 2c²/3: with v' = κv and x = κh they are
 * 1, 1 + x/2 and, exactly, 1 + x/2 + x²/6. Twice the half step is that
 * increment but for what decays on the way: mostly it tells already that the error is small.
 */
async function turnOf(
  { increment, half, frozen, position, tolerance }: {
    readonly increment: Float64Array;
    /** The first half step. */
    readonly half: Float64Array;
    /** The step's increment by the Jacobian at its start. */
    readonly frozen: () => Promise<Float64Array>;
    readonly position: Float64Array;
    readonly tolerance: number;
  },
): Promise<number> {
  const length = norm(increment);
  // Without a gradient nothing moves; the flow tells that itself.
  if (length === 0) return 0;
  const share = length / Math.max(length, Math.sqrt(squaredDistance(increment, position, -1)));
  const off = (change: number, of: number) => 2 * change / of / 3 * share;
  const roughly = off(squaredDistance(increment, half, 2), 4 * squaredNorm(half));
  if (roughly <= tolerance) return roughly;
  const before = await frozen();
  return off(squaredDistance(increment, before), squaredNorm(before));
}

/**
 * Between the ends: with J at the start the linear flow is right at u = 0, with J at the middle at
 * u = 1; on the way J moves evenly, so (1 − u) of the one and u of the other is right to the order
 * of the method.
 */
function midpointCurve(
  h: number,
  before: KrylovDecay,
  after: KrylovDecay,
  { scale, loss, drop, early, late }: {
    readonly scale: number;
    readonly loss: number;
    /** L(0) − L(1), measured. */
    readonly drop: number;
    /** −c Jᵀ v at the start and at the middle. */
    readonly early: (v: Float64Array) => Promise<Float64Array>;
    readonly late: (v: Float64Array) => Promise<Float64Array>;
  },
): FlowCurve {
  const blend = (u: number, of: (decay: KrylovDecay) => number) =>
    (1 - u) * of(before) + u * of(after);
  const linear = scale * after.drop(h);
  const stretch = Math.abs(drop) > CANCELLATION * loss ? drop / linear : 1;
  return {
    pathLength: (u) => Math.sqrt(scale) * blend(u, (decay) => decay.pathLength(u * h)),
    lossDrop: (u) => stretch * scale * blend(u, (decay) => decay.drop(u * h)),
    async increment(u) {
      const first = await early(before.integral(u * h));
      const second = await late(after.integral(u * h));
      return first.map((value, i) => (1 - u) * value + u * second[i]);
    },
  };
}
