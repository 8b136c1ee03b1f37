import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { labArguments } from "../../../lib/companion/notebooks/lab.ts";
import { type Cell, joined, normalize } from "../../../lib/notebook/notebook_file.ts";
import { PLOTLY } from "../../../lib/notebook/show.ts";
import { withLab } from "./jupyterlab.ts";
import { code, inProject, markdown, notebookOf, writeNotebooks } from "./made_notebooks.ts";
import { needs, PROGRAMS } from "../../permissions.ts";

const { test, long } = needs(...PROGRAMS);

const texts = ({ outputs = [] }: Cell) =>
  stripVTControlCharacters(
    outputs.map(({ text, data, evalue }) =>
      joined(text ?? data?.["text/plain"] as string[] ?? evalue)
    ).join(""),
  );

const FAST = notebookOf(
  code(`import { display } from "../../../../lib/notebook/display.ts";`),
  ...Array.from({ length: 200 }, (_, i) =>
    code(
      [
        `${i}`,
        `console.log(${i});`,
        `await display({ "text/plain": "${i}" });`,
        `console.error(${i});\n${i}`,
      ][i % 4],
    )),
);

long("1 min")(
  "JupyterLab shows every output of 200 fast cells, three times, under its own cell",
  () =>
    inProject(async (folder) => {
      const notebooks = await writeNotebooks(folder, { "01_fast": normalize(FAST) });
      const expected = Array.from(
        { length: 200 },
        (_, i) => [`${i}`, `${i}\n`, `${i}`, `${i}\n${i}`][i % 4],
      );
      await withLab(notebooks, async (lab) => {
        const { run, idle, saved, outside } = await lab.open("01_fast");
        for (const time of [1, 2, 3]) {
          await run(/^Run All Cells$/);
          await idle();
          const { cells } = await saved();
          assert.equal(cells.at(-1)?.execution_count, 201 * time);
          assert.deepEqual(cells.slice(1).map(texts), expected);
        }
        assert.deepEqual(outside, []);
      });
    }),
);

const MADE = notebookOf(
  markdown("# Made"),
  code(`import {
  checkParameters,
  descend,
  fullyConnected,
  figure,
  line,
  progressBar,
  randomStream,
  show,
  withSlider,
} from "../../../../lib/mod.ts";`),
  code("let steps = 1000000; // of training, whole [1 … 1e9]", "parameters"),
  code(`await checkParameters("01_made", { steps }, { notebooks: "." });`),
  code(`const network = fullyConnected({ widths: [200, 400, 400, 10] });
const stream = randomStream(1, "images");
const images = { shape: [300, 200], data: stream.normal(new Float32Array(60000)) };
const targets = { shape: [300, 10], data: new Float32Array(3000).fill(0.1) };
let kept = "what was computed";`),
  code(`const bar = progressBar("training", { total: steps, unit: "steps", delay: 0 });
await descend(network, { images, targets }, {
  learningRate: 1e-7,
  steps,
  record: [0, steps],
  onProgress: ({ done }) => bar.update(done),
  signal: bar.signal,
});
await bar.finish();
bar.signal.throwIfAborted();`),
  code("console.log(`${steps}: ${kept}`);"),
  code(`const frames = [1, 2].map((k) => ({ value: k, figure: figure([line([0, 1], [0, k])]) }));
await show(withSlider(frames, { label: "k" }));`),
);
const [PARAMETERS, CHECK, TRAINING, LAST, FIGURE] = [2, 3, 5, 6, 7];

test("a reader stops a cell in JupyterLab, changes a parameter, and runs again", () =>
  inProject(async (folder) => {
    const notebooks = await writeNotebooks(folder, { "01_made": normalize(MADE) });
    await withLab(notebooks, async (lab) => {
      const { page, run, press, edit, idle, saved, outside } = await lab.open("01_made");
      const shown = async () => (await saved()).cells.map(texts);

      await run(/^Run All Cells$/);
      await page.waitForFunction(() => /training .* steps/.test(document.body.textContent ?? ""));
      await press("notebook:interrupt-kernel");
      await idle();
      const stopped = await shown();
      assert.match(stopped[TRAINING], /^■ training .* \d+\/1000000 steps .* stopped/);
      assert.match(stopped[TRAINING], /training: stopped at \d+ of 1000000 steps/);
      assert.equal(stopped[LAST], "", "what waits behind a stopped cell is not run");

      await edit(PARAMETERS, "let steps = 0; // of training, whole [1 … 1e9]");
      await run(/^Run Selected Cell and All Below$/);
      await idle();
      const refused = await shown();
      assert.match(refused[CHECK], /^steps is 0; it must be a whole number in \[1 … 1e9\]/);
      assert.equal(refused[LAST], "");

      await edit(PARAMETERS, "let steps = 20; // of training, whole [1 … 1e9]");
      await run(/^Run Selected Cell and All Below$/);
      await idle();
      assert.equal((await shown())[LAST], "20: what was computed\n");

      await edit(PARAMETERS, "let steps = 30; // of training, whole [1 … 1e9]");
      await press("notebook:restart-run-all");
      await page.locator(".jp-Dialog .jp-mod-accept").click();
      await idle();
      // What was just drawn is the figure itself, and not a picture that waits to be pointed at.
      await page.locator(".jp-RenderedPlotly .slider-container").wait();
      assert.equal(
        await page.$eval(".plot-img", (picture) => (picture as HTMLElement).style.display),
        "none",
      );
      const { cells } = await saved();
      assert.equal(texts(cells[LAST]), "30: what was computed\n");
      assert.deepEqual(
        cells.map(({ execution_count }) => execution_count),
        [undefined, 1, 2, 3, 4, 5, 6, 7],
      );
      const types = Object.keys(cells[FIGURE].outputs?.[0].data ?? {});
      assert.deepEqual(types, [PLOTLY, "text/plain"]);
      assert.deepEqual(outside, []);
    });
  }));

test("a reader's settings of JupyterLab replace the project's own", () => {
  const own = labArguments([]);
  const names = own.map((arg) => arg.split("=")[0]);
  assert.equal(new Set(names).size, names.length);
  const args = ["--notebook-dir=/elsewhere", "--port=9999"];
  const both = labArguments(args);
  assert.deepEqual(both.slice(-2), args);
  // In a folder of the reader's own nothing is opened, and all is saved that JupyterLab saves.
  assert.deepEqual(own.filter((arg) => !both.includes(arg)).map((arg) => arg.split("=")[0]), [
    "--ServerApp.root_dir",
    "--LabApp.default_url",
    "--ContentsManager.pre_save_hook",
  ]);
});
