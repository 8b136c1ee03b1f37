import assert from "node:assert/strict";
import {
  stepsBesideFlow,
  stepsDifferencePanel,
  stepsEdgePanel,
  stepsEdgeRows,
  stepsEntries,
  stepsLimitsPanel,
  stepsLongRows,
  stepsNoisePanel,
  stepsNoiseRows,
  stepsRateRows,
  stepsRatioPanel,
  stepsTimesRows,
} from "../../lib/mod.ts";
import { madeSteps } from "../experiments/claims/made_steps.ts";

type Line = { readonly name?: string; readonly x: number[]; readonly y: number[] };
const lines = (panel: { readonly marks: unknown }) => (panel.marks as unknown[]).flat() as Line[];
const named = (panel: { readonly marks: unknown }, name: string) =>
  lines(panel).findLast((one) => one.name === name)!;
const near = (value: number, expected: number) =>
  assert.ok(Math.abs(value / expected - 1) < 1e-9, `${value} and ${expected}`);

const study = madeSteps({ residues: [[1, 2], [1, 2]], rates: [0.1, 0.2, 0.4] });
const rows = stepsBesideFlow(study).filter(({ seed }) => seed === 0);

Deno.test("ratios and differences are those of the rows", () => {
  const own = rows.filter(({ rate }) => "share" in rate && rate.share === 0.2);
  const ratio = named(stepsRatioPanel(study), "η = 0.2 · 2/λ_max");
  assert.deepEqual(ratio.x.length, own.length);
  own.forEach(({ mark, descent }, i) => {
    near(ratio.x[i], mark);
    near(ratio.y[i], descent);
  });
  const off = named(stepsDifferencePanel(study, "steps"), "η = 0.2 · 2/λ_max");
  own.forEach(({ steps, difference }, i) => {
    assert.equal(off.x[i], steps);
    near(off.y[i], Math.abs(difference));
  });
  const theory = named(stepsDifferencePanel(study, "steps"), "0.648/N");
  near(theory.y[0], 0.6476102378919 / theory.x[0]);
  // 20 steps at 0.1, 10 at 0.2, 5 at 0.4: one mark, τ = 2 · 2/λ_max.
  const at = named(stepsDifferencePanel(study, "share"), "τ = 2 · 2/λ_max");
  assert.deepEqual(at.x.map((share) => Number(share.toFixed(6))), [0.1, 0.2, 0.4]);
  assert.throws(() => stepsRatioPanel(madeSteps({ rates: [] })), /no descent at a rate/);
});

Deno.test("the limits are drawn as shares of the time, and none but the flow's exceeds 1", () => {
  const panel = stepsLimitsPanel(study, 0.4);
  const entries = stepsEntries(study.realizations[0].descents[2]);
  const [flow, read, ofDescent, ofSteps] = lines(panel);
  entries.forEach(({ descent, limitShare, stepInefficiency }, i) => {
    near(read.y[i], 1 / descent);
    near(ofDescent.y[i], limitShare!);
    near(ofSteps.y[i], 1 / stepInefficiency);
  });
  assert.ok(read.y[0] > 1 && flow.y.every((share) => share <= 1));
  assert.throws(() => stepsLimitsPanel(study, 0.3), /no descent at 0\.3/);
});

Deno.test("edge and noise are drawn and told; studies without them are refused", () => {
  const beyond = madeSteps({ rates: [2], sharpness: () => 0.4 });
  const edge = named(stepsEdgePanel(beyond), "η = 2 · 2/λ_max");
  near(edge.y[0], 2);
  near(edge.y.at(-1)!, 0.8);
  const [told] = stepsEdgeRows([beyond]);
  assert.equal(told.diverged, "0 of 2");
  // Two seeds are told one by one.
  assert.equal(told["in the end"], "0.80, 0.80");
  assert.equal(told["λ_max in the end, of the start's"], "0.40, 0.40");
  assert.equal(told["ηλ̄/2"], "2.00");
  // And so are three, but not four.
  const inTheEnd = (count: number) =>
    stepsEdgeRows([
      madeSteps({ rates: [2], residues: new Array(count).fill([1, 1]), sharpness: () => 0.4 }),
    ])[0]["in the end"];
  assert.equal(inTheEnd(3), "0.80, 0.80, 0.80");
  assert.match(String(inTheEnd(4)), /^0\.80 \[/);
  // At η = 4/λ_max the residue of the largest mode is multiplied by −3 a step.
  const rises = madeSteps({
    rates: [2],
    residues: [[1], [2]],
    steps: [1, 2],
    sharpness: () => 0.4,
  });
  assert.equal(stepsEdgeRows([rises])[0]["L/L(0), at the most"], "81.00");
  assert.throws(() => stepsEdgePanel(study), /no look at λ_max/);

  const noisy = madeSteps({ noise: { rho: 2, measured: () => 2 } });
  const panel = stepsNoisePanel(noisy);
  const measured = named(panel, "B = 10, 0.1 · 2/λ_max");
  const foretold = named(panel, "B = 10, 0.1 · 2/λ_max: ι (1 + ρ)");
  measured.y.forEach((value, i) => near(value, foretold.y[i]));
  assert.match(String(stepsNoiseRows([noisy], [1, 10])[0]["ρ"]), /^2\.00/);
  assert.throws(() => stepsNoisePanel(study), /no minibatches beside a flow/);
  assert.equal(stepsRateRows([study], [2]).length, 3);
  const single = madeSteps({ rates: [0.1, 0.9, 2], residues: [[1], [1]], steps: [1, 10] });
  const [one, late] = stepsTimesRows(single, [1, 10]);
  assert.deepEqual(Object.keys(one), ["τ in 2/λ_max", "η = 0.1 · 2/λ_max", "η = 0.9 · 2/λ_max"]);
  // One mode: ι_GD = (u/2)(1 + r)/(1 − r), r = 0.8¹⁰, where the flow has e⁻² for r, u = 2.
  const r = 0.8 ** 10, flow = Math.exp(-2);
  const off = 1 - (1 + r) / (1 - r) * (1 - flow) / (1 + flow);
  assert.equal(one["η = 0.1 · 2/λ_max"], (10 * off).toFixed(2));
  assert.equal(late["η = 0.1 · 2/λ_max"], "", "not run so long");
});

Deno.test("a rate has one colour in all panels of a figure, and no two rates have the same", () => {
  const all = [[0.1, 2], [0.1, 0.5, 4], [4]].map((rates) =>
    madeSteps({ rates, sharpness: () => 0.4 })
  );
  for (
    const panel of [
      (one: typeof study) => stepsRatioPanel(one, { beside: all }),
      (one: typeof study) => stepsDifferencePanel(one, "steps", { beside: all }),
      (one: typeof study) => stepsEdgePanel(one, { beside: all }),
    ]
  ) {
    const colors = new Map<string, Set<string>>();
    for (const one of all.flatMap((study) => lines(panel(study)))) {
      const { name, line } = one as Line & { readonly line: { readonly color: string } };
      if (!name?.startsWith("η")) continue;
      colors.set(name, (colors.get(name) ?? new Set()).add(line.color));
    }
    assert.equal(colors.size, 4);
    assert.deepEqual([...colors.values()].map(({ size }) => size), [1, 1, 1, 1]);
    assert.equal(new Set([...colors.values()].flatMap((own) => [...own])).size, 4);
  }
});

Deno.test("long descents are told seed by seed, from a step on", () => {
  const long = madeSteps({
    ...{ rates: [0.5, 2], residues: [[1], [1]], steps: [1, 2, 10], sharpness: () => 0.4 },
    factor: (seed) => seed === 0 ? 0.9 : 1.1,
  });
  const told = stepsLongRows([long], 2);
  assert.deepEqual(
    told.map((row) => [row["η"], row.seed, row.N].join()),
    ["0.5", "2"].flatMap((rate) =>
      [0, 1].flatMap((seed) => [2, 10].map((N) => `${rate} · 2/λ_max,${seed},${N}`))
    ),
  );
  // One step of η = 1/λ_max ends a mode; the flow has coth: at τ = 10 · ½ · 2/λ_max = 10 they are one.
  const off = 0.9 * Math.tanh(5) - 1;
  assert.equal(told[1]["difference, %"], (100 * off).toFixed(1));
  assert.equal(told[1]["N (1 − ι_GD/ι)"], (-10 * off).toFixed(0));
  assert.equal(told[1]["ηλ_max/2"], "0.20");
  assert.equal(told[1]["of the flow's kernel"], "0.50");
  assert.equal(told[0]["ηλ_max/2"], "", "not looked at");
  assert.deepEqual(stepsLongRows([long], 11), []);
  assert.throws(() => stepsLongRows([long], 0.5), /from/);
});
