/**
 * Studies in a notebook: one call, with progress bar, stop button, cache and seeds.
 *
 * @module
 */
import {
  type AnyStudy,
  conduct,
  type GivenOf,
  type ResultOf,
  type studies,
  type StudyName,
  studyNamed,
} from "../experiments/mod.ts";
import { checkConductible } from "../experiments/checks.ts";
import { checkList, checkOptions, checkText, maybe } from "../numerics/checks.ts";
import { PROGRESS_CHECKS, type ProgressOptions } from "./progress.ts";
import { withProgress } from "./with_progress.ts";

/** How a study is shown while it runs, and where its runs are kept. */
export interface RunStudyOptions extends Pick<ProgressOptions, "broadcast" | "terminal"> {
  /** The progress bar's title; the study's name by default. */
  readonly title?: string;
  /** Where runs and checkpoints are kept; data/cache if left out. */
  readonly cache?: string;
}

/**
 * Runs a study of the table with a progress bar that stops it: what was computed stays, and the next
 * call goes on from there; what was run before is read.
 *
 * @param study its name in the table of studies, or a study of one's own
 * @param configuration `deno task study NAME --help` tells the fields
 * @throws {RangeError} naming a field whose value is out of range
 * @throws {TypeError} naming a field that the study has not
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { runStudy } from "./run_study.ts";
 * const { realizations } = await runStudy("speed-limit", {
 *   ...{ architecture: "fully-connected", width: 8, n: 20, seeds: 2, horizon: 0.01 },
 *   ...{ testImages: 20, entries: 4 },
 * }, { cache: await Deno.makeTempDir() });
 * assert.deepEqual(realizations.map(({ seed }) => seed), [0, 1]);
 * ```
 */
export async function runStudy<S extends StudyName | AnyStudy>(
  study: S,
  configuration: GivenOf<Named<S>>,
  options: RunStudyOptions = {},
): Promise<ResultOf<Named<S>>> {
  const [result] = await runStudies(study, [configuration], options);
  return result;
}

/**
 * Runs a study for several configurations, one after another under one bar.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { runStudies } from "./run_study.ts";
 * const kernels = await runStudies("kernels", [20, 30].map((n) => ({ n })));
 * assert.deepEqual(kernels.map(({ eigenvalues }) => eigenvalues.length), [20, 30]);
 * ```
 */
export async function runStudies<S extends StudyName | AnyStudy>(
  study: S,
  configurations: readonly GivenOf<Named<S>>[],
  options: RunStudyOptions = {},
): Promise<ResultOf<Named<S>>[]> {
  const { broadcast, terminal } = PROGRESS_CHECKS;
  const { title, cache, ...bar } = checkOptions("options", options, {
    ...{ title: maybe(checkText), cache: maybe(checkText), broadcast, terminal },
  });
  checkList("configurations", configurations);
  const found: AnyStudy = typeof study === "string" ? studyNamed(study) : study;
  checkConductible("study", found);
  const several = configurations.length > 1;
  // Where seeds are asked for, a run is a draw of the initial weights.
  const unit = several
    ? "studies"
    : Object.hasOwn(found.fields ?? {}, "seeds")
    ? "realizations"
    : "runs";
  const counted = { unit, kept: (done: number) => keptWords(done, unit), ...bar };
  return await withProgress(title ?? found.name, counted, async (control) => {
    const results: ResultOf<Named<S>>[] = [];
    for (const [i, configuration] of configurations.entries()) {
      results.push(
        await conduct(found, configuration, {
          ...{ cache, signal: control.signal },
          onProgress: ({ done, total, note }) =>
            control.onProgress(
              several
                // Each configuration is a unit: how many runs the next ones have is not known yet.
                ? { done: i + done / total, total: configurations.length, note }
                : { done, total, note },
            ),
        }),
      );
    }
    return results;
  });
}

/**
 * What a reader who stops runs is told. A realization that was begun has its checkpoint, and a study
 * its runs; other runs begin anew.
 */
export function keptWords(done: number, unit: string): string {
  const goOn = "run the cell again to go on";
  if (done > 0) return `${done === 1 ? "it is" : "they are"} kept, ${goOn}`;
  return unit === "runs" ? "run the cell again" : `what was begun is kept, ${goOn}`;
}

/** A study, or that of a name. */
type Named<S> = S extends StudyName ? (typeof studies)[S] : S extends AnyStudy ? S : never;
