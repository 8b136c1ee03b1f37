/**
 * The exponential midpoint method: the flow linearized at the middle of each step, and solved there
 * exactly on Krylov spaces of the samples.
 *
 * @module
 */
import type { FlowTerm } from "./flow_term.ts";
import { type KrylovDecay, krylovDecay } from "./krylov_decay.ts";
import { added, length, type Solver, stepController } from "./solver.ts";
import { type StepCurve } from "./step_cubic.ts";

// deno-lint-ignore no-explicit-any
const K = (globalThis as any).knobs ??= {};

export function exponentialMidpoint(_tolerance: number): Solver {
  const tol = K.tol ?? 0.15;
  const floor = K.floor ?? 0.5;
  let space: { from: Float64Array; horizon: number; decay: KrylovDecay; residue: Float64Array } | undefined;
  const decayAt = async (term: FlowTerm, from: Float64Array, horizon: number) => {
    if (space?.from !== from || space.horizon < horizon) {
      const { residue, times } = await term.kernel(from);
      const decay = await krylovDecay(times, residue, { horizon, tolerance: K.krylov ?? 0.01 });
      space = { from, horizon, decay, residue };
    }
    return space;
  };
  return {
    name: "exponential-midpoint",
    firstStep: K.first ?? 0.3,
    floor,
    next: (h, error, lambdaMax) =>
      Math.max(floor / lambdaMax, h * Math.min(3, Math.max(0.3, 0.9 / Math.max(1e-3, error * 1.5) ** (K.power ?? 1)))),
    async attempt(term, { displacement, lambdaMax, point }, h) {
      const { decay: before, residue } = await decayAt(term, displacement, h);
      const half = await term.pulledBack(displacement, before.integral(h / 2));
      const middle = added(displacement, half);
      const kernel = await term.kernel(middle);
      const expected = before.residue(h / 2);
      let [off, moved] = [0, 0];
      for (let i = 0; i < expected.length; i++) {
        off += (kernel.residue[i] - expected[i]) ** 2;
        moved += (expected[i] - residue[i]) ** 2;
      }
      const defect = Math.sqrt(off / moved);
      let error = defect / (1.5 * tol);
      if (error > 1 && h * lambdaMax > floor * 1.0001) return { error, increment: half };
      const after = await krylovDecay(kernel.times, residue, { horizon: h, tolerance: K.krylov ?? 0.01 });
      const increment = await term.pulledBack(middle, after.integral(h));
      const reached = added(displacement, increment);
      const end = await term.evaluate(reached);
      if (K.log) {
        const k1 = await term.kernel(reached);
        const ex = after.residue(h);
        const ex0 = before.residue(h);
        let [o, r, m, z] = [0, 0, 0, 0];
        for (let i = 0; i < ex.length; i++) {
          o += (k1.residue[i] - ex[i]) ** 2;
          z += (k1.residue[i] - ex0[i]) ** 2;
          r += k1.residue[i] ** 2;
          m += (ex[i] - residue[i]) ** 2;
        }
        K.log({ hl: h * lambdaMax, h, defect, endOff: Math.sqrt(o / r), endMoved: Math.sqrt(o / m), off0: Math.sqrt(z / r),
          drop: (point.loss - end.loss) / term.scale / after.drop(h) - 1, dim: after.lambdaMax });
      }
      const root = Math.sqrt(term.scale);
      const drop = point.loss - end.loss;
      const blended = (u: number, of: (decay: KrylovDecay, t: number) => number) =>
        (1 - u) * of(before, u * h) + u * of(after, u * h);
      const curve: StepCurve = {
        pathLength: (u) => root * blended(u, (decay, t) => decay.pathLength(t)),
        lossDrop: (u) => blended(u, (decay, t) => decay.drop(t)) * drop / after.drop(h),
        async increment(u) {
          const early = await term.pulledBack(displacement, before.integral(u * h));
          const late = await term.pulledBack(middle, after.integral(u * h));
          return early.map((value, i) => (1 - u) * value + u * late[i]);
        },
      };
      return { increment, end, error, curve };
    },
  };
}
