/**
 * What a realization of the study of ensembles rests on, and what its parts are made of.
 *
 * @module
 */
import type { SmallNetwork } from "../../../dynamics/mod.ts";
import type { Matrix } from "../../../numerics/mod.ts";
import type { SmallImages } from "./small_images.ts";

/** What it rests on. */
export interface EnsembleInput {
  readonly study: "ensembles";
  readonly width: number;
  /** Hidden layers; 0 of a linear model. */
  readonly depth: number;
  readonly n: number;
  readonly members: number;
  readonly times: readonly number[];
  readonly beta: number;
  /** Scales a of the centred networks whose tangents are followed too. */
  readonly lazy: readonly number[];
  /** Moves of a chain at each node of the thermodynamic integration; eight times as many stages of annealing. */
  readonly moves: number;
  readonly seed: number;
}

/** What each part of a realization is made of. */
export interface EnsembleGround extends EnsembleInput, SmallImages {
  readonly network: SmallNetwork;
  readonly widths: readonly number[];
  /** [members, dimension], draws of the standard normal law. */
  readonly starts: Matrix;
  /** [k, dimension], the fixed projection. */
  readonly projection: Matrix;
}

/** Networks of so many weights have their ln Z and all of Dφ. */
export const SMALL = 200;
