/**
 * Gradient descent beside the flow from the same weights.
 *
 * @module
 */
import type { InefficiencyColumns } from "../bounds/mod.ts";
import type { SeedPath } from "../experiments/mod.ts";
import { checkOptions, checkPositive, checkRecord, checkText, maybe } from "../numerics/checks.ts";
import type { Figure } from "./figure.ts";
import { checkColumn, line, type Numbers } from "./marks.ts";
import { panels } from "./panels.ts";

/**
 * T/T_SL and l_γ/l_geo of both, from the first step to a little beyond the last.
 *
 * @param note of the axes' labels, such as "seed 0"
 * @throws {RangeError} if descent has no entry past its origin
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { descentFigure } from "./descent_figure.ts";
 * const flow = { time: [0, 1, 2], inefficiency: [1, 1.1, 1.2], tortuosity: [1, 1, 1.1] };
 * const descent = {
 *   time: Float64Array.of(0, 1, 2),
 *   inefficiency: Float64Array.of(1, 1, 1.2),
 *   tortuosity: Float64Array.of(1, 1, 1.1),
 * };
 * const { data } = descentFigure(flow, descent, { learningRate: 0.5 });
 * assert.deepEqual(data.map(({ name }) => name).slice(0, 2), ["flow", "gradient descent"]);
 * ```
 */
export function descentFigure(
  flow: SeedPath,
  descent: Pick<InefficiencyColumns, "time" | "inefficiency" | "tortuosity">,
  options: { readonly learningRate: number; readonly note?: string },
): Figure {
  for (const [name, path] of Object.entries({ flow, descent })) {
    checkRecord(name, path, {
      ...{ time: checkColumn, inefficiency: checkColumn, tortuosity: checkColumn },
    }, "a path with its ratios");
  }
  const { learningRate, note = "seed 0" } = checkOptions("options", options, {
    ...{ learningRate: checkPositive, note: maybe(checkText) },
  });
  const end = descent.time.at(-1)!;
  if (!(end > 0)) throw new RangeError("descent has no entry past its origin");
  const both = (column: "inefficiency" | "tortuosity") => {
    const past = (path: { readonly time: Numbers } & { readonly [K in typeof column]: Numbers }) =>
      [Array.from(path.time).slice(1), Array.from(path[column]).slice(1)] as const;
    return [
      line(...past(flow), { name: "flow" }),
      line(...past(descent), { name: "gradient descent", dash: "dash" }),
    ];
  };
  const x = { label: "time τ", range: [learningRate, 1.5 * end] } as const;
  return panels([
    {
      marks: both("inefficiency"),
      x,
      y: `T/T_{SL}, ${note}`,
      log: "xy",
    },
    {
      marks: both("tortuosity"),
      x,
      y: `l_{γ}/l_{geo}, ${note}`,
      log: "x",
    },
  ]);
}
