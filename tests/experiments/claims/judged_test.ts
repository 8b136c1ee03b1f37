import assert from "node:assert/strict";
import { type Case, judgedWithin, type Judgement, verdictOver } from "../../../lib/mod.ts";

Deno.test("a range is judged by the whole interval, and its ends are in it", () => {
  const of = (low: number, high: number) => judgedWithin({ interval: [low, high] }, [2, 5]);
  assert.equal(of(2, 5), "holds");
  assert.equal(of(1.999, 5), "undecided");
  assert.equal(of(2, 5.001), "undecided");
  assert.equal(of(5, 6), "undecided");
  assert.equal(of(5.001, 6), "fails");
  assert.equal(of(1, 1.999), "fails");
  assert.equal(
    of(0.1, 100),
    "undecided",
    "an interval that happens to hold the range says nothing",
  );
  assert.equal(judgedWithin({}, [2, 5]), "undecided", "one seed has no interval");
  assert.equal(judgedWithin(undefined, [2, 5]), "not reached");
  assert.throws(() => judgedWithin({ interval: [1, 2] }, [3, 2]), /range\[1\] is 2; it must be/);
  assert.throws(() => judgedWithin(undefined, [NaN, 2]), /range\[0\] is NaN/);
});

const places = (counts: Partial<Record<Judgement, number>>): Case[] =>
  Object.entries(counts).flatMap(([judgement, count]) =>
    Array.from({ length: count }, (_, i) => ({
      where: `${judgement} ${i}`,
      judgement: judgement as Judgement,
      value: String(i),
    }))
  );

Deno.test("confirmed is what holds everywhere; with a limit, at more than half of what was reached", () => {
  const verdict = (counts: Partial<Record<Judgement, number>>) =>
    verdictOver(places(counts)).verdict;
  assert.equal(verdict({ holds: 3 }), "confirmed");
  assert.equal(verdict({ holds: 3, undecided: 1 }), "confirmed with a limit");
  assert.equal(verdict({ holds: 3, "not reached": 9 }), "confirmed with a limit");
  assert.equal(verdict({ holds: 3, fails: 1, undecided: 1 }), "confirmed with a limit");
  assert.equal(verdict({ holds: 3, fails: 1, undecided: 2 }), "not confirmed");
  assert.equal(verdict({ holds: 2, fails: 2 }), "not confirmed");
  assert.equal(verdict({ holds: 1, fails: 9 }), "not confirmed");
  assert.equal(verdict({ fails: 1, undecided: 9 }), "not confirmed");
  assert.equal(verdict({ undecided: 3 }), "undecided");
  assert.equal(
    verdict({ holds: 1, undecided: 9 }),
    "undecided",
    "one place that was free to choose",
  );
  assert.equal(verdict({ "not reached": 3 }), "undecided");
  assert.throws(() => verdictOver([]), /there is no place to judge at/);
});

Deno.test("the evidence counts all places and names the first of each", () => {
  const { evidence } = verdictOver(places({ holds: 1, fails: 5, undecided: 1, "not reached": 1 }));
  assert.equal(
    evidence,
    "It holds in 1 of 7 cases that can be judged, of 8: holds 0: 0. It fails in 5, such as fails 0: 0; fails 1: 1. " +
      "It is undecided in 1: undecided 0: 0. It cannot be judged in 1: not reached 0.",
  );
  const told = (counts: Partial<Record<Judgement, number>>) => verdictOver(places(counts)).evidence;
  assert.equal(told({ fails: 1 }), "It fails for fails 0: 0.");
  assert.equal(told({ "not reached": 1 }), "It cannot be judged for not reached 0.");
  assert.equal(
    told({ fails: 2 }),
    "It holds in none of 2 cases. It fails in 2: fails 0: 0; fails 1: 1.",
  );
  assert.match(told({ holds: 2 }), /^It holds in both cases: holds 0: 0; holds 1: 1\.$/);
});
