import assert from "node:assert/strict";
import fc from "fast-check";
import { inefficiency, type PathColumns, speedLimit } from "../../lib/bounds/mod.ts";

/** The exact gradient flow on ½ Σ λ_k x_k², whose path length is taken along fine chords. */
function quadraticFlow(
  curvatures: number[],
  start: number[],
  times: number[],
): PathColumns & { positions: number[][] } {
  const at = (t: number) => start.map((x, k) => x * Math.exp(-curvatures[k] * t));
  const distance = (a: number[], b: number[]) => Math.hypot(...a.map((x, k) => x - b[k]));
  const loss = (x: number[]) =>
    x.reduce((sum, value, k) => sum + curvatures[k] * value ** 2 / 2, 0);
  const positions = times.map(at);
  const pathLength = [0];
  for (let i = 1; i < times.length; i++) {
    const chords = 200;
    let length = pathLength[i - 1];
    for (let j = 0; j < chords; j++) {
      const t = (share: number) => times[i - 1] + share / chords * (times[i] - times[i - 1]);
      length += distance(at(t(j)), at(t(j + 1)));
    }
    pathLength.push(length);
  }
  return {
    positions,
    time: times,
    loss: positions.map(loss),
    displacementSquared: positions.map((x) => distance(x, start) ** 2),
    pathLength,
    displacementSquaredFrom: Object.fromEntries(
      positions.map((origin, s) => [s, positions.map((x) => distance(x, origin) ** 2)]),
    ),
  };
}

Deno.test("one quadratic mode has T/T_SL = (T/2)/tanh(T/2)", () => {
  const times = [0, 0.01, 0.5, 2, 10, 40];
  const columns = inefficiency(quadraticFlow([1], [3], times));
  for (let i = 1; i < times.length; i++) {
    const exact = times[i] / 2 / Math.tanh(times[i] / 2);
    assert.ok(Math.abs(columns.inefficiency[i] / exact - 1) < 1e-10);
    assert.ok(Math.abs(columns.tortuosity[i] - 1) < 1e-10, "one dimension has no detours");
  }
  assert.equal(columns.inefficiency[0], 1);
  assert.equal(columns.speedLimit[0], 0);
});

Deno.test("T/T_SL ≥ 1, both factors ≥ 1, and their product is T/T_SL, from any origin", () => {
  const curvature = fc.double({ min: 1e-3, max: 10, noNaN: true });
  const coordinate = fc.double({ min: -5, max: 5, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(curvature, coordinate), { minLength: 2, maxLength: 6 }),
      fc.integer({ min: 0, max: 3 }),
      (modes, from) => {
        const start = modes.map(([, x]) => x);
        fc.pre(Math.hypot(...start) > 0.1);
        const times = [0, 0.1, 0.3, 1, 3];
        const path = quadraticFlow(modes.map(([k]) => k), start, times);
        const columns = inefficiency(path, { from });
        assert.equal(columns.time.length, times.length - from);
        for (let i = 1; i < columns.time.length; i++) {
          const { inefficiency: ratio, tortuosity, speedSpread } = columns;
          assert.ok(ratio[i] >= 1 - 1e-9 && tortuosity[i] >= 1 - 1e-9);
          assert.ok(speedSpread[i] >= 1 - 1e-4, "chords shorten the path a little");
          assert.ok(Math.abs(speedSpread[i] * tortuosity[i] ** 2 / ratio[i] - 1) < 1e-12);
          const direct = columns.time[i] / columns.speedLimit[i];
          assert.ok(Math.abs(direct / ratio[i] - 1) < 1e-12);
        }
      },
    ),
    { numRuns: 500, seed: 1 },
  );
});

Deno.test("a loss drop that was summed is preferred to a difference of losses", () => {
  const { inefficiency: ratio } = inefficiency({
    time: [0, 1e-9],
    loss: [1, 1],
    lossDrop: [0, 4e-18],
    displacementSquared: [0, 4e-27],
    pathLength: [0, Math.sqrt(4e-27)],
  });
  assert.ok(Math.abs(ratio[1] - 1) < 1e-12);
});

Deno.test("bad paths and origins are named", () => {
  const path = { time: [0, 1], loss: [1, 0.5], displacementSquared: [0, 1], pathLength: [0, 1] };
  assert.throws(
    () => inefficiency(path, { from: 2 }),
    /from is 2; it must be an integer from 0 to 1/,
  );
  assert.throws(() => inefficiency(path, { from: 0.5 }), RangeError);
  assert.throws(() => inefficiency(path, { from: 1 }), /displacements from there.*entry 0 alone/);
  assert.throws(
    () => inefficiency({ ...path, pathLength: [0] }),
    /pathLength has 1 entries; time has 2/,
  );
  assert.throws(
    () => inefficiency({ time: [], loss: [], displacementSquared: [], pathLength: [] }),
    /no entries/,
  );
});

Deno.test("columns that no path has are refused with column, entry and value", () => {
  const path = {
    ...{ time: [0, 1, 2], loss: [3, 2, 1], lossDrop: [0, 1, 2] },
    ...{ displacementSquared: [0, 1, 4], pathLength: [0, 1, 2] },
  };
  assert.equal(inefficiency(path).inefficiency.length, 3);
  const wrong: [changed: Record<string, unknown>, message: RegExp][] = [
    [{ loss: [3, NaN, 1] }, /entry 1 .*loss is NaN, not finite/],
    [{ loss: [3, "2", 1] }, /entry 1 .*loss is "2", not finite/],
    [{ time: [0, 2, 1] }, /entry 2 .*time is 1, not above 2/],
    [{ time: [0, 1, Infinity] }, /entry 2 .*time is Infinity/],
    [{ displacementSquared: [0, -1, 4] }, /entry 1 .*displacementSquared is -1; .* 0 or more/],
    [{ displacementSquared: [1, 1, 4] }, /displacementSquared is 1 in the first entry/],
    [{ displacementSquared: [0, 1, 9] }, /entry 2 .*displacement is 3, more than the path .* 2/],
    [{ pathLength: [0, 2, 1] }, /entry 2 .*pathLength is 1, below 2/],
    [{ pathLength: [0, null, 2] }, /entry 1 .*pathLength is null/],
    [{ lossDrop: [0, 0.5, 2] }, /entry 1 .*lossDrop is 0.5, and the loss fell by 1/],
    [{ lossDrop: [0, 1, NaN] }, /entry 2 .*lossDrop is NaN/],
    [{ loss: "321" }, /^TypeError: loss is "321"; it must be an array of numbers/],
    [{ time: undefined }, /^TypeError: time is undefined; it must be an array/],
    [{ time: new Date(0) }, /^TypeError: time is .*1970/],
  ];
  for (const [changed, message] of wrong) {
    assert.throws(() => inefficiency({ ...path, ...changed } as typeof path), message);
  }
  const from = (column: number[]) =>
    inefficiency({ ...path, displacementSquaredFrom: { 1: column } }, { from: 1 });
  assert.equal(from([NaN, 0, 1]).inefficiency.length, 2, "what lies before the origin is not read");
  assert.throws(() => from([NaN, 0, -1]), /displacementSquaredFrom\[1\]\[2\] is -1/);
  assert.throws(() => from([NaN, 0, NaN]), /displacementSquaredFrom\[1\]\[2\] is NaN/);
  assert.throws(() => from([0, 0]), /displacementSquaredFrom\[1\] has 2 entries; time has 3/);
});

Deno.test("speedLimit divides, and refuses what physics does not allow", () => {
  assert.equal(speedLimit({ w2Squared: 36, entropyProduction: 12 }), 3);
  assert.equal(speedLimit({ w2Squared: 0, entropyProduction: 0 }), 0);
  assert.throws(() => speedLimit({ w2Squared: -1, entropyProduction: 1 }), /w2Squared is -1/);
  assert.throws(() => speedLimit({ w2Squared: NaN, entropyProduction: 1 }), RangeError);
  assert.throws(() => speedLimit({ w2Squared: 1, entropyProduction: -2 }), /second law/);
  assert.throws(() => speedLimit({ w2Squared: 1, entropyProduction: 0 }), /without dissipation/);
});
