import assert from "node:assert/strict";
import {
  brenierMeans,
  flowMapIsBrenier,
  lazinessMakesBrenier,
  widthMakesBrenier,
} from "../../../lib/mod.ts";
import { type MadeEnsemble, madeEnsembles } from "./made_ensembles.ts";

const T = [1];
const of = (...seeds: MadeEnsemble[]) => [madeEnsembles(seeds)];

Deno.test("a Brenier map is symmetric within 5 % and has no negative eigenvalue", () => {
  const judged = (...seeds: MadeEnsemble[]) => flowMapIsBrenier(of(...seeds), T).verdict;
  assert.equal(judged({ asymmetry: 0.049 }, { asymmetry: 0.0491 }), "confirmed");
  assert.equal(judged({ asymmetry: 0.051 }, { asymmetry: 0.0511 }), "not confirmed");
  assert.equal(judged({ asymmetry: 0.01 }, { asymmetry: 0.3 }), "undecided");
  assert.equal(judged({ least: -0.1 }, { least: -0.1 }), "not confirmed");
  const close = { asymmetry: 0.0101 };
  assert.equal(judged({ least: -0.1 }, close, close), "undecided", "one seed of three");
  assert.equal(brenierMeans(of({ least: -0.1 }, {})[0], 1).least.length, 2);
  assert.equal(brenierMeans(of({}, {})[0], 1, 100).least.length, 0, "not all directions");
});

Deno.test("a map that was followed in some directions is refuted by its asymmetry alone", () => {
  const judged = (asymmetry: number) =>
    flowMapIsBrenier(
      of({ asymmetry, directions: 16 }, { asymmetry: asymmetry + 1e-4, directions: 16 }),
      T,
    );
  assert.equal(judged(0.01).verdict, "undecided");
  assert.match(judged(0.01).evidence, /Dφ ≥ 0 not tested/);
  assert.equal(judged(0.051).verdict, "not confirmed");
});

Deno.test("laziness halves the asymmetry or does not", () => {
  const lazy = (...lazy: (readonly [number, number])[]) =>
    lazinessMakesBrenier(of(...lazy.map((one) => ({ lazy: one }))), T).verdict;
  assert.equal(lazy([0.2, 0.098], [0.2, 0.0981]), "confirmed");
  assert.equal(lazy([0.2, 0.102], [0.2, 0.1021]), "not confirmed");
});

/** Asymmetries about 0.1 e^log, so far apart in the logarithm, as drawn and centred. */
const about = (log: number, apart: number): MadeEnsemble[] =>
  [-apart, 0, apart].map((off) => {
    const asymmetry = 0.1 * Math.exp(log + off);
    return { asymmetry, lazy: [asymmetry, asymmetry] };
  });

Deno.test("width lowers the asymmetry by Welch's interval of the logarithms", () => {
  const widths = (log: number, wide = about(0, 0.11)) =>
    widthMakesBrenier([
      madeEnsembles(about(log, 0.1), { width: 4 }),
      madeEnsembles(wide, { width: 8 }),
    ], T);
  // Of 3 and 3 with s = 0.1 and 0.11, 3.96 degrees, rounded down: t(3) √(0.0221/3) = 3.18245 · 0.085829 = 0.27315.
  assert.equal(widths(0.2733).verdict, "confirmed", "the two means' own intervals overlap");
  assert.equal(widths(0.273).verdict, "undecided");
  assert.equal(widths(-0.273).verdict, "undecided");
  assert.equal(widths(-0.2733).verdict, "not confirmed");
  assert.match(widths(0.3).evidence, /in both cases: .*as drawn, τ = 1: .*centred, a = 1, τ = 1/);
  assert.equal(widths(3, [{}]).verdict, "undecided", "one seed decides nothing");
  assert.throws(() => widthMakesBrenier(of({}, {}), T), /studies has 1 widths/);
});
