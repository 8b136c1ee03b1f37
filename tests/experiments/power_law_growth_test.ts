import assert from "node:assert/strict";
import { measuredGrowth } from "../../lib/mod.ts";

Deno.test("one mode's ratio grows as T: (λT/2) coth(λT/2)", () => {
  const { measured, accuracy } = measuredGrowth(
    { alpha: 1, delta: 0, modes: 1 },
    { from: 100, to: 1e4 },
  );
  assert(Math.abs(measured - 1) < 1e-12 && accuracy < 1e-12);
});

Deno.test("a window must be one", () => {
  const laws = { alpha: 1, delta: 0.5, modes: 100 };
  for (const [from, to] of [[10, 10], [10, 1], [0, 1], [1, Infinity], [NaN, 1]]) {
    assert.throws(
      () => measuredGrowth(laws, { from, to }),
      /the window is from .* 0 < from < to|(from|to) is .*; it must be a positive number/,
    );
  }
});
