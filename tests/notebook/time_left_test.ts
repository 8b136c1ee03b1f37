import assert from "node:assert/strict";
import fc from "fast-check";
import { timeLeft } from "../../lib/notebook/time_left.ts";

/** What is told at each of `points`, [seconds, done] out of `total`. */
function told(points: readonly (readonly [number, number])[], total: number) {
  const left = timeLeft();
  return points.map(([seconds, done]) => left(seconds, done, total));
}

const every = (step: number, until: number, done: (seconds: number) => number) =>
  Array.from(
    { length: Math.floor(until / step) + 1 },
    (_, i) => [i * step, done(i * step)] as const,
  );

Deno.test("even work is told right, from two seconds on", () => {
  const points = every(0.1, 50, (t) => 2 * t);
  told(points, 100).forEach((left, i) => {
    const [seconds] = points[i];
    if (seconds < 1.95) assert.equal(left, undefined);
    else if (seconds < 50) assert.ok(Math.abs(left! - (50 - seconds)) < 0.2, `${seconds}: ${left}`);
    else assert.equal(left, 0);
  });
});

Deno.test("a stalled start gives no estimate of years, and is forgotten soon", () => {
  // A gigabyte: a first kilobyte at once, nothing for 30 s, then 10 MB a second.
  const points = every(0.2, 130, (t) => t < 30 ? 1000 : 1000 + 1e7 * (t - 30));
  const estimates = told(points, 1e9);
  assert.ok(estimates.slice(0, 150).every((left) => left === undefined), "while it stalls");
  const shown = estimates.filter((left) => left !== undefined);
  assert.ok(Math.max(...shown) < 100 * 60, `${Math.max(...shown)}`);
  const [truth, after] = [130 - 62, estimates[310]!]; // once the stall is more than half the time ago
  assert.ok(Math.abs(after - truth) < 0.1 * truth, `${after} against ${truth}`);
});

Deno.test("bursts are evened out: 10 of 100 every 4 s", () => {
  const points = every(0.5, 40, (t) => 10 * Math.floor(t / 4));
  told(points, 100).forEach((left, i) => {
    const [seconds] = points[i];
    if (left === undefined || seconds < 12) return;
    assert.ok(Math.abs(left - (40 - seconds)) <= 12, `at ${seconds}: ${left}`);
  });
});

Deno.test("nothing is told of work without a total, that goes back, or that no longer moves", () => {
  const left = timeLeft();
  assert.ok(every(1, 20, (t) => t).every(([seconds, done]) => left(seconds, done) === undefined));
  assert.ok(told(every(1, 20, (t) => 50 - t), 100).every((left) => left === undefined));
  const stuck = told(every(1, 40, (t) => Math.min(t, 10)), 100);
  assert.ok(stuck.slice(21).every((left) => left === undefined));
});

Deno.test("whatever comes, an estimate is finite, positive and within a hundred times the time so far", () => {
  const steps = fc.array(
    fc.record({ wait: fc.double({ min: 0, max: 100, noNaN: true }), more: fc.nat(1000) }),
    { maxLength: 300 },
  );
  fc.assert(fc.property(steps, fc.nat(100000), (list, total) => {
    const left = timeLeft();
    let [seconds, done] = [0, 0];
    return list.every(({ wait, more }) => {
      const value = left(seconds += wait, done += more, total);
      return value === undefined || (value >= 0 && value <= 100 * seconds);
    });
  }));
});
