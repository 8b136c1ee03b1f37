import assert from "node:assert/strict";
import { conclusionOf } from "../../lib/notebook/conclusions.ts";
import { stripVTControlCharacters } from "node:util";
import {
  normalize,
  type Notebook,
  readNotebook,
  serialize,
  titleOf,
} from "../../lib/notebook/notebook_file.ts";
import { selectNotebooks } from "../../lib/companion/notebooks/plan_run.ts";
import { resultsTable } from "../../lib/companion/notebooks/results_table.ts";
import { CONCLUSION_TYPE } from "../../lib/notebook/concluded.ts";
import { code, inProject, markdown, notebookOf } from "../companion/notebooks/made_notebooks.ts";
import { needs } from "../permissions.ts";

const { test } = needs("read", "write");

Deno.test("what changes from run to run is left out of a notebook", () => {
  const made: Notebook = {
    ...notebookOf(markdown("# A"), code("1"), code("2")),
    metadata: { widgets: { state: 1 }, kernelspec: { name: "python3" }, title: "kept" },
  };
  const timed = (time: string): Notebook => ({
    ...made,
    cells: made.cells.map((cell) =>
      cell.cell_type === "markdown" ? cell : {
        ...cell,
        metadata: { execution: { "iopub.status.busy": time } },
        execution_count: Number(time),
        outputs: [{
          output_type: "execute_result",
          data: { "text/plain": ["\x1b[33m1", "\x1b[39m"] },
          metadata: {},
          execution_count: Number(time),
        }],
      }
    ),
  });
  const one = normalize(timed("17"));
  assert.equal(serialize(one), serialize(normalize(timed("40"))));
  assert.equal(serialize(one), serialize(normalize(JSON.parse(serialize(one)))));
  assert.deepEqual(one.cells.map(({ id }) => id), ["cell-1", "cell-2", "cell-3"]);
  assert.equal(one.cells[2].outputs?.[0].execution_count, 2);
  assert.equal(one.cells[2].outputs?.[0].data?.["text/plain"], "1");
  assert.equal(one.metadata.widgets, undefined);
  assert.equal(one.metadata.title, "kept");
});

Deno.test("a notebook's file has sorted keys and texts line by line, data as they are", () => {
  const figure = { z: ["a\n", "b"], a: "c\nd" };
  const cell = {
    ...code("a\nb\n"),
    outputs: [{
      output_type: "display_data",
      metadata: {},
      data: { "text/plain": "x\ny", "application/json": figure, "image/png": "abc" },
    }],
  };
  const { cells: [back] } = JSON.parse(serialize(notebookOf(cell)));
  assert.deepEqual(Object.keys(back), Object.keys(back).toSorted());
  assert.deepEqual(back.source, ["a\n", "b\n"]);
  assert.deepEqual(back.outputs[0].data, {
    "text/plain": ["x\n", "y"],
    "application/json": figure,
    "image/png": "abc",
  });
});

Deno.test("colours and links of a terminal are stripped, brackets kept", () => {
  assert.equal(
    stripVTControlCharacters("\x1b[1;31ma\x1b[0m [2m] \x1b]8;;u\x07b\x1b]8;;\x07\x1b[K"),
    "a [2m] b",
  );
});

Deno.test("a title is the first heading", () => {
  assert.equal(titleOf(notebookOf(code("# no"), markdown("a\n\n## B $x$ ##\n# C")), "x"), "B $x$");
  assert.equal(titleOf(notebookOf(code("# no")), "otherwise"), "otherwise");
});

test("a file that is no notebook is refused by name", async () => {
  await inProject(async (folder) => {
    for (const text of ["", "null", "[]", '{"nbformat": 3, "worksheets": []}']) {
      await Deno.writeTextFile(`${folder}/a.ipynb`, text);
      await assert.rejects(() => readNotebook(`${folder}/a.ipynb`), /a\.ipynb is not a notebook/);
    }
  });
});

Deno.test("notebooks are selected by number or name, the contents last", () => {
  const names = ["00_contents", "01_a", "06_b", "10_c"];
  assert.deepEqual(selectNotebooks(names), ["01_a", "06_b", "10_c", "00_contents"]);
  assert.deepEqual(selectNotebooks(names, ["10", "0"]), ["10_c", "00_contents"]);
  assert.deepEqual(selectNotebooks(names, ["notebooks/06_b.ipynb", "1"]), ["01_a", "06_b"]);
  assert.deepEqual(selectNotebooks(names, ["contents"]), ["00_contents"]);
  assert.throws(
    () => selectNotebooks(names, ["06_"]),
    /06_ is not a notebook here \(did you mean 06_b\?\); there are 00/,
  );
  assert.throws(() => selectNotebooks(names, ["7"]), /7 is not a notebook here; there are 00/);
});

Deno.test("a conclusion is read back with its claims' marks, and a mark that is none is refused", () => {
  const claim = { claim: "T ≥ T_SL", verdict: "confirmed", evidence: "least 1.0" };
  const concluded = (marked: Record<string, unknown>) => {
    const record = { notebook: "06", headline: "T/T_SL = 5", claims: [{ ...claim, ...marked }] };
    const outputs = [{ output_type: "display_data", data: { [CONCLUSION_TYPE]: record } }];
    return notebookOf({ ...code("await conclude(…)"), outputs });
  };
  assert.equal(conclusionOf(concluded({ mark: "reviewer" }))?.claims[0].mark, "reviewer");
  assert.equal(conclusionOf(concluded({}))?.claims[0].mark, undefined);
  assert.throws(
    () => conclusionOf(concluded({ mark: "ours" })),
    /the conclusion is .*"mark":"ours"/,
  );
});

Deno.test("the table stays narrow and tells the claims", () => {
  const long = "the ratio of the time that was taken to the least time there is fell ".repeat(3);
  const lines = resultsTable([
    {
      name: "06_fully_connected",
      title: "",
      seconds: 61.23,
      conclusion: {
        notebook: "06_fully_connected",
        headline: long,
        claims: [
          { claim: "One", verdict: "confirmed", evidence: "1" },
          { claim: "Two", verdict: "not confirmed", evidence: "2 is 3" },
        ],
      },
    },
    { name: "07_myrtle", title: "", seconds: 3725, failure: "x" },
  ]);
  assert.ok(lines.every((line) => line.length <= 100), lines.join("\n"));
  const text = lines.join("\n");
  assert.match(text, /06_fully_connected +61\.2 s {2}the ratio .*2: 1 confirmed, 1 not\n/);
  assert.match(text, /07_myrtle +62:05 min {2}FAILED +–/);
  assert.match(text, /in all +63:06 min/);
  assert.match(text, /06_fully_connected, not confirmed: Two\n {4}2 is 3/);
  assert.doesNotMatch(text, /One/);
});
