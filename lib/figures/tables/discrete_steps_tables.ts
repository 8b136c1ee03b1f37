/**
 * Rows of the tables of notebook 10: rates beside the flow, the edge of stability, minibatches.
 *
 * @module
 */
import {
  type DiscreteStepsStudy,
  seedMean,
  seedMeanText,
  stepRateText,
  stepsBesideFlow,
  stepsGroups,
  stepsName,
  stepsNoise,
  stepsSharpness,
} from "../../experiments/mod.ts";
import { checkDiscreteSteps } from "../../experiments/checks.ts";
import { checkList, checkNumbers } from "../../numerics/checks.ts";
import type { TableRows } from "./table_text.ts";

/**
 * Descents with all images beside the flow at about some times: T/T_SL of both, and what the difference
 * is in percent, of ηλ_max and of 1/N.
 *
 * @param marks times in units of 2/λ_max at the start
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DiscreteStepsStudy, storedResults } from "../../experiments/mod.ts";
 * import { stepsRateRows } from "./discrete_steps_tables.ts";
 * const [{ result }] = await storedResults<DiscreteStepsStudy>("discrete_steps");
 * assert(stepsRateRows([result], [10]).length > 0);
 * ```
 */
export function stepsRateRows(
  studies: readonly DiscreteStepsStudy[],
  marks: readonly number[],
): TableRows {
  checkList("studies", studies, checkDiscreteSteps);
  checkNumbers("marks", marks);
  return studies.flatMap((study) => {
    const { n } = study.configuration;
    const groups = stepsGroups(stepsBesideFlow(study).filter(({ batchSize }) => batchSize >= n));
    return groups.filter(({ mark }) => Array.from(marks).some((one) => near(mark, one)))
      .map(({ rate, share, mark, steps, rows }) => {
        const of = (value: (row: typeof rows[number]) => number) =>
          seedMean(rows.map(value), { geometric: false });
        const eta = seedMean(rows.map(({ learningRate }) => learningRate));
        return {
          network: stepsName(study),
          "η": stepRateText(rate),
          "η itself": eta!.mean.toExponential(1),
          "ηλ_max/2": share.toPrecision(2),
          "τ in 2/λ_max": mark.toPrecision(2),
          N: steps.toFixed(0),
          seeds: rows.length,
          "T/T_SL": ratioText(rows.map(({ descent }) => descent)),
          "of the flow": ratioText(rows.map(({ flow }) => flow)),
          "difference, %": seedMeanText(of(({ difference }) => 100 * difference), { digits: 1 }),
          "over ηλ_max": seedMeanText(of((row) => row.difference / (2 * row.share)), { digits: 2 }),
          "times N": seedMeanText(of((row) => row.difference * row.steps), { digits: 2 }),
        };
      });
  });
}

/**
 * A mean of ratios, geometric where none is negative, as beyond the edge a ratio with ΔL < 0 is. Of two or
 * three seeds each value: Student's interval of so few spans decades, and a mean hides errors that cancel.
 */
const ratioText = (ratios: readonly number[]) =>
  ratios.length === 2 || ratios.length === 3
    ? ratios.map((ratio) => ratio.toFixed(2)).join(", ")
    : seedMeanText(seedMean(ratios, { geometric: ratios.every((ratio) => ratio > 0) }), {
      digits: 2,
    });

/**
 * N (1 − ι_GD/ι) of a study's descents with all images up to η = 2/λ_max, a row for about each time and a
 * column for each rate: means over the seeds.
 *
 * @param marks times in units of 2/λ_max at the start
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DiscreteStepsStudy, storedResults } from "../../experiments/mod.ts";
 * import { stepsTimesRows } from "./discrete_steps_tables.ts";
 * const [{ result }] = await storedResults<DiscreteStepsStudy>("discrete_steps");
 * assert.deepEqual(stepsTimesRows(result, [1, 5]).map((row) => row["τ in 2/λ_max"]), [1, 5]);
 * ```
 */
export function stepsTimesRows(study: DiscreteStepsStudy, marks: readonly number[]): TableRows {
  checkDiscreteSteps("study", study);
  checkNumbers("marks", marks);
  const { n, rates } = study.configuration;
  const groups = stepsGroups(stepsBesideFlow(study).filter(({ batchSize }) => batchSize >= n));
  return Array.from(marks, (one) => ({
    "τ in 2/λ_max": one,
    ...Object.fromEntries(
      rates.filter((share) => share <= 1).map((share) => {
        const [group] = groups
          .filter(({ rate, mark }) => "share" in rate && rate.share === share && near(mark, one))
          .sort((a, b) => Math.abs(a.mark - one) - Math.abs(b.mark - one));
        const mean = group && seedMean(group.rows.map((row) => -row.steps * row.difference), {
          geometric: false,
        });
        return [`η = ${stepRateText({ share })}`, mean ? mean.mean.toFixed(2) : ""];
      }),
    ),
  }));
}

const near = (mark: number, one: number) => Math.abs(Math.log(mark / one)) < 0.12;

/**
 * λ_max of the Hessian against 2/η at the least and the last look (there in units of that at the start as
 * well), who diverged, the largest loss of any seed in units of the first, the largest curvature λ̄ along
 * steps, seed by seed, and T/T_SL at the last time beside the flow's.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DiscreteStepsStudy, storedResults } from "../../experiments/mod.ts";
 * import { stepsEdgeRows } from "./discrete_steps_tables.ts";
 * const [{ result }] = await storedResults<DiscreteStepsStudy>("discrete_steps");
 * assert(stepsEdgeRows([result]).every((row) => "diverged" in row));
 * ```
 */
export function stepsEdgeRows(studies: readonly DiscreteStepsStudy[]): TableRows {
  checkList("studies", studies, checkDiscreteSteps);
  return studies.flatMap((study) => {
    const { realizations, configuration: { n } } = study;
    const looks = stepsSharpness(study);
    const groups = stepsGroups(stepsBesideFlow(study).filter(({ batchSize }) => batchSize >= n));
    return [...Map.groupBy(looks, ({ rate }) => stepRateText(rate))].map(([name, own]) => {
      const seeds = [...Map.groupBy(own, ({ seed }) => seed).values()];
      const descents = realizations.flatMap((one) =>
        one.descents.filter(({ rate, batchSize }) => stepRateText(rate) === name && batchSize >= n)
      );
      const edges = (of: (list: typeof own) => number) => ratioText(seeds.map(of));
      const bent = descents.flatMap(({ curvature, learningRate }) =>
        curvature ? learningRate * Math.max(...curvature) / 2 : []
      ).map((edge) => edge.toFixed(2)).sort();
      const last = groups.findLast(({ rate }) => stepRateText(rate) === name)?.rows ?? [];
      const ratio = (of: "descent" | "flow") => ratioText(last.map((row) => row[of]));
      return {
        network: stepsName(study),
        "η": name,
        diverged: `${descents.filter(({ diverged }) => diverged).length} of ${descents.length}`,
        "ηλ_max/2 at the start": seedMean(own.map(({ share }) => share))!.mean.toPrecision(2),
        "least": edges((list) => Math.min(...list.map(({ edge }) => edge))),
        "in the end": edges((list) => list.at(-1)!.edge),
        "λ_max in the end, of the start's": edges((list) => list.at(-1)!.edge / list[0].share),
        "L/L(0), at the most": Math.max(...descents.map(({ loss }) => Math.max(...loss) / loss[0]))
          .toFixed(2),
        "ηλ̄/2": bent[0] === bent.at(-1) ? bent[0] ?? "" : `${bent[0]}–${bent.at(-1)}`,
        N: Math.max(...own.map(({ steps }) => steps)),
        "T/T_SL": ratio("descent"),
        "of the flow": ratio("flow"),
      };
    });
  });
}

/**
 * Minibatches: N Σ‖δθ‖²/‖Δθ‖² against ι (1 + ρ), what T/T_SL reads, and the share of the dissipation that
 * went into noise, at about some times.
 *
 * @param marks times in units of 2/λ_max at the start
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DiscreteStepsStudy, storedResults } from "../../experiments/mod.ts";
 * import { stepsNoiseRows } from "./discrete_steps_tables.ts";
 * const studies = (await storedResults<DiscreteStepsStudy>("discrete_steps"))
 *   .map(({ result }) => result);
 * assert(stepsNoiseRows(studies, [1, 10]).length > 0);
 * ```
 */
export function stepsNoiseRows(
  studies: readonly DiscreteStepsStudy[],
  marks: readonly number[],
): TableRows {
  checkList("studies", studies, checkDiscreteSteps);
  checkNumbers("marks", marks);
  return studies.flatMap((study) =>
    stepsGroups(stepsNoise(study))
      .filter(({ mark }) => Array.from(marks).some((one) => near(mark, one)))
      .map(({ batchSize, rate, steps, rows }) => {
        const of = (name: "rho" | "stepInefficiency" | "foretold" | "quotient") =>
          seedMeanText(seedMean(rows.map((row) => row[name])), { digits: 2 });
        const share = seedMean(rows.map(({ noiseShare }) => noiseShare), { geometric: false });
        return {
          network: stepsName(study),
          B: batchSize ?? "",
          "η": stepRateText(rate),
          N: steps.toFixed(0),
          seeds: rows.length,
          "ρ": of("rho"),
          "N Σ‖δθ‖²/‖Δθ‖²": of("stepInefficiency"),
          "ι (1 + ρ)": of("foretold"),
          quotient: of("quotient"),
          "T/T_SL read": ratioText(rows.map(({ descent }) => descent)),
          "of the flow": ratioText(rows.map(({ flow }) => flow)),
          "into noise": seedMeanText(share, { digits: 2 }),
        };
      })
  );
}
