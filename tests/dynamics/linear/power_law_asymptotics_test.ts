import assert from "node:assert/strict";
import { linearFlow } from "../../../lib/dynamics/linear/linear_flow.ts";
import { powerLawAsymptotics } from "../../../lib/dynamics/linear/power_law_asymptotics.ts";
import { powerLawSpectrum, powerLawWindow } from "../../../lib/dynamics/linear/power_law_flow.ts";
import golden from "../../golden/power_laws.json" with { type: "json" };

Deno.test("T/T_SL is that of mpmath's sums, all six cases, with and without an end", () => {
  for (const { alpha, delta, modes, time, inefficiency } of golden) {
    const laws = { alpha, delta, ...(modes === null ? {} : { modes }) };
    const off = powerLawAsymptotics(laws).inefficiency(time) / inefficiency - 1;
    const most = time >= 1000 ? 1e-6 : time >= 40 ? 2e-5 : 1e-3;
    assert(Math.abs(off) < most, `${JSON.stringify(laws)}, T = ${time}: off by ${off}`);
  }
});

Deno.test("the leading order is where T/T_SL tends", () => {
  const cases = [
    [1.5, 0.2, "plateau"],
    [1, 1, "logarithm"],
    [0.3, 1.15, "growth"],
    [0.3, 1.3, "edge"], // 1 + 0.3 is no exact number
    [1, 3, "finished"],
  ] as const;
  for (const [alpha, delta, regime] of cases) {
    const flow = powerLawAsymptotics({ alpha, delta });
    assert.equal(flow.regime, regime);
    const off = (T: number) => Math.abs(flow.leading(T) / flow.inefficiency(T) - 1);
    assert(off(1e12) < off(1e6) && off(1e6) < off(1e3), `${regime}`);
    assert(off(1e12) < (regime === "edge" ? 0.02 : 1e-3), `${regime}: ${off(1e12)}`);
  }
});

Deno.test("the plateau is approached as ζ(δ) α r T^−r/(2^r Γ(1 − r))", () => {
  const [alpha, delta, r] = [2, 0, 0.5];
  const { leading, inefficiency } = powerLawAsymptotics({ alpha, delta });
  const T = 1e6;
  // Γ(½) = √π, ζ(0) = −½; the displacement's own next term is of order 1/T^(1+r).
  const expected = -0.5 * alpha * r * T ** -r / Math.sqrt(2 * Math.PI);
  const next = inefficiency(T) / leading(T) - 1;
  assert(Math.abs(next / expected - 1) < 1e-5, `${next} for ${expected}`);
});

Deno.test("r ≥ 1: 1 as n → ∞, as a power of n, and at r = 1 as (ln 2 − ½)/ln(n/T)", () => {
  const above = (alpha: number, delta: number, modes: number) =>
    powerLawAsymptotics({ alpha, delta, modes }).inefficiency(10) - 1;
  for (const r of [1.3, 1.6, 2, 2.4]) {
    const decade = above(1, 1 - r, 1e6) / above(1, 1 - r, 1e7);
    assert(Math.abs(decade / 10 ** (r - 1) - 1) < 0.05, `r = ${r}: ${decade}`);
  }
  // By hand, with E_1: T/T_SL − 1 = (ln 2 − ½)/(ln(n/T) − γ_E + 3/2 − 2 ln 2).
  const even = powerLawAsymptotics({ alpha: 1, delta: 0, modes: 1e13 }).inefficiency(1e5) - 1;
  const logarithm = Math.log(1e8) - 0.5772156649 + 1.5 - 2 * Math.LN2;
  assert(Math.abs(even * logarithm / (Math.LN2 - 0.5) - 1) < 1e-3, `${even * logarithm}`);
  assert.equal(powerLawAsymptotics({ alpha: 0.5, delta: 0.2 }).inefficiency(10), 1);
  assert.equal(powerLawWindow({ alpha: 0.5, delta: 0.2 }).inefficiency, 1);
});

Deno.test("nothing jumps at a border: the logarithms are limits of the powers beside them", () => {
  for (const border of [0, -1]) {
    const at = (r: number) => powerLawAsymptotics({ alpha: 1, delta: 1 - r }).inefficiency(100);
    const [low, on, high] = [at(border - 1e-5), at(border), at(border + 1e-5)];
    assert(Math.abs((low + high) / 2 / on - 1) < 1e-7, `${low}, ${on}, ${high}`);
    assert(Math.abs(low / on - 1) > 1e-6);
  }
});

Deno.test("lengths: a constant off δ = 1 + α, and on it (l_γ/l_geo)² gains ¼ for each e-fold of T", () => {
  for (const delta of [0.2, 1.3]) {
    const flow = linearFlow(powerLawSpectrum({ alpha: 1.5, delta, modes: 300_000 }));
    const constant = powerLawAsymptotics({ alpha: 1.5, delta }).tortuosity(1e4)!;
    assert(Math.abs(flow.at(1e4).tortuosity / constant - 1) < 0.02);
  }
  const edge = linearFlow(powerLawSpectrum({ alpha: 2, delta: 3, modes: 300_000 }));
  const squared = (T: number) => edge.at(T).tortuosity ** 2;
  const gain = (squared(1e7) - squared(1e6)) / Math.LN10;
  assert(Math.abs(gain / 0.25 - 1) < 0.03, `${gain}`);
  const { tortuosity } = powerLawAsymptotics({ alpha: 2, delta: 3 });
  assert(Math.abs(tortuosity(Math.exp(16))! - 2) < 1e-12);
  assert.equal(powerLawAsymptotics({ alpha: 1, delta: 3 }).tortuosity(10), undefined);
});

Deno.test("bad arguments are named", () => {
  const of = powerLawAsymptotics;
  assert.throws(() => of({ alpha: 0, delta: 0 }), /alpha is 0/);
  assert.throws(() => of({ alpha: 1, delta: NaN }), /delta is NaN/);
  assert.throws(() => of({ alpha: 1, delta: -30 }), /delta is -30/);
  assert.throws(() => of({ alpha: 1, delta: 0, modes: 0.5 }), /modes is 0.5/);
  assert.throws(() => of({ alpha: 1, delta: 0.5 }).leading(1), /T is 1; .* above 1/);
  assert.throws(() => of({ alpha: 1, delta: 0.5 }).tortuosity(NaN), /T is NaN/);
  const short = of({ alpha: 1, delta: 0.5, modes: 100 });
  assert.throws(() => short.inefficiency(200), /T is 200; it must be at most modes\^alpha, 100/);
});
