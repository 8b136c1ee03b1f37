import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { checkParameters } from "../../lib/notebook/check_parameters.ts";
import { parameterFindings } from "../../lib/companion/notebooks/check_parameter_cell.ts";
import { kernelEnvironment } from "../../lib/companion/python/kernel.ts";
import { pythonOfProject } from "../../lib/companion/python/python_environment.ts";
import { projectFolder } from "../../lib/notebook/folders.ts";
import { listParameters } from "../../lib/companion/notebooks/list_parameters.ts";
import { joined, normalize, readNotebook } from "../../lib/notebook/notebook_file.ts";
import { checkValue, parseComment } from "../../lib/notebook/parameter_range.ts";
import { literal, parametersOf, setParameters } from "../../lib/notebook/parameters.ts";
import { runTool } from "../../lib/resources/run_tool.ts";
import {
  code,
  inProject,
  markdown,
  notebookOf,
  writeNotebooks,
} from "../companion/notebooks/made_notebooks.ts";
import { needs, PROGRAMS } from "../permissions.ts";

const { test } = needs(...PROGRAMS);

const PARAMETERS = code(
  `let n = 500; // training images, whole [1 … 50000]
let beta = 1; // inverse temperature, (0 … ∞)
let shift = 0; // of the mean; [-1.5 … 1e3)
let seeds = [0, 1]; // of the initial weights, each whole [0 … 1e9]
let activation = "relu"; // of the hidden layers, one of "relu", "erf"
let stored = true; // results of data/ are shown, true or false`,
  "parameters",
);
const MADE = notebookOf(
  markdown("# Made\x1b[31m <script>alert(1)</script>"),
  PARAMETERS,
  code('await checkParameters("01_made", { n, beta, shift, seeds, activation, stored });'),
);

const refused = (
  values: Record<string, unknown>,
  name: "TypeError" | "RangeError",
  message: RegExp,
) => assert.throws(() => setParameters(MADE, values, "01_made"), { name, message });

Deno.test("parameters are the let lines of the tagged cell", () => {
  const source = `// let no = 1;
let n = 500; // images; all of them
let widths: number[] = [3072,
  512, 10];
let text = "a; b = 'c'";
let options: { a: number } = { a: 1 };
const fixed = 2;
  let late = () => 1;`;
  const notebook = notebookOf(code("let before = 1;"), code(source, "parameters"));
  const declared = parametersOf(notebook);
  assert.deepEqual(declared.map(({ name, value }) => ({ name, value })), [
    { name: "n", value: "500" },
    { name: "widths", value: "[3072, 512, 10]" },
    { name: "text", value: `"a; b = 'c'"` },
    { name: "options", value: "{ a: 1 }" },
    { name: "late", value: "() => 1" },
  ]);
  assert.deepEqual(declared.map(({ meaning }) => meaning), ["images; all of them", "", "", "", ""]);
  assert.deepEqual(parametersOf(notebookOf(code("let a = 1;"))), []);
});

Deno.test("values are set as literals in a cell after the parameters'", () => {
  const notebook = notebookOf(
    code('let n = 5; let a = 1;\nlet rate = 1e-3;\nlet name = "x";\nlet on = true;', "parameters"),
    code("n"),
  );
  const values = { n: 1e6, rate: Infinity, name: 7, on: false };
  const set = setParameters(notebook, values, "06");
  assert.equal(set.cells.length, 3);
  assert.deepEqual(set.cells[1].metadata.tags, ["injected-parameters"]);
  assert.equal(
    set.cells[1].source,
    '// Set for this run.\nn = 1000000;\nrate = Infinity;\nname = "7";\non = false;',
  );
  assert.equal(setParameters(notebook, {}, "06"), notebook);
  assert.throws(
    () => setParameters(notebook, { m: 1 }, "06"),
    /m is not a parameter of 06; it has n/,
  );
  assert.throws(() => setParameters(notebook, { on: 1 }, "06"), /on is 1; it must be a boolean/);
  assert.throws(
    () => setParameters(notebook, { n: [1] }, "06"),
    /n is \[ 1 \]; it must be a number/,
  );
  assert.equal(
    literal([NaN, -0, 3n, null, { "a b": ["\n"] }], "x"),
    '[NaN, -0, 3n, null, { "a b": ["\\n"] }]',
  );
  assert.throws(() => literal(() => 1, "f"), /the value of f is of type function/);
  assert.throws(() => literal(new Map(), "m"), /the value of m is of type object/);
});

Deno.test("a comment ends with the range", () => {
  const range = (comment: string) => parseComment(comment).range;
  const holds = (comment: string, ...values: unknown[]) => values.map(range(comment)!.holds);
  assert.deepEqual(holds("rate, (0 … 1]", 0, 1e-9, 1, NaN), [false, true, true, false]);
  assert.deepEqual(holds("[−2 … ∞)", -2, -2.1, Infinity), [true, false, false]);
  assert.deepEqual(holds("images; whole [1 … 5e4]", 1, 1.5, 50001), [true, false, false]);
  assert.deepEqual(holds('one of "a", "b c"', "a", "b c", "c"), [true, true, false]);
  assert.equal(parseComment("σ (of labels), [0 … ∞)").meaning, "σ (of labels)");
  const { text, different, words } = range("seeds, each whole [0 … 9], 2 different at least")!;
  assert.deepEqual([text.slice(0, 10), different, words], [
    "each whole",
    2,
    "a whole number in [0 … 9]",
  ]);
  for (const none of ["images", "from 1 to 5", "[0, 1]", "x in [0…1]", "[a … b]", "(0 … 1] only"]) {
    assert.deepEqual(parseComment(none), { meaning: none });
  }
});

Deno.test("values typed on a command line become what the notebook means", () => {
  const given = { n: 1000, seeds: 3, shift: -1, activation: "erf", stored: false };
  const injected = (values: Record<string, unknown>) =>
    joined(setParameters(MADE, values, "01_made").cells[2].source).split("\n").slice(1);
  assert.deepEqual(injected(given), [
    "n = 1000;",
    "seeds = [0, 1, 2];",
    "shift = -1;",
    'activation = "erf";',
    "stored = false;",
  ]);
  assert.deepEqual(injected({ seeds: "4,5" }), ["seeds = [4, 5];"]);
  assert.deepEqual(injected({ seeds: [7] }), ["seeds = [7];"]);
});

Deno.test("a bad value or name is refused, with what it may be", () => {
  refused(
    { n: "many" },
    "TypeError",
    /^n is "many"; it must be a whole number in \[1 … 50000\] \(/,
  );
  refused({ n: 0 }, "RangeError", /^n is 0; .* \(01_made has n = 500\)$/);
  refused({ n: 1.5 }, "RangeError", /^n is 1.5; it must be a whole number/);
  refused({ beta: Infinity }, "RangeError", /^beta is Infinity; it must be a number in \(0 … ∞\)/);
  refused({ beta: null }, "TypeError", /^beta is null/);
  refused({ seeds: 0 }, "RangeError", /^seeds is 0; their number must be whole/);
  refused({ seeds: [] }, "RangeError", /^seeds is \[\]; it must have at least one item/);
  refused({ seeds: "1,-2" }, "RangeError", /^seeds\[1\] is -2; it must be a whole number/);
  refused({ seeds: "a" }, "TypeError", /^seeds is "a"; it must be a list/);
  refused({ activation: "tanh" }, "RangeError", /^activation is "tanh"; it must be one of "relu"/);
  refused({ stored: "yes" }, "TypeError", /^stored is "yes"; it must be true or false/);
  refused(
    { activatoin: "erf" },
    "RangeError",
    /^activatoin .* \(did you mean activation\?\); it has n/,
  );
  refused({ zzz: 1 }, "RangeError", /^zzz is not a parameter of 01_made; it has n = 500, beta = 1/);
  refused({ ["__proto__"]: 1 }, "RangeError", /^__proto__ is not a parameter/);
  refused({ "\x1b[31mn": 1 }, "RangeError", /^"\\x1b\[31mn" is not a parameter/);
  refused({ n: "\x1b[31m<b>" }, "TypeError", /^n is "\\x1b\[31m<b>"; it must/);
});

Deno.test("a list whose items a mean is taken over has several, no two alike", () => {
  const { range } = parseComment("of the weights, each whole [0 … 9], 2 different at least");
  checkValue("seeds", [0, 1], range!);
  for (const few of [[0], [0, 0], [0, 1, 0]]) {
    assert.throws(() => checkValue("seeds", few, range!), {
      name: "RangeError",
      message: `seeds is [ ${few.join(", ")} ]; it must have 2 items at least, no two alike`,
    });
  }
});

test("values are checked where the notebook runs", () =>
  inProject(async (folder) => {
    const notebooks = await writeNotebooks(folder, { "01_made": MADE });
    const check = (values: Record<string, unknown>) =>
      checkParameters("01_made", values, { notebooks });
    await check({ n: 1, seeds: [3] });
    await assert.rejects(() => check({ n: 0 }), {
      name: "RangeError",
      message: /^n is 0; it must/,
    });
    await assert.rejects(() => check({ seeds: 3 }), {
      name: "TypeError",
      message: /must be a list/,
    });
    await assert.rejects(() => check({ m: 3 }), /m is not a parameter of 01_made/);
    await assert.rejects(() => checkParameters("02", {}, { notebooks }), /there are 01_made/);
  }));

Deno.test("the form of a parameter cell is checked", () => {
  const messages = (...cells: Parameters<typeof notebookOf>) =>
    parameterFindings("01_made", notebookOf(...cells)).map(({ cell, line, message }) =>
      `${cell}:${line} ${message}`
    );
  assert.deepEqual(parameterFindings("01_made", MADE), []);
  assert.deepEqual(parameterFindings("01_made", notebookOf(code("1;"))), []);
  const bad = code("let n = 0; // images, [1 … 5]\nlet m = 3; // images\nlet o = 2;", "parameters");
  const check = code('await checkParameters("01_made", {\n  n,\n  m,\n});');
  const found = messages(code("1;"), code("2;"), bad, check);
  assert.match(found[0], /^3:1 n is 0; it must be a number in \[1 … 5\]$/);
  assert.match(found[1], /^3:2 the comment of m must tell its meaning and end with its range/);
  assert.match(found[2], /^3:3 the comment of o must/);
  assert.match(found[3], /^3:undefined the parameters must come first/);
  assert.match(
    found[4],
    /^4:undefined .* must be: await checkParameters\("01_made", { n, m, o }\);$/,
  );
  assert.equal(messages(PARAMETERS, code('await checkParameters("02", { n });')).length, 1);
});

test("a list of parameters tells defaults, meanings and ranges, and steers no terminal", () =>
  inProject(async (folder) => {
    const notebooks = await writeNotebooks(folder, { "00_none": notebookOf(), "01_made": MADE });
    const lines = await listParameters([], { notebooks });
    assert.deepEqual(lines.slice(0, 5), [
      "00_none: 00_none",
      "  no parameters",
      "",
      "01_made: Made <script>alert(1)</script>",
      "  n = 500              training images; whole [1 … 50000]",
    ]);
    assert.equal((await listParameters(["1"], { notebooks })).length, 7);
    await assert.rejects(() => listParameters(["7"], { notebooks }), /7 is not a notebook here/);
  }));

const main = fileURLToPath(new URL("../../lib/companion/cli/main.ts", import.meta.url));
const task = (...args: string[]) =>
  runTool([Deno.execPath(), "run", "-P", main], args, { cwd: projectFolder });

test("the run task refuses what it cannot run before it begins", async () => {
  const refused = async (args: string[], message: RegExp) => {
    const { success, said } = await task("run", ...args);
    assert.equal(success, false);
    assert.match(said, message);
    assert.doesNotMatch(said, /^\s+at |✓/m);
  };
  await refused([], /no notebook is named/);
  await refused(["02", "-p", "bnd=0"], /bnd is not .* \(did you mean bend\?\)/);
  await refused(["04", "-p", "alhpa=1"], /alhpa is not .* \(did you mean alphas\?\); it has modes/);
  await refused(["04", "--pram", "a=1"], /there is no --pram; there are --set, --timeout/);
  await refused(["02", "--otuput", "x"], /there is no --otuput \(did you mean --output\?\)/);
  await refused(
    ["gradeint_flow"],
    /is not a notebook here \(did you mean gradient_flow\?\); there/,
  );
  await refused(["02", "-p", "horizon=-1"], /horizon is -1; it must be a number in/);
  await refused(["02", "-p", "horizon"], /-p "horizon": it must read name=value/);
  await refused(["02", "-p", "bend=1", "-p", "bend=2"], /-p "bend=2": it is set twice/);
  await refused(["\x1b[2J"], /"\\x1b\[2J" is not a notebook here/);
  await refused(["02", "--output", ""], /--output "": it must be the name of a folder/);
  await refused(["02", "--output", "notebooks"], /would be written over/);
  await refused(["02", "--output", "deno.json"], /nothing can be written there/);
  const { success, said } = await task("run", "--list", "2");
  assert.ok(success);
  assert.match(said, /02_gradient_flow: .*\n {2}along = 1 .*\(0 … 1000\]\n/);
});

test("papermill sets parameters in the real kernel", () =>
  inProject(async (folder) => {
    const made = notebookOf(
      code(
        'let n = 5; // images, [1 … 9]\nlet label = "a";\nlet seeds = [0];\nlet stored = false;',
        "parameters",
      ),
      code(
        'import { display } from "../../../../lib/notebook/display.ts";\nawait display({ "text/plain": JSON.stringify({ n, label, seeds, stored, pictures: Deno.env.get("SPEED_LIMITS_PICTURES") }) });',
      ),
      code(
        'import { checkParameters } from "../../../../lib/notebook/check_parameters.ts";\nawait checkParameters("01_made", { n }, { notebooks: "." });',
      ),
    );
    const notebooks = await writeNotebooks(folder, { "01_made": normalize(made) });
    const script = fileURLToPath(
      new URL("../../lib/companion/python/papermill_deno.py", import.meta.url),
    );
    const output = `${folder}/out.ipynb`;
    const mill = async (...args: string[]) =>
      await runTool([await pythonOfProject(), script], [
        `${notebooks}/01_made.ipynb`,
        ...[output, "--cwd", notebooks, "--no-progress-bar"],
        ...args,
      ], { env: kernelEnvironment(folder) });
    const label = `"\\ é <b>`;
    const fine = await mill(
      "-p",
      "n",
      "7",
      "-p",
      "label",
      label,
      "-y",
      "{seeds: [1, 2], stored: true}",
    );
    assert.ok(fine.success, fine.said);
    const { cells } = await readNotebook(output);
    assert.deepEqual(cells[1].metadata.tags, ["injected-parameters"]);
    const shown = cells[2].outputs?.[0].data?.["text/plain"] as string[];
    const set = { n: 7, label, seeds: [1, 2], stored: true };
    assert.deepEqual(JSON.parse(joined(shown)), { ...set, pictures: "1" });

    const bad = await mill("-p", "n", "70");
    assert.equal(bad.success, false);
    assert.match(bad.said, /n is 70; it must be a number in \[1 … 9\]/);
    assert.match(
      (await mill("--help-notebook")).said,
      /n: number \(default 5\)\s+images; \[1 … 9\]\n/,
    );
  }));
