/**
 * What is kept of a realization beside its linearizations: plain values that JSON keeps.
 *
 * @module
 */
import type { LinearizedFlow } from "../../../dynamics/mod.ts";
import type { MissedByAverage } from "../../../ntk/mod.ts";

/** The linearized flow from one time on: an entry for each recorded time from there, itself the first. */
export interface LinearizedColumns {
  /** Counted from initialization. */
  readonly time: number[];
  readonly loss: number[];
  readonly lossDrop: number[];
  readonly displacementSquared: number[];
  readonly pathLength: number[];
  /** ‖θ_t − θ_s‖² from the entries s at which the network is linearized anew. */
  readonly displacementSquaredFrom: Readonly<Record<number, number[]>>;
  /** Products with the kernel that it took. */
  readonly products: number;
}

/** The network at one time of its flow. */
export interface LinearizationAt {
  /** τ */
  readonly time: number;
  /** The first 200 of the kernel of all outputs; at the two starts. */
  readonly eigenvalues?: number[];
  /** Δ_k² along their eigenvectors. */
  readonly squares?: number[];
  /** ‖f − y‖², twice the loss: what the squares are a part of. */
  readonly residueSquared: number;
  /** Of the kernel of all outputs. */
  readonly trace: number;
  /** λ_1 of the averaged kernel. */
  readonly averagedLargest: number;
  /** Centred kernel–target alignment of the averaged kernel. */
  readonly alignment: number;
  /** What the averaged kernel misses; not there where the full one is too large. */
  readonly missed?: MissedByAverage;
  /** Since initialization; not there at it. */
  readonly since?: SinceStart;
  /** From here to the last recorded time; not there at it. */
  readonly flow?: LinearizedColumns;
}

/** How far the network has left its linearization at initialization. */
export interface SinceStart {
  /** ‖K_t − K_0‖/‖K_0‖, of the kernels that the realization tells. */
  readonly kernelChange: number;
  /** tr K_t/tr K_0 */
  readonly traceRatio: number;
  /** Δfᵀ K_0⁺ Δf/‖Δθ‖², leaving out eigenvalues below a share of the largest. */
  readonly laziness: { readonly cutoff: number; readonly value: number }[];
}

/** One realization. */
export interface LinearizationRealization {
  readonly seed: number;
  /** Of which kernels `kernelChange` is: of all outputs, or of their trace where n is large. */
  readonly kernels: "full" | "trace";
  /** At initialization, and at each of the times. */
  readonly at: LinearizationAt[];
}

/** The columns as they are stored. */
export function columnsOf(
  { trajectory, products }: Pick<LinearizedFlow, "trajectory" | "products">,
  { time, times }: { readonly time: readonly number[]; readonly times: readonly number[] },
): LinearizedColumns {
  const column = (values: Float64Array) => Array.from(values, (x) => rounded(x, 10));
  const origins = Object.keys(trajectory.displacementSquaredFrom).map(Number)
    .filter((s) => s > 0 && s < time.length - 1 && times.includes(time[s]));
  return {
    time: [...time],
    loss: column(trajectory.loss),
    lossDrop: column(trajectory.lossDrop),
    displacementSquared: column(trajectory.displacementSquared),
    pathLength: column(trajectory.pathLength),
    displacementSquaredFrom: Object.fromEntries(
      origins.map((s) => [s, column(trajectory.displacementSquaredFrom[s].subarray(s))]),
    ),
    products,
  };
}

/** A number with so many digits. */
export const rounded = (value: number, digits = 6) => Number(value.toPrecision(digits));
