/**
 * Infinitely wide networks beside finite ones: nothing in these curves is fitted.
 *
 * @module
 */
import { overRealizations, type SpeedLimitStudy, type WideLimit } from "../experiments/mod.ts";
import { checkStudies, checkWide } from "../experiments/checks.ts";
import {
  checkList,
  checkOneOf,
  checkOptions,
  checkPositive,
  checkText,
  maybe,
} from "../numerics/checks.ts";
import { COLORS, orderedColors } from "./look.ts";
import { band, line } from "./marks.ts";
import type { Panel } from "./panels.ts";

/** So many times are drawn a curve. */
const TIMES = 120;

function grid(from: number, to: number): number[] {
  return Array.from({ length: TIMES }, (_, i) => from * (to / from) ** (i / (TIMES - 1)));
}

/**
 * T/T_SL of infinitely wide networks in time, on either clock, and of finite ones beside, dashed with
 * their bands over seeds.
 *
 * @param flows a line each, by growing n
 * @param studies of finite networks; one with the n of a flow has its colour
 * @param to the last time; `from` the first
 * @throws {RangeError} if there is no flow, or the times are not 0 < from < to
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type KernelStudy, storedResult, wideLimit } from "../experiments/mod.ts";
 * import { wideLimitPanel } from "./wide_limit_panels.ts";
 * const stored = await storedResult<KernelStudy>("kernels/myrtle_5_infinite_n64_seed0");
 * const { marks } = wideLimitPanel([wideLimit(stored!.result)], { to: 100 });
 * assert.equal(marks.length, 1);
 * ```
 */
export function wideLimitPanel(
  flows: readonly WideLimit[],
  options: {
    readonly studies?: readonly SpeedLimitStudy[];
    readonly clock?: "time" | "meanTime";
    readonly from?: number;
    readonly to?: number;
    readonly title?: string;
  } = {},
): Panel {
  checkList("flows", flows, checkWide);
  const { studies = [], clock = "time", from = 1e-4, to = 20, title } = checkOptions(
    "options",
    options,
    {
      ...{ studies: maybe(checkStudies), clock: maybe(checkOneOf, ["time", "meanTime"]) },
      ...{ from: maybe(checkPositive), to: maybe(checkPositive), title: maybe(checkText) },
    },
  );
  if (flows.length === 0) throw new RangeError("there is no flow; a panel needs one at least");
  if (!(to > from)) {
    throw new RangeError(`to is ${to}; it must be above from, ${from}`);
  }
  const sizes = [
    ...new Set([
      ...flows.map(({ study }) => study.configuration.n),
      ...studies.map(({ configuration }) => configuration.n),
    ]),
  ].sort((a, b) => a - b);
  const colors = orderedColors(sizes.length);
  const colorOf = (n: number) => colors[sizes.indexOf(n)];
  const scale = (n: number) => clock === "time" ? 1 : n;
  const times = grid(from, to);
  const wide = flows.map((flow) => {
    const { n } = flow.study.configuration;
    return line(times.map((t) => scale(n) * t), times.map((t) => flow.at(t).inefficiency), {
      name: `∞, n = ${n}`,
      color: colorOf(n),
    });
  });
  const finite = studies.map((study) => {
    const { n, width } = study.configuration;
    const { time, middle, low, high } = overRealizations(study, "cold", "inefficiency");
    return band(time.map((t) => scale(n) * t), middle, low, high, {
      name: `${width}, n = ${n}`,
      color: colorOf(n),
      dash: "dash",
    });
  });
  return {
    marks: [...wide, ...finite],
    ...{ x: clock === "time" ? "τ (L a sum)" : "nτ (L a mean)", y: "T/T_{SL}, cold" },
    ...{ log: "xy", title },
  };
}

/**
 * The regimes of one infinitely wide network: ι, its parts ι_f of the initial function and ι_y of the
 * labels, the weight D_f/(D_f + D_y) in a small plot, and ι's last asymptote, T ΔL/(ρᵀK⁻¹ρ).
 *
 * @throws {RangeError} if the times are not 0 < from < to
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type KernelStudy, storedResult, wideLimit } from "../experiments/mod.ts";
 * import { wideRegimePanel } from "./wide_limit_panels.ts";
 * const stored = await storedResult<KernelStudy>("kernels/myrtle_5_infinite_n64_seed0");
 * assert.equal(wideRegimePanel(wideLimit(stored!.result), { to: 1e4 }).marks.length, 4);
 * ```
 */
export function wideRegimePanel(
  flow: WideLimit,
  options: { readonly from?: number; readonly to?: number; readonly title?: string } = {},
): Panel {
  checkWide("flow", flow);
  const { from = 1e-3, to = 1e3, title } = checkOptions("options", options, {
    ...{ from: maybe(checkPositive), to: maybe(checkPositive), title: maybe(checkText) },
  });
  if (!(to > from)) {
    throw new RangeError(`to is ${to}; it must be above from, ${from}`);
  }
  const times = grid(from, to);
  const at = times.map((time) => flow.at(time));
  const late = at.filter(({ time }) => flow.lateRate * time > 1);
  const asymptote = late.length > 1
    ? [line(late.map(({ time }) => time), late.map(({ time }) => flow.lateRate * time), {
      ...{ name: "T ΔL/(ρᵀK⁻¹ρ)", dash: "dot", color: COLORS[5] },
    })]
    : [];
  return {
    marks: [
      line(times, at.map(({ initial }) => initial), {
        name: "ι_{f}, initial function",
        color: COLORS[1],
      }),
      line(times, at.map(({ labels }) => labels), { name: "ι_{y}, labels", color: COLORS[2] }),
      line(times, at.map(({ inefficiency }) => inefficiency), {
        name: "ι",
        color: COLORS[0],
        width: 3,
      }),
      ...asymptote,
    ],
    ...{ x: "time τ", y: "T/T_{SL}", log: "xy", title },
  };
}
