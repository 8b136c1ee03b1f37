/**
 * Networks of growing width beside their limit.
 *
 * @module
 */
import {
  markText,
  type NamedSpread,
  type WidthCorrection,
  type WidthQuantity,
  type WidthReference,
  type WidthSeries,
} from "../experiments/mod.ts";
import { checkObject } from "../experiments/checks.ts";
import { checkWidthSeries, lastTime } from "../experiments/studies/width_series_result.ts";
import {
  checkList,
  checkOptions,
  checkRecord,
  checkText,
  maybe,
  must,
} from "../numerics/checks.ts";
import { mean } from "../statistics/mod.ts";
import { INK, orderedColors } from "./look.ts";
import { line, points } from "./marks.ts";
import type { Panel } from "./panels.ts";

const LABELS: Readonly<Record<WidthQuantity, string>> = {
  speedLimit: "T_{SL}",
  inefficiency: "T/T_{SL}",
  tortuosity: "l_{γ}/l_{geo}",
  time: "T to the mark",
};

const OVER: Readonly<Record<WidthReference, string>> = {
  limit: "over the limit's",
  own: "over its own limit's",
  function: "of the limit from its functions, over the limit's",
};

/** So many widths are drawn a curve. */
const CURVE = 60;

const grid = (from: number, to: number) =>
  Array.from({ length: CURVE }, (_, i) => from * (to / from) ** (i / (CURVE - 1)));

/**
 * A quantity of networks of growing width over that of the infinitely wide one, a mark each: geometric
 * means over seeds with their intervals, and the fit in 1/N through 1 over the widths that it is of.
 *
 * @param corrections of one quantity and reference
 * @throws {RangeError} if there is none
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { widthPanel } from "./width_panels.ts";
 * assert.throws(() => widthPanel([]), /corrections has 0 entries; it must have 1 or more/);
 * ```
 */
export function widthPanel(
  corrections: readonly WidthCorrection[],
  options: { readonly title?: string } = {},
): Panel {
  checkList(
    "corrections",
    corrections,
    must(checkRecord, { mark: checkObject, fit: checkObject, measured: must(checkList) }),
    1,
  );
  const { title } = checkOptions("options", options, { title: maybe(checkText) });
  const [{ quantity, reference }] = corrections;
  const colors = orderedColors(corrections.length);
  const marks = corrections.flatMap(({ fit, measured, mark }, i) => {
    const widths = measured.map(({ width }) => width);
    const at = grid(fit.sizes[0], fit.sizes[fit.sizes.length - 1]);
    const of = (log: number) => Math.exp(log);
    return [
      points(widths, measured.map(({ value }) => of(value)), {
        low: measured.map(({ interval }) => of(interval[0])),
        high: measured.map(({ interval }) => of(interval[1])),
        ...{ name: markText(mark), color: colors[i], mode: "markers" },
      }),
      line(at, at.map((width) => of(fit.excess(width).value)), {
        ...{ color: colors[i], dash: "dash", width: 1.5 },
      }),
    ];
  });
  return {
    marks,
    ...{ x: "width N", log: "xy", title },
    y: `${LABELS[quantity]} ${OVER[reference]}`,
  };
}

/**
 * The variance over seeds of a logarithm against the width: each width's own with its interval, the law
 * v_∞ + c/N, and v_∞ dotted.
 *
 * @param spreads those that are not there are left out
 * @throws {RangeError} if none is there
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { widthSpreadPanel } from "./width_panels.ts";
 * assert.throws(() => widthSpreadPanel([{ where: "FCN" }]), /no spread/);
 * ```
 */
export function widthSpreadPanel(
  spreads: readonly NamedSpread[],
  options: { readonly title?: string } = {},
): Panel {
  checkList(
    "spreads",
    spreads,
    must(checkRecord, {
      where: checkText,
      spread: (of: string, value: unknown) =>
        value === undefined ? value : checkRecord(of, value, { groups: must(checkList) }),
    }),
  );
  const { title } = checkOptions("options", options, { title: maybe(checkText) });
  const there = spreads.flatMap(({ where, spread }) => spread ? [{ where, spread }] : []);
  if (there.length === 0) throw new RangeError("there is no spread; a panel needs one at least");
  const colors = orderedColors(there.length);
  const marks = there.flatMap(({ where, spread }, i) => {
    const { groups, at, limitVariance } = spread;
    const sizes = groups.map(({ size }) => size);
    const [color, ends] = [colors[i], [sizes[0], sizes[sizes.length - 1]]];
    const curve = grid(ends[0], ends[1]);
    return [
      points(sizes, groups.map(({ value }) => value), {
        low: groups.map(({ interval }) => interval[0]),
        high: groups.map(({ interval }) => interval[1]),
        ...{ name: where, color, mode: "markers" },
      }),
      line(curve, curve.map((size) => at(size).value), { color, dash: "dash", width: 1.5 }),
      line(ends, [limitVariance, limitVariance], { color, dash: "dot", width: 1.5 }),
    ];
  });
  return { marks, ...{ x: "width N", y: "variance of ln(T/T_{SL})", log: "xy", title } };
}

/**
 * How far the kernel of a width lies from the infinitely wide one at initialization, and how far it
 * moves until the last recorded time, of those that were run so long: means over seeds, with N^−½ dotted
 * through the first.
 *
 * @throws {RangeError} if there is no network
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type WidthSeries } from "../experiments/mod.ts";
 * import { widthKernelPanel } from "./width_panels.ts";
 * const limit = { eigenvalues: [1], labels: [1], covariance: [1] };
 * const configuration: WidthSeries["configuration"] = {
 *   ...{ architecture: "fully-connected", widths: [16], n: 1 },
 *   ...{ seeds: 2, horizon: 1, tolerance: 0.01 },
 * };
 * assert.throws(
 *   () => widthKernelPanel({ configuration, limit, networks: [] }),
 *   /the series has no network/,
 * );
 * ```
 */
export function widthKernelPanel(
  series: WidthSeries,
  options: { readonly title?: string } = {},
): Panel {
  const { networks } = checkWidthSeries("series", series);
  const { title } = checkOptions("options", options, { title: maybe(checkText) });
  if (networks.length === 0) throw new RangeError("the series has no network; a panel needs one");
  const horizon = Math.max(...networks.map(lastTime));
  const long = networks.filter((one) => lastTime(one) === horizon);
  const widthsOf = (list: typeof networks) => [...new Set(list.map(({ width }) => width))];
  const of = (list: typeof networks, name: "distance" | "change") =>
    widthsOf(list).map((width) =>
      mean(list.filter((one) => one.width === width).map(({ kernel }) => kernel[name]))
    );
  const widths = widthsOf(networks);
  const distance = of(networks, "distance");
  return {
    marks: [
      line(widths, distance, { name: "from K_{∞}, at the start", mode: "lines+markers" }),
      line(widthsOf(long), of(long, "change"), {
        name: `from its own start, at τ = ${horizon}`,
        mode: "lines+markers",
      }),
      line(widths, widths.map((width) => distance[0] * Math.sqrt(widths[0] / width)), {
        ...{ name: "N^{−½}", dash: "dot", color: INK },
      }),
    ],
    ...{ x: "width N", y: "kernel's distance, relative", log: "xy", title },
  };
}
