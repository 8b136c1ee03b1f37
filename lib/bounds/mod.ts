/**
 * Thermodynamic bounds: from displacements and dissipation to T_SL and T/T_SL. Everything here is
 * pure and knows nothing of networks.
 *
 * @module
 */
export { speedLimit } from "./speed_limit.ts";
export { inefficiency, type InefficiencyColumns, type PathColumns } from "./inefficiency.ts";
