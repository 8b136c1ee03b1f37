/**
 * Finite networks beside their infinitely wide limit, at the same τ and n.
 *
 * @module
 */
import { checkList, checkPositive } from "../../numerics/checks.ts";
import { type AtMark, atMark } from "./at_mark.ts";
import { checkStudies, checkWide } from "../checks.ts";
import type { SpeedLimitStudy } from "../studies/speed_limit_result.ts";
import type { WideLimit, WideLimitPoint } from "./wide_limit.ts";

/** A finite network at a time, and the limit there. */
export interface BesideWideLimit {
  readonly finite: AtMark;
  readonly wide: WideLimitPoint;
}

/**
 * The cold T/T_SL and loss of finite networks beside those of the infinitely wide one with as many
 * images, at the times that two seeds come to.
 *
 * The limit's ratio is one of means over initial functions; the finite networks' is the geometric mean
 * of ratios.
 *
 * @param studies of one network, of one n or several
 * @param flows of the same architecture
 * @param times τ
 * @throws {RangeError} if a time is not positive
 * @throws as `atMark` does
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import {
 *   besideWideLimit, type KernelStudy, type SpeedLimitStudy, storedResult, wideLimit,
 * } from "../mod.ts";
 * const study = await storedResult<SpeedLimitStudy>("speed_limit/fully_connected_256_n500_tau20");
 * const kernel = await storedResult<KernelStudy>("kernels/fully_connected_infinite_n500_seed0");
 * const [early, late, ...others] = besideWideLimit(
 *   [study!.result], [wideLimit(kernel!.result)], [0.2, 5, 99],
 * );
 * assert(Math.abs(early.finite.inefficiency!.mean / early.wide.inefficiency - 1) < 0.2);
 * assert(late.finite.lossLeft!.mean > 10 * late.wide.lossLeft); // it learns more slowly
 * assert.equal(others.length, 0);
 * ```
 */
export function besideWideLimit(
  studies: readonly SpeedLimitStudy[],
  flows: readonly WideLimit[],
  times: readonly number[],
): BesideWideLimit[] {
  checkStudies("studies", studies);
  checkList("flows", flows, checkWide);
  checkList("times", times, checkPositive);
  return flows.flatMap((flow) => {
    const { architecture, n } = flow.study.configuration;
    const own = studies.filter(({ configuration: c }) =>
      c.architecture === architecture && c.n === n
    );
    if (own.length === 0) return [];
    return times.flatMap((time) => {
      const finite = atMark(own, { time });
      return finite.seeds.length < 2 ? [] : [{ finite, wide: flow.at(time) }];
    });
  });
}
