/**
 * Tables of networks beside their linearizations: where they part in T/T_SL, and what T/T_SL consists of at
 * equal training loss.
 *
 * @module
 */
import type { LazyParting, NetworkLossParts } from "../../experiments/mod.ts";
import { checkValue } from "../../experiments/checks.ts";
import { checkList, checkRecord, checkText, must } from "../../numerics/checks.ts";
import { geometricMean, type MeanAndError, withInterval } from "../../statistics/mod.ts";
import { checkColumn } from "../marks.ts";
import type { TableRows } from "./table_text.ts";

const two = { digits: 2 };

/** A geometric mean with its interval, the one value there is, or that there is none. */
export const meanText = (values: readonly number[]) =>
  values.length > 1
    ? withInterval(geometricMean(values), two)
    : values.length === 1
    ? values[0].toFixed(2)
    : "not reached";

/**
 * From which scale downwards network and linearization differ in T/T_SL by some shares: a row a network and
 * mark. The scale is the geometric mean over seeds, with its interval; where not all part within the sweep,
 * the least and the largest of those that do.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lazyPartingRows } from "./lazy_parting_tables.ts";
 * const points = [{ scale: 0.1, ratios: [1.2, 1.3] }, { scale: 1, ratios: [1, 1] }];
 * const partings = [
 *   ...[{ by: 0.1, scales: [0.5, 0.5] }, { by: 0.2, scales: [0.3] }, { by: 0.5, scales: [] }],
 * ];
 * const [row] = lazyPartingRows([{ network: "FCN", mark: "τ = 1", of: 2, tolerance: 0.01, points, partings }]);
 * assert.equal(row["by 10 %, below a"], "0.50 [0.50, 0.50]");
 * assert.equal(row["by 20 %, below a"], "0.30 in 1 of 2 seeds");
 * assert.equal(row["by 50 %, below a"], "in none of 2 seeds");
 * assert.match(String(row["at the least a"]), /^×1.25 .* at 0.1$/);
 * ```
 */
export function lazyPartingRows(partings: readonly LazyParting[]): TableRows {
  checkList(
    "partings",
    partings,
    must(checkRecord, {
      ...{ network: checkText, mark: checkText, of: checkValue },
      points: must(checkList, must(checkRecord, { scale: checkValue, ratios: checkColumn }), 1),
      partings: must(checkList, must(checkRecord, { by: checkValue, scales: checkColumn })),
    }),
  );
  return partings.map(({ network, mark, of, points, partings }) => {
    const least = points[0];
    const reached = least.ratios.length === of ? "" : ` (${least.ratios.length} of ${of} seeds)`;
    return {
      ...{ network, "read at": mark },
      ...Object.fromEntries(partings.map(({ by, scales }) => [
        `by ${Number((100 * by).toPrecision(3))} %, below a`,
        scales.length === 0
          ? `in none of ${of} seeds`
          : scales.length < of
          ? `${
            [...new Set([Math.min(...scales), Math.max(...scales)].map((a) => a.toFixed(2)))].join(
              "–",
            )
          } in ${scales.length} of ${of} seeds`
          : meanText(scales),
      ])),
      "at the least a": least.ratios.length > 0
        ? `×${meanText(least.ratios)}${reached} at ${least.scale}`
        : `not reached at ${least.scale}`,
    };
  });
}

/**
 * What networks' T/T_SL consists of where equal shares of ½‖Y‖² are left: the four flows' ratios, the times
 * when they come there, and the factors with intervals. A row a network and share; one that fewer than two
 * seeds reach says so.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lossPartRows } from "./lazy_parting_tables.ts";
 * const none = { mean: 0, interval: [0, 0], standardError: 0, count: 2 } as const;
 * const flows = { own: [4, 5], linear: [5, 6], ownWithout: [1, 1], linearWithout: [1, 1] };
 * const parts = {
 *   ...{ time: 1, seeds: [0, 1], ...flows },
 *   ...{ function: none, motion: none, difference: none, interaction: none },
 * };
 * const found = { left: 0.5, of: 6, times: flows, parts };
 * const rows = lossPartRows([{ network: "FCN", marks: [{ left: 0.5, found }, { left: 0.2 }] }]);
 * assert.deepEqual(rows.map(({ seeds }) => seeds), ["2 of 6", "not reached"]);
 * ```
 */
export function lossPartRows(networks: readonly NetworkLossParts[]): TableRows {
  checkList(
    "networks",
    networks,
    must(checkRecord, {
      network: checkText,
      marks: must(checkList, must(checkRecord, { left: checkValue })),
    }),
  );
  const factor = ({ mean, interval: [low, high] }: MeanAndError) =>
    withInterval({ mean: Math.exp(mean), interval: [Math.exp(low), Math.exp(high)] }, two);
  return networks.flatMap(({ network, marks }) =>
    marks.map(({ left, found }) => {
      const both = (flow: "own" | "linear" | "ownWithout" | "linearWithout") =>
        found
          ? `${meanText(found.parts[flow])}, τ = ${
            geometricMean(found.times[flow]).mean.toPrecision(2)
          }`
          : "";
      return {
        network,
        "½‖Y‖² left": `${Number((100 * left).toPrecision(3))} %`,
        seeds: found ? `${found.parts.seeds.length} of ${found.of}` : "not reached",
        "T/T_SL": both("own"),
        "linearization": both("linear"),
        "f_0 subtracted": both("ownWithout"),
        "both": both("linearWithout"),
        "factor of f_0": found ? factor(found.parts.function) : "",
        "factor of the kernel's motion": found ? factor(found.parts.motion) : "",
      };
    })
  );
}
