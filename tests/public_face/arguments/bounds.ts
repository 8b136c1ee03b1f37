/**
 * What the public functions of bounds take.
 *
 * @module
 */
import {
  type Arguments,
  callable,
  either,
  extended,
  fields,
  finite,
  like,
  list,
  matrix,
  maybe,
  natural,
  numbers,
  options,
  positive,
  ranged,
  rangedNumbers,
} from "../kinds.ts";
import {
  gaussianKind,
  gridDensityKind,
  pathColumnsKind,
  potentialKind,
  weightedPointsKind,
} from "./records.ts";

/** As many members as the jackknife asks for. */
const members = () => Array.from({ length: 32 }, (_, i) => [i, i % 3]);

export const boundsArguments: Arguments = {
  bestSchedule: {
    path: fields({
      time: like([0, 1], rangedNumbers),
      pathLength: like([0, 1], rangedNumbers),
      lossDrop: like([0, 1], rangedNumbers),
      lambdaMax: maybe(like([1, 1], rangedNumbers)),
    }),
    options: maybe(options({ step: maybe(ranged) })),
  },
  descentSpeedLimit: {
    options: fields({
      displacementSquared: ranged,
      lossDrop: ranged,
      learningRate: ranged,
      curvature: ranged,
    }),
  },
  discreteSpeedLimit: { options: fields({ displacementSquared: ranged, stepSquaredSum: ranged }) },
  ensembleBounds: {
    p: like(members(), matrix),
    q: like(members(), matrix),
    subspaces: like([[[1, 0]]], list(matrix)),
    options: maybe(options({ groups: maybe(like(4, ranged)) })),
  },
  ensembleEntropy: {
    p: matrix,
    options: maybe(options({ batches: maybe(like(4, ranged)), neighbour: maybe(natural) })),
  },
  ensembleEntropyProduction: {
    given: fields({ from: matrix, to: matrix, energy: callable, beta: ranged }),
    options: maybe(options({ batches: maybe(like(4, ranged)), neighbour: maybe(natural) })),
  },
  ensembleW2Squared: {
    p: matrix,
    q: matrix,
    options: maybe(options({ batches: maybe(like(4, ranged)) })),
  },
  entropyProductionOf: {
    options: fields({
      from: gaussianKind,
      to: gaussianKind,
      potential: potentialKind,
      beta: ranged,
    }),
  },
  entropyProductionOfLearning: {
    options: fields({ prior: potentialKind, total: potentialKind, beta: positive }),
  },
  integratedEntropyProduction: { meanSquaredVelocity: callable, until: ranged },
  boltzmann: { potential: potentialKind, beta: ranged },
  freeEnergy: { p: gaussianKind, potential: potentialKind, beta: ranged },
  logPartitionFunction: { potential: potentialKind, beta: ranged },
  gaussian: { mean: rangedNumbers, covariance: matrix },
  inefficiency: { path: pathColumnsKind, options: maybe(options({ from: maybe(finite) })) },
  heavyBallSpeedLimit: {
    options: fields({
      momentum: like(0.5, ranged),
      learningRate: positive,
      curvature: finite,
      displacementSquared: finite,
      lossDrop: finite,
      lastStepSquared: finite,
    }),
  },
  momentumSpeedLimit: {
    options: fields({
      friction: ranged,
      mass: ranged,
      displacementSquared: ranged,
      lossDrop: ranged,
      speedSquared: ranged,
    }),
  },
  nesterovSpeedLimit: {
    options: fields({
      momentum: like(0.5, ranged),
      learningRate: positive,
      displacementSquared: ranged,
      firstOrderDrop: finite,
      lastVelocitySquared: like(0, ranged),
    }),
  },
  pathCosine: {
    columns: fields({
      time: like([0, 1], rangedNumbers),
      products: like([1, 1], rangedNumbers),
      squares: like([1, 1], rangedNumbers),
      otherSquares: like([1, 1], rangedNumbers),
    }),
  },
  observableSpeedLimit: {
    options: fields({ change: ranged, meanSquaredGradient: ranged, lossDrop: ranged }),
  },
  preconditionedSpeedLimit: {
    options: fields({
      displacement: rangedNumbers,
      integratedPreconditioner: either(numbers, matrix),
      lossDrop: ranged,
    }),
  },
  slicedWasserstein2Squared: {
    p: matrix,
    q: matrix,
    options: maybe(options({ projections: maybe(natural), seed: maybe(natural) })),
  },
  speedLimit: { options: fields({ w2Squared: finite, entropyProduction: extended }) },
  wasserstein2Squared: { p: either(matrix, gaussianKind), q: either(matrix, gaussianKind) },
  wasserstein2SquaredOfDensities: { p: gridDensityKind, q: gridDensityKind },
  wasserstein2SquaredOnLine: { p: weightedPointsKind, q: weightedPointsKind },
};
