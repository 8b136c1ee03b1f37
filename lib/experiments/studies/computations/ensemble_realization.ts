/**
 * One seed's ensemble of small networks: under gradient flow and under Langevin dynamics, the flow map's
 * derivative, and ln Z. This module and what it reaches are the code of the run.
 *
 * @module
 */
import { smallNetwork } from "../../../dynamics/mod.ts";
import type { Control, Matrix } from "../../../numerics/mod.ts";
import { randomStream } from "../../../numerics/mod.ts";
import type { Computation } from "../../study/study.ts";
import { type EnsembleGround, type EnsembleInput, SMALL } from "./ensemble_ground.ts";
import type { EnsembleRealization } from "./ensemble_record.ts";
import { ensembleFlow } from "./ensemble_flow.ts";
import { ensembleLangevin, ensemblePartition } from "./ensemble_heat.ts";
import { ensembleTangents } from "./ensemble_tangents.ts";
import { pilotProjection } from "./ensemble_pilot.ts";
import { rounded } from "./linearization_record.ts";
import { SMALL_INPUTS, smallImages } from "./small_images.ts";

/** Test images whose outputs are compared. */
const TEST_IMAGES = 2;

/** The realization of one seed. */
export const ensembleRealization: Computation<EnsembleInput, EnsembleRealization> = {
  module: import.meta.url,
  compute: async (input, { signal, onProgress }) => {
    const begun = performance.now();
    const part = (done: number, note: string): Control => ({
      signal,
      onProgress: (at) => onProgress?.({ done: done + at.done / at.total, total: 4, note }),
    });
    const images = await smallImages(input.n, TEST_IMAGES);
    const widths = [SMALL_INPUTS, ...new Array<number>(input.depth).fill(input.width), 1];
    const network = smallNetwork({
      ...{ widths, inputs: images.inputs, targets: images.targets },
      activation: "tanh",
    });
    const { dimension } = network;
    const starts = members(input.seed, input.members, dimension);
    const projection = await pilotProjection(network, input);
    const ground: EnsembleGround = { ...input, ...images, network, widths, starts, projection };
    const flow = await ensembleFlow(ground, part(0, "flows"));
    const tangents = await ensembleTangents(ground, part(1, "tangent flows"));
    const langevin = await ensembleLangevin(ground, part(2, "Langevin dynamics"));
    const partition = dimension <= SMALL
      ? await ensemblePartition(ground, part(3, "ln Z"))
      : undefined;
    return {
      ...{ seed: input.seed, dimension, projection: projection.rows, flow, tangents, langevin },
      ...(partition && { partition }),
      seconds: rounded((performance.now() - begun) / 1000, 3),
    };
  },
};

const members = (seed: number, rows: number, cols: number): Matrix => ({
  ...{ rows, cols },
  data: randomStream(seed, "ensembles/members").normal(rows * cols),
});
