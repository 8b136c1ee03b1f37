import assert from "node:assert/strict";
import { openChoices, type SpeedLimitStudy } from "../../../lib/mod.ts";
import { madeStudy } from "../claims/made.ts";

const otherwise = (studies: readonly SpeedLimitStudy[], open: RegExp) =>
  openChoices(studies).find((choice) => open.test(choice.open))!.otherwise;

const ofMyrtle = (study: SpeedLimitStudy, part: object): SpeedLimitStudy => ({
  ...study,
  configuration: { ...study.configuration, ...part },
});

Deno.test("without studies nothing is a number", () => {
  for (const { otherwise } of openChoices([])) assert.doesNotMatch(otherwise, /\[\d|τ = /);
  assert.match(otherwise([], /panel d/), /^no study of it is stored$/);
  assert.throws(() => openChoices(undefined as never), /^TypeError: studies is undefined/);
});

Deno.test("when panel d is read: the ratio at the times that a study comes to", () => {
  const study = madeStudy({ width: 128, cold: [20, 20.002], first: 5, warmTime: 0.04 });
  assert.equal(
    otherwise([study], /panel d/),
    "128 channels: 5.0 [5.0, 5.0] at τ = 0.02, 20.0 [20.0, 20.0] at τ = 0.2",
  );
});

Deno.test("sum or mean: the factor at one τ, and at the epoch that comes sooner", () => {
  const small = madeStudy({ n: 500, cold: [10, 10.001] });
  const large = madeStudy({ n: 1000, cold: [30, 30.002], first: 15 });
  // A mean's 20,000 epochs end at τ = 0.1 for twice the images: the third entry, 1.1.
  assert.match(
    otherwise([large, small], /sum or a mean/),
    /^32 channels: from n = 500 to 1000 cold × 3\.00 \[3\.00, 3\.00\] at the same τ, × 0\.11 /,
  );
  assert.equal(otherwise([small], /sum or a mean/), "no study of it is stored");
});

Deno.test("of several studies of a network, the one that ends nearest is read", () => {
  const short = madeStudy({ width: 128, cold: [20, 20.002] });
  const long = madeStudy({ width: 128, horizon: 5, cold: [40, 40.004] });
  const text = otherwise([long, short], /panel d/);
  assert.match(text, /20\.0 \[20\.0, 20\.0\] at τ = 0\.2, 40\.0 \[40\.0, 40\.0\] at τ = 5/);
  assert.match(otherwise([long, short], /number of epochs/), /20,000 epochs leave 0\.46\d %/);
  const why = openChoices([long, short]).find(({ open }) => /number of epochs/.test(open))!.why;
  assert.match(why, /; by then 0\.46\d % of ½‖Y‖² at 128 channels are left$/);
});

Deno.test("a number is read between recorded entries, as at the notebooks' marks", () => {
  const made = madeStudy({ width: 256, horizon: 4, warmTime: 0.8, first: 2.2, cold: [17.6, 17.6] });
  const study = {
    ...ofMyrtle(made, { architecture: "fully-connected" }),
    realizations: made.realizations.map((one) => ({ ...one, loss: one.loss.map((x) => 10 * x) })),
  };
  // ι ∝ t^b from 1.1 at τ = 0.8 to 17.6 at 4; the next entries would have 1.1 and 17.6.
  const ratio = 1.1 * 16 ** (Math.log(1.25) / Math.log(5));
  assert.match(
    otherwise([study], /panel d/),
    new RegExp(`^FCN: .*${ratio.toFixed(1)} \\[.*\\] at τ = 1$`),
  );
  // 22.5 of loss lies between 50 and 20 (in the second seed 55 and 22), at τ from 0.4 to 0.8.
  const share = (Math.log(50 / 22.5) + Math.log(55 / 22.5)) / 2 / Math.log(2.5);
  const [tenth, time] = [2.2 * 0.5 ** share, 0.4 * 2 ** share];
  assert.match(
    otherwise([study], /the parametrization/),
    new RegExp(`left: ntk: ${tenth.toFixed(1)} \\[.*\\] at τ = ${time.toPrecision(2)}$`),
  );
  const alone = { ...study, realizations: study.realizations.slice(0, 1) };
  assert.equal(otherwise([alone], /panel d/), "no study of it is stored");
});

Deno.test("first or for good: studies in which these differ are not counted as the same", () => {
  const same = madeStudy({ warm: [1.2, 1.3] });
  const early = {
    ...same,
    realizations: same.realizations.map((one) => ({
      ...one,
      testAccuracy: [0.1, 0.13, 0.12, 0.13],
    })),
  };
  assert.match(otherwise([same, early, madeStudy()], /first reaches/), /in 1 of 2 stored studies/);
});

Deno.test("the smaller scale is compared at the same τ and at the same λτ", () => {
  const he = madeStudy({ width: 16, cold: [30, 30.003], first: 3, warmTime: 0.0125 });
  const short = ofMyrtle(madeStudy({ width: 16, cold: [2, 2.0002] }), { weightStd: 1 });
  assert.match(
    otherwise([he, short], /scale of the initial/),
    /cold 2\.0 \[.*\] against 30\.0 \[.*\] at τ = 0\.2; .* τ = 0\.2 against 0\.00625, × 0\.\d\d \[.*\] over 2/,
  );
  // 32 times slower: a study to τ = 6.4 needs He's only to 0.2.
  const long = ofMyrtle(madeStudy({ width: 16, horizon: 6.4, cold: [60, 60.006] }), {
    weightStd: 1,
  });
  assert.match(
    otherwise([he, short, long], /scale of the initial/),
    /at τ = 0\.2; at the same λτ, τ = 6\.4 against 0\.2, × 2\.00 \[2\.00, 2\.00\] over 2 seeds/,
  );
  assert.match(
    otherwise([ofMyrtle(madeStudy({ width: 16, horizon: 0.1 }), {}), long], /scale of the initial/),
    /^no study of it is stored$/,
  );
});

Deno.test("steps of 1e-5 are told by ηλ_max/2, at the least and the largest n", () => {
  const studies = [madeStudy({ n: 5000 }), madeStudy({ n: 500 })];
  assert.match(
    otherwise(studies, /learning rate/),
    /ηλ_max\/2 at the start is 0\.00050 at n = 500, 0\.00050 at n = 5000$/,
  );
});

Deno.test("biases and other widths are told once a study is stored", () => {
  const study = madeStudy();
  const biased = ofMyrtle(study, { biasStd: 0.1 });
  assert.match(otherwise([study], /biases/), /^not measured/);
  assert.match(otherwise([biased], /biases/), /^studies with biases are stored/);
  const connected = [256, 1024].map((width) =>
    ofMyrtle(study, { architecture: "fully-connected", width })
  );
  assert.equal(otherwise(connected, /widths and depth/), "stored for widths 256, 1024");
});
