import assert from "node:assert/strict";
import { projectFolder } from "../../../lib/notebook/folders.ts";
import { pythonOf } from "../../../lib/companion/python/python_environment.ts";
import { runTool } from "../../../lib/resources/run_tool.ts";
import { needs, PROGRAMS } from "../../permissions.ts";

const { test } = needs(...PROGRAMS);

/** What CFF 1.2.0 demands of a file, as far as this one goes. */
interface Citation {
  readonly "cff-version": string;
  readonly message: string;
  readonly title: string;
  readonly type: string;
  readonly version: string;
  readonly license: string;
  readonly authors: readonly Record<string, string>[];
  readonly "preferred-citation": {
    readonly type: string;
    readonly title: string;
    readonly year: number;
    readonly doi: string;
    readonly authors: readonly Record<string, string>[];
  };
}

test("CITATION.cff is YAML of CFF 1.2, of this version, and names the paper as README does", async () => {
  const read = "import json, sys, yaml\n" +
    "print(json.dumps(yaml.safe_load(open(sys.argv[1], encoding='utf8'))))";
  const { success, said } = await runTool([pythonOf()], [
    "-c",
    read,
    `${projectFolder}/CITATION.cff`,
  ]);
  assert.ok(success, said);
  const citation: Citation = JSON.parse(said);
  const config = JSON.parse(await Deno.readTextFile(`${projectFolder}/deno.json`));
  assert.equal(citation["cff-version"], "1.2.0");
  assert.equal(citation.type, "software");
  // GitHub shows the preferred citation alone: the message says whose it is, and what belongs beside.
  assert.match(
    citation.message,
    /the paper, which is the citation that GitHub shows, .* beside it/,
  );
  assert.ok(citation.message && citation.title && citation.authors.length > 0);
  assert.equal(citation.version, config.version);
  assert.equal(citation.license, config.license);
  // An entity: no person's name.
  assert.deepEqual(citation.authors.flatMap((author) => Object.keys(author)), ["name"]);

  const paper = citation["preferred-citation"];
  const readme = await Deno.readTextFile(`${projectFolder}/README.md`);
  const named = paper.authors.map((author) => `${author["family-names"]}, ${author["given-names"]}`)
    .join(" and ");
  assert.equal(/author {2}= \{(.*)\}/.exec(readme)?.[1], named);
  assert.equal(/title {3}= \{(.*)\}/.exec(readme)?.[1], paper.title);
  assert.equal(/year {4}= \{(.*)\}/.exec(readme)?.[1], String(paper.year));
  assert.equal(paper.doi.replace(/^10\.48550\/arXiv\./, ""), /arXiv:([\d.]+)/.exec(readme)?.[1]);
});
