/**
 * How far kernels move along a path.
 *
 * @module
 */
import { type LinearizationStudy, networkAndSize } from "../experiments/mod.ts";
import { checkLinearization } from "../experiments/checks.ts";
import { checkList } from "../numerics/checks.ts";
import { orderedColors } from "./look.ts";
import { line, type Numbers } from "./marks.ts";
import type { Panel } from "./panels.ts";

/**
 * The change ‖K_t − K_0‖/‖K_0‖ of the kernel of all outputs since initialization, and the factor of its
 * trace, against τ: a line a seed, a colour a network.
 *
 * @throws {RangeError} if no study tells of a time after initialization
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type LinearizationStudy, storedResults } from "../experiments/mod.ts";
 * import { driftPanels } from "./drift_panels.ts";
 * const stored = await storedResults<LinearizationStudy>("linearization");
 * assert.equal(driftPanels(stored.map(({ result }) => result)).length, 2);
 * ```
 */
export function driftPanels(studies: readonly LinearizationStudy[]): Panel[] {
  checkList("studies", studies, checkLinearization);
  const colors = orderedColors(Math.max(1, studies.length));
  const paths = studies.flatMap((study, i) =>
    study.realizations.map(({ at }) => ({
      options: { name: networkAndSize(study), color: colors[i], mode: "lines+markers" } as const,
      entries: at.flatMap(({ time, since }) => since ? [{ time, ...since }] : []),
    }))
  ).filter(({ entries }) => entries.length > 0);
  if (paths.length === 0) {
    throw new RangeError(
      `${studies.length} studies tell of no time after initialization; kernels move from there on`,
    );
  }
  const panel = (of: "kernelChange" | "traceRatio", y: string): Panel => ({
    marks: paths.map(({ options, entries }) => {
      const column = (name: "time" | typeof of): Numbers => entries.map((entry) => entry[name]);
      return line(column("time"), column(of), options);
    }),
    ...{ x: "time τ", y, log: "x" },
  });
  return [
    panel("kernelChange", "‖K_{t} − K_{0}‖/‖K_{0}‖"),
    panel("traceRatio", "tr K_{t}/tr K_{0}"),
  ];
}
