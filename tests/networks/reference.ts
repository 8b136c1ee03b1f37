/**
 * Networks in plain float64 loops, written from their definition and sharing nothing with the
 * library: the oracle for values and, by finite differences, for derivatives.
 */
import type { Tensor } from "../../lib/numerics/mod.ts";

/** A parameter tensor in float64. */
export interface Values {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export const float64 = (tensors: readonly Tensor[]): Values[] =>
  tensors.map(({ shape, data }) => ({ shape, data: Float64Array.from(data) }));

/** What the scales are, as in the networks' options. */
export interface Scales {
  readonly weightStd: number;
  readonly biasStd: number;
  readonly parametrization: "standard" | "ntk";
}

type Nonlinearity = (x: number) => number;
export const relu: Nonlinearity = (x) => Math.max(0, x);

/** erf to double precision: the Maclaurin series below 3, the continued fraction beyond. */
export const erf: Nonlinearity = (x) => {
  const z = Math.abs(x);
  if (z > 3) {
    let fraction = 0;
    for (let k = 60; k > 0; k--) fraction = k / 2 / (z + fraction);
    return Math.sign(x) * (1 - Math.exp(-z * z) / Math.sqrt(Math.PI) / (z + fraction));
  }
  let [term, total] = [x, x];
  for (let k = 1; k < 80; k++) {
    term *= -x * x / k;
    total += term / (2 * k + 1);
  }
  return total * 2 / Math.sqrt(Math.PI);
};

/** x Φ(x). */
export const gelu: Nonlinearity = (x) => x * (1 + erf(x * Math.SQRT1_2)) / 2;

/** Takes parameters one after the other, each multiplied as its parametrization says. */
function takeFrom(parameters: readonly Values[], scales: Scales) {
  let next = 0;
  const ntk = scales.parametrization === "ntk";
  const scaled = ({ data }: Values, factor: number) => ntk ? data.map((v) => v * factor) : data;
  return {
    weight() {
      const value = parameters[next++];
      const fanIn = value.shape.slice(0, -1).reduce((a, b) => a * b, 1);
      return { shape: value.shape, data: scaled(value, scales.weightStd / Math.sqrt(fanIn)) };
    },
    bias: () => scales.biasStd > 0 ? scaled(parameters[next++], scales.biasStd) : undefined,
  };
}

function dense(x: Float64Array, weight: Values, bias?: Float64Array): Float64Array {
  const [rows, columns] = weight.shape;
  return Float64Array.from({ length: columns }, (_, j) => {
    let total = bias?.[j] ?? 0;
    for (let i = 0; i < rows; i++) total += x[i] * weight.data[i * columns + j];
    return total;
  });
}

/** 3×3, zero padding. */
function convolve(
  x: Float64Array,
  size: number,
  weight: Values,
  bias?: Float64Array,
): Float64Array {
  const [, , inputs, outputs] = weight.shape;
  const y = new Float64Array(size * size * outputs);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      for (let o = 0; o < outputs; o++) {
        let total = bias?.[o] ?? 0;
        for (let dr = -1; dr <= 1; dr++) {
          for (let dc = -1; dc <= 1; dc++) {
            const [r, c] = [row + dr, column + dc];
            if (r < 0 || c < 0 || r >= size || c >= size) continue;
            for (let i = 0; i < inputs; i++) {
              total += x[(r * size + c) * inputs + i] *
                weight.data[(((dr + 1) * 3 + dc + 1) * inputs + i) * outputs + o];
            }
          }
        }
        y[(row * size + column) * outputs + o] = total;
      }
    }
  }
  return y;
}

function pool(x: Float64Array, size: number): Float64Array {
  const channels = x.length / size ** 2;
  const half = size / 2;
  return Float64Array.from({ length: half * half * channels }, (_, index) => {
    const channel = index % channels;
    const column = Math.floor(index / channels) % half;
    const row = Math.floor(index / channels / half);
    const pixel = (dr: number, dc: number) =>
      x[((2 * row + dr) * size + 2 * column + dc) * channels + channel];
    return (pixel(0, 0) + pixel(0, 1) + pixel(1, 0) + pixel(1, 1)) / 4;
  });
}

/** Outputs of a fully connected network for one image. */
export function fullyConnectedReference(
  image: Float64Array,
  parameters: readonly Values[],
  depth: number,
  activation: Nonlinearity,
  scales: Scales,
): Float64Array {
  const take = takeFrom(parameters, scales);
  let x = image;
  for (let layer = 0; layer < depth; layer++) {
    if (layer > 0) x = x.map(activation);
    const weight = take.weight();
    x = dense(x, weight, take.bias());
  }
  return x;
}

/** Outputs of a Myrtle network for one image of 32×32 pixels. */
export function myrtleReference(
  image: Float64Array,
  parameters: readonly Values[],
  scales: Scales,
  [first, second, third]: readonly [number, number, number] = [2, 1, 1],
): Float64Array {
  const take = takeFrom(parameters, scales);
  const blocks = (x: Float64Array, size: number, count: number) => {
    for (let i = 0; i < count; i++) {
      const weight = take.weight();
      x = convolve(x, size, weight, take.bias()).map(relu);
    }
    return x;
  };
  let x = pool(blocks(image, 32, first), 32);
  x = pool(blocks(x, 16, second), 16);
  x = pool(pool(pool(blocks(x, 8, third), 8), 4), 2);
  const weight = take.weight();
  return dense(x, weight, take.bias());
}
