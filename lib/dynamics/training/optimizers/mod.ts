/**
 * Optimizers, one a file, behind two small functions: the state before the first step, and the step
 * that a state and a gradient make. `descend` runs any of them, by name or as an object.
 *
 * @module
 */
export { adam, type AdamState } from "./adam.ts";
export { checkOptimizer, chosenOptimizer, type OptimizerName } from "./chosen_optimizer.ts";
export { constantSpeed } from "./constant_speed.ts";
export { gradientDescent } from "./gradient_descent.ts";
export { heavyBall, type Velocity } from "./heavy_ball.ts";
export { nesterov } from "./nesterov.ts";
export type { Optimizer, OptimizerState, OptimizerUpdate } from "./optimizer.ts";
export { rmsprop } from "./rmsprop.ts";
