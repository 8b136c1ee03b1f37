/**
 * Pictures of flows in one and two dimensions: densities on a line, a path on a landscape.
 *
 * @module
 */
import type { FokkerPlanck, Landscape, LandscapeFlow } from "../dynamics/mod.ts";
import {
  checkFunction,
  checkInteger,
  checkList,
  checkOptions,
  checkPositive,
  checkRecord,
  checkText,
  maybe,
  must,
} from "../numerics/checks.ts";
import { type Figure, figure } from "./figure.ts";
import { heatMap } from "./heat_map.ts";
import type { PlotlyPart } from "./look.ts";
import { checkColumn, line } from "./marks.ts";
import { panels } from "./panels.ts";

/**
 * A flow's densities at some of its times, a line each.
 *
 * @param at indices of the flow's times
 * @param label what stands before the time
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fokkerPlanck } from "../dynamics/mod.ts";
 * import { densityLines } from "./flow_figures.ts";
 *
 * const bowl = { potential: (x: number) => x * x / 2, density: (x: number) => Math.exp(-x * x) };
 * const flow = fokkerPlanck({ ...bowl, beta: 1, from: -8, to: 8, cells: 50, times: [1, 2] });
 * assert.deepEqual(densityLines(flow, [0, 2]).map(([{ name }]) => name), ["t = 0.0", "t = 2.0"]);
 * ```
 */
export function densityLines(
  flow: FokkerPlanck,
  at: readonly number[],
  options: { readonly label?: string; readonly digits?: number } = {},
): PlotlyPart[][] {
  const { centers, density, time } = checkRecord("flow", flow, {
    ...{ centers: checkColumn, density: must(checkList, checkColumn), time: checkColumn },
  }, "a flow that fokkerPlanck gave");
  checkList("at", at);
  const { label = "", digits = 2 } = checkOptions("options", options, {
    ...{ label: maybe(checkText), digits: maybe(checkInteger, { most: 100 }) },
  });
  checkList("at", at, must(checkInteger, { least: 0, most: density.length - 1 }));
  return at.map((i) =>
    line(centers, density[i], { name: `${label}t = ${time[i].toPrecision(digits)}` })
  );
}

/** Cells along each side of a landscape's picture. */
const CELLS = 80;

const checkFlow = <T>(name: string, flow: T): T =>
  checkRecord(name, flow, {
    ...{ time: checkColumn, lossDrop: checkColumn, pathLength: checkColumn },
    ...{ displacementSquared: checkColumn, positions: must(checkList, checkColumn, 1) },
  }, "a flow in a landscape");

/**
 * A path on a landscape of two dimensions, seen from above: log₁₀ of the loss (and a hundredth, so
 * that a minimum at 0 has a colour), and the path on it.
 *
 * @param reach the picture goes from −reach to reach both ways
 * @throws {RangeError} if the landscape is not of two dimensions
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { landscapeFlow, quadraticLandscape } from "../dynamics/mod.ts";
 * import { landscapeFigure } from "./flow_figures.ts";
 *
 * const bowl = quadraticLandscape({ minimum: [0, 0], curvature: [[1, 0], [0, 4]] });
 * const path = landscapeFlow(bowl, { start: [1, 1], horizon: 1 });
 * assert.equal(landscapeFigure(bowl, path, { reach: 2 }).data.at(-1)!.name, "path");
 * ```
 */
export function landscapeFigure(
  landscape: Landscape,
  flow: LandscapeFlow,
  options: { readonly reach?: number } = {},
): Figure {
  checkRecord("landscape", landscape, { dimension: checkInteger, value: checkFunction });
  const { positions } = checkFlow("flow", flow);
  const { reach = 2.2 } = checkOptions("options", options, { reach: maybe(checkPositive) });
  if (landscape.dimension !== 2) {
    throw new RangeError(`the landscape's dimension is ${landscape.dimension}; it must be 2`);
  }
  const center = (k: number) => -reach + 2 * reach * (k + 0.5) / CELLS;
  const grid = Array.from({ length: CELLS }, (_, row) =>
    Array.from({ length: CELLS }, (_, col) => {
      const point = Float64Array.of(center(col), center(CELLS - 1 - row));
      return Math.log10(1e-2 + landscape.value(point, 0));
    }));
  const whole = Array.from({ length: 2 * Math.floor(reach) + 1 }, (_, i) => i - Math.floor(reach));
  const axis = (label: string) => ({ label, ...(reach < 10 ? { ticks: whole } : {}) });
  return figure([
    heatMap(grid, { label: "log_{10} L", x: [-reach, reach], y: [-reach, reach] }),
    line(positions.map(([x]) => x), positions.map(([, y]) => y), {
      ...{ name: "path", color: "#d55e00" },
    }),
  ], { x: axis("x"), y: axis("y") });
}

/**
 * A path beside the straight line, and the three lengths of Eq. 8's proof in time:
 * l_geo ≤ l_γ ≤ √(T ΔL).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { landscapeFlow, quadraticLandscape } from "../dynamics/mod.ts";
 * import { lengthsFigure } from "./flow_figures.ts";
 *
 * const bowl = quadraticLandscape({ minimum: [0, 0], curvature: [[1, 0], [0, 4]] });
 * const { data } = lengthsFigure(landscapeFlow(bowl, { start: [1, 1], horizon: 1 }));
 * assert.equal(data.length, 5);
 * ```
 */
export function lengthsFigure(
  flow: LandscapeFlow,
): Figure {
  const { time, lossDrop, pathLength, displacementSquared, positions } = checkFlow("flow", flow);
  const [start, end] = [positions[0], positions[positions.length - 1]];
  const across = positions.map(([x]) => x);
  const [left, right] = [Math.min(...across), Math.max(...across)];
  const room = 0.04 * (right - left || 1);
  return panels([
    {
      marks: [
        line(across, positions.map(([, y]) => y), { name: "path" }),
        line([start[0], end[0]], [start[1], end[1]], { name: "straight line", dash: "dot" }),
      ],
      x: { label: "x", range: [left - room, right + room] },
      y: "y",
    },
    {
      marks: [
        line(time, time.map((t, i) => Math.sqrt(lossDrop[i] * t)), { name: "√(T ΔL)" }),
        line(time, pathLength, { name: "l_{γ}" }),
        line(time, displacementSquared.map(Math.sqrt), { name: "l_{geo}" }),
      ],
      ...{ x: "time T", y: "length" },
    },
  ]);
}
