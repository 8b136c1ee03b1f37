/**
 * Covariances of two images' pixels an offset apart, as planes of a thousand numbers or so that stay in
 * the processor's nearest cache.
 *
 * Offsets go round: a plane holds K and Θ of every pixel (y, x) of one image with the pixel
 * ((y + dy) mod height, (x + dx) mod width) of the other, in truth up to four offsets, dy and
 * dy − height, dx and dx − width. So all planes are full, and of the same form; only a window must not
 * look from one offset's part into another's.
 *
 * @module
 */
import { SLACK } from "./pixel_routines.ts";

/** Bytes of a float64. */
export const BYTES = 8;

export interface Shape {
  readonly height: number;
  readonly width: number;
}

/** Bytes of a plane. */
export const planeBytes = ({ height, width }: Shape): number => BYTES * height * width;

/** Bytes from a plane to the next: loops write behind it. */
export const planeStep = (shape: Shape): number => planeBytes(shape) + SLACK;

/** Bytes from what an offset turns to its next: there are two planes' rows, so that rows need not turn. */
export const turnedStep = (shape: Shape): number => 2 * planeBytes(shape) + SLACK;

/** K and Θ at one offset, in the memory of pixel_routines.ts. */
export interface OffsetPlanes extends Shape {
  /** Of a row and of a plane. */
  row: number;
  length: number;
  /** Where the next offset's part begins. */
  part: number;
  /** From the other image's first pixel, already turned by dx, to that of the first's. */
  shift: number;
  /** For windows, what is left and right of a pixel and counts. */
  masks: number;
  k: number;
  theta: number;
  spare: number;
}

/** All offsets from 0 that stand for those up to a reach in both directions. */
export function offsets(length: number, reach = Infinity): number[] {
  return Array.from({ length }, (_, d) => d).filter((d) => d <= reach || length - d <= reach);
}

/**
 * For each pair of pixels of a row two words of bits, −1 where what is left of them counts, then two
 * where what is right of them does.
 */
export function windowMasks(width: number, dx: number): bigint[] {
  const [first, last] = [[0, width - dx], [width - 1, width - dx - 1]];
  const bits = (x: number, out: readonly number[]) => x >= width || out.includes(x) ? 0n : -1n;
  return Array.from({ length: Math.ceil(width / 2) }, (_, pair) => {
    const both = [2 * pair, 2 * pair + 1];
    return [first, last].flatMap((out) => both.map((x) => bits(x, out)));
  }).flat();
}

/**
 * Where a pool of `size` takes a pixel's pair: among planes of the fewer pixels, one for each offset
 * (dy, dx) in that order. Rows are counted among all planes with the same dx, columns are numbers from
 * the row's first in the plane with dx = 0.
 */
export function poolTargets({ height, width }: Shape, size: number) {
  const [rows, columns] = [height / size, width / size];
  /** Of two pixels the blocks from one to the other, going round, and the first's. */
  const blocks = (length: number, offset: number) =>
    Array.from({ length }, (_, i) => {
      const [first, fewer] = [Math.floor(i / size), length / size];
      const other = Math.floor((i + offset) % length / size);
      return { apart: (other - first + fewer) % fewer, first };
    });
  return {
    rows: (dy: number) => blocks(height, dy).map(({ apart, first }) => apart * rows + first),
    columns: (dx: number) =>
      blocks(width, dx).map(({ apart, first }) => apart * rows * columns + first),
  };
}
