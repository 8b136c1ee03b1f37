/**
 * Panels of networks beside their linearizations: the laziness along training, and T/T_SL against the scale.
 *
 * @module
 */
import { driftCurve, type DriftStudy, type LazyParting } from "../experiments/mod.ts";
import { checkValue } from "../experiments/checks.ts";
import { checkDrift, driftName } from "../experiments/readings/drift_readings.ts";
import { checkList, checkRecord, checkText, must } from "../numerics/checks.ts";
import { geometricMean } from "../statistics/mod.ts";
import { orderedColors } from "./look.ts";
import { band, checkColumn, line, points } from "./marks.ts";
import type { Panel } from "./panels.ts";

/**
 * Δfᵀ K₀⁺ Δf/‖Δθ‖² along the flow, without λ < λ_1/1000: geometric means and bands over all seeds, and
 * dashed what the linearization has at the same times and cut-off; a colour a study.
 *
 * @throws {RangeError} if there is no study
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DriftStudy, storedResults } from "../experiments/mod.ts";
 * import { lazinessPanel } from "./lazy_parting_panels.ts";
 * const [{ result }] = await storedResults<DriftStudy>("kernel_drift");
 * assert.equal(lazinessPanel([result]).x, "time τ");
 * ```
 */
export function lazinessPanel(studies: readonly DriftStudy[]): Panel {
  checkList("studies", studies, checkDrift, 1);
  const colors = orderedColors(studies.length);
  return {
    marks: studies.flatMap((study, i) => {
      const { scale, kept } = study.configuration;
      const name = `${driftName(study)}${kept === 1 && scale === 1 ? "" : `, a = ${scale}`}`;
      const own = driftCurve(study, "laziness");
      const linear = driftCurve(study, "lazinessLinear");
      const middle = (seeds: readonly (readonly number[])[]) =>
        seeds.map((list) =>
          list.some(Number.isNaN) ? NaN : list.length > 1 ? geometricMean(list).mean : list[0]
        );
      const [low, high] = [Math.min, Math.max].map((end) => own.seeds.map((list) => end(...list)));
      return [
        band(own.time, middle(own.seeds), low, high, {
          ...{ name, color: colors[i], mode: "lines+markers" },
        }),
        ...(linear.seeds.flat().some(Number.isNaN) ? [] : [
          line(linear.time, middle(linear.seeds), {
            ...{ color: colors[i], dash: "dash" },
          }),
        ]),
      ];
    }),
    ...{ x: "time τ", y: "Δfᵀ K_{0}⁺ Δf/‖Δθ‖²", log: "xy" },
  };
}

/**
 * T/T_SL of networks over that of their linearizations against the scale a: geometric means with Student's
 * intervals over seeds, at those scales at which all seeds come to the mark; a colour a network and mark.
 *
 * @throws {RangeError} if there is no parting
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lazyPartingPanel } from "./lazy_parting_panels.ts";
 * const points = [{ scale: 0.1, ratios: [1.2, 1.3] }, { scale: 1, ratios: [1, 1] }];
 * const one = { network: "FCN", mark: "τ = 1", of: 2, tolerance: 0.01, points, partings: [] };
 * assert.equal(lazyPartingPanel([one]).log, "xy");
 * ```
 */
export function lazyPartingPanel(partings: readonly LazyParting[]): Panel {
  const point = must(checkRecord, { scale: checkValue, ratios: checkColumn });
  checkList(
    "partings",
    partings,
    must(checkRecord, {
      ...{ network: checkText, mark: checkText, of: checkValue },
      points: must(checkList, point, 1),
    }),
    1,
  );
  return {
    marks: partings.map(({ network, mark, of, points: all }) => {
      const whole = all.filter(({ ratios }) => ratios.length === of && of > 1);
      const means = whole.map(({ ratios }) => geometricMean(ratios));
      return points(whole.map(({ scale }) => scale), means.map(({ mean }) => mean), {
        name: `${network}, ${mark}`,
        low: means.map(({ interval: [low] }) => low),
        high: means.map(({ interval: [, high] }) => high),
      });
    }),
    ...{ x: "scale a", y: "T/T_{SL} over linearization's", log: "xy" },
  };
}
