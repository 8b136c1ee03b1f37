/**
 * Whether the flow map of an ensemble's first member is a Brenier map, as drawn and lazily trained.
 *
 * @module
 */
import { brenierTest, smallNetwork, tangentFlow } from "../../../dynamics/mod.ts";
import { type Control, type Matrix, randomStream } from "../../../numerics/mod.ts";
import { product } from "../../../numerics/vectors.ts";
import { rowOf } from "./ensemble_flow.ts";
import { type EnsembleGround, SMALL } from "./ensemble_ground.ts";
import type { EnsembleTangent } from "./ensemble_record.ts";
import { rounded } from "./linearization_record.ts";

/** Random directions where not all are followed. */
const SOME = 16;

/** The test along the flow: as drawn, in all directions of a small network; then centred and scaled. */
export async function ensembleTangents(
  { network, widths, inputs, targets, starts, times, lazy, seed }: EnsembleGround,
  { signal, onProgress }: Control,
): Promise<EnsembleTangent[]> {
  const { dimension: d } = network;
  const start = rowOf(starts, 0);
  const tangents: EnsembleTangent[] = [];
  for (const [at, scale] of [0, ...lazy].entries()) {
    const count = scale === 0 && d <= SMALL ? d : Math.min(d, SOME);
    const directions = orthonormal(count, d, seed);
    const { images } = tangentFlow(
      scale === 0 ? network : lazyNetwork({ widths, inputs, targets, scale }).centredAt(start),
      { start, directions, times, tolerance: 1e-5 },
    );
    const tests = images.map((image) => brenierTest(directions, image));
    tangents.push({
      ...{ lazy: scale, directions: count },
      asymmetry: tests.map(({ asymmetry }) => rounded(asymmetry)),
      leastEigenvalue: tests.map(({ leastEigenvalue }) => rounded(leastEigenvalue)),
      change: tests.map(({ change }) => rounded(change)),
    });
    signal?.throwIfAborted();
    await onProgress?.({ done: at + 1, total: lazy.length + 1 });
  }
  return tangents;
}

const lazyNetwork = (
  given: Pick<EnsembleGround, "widths" | "inputs" | "targets"> & { readonly scale: number },
) => smallNetwork({ ...given, activation: "tanh" });

/** Random orthonormal rows, by Gram and Schmidt's process, twice for its rounding. */
function orthonormal(count: number, d: number, seed: number): Matrix {
  const stream = randomStream(seed, "ensembles/directions");
  const data = new Float64Array(count * d);
  for (let k = 0; k < count; k++) {
    const row = data.subarray(k * d, (k + 1) * d);
    row.set(stream.normal(d));
    for (let round = 0; round < 2; round++) {
      for (let j = 0; j < k; j++) {
        const other = data.subarray(j * d, (j + 1) * d), share = product(row, other);
        for (let i = 0; i < d; i++) row[i] -= share * other[i];
      }
    }
    const size = Math.sqrt(product(row, row));
    for (let i = 0; i < d; i++) row[i] /= size;
  }
  return { rows: count, cols: d, data };
}
