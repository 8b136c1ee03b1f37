/**
 * The columns of many linear flows with one kernel, at given times, by products of matrices.
 *
 * @module
 */
import { type Matrix, multiply } from "../../numerics/mod.ts";

/** Columns of flows: a row each flow, a column each time. */
export interface LinearColumns {
  readonly loss: Matrix;
  readonly lossDrop: Matrix;
  readonly displacementSquared: Matrix;
  readonly pathLength: Matrix;
}

/** From here on in units of 1/λ_1 the path is integrated in ln t; before, its speed is constant to 10⁻⁸. */
const START = 1e-8;
/** ln t between nodes of Simpson's rule: a mode's speed changes over a unit of it, so 10⁻⁸ is left. */
const STEP = 0.02;

/**
 * ΔL = ½ Σ Δ_k² (1 − e^{−2λ_k T}), ‖Δθ‖² = Σ Δ_k² (1 − e^{−λ_k T})²/λ_k and
 * l_γ = ∫ (Σ λ_k Δ_k² e^{−2λ_k t})^½ dt of flows that differ in their residues alone.
 *
 * @param eigenvalues λ_k; those not above 0 move nothing
 * @param squares Δ_k², summed over outputs: a row each flow
 * @param times from 0, growing
 */
export function linearColumns(
  eigenvalues: ArrayLike<number>,
  squares: Matrix,
  times: readonly number[],
): LinearColumns {
  const rates = Array.from(eigenvalues, (value) => Math.max(0, value));
  const over = (of: (rate: number, time: number) => number, at: readonly number[]): Matrix =>
    multiply(squares, {
      rows: rates.length,
      cols: at.length,
      data: Float64Array.from(rates.flatMap((rate) => at.map((time) => of(rate, time)))),
    });
  const lossDrop = over((rate, time) => -Math.expm1(-2 * rate * time) / 2, times);
  const whole = over(() => 0.5, [0]);
  return {
    lossDrop,
    loss: over((rate, time) => Math.exp(-2 * rate * time) / 2, times),
    displacementSquared: over(
      (rate, time) => rate > 0 ? Math.expm1(-rate * time) ** 2 / rate : 0,
      times,
    ),
    pathLength: pathLengths(over, { times, largest: Math.max(...rates), flows: whole.rows }),
  };
}

function pathLengths(
  over: (of: (rate: number, time: number) => number, at: readonly number[]) => Matrix,
  { times, largest, flows }: {
    readonly times: readonly number[];
    readonly largest: number;
    readonly flows: number;
  },
): Matrix {
  const data = new Float64Array(flows * times.length);
  if (!(largest > 0)) return { rows: flows, cols: times.length, data };
  const start = START / largest;
  let from = 0;
  const lengths = new Float64Array(flows);
  times.forEach((to, at) => {
    if (to > from) {
      const { nodes, weights } = nodesBetween(from, to, start);
      const speeds = over((rate, time) => rate * Math.exp(-2 * rate * time), nodes);
      for (let flow = 0; flow < flows; flow++) {
        for (let i = 0; i < nodes.length; i++) {
          lengths[flow] += weights[i] * Math.sqrt(speeds.data[flow * nodes.length + i]);
        }
      }
      from = to;
    }
    for (let flow = 0; flow < flows; flow++) data[flow * times.length + at] = lengths[flow];
  });
  return { rows: flows, cols: times.length, data };
}

/** Nodes of a time integral with their weights: one up to `start`, then Simpson's rule in ln t. */
function nodesBetween(from: number, to: number, start: number) {
  const nodes: number[] = [], weights: number[] = [];
  if (from < start) {
    const end = Math.min(start, to);
    nodes.push((from + end) / 2);
    weights.push(end - from);
  }
  const [a, b] = [Math.log(Math.max(from, start)), Math.log(to)];
  const steps = 2 * Math.ceil((b - a) / STEP / 2);
  for (let i = 0; b > a && i <= steps; i++) {
    const node = Math.exp(a + (b - a) * i / steps);
    const factor = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
    nodes.push(node);
    weights.push(node * factor * (b - a) / (3 * steps)); // dt = t d ln t
  }
  return { nodes, weights };
}
