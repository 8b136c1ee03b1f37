/**
 * Layers, one a file, each with all its mathematics: forward map, derivatives both ways, recursion of
 * the infinite kernels, factors of the empirical kernel, product in the space of samples. Whoever
 * walks through a network asks its layers, and knows none of them.
 *
 * @module
 */
export { averagePool } from "./average_pool.ts";
export { bias } from "./bias.ts";
export { convolution } from "./convolution.ts";
export { dense } from "./dense.ts";
export { type DualActivation, quadratureDual } from "./dual_activations.ts";
export { erf } from "./erf.ts";
export { flatten } from "./flatten.ts";
export { gelu } from "./gelu.ts";
export type { PixelOperation, PixelStep, WideKernels, WideVariances } from "./infinite_width.ts";
export type { KernelFactors, KernelPart, KernelRows } from "./kernel_parts.ts";
export { forwardPasses, forwardStep, heldNumbers } from "./forward.ts";
export { type Layer, NO_CURVATURE, type VjpTangent } from "./layer.ts";
export type { Change, ParameterSpecification, Pass } from "./pass.ts";
export { type Activation, nonlinearity } from "./nonlinearity.ts";
export { relu } from "./relu.ts";
export type { SampleProduct } from "./sample_product.ts";
export { changesAlong, tangentBack } from "./tangent_walk.ts";
export { TWIN_SHARES, twins } from "./twins.ts";
