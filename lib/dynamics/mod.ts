/**
 * Trajectories in time: each dynamics here takes a network or a potential and gives the path of its
 * weights, as a {@link Trajectory} or a law, to whoever bounds or draws it.
 *
 * @module
 */
export * from "./ensembles/mod.ts";
export * from "./laws/mod.ts";
export * from "./linear/mod.ts";
export * from "./training/mod.ts";
