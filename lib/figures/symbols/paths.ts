/**
 * Paths of weights: gradient flow, descent and what is measured along them.
 *
 * @module
 */
import { COLORS } from "../look.ts";
import type { DrawnQuantity, Quantity } from "./quantity.ts";

/** Those that are lines in figures. */
export type DrawnName =
  | "loss"
  | "displacement"
  | "pathLength"
  | "inefficiency"
  | "speedSpread"
  | "tortuosity";

/** All names. */
export type PathsName = DrawnName | PlainName;

type PlainName =
  | "time"
  | "meanTime"
  | "horizon"
  | "learningRate"
  | "schedule"
  | "weights"
  | "lossDrop"
  | "preconditioner";

/** By name. */
export const PATHS: Readonly<Record<DrawnName, DrawnQuantity> & Record<PlainName, Quantity>> = {
  time: {
    symbol: "τ",
    formula: "\\tau",
    meaning: "time along a flow of a loss that is a sum over images; steps × η for descent",
    unit: "weight²/loss",
    notebook: "02_gradient_flow",
    code: "gradientFlow",
  },
  meanTime: {
    symbol: "nτ",
    formula: "n\\tau",
    meaning:
      "time along a flow of a loss that is a mean over images: at one rate, the same epoch for every n",
    unit: "weight²/loss",
    notebook: "07_myrtle",
  },
  horizon: {
    symbol: "T",
    formula: "T",
    meaning: "time from the start of a path to where it is read",
    unit: "weight²/loss",
    notebook: "01_speed_limits",
    paper: "T",
  },
  learningRate: {
    symbol: "η",
    formula: "\\eta",
    meaning: "learning rate of descent",
    unit: "weight²/loss",
    notebook: "02_gradient_flow",
    code: "descend",
    paper: "learning rate",
  },
  schedule: {
    symbol: "τ̇",
    formula: "\\dot\\tau",
    meaning: "schedule of a flow: the rate of its time τ, θ̇ = −τ̇∇L; 1 without a schedule",
    unit: "1",
    notebook: "02_gradient_flow",
    code: "landscapeFlow",
  },
  weights: {
    symbol: "θ_{t}",
    formula: "\\theta_t",
    meaning: "all weights of a network at time t",
    unit: "weight",
    notebook: "02_gradient_flow",
    paper: "θ",
  },
  loss: {
    symbol: "loss L",
    formula: "L",
    meaning: "loss, ½Σ‖f − y‖² over the images unless it is said otherwise",
    unit: "loss",
    notebook: "02_gradient_flow",
    code: "squaredError",
    paper: "L",
    color: COLORS[5],
  },
  lossDrop: {
    symbol: "ΔL",
    formula: "\\Delta L",
    meaning: "fall of the loss L(θ_0) − L(θ_T): what a gradient flow dissipates",
    unit: "loss",
    notebook: "02_gradient_flow",
    code: "gradientFlow",
    paper: "L(θ_0) − L(θ_T) (Eq. 8)",
  },
  displacement: {
    symbol: "l_{geo}",
    formula: "l_{geo}",
    meaning: "distance of the path's ends, ‖θ_T − θ_0‖",
    unit: "weight",
    notebook: "02_gradient_flow",
    code: "inefficiency",
    paper: "l_geo",
    color: COLORS[4],
  },
  pathLength: {
    symbol: "l_{γ}",
    formula: "l_\\gamma",
    meaning: "length of the path, ∫|v| dt",
    unit: "weight",
    notebook: "02_gradient_flow",
    code: "gradientFlow",
    paper: "l_γ",
    color: COLORS[3],
  },
  inefficiency: {
    symbol: "T/T_{SL}",
    formula: "T/T_{SL}",
    meaning:
      "inefficiency, the time over its limit; 1 is the least of any flow, and ι is short for it",
    unit: "1",
    notebook: "02_gradient_flow",
    code: "inefficiency",
    paper: "T/T_SL (Eq. 8)",
    color: COLORS[0],
  },
  speedSpread: {
    symbol: "speed spread",
    formula: "T\\,\\Delta L/l_\\gamma^2",
    meaning: "what uneven speed costs: the mean of |v|² over the square of the mean of |v|",
    unit: "1",
    notebook: "02_gradient_flow",
    code: "inefficiency",
    color: COLORS[1],
  },
  tortuosity: {
    symbol: "l_{γ}/l_{geo}",
    formula: "l_\\gamma/l_{geo}",
    meaning: "tortuosity, what detours cost; squared it is the other factor of T/T_SL",
    unit: "1",
    notebook: "02_gradient_flow",
    code: "inefficiency",
    paper: "l_γ/l_geo",
    color: COLORS[2],
  },
  preconditioner: {
    symbol: "M",
    formula: "M",
    meaning: "preconditioner of a flow θ̇ = −M∇L; it has a limit of its own, in the metric M⁻¹",
    unit: "1",
    notebook: "02_gradient_flow",
    code: "preconditionedSpeedLimit",
  },
};
