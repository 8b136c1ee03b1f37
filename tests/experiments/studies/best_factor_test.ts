import assert from "node:assert/strict";
import { bestFactor } from "../../../lib/experiments/studies/computations/best_factor.ts";

/** Descent on ½x² from 1 to a hundredth. */
function made() {
  const tried: number[] = [];
  const walkTo = (rate: number, most: number) => {
    tried.push(rate);
    if (rate >= 2) return Promise.resolve({ end: "diverged" as const, steps: 1 });
    const steps = rate === 1 ? 1 : Math.ceil(Math.log(0.01) / Math.log(Math.abs(1 - rate)));
    return Promise.resolve({ end: steps > most ? "steps" as const : "mark" as const, steps });
  };
  return { tried, walkTo };
}

Deno.test("the grid's best is found, with few of its factors tried", async () => {
  for (const largest of [1000, 1024 * 2 ** 0.25, 3.1, 2.1]) {
    const { tried, walkTo } = made();
    const found = await bestFactor({ largest, perOctave: 4, cap: 1e5 }, walkTo);
    const all = Array.from({ length: 64 }, (_, k) => largest * 2 ** (-k / 4));
    const steps = await Promise.all(all.map(async (rate) => {
      const { end, steps } = await walkTo(rate, 1e5);
      return end === "mark" ? steps : Infinity;
    }));
    assert.equal(found.steps, Math.min(...steps));
    assert.equal(found.tried, tried.length - 64);
    assert.ok(found.tried < 24, `${found.tried} were tried`);
  }
});

Deno.test("the largest is told to be an end of the grid, but not where a larger one is the same", async () => {
  const { walkTo } = made();
  const range = { largest: 0.5, perOctave: 4, cap: 100 };
  assert.equal((await bestFactor(range, walkTo)).atEdge, true);
  assert.equal((await bestFactor({ ...range, whole: true }, walkTo)).atEdge, false);
  assert.equal((await bestFactor({ ...range, largest: 1.1 }, walkTo)).factor !== 0.55, true);
});

Deno.test("where nothing comes to the mark the search stops", async () => {
  const slow = () => Promise.resolve({ end: "steps" as const, steps: 10 });
  assert.deepEqual(await bestFactor({ largest: 1, perOctave: 4, cap: 10 }, slow), { tried: 16 });
  const wild = () => Promise.resolve({ end: "diverged" as const, steps: 1 });
  assert.deepEqual(await bestFactor({ largest: 1, perOctave: 4, cap: 10 }, wild), { tried: 16 });
  const { walkTo } = made();
  const one = await bestFactor({ largest: 1.5, perOctave: 1, cap: 100 }, walkTo);
  assert.equal(one.factor, 0.75);
});
