import assert from "node:assert/strict";
import {
  growthExponent,
  inefficiencyExponent,
  measuredGrowth,
  measuredLengths,
  powerLawFlow,
} from "../../../lib/mod.ts";
import { needs } from "../../permissions.ts";

const { test, long } = needs();

Deno.test("one mode's ratio grows as T: (λT/2) coth(λT/2)", () => {
  const flow = powerLawFlow({ alpha: 1, delta: 0, modes: 1 });
  assert(Math.abs(growthExponent(flow, { from: 100, to: 1e4 }) - 1) < 1e-12);
});

test("intervals hold the true exponent on finite spectra, whatever the window", () =>
  holdTruth([1.5], [1.2, 0.5, 0, -0.3, -0.5, -1, -2]));

long("20 s: 64 laws")("intervals hold the true exponent on many finite spectra", () =>
  holdTruth(
    [0.8, 1, 1.5, 2.5],
    [1.6, 1.2, 1, 0.8, 0.5, 0.2, 0, -0.1, -0.3, -0.4, -0.5, -0.8, -0.95, -1, -1.1, -2],
  ));

function holdTruth(alphas: readonly number[], rs: readonly number[]) {
  const windows = [{ from: 10, to: 1e4 }, { from: 20, to: 200 }, { from: 30, to: 3000 }];
  let widest = 0;
  for (const alpha of alphas) {
    for (const r of rs) {
      const delta = 1 - alpha * r;
      for (const window of windows) {
        const modes = Math.max(20_000, Math.ceil((2 * window.to) ** (1 / alpha)));
        const { interval: [low, high] } = measuredGrowth({ alpha, delta, modes }, window);
        const truth = inefficiencyExponent({ alpha, delta });
        assert(
          low <= truth && truth <= high,
          `α = ${alpha}, r = ${r}, T ${window.from}–${window.to}: ${low} to ${high} for ${truth}`,
        );
        if (alpha >= 1.5 && window.to > 3000 && r < -0.2) widest = Math.max(widest, high - low);
      }
    }
  }
  assert(widest < 0.3, `wide as ${widest}: an interval that holds everything says nothing`);
}

Deno.test("0.3 is held where the window's own slope is 0.33", () => {
  const { mean, interval: [low, high] } = measuredGrowth(
    { alpha: 1, delta: 1.3, modes: 300_000 },
    { from: 10, to: 1e4 },
  );
  assert(
    low < 0.3 && 0.3 < high && Math.abs(mean - 0.3) < 0.02,
    `${low}, ${mean}, ${high}`,
  );
});

Deno.test("beyond δ = 1 + α the slope itself comes to 1, by no cut", () => {
  const window = { from: 10, to: 1e4 };
  for (const [alpha, delta] of [[1, 3], [1.5, 4], [2, 4], [1.5, 3]]) {
    const { slope: { interval: [low, high] } } = measuredGrowth(
      { alpha, delta, modes: 100_000 },
      window,
    );
    assert(low < 1 && 1 < high && high - low < 0.2, `(${alpha}, ${delta}): ${low} to ${high}`);
  }
  // Short of the line it is the exponent, slowly; so it can tell 1 from less.
  const { slope } = measuredGrowth({ alpha: 2, delta: 2, modes: 100_000 }, window);
  assert(slope.interval[0] < 0.5 && 0.5 < slope.interval[1] && slope.interval[1] < 0.6);
});

Deno.test("after the window a path has come to √(π/2) of its chord at r → 0, in it 1/√ln 2", () => {
  const flow = powerLawFlow({ alpha: 2, delta: 0.999, modes: 4000 }).along([1e3, 1e4, 5e8]);
  const [early, late, done] = flow.tortuosity;
  assert(early < 1.2011 && late < 1.2011);
  assert(done > 1.2 && Math.abs(done / Math.sqrt(Math.PI / 2) - 1) < 1e-3, `${done}`);
});

Deno.test("lengths: exponent 0 off δ = 1 + α; on it a gain of ¼, and none elsewhere", () => {
  const window = { from: 100, to: 1e5 };
  for (
    const [alpha, delta, gain] of [[1.5, 0.2, 0], [1.5, 1.5, 0], [1.5, 2.5, 0.25], [1.5, 4, 0], [
      2,
      3,
      0.25,
    ]]
  ) {
    const found = measuredLengths({ alpha, delta, modes: 30_000 }, window);
    const holds = ({ interval: [low, high] }: typeof found.gain, value: number) =>
      low <= value && value <= high;
    assert(holds(found.gain, gain), `δ = ${delta}: ${found.gain.interval} for ${gain}`);
    assert(
      holds(found.exponent, 0) === true || gain > 0,
      `δ = ${delta}: ${found.exponent.interval}`,
    );
    if (gain > 0) assert(found.gain.interval[0] > 0.1, `${found.gain.interval}`);
  }
});

Deno.test("a window must be one", () => {
  const laws = { alpha: 1, delta: 0.5, modes: 100 };
  for (const [from, to] of [[10, 10], [10, 1], [0, 1], [1, Infinity], [NaN, 1]]) {
    assert.throws(
      () => measuredGrowth(laws, { from, to }),
      /the window is from .* 0 < from < to|(from|to) is .*; it must be a positive number/,
    );
  }
  assert.throws(
    () => measuredLengths(laws, { from: 10, to: 101 }),
    /ends at 101; .* = 100 or before/,
  );
});
