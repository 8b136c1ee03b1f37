import assert from "node:assert/strict";
import { inflateRawSync } from "node:zlib";
import { joined } from "../../../lib/notebook/notebook_file.ts";
import { isPlumbing, notebookPage } from "../../../lib/companion/site/notebook_page.ts";
import { pageSource } from "../../../lib/companion/site/site_page.ts";
import { figure, line, show } from "../../../lib/mod.ts";
import { code, notebookOf } from "../notebooks/made_notebooks.ts";
import { needs, PROGRAMS } from "../../permissions.ts";

const { test } = needs(...PROGRAMS);

Deno.test("imports, plots and verdicts are plumbing; parameters and computations are not", () => {
  const imports = 'import {\n  line,\n} from "../lib/mod.ts";\n';
  assert.ok(isPlumbing(imports));
  assert.ok(isPlumbing('await checkParameters("06", {\n  n,\n  seeds,\n});'));
  assert.ok(!isPlumbing('await checkParameters("06", { n });\nconst a = n;'));
  assert.ok(isPlumbing("const a = 1;\nawait show(figure([\n  line(x, y),\n  line(x, z),\n]));"));
  assert.ok(isPlumbing('const far = 3;\nawait conclude({ notebook: "06" });'));
  assert.ok(!isPlumbing(`${imports}const { train } = await cifar10({ train: 5 });`));
  assert.ok(!isPlumbing("let n = 500;\nlet m = 3;"));
  assert.ok(!isPlumbing("await show(figure([line(x, y)]));"), "one line is no burden");
  assert.ok(!isPlumbing("a();\nb();\nc();\nd();\ne();\nawait show(\n  figure([line(x, y)]),\n);"));
});

Deno.test("a notebook's own tags decide before the rule does", () => {
  const tags = (...given: string[]) =>
    notebookPage("01", notebookOf(code('import a from "a";', ...given))).notebook.cells[0].metadata
      .tags;
  assert.deepEqual(tags(), ["hide-input"]);
  assert.deepEqual(tags("show-input"), ["show-input"]);
  assert.deepEqual(tags("hide-input"), ["hide-input"]);
});

test("a plot becomes its picture, its words and its record for each width", async () => {
  const drawn = figure([line([1, 2], [3, 4], { name: "loss" })], { x: "t", y: "L" });
  const output = { output_type: "display_data", data: { ...await show(drawn) }, metadata: {} };
  const made = notebookOf({ ...code("await show(drawn);"), outputs: [output] });
  const { notebook, pictures } = notebookPage("06_made", made);
  assert.deepEqual([...pictures.keys()], ["06_made-1.png"]);
  const html = joined(notebook.cells[0].outputs![0].data!["text/html"] as string);
  assert.match(html, /<img src="pictures\/06_made-1.png" width="700" height="420" /);
  assert.match(html, /alt="L against t; loss. loss: from 3 at 1 to 4 at 2."/);
  const [, packed] = /<script[^>]*>(.*)<\/script>/.exec(html)!;
  const { data, layouts } = JSON.parse(
    inflateRawSync(Uint8Array.fromBase64(packed)).toString(),
  );
  assert.deepEqual(data, drawn.data);
  assert.deepEqual(layouts.map(({ from }: { from: number }) => from), [300, 360, 560, 700]);
});

test("names of notebooks in tables become links; tags become text; formulas stay", () => {
  const output = {
    output_type: "display_data",
    data: { "text/markdown": "| a | b |\n| --- | --- |\n| 01_a | 02_b |\n| $x<y$ | <b>bold</b> |" },
    metadata: {},
  };
  const made = notebookOf({ ...code("1;"), outputs: [output] });
  const { notebook } = notebookPage("00_contents", made, ["01_a"]);
  const html = notebook.cells[0].outputs![0].data!["text/html"] as string;
  assert.match(html, /<td><a href="01_a.html">01_a<\/a><\/td>\s*<td>02_b<\/td>/);
  assert.match(html, /<td><span class="math[^"]*">\\\(x&lt;y\\\)<\/span><\/td>/);
  assert.match(html, /<td>&lt;b&gt;bold&lt;\/b&gt;<\/td>/);
});

Deno.test("of a notebook's own metadata the site takes what folds its code", () => {
  const cell = { ...code("1;", "show-input", "remove-cell"), id: "a" };
  const { notebook } = notebookPage("01", {
    ...notebookOf({ ...cell, metadata: { ...cell.metadata, mystnb: { a: 1 } } }),
    metadata: { mystnb: { execution_mode: "force" } },
  });
  assert.deepEqual(notebook.cells[0].metadata, { tags: ["show-input"] });
  assert.ok(!("mystnb" in notebook.metadata));
});

Deno.test("a page's name must be one of a file", () => {
  assert.throws(() => pageSource({ name: "../a", title: "A" }), /the page's name is \.\.\/a/);
  assert.match(pageSource({ name: "a", title: "A", html: "<p>b" }), /# A[\s\S]*<p>b/);
});
