/**
 * Architectures with their forward map, jvp and vjp. Layers know TensorFlow; whoever trains or
 * linearizes a network knows only {@link Network}.
 *
 * @module
 */
export { fullyConnected, type FullyConnectedOptions } from "./fully_connected.ts";
export { myrtle5, type Myrtle5Options } from "./myrtle.ts";
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
