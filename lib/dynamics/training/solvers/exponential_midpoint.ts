/**
 * The exponential midpoint method: the flow linearized at the middle of each step, and solved there
 * exactly on Krylov spaces of the samples.
 *
 * M. Hochbruck, A. Ostermann, "Exponential integrators", Acta Numerica 19 (2010) 209. Steps are as
 * long as the kernel stays the same, whatever h λ_max; for networks of dense layers a product with
 * the kernel costs a fifth of a gradient.
 *
 * @module
 */
import type { FlowTerm } from "../flow_term.ts";
import { type KrylovDecay, krylovDecay } from "./krylov_decay.ts";
import { type Solver, stepController } from "./solver.ts";
import { CANCELLATION, type StepCurve } from "./step_cubic.ts";
import { added, norm } from "../../../numerics/vectors.ts";

/** A step whose defect at the middle is this much above what is aimed at still stands. */
const SLACK = 1.5;
/** h λ_max of the shortest step: at kinks of relu the defect falls but as √h. */
const FLOOR = 0.5;

/** Relative to the outputs' length. */
const ROUNDING = 1e-6;

const targetLength = ({ targets }: FlowTerm) => norm(Float64Array.from(targets));

/** The linearized flow from the start of a step. */
interface Start {
  readonly displacement: Float64Array;
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
export function exponentialMidpoint(tolerance: number): Solver {
  // A shorter try from the same start finds the Krylov space of the longer.
  let kept: Start | undefined;
  const startAt = async (term: FlowTerm, displacement: Float64Array, h: number): Promise<Start> => {
    if (kept?.displacement === displacement && kept.horizon >= h) return kept;
    const { residue, times } = await term.kernel(displacement);
    const decay = await krylovDecay(times, residue, { horizon: h });
    return kept = { displacement, horizon: h, residue, decay };
  };
  const next = stepController({ order: 1, safety: 0.9 / SLACK, least: 0.3, most: 3 });
  return {
    name: "exponential-midpoint",
    firstStep: 0.3,
    floor: FLOOR,
    lambdaEvery: 1,
    next: (h, error, lambdaMax) => Math.max(FLOOR / lambdaMax, next(h, error, lambdaMax)),
    async attempt(term, { displacement, point, lambdaMax }, h) {
      const { residue, decay: before } = await startAt(term, displacement, h);
      const half = await term.pulledBack(displacement, before.integral(h / 2));
      const middle = added(displacement, half);
      const kernel = await term.kernel(middle);
      const expected = before.residue(h / 2);
      const defect = expected.map((value, i) => kernel.residue[i] - value);
      // Outputs of float32 are rounded: what is no more than that is no defect.
      const seen = Math.max(0, norm(defect) - ROUNDING * (targetLength(term) + norm(residue)));
      const error = seen === 0 ? 0 : seen / norm(expected) / (SLACK * tolerance);
      // NaN goes this way too.
      if (!(error <= 1 || (h * lambdaMax <= FLOOR * 1.0001 && error < Infinity))) {
        return { increment: half, error };
      }
      const after = await krylovDecay(kernel.times, residue, { horizon: h });
      const increment = await term.pulledBack(middle, after.integral(h));
      const end = await term.evaluate(added(displacement, increment));
      const curve = midpointCurve(h, before, after, {
        scale: term.scale,
        loss: point.loss,
        drop: point.loss - end.loss,
        early: (v) => term.pulledBack(displacement, v),
        late: (v) => term.pulledBack(middle, v),
      });
      return { increment, end, error, curve };
    },
  };
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
): StepCurve {
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
