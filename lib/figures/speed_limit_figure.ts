/**
 * Figure 1 of the paper, made of studies: its six panels, in its order.
 *
 * @module
 */
import {
  overRealizations,
  type PathRatios,
  ratiosAt,
  type ResidueStudy,
  type SpeedLimitStudy,
} from "../experiments/mod.ts";
import { cumulativeOverlap } from "../ntk/mod.ts";
import { mean } from "../statistics/mod.ts";
import { checkResidues, checkStudies } from "../experiments/checks.ts";
import { checkNumber, checkOptions, checkText, maybe } from "../numerics/checks.ts";
import type { Figure } from "./figure.ts";
import { COLORS, orderedColors } from "./look.ts";
import { band, type Numbers, points } from "./marks.ts";
import { type Panel, panels } from "./panels.ts";

/** What the figure shows besides the studies. */
export interface SpeedLimitFigureOptions {
  /** Kernels and residues of one of the studies, for panel f. */
  readonly residues?: ResidueStudy;
  readonly title?: string;
}

const STARTS = [["cold", COLORS[0]], ["warm", COLORS[1]]] as const;

/**
 * (a) the loss in time, (b, c) T/T_SL from the cold and the warm start, (d) T/T_SL at the horizon
 * against n, (e) l_γ/l_geo, (f) the share of the residue on the kernel's first k eigenvectors, and
 * the spectrum in its inset; lines are means over realizations, geometric but for f, bands span all of
 * them; d has 95 % intervals of the mean. Where the warm start was not reached, c says so.
 *
 * @param studies of one network, a study for each n
 * @throws {RangeError} if there is no study
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResults } from "../experiments/mod.ts";
 * import { speedLimitFigure } from "./speed_limit_figure.ts";
 * const [{ result: study }] = await storedResults<SpeedLimitStudy>("speed_limit");
 * assert("xaxis5" in speedLimitFigure([study]).layout);
 * ```
 */
export function speedLimitFigure(
  studies: readonly SpeedLimitStudy[],
  options: SpeedLimitFigureOptions = {},
): Figure {
  checkStudies("studies", studies);
  const { residues, title } = checkOptions("options", options, {
    ...{ residues: maybe(checkResidues), title: maybe(checkText) },
  });
  if (studies.length === 0) throw new RangeError("studies is empty; the figure needs one at least");
  const bySize = studies.toSorted((a, b) => a.configuration.n - b.configuration.n);
  const colors = orderedColors(bySize.length);
  const curves = (start: "cold" | "warm", column: keyof PathRatios | "loss") =>
    bySize.flatMap((study, i) => {
      const { time, middle, low, high } = overRealizations(study, start, column);
      const options = { name: `n = ${study.configuration.n}`, color: colors[i] };
      return time.length === 0 ? [] : [band(time, middle, low, high, options)];
    });
  const list: Panel[] = [
    { marks: curves("cold", "loss"), x: "time τ", y: "loss L", log: "xy" },
    { marks: curves("cold", "inefficiency"), x: "time τ", y: "T/T_{SL}, cold", log: "xy" },
    orEmpty({
      marks: curves("warm", "inefficiency"),
      x: "τ since the warm start",
      y: "T/T_{SL}, warm",
      log: "xy",
    }, "warm start not reached"),
    orEmpty(againstSize(bySize), "needs two realizations"),
    { marks: curves("cold", "tortuosity"), x: "time τ", y: "l_{γ}/l_{geo}, cold", log: "x" },
  ];
  if (residues) list.push(overlapPanel(residues));
  return panels(list, { columns: 3, title });
}

/**
 * T/T_SL at one time against the number of images, from both starts, with 95 % intervals: panel d.
 *
 * @param time counted from initialization; the horizon by default
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResults } from "../experiments/mod.ts";
 * import { againstSize } from "./speed_limit_figure.ts";
 * const [{ result: study }] = await storedResults<SpeedLimitStudy>("speed_limit");
 * assert(againstSize([study], { time: 0.05 }).marks.length > 0);
 * ```
 */
export function againstSize(
  studies: readonly SpeedLimitStudy[],
  options: { readonly time?: number } = {},
): Panel {
  checkStudies("studies", studies);
  const { time } = checkOptions("options", options, { time: maybe(checkNumber) });
  const marks = STARTS.flatMap(([start, color]) => {
    const there = studies.flatMap((study) => {
      if (study.realizations.length < 2) return [];
      const ratios = ratiosAt(study, { time })[start];
      return ratios ? [{ n: study.configuration.n, ...ratios.inefficiency }] : [];
    });
    if (there.length === 0) return [];
    return [points(
      there.map(({ n }) => n),
      there.map(({ mean }) => mean),
      {
        name: `${start} start`,
        color,
        low: there.map(({ interval }) => interval[0]),
        high: there.map(({ interval }) => interval[1]),
      },
    )];
  });
  return { marks, x: "n", y: `T/T_{SL} at ${time ? `τ = ${time}` : "the end"}`, log: "xy" };
}

/** Without marks a panel has no logarithm to draw: it says why it is empty. */
function orEmpty(panel: Panel, why: string): Panel {
  return panel.marks.length > 0 ? panel : { ...panel, log: undefined, title: why };
}

function overlapPanel({ realizations }: ResidueStudy): Panel {
  const over = (columns: readonly Numbers[]) => {
    const k = Array.from(columns[0], (_, i) => i + 1);
    const at = k.map((_, i) => columns.map((column) => column[i]));
    return [
      k,
      at.map(mean),
      at.map((values) => Math.min(...values)),
      at.map((values) => Math.max(...values)),
    ] as const;
  };
  const marks = (of: (start: ResidueStudy["realizations"][number]["cold"]) => Numbers) =>
    STARTS.flatMap(([start, color]) => {
      const columns = realizations.flatMap((realization) => {
        const at = realization[start];
        return at ? [of(at)] : [];
      });
      return columns.length === 0
        ? []
        : [band(...over(columns), { name: `${start} start`, color })];
    });
  return {
    marks: marks(({ squares }) => cumulativeOverlap(squares.map(Math.sqrt))),
    x: "k",
    y: { label: "residue on 1 … k", range: [0, 1] },
    log: "x",
    inset: { marks: marks(({ eigenvalues }) => eigenvalues), x: "k", y: "λ_{k}", log: "xy" },
  };
}
