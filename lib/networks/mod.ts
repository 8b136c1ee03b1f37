/**
 * Architectures with their forward map, jvp and vjp. Layers know TensorFlow; whoever trains or
 * linearizes a network knows only {@link Network}.
 *
 * @module
 */
export { fullyConnected, type FullyConnectedOptions } from "./fully_connected.ts";
export { myrtle10, myrtle5, myrtle7, type MyrtleOptions } from "./myrtle.ts";
export type { Architecture, ArchitectureOptions } from "./architecture.ts";
export {
  type ArchitectureName,
  architectureNames,
  architectures,
  type NamedNetworkOptions,
  networkNamed,
} from "./architectures.ts";
export type { Network, Pullback } from "./network.ts";
export type { InitializationOptions, Parametrization } from "./parametrization.ts";
export type { Layer, ParameterSpecification, Pass } from "./layers.ts";
export {
  isDense,
  type TangentKernel,
  tangentKernel,
  type TangentKernelFamily,
} from "./tangent_kernel.ts";
export { flatten, type TensorLike, toArray, unflatten } from "./tensors.ts";
