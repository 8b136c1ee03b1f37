import assert from "node:assert/strict";
import {
  againstLossLeft,
  descentFigure,
  growthRows,
  lossLeft,
  ratioCells,
  scaleRows,
  type SpeedLimitStudy,
  variantRows,
  warmStartRows,
} from "../../lib/mod.ts";
import { madeFactor, madeGrowth, madeStudy } from "../experiments/claims/made.ts";

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

Deno.test("rows of growth name the network's width as its notebook does", () => {
  const growth = [madeGrowth(5000, madeFactor(2, 3, 4), madeFactor(0.9, 1, 1.1))];
  assert.deepEqual(growthRows(growth, { width: "channels" }), [{
    channels: 32,
    "cold T/T_SL at n": 5000,
    "over that at": 500,
    "at the same τ (L a sum)": "3.00 [2.00, 4.00]",
    "at the same epoch (L a mean)": "1.00 [0.90, 1.10]",
    seeds: 3,
  }]);
});

Deno.test("a larger scale is read earlier, where its kernel has come as far", () => {
  const [small, large] = [1, 2].map((weightStd) => {
    const study = madeStudy({ cold: [20, 20] });
    return { ...study, configuration: { ...study.configuration, weightStd } };
  });
  // With one layer the kernel of twice the scale is four times as large: a quarter of the horizon.
  const rows = scaleRows([small, large], { layers: 1 });
  assert.equal(rows[0]["T/T_SL cold, at the same λτ"], "20.0 [20.0, 20.0]");
  assert.equal(rows[1]["T/T_SL cold, at the same λτ"], "1.1 [1.1, 1.1]");
  assert.equal(rows[1]["½‖Y‖²"], 225);
});

Deno.test("variants are compared where a tenth of ½‖Y‖² is left, if they come so far", () => {
  const [row] = variantRows([withLoss([23, 5, 0.09, 0.01])]);
  assert.deepEqual([row.network, row["τ at 10 % of ½‖Y‖²"]], ["ntk, W_std 1.41", "0.100"]);
  assert.equal(row["T/T_SL cold there"], "1.1 [1.1, 1.1]");
  const [never] = variantRows([withLoss([23, 5, 2, 0.11])]);
  assert.equal(never["τ at 10 % of ½‖Y‖²"], "not reached");
  assert.equal(never["T/T_SL cold there"], "not reached");
});

Deno.test("warm starts by threshold", () => {
  const studies = [madeStudy({ warm: [2, 2] }), madeStudy()];
  assert.deepEqual(warmStartRows(studies), [
    { threshold: 0.12, "warm start at τ": 0.1, "T/T_SL warm": "2.00 [2.00, 2.00]" },
    { threshold: 0.12, "warm start at τ": "not reached", "T/T_SL warm": "not reached" },
  ]);
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
  assert.deepEqual(data.map(({ x }) => x), [[1, 2], [0.5, 1], [1, 2], [0.5, 1]]);
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
