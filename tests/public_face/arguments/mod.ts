/**
 * What each public function may be called with: the tests make wrong calls of it.
 *
 * @module
 */
import { boundsArguments } from "./bounds.ts";
import { claimsArguments } from "./claims.ts";
import { datasetsArguments } from "./datasets.ts";
import { dynamicsArguments } from "./dynamics.ts";
import { experimentsArguments } from "./experiments.ts";
import { figuresArguments } from "./figures.ts";
import { networksArguments } from "./networks.ts";
import { notebookArguments } from "./notebook.ts";
import { ntkArguments } from "./ntk.ts";
import { numericsArguments } from "./numerics.ts";
import { optimizersArguments } from "./optimizers.ts";
import { recordingsArguments } from "./recordings.ts";
import { statisticsArguments } from "./statistics.ts";
import type { Arguments } from "../kinds.ts";

/** What each public function takes. */
export const publicArguments: Arguments = {
  ...boundsArguments,
  ...claimsArguments,
  ...datasetsArguments,
  ...notebookArguments,
  ...dynamicsArguments,
  ...experimentsArguments,
  ...figuresArguments,
  ...networksArguments,
  ...ntkArguments,
  ...numericsArguments,
  ...optimizersArguments,
  ...recordingsArguments,
  ...statisticsArguments,
};
