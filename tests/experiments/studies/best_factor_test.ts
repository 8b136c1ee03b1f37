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

/** Steps of factors 2^-k, one an octave and none to the mark else; what gains nothing within its limit ends by "steps". */
const octaves = (steps: readonly (number | undefined)[]) => (factor: number, most: number) => {
  const own = steps[Math.round(-Math.log2(factor))];
  const [end, taken] = own === undefined
    ? ["diverged" as const, 1]
    : own > most
    ? ["steps" as const, most]
    : ["mark" as const, own];
  return Promise.resolve({ end, steps: taken });
};

Deno.test("a large factor that comes to the mark alone does not end the search", async () => {
  const range = { largest: 1, perOctave: 1, cap: 200 };
  const no = undefined;
  // As of one seed of notebook 11: 54 steps at 2^-2, then none, 119, and 43 three octaves below.
  const seen = await bestFactor(range, octaves([no, no, 54, no, 119, 43, 86, 172]));
  assert.deepEqual([seen.factor, seen.steps], [2 ** -5, 43]);
  // Three idle octaves are gone through, and a fourth is not.
  const three = await bestFactor(range, octaves([54, no, no, no, 40, 80]));
  assert.deepEqual([three.factor, three.steps], [2 ** -4, 40]);
  const four = await bestFactor(range, octaves([54, no, no, no, no, 40, 80]));
  assert.deepEqual([four.factor, four.steps], [1, 54]);
});
