/**
 * "Speed Limits for Deep Learning" as a library: dynamics, kernels and thermodynamic bounds, the
 * experiments of the paper, their figures and what a notebook's cell needs. What a notebook imports,
 * and what a package gives by its bare name.
 *
 * @module
 */
export * from "./bounds/mod.ts";
export * from "./datasets/mod.ts";
export * from "./dynamics/mod.ts";
export * from "./experiments/mod.ts";
export * from "./figures/mod.ts";
export * from "./networks/mod.ts";
export * from "./notebook/mod.ts";
export * from "./ntk/mod.ts";
export * from "./numerics/mod.ts";
export * from "./recordings/mod.ts";
export * from "./statistics/mod.ts";
export { tensorflow } from "./tensorflow/mod.ts";
