import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { collectConclusions } from "../../../lib/notebook/conclusions.ts";
import { findingText } from "../../../lib/companion/site/first_finding.ts";
import { notebooksFolder, projectFolder } from "../../../lib/notebook/folders.ts";
import { joined, readNotebook } from "../../../lib/notebook/notebook_file.ts";
import { configurationTyped } from "../../../lib/companion/cli/study_flags.ts";
import { renewedReadme, withBlocks, withFindings } from "../../../lib/companion/cli/readme.ts";
import { type AnyStudy, studies } from "../../../lib/experiments/mod.ts";
import { type SpeedLimitStudy, storedResult, storedResults } from "../../../lib/mod.ts";
import { needs } from "../../permissions.ts";

const { test, made } = needs("read");

const readme = await made(() => Deno.readTextFile(`${projectFolder}/README.md`));

test("README's findings are those of the notebooks' conclusions and the stored studies", async () => {
  assert.equal(
    readme,
    await renewedReadme(readme),
    "`npx -y deno task readme` puts what the notebooks found into README.md",
  );
});

test("what README leads to is there", () => {
  const links = [...readme.matchAll(/(?:\]\(|src(?:set)?=")([^)"]+)[)"]/g)]
    .map(([, link]) => link).filter((link) => !link.startsWith("http"));
  assert.ok(links.length > 12);
  assert.deepEqual(links.filter((link) => !existsSync(`${projectFolder}/${link}`)), []);
});

test("README's studies are stored under the names that their commands give them", async () => {
  const commands = [...readme.matchAll(/deno task study ([a-z][a-z-]*) ((?:\\\n|[^#\n\\])+)/g)];
  assert.ok(commands.length > 12);
  for (const [command, name, words] of commands) {
    const study: AnyStudy = studies[name as keyof typeof studies];
    const args = words.replace("\\\n", " ").trim().split(/ +/);
    const place = study.fileName(await study.resolve(configurationTyped(study, args)));
    const file = `${study.folder}/${place}`;
    assert.ok(existsSync(`${projectFolder}/data/${file}.json`), `${command}makes ${file}`);
  }
});

Deno.test("a finding takes the place of the one before, whatever signs are in it", () => {
  const claims = [
    { claim: "a", verdict: "confirmed", evidence: "b" },
    { claim: "c", verdict: "not confirmed", evidence: "d" },
  ] as const;
  const conclusion = { notebook: "01_a", headline: "|v| = $1 & more", claims };
  const entries = [{ name: "01_a", title: "A", conclusion }, { name: "02_b", title: "B" }];
  const item = (name: string, found: string) =>
    `- **[A](notebooks/${name}.ipynb)**: why?\\\n  ${found}\n`;
  assert.equal(
    withFindings(item("01_a", "old") + item("02_b", "by hand"), entries),
    item("01_a", "✓ 1 ✗ 1 · |v| = \\$1 & more.") + item("02_b", "by hand"),
  );
  assert.throws(() => withFindings("# A\n", entries), /README.md has no item for 01_a/);
});

Deno.test("a block ends at its own end", () => {
  const block = (name: string, text: string) =>
    `<!-- deno-fmt-ignore-start -->\n<!-- ${name}: deno task readme -->\n\n${text}\n\n` +
    "<!-- deno-fmt-ignore-end -->\n";
  const text = `${block("a", "1")}between\n${block("b", "2")}`;
  assert.equal(withBlocks(text, { a: "$&" }), `${block("a", "$&")}between\n${block("b", "2")}`);
  assert.throws(() => withBlocks(text, { c: "" }), /README.md has no block c/);
});

test("the finding has the mean over the stored seeds, and tells what it would be else", async () => {
  const stored = (await storedResults<SpeedLimitStudy>("speed_limit")).map(({ result }) => result);
  const wide = (await storedResult<SpeedLimitStudy>("speed_limit/myrtle_5_128_n500"))!.result;
  const last = wide.time.findIndex((time) => time >= 0.2 - 1e-9);
  const logs = wide.realizations.map(({ cold }) => Math.log(cold!.inefficiency[last]));
  const mean = Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
  assert.ok(findingText(stored).includes(`**${mean.toFixed(1)} (`), `${mean}`);
  // Seed by seed, as no other test of the two sizes has it.
  const ofSize = (n: number) =>
    stored.find(({ configuration: c }) =>
      c.width === 32 && c.n === n && c.horizon === 0.2 && c.architecture === "myrtle-5"
    )!;
  const [few, many] = [500, 5000].map(ofSize);
  const ratios = many.realizations.map(({ seed, cold }) => {
    const own = few.realizations.find((one) => one.seed === seed)!;
    return Math.log(cold!.inefficiency.at(-1)! / own.cold!.inefficiency.at(-1)!);
  });
  const factor = Math.exp(ratios.reduce((sum, log) => sum + log, 0) / ratios.length);
  assert.ok(findingText(stored).includes(`by a factor of ${factor.toFixed(2)} (`), `${factor}`);
});

test("each claim names a cell of its notebook that shows something, or is of the concluding one", async () => {
  for (const { name, cell, conclusion } of await collectConclusions({ executed: "none" })) {
    assert.equal(cell !== undefined, conclusion !== undefined, name);
    const { cells } = await readNotebook(`${notebooksFolder}/${name}.ipynb`);
    const named = cells.flatMap(({ source }) =>
      [...joined(source).matchAll(/testedIn\("([^"]*)"/g)].map(([, id]) => id)
    );
    assert.equal(named.length > 0, conclusion !== undefined, name);
    for (const id of named) {
      const source = joined(cells.find((one) => one.id === id)?.source ?? "");
      assert.match(source, /\bawait (show\w*|table|markdown)\(/, `${name}: ${id}`);
    }
  }
});
