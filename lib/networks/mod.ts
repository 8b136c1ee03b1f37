/**
 * Architectures with their forward map, jvp and vjp. Layers know TensorFlow; whoever trains or
 * linearizes a network knows only {@link Network}.
 *
 * @module
 */
export { antisymmetric } from "./antisymmetric.ts";
export { centred, type CentredOptions } from "./centred.ts";
export { fullyConnected, type FullyConnectedOptions } from "./fully_connected.ts";
export { myrtle10, myrtle5, myrtle7, type MyrtleOptions } from "./myrtle.ts";
export type { Architecture, ArchitectureOptions } from "./architecture.ts";
export {
  architectureDefaults,
  type ArchitectureName,
  architectureNames,
  architectures,
  type NamedNetworkOptions,
  networkNamed,
} from "./architectures.ts";
export type { Added, Network, Pullback } from "./network.ts";
export {
  type PullbackTangent,
  pullbackTangent,
  type PullbackTangentOptions,
} from "./pullback_tangent.ts";
export type { InitializationOptions, Parametrization } from "./parametrization.ts";
export { scaled } from "./scaled.ts";
export { type ActivationName, activationNames, activationOf } from "./activations.ts";
export {
  type Activation,
  type Change,
  type DualActivation,
  type KernelFactors,
  type KernelPart,
  type KernelRows,
  type Layer,
  type ParameterSpecification,
  type Pass,
  type PixelOperation,
  type PixelStep,
  quadratureDual,
  type SampleProduct,
  type VjpTangent,
  type WideKernels,
  type WideVariances,
} from "./layers/mod.ts";
export {
  isDense,
  type TangentKernel,
  tangentKernel,
  type TangentKernelFamily,
} from "./tangent_kernel.ts";
export {
  batchPasses,
  flatten,
  imageCount,
  type TensorLike,
  toArray,
  unflatten,
} from "./tensors.ts";
