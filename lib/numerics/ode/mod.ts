/**
 * The one integrator, its parts kept apart: a *term* is a right-hand side, a *solver* makes one
 * attempt at a step, a *controller* judges it and chooses the next, a *recorder* keeps what is
 * asked for of the steps that stand, and a state of plain values is what a *checkpoint* holds.
 *
 * @module
 */
export type { Checkpoint } from "./checkpoint.ts";
export { constant, proportional, type StepController } from "./controller.ts";
export { type Interruption, interruption } from "./interruption.ts";
export { type Maybe, type Steps, unfold, wait } from "./maybe.ts";
export {
  evenTimes,
  lookUp,
  type OdeOptions,
  type OdeState,
  solveOde,
  startState,
  StepFailure,
  type StepRecorder,
  type TakenStep,
} from "./solve_ode.ts";
export type { LookUpStart, Solver, StepAttempt, StepCurve, StepStart } from "./solver.ts";
export { type StepCubic, stepCubic } from "./step_cubic.ts";
export type { LargestEigenvalue, OdePoint, OdeTerm } from "./term.ts";
