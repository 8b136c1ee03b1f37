import assert from "node:assert/strict";
import { evidenceText } from "../../lib/notebook/evidence.ts";
import { readable, sentence } from "../../lib/notebook/readable.ts";
import { conclusionCards } from "../../lib/mod.ts";

Deno.test("an interval keeps the digits that its width calls for, and none that were not given", () => {
  const cases = {
    "21.6 [13.0, 35.7]": "21.6 (13–36)",
    "1.23 [1.17, 1.29]": "1.23 (1.17–1.29)",
    "1.11 [1.10, 1.13]": "1.11 (1.10–1.13)",
    "2.3 [0.3, 17.1]": "2.3 (0.3–17)",
    "34.4 [0.6, 1818.7]": "34.4 (0.6–1,800)",
    "1486083 [433008, 5100235]": "1,490,000 (430,000–5,100,000)",
    "0.50 [0.50, 0.50]": "0.50 (0.50–0.50)",
    "-0.00 [-0.00, 0.00]": "0.00 (0.00–0.00)",
    "-0.01 [-0.02, 0.05]": "−0.01 (−0.02 to 0.05)",
    "1.04 [0.93, 1.08] (0.77 as sampled)": "1.04 (0.93–1.08; 0.77 as sampled)",
  };
  for (const [given, expected] of Object.entries(cases)) assert.equal(readable(given), expected);
  const notOne = "5 [3, 1], x [1, 2], [1, 2]";
  assert.equal(readable(notOne), notOne);
});

Deno.test("symbols are set with what they equal; letters in words are not", () => {
  assert.equal(readable("T ≥ T_SL"), "$T \\ge T_{SL}$");
  assert.equal(readable("least T/T_SL 1.0."), "least $T/T_{SL}$ 1.0.");
  assert.equal(readable("T/T_SL = 4.5."), "$T/T_{SL} = 4.5$.");
  assert.equal(readable("as T^0.04, n^−0.48"), "as $T^{0.04}$, $n^{-0.48}$");
  assert.equal(readable("(2.1 ± 0.2)e-8"), "$(2.1 \\pm 0.2)\\cdot10^{-8}$");
  assert.equal(readable("η = 1e-5; file1e5"), "η = $10^{-5}$; file1e5");
  assert.equal(readable("71 % of ½‖Y‖²"), "71 % of $\\frac12\\lVert Y\\rVert^2$");
});

Deno.test("no text becomes a tag, a link or a formula of its own", () => {
  const bad = "<img src=x> [a](javascript:b) $\\href{javascript:c}{d}$";
  assert.doesNotMatch(readable(bad), /<img|\[a\]\(|(?<!\\)\$/);
});

Deno.test("evidence is counted in a sentence, its places in lines; what is no list stays", () => {
  const { says, places } = evidenceText(
    "cold 1.2 to 1.5; holds at 2 of 9: a: 1; b: 2. Fails at 4: c; and 3 more. Undecided at 1: d. " +
      "Not reached at 2: e, f. The last is larger",
  );
  assert.equal(
    says,
    "Cold 1.2 to 1.5. It holds at 2 of 9 places, fails at 4, is undecided at 1 and was not " +
      "reached at 2.",
  );
  assert.deepEqual(places.map((place) => place.split(":")[0]), [
    ...["Holds", "Fails", "Undecided", "Not reached"],
  ]);
  assert.equal(places[3], "Not reached: e, f. The last is larger.");
  assert.equal(evidenceText("holds at 3 of 3: a").says, "It holds at all 3 places.");
  assert.equal(
    evidenceText("holds at none of 1. Fails at 1: a").says,
    "It does not hold at the one place there is and fails at 1.",
  );
  assert.deepEqual(evidenceText("it holds; why"), { says: "It holds; why.", places: [] });
  assert.equal(sentence("β falls."), "β falls.");
});

Deno.test("a card's link leads to the claim's own cell, else to the concluding one", () => {
  const claim = { claim: "a", verdict: "undecided", evidence: "b" } as const;
  const conclusion = { notebook: "x", headline: "h", claims: [claim, { ...claim, cell: "own" }] };
  const cards = conclusionCards([{ name: "07 a (b)", title: "A [b](c)", cell: "end", conclusion }]);
  assert.match(cards, /\(07%20a%20%28b%29\.ipynb#cell-id=end\)/);
  assert.match(cards, /\(07%20a%20%28b%29\.ipynb#cell-id=own\)/);
  assert.match(cards, /### \[A [^\]]*\]\(07%20a%20%28b%29\.ipynb\)/);
  assert.match(cards, /^2 claims: 2 \? undecided\./);
});
