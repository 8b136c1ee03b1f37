/**
 * The one table of studies: command line and notebooks know no other list.
 *
 * A new study is a file beside these, and one line here.
 *
 * @module
 */
import { checkText, didYouMean } from "../../numerics/checks.ts";
import type { AnyStudy } from "../study/study.ts";
import { discreteSteps } from "./discrete_steps.ts";
import { ensembles } from "./ensembles.ts";
import { initialWeights } from "./initial_weights.ts";
import { kernelDrift } from "./kernel_drift.ts";
import { kernels } from "./kernels.ts";
import { langevinSteps } from "./langevin_steps.ts";
import { linearization } from "./linearization.ts";
import { optimizers } from "./optimizers.ts";
import { residues } from "./residues.ts";
import { schedules } from "./schedules.ts";
import { scope } from "./scope.ts";
import { speedLimit } from "./speed_limit.ts";
import { widthSeries } from "./width_series.ts";

/**
 * All studies by name.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { studies } from "./mod.ts";
 * for (const [name, study] of Object.entries(studies)) assert.equal(study.name, name);
 * ```
 */
// deno-lint-ignore no-slow-types -- written out, the table would be there twice
export const studies = {
  "speed-limit": speedLimit,
  kernels,
  residues,
  linearization,
  "width-series": widthSeries,
  "initial-weights": initialWeights,
  "kernel-drift": kernelDrift,
  "discrete-steps": discreteSteps,
  optimizers,
  schedules,
  ensembles,
  "langevin-steps": langevinSteps,
  scope,
} as const;

/** The name of one of {@link studies}. */
export type StudyName = keyof typeof studies;

/**
 * The study of a name.
 *
 * @throws {RangeError} naming all studies, if there is none of this name
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { studyNamed } from "./mod.ts";
 * assert.equal(studyNamed("kernels").folder, "kernels");
 * assert.throws(() => studyNamed("kernel"), /study is "kernel" \(did you mean kernels\?\); it must be/);
 * ```
 */
export function studyNamed(name: string): AnyStudy {
  checkText("name", name);
  if (Object.hasOwn(studies, name)) return studies[name as StudyName];
  const names = Object.keys(studies);
  throw new RangeError(
    `study is ${JSON.stringify(name)}${didYouMean(name, names)}; it must be one of ${
      names.join(", ")
    }`,
  );
}
