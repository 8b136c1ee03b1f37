/**
 * What a realization of the study of ensembles records: plain values, an entry of a column for each time.
 *
 * @module
 */

/** A number of an ensemble, its value for the law and its 95 % interval. */
export interface Bracketed {
  readonly value: number;
  readonly interval: readonly [low: number, high: number];
}

/** An ensemble under gradient flow. */
export interface EnsembleFlow {
  /** Mean loss that is left. */
  readonly loss: number[];
  /** E ΔL, which is β⁻¹R. */
  readonly lossDrop: number[];
  /** E‖Δθ‖²: W2² is no more. */
  readonly above: Bracketed[];
  /** Gelbrich's bound on the projection. */
  readonly below: Bracketed[];
  /** below/above of the ensemble as it is: the empirical laws' own, never above 1. */
  readonly empiricalShare: number[];
  readonly share: Bracketed[];
  /** The dual bound; its share of E‖Δθ‖² of the same pairs. */
  readonly dual: (Bracketed & { readonly share: number; readonly elsewhere: number })[];
  /** Geometric mean over members of ‖Δθ‖²/ΔL. */
  readonly singleLimit: number[];
  /** Whether the best assignment of all members to all is every one to itself. */
  readonly assignedToItself: boolean[];
  /** W2² of the outputs on the test images, exact less the bias, with its standard error. */
  readonly outputs: { readonly value: number; readonly error: number; readonly moved: number }[];
}

/** The flow map's derivative at one member, an entry for each time. */
export interface EnsembleTangent {
  /** The scale a of a centred network; 0 of the network as it is drawn. */
  readonly lazy: number;
  /** All directions, or random ones. */
  readonly directions: number;
  readonly asymmetry: number[];
  readonly leastEigenvalue: number[];
  readonly change: number[];
}

/** The same ensemble under Langevin dynamics, from the prior. */
export interface EnsembleLangevin {
  readonly meanLoss: number[];
  readonly meanLossError: number[];
  /** ⟨U⟩_0 − ⟨U⟩_t, U with the prior's ridge. */
  readonly heat: number[];
  /** Gelbrich's bound on W2²(p_0, p_t), on the projection. */
  readonly below: Bracketed[];
}

/** ln Z_∞/Z_0 and what follows from it. */
export interface EnsemblePartition {
  readonly integration: Bracketed;
  readonly annealed: Bracketed & { readonly below: number; readonly effective: number };
  /** Of a linear model. */
  readonly exact?: number;
  /** ⟨L⟩ of the prior and of the Boltzmann law. */
  readonly lossAtStart: number;
  readonly lossAtEnd: number;
}

/** One seed's ensemble. */
export interface EnsembleRealization {
  readonly seed: number;
  /** Weights of a network. */
  readonly dimension: number;
  /** Of the projection. */
  readonly projection: number;
  readonly flow: EnsembleFlow;
  readonly tangents: readonly EnsembleTangent[];
  readonly langevin: EnsembleLangevin;
  /** Not there of networks of more than 200 weights. */
  readonly partition?: EnsemblePartition;
  readonly seconds: number;
}
