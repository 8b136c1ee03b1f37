/**
 * The one table of studies: command line and notebooks know no other list.
 *
 * A new study is a file beside these, and one line here.
 *
 * @module
 */
import type { AnyStudy } from "../study.ts";
import { kernels } from "./kernels.ts";
import { residues } from "./residues.ts";
import { speedLimit } from "./speed_limit.ts";

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
export const studies = {
  "speed-limit": speedLimit,
  kernels,
  residues,
} as const satisfies Readonly<Record<string, AnyStudy>>;

/** The name of one of {@link studies}. */
export type StudyName = keyof typeof studies;
