import assert from "node:assert/strict";
import {
  checkNotebooks,
  describeFinding,
} from "../../../lib/companion/notebooks/check_notebooks.ts";
import { code, inProject, markdown, notebookOf, writeNotebooks } from "./made_notebooks.ts";
import { needs, PROGRAMS } from "../../permissions.ts";

const { test } = needs(...PROGRAMS);

async function found(notebooks: Parameters<typeof writeNotebooks>[1]) {
  return await inProject(async (folder) => {
    const made = await writeNotebooks(folder, notebooks);
    const findings = await checkNotebooks({ notebooks: made, build: `${folder}/build` });
    return findings.map(({ notebook, cell, line, message }) => ({
      at: `${notebook} ${cell}:${line}`,
      what: /TS\d+|format|(?<=lint )[\w-]+|SyntaxError/.exec(message)?.[0] ?? message,
    }));
  });
}

test("sound notebooks pass: awaits, imports, parameters", async () => {
  const sound = notebookOf(
    markdown("# Sound"),
    code(`import { checkParameters } from "../../../../lib/notebook/check_parameters.ts";
import { duration } from "../../../../lib/notebook/progress_line.ts";`),
    code(
      `let steps = 3; // of descent, whole [1 … 9]
let mode: "cold" | "warm" = "cold"; // of the start, one of "cold", "warm"`,
      "parameters",
    ),
    code(`await checkParameters("01_sound", { steps, mode });`),
    code(`const times = await Promise.all([steps]);`),
    code(`[1, 2].length + times.length;`),
    code(`(mode === "warm" ? duration(steps) : "").length;`),
  );
  assert.deepEqual(await found({ "01_sound": sound, "02_empty": notebookOf() }), []);
});

test("what is wrong is found by notebook, cell and line", async () => {
  const wrong = notebookOf(
    code(`import { duration } from "../../../../lib/notebook/progress_line.ts";\nlet n = 5;\nn++;`),
    markdown("between"),
    code(""),
    code(`const text: string = n;\n// now\nduration("1");`),
    code(`let n = 7;\nn++;\nconst unused = text;`),
  );
  const findings = await found({ "01_wrong": wrong, "02_sound": notebookOf(code("1;")) });
  assert.deepEqual(findings, [
    { at: "01_wrong 1:2", what: "TS2451" },
    { at: "01_wrong 1:2", what: "prefer-const" },
    { at: "01_wrong 2:1", what: "TS2322" },
    { at: "01_wrong 2:3", what: "TS2345" },
    { at: "01_wrong 3:1", what: "TS2451" },
    { at: "01_wrong 3:1", what: "no-redeclare" },
    { at: "01_wrong 3:3", what: "no-unused-vars" },
  ]);
});

test("a syntax error and a missing module are found too", async () => {
  assert.deepEqual(await found({ "01_syntax": notebookOf(code("1;"), code("\nconst a: = 3;")) }), [
    { at: "01_syntax 2:2", what: "SyntaxError" },
  ]);
  const missing = notebookOf(code(`import * as nothing from "./nothing.ts";\nnothing.at();`));
  assert.equal((await found({ "01_missing": missing }))[0].at, "01_missing 1:1");
});

test("a cell is looked at by itself, and so is its format", async () => {
  const loose = notebookOf(code("const a = 1"), code("[a].length;"), code("\nif (a) { 1; }"));
  assert.deepEqual(await found({ "01_loose": loose }), [
    { at: "01_loose 1:1", what: "format" },
    { at: "01_loose 3:1", what: "format" },
  ]);
});

Deno.test("a finding reads as place and message", () => {
  const finding = { notebook: "06_made", cell: 2, line: 7, message: "TS1: no" };
  assert.equal(describeFinding(finding), "06_made, cell 2, line 7: TS1: no");
});
