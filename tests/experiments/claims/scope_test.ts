// The rules of notebook 14's claims at their edges, and what is read of a study of the scope.
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  alikeWithOther,
  fastestModeRatio,
  followsInitialFunction,
  growsWithDepth,
  labelBoundRows,
  linearFlow,
  scopeAt,
  scopeBase,
  scopeBoundRows,
  scopeComparisons,
  type ScopeConfiguration,
  scopeForetold,
  scopeFormulaRows,
  scopeHeadline,
  scopeInOrder,
  scopeKind,
  scopeLaws,
  scopeLengths,
  scopeLimitHolds,
  scopeName,
  scopePeakRows,
  scopeRows,
  spreadInefficiency,
  timeCorrelation,
  timeRows,
  timesToLoss,
} from "../../../lib/mod.ts";
import { type MadeScope, madeScope } from "./made_scope.ts";

const END = { time: 2 } as const;
const HALF = { lossLeft: 0.5 } as const;

Deno.test("a study is read at a time, at a loss, at its end and at its largest", () => {
  const study = madeScope({ ratios: [3, 5], linearized: 6, split: 7, sizes: [2, 8] });
  const [one, other] = scopeAt(study, END);
  assert.deepEqual([one.seed, other.seed, one.size, other.size], [0, 1, 2, 8]);
  const near = (a: number, b: number) => assert(Math.abs(a - b) < 1e-12, `${a} is not ${b}`);
  near(one.inefficiency, 3);
  near(one.linearized, 6);
  near(one.split, 7);
  near(one.initialWeight, 0.75);
  near(one.tortuosity, 1.2);
  near(one.left, 0.5);
  // Of a drop of 67.5 and ½‖Y‖² = 45 a quarter is the labels'; ½‖f_0‖² is 90, of which 50.625 are gone.
  near(one.fitted, 0.375);
  near(one.initialLeft, (90 - 50.625) / 45);
  near(one.labelsDrop, 1 / 3);
  near(one.labelsWeight, 1 / 3);
  near(one.lambdaTime, 20);
  near(scopeAt(study, { lossLeft: 1 })[1].time, 1);
  near(scopeAt(study, HALF)[1].time, 2);
  assert.deepEqual(scopeAt(study, "end"), scopeAt(study, END));
  assert.equal(scopeAt(study, "largest").length, 2);
  assert.deepEqual(scopeAt(study, { time: 3 }), []);
  assert.throws(() => scopeAt(study, "peak" as "end"), /mark is "peak"/);
  near(timesToLoss(study, "training", 1)[0].time, 1);
  near(timesToLoss(study, "test", 1)[0].time, 1);
  assert.deepEqual(timesToLoss(study, "test", 0.5), []);
});

Deno.test("a linear flow is between 1 and its fastest mode alone", () => {
  const flow = linearFlow({ eigenvalues: [5, 1, 0.1], residue: [1, -2, 0.5] });
  for (const T of [0.01, 0.3, 2, 50]) {
    const { inefficiency } = flow.at(T);
    assert(inefficiency >= 1 && inefficiency <= fastestModeRatio(5 * T));
  }
  const alone = linearFlow({ eigenvalues: [5], residue: [3] }).at(0.7).inefficiency;
  assert(Math.abs(alone / fastestModeRatio(3.5) - 1) < 1e-12);
});

Deno.test("for a linear flow of a given duration a later start is never less efficient", () => {
  fc.assert(fc.property(
    fc.array(
      fc.tuple(fc.double({ min: 0.01, max: 50, noNaN: true }), fc.integer({ min: 1, max: 9 })),
      {
        minLength: 1,
        maxLength: 6,
      },
    ),
    fc.double({ min: 0.01, max: 5, noNaN: true }),
    (modes, duration) => {
      const eigenvalues = modes.map(([rate]) => rate);
      // From t_0 on a residue is e^(−λ t_0) of what it was.
      const from = (t0: number) =>
        linearFlow({ eigenvalues, residue: modes.map(([rate, r]) => r * Math.exp(-rate * t0)) })
          .at(duration).inefficiency;
      const ratios = [0, 0.1, 0.3, 1].map(from);
      ratios.slice(1).forEach((ratio, i) => assert(ratio <= ratios[i] * (1 + 1e-9), `${ratios}`));
    },
  ));
});

Deno.test("a row has no power of ten", () => {
  const [row] = scopeRows([madeScope({ sizes: [99.7, 99.8] })], { lossLeft: 1 });
  assert.deepEqual([row.left, row["‖f_0‖²/‖Y‖²"], row["λ_1 T"]], ["100 %", "100", "10"]);
});

Deno.test("kinds, names, and what a study is held against", () => {
  const usual = madeScope();
  const of = (configuration: Parameters<typeof madeScope>[0] & object) => madeScope(configuration);
  const noisy = of({ configuration: { noise: 0.2 } });
  const myrtle = of({ configuration: { architecture: "myrtle-5", width: 8 } });
  const myrtleRandom = of({
    configuration: { architecture: "myrtle-5", width: 8, labels: "random" },
  });
  const myrtle7 = of({ configuration: { architecture: "myrtle-7", width: 8 } });
  const one = of({ configuration: { layers: 1 } });
  const more = of({ configuration: { n: 250 } });
  const erf = of({ configuration: { activation: "erf" } });
  const erfPets = of({ configuration: { activation: "erf", classes: [3, 5] } });
  const all = [usual, noisy, myrtle, myrtleRandom, myrtle7, one, more, erf, erfPets];
  assert.deepEqual(all.map((study) => scopeBase(all, study)), [
    ...[undefined, usual, usual, myrtle, usual, usual, usual, usual, erf],
  ]);
  assert.deepEqual(all.map(scopeKind), [
    ...["depth", "labels", "convolutional", "labels", "convolutional", "depth", "n"],
    ...["activation", "classes"],
  ]);
  assert.deepEqual(scopeInOrder(all).map((study) => all.indexOf(study)), [
    5,
    0,
    7,
    2,
    4,
    6,
    8,
    3,
    1,
  ]);
  assert.equal(scopeName(erfPets), "FCN, 3 layers, erf, width 64, n = 100, only cat and dog");
  assert.equal(scopeName(one), "FCN, 1 layer, n = 100");
  assert.equal(scopeName(noisy), "FCN, 3 layers, width 64, n = 100, 20 % of labels wrong");
  assert.equal(scopeName(myrtleRandom), "Myrtle-5, 8 channels, n = 100, random labels");
});

Deno.test("the limit holds unless it is undercut by more than the tolerance", () => {
  const judged = (ratio: number, tortuosity = 1.2) =>
    scopeLimitHolds([madeScope({ ratios: [ratio, 2], tortuosity })]).verdict;
  assert.equal(judged(0.991), "confirmed");
  assert.equal(judged(0.989), "not confirmed");
  assert.equal(judged(2, 0.98), "not confirmed", "a path shorter than the straight line");
  assert.throws(() => scopeLimitHolds([]), /there is no study/);
});

Deno.test("a forecast is right within a factor of 1.25, both ways", () => {
  const judged = (...ratios: number[]) => scopeForetold([madeScope({ ratios })], [END]).verdict;
  assert.equal(judged(4.99, 4.9901), "confirmed");
  assert.equal(judged(5.01, 5.0101), "not confirmed");
  assert.equal(judged(3.21, 3.2101), "confirmed");
  assert.equal(judged(3.19, 3.1901), "not confirmed");
  assert.equal(judged(3, 6), "undecided");
  assert.equal(judged(4), "undecided", "one seed decides nothing");
  const split = madeScope({ ratios: [8, 8.001], split: 8 });
  assert.equal(scopeForetold([split], [END], { by: "split" }).verdict, "confirmed");
  assert.equal(scopeForetold([split], [END]).verdict, "not confirmed");
  assert.equal(scopeForetold([split], [{ time: 9 }]).verdict, "undecided", "not reached");
  assert.throws(() => scopeForetold([split], []), /there is no mark/);
  assert.throws(() => scopeForetold([split], [END], { of: "convolutional" }), /there is no study/);
});

Deno.test("the formula is judged on networks that it was not fitted on, of its own family", () => {
  const first = madeScope();
  const [{ family, study, ...laws }] = scopeLaws([first]);
  assert.deepEqual([family, study], ["fully-connected", first]);
  const foretold = spreadInefficiency({ size: 1, lambdaTime: 20 }, laws);
  const verdict = (off: number, configuration: Partial<ScopeConfiguration> = { layers: 5 }) => {
    const ratios = [off * foretold, off * foretold * 1.0001];
    const studies = [first, madeScope({ ratios, configuration })];
    return scopeForetold(studies, [END], { by: "formula" }).verdict;
  };
  assert.equal(verdict(1.249), "confirmed");
  assert.equal(verdict(1.251), "not confirmed");
  assert.equal(verdict(1 / 1.251), "not confirmed");
  // Of the network itself, or of one with other labels, it tells nothing new.
  for (const alone of [{ layers: 1 }, { noise: 0.2 }, { architecture: "myrtle-5" as const }]) {
    assert.throws(() => verdict(1, alone), /there is no study/);
  }
  // λ₁T = 20 is the largest at which the laws of `first` were fitted, and the linearized network's T/T_SL is 4.
  const told = (end: number) =>
    scopeForetold([first, madeScope({ end, configuration: { layers: 5 } })], ["end"], {
      by: "formula",
    }).evidence;
  const over = (4 / foretold).toFixed(2);
  assert.match(told(2), new RegExp(`\\[[^()]*\\], linearized over it ${over} `));
  assert.match(told(2.01), /\(2 of 2 beyond the fit\), linearized over it/);
  const rows = scopeFormulaRows([first, madeScope({ configuration: { layers: 5 } })], [END]);
  assert.deepEqual(rows.map((row) => row["beyond the fit"]), [0]);
  assert.match(`${rows[0]["linearized/formula"]}`, new RegExp(`^${over} `));
  const columns = (configuration: Partial<ScopeConfiguration>) =>
    Object.keys(scopeRows([madeScope({ sizes: [2, 2], configuration })], END)[0]);
  assert(columns({}).includes("by two power laws"));
  assert(!columns({ layers: 5 }).includes("by two power laws"), "no network to fit");
  // Without the first network there are no laws.
  const none = scopeForetold([madeScope({ configuration: { layers: 5 } })], [END], {
    by: "formula",
  });
  assert.equal(none.verdict, "undecided");
});

Deno.test("a forecast is judged once for each distinct network of a family, without depth 1", () => {
  const studies = [
    {},
    { n: 250 },
    { noise: 0.2 },
    { images: 1 },
    { classes: [0, 1] },
    { layers: 1 },
    { layers: 8 },
    { activation: "erf" as const },
    { architecture: "myrtle-5" as const, width: 8 },
    { architecture: "myrtle-5" as const, width: 8, labels: "random" as const },
  ].map((configuration) => madeScope({ configuration }));
  assert.match(scopeForetold(studies, [END]).evidence, /^It holds in all 3 cases/);
  const convolutional = scopeForetold(studies, [END], { of: "convolutional" });
  assert.match(convolutional.claim, /of convolutional networks/);
  assert.match(convolutional.evidence, /^It holds for Myrtle-5, 8 channels/);
  assert.match(followsInitialFunction(studies, [END]).evidence, /5 cases/, "depth 1 among them");
});

Deno.test("bounds: statement 2 of the split, statement 3 of two labellings", () => {
  const usual = madeScope({ ratios: [3, 3], sizes: [2, 2] });
  const random = madeScope({ ratios: [6, 6], split: 5, configuration: { labels: "random" } });
  const [row] = scopeBoundRows([usual], END);
  // ι_y = 4, q = 0.375, ‖f_0‖²/‖Y‖² = 2; λ₁T = 20.
  assert.equal(row["at most, statement 2"], (4 * (1 + 2 / 0.375)).toPrecision(3));
  assert.equal(row["at most, statement 1"], "10.0");
  const [labels, ...others] = labelBoundRows([usual, random], 2);
  assert.deepEqual(others, []);
  assert.equal(labels["T/T_SL ×"], "2.00");
  assert.equal(labels["split ×"], "1.25");
  assert.equal(labels["at most ×, statement 3"], ((4 / 3) ** 2).toPrecision(3));
  assert.deepEqual(labelBoundRows([random], 2), [], "nothing to be held against");
});

Deno.test("a time to a loss tells who is below it from the start, and who does not come so far", () => {
  // Of 0.6 · 45 = 27 the time is 2^(ln(45/27)/ln 2) = 45/27.
  const study = madeScope({ ratios: [4, 4] });
  const [first, second] = study.realizations;
  const rowOf = (share: number, loss = first.loss) =>
    timeRows([{ ...study, realizations: [{ ...first, loss }, second] }], {
      ...{ training: [share], test: [] },
    })[0][`τ to training loss × ${share}`];
  assert.equal(rowOf(3), "below from the start");
  assert.equal(rowOf(0.4), "not reached");
  assert.equal(rowOf(0.5), "2.000 [2.000, 2.000]");
  assert.equal(rowOf(0.6, [90, 26, 22.5]), "1.67 (1 of 2 seeds), 1 below from the start");
  assert.equal(rowOf(0.6, [90, 45, 40]), "1.67 (1 of 2 seeds), 1 not so far");
  assert.equal(rowOf(0.4, [90, 17, 15]), "1 below from the start, 1 not so far");
});

Deno.test("other labels, images, classes: alike within a tenth of the usual, seed by seed", () => {
  const judged = (...ratios: number[]) =>
    alikeWithOther(
      [madeScope({ ratios: [2, 8] }), madeScope({ ratios, configuration: { labels: "random" } })],
      "labels",
      [END],
    );
  assert.equal(judged(2.19, 8.7601).verdict, "confirmed", "pairs differ less than seeds do");
  assert.equal(judged(2.21, 8.8401).verdict, "not confirmed");
  assert.equal(judged(1.81, 7.2401).verdict, "not confirmed");
  assert.equal(judged(2, 9).verdict, "undecided");
  assert.match(judged(2.1, 8.4001).evidence, /random labels, τ = 2: × 1\.05 \[1\.05, 1\.05\]/);
  const pair = madeScope({ configuration: { classes: [0, 1] } });
  assert.match(
    alikeWithOther([madeScope(), pair], "classes", [END]).claim,
    /^Fewer classes \(only airplane and automobile\) leave/,
  );
  assert.throws(
    () => alikeWithOther([madeScope()], "images", [END]),
    /there is no study of other images/,
  );
});

Deno.test("at one loss T/T_SL grows with depth where the exponent's interval is above 0.1", () => {
  const judged = (power: number, spread = 1e-4, other: readonly MadeScope[] = []) =>
    growsWithDepth(
      [
        ...[2, 3, 8].map((layers) => ({
          ratios: [0, 1].map((seed) => 5 * layers ** (power + spread * seed)),
          configuration: { layers: layers === 3 ? undefined : layers },
        })),
        ...other,
      ].map(madeScope),
      [0.5],
    );
  assert.equal(judged(0.101).verdict, "confirmed");
  assert.equal(judged(0.0985).verdict, "not confirmed", "hardly growing is not growing");
  assert.equal(judged(-0.3).verdict, "not confirmed");
  assert.equal(judged(0, 0.2).verdict, "undecided");
  const none = judged(0.3, 1e-4, [
    { ratios: [900, 901], configuration: { layers: 1 } },
    { ratios: [1, 1.001], configuration: { layers: 8, width: 128 } },
    { ratios: [1, 1.001], configuration: { layers: 8, noise: 1 } },
  ]);
  assert.deepEqual(none, judged(0.3), "depth 1, other widths and labels are left out");
  assert.match(
    judged(0.5).evidence,
    /relu, 2 to 8 layers, 50 % of ½‖Y‖² left: layers\^0\.50 .* \(7\.1 of 2, 8\.7 of 3, 14 of 8 layers\)/,
  );
  assert.throws(() => growsWithDepth([madeScope()], [1]), /no activation with three depths/);
});

Deno.test("lengths are O(1) within 1 to 3", () => {
  const judged = (tortuosity: number) =>
    scopeLengths([madeScope({ tortuosity })], [END, "end"]).verdict;
  assert.equal(judged(2.99), "confirmed");
  assert.equal(judged(3.01), "not confirmed");
});

Deno.test("a correlation with the time to a loss is over distinct networks", () => {
  // Other labels of one network are no further points.
  const studies = (power: number) => [
    ...[1, 2, 5, 6, 8].map((layers, i) =>
      madeScope({
        end: 2 ** i,
        ratios: [0, 1].map(() => 20 * 2 ** (power * i)),
        configuration: { layers },
      })
    ),
    madeScope({ end: 1e3, ratios: [1, 1], configuration: { labels: "random" } }),
  ];
  for (const power of [0.2, -0.2]) {
    const { r, networks } = timeCorrelation(studies(power), 0.5);
    assert(Math.abs(r - Math.sign(power)) < 1e-9);
    assert.equal(networks, 5);
  }
  assert.equal(timeCorrelation(studies(1).slice(1), 1).networks, 4);
  assert.throws(() => timeCorrelation(studies(1).slice(2), 1), /3 networks come/);
});

Deno.test("T/T_SL follows f_0 where the correlation over seeds is surely positive", () => {
  const judged = (ratios: number[]) =>
    followsInitialFunction([madeScope({ ratios, sizes: [1, 2, 4, 8, 16, 32] })], [END]);
  assert.equal(judged([2, 3, 4, 5, 6, 7]).verdict, "confirmed");
  assert.equal(judged([7, 6, 5, 4, 3, 2]).verdict, "not confirmed");
  assert.equal(judged([4, 3, 4, 3, 5, 4]).verdict, "undecided");
});

Deno.test("comparisons are corrected for how many there are", () => {
  const base = madeScope({ ratios: [2, 3, 4, 5, 6, 7] });
  const factor = (of: number, spread: number, layers: number) =>
    madeScope({
      ratios: [2, 3, 4, 5, 6, 7].map((ratio, i) => of * ratio * (1 + spread * (-1) ** i)),
      configuration: { layers },
    });
  const studies = [base, factor(2, 0.01, 1), factor(1, 0.1, 2), factor(1.1, 0.07, 5)];
  const found = scopeComparisons(studies, END);
  assert.equal(found.length, 3);
  assert(Math.abs(found[0].factor.mean - 2) < 1e-3 && found[0].holm < 1e-6);
  assert.equal(found[0].holm, 3 * found[0].test.pValue);
  assert.equal(found[2].holm, 2 * found[2].test.pValue);
  assert.equal(found[2].benjaminiHochberg, 1.5 * found[2].test.pValue);
  // 1.1 is significant alone, not among three.
  assert(found[2].test.pValue < 0.05 && found[2].holm > 0.05);
  assert.match(scopeHeadline(studies, END), /^1 of 3 .* 2 without correction\), τ = 2; all are by/);
  assert.match(scopeHeadline(studies, END), /\(n = 100 usually\)$/);
  assert(found[0].correlation > 0.99, "seeds of the two go together");
});

Deno.test("a peak counts where T/T_SL has fallen from it by more than twice the tolerance, of each path alone", () => {
  const study = madeScope();
  const rowsOf = (measured: number, linearized: number) => {
    // At halfway so many times the T/T_SL of the end.
    const raised = (squares: readonly number[], by: number) => [0, squares[1] / by, squares[2]];
    const realizations = study.realizations.slice(0, 1).map((one) => ({
      ...one,
      displacementSquared: raised(one.displacementSquared, measured),
      linearized: {
        ...one.linearized,
        whole: {
          ...one.linearized.whole,
          displacementSquared: raised(one.linearized.whole.displacementSquared, linearized),
        },
      },
    }));
    return scopePeakRows([{ ...study, realizations }]);
  };
  assert.deepEqual(rowsOf(1.0199, 1.0199), []);
  const [first] = rowsOf(1.0201, 1);
  assert.deepEqual([first["network: peak at τ"], first["linearized: peak at τ"]], ["1.0", "none"]);
  assert.deepEqual([first["T/T_SL"], first["its T/T_SL"]], ["4.08 → 4.00", "4.00"]);
  const [second] = rowsOf(1, 1.0201);
  assert.deepEqual([second["network: peak at τ"], second["linearized: peak at τ"]], [
    "none",
    "1.0",
  ]);
  assert.equal(second["its D_y/D_f at the peak"], "0.33");
});
