/**
 * Figure 1 of the paper, made of studies: its six panels, in its order.
 *
 * @module
 */
import {
  type AtMark,
  atMarks,
  type Mark,
  markText,
  networkAndSize,
  type ResidueStudy,
  type SpeedLimitStudy,
} from "../experiments/mod.ts";
import { checkMark } from "../experiments/readings/mark.ts";
import { checkResidues, checkStudies } from "../experiments/checks.ts";
import { checkOneOf, checkOptions, checkText, maybe } from "../numerics/checks.ts";
import { cumulativeOverlap } from "../ntk/mod.ts";
import { mean } from "../statistics/mod.ts";
import type { Figure } from "./figure.ts";
import { COLORS, orderedColors, type PlotlyPart } from "./look.ts";
import { type ColumnName, columnPanel } from "./mark_panels.ts";
import { band, type Numbers, points } from "./marks.ts";
import { type Panel, panels } from "./panels.ts";
import { readingMarks } from "./reading.ts";

/** What the figure shows besides the studies. */
export interface SpeedLimitFigureOptions {
  /** Kernels and residues of one of the studies, for panel f. */
  readonly residues?: ResidueStudy;
  readonly title?: string;
  /** τ of a loss that is a sum over images, or nτ, that of a mean. */
  readonly clock?: "time" | "meanTime";
  /** Where panel d is taken; at the shortest study's horizon by default. */
  readonly mark?: Mark;
}

const STARTS = [["cold", COLORS[0]], ["warm", COLORS[1]]] as const;

/**
 * (a) the loss in time, (b, c) T/T_SL from the cold and the warm start, (d) T/T_SL at a mark against n,
 * (e) l_γ/l_geo, (f) the share of the residue on the kernel's first k eigenvectors, and the spectrum in
 * its inset; lines are means over realizations, geometric but for f, bands span all of them; d has 95 %
 * intervals of the mean, beside what a reviewer read off the paper's panel. Where the warm start was not
 * reached, c says so.
 *
 * @param studies of one network, a study for each n
 * @throws {RangeError} if there is no study
 * @throws as `markOf` does
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
  const { residues, title, clock = "time", mark } = checkOptions("options", options, {
    ...{ residues: maybe(checkResidues), title: maybe(checkText) },
    clock: maybe(checkOneOf, ["time", "meanTime"]),
    mark: maybe(checkMark),
  });
  if (studies.length === 0) throw new RangeError("studies is empty; the figure needs one at least");
  const bySize = studies.toSorted((a, b) => a.configuration.n - b.configuration.n);
  const colors = orderedColors(bySize.length);
  const last = Math.min(...bySize.map(({ configuration }) => configuration.horizon));
  const of = (column: ColumnName, start: "cold" | "warm" = "cold") =>
    columnPanel(bySize, column, { clock, start, colors });
  const list: Panel[] = [
    of("lossLeft"),
    of("inefficiency"),
    of("inefficiency", "warm"),
    orEmpty(againstSize(bySize, mark ?? { time: last }), "needs two realizations"),
    of("tortuosity"),
  ];
  if (residues) list.push(overlapPanel(residues));
  return panels(list, { columns: 3, title });
}

/**
 * T/T_SL at one mark against the number of images, from both starts, with 95 % intervals: panel d. A
 * reviewer's reading of the paper's is dotted, and a band.
 *
 * @param studies of any networks; where they are several, a line each, and from the cold start alone
 * @throws as `markOf` does
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResults } from "../experiments/mod.ts";
 * import { againstSize } from "./speed_limit_figure.ts";
 * const [{ result: study }] = await storedResults<SpeedLimitStudy>("speed_limit");
 * assert(againstSize([study], { time: 0.05 }).marks.length > 0);
 * assert.equal(againstSize([study], { lossLeft: 1e-6 }).marks.length, 0);
 * ```
 */
export function againstSize(studies: readonly SpeedLimitStudy[], mark: Mark): Panel {
  checkStudies("studies", studies);
  checkMark("mark", mark);
  const networks = [
    ...Map.groupBy(studies, (study) => networkAndSize(study).replace(/, n = \d+$/, "")),
  ];
  const colors = networks.length > 1 ? orderedColors(networks.length) : [COLORS[0]];
  const cold = networks.flatMap(([network, of], i) =>
    linesAt(atMarks(of, [mark]), networks.length > 1 ? network : "cold start", colors[i])
  );
  const warm = networks.length > 1
    ? []
    : linesAt(atMarks(studies, [mark], { start: "warm" }), "warm start", COLORS[1]);
  const starts = networks.length > 1 ? ["cold"] as const : ["warm", "cold"] as const;
  const read = cold.length === 0 ? [] : starts.map(readingMarks);
  return {
    marks: [...read, ...cold, ...warm],
    ...{ x: "n", y: "T/T_{SL}", log: "xy", title: `at ${markText(mark)}` },
  };
}

function linesAt(all: readonly AtMark[], name: string, color: string): PlotlyPart[][] {
  const there = all.filter(({ inefficiency }) => inefficiency?.interval)
    .toSorted((a, b) => a.study.configuration.n - b.study.configuration.n);
  if (there.length === 0) return [];
  const ends = (i: 0 | 1) => there.map(({ inefficiency }) => inefficiency!.interval![i]);
  return [points(
    there.map(({ study }) => study.configuration.n),
    there.map(({ inefficiency }) => inefficiency!.mean),
    { name, color, low: ends(0), high: ends(1) },
  )];
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
    y: { label: "residue on 1 … k", range: [0, 1], ticks: [0, 0.5, 1] },
    log: "x",
    inset: { marks: marks(({ eigenvalues }) => eigenvalues), x: "k", y: "λ_{k}", log: "xy" },
  };
}
