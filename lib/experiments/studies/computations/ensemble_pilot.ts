/**
 * What is chosen without the ensemble that it is used on: the projection and the dual bound's potential.
 *
 * @module
 */
import {
  type Landscape,
  saturated,
  type SmallNetwork,
  smallNetwork,
  tangentFlow,
} from "../../../dynamics/mod.ts";
import { identity } from "../../../numerics/dense.ts";
import { eighSync, type Matrix, multiply, randomStream } from "../../../numerics/mod.ts";
import { eventTurns } from "../../../numerics/event_turns.ts";
import type { EnsembleGround, EnsembleInput } from "./ensemble_ground.ts";

/** Networks of the pilot, the same for every seed. */
const PILOT = 64;
/** Directions of the projection, at most; and less than a fifth of the members. */
const DIRECTIONS = 24;
/** Where the dual potential saturates, in squared weights. */
const SATURATED = 24;

const pilot = (dimension: number) =>
  Array.from(
    { length: PILOT },
    (_, i) => randomStream(i, "ensembles/pilot").normal(dimension),
  );

/**
 * The directions in which networks of their own move farthest up to the last time, [k, dimension]: right
 * singular vectors of their displacements; all directions where there are few.
 */
export async function pilotProjection(
  network: SmallNetwork,
  { times, members }: EnsembleInput,
): Promise<Matrix> {
  const { dimension: d } = network;
  const most = Math.min(DIRECTIONS, Math.floor((members - 1) / 5));
  if (d <= most) return identity(d);
  const turn = eventTurns();
  const rows: Float64Array[] = [];
  for (const start of pilot(d)) {
    const { positions: [end] } = tangentFlow(network, {
      ...{ start, times: times.slice(-1), tolerance: 1e-3 },
    });
    rows.push(end.map((x, i) => x - start[i]));
    await turn();
  }
  const moved = { rows: PILOT, cols: d, data: Float64Array.from(rows.flatMap((row) => [...row])) };
  const { vectors } = eighSync(multiply(moved, moved, { transposeB: true }));
  // Uᵀ·moved is orthogonal; the last eigenvectors are of the largest.
  const turned = multiply(vectors, moved, { transposeA: true });
  const data = new Float64Array(most * d);
  for (let k = 0; k < most; k++) {
    const row = turned.data.subarray((PILOT - 1 - k) * d, (PILOT - k) * d);
    const size = Math.sqrt(row.reduce((sum, x) => sum + x * x, 0));
    data.set(row.map((x) => x / size), k * d);
  }
  return { rows: most, cols: d, data };
}

/**
 * Ψ = −½ rᵀMr, saturated, with M = (1 − e^{−KT})/K of the pilot's mean kernel K: in a network of that kernel
 * the flow up to T is θ ↦ θ + ∇Ψ.
 */
export function dualPotential(
  { network, widths, inputs, targets, n }: EnsembleGround,
  time: number,
): Landscape {
  const mean = new Float64Array(n * n);
  for (const theta of pilot(network.dimension)) {
    const jacobian = network.jacobian(theta);
    const { data } = multiply(jacobian, jacobian, { transposeB: true });
    for (let at = 0; at < mean.length; at++) mean[at] += data[at] / PILOT;
  }
  const { values, vectors } = eighSync({ rows: n, cols: n, data: mean });
  const scaled = {
    ...vectors,
    data: vectors.data.map((v, at) => {
      const rate = values[at % n];
      return v * (rate * time < 1e-9 ? time : -Math.expm1(-rate * time) / rate);
    }),
  };
  const metric = multiply(scaled, vectors, { transposeB: true });
  return saturated(
    smallNetwork({ widths, inputs, targets, activation: "tanh", metric }),
    SATURATED,
  );
}
