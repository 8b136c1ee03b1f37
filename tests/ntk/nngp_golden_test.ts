/** The law of drawn functions against neural-tangents and against the arc-cosine kernel in closed form. */
import assert from "node:assert/strict";
import { fullyConnected, myrtle5 } from "../../lib/networks/mod.ts";
import { infiniteKernels, nngpFunctions } from "../../lib/ntk/mod.ts";
import type { Matrix } from "../../lib/numerics/mod.ts";
import myrtle from "../golden/infinite_myrtle.json" with { type: "json" };
import { needs, TENSORFLOW } from "../permissions.ts";

const { test } = needs(...TENSORFLOW);

/** Sample covariances of all rows are those expected, within their errors. */
function assertCovariance(
  { rows, cols, data }: Matrix,
  expected: (i: number, j: number) => number,
) {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) {
      let product = 0;
      for (let at = 0; at < cols; at++) product += data[i * cols + at] * data[j * cols + at] / cols;
      const error = Math.sqrt((expected(i, i) * expected(j, j) + expected(i, j) ** 2) / cols);
      const off = product - expected(i, j);
      assert(Math.abs(off) < 4.5 * error, `${i}, ${j}: off by ${off}, error ${error}`);
    }
  }
}

test("Myrtle-5's functions have neural-tangents' NNGP for covariance", async () => {
  const data = Float32Array.from({ length: 2 * 3072 }, (_, j) => Math.sin(0.3 * j));
  const images = { shape: [2, 32, 32, 3], data };
  const { nngp } = await infiniteKernels(myrtle5({ channels: 8 }), images);
  const drawn = nngpFunctions(nngp, { outputs: 10, functions: 4000, seed: 2 });
  assertCovariance(drawn, (i, j) => myrtle.nngp[i][j]);
  // The two images' difference is a small part of either, and has its own variance.
  const { cols, data: f } = drawn;
  let square = 0;
  for (let at = 0; at < cols; at++) square += (f[at] - f[cols + at]) ** 2 / cols;
  const exact = myrtle.nngp[0][0] + myrtle.nngp[1][1] - 2 * myrtle.nngp[0][1];
  assert(Math.abs(square / exact - 1) < 4.5 * Math.sqrt(2 / cols), `${square}, ${exact}`);
});

test("functions of one hidden layer of relus have the arc-cosine kernel for covariance", async () => {
  const angles = [0, 0.4, 1.5, 2.9], lengths = [1, 2, 0.5, 1.5];
  const data = Float32Array.from(
    angles.flatMap((angle, i) => [lengths[i] * Math.cos(angle), lengths[i] * Math.sin(angle)]),
  );
  const { nngp } = await infiniteKernels(
    fullyConnected({ widths: [2, 5, 1] }),
    { shape: [4, 2], data },
  );
  // Cho, Saul 2009, of inputs in the plane and W_std² = 2: |x||x'| (sin ϑ + (π − ϑ) cos ϑ)/π.
  const exact = (i: number, j: number) => {
    const angle = Math.abs(angles[i] - angles[j]);
    const arc = (Math.sin(angle) + (Math.PI - angle) * Math.cos(angle)) / Math.PI;
    return lengths[i] * lengths[j] * arc;
  };
  assertCovariance(nngpFunctions(nngp, { outputs: 10, functions: 4000, seed: 3 }), exact);
});
