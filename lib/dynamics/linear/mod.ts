/**
 * The kernel regime in closed form: the flow of a linear network, and spectra that are power laws.
 * Everything here runs in a browser too.
 *
 * @module
 */
export { type LinearFlow, linearFlow, type LinearFlowPoint } from "./linear_flow.ts";
export {
  type PowerLawAsymptotics,
  powerLawAsymptotics,
  type PowerLawRegime,
} from "./power_law_asymptotics.ts";
export {
  inefficiencyExponent,
  powerLawSpectrum,
  powerLawTortuosity,
  type PowerLawWindow,
  powerLawWindow,
} from "./power_law_flow.ts";
