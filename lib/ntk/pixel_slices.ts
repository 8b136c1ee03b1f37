/**
 * Covariances of two images' pixels an offset apart: a few thousand numbers that stay in the
 * processor's nearest cache.
 *
 * @module
 */

/** Covariances of pixel p of one image with pixel q of another, p·pixels + q. */
export interface Covariances {
  readonly height: number;
  readonly width: number;
  readonly k: Float64Array;
  readonly theta: Float64Array;
}

/** K and Θ of the pixels (y, x) and (y + dy, x + dx), row by row, of a size that depends on it. */
export interface OffsetSlice {
  height: number;
  width: number;
  /** Index of the first image's first pixel and of the other's, and from row to row. */
  p: number;
  q: number;
  stride: number;
  k: Float64Array;
  theta: Float64Array;
  spare: Float64Array;
}

export function offsetSlice(size: number): OffsetSlice {
  const numbers = () => new Float64Array(size);
  const [k, theta, spare] = [numbers(), numbers(), numbers()];
  return { height: 0, width: 0, p: 0, q: 0, stride: 0, k, theta, spare };
}

export function place(
  slice: OffsetSlice,
  { height, width }: { readonly height: number; readonly width: number },
  dy: number,
  dx: number,
) {
  slice.height = height - Math.abs(dy);
  slice.width = width - Math.abs(dx);
  slice.p = Math.max(0, -dy) * width + Math.max(0, -dx);
  slice.q = Math.max(0, dy) * width + Math.max(0, dx);
  slice.stride = width;
}

/** Mean over channels of the product of two pixels, from images a channel after the other. */
export function fromImages(a: Float64Array, b: Float64Array, pixels: number) {
  const channels = a.length / pixels;
  const share = 1 / channels;
  return ({ height, width, p, q, stride, k, theta }: OffsetSlice) => {
    k.fill(0, 0, height * width);
    theta.fill(0, 0, height * width);
    for (let plane = 0; plane < channels * pixels; plane += pixels) {
      for (let y = 0, at = 0; y < height; y++) {
        let from = plane + p + y * stride, to = plane + q + y * stride;
        for (let x = 0; x < width; x++) k[at++] += share * a[from++] * b[to++];
      }
    }
  };
}

export function fromCovariances({ height: rows, width: columns, ...all }: Covariances) {
  const pixels = rows * columns;
  return ({ height, width, p, q, stride, k, theta }: OffsetSlice) => {
    for (let y = 0, at = 0; y < height; y++) {
      let from = (p + y * stride) * pixels + q + y * stride;
      for (let x = 0; x < width; x++, at++, from += pixels + 1) {
        k[at] = all.k[from];
        theta[at] = all.theta[from];
      }
    }
  };
}

/** Means over blocks of both pixels, offset by offset. */
export function pooling(
  { height, width }: { readonly height: number; readonly width: number },
  size: number,
) {
  const [rows, columns] = [height / size, width / size];
  const fewer = rows * columns;
  const block = Int32Array.from(
    { length: height * width },
    (_, p) => Math.floor(Math.floor(p / width) / size) * columns + Math.floor(p % width / size),
  );
  const blockRow = block.map((target) => target * fewer);
  const share = 1 / size ** 4;
  const [allK, allTheta] = [new Float64Array(fewer ** 2), new Float64Array(fewer ** 2)];
  const add = ({ height, width, p, q, stride, k, theta }: OffsetSlice) => {
    for (let y = 0, at = 0; y < height; y++) {
      let from = p + y * stride, to = q + y * stride;
      for (let x = 0; x < width; x++, at++) {
        const target = blockRow[from++] + block[to++];
        allK[target] += share * k[at];
        allTheta[target] += share * theta[at];
      }
    }
  };
  return { add, result: { height: rows, width: columns, k: allK, theta: allTheta } };
}

/** All (dy, dx) that two pixels can be apart, (0, 0) first. */
export function offsets({ height, width }: { readonly height: number; readonly width: number }) {
  const reach = (size: number) =>
    Array.from({ length: 2 * size - 1 }, (_, i) => i % 2 ? (i + 1) / 2 : -i / 2);
  return reach(height).flatMap((dy) => reach(width).map((dx) => [dy, dx] as const));
}
