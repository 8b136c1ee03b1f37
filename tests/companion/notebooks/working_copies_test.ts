import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { pythonOfProject } from "../../../lib/companion/python/python_environment.ts";
import { codeHash } from "../../../lib/companion/code_hash.ts";
import { labEnvironment } from "../../../lib/companion/notebooks/lab.ts";
import { type Notebook, readNotebook, writeNotebook } from "../../../lib/notebook/notebook_file.ts";
import {
  describeCopies,
  updateCopies,
  workingCopy,
} from "../../../lib/companion/notebooks/working_copies.ts";
import { PLOTLY } from "../../../lib/notebook/show.ts";
import { figure, line, show } from "../../../lib/mod.ts";
import { runTool } from "../../../lib/resources/run_tool.ts";
import { code, markdown, notebookOf } from "./made_notebooks.ts";
import { needs, PROGRAMS } from "../../permissions.ts";

const { test } = needs(...PROGRAMS);

/** Notebooks and the folder of their copies, empty. */
async function inFolders(
  work: (folders: {
    readonly notebooks: string;
    readonly folder: string;
    readonly write: (name: string, notebook: Notebook) => Promise<void>;
    readonly copy: (name: string) => Promise<Notebook>;
    readonly edit: (name: string, source: string) => Promise<void>;
  }) => Promise<void>,
) {
  const base = await Deno.makeTempDir();
  const [notebooks, folder] = [`${base}/notebooks`, `${base}/lab`];
  const copy = (name: string) => readNotebook(`${folder}/${name}.ipynb`);
  try {
    await work({
      ...{ notebooks, folder, copy },
      write: (name, notebook) => writeNotebook(`${notebooks}/${name}.ipynb`, notebook),
      async edit(name, source) {
        const { cells, ...rest } = await copy(name);
        const edited = [{ ...cells[0], source }, ...cells.slice(1)];
        await writeNotebook(`${folder}/${name}.ipynb`, { ...rest, cells: edited });
      },
    });
  } finally {
    await Deno.remove(base, { recursive: true });
  }
}

test("a copy is made once, follows its notebook, and stays as soon as it is edited", () =>
  inFolders(async ({ notebooks, folder, write, copy, edit }) => {
    const update = () => updateCopies({ notebooks, folder });
    await write("01_a", notebookOf(code("let n = 1;")));
    await write("02_b", notebookOf(code("let n = 1;")));
    assert.deepEqual(await update(), [{ name: "01_a", what: "made" }, {
      name: "02_b",
      what: "made",
    }]);
    assert.deepEqual(await update(), [], "nothing to do");

    await edit("01_a", "let n = 5;");
    assert.deepEqual(await update(), [], "an edit alone is nobody's business");
    await write("01_a", notebookOf(code("let n = 2;")));
    await write("02_b", notebookOf(code("let n = 2;")));
    const both = [{ name: "01_a", what: "kept" }, { name: "02_b", what: "renewed" }] as const;
    assert.deepEqual(await update(), both);
    assert.deepEqual((await copy("01_a")).cells[0].source, ["let n = 5;"]);
    assert.deepEqual((await copy("02_b")).cells[0].source, ["let n = 2;"]);
    assert.deepEqual(await update(), [both[0]], "told until something is done");

    await Deno.remove(`${folder}/01_a.ipynb`);
    assert.deepEqual(await update(), [{ name: "01_a", what: "made" }]);
    assert.deepEqual((await copy("01_a")).cells[0].source, ["let n = 2;"]);
  }));

test("a copy that was run, saved, and given an empty cell by JupyterLab is not edited", () =>
  inFolders(async ({ notebooks, folder, write, copy }) => {
    await write("01_a", notebookOf(code("let n = 1;")));
    await updateCopies({ notebooks, folder });
    const made = await copy("01_a");
    const stream = { output_type: "stream", name: "stdout", text: "1" };
    const cells = [{ ...made.cells[0], execution_count: 1, outputs: [stream] }, code("")];
    await writeNotebook(`${folder}/01_a.ipynb`, { ...made, cells });
    await write("01_a", notebookOf(code("let n = 2;")));
    assert.deepEqual(await updateCopies({ notebooks, folder }), [{
      name: "01_a",
      what: "renewed",
    }]);
  }));

test("what lies there and is no copy is left alone, and told", () =>
  inFolders(async ({ notebooks, folder, write, copy }) => {
    await write("01_a", notebookOf(code("let n = 1;")));
    await write("02_b", notebookOf(code("let n = 1;")));
    await Deno.mkdir(folder);
    await writeNotebook(`${folder}/01_a.ipynb`, notebookOf(code("mine;")));
    await Deno.writeTextFile(`${folder}/02_b.ipynb`, "<<<<<<< not JSON");
    await Deno.writeTextFile(`${folder}/mine.ipynb`, "{}");
    const reports = await updateCopies({ notebooks, folder });
    assert.deepEqual(reports.map(({ what }) => what), ["kept", "unreadable"]);
    assert.deepEqual((await copy("01_a")).cells[0].source, ["mine;"]);
    assert.equal(await Deno.readTextFile(`${folder}/02_b.ipynb`), "<<<<<<< not JSON");
    const lines = describeCopies([...reports, { name: "03_c", what: "renewed" }]);
    assert.match(lines[0], /^Renewed in lab\/, as the notebook has changed: 03_c\.ipynb$/);
    assert.match(lines[1], /^lab\/01_a\.ipynb stays as you edited it, but notebooks\/01_a\.ipynb/);
    assert.match(lines[2], /^lab\/02_b\.ipynb cannot be read .* rename or remove it and run/);
  }));

test("a folder that cannot be made is told with what to do", () =>
  inFolders(async ({ notebooks, folder, write }) => {
    await write("01_a", notebookOf(code("let n = 1;")));
    await Deno.writeTextFile(folder, "a file where the folder should be");
    await assert.rejects(() => updateCopies({ notebooks, folder }), {
      name: "SetUpError",
      message: /lab cannot be written: .* See to it that you may write there/,
    });
  }));

test("a copy shows figures, not pictures of them, and folds what only imports", async () => {
  const bundle = await show(figure([line([1, 2], [3, 4])]));
  const shown = { output_type: "display_data", data: { ...bundle }, metadata: {} };
  const image = { output_type: "display_data", data: { "image/png": "abc" }, metadata: {} };
  const notebook = notebookOf(
    markdown('import "nothing" from "prose";'),
    code('import { a } from "../lib/mod.ts";'),
    code("await check();", "hide-input"),
    code('import { b } from "../lib/mod.ts";', "show-input"),
    { ...code("b();"), outputs: [shown, image] },
  );
  const copy = workingCopy(notebook, "a hash");
  assert.deepEqual(copy.cells.map(({ metadata }) => metadata.jupyter), [
    ...[undefined, { source_hidden: true }, { source_hidden: true }, undefined, undefined],
  ]);
  const [drawn, photograph] = copy.cells[4].outputs!;
  assert.deepEqual(Object.keys(drawn.data!), [PLOTLY, "text/plain"]);
  const { layout } = drawn.data![PLOTLY] as { layout: { paper_bgcolor: string } };
  assert.equal(layout.paper_bgcolor, "rgba(0,0,0,0)");
  assert.deepEqual(photograph, image, "what is a picture only stays one");
  assert.equal(codeHash(copy), codeHash(notebook));
  assert.ok("image/png" in shown.data, "the notebook itself is as it was");
});

test("saving a copy drops the picture that JupyterLab added to a figure, and no other", async () => {
  const data = { [PLOTLY]: {}, "image/png": "abc", "text/plain": "a" };
  const outputs = [{ data }, { data: { "image/png": "abc" } }, { output_type: "stream" }];
  const model = { type: "notebook", content: { cells: [{ outputs }, { cell_type: "markdown" }] } };
  const program = `import json, sys, saved_copy
model = json.loads(sys.argv[1])
saved_copy.without_pictures(model=model, path="a.ipynb", contents_manager=None)
saved_copy.without_pictures(model={"type": "file", "content": "text"}, path="a", contents_manager=None)
print(json.dumps(model["content"]["cells"][0]["outputs"]))`;
  const { success, said } = await runTool(
    [await pythonOfProject()],
    ["-c", program, JSON.stringify(model)],
    { env: labEnvironment("unused") },
  );
  assert.ok(success, said);
  const { "image/png": _, ...left } = data;
  assert.deepEqual(JSON.parse(said), [{ data: left }, ...outputs.slice(1)]);
  assert.ok(!existsSync("unused"));
});
