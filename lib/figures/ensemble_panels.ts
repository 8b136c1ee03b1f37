/**
 * Ensembles of networks in pictures: W2² between its bounds, and the flow map's derivative.
 *
 * @module
 */
import {
  brenierMeans,
  ensembleMeans,
  type EnsemblesStudy,
  type SeedMean,
} from "../experiments/mod.ts";
import { checkEnsembles, ensembleName } from "../experiments/readings/ensembles.ts";
import { checkList, checkNumbers, checkOptions, checkText, maybe } from "../numerics/checks.ts";
import { COLORS } from "./look.ts";
import { line, points } from "./marks.ts";
import type { Panel } from "./panels.ts";

/** A symbol's meaning in a legend, without n, which is the same for all. */
const nameOf = (study: EnsemblesStudy) => ensembleName(study).replace(/, n = .*/, "");

/** Means over seeds at the times where there are some, with their intervals. */
function series(
  times: readonly number[],
  of: (time: number) => SeedMean | undefined,
  options: { readonly name: string; readonly color: string; readonly dash?: "dash" | "dot" },
) {
  const there = times.flatMap((time) => {
    const mean = of(time);
    return mean ? [{ time, mean }] : [];
  });
  if (there.length === 0) return [];
  const column = (value: (mean: SeedMean) => number) => there.map(({ mean }) => value(mean));
  return points(there.map(({ time }) => time), column(({ mean }) => mean), {
    low: column(({ mean, interval }) => interval?.[0] ?? mean),
    high: column(({ mean, interval }) => interval?.[1] ?? mean),
    ...options,
  });
}

/**
 * Both lower bounds on W2² as shares of E‖Δθ‖² against time: by duality (solid), by means and covariances on a
 * fixed projection (dashed).
 *
 * @throws {TypeError} if a study is none of ensembles
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type EnsemblesStudy, storedResults } from "../experiments/mod.ts";
 * import { ensembleBoundsPanel } from "./ensemble_panels.ts";
 * const found = await storedResults<EnsemblesStudy>("ensembles");
 * const { marks } = ensembleBoundsPanel(found.map(({ result }) => result));
 * assert.equal(marks.length, 2 * found.length + 1);
 * ```
 */
export function ensembleBoundsPanel(studies: readonly EnsemblesStudy[]): Panel {
  checkList("studies", studies, checkEnsembles);
  const all = studies.flatMap(({ configuration: { times } }) => times);
  return {
    marks: [
      ...studies.flatMap((study, i) => {
        const { times } = study.configuration, color = COLORS[i % COLORS.length];
        const of = (name: "dual" | "share") => (time: number) => ensembleMeans(study, time)[name];
        return [
          series(times, of("dual"), { name: `${nameOf(study)}, by duality`, color }),
          series(times, of("share"), { name: `${nameOf(study)}, by moments`, color, dash: "dash" }),
        ];
      }),
      line([Math.min(...all), Math.max(...all)], [1, 1], { color: "#6f7b8a", dash: "dot" }),
    ],
    ...{ x: "time τ", y: "lower bound over E‖Δθ‖^{2}", log: "x" },
  };
}

/**
 * The asymmetry of Dφ − I against time, a line for each study and scale of laziness; none where it is 0, as of a
 * linear model.
 *
 * @param options `scales` a of centred networks; 0, the network as it is drawn, by default
 * @throws {TypeError} if a study is none of ensembles
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type EnsemblesStudy, storedResults } from "../experiments/mod.ts";
 * import { asymmetryPanel } from "./ensemble_panels.ts";
 * const found = (await storedResults<EnsemblesStudy>("ensembles")).map(({ result }) => result);
 * const panel = asymmetryPanel(found, { scales: [1, 100] });
 * assert.equal(panel.marks.flat().length, 2 * found.filter((one) => one.configuration.depth > 0).length);
 * ```
 */
export function asymmetryPanel(
  studies: readonly EnsemblesStudy[],
  options: { readonly scales?: readonly number[]; readonly title?: string } = {},
): Panel {
  checkList("studies", studies, checkEnsembles);
  const { scales = [0], title } = checkOptions("options", options, {
    ...{ scales: maybe(checkNumbers), title: maybe(checkText) },
  });
  const dashes = [undefined, "dash", "dot"] as const;
  return {
    marks: studies.flatMap((study, i) =>
      Array.from(
        scales,
        (scale, k) =>
          series(study.configuration.times, (time) => brenierMeans(study, time, scale).asymmetry, {
            name: `${nameOf(study)}${scale === 0 ? "" : `, a = ${scale}`}`,
            color: COLORS[i % COLORS.length],
            ...(dashes[k % 3] && { dash: dashes[k % 3] }),
          }),
      )
    ),
    ...{ x: "time τ", y: "‖A − A^{T}‖/2‖A‖, A = Dφ − I", log: "xy" as const, title },
  };
}

/**
 * The least eigenvalue of Dφ's symmetric part against time, a line for each seed whose Dφ is known in full:
 * below 0 the flow map is no Brenier map.
 *
 * @throws {TypeError} if a study is none of ensembles
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type EnsemblesStudy, storedResults } from "../experiments/mod.ts";
 * import { leastEigenvaluePanel } from "./ensemble_panels.ts";
 * const found = (await storedResults<EnsemblesStudy>("ensembles")).map(({ result }) => result);
 * assert.ok(leastEigenvaluePanel(found).marks.length > 0);
 * ```
 */
export function leastEigenvaluePanel(studies: readonly EnsemblesStudy[]): Panel {
  checkList("studies", studies, checkEnsembles);
  return {
    marks: studies.flatMap((study, i) => {
      const { times } = study.configuration;
      const columns = times.map((time) => brenierMeans(study, time).least);
      return (columns[0] ?? []).map((_, seed) =>
        line(times, columns.map((least) => least[seed]), {
          ...{ name: nameOf(study), color: COLORS[i % COLORS.length], mode: "lines+markers" },
        })
      );
    }),
    ...{ x: "time τ", y: "least eigenvalue of Dφ", log: "x" },
  };
}
