/**
 * What layers of infinite width pass on: covariances of their values, and tangent kernels.
 *
 * @module
 */
import { elementCount } from "../../numerics/tensor.ts";
import type { ParameterSpecification } from "./layer.ts";

/**
 * NNGP K and NTK Θ between rows and columns, row-major: each a sample, or each a pixel of one image
 * and of another.
 */
export interface WideKernels {
  readonly k: Float64Array;
  readonly theta: Float64Array;
}

/** E x² of each row and each column; the same array where both are the same list. */
export interface WideVariances {
  readonly rows: Float64Array;
  readonly cols: Float64Array;
}

/**
 * What a layer does to pairs of pixels an offset apart, as plain data that reach a thread: the name of
 * one of ntk's pixel operations with what it takes, or the size of a pool, which mixes offsets.
 */
export type PixelStep = PixelOperation | { readonly pool: number };

/** A {@link PixelStep} that keeps the offset. */
export interface PixelOperation extends Partial<Share> {
  readonly operation: "convolve3x3" | "rectify" | "scale" | "shift" | "keep";
}

/** What the parameters of a layer add to the kernels. */
export interface Share {
  /** To the NNGP: W_std² times what comes in, or b_std². */
  readonly variance: number;
  /**
   * To the NTK, in units of what they add to the NNGP: the derivative is by the raw values, so 1/their
   * variance; 1 with the ntk parametrization.
   */
  readonly tangent: number;
}

/** The share of weights whose last axis counts the outputs. */
export function weightShare({ shape, multiplier, initialStd }: ParameterSpecification): Share {
  const fanIn = elementCount(shape.slice(0, -1));
  return { variance: (multiplier * initialStd) ** 2 * fanIn, tangent: 1 / initialStd ** 2 };
}

/** The share of biases. */
export function biasShare({ multiplier, initialStd }: ParameterSpecification): Share {
  return { variance: (multiplier * initialStd) ** 2, tangent: 1 / initialStd ** 2 };
}
