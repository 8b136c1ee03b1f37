import assert from "node:assert/strict";
import { collectConclusions, conclusionOf } from "../../../lib/notebook/conclusions.ts";
import {
  executeNotebook,
  type ExecutionEvent,
  type Failure,
  onFreePorts,
} from "../../../lib/companion/notebooks/execute_notebook.ts";
import {
  joined,
  normalize,
  type Notebook,
  readNotebook,
} from "../../../lib/notebook/notebook_file.ts";
import { cellProgress } from "../../../lib/companion/notebooks/run_progress.ts";
import { runNotebooks, type RunOptions } from "../../../lib/companion/notebooks/run_notebooks.ts";
import {
  code,
  conclusionCell,
  inProject,
  markdown,
  notebookOf,
  writeNotebooks,
} from "./made_notebooks.ts";
import { needs, PROGRAMS } from "../../permissions.ts";

const { test, long } = needs(...PROGRAMS);

const PARAMETERS = code("let n = 500; // images\nlet label = 'cold';", "parameters");
const CONCLUSION = `import { conclude } from "../../../../lib/notebook/conclusion.ts";
await conclude({
  notebook: "06_made",
  headline: "n is " + n,
  claims: [
    { claim: "It runs", verdict: "confirmed", evidence: "n = " + n },
    { claim: "It runs for ever", verdict: "confirmed with a limit", evidence: "a second" },
  ],
});`;

async function run(notebooks: string, options: RunOptions = {}) {
  const lines: string[] = [];
  const build = `${notebooks}/../build`;
  const print = (line: string) => void lines.push(line);
  const status = await runNotebooks({ notebooks, build, progress: false, print, ...options });
  const { output } = options;
  const executed = (name: string) =>
    readNotebook(`${output ?? `${build}/notebooks`}/${name}.ipynb`);
  const page = (name: string) => Deno.readTextFile(`${output ?? build}/site/${name}.html`);
  return { status, report: lines.join("\n"), executed, page };
}

const texts = (notebook: Notebook) =>
  notebook.cells.map((cell) =>
    (cell.outputs ?? []).map((output) =>
      joined(output.text ?? output.data?.["text/plain"] as string[] | undefined)
    ).join("")
  );

test("a notebook runs in the real kernel with other parameters, and its page is made", () =>
  runsWithParameters({ site: false }));

long("40 s: the whole site")(
  "a notebook's page is made among those of the whole site",
  () => runsWithParameters({ site: true }),
);

async function runsWithParameters({ site }: { site: boolean }) {
  await inProject(async (folder) => {
    const made = notebookOf(
      markdown("# Made here\n\nA formula, $x^2$; [the next](00_contents.ipynb)."),
      PARAMETERS,
      code(
        "console.log(`\\x1b[31mred\\x1b[0m ${label}`);\n({ n, deno: Deno.version.deno, pictures: Deno.env.get('SPEED_LIMITS_PICTURES') })",
      ),
      code(CONCLUSION),
    );
    const notebooks = await writeNotebooks(folder, {
      "00_contents": notebookOf(code(
        `import { collectConclusions } from "../../../../lib/notebook/conclusions.ts";
const executed = "../build/notebooks";
(await collectConclusions({ notebooks: ".", executed })).map((e) => e.conclusion?.headline).join()`,
      )),
      "06_made": made,
    });
    const { status, report, executed, page } = await run(notebooks, {
      parameters: { "6": { n: 1000 }, "*": { label: "warm" } },
      site,
    });
    assert.equal(status, 0, report);

    const done = await executed("06_made");
    assert.equal(joined(done.cells[2].source), '// Set for this run.\nlabel = "warm";\nn = 1000;');
    assert.deepEqual(texts(done).slice(3, 4), [
      `red warm\n{ n: 1000, deno: "${Deno.version.deno}", pictures: "1" }`,
    ]);
    assert.deepEqual(done.cells.map((cell) => cell.execution_count), [undefined, 1, null, 2, 3]);
    assert.equal(conclusionOf(done)?.headline, "n is 1000");

    // The contents ran last, in the notebooks' folder, and saw what this run concluded.
    assert.match(texts(await executed("00_contents"))[0], /n is 1000/);
    const [entry] = await collectConclusions({ notebooks, executed: `${folder}/build/notebooks` });
    assert.equal(entry.title, "Made here");
    assert.equal(entry.conclusion?.claims.length, 2);
    assert.match(report, /06_made +[\d.:]+ (s|min) {2}n is 1000 {2}2: 1 confirmed, 1 with a limit/);
    assert.match(report, /06_made, confirmed with a limit: It runs for ever\n {4}a second/);

    if (site) {
      const html = await page("06_made");
      assert.match(html, /<h1[^>]*>Made here/);
      assert.match(html, /red warm/);
      assert.match(html, /href="00_contents.html"/);
      assert.match(report, /Site: .*\/build\/site\/index.html/);
    }
    // The notebook itself is as it was.
    assert.equal((await readNotebook(`${notebooks}/06_made.ipynb`)).cells.length, 4);

    // With a place of its own, a run leaves alone what is in the others'.
    const output = `${folder}/asked`;
    const again = await run(notebooks, { only: ["6"], parameters: { "*": { n: 7 } }, output });
    assert.equal(again.status, 0, again.report);
    assert.equal(conclusionOf(await readNotebook(`${output}/06_made.ipynb`))?.headline, "n is 7");
    const alone = await Deno.readTextFile(`${output}/site/06_made.html`);
    assert.match(alone, /<h1[^>]*>Made here[^]*red cold[^]*n is 7/);
    assert.equal(conclusionOf(await executed("06_made"))?.headline, "n is 1000");
    const there = Array.from(Deno.readDirSync(output), ({ name }) => name).sort();
    assert.deepEqual(there, ["06_made.ipynb", "site"]);
  });
}

test("a failing notebook is shown with cell and error, and stops only itself", async () => {
  await inProject(async (folder) => {
    const notebooks = await writeNotebooks(folder, {
      "01_throws": notebookOf(
        markdown("# Throws"),
        code("const half = (x: number) => {\n  throw new RangeError(`x is ${x}`);\n};"),
        code(""),
        code("1;\nhalf(7);"),
        code("console.log('never');"),
      ),
      "02_syntax": notebookOf(code("const a: = 3;")),
      "03_exits": notebookOf(code("console.log('before');"), code("Deno.exit(3);")),
      "04_hangs": notebookOf(code("1;"), code("for (;;);")),
      "05_says_nonsense": notebookOf(conclusionCell(`{ headline: 3 }`)),
      "06_runs": notebookOf(code("6 * 7")),
    });
    const output = `${folder}/build/asked`; // with a small site
    const { status, report, executed, page } = await run(notebooks, { timeout: 4, output });
    assert.equal(status, 1);
    assert.match(report, /01_throws, cell 2: failed\n {2}RangeError: x is 7\n {4}at half/);
    assert.match(report, / {4}2 \| half\(7\);/);
    assert.match(report, /02_syntax, cell 1: failed\n {2}SyntaxError: Unexpected token `=`/);
    assert.match(report, /03_exits, cell 2: lost its kernel\n {2}the kernel ended with status 3/);
    assert.match(report, /04_hangs, cell 2: took too long\n {2}it ran longer than 4 s/);
    assert.match(report, /05_says_nonsense: the conclusion is \{"headline":3\}; it must be/);
    assert.match(report, /06_runs +[\d.:]+ (s|min) {2}–/);
    assert.equal(report.match(/FAILED/g)?.length, 5);

    // What had run before the failure is kept, with the error in its cell.
    const thrown = (await executed("01_throws")).cells;
    assert.equal(thrown[3].outputs?.[0].ename, "RangeError");
    assert.deepEqual(thrown[4].outputs, []);
    assert.equal(thrown[4].execution_count, null);
    const exited = (await executed("03_exits")).cells;
    assert.equal(joined(exited[0].outputs?.[0].text), "before\n");
    assert.equal(exited[1].outputs?.[0].evalue, "the kernel ended with status 3");
    assert.deepEqual(texts(await executed("06_runs")), ["42"]);
    assert.match(await page("02_syntax"), /SyntaxError/);
  });
});

test("no output of 50 fast cells is lost, and what passed is written back", () => losesNothing(50));

long("20 s")("no output of 150 fast cells is lost", () => losesNothing(150));

async function losesNothing(count: number) {
  await inProject(async (folder) => {
    const cells = Array.from(
      { length: count },
      (_, i) =>
        code(
          i % 3 === 0 ? `${i}` : i % 3 === 1 ? `console.log(${i});` : `console.error(${i});\n${i}`,
        ),
    );
    const notebooks = await writeNotebooks(folder, {
      "01_fast": notebookOf(...cells),
      "02_small": notebookOf(markdown("# Small"), code("console.log(1);\n[1, 2]")),
    });
    const { status, report, executed } = await run(notebooks, { write: true, site: false });
    assert.equal(status, 0, report);
    const expected = cells.map((_, i) =>
      i % 3 === 0 ? `${i}` : i % 3 === 1 ? `${i}\n` : `${i}\n${i}`
    );
    assert.deepEqual(texts(await executed("01_fast")), expected);

    const path = `${notebooks}/01_fast.ipynb`;
    assert.deepEqual(texts(await readNotebook(path)), expected);
    const small = `${notebooks}/02_small.ipynb`;
    const text = await Deno.readTextFile(small);
    assert.doesNotMatch(text, /\\u001b|iopub|"version"/);
    // The same run again writes the same file, and nothing into the others.
    await Deno.remove(path);
    assert.equal((await run(notebooks, { write: true, site: false, only: ["2"] })).status, 0);
    assert.equal(await Deno.readTextFile(small), text);
    await assert.rejects(() => Deno.stat(path), Deno.errors.NotFound);
  });
}

test("two notebooks run side by side, and the contents after them", async () => {
  await inProject(async (folder) => {
    // Each waits for what the other writes.
    const meets = (own: string, other: string) =>
      notebookOf(code(`Deno.writeTextFileSync("${own}", "");
for (let i = 0; !Array.from(Deno.readDirSync("."), ({ name }) => name).includes("${other}"); i++) {
  if (i > 6000) throw new Error("the other did not come");
  await new Promise((resolve) => setTimeout(resolve, 100));
}`));
    const notebooks = await writeNotebooks(folder, {
      "00_contents": notebookOf(code(`["a", "b", "c"].map((name) => Deno.statSync(name).size)`)),
      "01_first": meets("a", "b"),
      "02_second": meets("b", "a"),
      "03_third": notebookOf(code(`Deno.writeTextFileSync("c", "");`)),
    });
    const { status, report } = await run(notebooks, { atOnce: 2, site: false });
    assert.equal(status, 0, report);
    assert.match(report, /01_first [^]*\n02_second [^]*\n03_third [^]*\n00_contents /);
  });
});

test("Ctrl-C stops a run and its kernels", async () => {
  await inProject(async (folder) => {
    const notebooks = await writeNotebooks(folder, {
      "01_hangs": notebookOf(code(`Deno.writeTextFileSync("1", String(Deno.pid));\nfor (;;);`)),
      "02_hangs": notebookOf(code(`Deno.writeTextFileSync("2", String(Deno.pid));\nfor (;;);`)),
      "03_waits": notebookOf(code("3")),
    });
    const { href } = new URL("../../../lib/companion/notebooks/run_notebooks.ts", import.meta.url);
    const options = JSON.stringify({ notebooks, build: `${folder}/build`, atOnce: 2 });
    await Deno.writeTextFile(
      `${folder}/program.ts`,
      `import { runNotebooks } from "${href}";\nDeno.exit(await runNotebooks(${options}));\n`,
    );
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-P", "--no-check", `${folder}/program.ts`],
      stdout: "piped",
      stderr: "null",
    }).spawn();
    const output = child.output();
    const kernelOf = (file: string) =>
      Deno.readTextFile(`${notebooks}/${file}`).then(Number, () => 0);
    let kernels = [0, 0];
    for (let i = 0; i < 3000 && kernels.includes(0); i++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      kernels = await Promise.all(["1", "2"].map(kernelOf));
    }
    assert.ok(!kernels.includes(0), "the kernels did not start");
    child.kill("SIGINT");
    const { code: status, stdout } = await output;
    assert.equal(status, 130);
    assert.match(new TextDecoder().decode(stdout), /Stopped after 0 of 3 notebooks/);
    for (const kernel of kernels) {
      assert.throws(() => Deno.kill(kernel, "SIGCONT"), Deno.errors.NotFound);
    }
  });
});

Deno.test("a kernel whose ports another took starts anew, three times at most, and no other does", async () => {
  const failed = (kind: Failure["kind"], log: string): Failure => ({
    ...{ kind, name: "RuntimeError", message: "Kernel died", traceback: [] },
    log: ["a warning", log],
  });
  const taken = failed("start", "error: Uncaught (in promise) AddrInUse: Address already in use");
  const broken = failed("start", "error: Module not found");
  const late = failed("dead", "AddrInUse: a cell's own server");
  const starts = async (...all: (Failure | undefined)[]) => {
    const left = [...all];
    const failure = await onFreePorts(() => Promise.resolve(left.shift()));
    return { failure, count: all.length - left.length };
  };
  assert.deepEqual(await starts(taken, undefined), { failure: undefined, count: 2 });
  assert.deepEqual(await starts(taken, taken, taken, taken), { failure: taken, count: 3 });
  for (const failure of [undefined, broken, late]) {
    assert.deepEqual(await starts(failure, undefined), { failure, count: 1 });
  }
});

test("what cannot be run is refused before anything runs", async () => {
  await inProject(async (folder) => {
    const notebooks = await writeNotebooks(folder, {
      "01_made": notebookOf(PARAMETERS),
      "02_bare": notebookOf(code("1")),
    });
    const refused = async (options: RunOptions, message: RegExp) => {
      await assert.rejects(() => run(notebooks, options), message);
    };
    await refused({ only: ["07"] }, /07 is not a notebook here; there are 01_made, 02_bare/);
    await refused({ parameters: { "*": { m: 1 } } }, /m is not .*\n {2}01_made: n, label\n/);
    await refused(
      { parameters: { "01": { m: 1 } } },
      /m is not a parameter of 01_made; it has n = 500, label = 'cold'/,
    );
    await refused({ parameters: { "02": { n: 1 } } }, /n cannot be set in 02_bare/);
    await refused(
      { parameters: { "01": { n: "many" } } },
      /n is "many"; it must be a number/,
    );
    await refused({ write: true, parameters: { "*": { n: 1 } } }, /do not go together/);
    await refused({ timeout: -1 }, /timeout is -1/);
    await assert.rejects(() => run(folder), /there are no notebooks/);
    await Deno.writeTextFile(`${notebooks}/02_bare.ipynb`, "{");
    await refused({}, /02_bare.ipynb is not a notebook/);
  });
});

test("a run hears what a cell's own progress bar says", () =>
  inProject(async (folder) => {
    const notebooks = await writeNotebooks(folder, {
      "01_long": normalize(notebookOf(code(`
import { tracked } from "../../../../lib/notebook/tracked.ts";
for await (const _ of tracked([1, 2, 3, 4, 5, 6], "waiting", { delay: 0 })) {
  await new Promise((resolve) => setTimeout(resolve, 300));
}`))),
    });
    const events: ExecutionEvent[] = [];
    const failure = await executeNotebook({
      source: `${notebooks}/01_long.ipynb`,
      output: `${folder}/executed.ipynb`,
      folder: notebooks,
      onEvent: (event) => void events.push(event),
    });
    assert.equal(failure, undefined);
    const told = events.flatMap((event) => event.event === "progress" ? [event.text] : []);
    assert.ok(told.length > 1);
    const shares = told.flatMap((text) => cellProgress(text)?.note ?? []);
    assert.match(shares[0], /^waiting \d+ %$/);
    assert.match(told.at(-1)!, /^✓ waiting/);
  }));
