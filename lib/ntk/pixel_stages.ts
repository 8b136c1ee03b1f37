/**
 * A network between its pools, and where its covariances are in the memory of pixel_routines.ts.
 *
 * @module
 */
import type { PixelOperation, PixelStep } from "../networks/mod.ts";
import { BYTES, planeBytes, planeStep, type Shape, turnedStep } from "./pixel_planes.ts";
import { RESERVED_BYTES, SLACK } from "./pixel_routines.ts";

/** A network of layers that have a step here, as its infinite limit sees it. */
export interface PixelNetwork extends Shape {
  readonly channels: number;
  readonly steps: readonly PixelStep[];
}

/** A layer in its place. */
export interface StageOperation extends Required<PixelOperation> {
  /** Whether parameters have been passed, so that Θ is not 0. */
  readonly weightsBelow: boolean;
  /** Of a relu: where its deviations are among all of an image's; their inverses follow. */
  readonly deviations: number;
  /** Of a relu: where the other image's, turned, are among all that are turned in the stage. */
  readonly turned: number;
}

/** The layers up to a pool, which is of 1 behind the last. */
export interface Stage extends Shape {
  readonly operations: readonly StageOperation[];
  readonly pool: number;
  /** The largest offset that the deviations before this and later relus hang on; −1 without such. */
  readonly reach: number;
}

/** Addresses; [a, b] of the two images of a pair. */
export interface PixelLayout {
  readonly images: readonly [number, number];
  readonly deviations: readonly [number, number];
  readonly deviationBytes: number;
  /** The planes of b that an offset turns. */
  readonly turned: number;
  /** Three planes. */
  readonly planes: readonly [number, number, number];
  /** A row of them. */
  readonly zeros: number;
  /** Of each stage. */
  readonly stages: readonly StageLayout[];
  readonly bytes: number;
}

/** What a stage has of its own. */
export interface StageLayout {
  /** K and Θ after its pool, a plane for each offset, and bytes of each of them. */
  readonly k: number;
  readonly theta: number;
  readonly bytes: number;
  /** K and Θ at one offset in columns and all in rows, after the pool of rows; 0 between offsets. */
  readonly rows: readonly [number, number];
  readonly rowsBytes: number;
  /** For each offset in columns the masks of windows. */
  readonly masks: number;
  /** For each offset in columns the targets of the pool, and in rows its groups. */
  readonly columns: number;
  readonly groups: number;
}

/** The stages of a network, and bytes of all deviations of an image. */
export function pixelStages({ height, width, channels, steps }: PixelNetwork) {
  const stages: Omit<Stage, "reach">[] = [];
  let [deviations, turned, weightsBelow] = [0, channels * turnedStep({ height, width }), false];
  let shape: Shape = { height, width };
  let operations: StageOperation[] = [];
  for (const step of [...steps, { pool: 1 }]) {
    if ("pool" in step) {
      const { pool } = step;
      stages.push({ ...shape, operations, pool });
      shape = { height: shape.height / pool, width: shape.width / pool };
      [operations, turned] = [[], 0];
    } else {
      const all = { variance: 0, tangent: 0, ...step };
      operations.push({ ...all, weightsBelow, deviations, turned });
      weightsBelow ||= all.variance > 0;
      if (step.operation === "rectify") {
        deviations += 2 * planeStep(shape);
        turned += 2 * turnedStep(shape);
      }
    }
  }
  return { stages: withReach(stages), deviationBytes: deviations };
}

/** Pixels no further apart than `reach` after a pool come from such as `size · (reach + 1) − 1` before. */
function withReach(stages: readonly Omit<Stage, "reach">[]): Stage[] {
  let reach = -1;
  return stages.toReversed().map((stage) => {
    if (reach >= 0) reach = stage.pool * (reach + 1) - 1;
    else if (stage.operations.some(({ operation }) => operation === "rectify")) reach = 0;
    return { ...stage, reach };
  }).reverse();
}

/** Where everything is. */
export function pixelLayout(
  network: PixelNetwork,
  stages: readonly Stage[],
  deviationBytes: number,
): PixelLayout {
  const { channels, width } = network;
  let bytes = RESERVED_BYTES;
  /** The address of so many more bytes. */
  const room = (more: number) => {
    const at = bytes;
    // A multiple of 64, the length of a line of the caches.
    bytes += Math.ceil((more + SLACK) / 64) * 64;
    return at;
  };
  const pair = (more: number) => [room(more), room(more)] as const;
  const row = BYTES * width;
  const relus = Math.max(
    ...stages.map(({ operations }) =>
      operations.filter(({ operation }) => operation === "rectify").length
    ),
  );
  return {
    images: pair(channels * planeStep(network)),
    deviations: pair(deviationBytes),
    deviationBytes,
    turned: room((channels + 2 * relus) * turnedStep(network)),
    planes: [...pair(planeStep(network)), room(planeStep(network))],
    zeros: room(row),
    stages: stages.map((stage) => {
      const after = planeBytes(stage) / stage.pool ** 2;
      const pooled = after ** 2 / BYTES;
      const rows = (stage.height / stage.pool) ** 2 * rowsStep(stage);
      return {
        k: room(pooled),
        theta: room(pooled),
        bytes: pooled,
        rows: pair(rows),
        rowsBytes: rows,
        masks: room(stage.width * masksStep(stage)),
        columns: room(stage.width * columnsStep(stage)),
        groups: room(stage.height * groupsStep(stage)),
      };
    }),
    get bytes() {
      return bytes;
    },
  };
}

/** From the masks of an offset to the next's. */
export const masksStep = ({ width }: Shape): number => 4 * BYTES * Math.ceil(width / 2) + SLACK;

/** From a row that a pool has summed to the next: whole pairs. */
export const rowsStep = ({ width }: Shape): number => 2 * BYTES * Math.ceil(width / 2);

/** Of an integer. */
const INTEGER = 4;

export const columnsStep = ({ width }: Shape): number => INTEGER * width;

/** From the groups of an offset to the next's: as many at most as there are rows. */
export const groupsStep = ({ height }: Shape): number => 3 * INTEGER * height;
