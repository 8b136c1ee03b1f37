/**
 * An ensemble under gradient flow: how far it moves, W2² between its bounds, in function space too.
 *
 * @module
 */
import {
  type BoundEstimate,
  ensembleBounds,
  ensembleW2Squared,
  wasserstein2Squared,
} from "../../../bounds/mod.ts";
import { dualBound, type TangentFlow, tangentFlow } from "../../../dynamics/mod.ts";
import { eventTurns } from "../../../numerics/event_turns.ts";
import type { Control, Matrix } from "../../../numerics/mod.ts";
import { dualPotential } from "./ensemble_pilot.ts";
import type { EnsembleGround } from "./ensemble_ground.ts";
import type { Bracketed, EnsembleFlow } from "./ensemble_record.ts";
import { rounded } from "./linearization_record.ts";

/** Relative error of a flow's step: far below what the sampling leaves. */
const TOLERANCE = 1e-5;
/** Pairs of the dual bound. */
const DUAL_PAIRS = 32;

/** The ensemble's flow, in full. */
export async function ensembleFlow(
  ground: EnsembleGround,
  { signal, onProgress }: Control,
): Promise<EnsembleFlow> {
  const { network, starts, times, members } = ground;
  const turn = eventTurns();
  const flows: TangentFlow[] = [];
  for (let i = 0; i < members; i++) {
    flows.push(tangentFlow(network, { start: rowOf(starts, i), times, tolerance: TOLERANCE }));
    await turn();
    signal?.throwIfAborted();
    await onProgress?.({ done: i + 1, total: members + times.length });
  }
  const mean = (of: (i: number) => number) =>
    flows.reduce((total, _, i) => total + of(i), 0) / members;
  const column: { -readonly [K in keyof EnsembleFlow]: EnsembleFlow[K] } = {
    ...{ loss: [], lossDrop: [], above: [], below: [], empiricalShare: [], share: [], dual: [] },
    ...{ singleLimit: [], assignedToItself: [], outputs: [] },
  };
  for (const [t, time] of times.entries()) {
    const ends = stacked(flows.map(({ positions }) => positions[t]));
    const { above, below, share } = ensembleBounds(starts, ends, [ground.projection]);
    column.loss.push(rounded(mean((i) => network.value(flows[i].positions[t], 0))));
    column.lossDrop.push(rounded(mean((i) => flows[i].lossDrop[t])));
    column.above.push(bracketed(above));
    column.below.push(bracketed(below));
    column.share.push(bracketed(share));
    column.empiricalShare.push(rounded(share.value));
    column.singleLimit.push(rounded(Math.exp(
      mean((i) => Math.log(flows[i].displacementSquared[t] / flows[i].lossDrop[t])),
    )));
    const assigned = wasserstein2Squared(starts, ends);
    column.assignedToItself.push(Math.abs(assigned - above.value) <= 1e-9 * above.value);
    column.outputs.push(outputsApart(ground, ends));
    column.dual.push(dualOf(ground, ends, time));
    await turn();
    signal?.throwIfAborted();
    await onProgress?.({ done: members + t + 1, total: members + times.length });
  }
  return column;
}

/** W2² of the outputs on the test images, where dimensions are few. */
function outputsApart({ network, starts, testInputs }: EnsembleGround, ends: Matrix) {
  const outputs = (cloud: Matrix) =>
    stacked(
      Array.from(
        { length: cloud.rows },
        (_, i) => network.outputs(rowOf(cloud, i), testInputs).data,
      ),
    );
  const [before, after] = [outputs(starts), outputs(ends)];
  const { value, standardError } = ensembleW2Squared(before, after);
  const moved = before.data.reduce((sum, f, at) => sum + (f - after.data[at]) ** 2, 0);
  return {
    value: rounded(value),
    error: rounded(standardError),
    moved: rounded(moved / starts.rows),
  };
}

function dualOf(ground: EnsembleGround, ends: Matrix, time: number) {
  const rows = Math.min(DUAL_PAIRS, ends.rows);
  const first = (cloud: Matrix) => ({
    ...cloud,
    rows,
    data: cloud.data.slice(0, rows * cloud.cols),
  });
  const [from, to] = [first(ground.starts), first(ends)];
  const { value, interval, elsewhere } = dualBound(
    { from, to, potential: dualPotential(ground, time) },
    { starts: 2, rounds: 80 },
  );
  const moved = from.data.reduce((sum, x, at) => sum + (x - to.data[at]) ** 2, 0) / rows;
  return {
    value: rounded(value),
    interval: [rounded(interval[0]), rounded(interval[1])] as const,
    share: rounded(value / moved),
    elsewhere: rounded(elsewhere),
  };
}

/** What is kept of an estimate: the value for the law, and its interval. */
export const bracketed = ({ corrected, interval }: BoundEstimate): Bracketed => ({
  value: rounded(corrected),
  interval: [rounded(interval[0]), rounded(interval[1])],
});

/** Row i of a matrix, a view. */
export const rowOf = ({ cols, data }: Matrix, i: number): Float64Array =>
  data.subarray(i * cols, (i + 1) * cols);

/** The rows as a matrix. */
export function stacked(rows: readonly Float64Array[]): Matrix {
  const cols = rows[0].length, data = new Float64Array(rows.length * cols);
  rows.forEach((row, i) => data.set(row, i * cols));
  return { rows: rows.length, cols, data };
}
