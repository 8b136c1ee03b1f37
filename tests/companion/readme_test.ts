import assert from "node:assert/strict";
import { renewedReadme, withFindings } from "../../lib/companion/readme.ts";

/** As it is before a formatter fills its columns. */
const unfilled = (text: string) => text.replace(/ {2,}/g, " ").replace(/-{3,}/g, "---");

Deno.test("README's findings are those of the notebooks' conclusions", async () => {
  const readme = await Deno.readTextFile(new URL("../../README.md", import.meta.url));
  assert.equal(
    unfilled(readme),
    unfilled(await renewedReadme(readme)),
    "`npx -y deno task readme` puts what the notebooks found into README.md",
  );
});

Deno.test("a finding takes the place of the one before, whatever signs are in it", () => {
  const claims = [
    { claim: "a", verdict: "confirmed", evidence: "b" },
    { claim: "c", verdict: "not confirmed", evidence: "d" },
  ] as const;
  const conclusion = { notebook: "01_a", headline: "|v| = $1 & more", claims };
  const entries = [{ name: "01_a", title: "A", conclusion }, { name: "02_b", title: "B" }];
  const readme = "# A\n\n| `01_a`  | why? | old | – |\n| `02_b` | how? | by hand | – |\n";
  assert.equal(
    withFindings(readme, entries),
    "# A\n\n| `01_a` | why? | \\|v\\| = $1 & more | 2: 1 confirmed, 1 not |\n" +
      "| `02_b` | how? | by hand | – |\n",
  );
  assert.throws(() => withFindings("# A\n", entries), /README.md has no row for 01_a/);
});
