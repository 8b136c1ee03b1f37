/**
 * Trajectories in time: each dynamics here takes a network or a potential and gives the path of its
 * weights, as a {@link Trajectory} or a law, to whoever bounds or draws it.
 *
 * @module
 */
export { descend, type Descent, type DescentOptions, type TrainingSet } from "./descent.ts";
export { type LossAndGradient, squaredError, testColumns, type TestSet } from "./squared_error.ts";
export type { Trajectory } from "./trajectory.ts";
