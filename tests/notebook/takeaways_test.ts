// Takeaways are told with what their notebooks found, and with what is not there.
import assert from "node:assert/strict";
import { takeawayList } from "../../lib/mod.ts";

const claim = (text: string, cell?: string) => ({
  ...{ claim: text, mark: "derived" as const, verdict: "confirmed" as const, cell },
  evidence: text.includes("not")
    ? "It fails for τ = 0.5: 2.5; the rest is not told. Nor is this."
    : "It holds for τ = 0.5: 2.5 [2.4, 2.6] on all. The rest is not told.",
});
const entries = [
  { name: "08_drift", title: "08", cell: "end" },
  {
    ...{ name: "13_start", title: "13", cell: "end" },
    conclusion: {
      ...{ notebook: "13_start", headline: "98 % is owed" },
      claims: [claim("Smaller is closer", "small"), claim("Larger is not"), claim("Larger yet")],
    },
  },
];

Deno.test("a takeaway has its claim's verdict, first sentence and cell, or the headline", () => {
  const list = takeawayList(entries, [
    { takeaway: "Start small.", notebook: "13", claim: "Smaller is" },
    { takeaway: "Or not.", notebook: "13", claim: "Larger is" },
    { takeaway: "Owed.", notebook: "13" },
    { takeaway: "Not run.", notebook: "08", claim: "any" },
    { takeaway: "Not there.", notebook: "12" },
  ]).split("\n");
  assert.equal(list.length, 5);
  assert.match(
    list[0],
    /^1\. \*\*Start small\.\*\* ✓ “Smaller is closer” is confirmed: It holds for τ = 0\.5: 2\.5 \(2\.4–2\.6\) on all\. \(\[13\]\(13_start\.ipynb#cell-id=small\)\)$/,
  );
  assert.match(list[1], /It fails for τ = 0\.5: 2\.5\. \(\[13\]\(13_start\.ipynb#cell-id=end\)\)$/);
  assert.match(list[2], /\*\*Owed\.\*\* 98 % is owed \(/);
  assert.match(list[3], /notebook 08: to come/);
  assert.match(list[4], /notebook 12: to come/);
});

Deno.test("words that no claim has, or several have, are an error that tells the claims", () => {
  const told = (words: string) => () =>
    takeawayList(entries, [{ takeaway: "x", notebook: "13", claim: words }]);
  assert.throws(told("Largest"), /0 claims of 13_start have the words "Largest".*\n {2}Smaller/s);
  assert.throws(told("Larger"), /2 claims of 13_start/);
});
