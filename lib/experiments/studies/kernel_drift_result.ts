/**
 * What a study of kernel drift gives.
 *
 * @module
 */
import type { ArchitectureName } from "../../networks/mod.ts";
import type { DriftRealization } from "./computations/drift_record.ts";
import type { NetworkConfiguration } from "./computations/network_of.ts";

/** What decides a drift study's numbers. */
export interface DriftConfiguration extends NetworkConfiguration {
  readonly architecture: ArchitectureName;
  /** Training images, the first of the dataset. */
  readonly n: number;
  readonly seeds: readonly number[];
  /** a of a·f, with the loss over a²; 1 is the network itself. */
  readonly scale: number;
  /** The share of f_0 that is kept: 1 all of it, 0 none. */
  readonly kept: number;
  /** T, the last time τ. */
  readonly horizon: number;
  /** Relative accuracy of T/T_SL, l_γ/l_geo and L. */
  readonly tolerance: number;
  /** Recorded times, on a logarithmic grid of four decades up to the horizon. */
  readonly entries: number;
  /** At so many of them the kernel is looked at, besides the start. */
  readonly kernels: number;
  /** The linearization alone is followed to so many times the horizon; not in older files: 1. */
  readonly further?: number;
  /** Test images of whose accuracy the warm start is told; 0 for none. */
  readonly testImages: number;
  /** Whether spectrum and residue of the averaged kernel are kept. */
  readonly spectra: "no" | "yes";
}

/** What `driftStudy` gives: plain values that JSON keeps. */
export interface DriftStudy {
  readonly configuration: DriftConfiguration;
  /** 0 and the recorded times. */
  readonly time: number[];
  readonly realizations: DriftRealization[];
}
