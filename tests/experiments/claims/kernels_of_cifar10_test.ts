import assert from "node:assert/strict";
import {
  deltaBelowOne,
  exponentsHeadline,
  exponentsSettle,
  type SampledPowerLaw,
  spectraArePowerLaws,
} from "../../../lib/mod.ts";

/** An exponent with its interval. */
const law = (
  exponent: number,
  wide: readonly [number, number] = [exponent - 0.1, exponent + 0.1],
  windows: readonly [number, number] = [exponent, exponent],
) => ({
  ...{ exponent, wide, interval: wide, windows, uncorrected: exponent - 0.3, samples: 500 },
  window: [1, 50] as readonly [number, number],
});

const fitted = (
  [low, high]: readonly [number, number],
  window: readonly [number, number] = [1, 50],
  count = 3,
) => ({
  network: "FCN",
  alpha: {
    ...law(1, undefined, [low, high]),
    window,
    fits: Array.from({ length: count }, () => ({})) as unknown as SampledPowerLaw["fits"],
  },
});
const verdictOn = (...fits: ReturnType<typeof fitted>[]) => spectraArePowerLaws(fits).verdict;

Deno.test("power laws: windows within a tenth of the exponent, and no eigenvalue that stands apart", () => {
  const straight = fitted([0.95, 1.04]), bent = fitted([0.95, 1.06]);
  assert.equal(verdictOn(straight), "confirmed");
  assert.equal(verdictOn(bent), "not confirmed");
  assert.equal(verdictOn(fitted([0.95, 1.04], [2, 50])), "confirmed with a limit");
  assert.equal(verdictOn(straight, straight, bent), "confirmed with a limit");
  assert.equal(verdictOn(straight, bent), "not confirmed", "one of two is no more than half");
  const { evidence, mark } = spectraArePowerLaws([fitted([0.95, 1.04], [3, 50])]);
  assert.equal(
    evidence,
    "It holds for FCN, n = 500: α 0.95 to 1.04 in 3 windows of k = 3–50. " +
      "The eigenvalues before these windows stand apart.",
  );
  assert.equal(mark, "derived");
  assert.throws(() => spectraArePowerLaws([]), /there is no network/);
});

Deno.test("power laws: below a decade of k, or three windows, nothing is decided", () => {
  assert.equal(verdictOn(fitted([1, 1], [5, 50])), "confirmed with a limit");
  assert.equal(verdictOn(fitted([1, 1], [5, 49])), "undecided");
  assert.equal(verdictOn(fitted([1, 1], undefined, 2)), "undecided");
  assert.equal(verdictOn(fitted([0.5, 1.5], undefined, 2)), "undecided", "neither way");
  const straight = fitted([0.95, 1.04]), short = fitted([1, 1], [3, 12], 1);
  assert.equal(verdictOn(straight, short), "undecided", "one of two is no more than half");
  assert.equal(verdictOn(straight, straight, short), "confirmed with a limit");
  assert.equal(
    spectraArePowerLaws([short]).evidence,
    "It is undecided for FCN, n = 500: α 1.00 in 1 window of k = 3–12, " +
      "too short to judge. The eigenvalues before these windows stand apart.",
  );
});

Deno.test("exponents settle: all within a tenth of a limit that is known to a tenth", () => {
  const judged = (first: number, last: number, reach = 0.09, wide?: readonly [number, number]) =>
    exponentsSettle({
      network: "FCN",
      fits: [{ ...law(last, wide), samples: 2000 }, { ...law(first), samples: 500 }],
      limit: { exponent: 1, interval: [1 - reach, 1 + reach] },
    });
  assert.equal(judged(0.91, 1.09).verdict, "confirmed");
  assert.equal(judged(0.89, 1.09).verdict, "confirmed with a limit");
  assert.equal(judged(1.09, 0.89).verdict, "undecided", "its interval reaches the limit");
  assert.equal(judged(1.09, 0.85, 0.09, [0.8, 0.89]).verdict, "not confirmed");
  assert.equal(judged(1.09, 0.85, 0.09, [0.8, 0.91]).verdict, "undecided");
  assert.equal(judged(0.91, 1.09, 0.11).verdict, "undecided", "the limit is not known");
  assert.equal(
    judged(0.91, 1.09).evidence,
    "For FCN, n = 500, 2000, α is 0.91, 1.09 (as sampled 0.61, 0.79), and for n → ∞ 1.00 [0.91, 1.09].",
  );
  assert.match(judged(0.91, 1.09).claim, /for k ≤ n\/10/);
  const limit = { exponent: 1, interval: [0.95, 1.05] as const };
  assert.throws(() => exponentsSettle({ network: "", fits: [], limit }), /there is no size/);
  const beyond = { ...law(1), window: [5, 51] as const };
  assert.throws(
    () => exponentsSettle({ network: "", fits: [beyond], limit }),
    /the window at n = 500 ends at k = 51; it must end at n\/10 at most/,
  );
});

Deno.test("δ < 1: whole intervals below 1, of the labels and at the start apart", () => {
  const fit = (network: string, labels: readonly [number, number], start = labels) => ({
    network,
    labels: law((labels[0] + labels[1]) / 2, labels),
    start: law((start[0] + start[1]) / 2, start),
  });
  const below = fit("A", [0.7, 0.999], [1.01, 1.3]), at = fit("B", [0.7, 1]);
  assert.equal(deltaBelowOne([below], "labels").verdict, "confirmed");
  assert.equal(deltaBelowOne([below], "start").verdict, "not confirmed");
  assert.equal(deltaBelowOne([at], "labels").verdict, "undecided");
  assert.equal(deltaBelowOne([below, at], "labels").verdict, "undecided");
  assert.equal(deltaBelowOne([below, below, at], "labels").verdict, "confirmed with a limit");
  const none = { ...at, labels: law(NaN, [NaN, NaN]) };
  assert.equal(deltaBelowOne([none], "labels").verdict, "undecided");
  assert.match(deltaBelowOne([none], "labels").evidence, /: undetermined \(/);
  const { interval: _, ...single } = below.labels;
  assert.equal(deltaBelowOne([{ ...below, labels: single }], "labels").verdict, "undecided");
  assert.equal(
    deltaBelowOne([below, at], "start").evidence,
    "It holds in none of 2 cases. It fails in 1: A, n = 500, k = 1–50: 1.16 [1.01, 1.30] (0.85 as sampled). " +
      "It is undecided in 1: B, n = 500, k = 1–50: 0.85 [0.70, 1.00] (0.55 as sampled).",
  );
  assert.equal(deltaBelowOne([at], "labels").mark, "derived");
  assert.notEqual(deltaBelowOne([at], "labels").claim, deltaBelowOne([at], "start").claim);
  assert.throws(() => deltaBelowOne([], "labels"), /there is no network/);
});

Deno.test("the headline has α of every network with its interval", () => {
  const networks = ["FCN", "Myrtle-5"].map((network) => ({ network, alpha: law(1) }));
  assert.equal(
    exponentsHeadline(networks),
    "α = 1.00 [0.90, 1.10] (FCN), 1.00 [0.90, 1.10] (Myrtle-5)",
  );
  assert.throws(() => exponentsHeadline([]), /there is no network/);
});
