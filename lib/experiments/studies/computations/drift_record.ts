/**
 * What is kept of a realization of a kernel drift study: plain values that JSON keeps.
 *
 * @module
 */

/** Dimensions of the leading eigenspaces that are followed. */
export const LEADING: readonly number[] = [1, 10, 50];

/** Shares of λ_1 below which laziness leaves eigenvalues out. */
export const CUTOFFS: readonly number[] = [1e-2, 1e-3, 1e-4];

/** The columns of a flow, an entry a recorded time, itself with 0 the first. */
export interface DriftColumns {
  readonly loss: number[];
  readonly lossDrop: number[];
  readonly displacementSquared: number[];
  readonly pathLength: number[];
  readonly lambdaMax: number[];
  readonly testAccuracy?: number[];
}

/** The columns of the linearization's flow after the network's horizon. */
export interface DriftLater extends Omit<DriftColumns, "lambdaMax" | "testAccuracy"> {
  readonly time: number[];
}

/** The kernel of all outputs at one time of the network's flow. */
export interface DriftAt {
  /** τ */
  readonly time: number;
  readonly trace: number;
  /** λ_1 */
  readonly largest: number;
  /** Its cosine with y yᵀ, and with r rᵀ, r the residue there: of vectors over samples and outputs. */
  readonly labels: number;
  readonly residue: number;
  /** ‖K_t − K_s‖/‖K_s‖ from each time s before, in their order. */
  readonly change: number[];
  /** By dimension, the mean cos² of the principal angles between the leading spaces there and at s. */
  readonly shared: Readonly<Record<number, number[]>>;
  /** Δfᵀ K_0⁺ Δf/‖Δθ‖² without eigenvalues below each of {@link CUTOFFS}; not there at the start. */
  readonly laziness?: number[];
  /** The same of the linearization, which has 1 but for what the cut-offs leave out; not in older files. */
  readonly lazinessLinear?: number[];
  /** Of the kernel's mean over outputs, where spectra are asked for. */
  readonly averaged?: {
    readonly eigenvalues: number[];
    /** Δ_k², summed over outputs: of the residue there, and of the labels alone. */
    readonly residueSquares: number[];
    readonly labelSquares: number[];
    /** Centred kernel–target alignment. */
    readonly alignment: number;
  };
}

/** One realization. */
export interface DriftRealization {
  readonly seed: number;
  /** Of the network as it was trained: scaled, with the loss over a². */
  readonly own: DriftColumns;
  readonly linear: DriftColumns;
  /** The linearization went on alone, where `further` asked for it. */
  readonly later?: DriftLater;
  /** At the horizon ‖Δf − J_0 Δθ_lin‖/‖J_0 Δθ_lin‖ and ‖Δθ − Δθ_lin‖/‖Δθ_lin‖. */
  readonly gap: { readonly outputs: number; readonly weights: number };
  /** At the start and at some recorded times. */
  readonly at: DriftAt[];
  /** Work of its flow, in full gradients. */
  readonly gradients: number;
}
