/**
 * Laws in time: transport and dissipation.
 *
 * @module
 */
import type { Quantity } from "./quantity.ts";

/** Their names. */
export type LawsName =
  | "beta"
  | "potential"
  | "priorPotential"
  | "law"
  | "currentVelocity"
  | "freeEnergy"
  | "partition"
  | "wasserstein"
  | "entropyProduction"
  | "speedLimit";

/** By name. */
export const LAWS: Readonly<Record<LawsName, Quantity>> = {
  beta: {
    symbol: "β",
    formula: "\\beta",
    meaning: "inverse temperature of the Langevin noise; ∞ for gradient flow",
    unit: "1/loss",
    notebook: "01_speed_limits",
    code: "langevin",
    paper: "β",
  },
  potential: {
    symbol: "U",
    formula: "U",
    meaning: "potential of the dynamics, the loss and what belongs to the prior: U = L + V",
    unit: "loss",
    notebook: "01_speed_limits",
    code: "ornsteinUhlenbeck",
    paper: "L + V",
  },
  priorPotential: {
    symbol: "V",
    formula: "V",
    meaning:
      "potential of the prior e^(−βV), the law of the initial weights; in Eq. 6 the mean loss is L without it",
    unit: "loss",
    notebook: "03_linear_regression",
    code: "linearRegression",
    paper: "V",
  },
  law: {
    symbol: "p_{t}",
    formula: "p_t",
    meaning: "law of the weights at time t",
    unit: "1/weight^d",
    notebook: "01_speed_limits",
    code: "fokkerPlanck",
    paper: "p_t",
  },
  currentVelocity: {
    symbol: "v_{t}",
    formula: "v_t",
    meaning: "current velocity, by which the law moves; of a gradient flow v = −∇L",
    unit: "loss/weight",
    notebook: "01_speed_limits",
    paper: "v_t",
  },
  freeEnergy: {
    symbol: "F",
    formula: "F[p]",
    meaning: "free energy ⟨U⟩ + β⁻¹⟨ln p⟩; it falls by what is dissipated",
    unit: "loss",
    notebook: "01_speed_limits",
    code: "freeEnergy",
  },
  partition: {
    symbol: "Z",
    formula: "Z",
    meaning: "partition function ∫e^(−βU) dθ: Z_∞ of the end, Z_0 of the prior",
    unit: "weight^d",
    notebook: "03_linear_regression",
    code: "logPartitionFunction",
    paper: "Z (Eq. 6)",
  },
  wasserstein: {
    symbol: "W_{2}",
    formula: "W_2",
    meaning:
      "Wasserstein distance of two laws, the least root mean square displacement; between two points l_geo",
    unit: "weight",
    notebook: "01_speed_limits",
    code: "wasserstein2Squared",
    paper: "W_2 (its square dropped in two places)",
  },
  entropyProduction: {
    symbol: "R",
    formula: "R",
    meaning: "entropy produced up to T; β⁻¹R is what is dissipated, ΔL of a gradient flow",
    unit: "1",
    notebook: "01_speed_limits",
    code: "entropyProductionOf",
    paper: "R",
  },
  speedLimit: {
    symbol: "T_{SL}",
    formula: "T_{SL}",
    meaning: "speed limit: no dynamics that dissipates as much is faster",
    unit: "weight²/loss",
    notebook: "01_speed_limits",
    code: "speedLimit",
    paper: "T_SL",
  },
};
