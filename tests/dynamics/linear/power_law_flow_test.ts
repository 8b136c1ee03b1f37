import assert from "node:assert/strict";
import { linearFlow } from "../../../lib/dynamics/linear/linear_flow.ts";
import {
  inefficiencyExponent,
  powerLawSpectrum,
  powerLawTortuosity,
  powerLawWindow,
} from "../../../lib/dynamics/linear/power_law_flow.ts";
import { integrate } from "../../../lib/numerics/mod.ts";

Deno.test("the constants are those of the integrals over a continuous spectrum", () => {
  for (const r of [0.1, 0.5, 0.9]) {
    const alpha = 1.3, delta = 1 - alpha * r;
    const half = (f: (x: number) => number) =>
      integrate(f, 0, 1).value + integrate(f, 1, Infinity, { maxEvaluations: 400_000 }).value;
    const drop = half((x) => x ** (-1 - r) * -Math.expm1(-2 * x)) / 2;
    const square = half((x) => x ** (-2 - r) * Math.expm1(-x) ** 2);
    // |v|² = Γ(1 − r)(2t)^(r−1): its root integrates to a power as well.
    const speed = Math.sqrt(half((x) => x ** -r * Math.exp(-2 * x)) * 2 ** 0);
    const length = speed * 2 / (1 + r); // |v|(t) = |v|(1) t^((r−1)/2)
    const { inefficiency, tortuosity, speedSpread } = powerLawWindow({ alpha, delta });
    assert(Math.abs(inefficiency / (drop / square) - 1) < 1e-6, `r = ${r}`);
    assert(Math.abs(tortuosity / (length / Math.sqrt(square)) - 1) < 1e-6, `r = ${r}`);
    assert(Math.abs(speedSpread * tortuosity ** 2 / inefficiency - 1) < 1e-14);
  }
});

Deno.test("values given for the project: (α, δ) = (1.5, 0.2), (1.2, 0.5), (2, 0)", () => {
  const value = (alpha: number, delta: number) => powerLawWindow({ alpha, delta }).inefficiency;
  for (const [alpha, delta, expected] of [[1.5, 0.2, 1.2404], [1.2, 0.5, 1.4118], [2, 0, 1.2803]]) {
    assert(Math.abs(value(alpha, delta) - expected) < 1e-4);
  }
});

Deno.test("r ≥ 1 counts as δ < 1: all three are 1, the formulas' own value at r = 1", () => {
  for (const [alpha, delta] of [[0.5, 0.2], [0.3, 0], [1, 0]]) {
    const { inefficiency, tortuosity, speedSpread } = powerLawWindow({ alpha, delta });
    assert.deepEqual([inefficiency, tortuosity, speedSpread], [1, 1, 1]);
  }
  const below = powerLawWindow({ alpha: 1, delta: 1e-9 });
  assert(Math.abs(below.inefficiency - 1) < 1e-8 && Math.abs(below.tortuosity - 1) < 1e-8);
});

Deno.test("the tortuosity goes on through r = 0 and diverges towards r = −1", () => {
  const at = (r: number) => powerLawTortuosity({ alpha: 1, delta: 1 - r });
  assert(Math.abs(at(1e-7) - at(-1e-7)) < 1e-6 && Math.abs(at(0) - 1.20112) < 1e-5);
  assert(Math.abs(at(-0.5) - 1.5537) < 1e-3, `${at(-0.5)}`);
  assert(at(-0.999) > 30);
  assert.equal(powerLawTortuosity({ alpha: 0.5, delta: 0.2 }), 1);
  assert.throws(() => powerLawTortuosity({ alpha: 0.3, delta: 1.3 }), /below 1 \+ alpha, 1.3,/);
});

Deno.test("finite spectra grow with the exponent, and stop at 1", () => {
  for (const [alpha, delta] of [[1, 1.5], [1.5, 2], [1, 3]]) {
    const flow = linearFlow(powerLawSpectrum({ alpha, delta, modes: 1_000_000 }));
    const [from, to] = [1e3, 1e4];
    const growth = Math.log10(flow.at(to).inefficiency / flow.at(from).inefficiency);
    const exponent = inefficiencyExponent({ alpha, delta });
    assert(Math.abs(growth - exponent) < 0.05, `${growth} for ${exponent}`);
  }
});

Deno.test("bad exponents are named", () => {
  assert.throws(() => powerLawWindow({ alpha: 0, delta: 0 }), /alpha is 0/);
  assert.throws(() => powerLawWindow({ alpha: 1, delta: 1.5 }), /delta is 1.5; it must be below 1/);
  assert.throws(
    () => powerLawTortuosity({ alpha: 1, delta: 2.5 }),
    /delta is 2.5; it must be below 1 \+ alpha, 2,/,
  );
  assert.throws(() => powerLawSpectrum({ alpha: 1, delta: 0, modes: 0 }), /modes is 0/);
});
