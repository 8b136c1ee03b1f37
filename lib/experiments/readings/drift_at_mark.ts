/**
 * Studies of kernel drift read at a mark: at a time τ, or at a training loss, which a network and its
 * linearization come to at different times.
 *
 * @module
 */
import { checkNumber, checkOneOf, checkPositive, checkRecord } from "../../numerics/checks.ts";
import type { DriftStudy } from "../studies/kernel_drift_result.ts";
import { checkDrift } from "./drift_readings.ts";
import { type StartPoint, startPoint } from "./initial_weights.ts";

/** A time τ, or the share of ½‖Y‖² that is left of the loss. */
export type DriftMark = { readonly time: number } | { readonly left: number };

/** A mark in words, as `τ = 0.5` or `50 % of ½‖Y‖² left`. */
export function markName(mark: DriftMark): string {
  checkMark("mark", mark);
  return "time" in mark
    ? `τ = ${mark.time}`
    : `${Number((100 * mark.left).toPrecision(3))} % of ½‖Y‖² left`;
}

/** The mark, if it is one. */
export function checkMark<T>(name: string, mark: T): T {
  checkRecord(name, mark, {}, "{ time } or { left }");
  const { time, left } = mark as { time?: number; left?: number };
  if (time === undefined && left === undefined) {
    throw new TypeError(`${name} has neither time nor left; it must be { time } or { left }`);
  }
  if (time !== undefined) checkPositive(`${name}.time`, time);
  else checkNumber(`${name}.left`, left as number, { above: 0, below: 1 });
  return mark;
}

/**
 * The flow of each seed's network, or of its linearization, at a mark: at a loss where ½‖Y‖² times the
 * share is left for the first time, after the network's horizon too where the linearization was followed
 * further. Of a network scaled by a, whose loss is over a², that is the same share of the same labels.
 *
 * @returns an entry a realization; `undefined` where it did not come there
 * @throws {RangeError} if the time is not positive, or the share not between 0 and 1
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { driftAt, type DriftStudy } from "../mod.ts";
 * // ½‖Y‖² of 10 images is 4.5.
 * const columns = { loss: [9, 5, 2], lossDrop: [0, 4, 7], displacementSquared: [0, 2, 5], pathLength: [0, 1, 2] };
 * const study = {
 *   configuration: { architecture: "myrtle-5", width: 4, n: 10, scale: 1 },
 *   time: [0, 1, 2],
 *   realizations: [{ seed: 0, own: columns, linear: columns, at: [] }],
 * } as unknown as DriftStudy;
 * assert.equal(driftAt(study, "own", { time: 2 })[0]!.inefficiency, 2 * 7 / 5);
 * assert(driftAt(study, "own", { left: 0.6 })[0]!.time > 1);
 * assert.equal(driftAt(study, "linear", { left: 0.1 })[0], undefined);
 * ```
 */
export function driftAt(
  study: DriftStudy,
  flow: "own" | "linear",
  mark: DriftMark,
): (StartPoint | undefined)[] {
  checkDrift("study", study);
  checkOneOf("flow", flow, ["own", "linear"]);
  checkMark("mark", mark);
  const { n, scale } = study.configuration;
  // Targets are one-hot − 1/10: every image has the square 0.9.
  const place = "time" in mark ? mark : { loss: mark.left * 0.45 * n / scale ** 2 };
  return study.realizations.map((one) => {
    const { loss, lossDrop, displacementSquared, pathLength } = one[flow];
    const whole = { time: study.time, loss, lossDrop, displacementSquared, pathLength };
    const { later } = one;
    const columns = flow === "linear" && later
      ? {
        time: [...whole.time, ...later.time],
        loss: [...loss, ...later.loss],
        lossDrop: [...lossDrop, ...later.lossDrop],
        displacementSquared: [...displacementSquared, ...later.displacementSquared],
        pathLength: [...pathLength, ...later.pathLength],
      }
      : whole;
    return startPoint(columns, place);
  });
}
