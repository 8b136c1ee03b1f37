/** Fits in 1/size against numpy's pseudo-inverse and scipy's laws and optimizers. */
import assert from "node:assert/strict";
import { fitInverseSize, fitVarianceBySize, type SizeEstimate } from "../../lib/statistics/mod.ts";
import golden from "../golden/inverse_size.json" with { type: "json" };

/** An estimate's value and both ends, to a share of its interval's length. */
function assertNear(
  found: SizeEstimate,
  { value, interval }: { value: number; interval: number[] },
  tolerance: number,
) {
  const length = interval[1] - interval[0];
  [found.value, ...found.interval].forEach((end, i) => {
    const expected = [value, ...interval][i];
    assert(Math.abs(end - expected) <= tolerance * length, `${end} is not ${expected}`);
  });
}

Deno.test("means: coefficients, Welch's intervals and the excess are numpy's", () => {
  for (const { order, through, excess32, ...expected } of golden.fits) {
    const fit = fitInverseSize(golden.groups, {
      order: order as 1 | 2,
      ...(through && { limit: { mean: golden.limit, standardError: 0 } }),
    });
    assertNear(fit.slope, expected.slope, 1e-8);
    if (expected.curvature) assertNear(fit.curvature!, expected.curvature, 1e-8);
    if (expected.limit) assertNear(fit.limit, expected.limit, 1e-8);
    assertNear(fit.excess(32), excess32, 1e-8);
  }
});

Deno.test("variances: c and where the likelihood falls are scipy's", () => {
  const { groups, limitVariance, rate } = golden;
  const found = fitVarianceBySize(groups, { limit: { variance: limitVariance } }).rate;
  assertNear(found, rate, 1e-5);
});
