import assert from "node:assert/strict";
import { withError } from "../../lib/mod.ts";

Deno.test("a mean has as many digits as its error, wherever it lies", () => {
  const cases: [mean: number, standardError: number, text: string][] = [
    [1.016, 0.0182, "1.016 ± 0.018"],
    [-0.00012, 0.0021, "-0.0001 ± 0.0021"],
    [0, 0.5, "0.00 ± 0.50"],
    [97.9, 0.0996, "97.90 ± 0.10"],
    [1234, 560, "1230 ± 560"],
    [4.56e7, 1.2e6, "(4.56 ± 0.12)e7"],
    [3, 0, "3 ± 0"],
    [NaN, 1, "NaN ± 1"],
    [1, Infinity, "1 ± Infinity"],
  ];
  for (const [mean, standardError, text] of cases) {
    assert.equal(withError({ mean, standardError }), text);
  }
});
