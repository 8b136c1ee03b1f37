import assert from "node:assert/strict";
import { fitSpread, spreadFlow, spreadInefficiency } from "../../../lib/experiments/mod.ts";
import {
  isLeastFloor,
  spreadOff,
  spreadPeak,
} from "../../../lib/experiments/theory/power_law_spread.ts";

const near = (value: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(value / expected - 1) < tolerance, `${value} for ${expected}`);

Deno.test("an even spread has its flow in closed form", () => {
  // r = −1 and a floor of almost 0: u even on [0, 1].
  const law = { r: -1, floor: 1e-6 };
  const dropAt = (x: number) => (1 + Math.expm1(-2 * x) / (2 * x)) / 2;
  // dD/dx = 2 ∫ (1 − e^{−ux}) e^{−ux} du
  const slope = (x: number) => -2 * Math.expm1(-x) / x + Math.expm1(-2 * x) / x;
  for (const x of [0.1, 1, 10, 100]) {
    const h = 1e-3 * x;
    const { lossDrop, displacementSquared: d } = spreadFlow(law, [x, x - h, x + h]);
    near(lossDrop[0], dropAt(x), 2e-3);
    near((d[2] - d[1]) / (2 * h), slope(x), 4e-3);
  }
});

Deno.test("the sum over many power-law modes is met where they share the start", () => {
  // λ_k = k^−1.5, Δ_k² = k^−0.5 of 4000 modes, at a time when many have fallen.
  const [modes, x] = [4000, 3000];
  let [total, drop, square] = [0, 0, 0];
  for (let k = 1; k <= modes; k++) {
    const [u, d] = [k ** -1.5, k ** -0.5];
    total += d;
    drop -= d * Math.expm1(-2 * u * x) / 2;
    square += d * Math.expm1(-u * x) ** 2 / u;
  }
  const made = spreadFlow({ r: 0.5 / 1.5, floor: modes ** -1.5 }, [x]);
  near(made.lossDrop[0], drop / total, 0.02);
  near(made.displacementSquared[0], square / total, 0.02);
});

Deno.test("T/T_SL is largest where D_y/D_f = min(1, |r_f|)/r_y, in a wide window", () => {
  const size = 30;
  const times = Array.from({ length: 241 }, (_, i) => 10 ** (i / 30));
  for (const r of [-0.5, -1.6]) {
    const laws = { initial: { r, floor: 1e-10 }, labels: { r: 0.4, floor: 1e-10 } };
    const ratios = times.map((lambdaTime) => spreadInefficiency({ size, lambdaTime }, laws));
    const top = times[ratios.indexOf(Math.max(...ratios))];
    assert.ok(top > times[0] && top < times.at(-1)!);
    const [f, y] = [laws.initial, laws.labels].map((law) => spreadFlow(law, [top]));
    const weight = y.displacementSquared[0] / (size * f.displacementSquared[0]);
    near(weight, Math.min(1, -r) / 0.4, 0.2);
    const peak = spreadPeak(size, laws)!;
    near(peak.lambdaTime, top, 0.1);
    near(peak.inefficiency, Math.max(...ratios), 1e-3);
    near(peak.labelsWeight, weight, 0.1);
  }
});

Deno.test("there is no peak where the labels' floor ends the window first", () => {
  const initial = { r: -0.6, floor: 1e-10 };
  assert.ok(spreadPeak(20, { initial, labels: { r: 0.7, floor: 1e-8 } }));
  const laws = { initial, labels: { r: 0.7, floor: 3e-3 } };
  assert.equal(spreadPeak(20, laws), undefined);
  // It grows all the way, seen at other times than those of the search.
  const ratios = Array.from(
    { length: 30 },
    (_, i) => spreadInefficiency({ size: 20, lambdaTime: 1.7 ** (i + 1) }, laws),
  );
  ratios.slice(1).forEach((ratio, i) => assert.ok(ratio > ratios[i]));
});

Deno.test("how far a law is off, and whether its floor is the least that a fit may find", () => {
  const law = { r: 0.4, floor: 1e-3 };
  const made = { lambdaTime: Float64Array.of(3, 50), ...spreadFlow(law, [3, 50]) };
  assert.equal(spreadOff([made], law), 0);
  // ΔL twice as large at both times: half of the squares are (ln 2)².
  const twice = { ...made, lossDrop: made.lossDrop.map((drop) => 2 * drop) };
  near(spreadOff([twice, twice], law), Math.LN2 ** 2 / 2, 1e-9);
  assert.ok(isLeastFloor({ r: 0, floor: Math.exp(-25) }));
  assert.ok(!isLeastFloor({ r: 0, floor: Math.exp(-24.99) }));
});

Deno.test("a law is found again from its flows", () => {
  const lambdaTime = Float64Array.from({ length: 14 }, (_, i) => 2 ** i);
  for (const law of [{ r: -0.6, floor: 1e-4 }, { r: 0.7, floor: 3e-3 }]) {
    const { r, floor } = fitSpread([{ lambdaTime, ...spreadFlow(law, lambdaTime) }]);
    assert.ok(Math.abs(r - law.r) < 0.03, `${r} for ${law.r}`);
    assert.ok(Math.abs(Math.log(floor / law.floor)) < 0.3, `${floor} for ${law.floor}`);
  }
});

Deno.test("what is no law is named", () => {
  const at = { size: 1, lambdaTime: 1 };
  const law = { r: 0, floor: 0.1 };
  assert.throws(() => spreadFlow({ r: 0, floor: 1 }, [1]), /law\.floor is 1; it must be below 1/);
  assert.throws(() => spreadFlow({ r: 0, floor: 0 }, [1]), RangeError);
  assert.throws(
    () => spreadInefficiency({ ...at, size: -1 }, { initial: law, labels: law }),
    RangeError,
  );
  assert.throws(() => fitSpread([]), /columns is empty/);
});
