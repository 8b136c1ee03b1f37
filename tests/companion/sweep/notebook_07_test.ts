import assert from "node:assert/strict";
import { join } from "node:path";
import { studyNamed } from "../../../lib/experiments/mod.ts";
import { runGrounds } from "../../../lib/experiments/study/run_grounds.ts";
import { keyOf, planOf } from "../../../lib/companion/sweep/plan.ts";
import { parseSweep } from "../../../lib/companion/sweep/sweep_file.ts";
import { notebooksFolder, projectFolder } from "../../../lib/notebook/folders.ts";
import { codeCells, readNotebook } from "../../../lib/notebook/notebook_file.ts";
import { parametersOf } from "../../../lib/notebook/parameters.ts";
import { KEPT_RUNS, needs } from "../../permissions.ts";

const { test } = needs(...KEPT_RUNS);

type Asked = readonly [study: string, configurations: readonly object[]];

/** What the live cell of the notebook asks for, by its own code. */
async function askedByLiveCell(values: Readonly<Record<string, unknown>>): Promise<Asked> {
  const notebook = await readNotebook(join(notebooksFolder, "07_myrtle.ipynb"));
  const defaults = Object.fromEntries(
    parametersOf(notebook).map(({ name, value }) => [name, JSON.parse(value)]),
  );
  for (const name of Object.keys(values)) assert(Object.hasOwn(defaults, name), name);
  const parameters = { ...defaults, ...values };
  const live = codeCells(notebook).map(({ source }) => source).find((source) =>
    /^const studies = await runStudies\(/m.test(source)
  )!;
  let asked: Asked | undefined;
  const runStudies = (...given: Asked) => Promise.resolve(asked = given);
  const code = `return (async () => { ${live.replaceAll(" as const", "")} })();`;
  await new Function("runStudies", ...Object.keys(parameters), code)(
    runStudies,
    ...Object.values(parameters),
  );
  return asked!;
}

test("the live study of notebook 07 is of the runs that Figure 1's sweep makes", async () => {
  const [name, configurations] = await askedByLiveCell({ channels: 128, n: 5000, seeds: 24 });
  assert.equal(name, "speed-limit");
  const text = Deno.readTextFileSync(join(projectFolder, "data/sweeps/figure_1.json"));
  const plan = await planOf(parseSweep(text), []);
  const study = studyNamed("speed-limit");
  const grounds = runGrounds(study.computation.data);
  const keys = await Promise.all(
    configurations.map(async (given) =>
      study.runs(await study.resolve(given)).map(({ input }) => keyOf(study, input, grounds))
    ),
  );
  assert.deepEqual(keys.map(({ length }) => length), [24, 24]);
  for (const key of keys.flat()) assert(Object.hasOwn(plan.runs, key));
});
