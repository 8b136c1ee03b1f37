/**
 * T/T_SL against n, at a mark that the reader chooses.
 *
 * @module
 */
import {
  atMarks,
  FIGURE_1_READING,
  type Mark,
  markText,
  networkAndSize,
  type SpeedLimitStudy,
} from "../experiments/mod.ts";
import { checkMark } from "../experiments/readings/mark.ts";
import { checkStudies } from "../experiments/checks.ts";
import { checkList, checkOptions, checkText, maybe } from "../numerics/checks.ts";
import type { Figure } from "./figure.ts";
import { orderedColors } from "./look.ts";
import { points } from "./marks.ts";
import { type Panel, panels } from "./panels.ts";
import { readingMarks } from "./reading.ts";
import { withSlider } from "./slider.ts";

/** What the figure shows besides the studies. */
export interface SizeByMarkOptions {
  /** The mark that is shown first, and alone in a static picture; the first by default. */
  readonly start?: Mark;
  readonly title?: string;
}

/** Between which T/T_SL lies in all frames, whatever the studies. */
const RATIOS = { cold: [0.9, 300], warm: [0.9, 60] } as const;

/**
 * T/T_SL against n from the cold and the warm start, a line a network with 95 % intervals over seeds,
 * beside a reviewer's reading of the paper's, and a slider over the marks: the same τ, epoch of a mean, loss, or compute. Marks that no network comes
 * to with two seeds are left out, and so are networks where not all seeds come so far.
 *
 * @param studies of any networks and n
 * @throws {RangeError} if fewer than two marks are reached, or `start` is none of them
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { HE, type SpeedLimitStudy, storedResults, studiesWith } from "../experiments/mod.ts";
 * import { sizeByMark } from "./size_by_mark.ts";
 * const stored = await storedResults<SpeedLimitStudy>("speed_limit");
 * const studies = studiesWith(stored.map(({ result }) => result), { width: 32, ...HE });
 * const { layout } = sizeByMark(studies, [{ time: 0.1 }, { time: 0.2 }]);
 * assert.equal((layout.sliders as unknown[]).length, 1);
 * ```
 */
export function sizeByMark(
  studies: readonly SpeedLimitStudy[],
  marks: readonly Mark[],
  options: SizeByMarkOptions = {},
): Figure {
  checkStudies("studies", studies);
  checkList("marks", marks, checkMark, 1);
  const { start = marks[0], title = "T/T_{SL} against n" } = checkOptions("options", options, {
    ...{ start: maybe(checkMark), title: maybe(checkText) },
  });
  const byWidth = studies.toSorted((a, b) => a.configuration.width - b.configuration.width);
  const networks = [...new Set(byWidth.map(networkOf))];
  const colors = new Map(
    orderedColors(Math.max(1, networks.length)).map((color, i) => [networks[i], color]),
  );
  const sizes = [...FIGURE_1_READING.sizes, ...studies.map(({ configuration: { n } }) => n)];
  const range = [0.8 * Math.min(...sizes), 1.25 * Math.max(...sizes)] as const;
  const panelAt = (mark: Mark, from: "cold" | "warm"): Panel => ({
    marks: [readingMarks(from), ...linesAt(byWidth, mark, from, colors)],
    x: { label: "n", range },
    y: { label: `T/T_{SL}, ${from}`, range: RATIOS[from] },
    log: "xy",
  });
  const frames = marks.map((mark) => ({
    mark,
    list: (["cold", "warm"] as const).map((from) => panelAt(mark, from)),
  })).filter(({ list: [cold] }) => cold.marks.length > 1); // besides the reading
  if (frames.length < 2) {
    throw new RangeError(
      `${frames.length} of ${marks.length} marks are reached; a slider needs two at least`,
    );
  }
  const first = frames.findIndex(({ mark }) => markText(mark) === markText(start));
  if (first < 0) {
    throw new RangeError(`start is ${markText(start)}; no network comes to it with all its seeds`);
  }
  return withSlider(
    frames.map(({ mark, list }) => ({
      value: markText(mark),
      figure: panels(list, { title }),
    })),
    { label: "at", start: first },
  );
}

const networkOf = (study: SpeedLimitStudy) => networkAndSize(study).replace(/, n = \d+$/, "");

function linesAt(
  studies: readonly SpeedLimitStudy[],
  mark: Mark,
  start: "cold" | "warm",
  colors: ReadonlyMap<string, string>,
) {
  return [...Map.groupBy(studies, networkOf)].flatMap(([network, of]) => {
    const there = atMarks(of, [mark], { start })
      .filter(({ inefficiency, seeds, study }) =>
        inefficiency?.interval && seeds.length === study.realizations.length
      )
      .toSorted((a, b) => a.study.configuration.n - b.study.configuration.n);
    if (there.length === 0) return [];
    const ends = (i: 0 | 1) => there.map(({ inefficiency }) => inefficiency!.interval![i]);
    return [points(
      there.map(({ study }) => study.configuration.n),
      there.map(({ inefficiency }) => inefficiency!.mean),
      { name: network, color: colors.get(network), low: ends(0), high: ends(1) },
    )];
  });
}
