/**
 * Thermodynamic bounds: from laws, displacements and dissipation to W2², free energies, entropy
 * production, T_SL and T/T_SL. Everything here is pure and knows nothing of networks.
 *
 * @module
 */
export { type BestSchedule, bestSchedule } from "./best_schedule.ts";
export { descentSpeedLimit } from "./descent_speed_limit.ts";
export { discreteSpeedLimit } from "./discrete_speed_limit.ts";
export {
  ensembleEntropy,
  ensembleEntropyProduction,
  ensembleW2Squared,
  type Estimate,
} from "./ensembles.ts";
export {
  entropyProductionOf,
  entropyProductionOfLearning,
  integratedEntropyProduction,
} from "./entropy_production.ts";
export { boltzmann, freeEnergy, logPartitionFunction, type Potential } from "./free_energy.ts";
export { type Gaussian, gaussian } from "./gaussian.ts";
export { type BoundEstimate, type EnsembleBounds, ensembleBounds } from "./gelbrich.ts";
export { inefficiency, type InefficiencyColumns, type PathColumns } from "./inefficiency.ts";
export { heavyBallSpeedLimit, momentumSpeedLimit } from "./momentum_speed_limit.ts";
export { nesterovSpeedLimit } from "./nesterov_speed_limit.ts";
export { observableSpeedLimit } from "./observable_speed_limit.ts";
export { pathCosine } from "./path_cosine.ts";
export { preconditionedSpeedLimit } from "./preconditioned_speed_limit.ts";
export { type SlicedEstimate, slicedWasserstein2Squared } from "./sliced_wasserstein.ts";
export { speedLimit } from "./speed_limit.ts";
export { wasserstein2Squared } from "./wasserstein.ts";
export {
  type GridDensity,
  wasserstein2SquaredOfDensities,
  wasserstein2SquaredOnLine,
  type WeightedPoints,
} from "./wasserstein_on_line.ts";
