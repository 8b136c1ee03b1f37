/**
 * The one check of a path's columns: of those that the library is given, and of those that were
 * recorded elsewhere.
 *
 * @module
 */

/** One entry of a path; what is left out is not checked. */
export interface PathEntry {
  readonly time?: number;
  readonly loss?: number;
  /** ‖θ_t − θ_0‖ */
  readonly displacement?: number;
  readonly displacementSquared?: number;
  readonly pathLength?: number;
  readonly lossDrop?: number;
}

/** A straight line may seem longer than the path by the rounding of float32 sums. */
const ROUNDING = 1e-2;

/**
 * A check of a path's entries, one after the other: that each number is finite, time rises, the path
 * never gets shorter, the displacement is 0 at the start and later not longer than the path, and
 * columns that say the same agree.
 *
 * @returns the check; it is told an entry and where it stands, for the message
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { pathEntryCheck } from "./recorded_columns.ts";
 * const check = pathEntryCheck();
 * check({ time: 0, displacement: 0, pathLength: 0 }, () => "entry 0");
 * assert.throws(
 *   () => check({ time: 1, displacement: 2, pathLength: 1 }, () => "entry 1"),
 *   /entry 1: the displacement is 2, more than the path from the start, 1/,
 * );
 * ```
 */
export function pathEntryCheck(): (entry: PathEntry, place: () => string) => void {
  let before: { readonly time: number; readonly path: number } | undefined;
  let start = 0, startLoss = 0;
  return (entry, place) => {
    for (const name of Object.keys(entry) as (keyof PathEntry)[]) {
      const value = entry[name];
      if (value === undefined || Number.isFinite(value)) continue;
      throw new RangeError(
        `${place()}: ${name} is ${told(value)}, not finite; it must be a finite number`,
      );
    }
    const { time = 0, pathLength: path = 0, loss, lossDrop } = entry;
    if (before && !(time > before.time)) {
      throw new RangeError(
        `${place()}: time is ${time}, not above ${before.time} of the entry before; it must rise`,
      );
    }
    if (path < (before?.path ?? 0)) {
      throw new RangeError(
        `${place()}: pathLength is ${path}, below ${
          before?.path ?? 0
        }; a path's length never falls`,
      );
    }
    if (!before) [start, startLoss] = [path, loss ?? 0];
    checkDisplacement(entry, { first: !before, length: path - start }, place);
    if (loss !== undefined && lossDrop !== undefined) {
      const drop = startLoss - loss;
      if (Math.abs(lossDrop - drop) > ROUNDING * Math.max(Math.abs(startLoss), Math.abs(loss))) {
        throw new RangeError(
          `${place()}: lossDrop is ${lossDrop}, and the loss fell by ${drop} since the start; ` +
            "they must agree",
        );
      }
    }
    before = { time, path };
  };
}

function checkDisplacement(
  { displacement: given, displacementSquared, pathLength }: PathEntry,
  { first, length }: { readonly first: boolean; readonly length: number },
  place: () => string,
) {
  const square = given ?? displacementSquared;
  if (square === undefined) return;
  const name = given === undefined ? "displacementSquared" : "displacement";
  if (square < 0) throw new RangeError(`${place()}: ${name} is ${square}; it must be 0 or more`);
  const displacement = given ?? Math.sqrt(square);
  if (displacement ** 2 === Infinity) {
    throw new RangeError(`${place()}: ${name} is ${square}; its square exceeds all numbers`);
  }
  if (given !== undefined && displacementSquared !== undefined) {
    if (!(Math.abs(given ** 2 - displacementSquared) <= ROUNDING * given ** 2)) {
      throw new RangeError(
        `${place()}: displacementSquared is ${displacementSquared}, and displacement is ${given}, ` +
          `whose square is ${given ** 2}; they must agree, or leave one of them`,
      );
    }
  }
  if (first && square !== 0) {
    throw new RangeError(
      `${place()}: ${name} is ${square} in the first entry, which must be the start itself, ` +
        "where it is 0: record an entry before the first step",
    );
  }
  if (pathLength !== undefined && displacement > length * (1 + ROUNDING)) {
    throw new RangeError(
      `${place()}: the displacement is ${displacement}, more than the path from the start, ` +
        `${length}; no straight line is longer than a path`,
    );
  }
}

/** A text in quotes, so that "1" is told from 1. */
const told = (value: unknown) => typeof value === "string" ? JSON.stringify(value) : String(value);
