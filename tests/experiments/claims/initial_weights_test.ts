import assert from "node:assert/strict";
import {
  dissipationOwed,
  ensembleIsSingle,
  ensembleLimit,
  growsWithInitialFunction,
  inefficiencyOwed,
  type InitialWeightsStudy,
  type KernelStudy,
  owedToStart,
  saddleForetold,
  sharesAt,
  smallerWeightsCloser,
  splitForetells,
  startPoint,
  wideLimit,
  wideSplitForetells,
  withShare,
  zeroOutputsAgree,
} from "../../../lib/mod.ts";
import { madeStarts } from "./made_starts.ts";

const TIME = 2;

Deno.test("a flow is read at its entries and between them, at a time or at a loss", () => {
  const [{ flows: [flow] }] = madeStarts().realizations;
  assert.equal(startPoint(flow, { time: TIME })!.time, TIME);
  const between = startPoint(flow, { time: Math.SQRT2 })!;
  // Halfway in ln t, all columns are the geometric means of their neighbours.
  const root = (name: "lossDrop" | "displacementSquared") =>
    Math.sqrt(flow[name][1] * flow[name][2]);
  assert.ok(Math.abs(between.lossDrop / root("lossDrop") - 1) < 1e-12);
  assert.equal(startPoint(flow, { time: 2.1 }), undefined);
  assert.equal(startPoint(flow, { loss: flow.loss[2] })!.time, TIME);
  assert.equal(startPoint(flow, { loss: flow.loss[0] }), undefined);
  assert.throws(() => startPoint(flow, { time: 0 }), /time is 0/);
});

Deno.test("most of the entropy production is owed where the whole interval is above a half", () => {
  const judged = (...drops: number[]) =>
    dissipationOwed([madeStarts({ whole: drops.map((drop) => ({ drop })) })], [TIME]).verdict;
  // Without f_0 the loss falls by 1.
  assert.equal(judged(2.1, 2.1001), "confirmed");
  assert.equal(judged(1.9, 1.9001), "not confirmed");
  assert.equal(judged(1.5, 4), "undecided", "the interval holds a half");
  assert.equal(judged(4), "undecided", "one seed decides nothing");
  assert.match(
    dissipationOwed([madeStarts({ whole: [{ drop: 4 }, { drop: 4.01 }] })], [TIME]).evidence,
    /: 75\.0 \[74\.6, 75\.4\] % where ‖f_0‖²\/‖Y‖² = 1\./, // Student's t of one degree, 12.7, times ln(4.01/4)/2; 50/(0.9·64) = 0.87
  );
  assert.deepEqual(
    owedToStart(madeStarts({ whole: [{ drop: 4 }] }), TIME).map(({ dissipated }) => dissipated),
    [0.75],
  );
  assert.throws(() => dissipationOwed([], [TIME]), /there is no study/);
  assert.throws(() => dissipationOwed([madeStarts()], []), /there is no time/);
});

Deno.test("the inefficiency is owed to f_0 where 1.5 times as much is there with it", () => {
  // Without it T/T_SL is 2 · 1/1 = 2.
  const judged = (...ratios: number[]) =>
    inefficiencyOwed([madeStarts({ whole: ratios.map((ratio) => ({ drop: 1, ratio })) })], [TIME]);
  assert.equal(judged(3.01, 3.0101).verdict, "confirmed");
  assert.equal(judged(2.99, 2.9901).verdict, "not confirmed");
  assert.equal(judged(2, 9).verdict, "undecided");
  assert.equal(
    judged(4, 4.0001).evidence,
    "It holds for Myrtle-5, width 16, n = 64, τ = 2: 4.0 [4.0, 4.0] with it, 2.00 [2.00, 2.00] without it.",
  );
});

Deno.test("two ways to outputs of zero agree within a tenth, both ways", () => {
  const judged = (...anti: number[]) =>
    zeroOutputsAgree([madeStarts({ anti, whole: anti.map(() => ({ drop: 4 })) })], [TIME]).verdict;
  assert.equal(judged(2.19, 2.19001), "confirmed");
  assert.equal(judged(2.21, 2.21001), "not confirmed");
  assert.equal(judged(1.81, 1.81001), "not confirmed");
  assert.equal(judged(1.7, 2.4), "undecided");
});

Deno.test("T/T_SL grows with the share where the interval of its growth lies above 1", () => {
  const judged = (...ratios: number[]) =>
    growsWithInitialFunction(
      [madeStarts({ whole: ratios.map((ratio) => ({ drop: 1, ratio })) })],
      [TIME],
    );
  // Without f_0 T/T_SL is 2.
  assert.equal(judged(3, 3.0001).verdict, "confirmed");
  assert.equal(judged(1.97, 1.9701).verdict, "confirmed", "within 2 %");
  assert.equal(judged(1.95, 1.9501).verdict, "not confirmed");
  const { verdict, evidence } = judged(3, 3.1, 3.2, 1.95);
  assert.equal(verdict, "undecided", "one seed does not decide");
  assert.match(evidence, /at every step in 3 of 4 seeds/);
  assert.equal(judged(3).verdict, "undecided", "one seed has no interval");
});

Deno.test("smaller weights are closer where they come to the same loss", () => {
  const judged = (left: number, ...small: number[]) =>
    smallerWeightsCloser(
      [madeStarts({ small, whole: small.map(() => ({ drop: 20, ratio: 6 })) })],
      left,
    );
  // At a loss of .45 · 64 · .9 = 25.9: the usual flow falls from 45 to 25.
  assert.equal(judged(0.9, 3, 3.001).verdict, "confirmed");
  assert.equal(judged(0.9, 5.9, 5.901).verdict, "not confirmed");
  // From 35 at τ = 1 to 25 at τ = 2, and from 40: along powers of 2.
  const study = madeStarts({ small: [3, 3.001], whole: [{ drop: 30 }, { drop: 30 }] });
  assert.match(
    smallerWeightsCloser([study], 0.9).evidence,
    /, but at τ = 1\.88 \[1\.88, 1\.88\] against 1\.92 \[1\.92, 1\.92\]/,
  );
  assert.equal(judged(0.5, 3, 3).verdict, "undecided");
  assert.match(judged(0.5, 3, 3).evidence, /cannot be judged/);
  assert.throws(() => judged(1, 3), /left is 1/);
});

Deno.test("the split foretells within a factor of 1.25 at every share", () => {
  // The linearized network's: 2 without f_0; 4 at c = 1.
  const judged = (...ratios: number[]) =>
    splitForetells(
      [madeStarts({ linear: 4, whole: ratios.map((ratio) => ({ drop: 4, ratio })) })],
      [TIME],
    );
  assert.equal(judged(4.9, 4.9001).verdict, "confirmed");
  assert.equal(judged(5.1, 5.1001).verdict, "not confirmed", "one of two places");
  assert.match(judged(5.1, 5.1001).evidence, /It fails in 1: .*c = 1: measured over foretold 1.28/);
  const rows = sharesAt(madeStarts({ linear: 4 }), TIME);
  assert.deepEqual(rows.map(({ share }) => share), [0, 1, 0, 1]);
  assert.ok(rows.every(({ linearized, share }) => Math.abs(linearized - [2, 4][share]) < 1e-9));
});

Deno.test("the infinitely wide network's split foretells within a factor of 1.5", () => {
  const kernel: KernelStudy = {
    configuration: { architecture: "myrtle-5", width: "infinite", n: 64 },
    ...{ eigenvalues: [4, 0.1], startSquares: [30, 1], labelSquares: [1, 1], lossAtStart: 15.5 },
  };
  const at = (share: number) => wideLimit(withShare(kernel, share)).at(TIME).inefficiency;
  const judged = (factor: number) => {
    const [none, whole] = [at(0), at(1)].map((ratio) => factor * ratio);
    const study = madeStarts({
      none: [none, none * 1.0001],
      whole: [{ drop: 4, ratio: whole }, { drop: 4, ratio: whole * 1.0001 }],
    });
    return wideSplitForetells([{ study, wide: wideLimit(kernel) }], [TIME]).verdict;
  };
  assert.equal(judged(1.49), "confirmed");
  assert.equal(judged(1.51), "not confirmed");
  assert.throws(
    () =>
      wideSplitForetells([{
        study: madeStarts(),
        wide: wideLimit({ ...kernel, configuration: { ...kernel.configuration, n: 65 } }),
      }], [TIME]),
    /is of 65 images; the study of 64/,
  );
  assert.throws(
    () => withShare({ ...kernel, configuration: { ...kernel.configuration, width: 16 } }, 1),
    /only an infinite one's squares split/,
  );
});

Deno.test("an ensemble's limit is a mean of the single ones', weighted by their ΔL", () => {
  const study: InitialWeightsStudy = madeStarts({
    whole: [{ drop: 1, ratio: 2 }, { drop: 2, ratio: 4 }, { drop: 9, ratio: 18 }],
  });
  const { ensemble, single, quotient, interval } = ensembleLimit(study, TIME)!;
  // T_SL = T/ι: 1, 1/2, 1/9.
  assert.ok(Math.abs(ensemble - (1 * 1 + 2 / 2 + 9 / 9) / 12) < 1e-9);
  assert.ok(Math.abs(single - (1 / 18) ** (1 / 3)) < 1e-9);
  assert.ok(interval[0] < quotient && quotient < interval[1]);
  assert.equal(ensembleIsSingle([study], [TIME]).verdict, "undecided");
  assert.equal(ensembleLimit(madeStarts(), TIME), undefined, "two seeds");
  const alike = madeStarts({ whole: [5, 5.01, 5.02].map((ratio) => ({ drop: 4, ratio })) });
  assert.equal(ensembleIsSingle([alike], [TIME]).verdict, "confirmed");
});

Deno.test("the saddle's rate is foretold within 2 %", () => {
  const judged = (...measured: number[]) =>
    saddleForetold(measured.map((one) => ({ measured: one, foretold: 1 }))).verdict;
  assert.equal(judged(1.0199, 1.0199), "confirmed");
  assert.equal(judged(1.0201, 1.0201), "not confirmed");
  assert.equal(judged(1 / 1.0199, 1 / 1.0199), "confirmed");
  assert.equal(judged(1 / 1.0201, 1 / 1.0201), "not confirmed");
  assert.equal(judged(1.01, 1.03), "undecided");
  const { claim, evidence } = saddleForetold([{ measured: 1, foretold: 1 }], { of: "width 16" });
  assert.match(claim, /\(within 2 %\)$/);
  assert.match(evidence, /width 16, 1 seeds/);
  assert.throws(() => saddleForetold([]), /there is no row/);
});
