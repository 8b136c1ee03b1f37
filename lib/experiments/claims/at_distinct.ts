/**
 * The places at which claims on Figure 1 are judged.
 *
 * @module
 */
import { type AtMark, atMarks, type Start } from "../readings/at_mark.ts";
import type { Mark } from "../readings/mark.ts";
import type { SpeedLimitStudy } from "../studies/speed_limit_result.ts";

/** Marks without those of nτ that are one of τ at this n. */
const distinctAt = (marks: readonly Mark[], n: number): Mark[] =>
  marks.filter((mark) =>
    !("meanTime" in mark) ||
    !marks.some((other) => "time" in other && Math.abs(n * other.time / mark.meanTime - 1) < 1e-9)
  );

/**
 * The ratios of each network and n at its marks; where two marks coincide, at one of them, so that no
 * place counts twice.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type SpeedLimitStudy, storedResult } from "../mod.ts";
 * import { atDistinct } from "./at_distinct.ts";
 * const stored = await storedResult<SpeedLimitStudy>("speed_limit/myrtle_5_32_n500");
 * const marks = [{ time: 0.2 }, { meanTime: 100 }, { meanTime: 50 }]; // 0.2 · 500 = 100
 * assert.equal(atDistinct([stored!.result], marks, "cold").length, 2);
 * ```
 */
export const atDistinct = (
  studies: readonly SpeedLimitStudy[],
  marks: readonly Mark[],
  start: Start,
): AtMark[] =>
  [...Map.groupBy(studies, ({ configuration: { n } }) => n)].flatMap(([n, of]) =>
    atMarks(of, distinctAt(marks, n), { start })
  );
