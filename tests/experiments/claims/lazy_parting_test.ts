import assert from "node:assert/strict";
import { lazyAgrees, type LazyParting, richIsLessEfficient } from "../../../lib/experiments/mod.ts";

/** Two seeds at each scale, a hair apart unless told otherwise. */
const parting = (
  ratios: Readonly<Record<number, readonly number[]>>,
  of = 2,
  mark = "τ = 1",
  tolerance = 0.01,
): LazyParting => ({
  ...{ network: "FCN, width 64, n = 50", mark, of, tolerance, partings: [] },
  points: Object.entries(ratios).map(([scale, list]) => ({ scale: Number(scale), ratios: list }))
    .toSorted((a, b) => a.scale - b.scale),
});
const close = (ratio: number) => [ratio * 0.9999, ratio / 0.9999];

Deno.test("from a = 1 up they agree: each scale within 5 %, the smaller ones aside", () => {
  const verdict = (at: number) =>
    lazyAgrees([parting({ 0.1: close(2), 1: close(at), 10: close(1) })]).verdict;
  assert.equal(verdict(1.045), "confirmed");
  assert.equal(verdict(1 / 1.045), "confirmed");
  assert.equal(verdict(1.055), "not confirmed");
  assert.equal(verdict(1 / 1.055), "not confirmed");
  // A wide interval across the edge says nothing.
  assert.equal(lazyAgrees([parting({ 1: [0.9, 1.12], 10: close(1) })]).verdict, "undecided");
  // One scale that fails is enough, whatever the others do.
  const all = parting({ 1: close(1.2), 3: [0.9, 1.12], 10: close(1) });
  const { evidence, verdict: found } = lazyAgrees([all]);
  assert.equal(found, "not confirmed");
  assert.match(evidence, /at the most ×1.200 .*, at a = 1\./);
  assert.equal(
    lazyAgrees([parting({ 1: close(1.2), 10: close(1) })], { within: 0.25 }).verdict,
    "confirmed",
  );
  assert.equal(lazyAgrees([all], { from: 5 }).verdict, "confirmed");
  assert.match(
    lazyAgrees([all], { from: 5 }).claim,
    /^In the mean over seeds .*at a = 5 and above, .* within 5 %/,
  );
});

Deno.test("where not every seed comes to the mark nothing is judged", () => {
  const few = parting({ 0.1: [1.5], 1: [1.5] });
  assert.equal(lazyAgrees([few]).verdict, "undecided");
  assert.match(lazyAgrees([few]).evidence, /cannot be judged/);
  assert.match(richIsLessEfficient([few]).evidence, /cannot be judged/);
  assert.throws(() => lazyAgrees([]), /there is no parting/);
  assert.throws(() => richIsLessEfficient([]), /there is no parting/);
});

Deno.test("the rich end parts upwards: by the interval at the least scale alone", () => {
  const verdict = (ratios: readonly number[]) =>
    richIsLessEfficient([parting({ 0.1: ratios, 1: close(0.5) })]).verdict;
  assert.equal(verdict(close(1.03)), "confirmed");
  assert.equal(verdict(close(0.97)), "not confirmed");
  assert.equal(verdict([0.8, 1.5]), "undecided");
  const both = [parting({ 0.1: close(1.3) }), parting({ 0.1: close(0.7) }, 2, "50 % left")];
  assert.equal(richIsLessEfficient(both).verdict, "not confirmed");
  assert.match(richIsLessEfficient(both).evidence, /a = 0.1: ×1.300/);
});

Deno.test("what the flow's tolerance may make of a ratio of 1 is not a parting", () => {
  // All seeds alike: the interval is a point, and the rule's edges can be seen.
  const judged = (ratio: number, tolerance?: number) =>
    richIsLessEfficient([
      parting({ 0.1: [ratio, ratio], 1: close(1) }, 2, "τ = 1", tolerance),
    ]);
  assert.equal(judged(1.0101).verdict, "confirmed");
  assert.equal(judged(1.0099).verdict, "undecided");
  assert.equal(judged(1 / 1.0099).verdict, "undecided");
  assert.equal(judged(1 / 1.0101).verdict, "not confirmed");
  assert.equal(judged(1.0099, 0.001).verdict, "confirmed");
  assert.match(judged(1.02, 0.002).evidence, /, tolerance 0\.002\.$/);
});
