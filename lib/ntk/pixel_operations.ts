/**
 * What layers do to covariances of pixels an offset apart, by the names that their pixel steps carry.
 *
 * @module
 */
import type { PixelOperation } from "../networks/mod.ts";
import { arcsineRatio } from "./arcsine_ratio.ts";
import type { OffsetSlice } from "./pixel_slices.ts";

/** Standard deviations of an image's pixels and 1/them (0 for 0). */
export interface Deviations {
  readonly values: Float64Array;
  readonly inverses: Float64Array;
}

/** Where in the network a slice is. */
export interface Walk {
  /** Whether parameters have been passed, so that Θ is not 0. */
  weightsBelow: boolean;
  /** Number of the next relu. */
  relu: number;
  /** Deviations of both images' pixels before each relu. */
  readonly rows: readonly Deviations[];
  readonly cols: readonly Deviations[];
  /** Where an image's own deviations are written, as long as it is unshifted and with itself. */
  readonly found?: Deviations[];
}

type Share = Required<Pick<PixelOperation, "variance" | "tangent">>;

/** Each changes the slice in place. */
export const pixelOperations: Readonly<
  Record<PixelOperation["operation"], (slice: OffsetSlice, share: Share, walk: Walk) => void>
> = {
  convolve3x3: convolve,
  rectify(slice, _, walk) {
    walk.found?.push(deviations(slice));
    rectify(slice, walk.rows[walk.relu], walk.cols[walk.relu]);
    walk.relu++;
  },
  scale,
  shift,
  keep() {},
};

/** K(p, q) → variance/9 Σ_δ K(p + δ, q + δ), zero beyond the image. */
function convolve(slice: OffsetSlice, { variance, tangent }: Share, { weightsBelow }: Walk) {
  const size = slice.height * slice.width;
  slice.k = windowSums(slice, slice.k, variance / 9);
  if (weightsBelow) {
    slice.theta = windowSums(slice, slice.theta, variance / 9);
    const { k, theta } = slice;
    for (let at = 0; at < size; at++) theta[at] += tangent * k[at];
  } else {
    const { k, theta } = slice;
    for (let at = 0; at < size; at++) theta[at] = tangent * k[at];
  }
}

/** Sums over windows of 3 × 3, put in the spare numbers, which change places with the values. */
function windowSums(slice: OffsetSlice, values: Float64Array, scale: number): Float64Array {
  const { height, width, spare } = slice;
  // Behind the values there is a row of zeros, for what is beyond the image.
  const zeros = values.length - slice.stride;
  for (let y = 0; y < height; y++) {
    let at = y * width;
    let above = y > 0 ? at - width : zeros, below = y < height - 1 ? at + width : zeros;
    let left = 0, here = values[above++] + values[at] + values[below++];
    for (const last = at + width - 1; at < last; at++) {
      const right = values[above++] + values[at + 1] + values[below++];
      spare[at] = scale * (left + here + right);
      left = here;
      here = right;
    }
    spare[at] = scale * (left + here);
  }
  slice.spare = values;
  return spare;
}

/** The arc-cosine kernels of all pixel pairs, with the angle 2 asin √((1 − |cosine|)/2) or π minus it. */
function rectify(
  { height, width, p, q, stride, k, theta }: OffsetSlice,
  a: Deviations,
  b: Deviations,
) {
  const half = 1 / (2 * Math.PI);
  for (let y = 0, at = 0; y < height; y++) {
    let from = p + y * stride, to = q + y * stride;
    for (let x = 0; x < width; x++, at++, from++, to++) {
      // A black pixel's cosine is 0: its derivative is that of the relu at 0, on average ½.
      const cosine = k[at] * a.inverses[from] * b.inverses[to];
      const away = (1 - Math.abs(cosine)) / 2;
      // Of parallel pixels an ulp is left, whose root would be an angle of 10⁻⁸.
      const u = away > 3e-16 ? away : 0;
      const chord = 2 * Math.sqrt(u);
      const angle = chord * arcsineRatio(u);
      const rest = cosine >= 0 ? Math.PI - angle : angle;
      theta[at] *= half * rest;
      k[at] = half * a.values[from] * b.values[to] *
        (chord * Math.sqrt(1 - u) + rest * cosine);
    }
  }
}

function scale({ height, width, k, theta }: OffsetSlice, { variance, tangent }: Share) {
  for (let at = 0; at < height * width; at++) {
    k[at] *= variance;
    theta[at] = variance * theta[at] + tangent * k[at];
  }
}

function shift({ height, width, k, theta }: OffsetSlice, { variance, tangent }: Share) {
  for (let at = 0; at < height * width; at++) {
    k[at] += variance;
    theta[at] += tangent * variance;
  }
}

/** The standard deviations of an image's own pixels, from its slice at no offset. */
function deviations({ height, width, k }: OffsetSlice): Deviations {
  const values = k.slice(0, height * width).map(Math.sqrt);
  return { values, inverses: values.map((value) => value > 0 ? 1 / value : 0) };
}
