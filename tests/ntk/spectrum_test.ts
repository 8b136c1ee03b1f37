import assert from "node:assert/strict";
import {
  cumulativeOverlap,
  kernelDistance,
  kernelSpectrum,
  kernelTargetAlignment,
  relativeKernelChange,
  residueComponents,
} from "../../lib/ntk/mod.ts";
import { multiply, randomStream } from "../../lib/numerics/mod.ts";

const n = 30;
const factor = { rows: n, cols: 40, data: randomStream(1, "kernel").normal(n * 40) };
const kernel = multiply(factor, factor, { transposeB: true });

Deno.test("the spectrum is sorted from the top and makes the kernel again", async () => {
  const { eigenvalues, eigenvectors } = await kernelSpectrum(kernel);
  assert(eigenvalues.every((value, k) => k === 0 || value <= eigenvalues[k - 1]));
  const scaled = {
    ...eigenvectors,
    data: eigenvectors.data.map((v, at) => v * eigenvalues[at % n]),
  };
  const again = multiply(scaled, eigenvectors, { transposeB: true });
  again.data.forEach((value, i) =>
    assert(Math.abs(value - kernel.data[i]) < 1e-12 * eigenvalues[0])
  );
});

Deno.test("components keep the residue's square; overlaps rise to 1", async () => {
  const spectrum = await kernelSpectrum(kernel);
  const residue = randomStream(2, "residue").normal(n * 10);
  const components = residueComponents(spectrum, residue);
  const square = (values: Float64Array) => values.reduce((sum, x) => sum + x * x, 0);
  assert(Math.abs(square(components) / square(residue) - 1) < 1e-12);
  const overlap = cumulativeOverlap(components);
  assert(overlap.every((value, k) => k === 0 || value >= overlap[k - 1]));
  assert(Math.abs(overlap[n - 1] - 1) < 1e-12);
  // A residue along eigenvector 3 has all of its overlap there.
  const along = Float64Array.from({ length: n }, (_, i) => spectrum.eigenvectors.data[i * n + 3]);
  const own = cumulativeOverlap(residueComponents(spectrum, along));
  assert(own[2] < 1e-20 && own[3] > 1 - 1e-12);
});

Deno.test("alignment is 1 with the targets' own kernel, and distances see turns, not scales", () => {
  const y = randomStream(3, "targets").normal(n);
  const own = multiply({ rows: n, cols: 1, data: y }, { rows: n, cols: 1, data: y }, {
    transposeB: true,
  });
  assert(Math.abs(kernelTargetAlignment(own, y) - 1) < 1e-12);
  assert(kernelTargetAlignment(kernel, y) < 0.6);
  const double = { ...kernel, data: kernel.data.map((v) => 2 * v) };
  assert(Math.abs(kernelDistance(kernel, double)) < 1e-14);
  assert(Math.abs(relativeKernelChange(kernel, double) - 1) < 1e-14);
});

Deno.test("kernels that are none are named", async () => {
  await assert.rejects(kernelSpectrum([[1, 2, 3]]), /kernel is 1 × 3; it must be square/);
  await assert.rejects(kernelSpectrum([[1, 2], [0, 1]]), /kernel.*symmetric|not symmetric/);
  await assert.rejects(kernelSpectrum([[1, 0], [0, -0.1]]), /indefinite beyond rounding/);
  const { eigenvalues } = await kernelSpectrum([[1, 0], [0, -1e-9]]);
  assert.equal(eigenvalues[1], 0);
  const spectrum = await kernelSpectrum([[1, 0], [0, 1]]);
  assert.throws(() => residueComponents(spectrum, [1, 2, 3]), /a multiple of the kernel's 2/);
  assert.throws(() => kernelDistance([[1]], [[1, 0], [0, 1]]), /kernel is 1 × 1, other 2 × 2/);
  assert.throws(() => kernelTargetAlignment([[1, 1], [1, 1]], [1, 1]), /constant/);
});
