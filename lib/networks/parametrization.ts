/**
 * Standard and ntk parametrization of weights and biases.
 *
 * @module
 */
import { checkNumber, checkOneOf, checkPositive, maybe } from "../numerics/checks.ts";
import { elementCount } from "../numerics/tensor.ts";
import type { ParameterSpecification } from "./layers/mod.ts";

/**
 * `"standard"` draws w ~ N(0, W_std²/fan_in) and b ~ N(0, b_std²); `"ntk"` draws N(0, 1) and
 * multiplies by W_std/√fan_in and b_std in the forward map. Both give the same law of functions at
 * initialization, and different kernels.
 */
export type Parametrization = "standard" | "ntk";

/** The scales that every architecture takes. */
export interface InitializationOptions {
  /** W_std; √2 keeps the signal's size through relu layers. */
  readonly weightStd?: number;
  /** b_std; 0 means that there are no biases. */
  readonly biasStd?: number;
  readonly parametrization?: Parametrization;
}

const PARAMETRIZATIONS: readonly Parametrization[] = ["standard", "ntk"];

/** The options with defaults filled in. */
export type Initialization = Required<InitializationOptions>;

/** What the scales may be, as a check of options takes it. */
export const INITIALIZATION_CHECKS = {
  weightStd: maybe(checkPositive),
  biasStd: maybe(checkNumber, { least: 0 }),
  parametrization: maybe(checkOneOf<Parametrization>, PARAMETRIZATIONS),
} as const;

/** The scales of a weight tensor whose last axis counts the outputs. */
export function weightSpecification(
  shape: readonly number[],
  { weightStd, parametrization }: Initialization,
): ParameterSpecification {
  const fanIn = elementCount(shape.slice(0, -1));
  return specification(shape, weightStd / Math.sqrt(fanIn), parametrization);
}

/** The scales of a bias vector. */
export function biasSpecification(
  length: number,
  { biasStd, parametrization }: Initialization,
): ParameterSpecification {
  return specification([length], biasStd, parametrization);
}

const specification = (
  shape: readonly number[],
  std: number,
  parametrization: Parametrization,
): ParameterSpecification =>
  parametrization === "ntk"
    ? { shape, initialStd: 1, multiplier: std }
    : { shape, initialStd: std, multiplier: 1 };
