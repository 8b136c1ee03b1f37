/**
 * Marks: the places along training at which networks are compared. "At the end" is none: after
 * interpolation T/T_SL grows with T for ever.
 *
 * @module
 */
import { checkPositive, checkRecord, must, shown } from "../../numerics/checks.ts";
import { checkColumn } from "../checks.ts";
import type { SpeedLimitStudy } from "../studies/speed_limit_result.ts";
import { silentLoss } from "./study_readings.ts";

/**
 * A place along training, one of four:
 * - `time`: the same τ, the clock of a loss that is a sum over images;
 * - `meanTime`: the same s = nτ, the clock of a mean over images, so the same epoch of it;
 * - `lossLeft`: the same training loss, as a share of ½‖Y‖²;
 * - `steps`: the same compute, ∫ λ_max dt/2, the steps that gradient descent takes if each is as long as
 *   stability allows, η = 2/λ_max: no integrator's own count.
 */
export type Mark =
  | { readonly time: number }
  | { readonly meanTime: number }
  | { readonly lossLeft: number }
  | { readonly steps: number };

/** The kinds of marks. */
export const MARKS = ["time", "meanTime", "lossLeft", "steps"] as const;

/** Which of the four a mark is. */
export type MarkKind = (typeof MARKS)[number];

/**
 * A mark's kind and number, checked.
 *
 * @throws {TypeError} if it is not one of the four
 * @throws {RangeError} if its number is not positive
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { markOf } from "./mark.ts";
 * assert.deepEqual(markOf({ lossLeft: 0.5 }), { kind: "lossLeft", value: 0.5 });
 * assert.throws(() => markOf({ time: -1 }), /mark.time is -1; it must be a positive number/);
 * ```
 */
export function markOf(
  mark: Mark,
  name: string = "mark",
): { readonly kind: MarkKind; readonly value: number } {
  const given = typeof mark === "object" && mark !== null ? Object.entries(mark) : [];
  const kind = MARKS.find((name) => name === given[0]?.[0]);
  if (given.length !== 1 || kind === undefined) {
    const what = given.length > 0 ? `{ ${given.map(([name]) => name).join(", ")} }` : shown(mark);
    throw new TypeError(`${name} is ${what}; it must be an object with one of ${MARKS.join(", ")}`);
  }
  return { kind, value: checkPositive(`${name}.${kind}`, given[0][1] as number) };
}

/** The mark, if it is one: {@link markOf} as a check. */
export const checkMark = (name: string, mark: Mark): Mark => {
  markOf(mark, name);
  return mark;
};

/** A whole number of thousands with a space between, others to three digits. */
const told = (value: number) =>
  value >= 1000
    ? String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",")
    : String(Number(value.toPrecision(3)));

/**
 * A mark in a few words.
 *
 * @throws as {@link markOf} does
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { markText } from "./mark.ts";
 * assert.equal(markText({ time: 0.2 }), "τ = 0.2");
 * assert.equal(markText({ lossLeft: 0.5 }), "50 % of ½‖Y‖² left");
 * ```
 */
export function markText(mark: Mark): string {
  const { kind, value } = markOf(mark);
  switch (kind) {
    case "time":
      return `τ = ${told(value)}`;
    case "meanTime":
      return `nτ = ${told(value)}`;
    case "lossLeft":
      return `${told(100 * value)} % of ½‖Y‖² left`;
    case "steps":
      return `time ${told(value)} in units of 2/λ_max`;
  }
}

/** What of a realization says where its marks are. */
type Columns = Pick<SpeedLimitStudy["realizations"][number], "loss" | "lambdaMax">;

/** Rounding in a product such as n · (s/n). */
const SLACK = 1e-9;

/**
 * τ at which a realization is at a mark, interpolated in log time between recorded entries.
 *
 * @param study its recorded times, and n
 * @returns `undefined` if it does not come so far, or is there before the first recorded time
 * @throws as {@link markOf} does
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { timeAtMark } from "./mark.ts";
 * const study = { time: [0, 1, 2, 4], configuration: { n: 10 } };
 * const realization = { loss: [9, 4.5, 2.25, 1.125], lambdaMax: [8, 8, 8, 8] };
 * assert.equal(timeAtMark(study, realization, { meanTime: 20 }), 2);
 * assert(Math.abs(timeAtMark(study, realization, { steps: 12 })! - 3) < 1e-12);
 * assert.equal(timeAtMark(study, realization, { lossLeft: 0.5 }), 2);
 * assert.equal(timeAtMark(study, realization, { lossLeft: 0.01 }), undefined);
 * ```
 */
export function timeAtMark(
  study: {
    readonly time: readonly number[];
    readonly configuration: Pick<SpeedLimitStudy["configuration"], "n">;
  },
  realization: Columns,
  mark: Mark,
): number | undefined {
  checkRecord("study", study, {
    ...{ time: checkColumn, configuration: must(checkRecord, { n: checkPositive }) },
  });
  checkRecord("realization", realization, { loss: checkColumn, lambdaMax: checkColumn });
  const { time, configuration: { n } } = study;
  const { loss, lambdaMax } = realization;
  const { kind, value } = markOf(mark);
  switch (kind) {
    case "time":
      return within(time, value);
    case "meanTime":
      return within(time, value / n);
    case "lossLeft":
      return firstTime(time, loss.map((l) => -Math.log(l)), -Math.log(value * silentLoss(n)));
    case "steps":
      return firstTime(time, steps(time, lambdaMax).map(Math.log), Math.log(value));
  }
}

/** ∫ λ_max dt/2 up to each entry. */
function steps(time: readonly number[], lambdaMax: readonly number[]): number[] {
  let sum = 0;
  return time.map((t, i) => {
    if (i > 0) sum += (t - time[i - 1]) * (lambdaMax[i] + lambdaMax[i - 1]) / 4;
    return sum;
  });
}

function within(time: readonly number[], at: number): number | undefined {
  const last = time[time.length - 1];
  if (at > last * (1 + SLACK) || at < time[1] * (1 - SLACK)) return undefined;
  return Math.min(last, Math.max(time[1], at));
}

/** The first time at which a rising column comes to a value, linear in ln t between entries. */
function firstTime(
  time: readonly number[],
  column: readonly number[],
  value: number,
): number | undefined {
  const i = column.findIndex((x) => x >= value - SLACK);
  if (i === 1 && column[1] <= value + SLACK) return time[1];
  if (i < 2) return undefined;
  const share = Math.min(1, (value - column[i - 1]) / (column[i] - column[i - 1]));
  return Math.exp(Math.log(time[i - 1]) + share * Math.log(time[i] / time[i - 1]));
}

/**
 * A column at a time between its entries: linear in ln t, and in the column's logarithm unless told
 * otherwise.
 *
 * @param time by growing size, positive; the column may end before it
 * @returns `undefined` outside
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { columnAt } from "./mark.ts";
 * assert.equal(columnAt([1, 4], [10, 160], 2), 40);
 * assert.equal(columnAt([1, 4], [10, 160], 5), undefined);
 * ```
 */
export function columnAt(
  time: ArrayLike<number>,
  column: ArrayLike<number>,
  at: number,
  { logarithm = true }: { readonly logarithm?: boolean } = {},
): number | undefined {
  let i = 0;
  const length = Math.min(time.length, column.length); // a path may end before its study does
  while (i < length && time[i] < at * (1 - SLACK)) i++;
  if (i === length || !(at > 0)) return undefined;
  if (time[i] <= at * (1 + SLACK)) return column[i];
  if (i === 0 || !(time[i - 1] > 0)) return undefined;
  const share = Math.log(at / time[i - 1]) / Math.log(time[i] / time[i - 1]);
  const [a, b] = [column[i - 1], column[i]];
  return logarithm ? a * (b / a) ** share : a + share * (b - a);
}
