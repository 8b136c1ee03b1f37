/**
 * How members of an ensemble move beside the study's projection, and beside how far they lie apart.
 *
 * @module
 */
import { smallNetwork, tangentFlow } from "../../dynamics/mod.ts";
import { type Control, type Matrix, randomStream } from "../../numerics/mod.ts";
import {
  checkInteger,
  checkList,
  checkNumber,
  checkOptions,
  checkRecord,
  checkText,
  must,
} from "../../numerics/checks.ts";
import { CONTROL_CHECKS } from "../../numerics/control.ts";
import { eventTurns } from "../../numerics/event_turns.ts";
import { squaredDistance } from "../../numerics/vectors.ts";
import { checkEnsembles, ensembleName } from "../readings/ensembles.ts";
import { pilotProjection } from "../studies/computations/ensemble_pilot.ts";
import { SMALL_INPUTS, smallImages } from "../studies/computations/small_images.ts";
import type { EnsemblesStudy } from "../studies/ensembles.ts";

/** What one ensemble's displacements are at one time. */
export interface EnsembleGeometryAt {
  readonly time: number;
  /** E‖PΔθ‖²/E‖Δθ‖²: no bound on the projection can see more of E‖Δθ‖². */
  readonly projected: number;
  /** Share of the members i with ‖Δθ_i‖ ≤ ½ min_j ‖θ_i − θ_j‖. */
  readonly apart: number;
}

/** The displacements of a study's first ensemble. */
export interface EnsembleGeometry {
  /** The study's, as its tables call it. */
  readonly network: string;
  /** Directions of the projection, and weights of a network. */
  readonly directions: number;
  readonly dimension: number;
  readonly times: readonly EnsembleGeometryAt[];
}

/** The geometries, if they are. */
export const checkGeometries = (
  name: string,
  geometries: readonly EnsembleGeometry[],
): readonly EnsembleGeometry[] =>
  checkList(
    name,
    geometries,
    must(checkRecord, {
      ...{ network: checkText, directions: checkInteger, dimension: checkInteger },
      times: must(
        checkList,
        must(checkRecord, { time: checkNumber, projected: checkNumber, apart: checkNumber }),
      ),
    }, "what ensembleGeometry gives"),
  );

/** Relative error of a flow's step: far below what the sampling leaves. */
const TOLERANCE = 1e-3;

/**
 * The first seed's members again, under gradient flow alone: a few seconds where the study took minutes.
 *
 * @throws {TypeError} if it is no study of ensembles
 * @throws {RangeError} if it has no seed
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type EnsemblesStudy, storedResults } from "../mod.ts";
 * import { ensembleGeometry } from "./ensemble_geometry.ts";
 * const found = (await storedResults<EnsemblesStudy>("ensembles")).map(({ result }) => result);
 * const linear = found.find(({ configuration: { depth } }) => depth === 0)!;
 * const { times: [{ projected, apart }] } = await ensembleGeometry(linear);
 * assert(Math.abs(projected - 1) < 1e-12 && apart > 0.5);
 * ```
 */
export async function ensembleGeometry(
  study: EnsemblesStudy,
  options: Control = {},
): Promise<EnsembleGeometry> {
  const { configuration } = checkEnsembles("study", study);
  const { signal, onProgress } = checkOptions("options", options, CONTROL_CHECKS);
  const { depth, width, n, members, times, seeds: [seed] } = configuration;
  if (seed === undefined) throw new RangeError("study has no seed; it must have one");
  const { inputs, targets } = await smallImages(n, 1);
  const widths = [SMALL_INPUTS, ...new Array<number>(depth).fill(width), 1];
  const network = smallNetwork({ widths, inputs, targets, activation: "tanh" });
  const { dimension: d } = network;
  const projection = await pilotProjection(network, { study: "ensembles", ...configuration, seed });
  const data = randomStream(seed, "ensembles/members").normal(members * d);
  const starts = Array.from({ length: members }, (_, i) => data.subarray(i * d, (i + 1) * d));
  const turn = eventTurns();
  const sums = times.map((time) => ({ time, all: 0, seen: 0, within: 0 }));
  for (const [i, start] of starts.entries()) {
    const nearest = Math.min(
      ...starts.map((other, j) => i === j ? Infinity : squaredDistance(start, other)),
    );
    const { positions } = tangentFlow(network, { start, times, tolerance: TOLERANCE });
    positions.forEach((end, t) => {
      const all = squaredDistance(start, end);
      sums[t].all += all;
      sums[t].seen += seenBy(projection, end.map((x, k) => x - start[k]));
      if (4 * all <= nearest) sums[t].within++;
    });
    await turn();
    signal?.throwIfAborted();
    await onProgress?.({ done: i + 1, total: members });
  }
  return {
    ...{ network: ensembleName(study), directions: projection.rows, dimension: d },
    times: sums.map(({ time, all, seen, within }) => ({
      ...{ time, projected: seen / all, apart: within / members },
    })),
  };
}

/** ‖Pv‖². */
function seenBy({ rows, cols, data }: Matrix, v: Float64Array): number {
  let total = 0;
  for (let k = 0; k < rows; k++) {
    let along = 0;
    for (let i = 0; i < cols; i++) along += data[k * cols + i] * v[i];
    total += along ** 2;
  }
  return total;
}
