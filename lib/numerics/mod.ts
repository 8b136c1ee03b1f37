/**
 * Numbers and nothing else: matrices and vectors in float64 and their linear algebra, integrals,
 * sums that survive cancellation, and streams of random numbers that a seed gives again.
 *
 * Everything above may stand on this room; it knows none of it.
 *
 * @module
 */
export { type LinearAlgebra, linearAlgebra } from "./backend.ts";
export {
  checkInteger,
  checkLength,
  checkNumber,
  checkOneOf,
  checkPositive,
} from "./public_checks.ts";
export type { Control, WorkProgress } from "./control.ts";
export { type Eigen, eigh, type EighOptions, eighSync } from "./eigh.ts";
export {
  cholesky,
  multiply,
  type MultiplyOptions,
  type SingularValues,
  solvePositiveDefinite,
  svd,
  type SvdOptions,
} from "./linear_algebra.ts";
export {
  lanczos,
  type LanczosOptions,
  type SymmetricProduct,
  type Tridiagonal,
} from "./lanczos.ts";
export { type Matrix, type MatrixLike, toMatrix, toRows, toVector } from "./matrix.ts";
export {
  type Checkpoint,
  constant,
  evenTimes,
  type Interruption,
  interruption,
  type LookUpStart,
  type Maybe,
  type OdePoint,
  type OdeState,
  type OdeTerm,
  proportional,
  solveOde,
  type Solver,
  startState,
  type StepAttempt,
  type StepController,
  type StepCurve,
  StepFailure,
  type StepRecorder,
  type StepStart,
  type TakenStep,
  unfold,
} from "./ode/mod.ts";
export { normalCdf, normalQuantile } from "./normal_law.ts";
export { phi1 } from "./phi_functions.ts";
export { philox4x32, philoxFill, type Words2, type Words4 } from "./philox.ts";
export { integrate, type Quadrature, type QuadratureOptions } from "./quadrature.ts";
export { type RandomStream, randomStream } from "./random.ts";
export { gamma, riemannZeta } from "./special_functions.ts";
export {
  type SpectralDensity,
  spectralDensity,
  type SpectralDensityOptions,
} from "./spectral_density.ts";
export { studentQuantile } from "./student_law.ts";
export { dot, type Numbers, sum } from "./sums.ts";
export { elementCount, type Tensor } from "./tensor.ts";
export { type TopEigenpairs, topEigenpairs, type TopEigenpairsOptions } from "./top_eigenpairs.ts";
