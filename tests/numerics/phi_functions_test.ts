import assert from "node:assert/strict";
import { phi1 } from "../../lib/numerics/mod.ts";

Deno.test("φ₁ keeps its digits from tiny to huge arguments", () => {
  // Σ zᵏ/(k+1)!, exact where |z| ≤ 1.
  const series = (z: number) => {
    let [term, total] = [1, 0];
    for (let k = 1; k < 30; k++) {
      total += term;
      term *= z / (k + 1);
    }
    return total;
  };
  for (let exponent = -20; exponent <= 0; exponent += 0.25) {
    for (const z of [10 ** exponent, -(10 ** exponent)]) {
      assert(Math.abs(phi1(z) / series(z) - 1) < 1e-15, `${z}`);
    }
  }
  assert.equal(phi1(-1e5), 1e-5);
  assert(phi1(-Infinity) === 0 && Number.isNaN(phi1(NaN)));
});
