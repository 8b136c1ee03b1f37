/**
 * Panels of studies of kernel drift: the kernel along the flow, the lazy limit, and what T/T_SL consists of.
 *
 * @module
 */
import {
  driftCurve,
  type DriftQuantity,
  type DriftStudy,
  type InefficiencyParts,
  type LazyRate,
} from "../experiments/mod.ts";
import { checkDrift, driftName } from "../experiments/readings/drift_readings.ts";
import { checkList, checkOptions, checkRecord, maybe, must } from "../numerics/checks.ts";
import { checkInteger, checkText } from "../numerics/checks.ts";
import { geometricMean, mean, type MeanAndError } from "../statistics/mod.ts";
import { orderedColors } from "./look.ts";
import { band, checkColumn, type Numbers } from "./marks.ts";
import type { PlotlyPart } from "./look.ts";
import type { Panel } from "./panels.ts";

/** What the axes say. */
const LABELS: Readonly<Record<DriftQuantity, string>> = {
  change: "‖K_{t} − K_{s}‖/‖K_{s}‖",
  trace: "tr K_{t}/tr K_{s}",
  largest: "λ_{max}(t)/λ_{max}(s)",
  labels: "cosine of K_{t} and yyᵀ",
  residue: "cosine of K_{t} and rrᵀ",
  shared1: "share of the 1st direction kept",
  shared10: "share of the first 10 kept",
  shared50: "share of the first 50 kept",
  laziness: "Δfᵀ K_{0}⁺ Δf/‖Δθ‖²",
  lazinessLinear: "Δfᵀ K_{0}⁺ Δf/‖Δθ‖², linearization",
};

/** These are shares that may be all of 1, shown as they are. */
const LINEAR: readonly DriftQuantity[] = ["shared1", "shared10", "shared50"];

/**
 * A quantity of kernels along their flows against τ: the geometric mean over seeds, and a band from the
 * least to the largest; a colour a study.
 *
 * @param options `from`: the look s that it is told from; `quantities` are of `driftCurve`
 * @throws {RangeError} if there is no study
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DriftStudy, storedResults } from "../experiments/mod.ts";
 * import { kernelDriftPanel } from "./kernel_drift_panels.ts";
 * const [{ result }] = await storedResults<DriftStudy>("kernel_drift");
 * assert.equal(kernelDriftPanel([result], "change").log, "xy");
 * ```
 */
export function kernelDriftPanel(
  studies: readonly DriftStudy[],
  quantity: DriftQuantity,
  options: { readonly from?: number } = {},
): Panel {
  checkList("studies", studies, checkDrift, 1);
  checkOptions("options", options, { from: maybe(checkInteger, { least: 0 }) });
  const colors = orderedColors(studies.length);
  return {
    marks: studies.map((study, i) => {
      const { time, seeds } = driftCurve(study, quantity, options);
      const past = time.map((t, at) => t > 0 ? at : -1).filter((at) => at >= 0);
      return spread(past.map((at) => time[at]), past.map((at) => seeds[at]), {
        ...{ name: driftName(study), color: colors[i] },
      });
    }),
    ...{ x: "time τ", y: LABELS[quantity], log: LINEAR.includes(quantity) ? "x" : "xy" },
  };
}

/** The middle of values and their range, at each place. */
function spread(
  x: Numbers,
  values: readonly (readonly number[])[],
  options: { readonly name: string; readonly color?: string },
): PlotlyPart[] {
  const middle = values.map((list) =>
    list.length > 1 && list.every((v) => v > 0) ? geometricMean(list).mean : mean(list)
  );
  const [low, high] = [Math.min, Math.max].map((end) => values.map((list) => end(...list)));
  return band(x, middle, low, high, { ...options, mode: "lines+markers" });
}

/**
 * Gaps between networks and their linearizations against the scale a, and the lines a^−p that were fitted,
 * in their windows.
 *
 * @throws {RangeError} if there is no rate
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lazyPanel } from "./kernel_drift_panels.ts";
 * const exponent = { mean: 1, interval: [0.9, 1.1], standardError: 0.04, count: 2 } as const;
 * const points = [1, 10].map((scale) => ({ scale, gaps: [1 / scale, 1.1 / scale] }));
 * const rate = { network: "FCN", of: "outputs", window: [1, 10], points, exponent } as const;
 * assert.equal(lazyPanel([rate]).log, "xy");
 * ```
 */
export function lazyPanel(rates: readonly LazyRate[]): Panel {
  const point = must(checkRecord, { gaps: checkColumn });
  checkList(
    "rates",
    rates,
    must(checkRecord, {
      ...{ network: checkText, of: checkText, window: checkColumn },
      ...{ points: must(checkList, point, 1), exponent: must(checkRecord, {}) },
    }),
    1,
  );
  const colors = orderedColors(rates.length);
  return {
    marks: rates.map(({ network, points }, i) =>
      spread(points.map(({ scale }) => scale), points.map(({ gaps }) => gaps), {
        ...{ name: network, color: colors[i] },
      })
    ),
    ...{ x: "scale a", y: GAPS[rates[0].of], log: "xy" },
  };
}

const GAPS: Readonly<Record<LazyRate["of"], string>> = {
  outputs: "‖Δf − J_{0}Δθ_{lin}‖/‖J_{0}Δθ_{lin}‖",
  weights: "‖Δθ − Δθ_{lin}‖/‖Δθ_{lin}‖",
  kernel: "‖K_{T} − K_{0}‖/‖K_{0}‖",
};

const CHECK_PARTS = must(checkList, must(checkRecord, { own: checkColumn, time: () => {} }), 1);

/**
 * T/T_SL of a network and of its linearization, with f_0 and without it, against τ: geometric means over
 * seeds, and bands from the least to the largest.
 *
 * @throws {RangeError} if there is no entry
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { partsPanel } from "./kernel_drift_panels.ts";
 * const none = { mean: 0, interval: [0, 0], standardError: 0, count: 2 } as const;
 * const panel = partsPanel([{
 *   ...{ time: 1, seeds: [0, 1], own: [4, 5], linear: [5, 6], ownWithout: [1, 1] },
 *   ...{ linearWithout: [1, 1], function: none, motion: none, difference: none, interaction: none },
 * }]);
 * assert.equal(panel.y, "T/T_{SL}");
 * ```
 */
export function partsPanel(parts: readonly InefficiencyParts[]): Panel {
  CHECK_PARTS("parts", parts as never);
  const names = [
    ["own", "network"],
    ["linear", "linearization"],
    ["ownWithout", "network, f_{0} subtracted"],
    ["linearWithout", "linearization, f_{0} subtracted"],
  ] as const;
  return {
    marks: names.map(([column, name]) =>
      band(
        parts.map(({ time }) => time),
        parts.map((one) => geometricMean(one[column]).mean),
        parts.map((one) => Math.min(...one[column])),
        parts.map((one) => Math.max(...one[column])),
        { name },
      )
    ),
    ...{ x: "time τ", y: "T/T_{SL}", log: "xy" },
  };
}

/**
 * The factors that the initial function and the kernel's motion are of T/T_SL, against τ, with Student's
 * intervals over seeds; their product with the linearization's T/T_SL without f_0 is the network's.
 *
 * @throws {RangeError} if there is no entry
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { factorsPanel } from "./kernel_drift_panels.ts";
 * const none = { mean: 0, interval: [0, 0], standardError: 0, count: 2 } as const;
 * const panel = factorsPanel([{
 *   ...{ time: 1, seeds: [0, 1], own: [4, 5], linear: [5, 6], ownWithout: [1, 1] },
 *   ...{ linearWithout: [1, 1], function: none, motion: none, difference: none, interaction: none },
 * }]);
 * assert.equal(panel.y, "factor of T/T_{SL}");
 * ```
 */
export function factorsPanel(parts: readonly InefficiencyParts[]): Panel {
  CHECK_PARTS("parts", parts as never);
  const time = parts.map((one) => one.time);
  const factor = (of: "function" | "motion", name: string) => {
    const means: readonly MeanAndError[] = parts.map((one) => one[of]);
    return band(
      time,
      means.map((one) => Math.exp(one.mean)),
      means.map(({ interval: [low] }) => Math.exp(low)),
      means.map(({ interval: [, high] }) => Math.exp(high)),
      { name },
    );
  };
  return {
    marks: [
      factor("function", "unlearning f_{0}"),
      factor("motion", "motion of the kernel"),
    ],
    ...{ x: "time τ", y: "factor of T/T_{SL}", log: "xy" },
  };
}
