/**
 * What layers do to covariances of pixels an offset apart, by the names that their pixel steps carry.
 *
 * @module
 */
import type { PixelOperation } from "../networks/mod.ts";
import { BYTES, type OffsetPlanes, planeStep, turnedStep } from "./pixel_planes.ts";
import type { PixelRoutines } from "./pixel_routines.ts";
import type { PixelLayout, StageOperation } from "./pixel_stages.ts";

/** What operations work with. */
export interface PixelEngine {
  readonly routines: PixelRoutines;
  /** The memory of the routines. */
  readonly numbers: Float64Array;
  readonly layout: PixelLayout;
}

type Operation = (engine: PixelEngine, planes: OffsetPlanes, operation: StageOperation) => void;

/** Each changes the planes in place, or their addresses. */
export const pixelOperations: Readonly<Record<PixelOperation["operation"], Operation>> = {
  convolve3x3: convolve,
  rectify({ routines, layout }, planes, { deviations, turned }) {
    const { k, theta, length, shift } = planes;
    const [a, b] = [layout.deviations[0] + deviations, layout.turned + turned + shift];
    routines.rectify(k, theta, length, a, planeStep(planes), b, turnedStep(planes));
  },
  scale({ numbers }, planes, { variance, tangent }) {
    everyPixel(planes, (k, theta) => {
      numbers[k] *= variance;
      numbers[theta] = variance * numbers[theta] + tangent * numbers[k];
    });
  },
  shift({ routines }, { k, theta, length }, { variance, tangent }) {
    routines.increased(k, length, variance);
    routines.increased(theta, length, tangent * variance);
  },
  keep() {},
};

/** K(p, q) → variance/9 Σ_δ K(p + δ, q + δ), zero beyond the image. */
function convolve(
  { routines, layout: { zeros } }: PixelEngine,
  planes: OffsetPlanes,
  { variance, tangent, weightsBelow }: StageOperation,
) {
  const { k, theta, spare, row, length, part, masks } = planes;
  const share = variance / 9;
  const parts = part < length ? [[0, part], [part, length]] : [[0, length]];
  for (const [start, end] of parts) {
    routines.windowSums(k, spare, start, end, row, masks, zeros, share, 0, 0);
  }
  planes.k = spare;
  if (weightsBelow) {
    for (const [start, end] of parts) {
      routines.windowSumsAnd(theta, k, start, end, row, masks, zeros, share, spare, tangent);
    }
    planes.theta = k;
    planes.spare = theta;
  } else {
    routines.multiples(spare, theta, length, tangent);
    planes.spare = k;
  }
}

/** Indices into the numbers of K and Θ, one pixel after the other. */
function everyPixel(
  { k, theta, length }: OffsetPlanes,
  change: (k: number, theta: number) => void,
) {
  for (let at = 0; at < length; at += BYTES) change((k + at) / BYTES, (theta + at) / BYTES);
}

/**
 * The standard deviations of an image's own pixels, from its covariances at no offset, and 1/them (0
 * for 0), as those of both images.
 */
export function recordDeviations(
  { numbers, layout }: PixelEngine,
  planes: OffsetPlanes,
  { deviations }: StageOperation,
) {
  const inverse = planeStep(planes) / BYTES;
  for (const image of layout.deviations) {
    const from = (image + deviations - planes.k) / BYTES;
    everyPixel(planes, (k) => {
      const value = Math.sqrt(numbers[k]);
      numbers[k + from] = value;
      numbers[k + from + inverse] = value > 0 ? 1 / value : 0;
    });
  }
}
