import assert from "node:assert/strict";
import { saddleEscape } from "../../../lib/mod.ts";
import { KEPT_RUNS, needs } from "../../permissions.ts";

const { test } = needs(...KEPT_RUNS);

const SMALL = { n: 12, width: 8, seeds: [0], left: 0.95, tolerance: 0.003 };

test("smaller weights are later by ln(1/ε)/κ, and less efficient", async () => {
  const { points, slopes: [{ measured, foretold }], rate } = await saddleEscape({
    ...SMALL,
    factors: [1e-4, 1e-3, 1e-2],
  });
  assert.ok(Math.abs(foretold * rate - 1) < 1e-12);
  assert.ok(Math.abs(measured / foretold - 1) < 0.1, `${measured} is not ${foretold}`);
  const ratios = points.map(({ inefficiency }) => inefficiency);
  assert.ok(ratios[0] > ratios[1] && ratios[1] > ratios[2] && ratios[2] > 1);
});

test("between two entries T/T_SL is no less than 1, where the path is nearly straight", async () => {
  const { points: [{ inefficiency }] } = await saddleEscape({
    ...{ n: 20, width: 16, factors: [0.1, 1], seeds: [0], left: 0.97 },
  });
  assert.ok(inefficiency > 1 && inefficiency < 1.03, `${inefficiency}`);
});

Deno.test("factors that do not grow, and a loss that is not between, are told", async () => {
  await assert.rejects(
    () => saddleEscape({ ...SMALL, factors: [0.1, 0.1] }),
    /^RangeError: factors\[1\] is 0.1; factors must grow, from 0.1$/,
  );
  await assert.rejects(() => saddleEscape({ ...SMALL, factors: [0.1, 1], left: 1 }), /left is 1/);
});
