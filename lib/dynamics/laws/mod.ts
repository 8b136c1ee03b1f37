/**
 * Laws in time: Ornstein–Uhlenbeck, Langevin and Fokker–Planck dynamics, flows on landscapes, drives
 * that transport at least dissipation, and linear regression.
 *
 * @module
 */
export { type FokkerPlanck, fokkerPlanck, type FokkerPlanckOptions } from "./fokker_planck.ts";
export { type GaussianProtocol, gaussianProtocol } from "./gaussian_protocol.ts";
export { type BenamouBrenierChain, benamouBrenierChain } from "./benamou_brenier.ts";
export { curvedValley, scaledLandscape } from "./curved_valley.ts";
export { checkGradient, doubleWell, type Landscape, quadraticLandscape } from "./landscape.ts";
export { drawFrom, type Ensemble, langevin, type LangevinOptions } from "./langevin.ts";
export { type LandscapeFlow, landscapeFlow, type LandscapeFlowOptions } from "./landscape_flow.ts";
export {
  type LinearRegression,
  linearRegression,
  type RegressionSettings,
  regressionSettings,
  type RegressionSplit,
  type SplitInTwo,
} from "./linear_regression.ts";
export { lineProtocol } from "./line_protocol.ts";
export { type OrnsteinUhlenbeck, ornsteinUhlenbeck } from "./ornstein_uhlenbeck.ts";
export {
  highDimension,
  highNoise,
  initialWeightsShareAtStart,
  manySamples,
  type RegressionLimit,
} from "./regression_limits.ts";
