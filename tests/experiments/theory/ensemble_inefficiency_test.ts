import assert from "node:assert/strict";
import {
  drawFrom,
  ensembleInefficiency,
  gaussian,
  ornsteinUhlenbeck,
  quadraticLandscape,
} from "../../../lib/mod.ts";

const BOWL = { minimum: [0], curvature: [[1]] };
const START = gaussian([2], [[0.25]]);
const OPTIONS = { beta: 1, from: drawFrom(START, 4000, 0), times: [0.5, 1, 2], steps: 100 };

Deno.test("particles agree with the exact law at each time, within their errors", async () => {
  const exact = ornsteinUhlenbeck(BOWL, 1, START);
  const measured = await ensembleInefficiency(quadraticLandscape(BOWL), OPTIONS);
  assert.deepEqual(measured.map(({ time }) => time), OPTIONS.times);
  for (const { time, mean, standardError } of measured) {
    assert(Math.abs(mean - exact.inefficiency(time)) < 4 * standardError, `${time}: ${mean}`);
    assert(standardError < 0.1);
  }
});

Deno.test("times must increase from above 0", async () => {
  for (const times of [[0, 1], [1, 1], [2, 1], [NaN]]) {
    await assert.rejects(
      ensembleInefficiency(quadraticLandscape(BOWL), { ...OPTIONS, times }),
      /times\[[01]\] is .*; (times must be positive and increase|it must be a finite number)/,
    );
  }
});
