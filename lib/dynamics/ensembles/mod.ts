/**
 * Ensembles of small networks: their loss as a landscape, the flow map's derivative beside the flow, and
 * the partition function.
 *
 * @module
 */
export {
  type AnnealedEstimate,
  annealedImportance,
  type AnnealedImportanceOptions,
} from "./annealed_importance.ts";
export { type BrenierTest, brenierTest } from "./brenier.ts";
export { type DualBound, dualBound, saturated } from "./dual_bound.ts";
export type { PartitionOptions } from "./hamiltonian_move.ts";
export { type SmallNetwork, smallNetwork, type SmallNetworkOptions } from "./small_network.ts";
export {
  type CurvedLandscape,
  type TangentFlow,
  tangentFlow,
  type TangentFlowOptions,
} from "./tangent_flow.ts";
export {
  type LogPartitionEstimate,
  thermodynamicIntegration,
  type ThermodynamicIntegrationOptions,
} from "./thermodynamic_integration.ts";
export { withPrior } from "./with_prior.ts";
