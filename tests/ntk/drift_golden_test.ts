/** Measures of how kernels turn, against scipy's and numpy's. */
import assert from "node:assert/strict";
import {
  kernelDistance,
  kernelLaziness,
  kernelTargetAlignment,
  principalAngles,
  relativeKernelChange,
  vectorAlignment,
} from "../../lib/ntk/mod.ts";
import golden from "../golden/drift.json" with { type: "json" };

const near = (found: number, expected: number, tolerance = 1e-12) =>
  assert(Math.abs(found - expected) <= tolerance, `${found} is not ${expected}`);

Deno.test("principal angles are those of scipy.linalg.subspace_angles", () => {
  const { first, second, near: close, angles } = golden;
  const pairs = [[second, angles["first, second"]], [close, angles["first, near"]]] as const;
  for (const [other, expected] of pairs) {
    const found = principalAngles(first, other);
    assert.equal(found.length, expected.length);
    found.forEach((angle, i) => near(angle, expected[i], 2e-8));
  }
});

Deno.test("changes, distances and alignments of kernels are numpy's", async () => {
  const { kernel, other, targets, vector } = golden;
  near(relativeKernelChange(kernel, other), golden.change);
  near(kernelDistance(kernel, other), golden.distance);
  near(kernelTargetAlignment(kernel, targets), golden.alignment);
  near(
    kernelTargetAlignment(kernel, targets, { centred: false }),
    golden["alignment, not centred"],
  );
  near(vectorAlignment(kernel, vector), golden["vector alignment"]);
  const lazy = await kernelLaziness(kernel, { outputChange: vector, displacementSquared: 2.5 });
  near(lazy / golden.laziness, 1, 1e-9);
});
