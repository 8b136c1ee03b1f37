/**
 * An estimate of the time left that bears a stalled start and work that comes in bursts.
 *
 * @module
 */

interface Sample {
  readonly seconds: number;
  readonly done: number;
}

const MIN_SECONDS = 2; // before that nothing is said
const MIN_ADVANCES = 2; // one burst after a stall says nothing of the rate
const MAX_STRETCH = 100; // times the time so far: nor does a thousandth of the whole
const MAX_SAMPLES = 64;

/**
 * A function that takes what is done after how many seconds, out of how much, and gives the seconds
 * left; `undefined` until an estimate is reasonable.
 *
 * The rate is that of the latter half of the time so far: a slow start is forgotten at the pace at
 * which evidence comes in, and a pause shorter than that half cannot stop the clock.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { timeLeft } from "./time_left.ts";
 * const left = timeLeft();
 * const told = [0, 1, 2, 3, 4].map((seconds) => left(seconds, 10 * seconds, 100));
 * assert.deepEqual(told, [undefined, undefined, undefined, 7, 6]);
 * ```
 */
export function timeLeft(): (seconds: number, done: number, total?: number) => number | undefined {
  let samples: Sample[] = [];
  let spacing = 0; // least time between two samples
  return (seconds, done, total) => {
    const last = samples.at(-1);
    if (!last || seconds - last.seconds >= spacing) samples.push({ seconds, done });
    if (samples.length > MAX_SAMPLES) {
      samples = samples.filter((_, i) => i % 2 === 0);
      spacing = seconds / MAX_SAMPLES;
    }
    if (total === undefined || seconds < MIN_SECONDS) return undefined;
    if (done >= total) return 0;
    const since = Math.max(0, samples.findLastIndex((sample) => sample.seconds <= seconds / 2));
    const { seconds: from, done: before } = samples[since];
    const levels = new Set(samples.slice(since).map((sample) => sample.done)).add(done);
    const left = (total - done) * (seconds - from) / (done - before);
    return levels.size > MIN_ADVANCES && left >= 0 && left <= MAX_STRETCH * seconds
      ? left
      : undefined;
  };
}
