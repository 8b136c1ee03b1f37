import assert from "node:assert/strict";
import {
  againstLossLeft,
  descentFigure,
  lossLeft,
  ratioCells,
  type SpeedLimitStudy,
  variantRows,
} from "../../../lib/mod.ts";
import { madeStudy } from "../../experiments/claims/made.ts";

/** A made study whose losses are these shares of ½‖Y‖², for both seeds. */
const withLoss = (shares: readonly number[], study = madeStudy()): SpeedLimitStudy => ({
  ...study,
  realizations: study.realizations.map((one) => ({
    ...one,
    loss: shares.map((share) => 0.45 * study.configuration.n * share),
  })),
});

Deno.test("a study's ratios have their intervals; a warm start that was not reached is told", () => {
  assert.deepEqual(ratioCells(madeStudy({ cold: [20, 20], tortuosity: 1.25 })), {
    "T/T_SL cold": "20.0 [20.0, 20.0]",
    "cold, usual mean": "20.0",
    "T/T_SL warm": "not reached",
    "l_γ/l_geo cold": "1.25 [1.25, 1.25]",
    "l_γ/l_geo warm": "not reached",
  });
  assert.equal(ratioCells(madeStudy({ warm: [2, 2] }))["T/T_SL warm"], "2.00 [2.00, 2.00]");
});

Deno.test("what is left of the loss is in per cent of ½‖Y‖²", () => {
  assert.equal(lossLeft(withLoss([23, 5, 2, 0.5])), "50 ± 0 %");
  assert.equal(lossLeft(withLoss([23, 5, 2, 0.5], madeStudy({ n: 2000 }))), "50 ± 0 %");
});

Deno.test("variants are compared where so much of ½‖Y‖² is left, if they come so far", () => {
  const there = { lossLeft: 0.09 }, beyond = { lossLeft: 0.005 };
  const study = withLoss([23, 5, 0.09, 0.01]);
  const [row] = variantRows([study], { marks: [there, beyond] });
  assert.equal(row.network, "ntk, W_std 1.41");
  assert.equal(row["cold, 9 % of ½‖Y‖² left"], "1.1 [1.1, 1.1]");
  assert.equal(row["cold, 0.5 % of ½‖Y‖² left"], "not reached");
  assert.equal(row["warm, 9 % of ½‖Y‖² left"], "not reached");
  // 12 % are there from the third entry on, τ = 0.1: epoch 10,000.
  assert.equal(row["epoch (η = 1e-5) at 12 % accuracy, L a sum"], "10,000");
  assert.equal(row["at nτ"], "50");
});

Deno.test("against what is left of the loss a warm path has the losses of its own times", () => {
  const studies = [withLoss([23, 5, 2, 0.5], madeStudy({ warm: [2, 2] })), madeStudy()];
  const cold = againstLossLeft(studies, "cold").marks.flat();
  assert.deepEqual(cold.map(({ x }) => (x as number[]).length), [3, 3]);
  const [warm, ...others] = againstLossLeft(studies, "warm").marks.flat();
  assert.deepEqual(others, [], "a study without a warm start has no line");
  const [left] = warm.x as number[];
  assert(Math.abs(left - 0.5) < 1e-12);
  assert(Math.abs((warm.y as number[])[0] - 2) < 1e-12);
});

Deno.test("descent and flow are drawn past their origins, from the first step on", () => {
  const path = { time: [0, 1, 2], inefficiency: [1, 1.1, 1.2], tortuosity: [1, 1.05, 1.1] };
  const descent = {
    time: Float64Array.of(0, 0.5, 1),
    inefficiency: Float64Array.of(1, 1, 1.1),
    tortuosity: Float64Array.of(1, 1, 1.05),
  };
  const { data, layout } = descentFigure(path, descent, { learningRate: 0.5 });
  // The flow goes on; the picture ends at 1.5 of the last step.
  assert.deepEqual(data.map(({ x }) => x), [[1, 1.5], [0.5, 1], [1, 1.5], [0.5, 1]]);
  const { range } = layout.xaxis as { range: number[] };
  assert(
    Math.abs(range[0] - Math.log10(0.5)) < 1e-9 && Math.abs(range[1] - Math.log10(1.5)) < 1e-9,
  );
  const none = { time: [0], inefficiency: [1], tortuosity: [1] };
  const start = (column: readonly number[]) => Float64Array.from(column);
  assert.throws(
    () =>
      descentFigure(path, {
        time: start(none.time),
        inefficiency: start(none.inefficiency),
        tortuosity: start(none.tortuosity),
      }, { learningRate: 0.5 }),
    /no entry past its origin/,
  );
});
