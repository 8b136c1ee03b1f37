import assert from "node:assert/strict";
import { residueStudy, speedLimitStudy } from "../../../lib/experiments/mod.ts";
import { speedLimitFigure } from "../../../lib/figures/mod.ts";
import { KEPT_RUNS, needs } from "../../permissions.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

const { test, made } = needs(...KEPT_RUNS);

const cache = made(temporaryFolder);

// Whatever its test accuracy, the seventh entry is taken for the warm start.
const study = await made(async () => ({
  ...await speedLimitStudy({
    architecture: "fully-connected",
    width: 16,
    n: 30,
    seeds: [0, 1],
    horizon: 1,
    testImages: 50,
    entries: 12,
  }, { cache }),
  warmIndex: 6,
}));

test("the residue's squares are twice the loss, at both starts", async () => {
  const { realizations } = await residueStudy(study, { cache });
  assert.equal(realizations.length, 2);
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  realizations.forEach(({ cold, warm, kernelChange }, i) => {
    const { loss } = study.realizations[i];
    assert(Math.abs(total(cold.squares) / 2 / loss[0] - 1) < 1e-4);
    assert.equal(warm!.time, study.time[study.warmIndex]);
    // The same flow, recorded at a time between steps and ended there.
    assert(Math.abs(total(warm!.squares) / 2 / loss[study.warmIndex] - 1) < 0.01);
    assert(cold.eigenvalues[0] >= cold.eigenvalues[29] && cold.eigenvalues[29] >= 0);
    assert(kernelChange! > 0 && kernelChange! < 1);
    assert(cold.alignment > -1 && cold.alignment < 1);
  });
});

test("a seed that the study has not is named", async () => {
  await assert.rejects(residueStudy(study, { seeds: [5], cache }), /seeds contains 5.*\[0,1\]/);
});

test("Figure 1 has the paper's panels, and the spectrum in an inset", async () => {
  const residues = await residueStudy(study, { cache });
  const { data, layout } = speedLimitFigure([study], { residues });
  const axes = Object.keys(layout).filter((key) => key.startsWith("yaxis"));
  assert.equal(axes.length, 7); // a–f and the inset
  const letters = (layout.annotations as { text: string }[]).map(({ text }) => text.slice(3, 4));
  assert.equal(letters.join(""), "abcdef");
  const inset = data.filter((trace) => trace.xaxis === "x7");
  assert.equal(inset.filter((trace) => trace.fill !== "toself").length, 2);
  // The inset lies within panel f.
  const domain = (key: string) => (layout[key] as { domain: number[] }).domain;
  assert(domain("xaxis7")[0] > domain("xaxis6")[0] && domain("xaxis7")[1] < domain("xaxis6")[1]);
  assert.throws(() => speedLimitFigure([]), /studies is empty/);
});
