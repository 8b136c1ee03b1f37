import assert from "node:assert/strict";
import {
  attainedClaim,
  gradientFlowLimitClaim,
  langevinLimitClaim,
  lossFactorClaim,
  plateauClaim,
  withoutSquareClaim,
} from "../../../lib/experiments/mod.ts";

// The least of no ratios is ∞, and the farthest of none is −∞: either would confirm.
Deno.test("no claim is judged by nothing", () => {
  const interval = [-0.01, 0.01] as const;
  const growths = [{
    alpha: 1,
    delta: 0.5,
    mean: 0,
    interval,
    predicted: 0,
    slope: { mean: 0, interval },
  }];
  const langevin = { ratios: [1], exact: [1.2], onGrid: [1.2], particles: [] };
  const refused: Record<string, () => unknown> = {
    ratio: () => gradientFlowLimitClaim([], 1e-10),
    scaled: () => lossFactorClaim({ inefficiency: 4, scaled: [], split: 0 }),
    "ratio ": () => langevinLimitClaim({ ...langevin, ratios: [] }),
    "exact law": () => langevinLimitClaim({ ...langevin, exact: [], onGrid: [] }),
    onGrid: () => langevinLimitClaim({ ...langevin, onGrid: [1.2, 1.3] }),
    plateau: () => plateauClaim({ plateaus: [], at: 1e4, growths }),
    units: () => withoutSquareClaim([]),
  };
  for (const [name, judge] of Object.entries(refused)) {
    assert.throws(
      judge,
      (error: Error) => error instanceof RangeError && error.message.includes(name.trim()),
      name,
    );
  }
});

Deno.test("what is no number is not judged", () => {
  const text = "1.0001" as unknown as number;
  assert.throws(
    () => attainedClaim({ inefficiency: text, missed: 0, cells: 400 }),
    /^RangeError: inefficiency is "1.0001"; it must be a number$/,
  );
});
