import assert from "node:assert/strict";
import { sameCode } from "../../../lib/companion/code_hash.ts";
import { libraryHash } from "../../../lib/companion/library_files.ts";
import {
  describeStale,
  staleNotebooks,
  stamped,
} from "../../../lib/companion/notebooks/freshness.ts";
import { INJECTED, readNotebook, writeNotebook } from "../../../lib/notebook/notebook_file.ts";
import { code, inProject, markdown, notebookOf, writeNotebooks } from "./made_notebooks.ts";
import { needs } from "../../permissions.ts";

const { test } = needs("read", "write");

test("outputs are stale when the code is another, or the library, and when nothing is known", async () => {
  await inProject(async (folder) => {
    const made = notebookOf(markdown("# Made"), code("let n = 1;", "parameters"), code("n + 1"));
    const notebooks = await writeNotebooks(folder, {
      "01_whole": await stamped(made),
      "02_unknown": made,
      "03_text": await stamped(made),
      "04_code": await stamped(made),
    });
    const change = async (name: string, cell: number, source: string) => {
      const path = `${notebooks}/${name}.ipynb`;
      const notebook = await readNotebook(path);
      const cells = notebook.cells.with(cell, { ...notebook.cells[cell], source });
      await writeNotebook(path, { ...notebook, cells });
    };
    await change("03_text", 0, "# Made, said in other words");
    await change("04_code", 2, "n + 2");
    const stale = [{ notebook: "02_unknown", what: "code" }, { notebook: "04_code", what: "code" }];
    assert.deepEqual(await staleNotebooks(notebooks), stale);
    assert.match(describeStale({ notebook: "04_code", what: "code" }), /companion 04_code --write/);
    // With another library the others are named too.
    const all = await staleNotebooks(notebooks, "another");
    assert.deepEqual(all.map(({ what }) => what), ["library", "code", "library", "code"]);
  });
});

Deno.test("a cell that sets parameters for a run does not make the code another", () => {
  const plain = notebookOf(code("let n = 1;", "parameters"), code("n"));
  const set = notebookOf(code("let n = 1;", "parameters"), code("n = 2;", INJECTED), code("n\n"));
  assert.ok(sameCode(plain, set));
  assert.ok(!sameCode(plain, notebookOf(code("let n = 1;"), code("n;"))));
});

test("the library's hash is of its files, so that it is the same in every clone", async () => {
  assert.match(await libraryHash(), /^[0-9a-f]{64}$/);
  assert.equal(await libraryHash(), await libraryHash());
});
