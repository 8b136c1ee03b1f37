/**
 * Networks in training: gradient flow, integrated by one of the solvers, that of the linearized
 * network, and descent, by one of the optimizers; each gives its path as a {@link Trajectory}.
 *
 * @module
 */
export {
  descend,
  type Descent,
  type DescentCheckpoint,
  type DescentOptions,
  type DescentState,
  type TrainingSet,
} from "./descent.ts";
export { type GradientNoise, gradientNoise } from "./gradient_noise.ts";
export { gradientFlow } from "./gradient_flow.ts";
export type {
  EventEntry,
  FlowCheckpoint,
  FlowState,
  GradientFlow,
  GradientFlowOptions,
} from "./gradient_flow_options.ts";
export {
  type HessianPart,
  hessianVectorProduct,
  type HessianVectorProductOptions,
} from "./hessian.ts";
export { linearizedFlow } from "./linearized_flow.ts";
export type {
  LinearizedFlow,
  LinearizedFlowCheckpoint,
  LinearizedFlowOptions,
  LinearizedFlowState,
} from "./linearized_flow_options.ts";
export type { FlowSolver, SolverName } from "./solvers/mod.ts";
export {
  adam,
  constantSpeed,
  gradientDescent,
  heavyBall,
  nesterov,
  type Optimizer,
  type OptimizerName,
  type OptimizerState,
  type OptimizerUpdate,
  rmsprop,
} from "./optimizers/mod.ts";
export { type LossAndGradient, squaredError, testColumns, type TestSet } from "./squared_error.ts";
export { type TopCurvature, topCurvature, type TopCurvatureOptions } from "./top_curvature.ts";
export type { Trajectory } from "./trajectory.ts";
