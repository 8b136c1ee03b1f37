/**
 * What stands round the planes of an offset: what is turned for it, where they come from and what pool
 * they go into.
 *
 * @module
 */
import type { PixelEngine } from "./pixel_operations.ts";
import {
  BYTES,
  type OffsetPlanes,
  planeBytes,
  planeStep,
  poolTargets,
  type Shape,
  turnedStep,
  windowMasks,
} from "./pixel_planes.ts";
import {
  columnsStep,
  groupsStep,
  masksStep,
  rowsStep,
  type Stage,
  type StageLayout,
  type StageOperation,
} from "./pixel_stages.ts";

type Image = Shape & { readonly channels: number };

/** Puts an image's channels as planes one after the other. */
export function putImage(
  numbers: Float64Array,
  at: number,
  { channels, ...shape }: Image,
  image: Float64Array,
) {
  const [pixels, step] = [planeBytes(shape) / BYTES, planeStep(shape) / BYTES];
  for (let c = 0; c < channels; c++) {
    const plane = at / BYTES + c * step;
    for (let p = 0; p < pixels; p++) numbers[plane + p] = image[p * channels + c];
  }
}

/** Planes one after the other, with rows turned by an offset, each twice, so that rows need no turning. */
function turn(
  { routines }: PixelEngine,
  shape: Shape,
  dx: number,
  { from, to, count }: { readonly from: number; readonly to: number; readonly count: number },
) {
  const [length, row] = [planeBytes(shape), BYTES * shape.width];
  for (let i = 0; i < count; i++) {
    const [source, target] = [from + i * planeStep(shape), to + i * turnedStep(shape)];
    routines.turned(source, target, length, row, dx * BYTES);
    routines.turned(source, target + length, length, row, dx * BYTES);
  }
}

/** Turns the other image's deviations before a relu. */
export function turnDeviations(
  engine: PixelEngine,
  shape: Shape,
  dx: number,
  { operation, deviations, turned }: StageOperation,
) {
  if (operation !== "rectify") return;
  const from = engine.layout.deviations[1] + deviations;
  turn(engine, shape, dx, { from, to: engine.layout.turned + turned, count: 2 });
}

export function turnImage(engine: PixelEngine, { channels, ...shape }: Image, dx: number) {
  const { images: [, from], turned: to } = engine.layout;
  turn(engine, shape, dx, { from, to, count: channels });
}

/** Mean over channels of the products of two images' pixels, the other one turned; Θ is 0. */
export function fromImages(
  { routines, numbers, layout: { images: [a], turned } }: PixelEngine,
  { channels, ...shape }: Image,
  { k, theta, length, shift }: OffsetPlanes,
) {
  const [step, bStep] = [planeStep(shape), turnedStep(shape)];
  routines.products(k, length, a, step, a + channels * step, turned + shift, bStep, 1 / channels);
  numbers.fill(0, theta / BYTES, (theta + length) / BYTES);
}

/** What the stage before has left at an offset. */
export function fromPooled(
  numbers: Float64Array,
  pooled: StageLayout,
  { k, theta, width, length }: OffsetPlanes,
  [dy, dx]: readonly [number, number],
) {
  const at = (dy * width + dx) * length;
  for (const [from, to] of [[pooled.k + at, k], [pooled.theta + at, theta]]) {
    numbers.copyWithin(to / BYTES, from / BYTES, (from + length) / BYTES);
  }
}

/** Sums over the blocks' rows, added to what was 0 before the first of the offsets in rows. */
export function intoPool(
  { routines }: PixelEngine,
  stage: Stage,
  { groups, rows }: StageLayout,
  { k, theta, row }: OffsetPlanes,
  dy: number,
  groupCounts: readonly number[],
) {
  const first = groups + dy * groupsStep(stage), last = first + 12 * groupCounts[dy];
  routines.poolRows(k, rows[0], row, first, last);
  routines.poolRows(theta, rows[1], row, first, last);
}

/** Means over blocks of both pixels from these sums, added to what was 0 before the first offset. */
export function throughPool(
  { routines }: PixelEngine,
  stage: Stage,
  { rows, rowsBytes, columns, ...pooled }: StageLayout,
  dx: number,
) {
  const { height, width, pool } = stage;
  const [fewerRows, fewer] = [height / pool, width / pool];
  const row = BYTES * width, targets = columns + dx * columnsStep(stage);
  const step = rowsStep(stage), sameOffset = fewerRows * step, plane = BYTES * fewerRows * fewer;
  [pooled.k, pooled.theta].forEach((to, i) => {
    for (let from = rows[i]; from < rows[i] + rowsBytes; from += sameOffset) {
      const end = from + sameOffset;
      routines.poolColumns(from, step, end, to, BYTES * fewer, row, targets, 1 / pool ** 4);
      to += fewer * plane;
    }
  });
}

/**
 * Writes the tables that a stage's windows and its pool go by.
 *
 * @returns of each offset in rows how many groups the pool has
 */
export function putTables(
  { buffer }: Float64Array,
  stage: Stage,
  { masks, columns, groups }: StageLayout,
): number[] {
  const { height, width, pool } = stage;
  const row = BYTES * width;
  const targets = poolTargets(stage, pool);
  const integers = (at: number, values: readonly number[]) =>
    new Int32Array(buffer, at, values.length).set(values);
  for (let dx = 0; dx < width; dx++) {
    const bits = windowMasks(width, dx);
    new BigInt64Array(buffer, masks + dx * masksStep(stage), bits.length).set(bits);
    integers(columns + dx * columnsStep(stage), targets.columns(dx).map((to) => BYTES * to));
  }
  return Array.from({ length: height }, (_, dy) => {
    const rows = targets.rows(dy);
    const found: number[] = [];
    for (let y = 0, next = 0; y < height; y = next) {
      while (next < height && rows[next] === rows[y]) next++;
      found.push(y * row, (next - y) * row, rows[y] * rowsStep(stage));
    }
    integers(groups + dy * groupsStep(stage), found);
    return found.length / 3;
  });
}
