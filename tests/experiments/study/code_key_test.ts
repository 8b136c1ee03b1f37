import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { codeFingerprint } from "../../../lib/experiments/study/code/fingerprint.ts";
import { studies } from "../../../lib/experiments/mod.ts";
import { packagePins } from "../../../lib/experiments/study/code/packages.ts";
import { readSources } from "../../../lib/experiments/study/code/sources.ts";
import { needs } from "../../permissions.ts";
import { temporaryFolder } from "../../temporary_folder.ts";

const { test, made } = needs("env", "read", "write");

const project = new URL("../../../", import.meta.url);

/** The project's code in a place of its own, for edits. */
const root = made(() => {
  const root = temporaryFolder("code key ");
  for (const path of ["lib", "deno.json", "deno.lock"]) {
    cpSync(new URL(path, project), `${root}/${path}`, { recursive: true });
  }
  return root;
});

const COMPUTATIONS = {
  flow: "lib/experiments/studies/computations/flow_realization.ts",
  kernel: "lib/experiments/studies/computations/kernel_and_residue.ts",
  residue: "lib/experiments/studies/computations/residue_realization.ts",
};
type Name = keyof typeof COMPUTATIONS;

/** What marks stored results: the code of a run, and what gathers and writes. */
const STUDIES = {
  flow: "lib/experiments/studies/speed_limit.ts",
  kernel: "lib/experiments/studies/kernels.ts",
  residue: "lib/experiments/studies/residues.ts",
};

/** The keys' code, or the marks', as a process that starts now would find it. */
function keys(modules: Readonly<Record<Name, string>> = COMPUTATIONS): Record<Name, string> {
  const of = codes();
  return { flow: of(modules.flow), kernel: of(modules.kernel), residue: of(modules.residue) };
}

function codes() {
  const url = new URL(`${pathToFileURL(root).href}/`);
  const sources = readSources(url);
  return (module: string, input?: unknown) =>
    codeFingerprint(new URL(module, url).href, { input, sources });
}

const before = made(() =>
  new Map([COMPUTATIONS, STUDIES].map((modules) => [modules, keys(modules)]))
);

/** Which keys, or marks, an edit moves. */
function movedBy(path: string, edit: (text: string) => string, modules = COMPUTATIONS): Name[] {
  const file = `${root}/${path}`;
  const text = readFileSync(file, "utf8");
  const edited = edit(text);
  assert.notEqual(edited, text, `${path} was not edited`);
  writeFileSync(file, edited);
  const after = keys(modules);
  writeFileSync(file, text);
  const own = before.get(modules)!;
  return (Object.keys(own) as Name[]).filter((name) => after[name] !== own[name]);
}

const replacing = (from: string | RegExp, to: string) => (text: string) => text.replace(from, to);
const ALL: Name[] = ["flow", "kernel", "residue"];

test("comments, layout and types move no key", () => {
  const random = "lib/numerics/lanczos.ts";
  assert.deepEqual(movedBy(random, (text) => `// A word more.\n${text}/* and one */\n`), []);
  assert.deepEqual(movedBy(random, replacing("@module", "@module and what it is")), []);
  assert.deepEqual(movedBy(random, replacing(/\n/, "\n\n\n")), []);
  assert.deepEqual(movedBy(random, (text) => `${text}export type Unused = string;\n`), []);
  // As a formatter breaks a list into lines.
  assert.deepEqual(
    movedBy(
      "lib/experiments/studies/computations/kernel_at.ts",
      replacing(/\{ kernel, spectrum, /, "{\nkernel,\nspectrum,\n"),
    ),
    [],
  );
});

test("the code of a run moves its key: a constant, a worker's file, the computation itself", () => {
  assert.deepEqual(movedBy("lib/numerics/philox.ts", replacing(/0x[0-9a-fA-F]{4}/, "0x1234")), ALL);
  // Two threads compute the pixel kernels of infinitely wide networks, from a file named by its URL.
  const worker = "lib/ntk/pixel_worker.ts";
  assert.deepEqual(movedBy(worker, (text) => `${text}globalThis.name = "x";\n`), ["kernel"]);
  assert.deepEqual(
    movedBy(COMPUTATIONS.flow, replacing("10 ** (-4", "10 ** (-5")),
    ["flow"],
  );
  assert.deepEqual(
    movedBy("lib/experiments/studies/computations/network_of.ts", replacing("biasStd,", "")),
    ALL,
  );
});

test("pins move keys: of TensorFlow, of OpenBLAS, of a package or one that it depends on", () => {
  assert.deepEqual(movedBy("lib/resources/pins.ts", replacing("2.21.0", "2.22.0")), ALL);
  assert.deepEqual(movedBy("lib/resources/pins.ts", replacing("0.3.34.481.3", "0.3.35")), ALL);
  assert.deepEqual(
    movedBy("deno.json", replacing("@tensorflow/tfjs@4.22.0", "@tensorflow/tfjs@4.23.0")),
    ALL,
  );
  const core = /("@tensorflow\/tfjs-core@[^{]*\{\s*"integrity": "sha512-)./;
  assert.deepEqual(movedBy("deno.lock", replacing(core, "$1+")), ALL);
  assert.deepEqual(movedBy("deno.json", replacing("puppeteer-core@", "puppeteer-core@1")), []);
});

test("without an input, a table reaches all its entries", () => {
  const more = (text: string) => `${text}export const more = 1;\n`;
  assert.deepEqual(movedBy("lib/dynamics/training/solvers/euler.ts", more), ["flow", "residue"]);
  assert.deepEqual(movedBy("lib/networks/layers/gelu.ts", more), ALL);
  assert.deepEqual(movedBy("lib/networks/myrtle.ts", more), ALL);
});

test("rooms that a run does not reach move no key", () => {
  const more = (text: string) => `${text}export const more = 1;\n`;
  assert.deepEqual(movedBy("lib/figures/look.ts", more), []);
  assert.deepEqual(movedBy("lib/companion/cli/study.ts", more), []);
  assert.deepEqual(movedBy("lib/bounds/bures.ts", more), []);
  assert.deepEqual(movedBy("lib/dynamics/laws/langevin.ts", more), []);
  // The gathering and the fields' help are no part of a run, nor is what a room hands on to others.
  assert.deepEqual(movedBy("lib/experiments/studies/speed_limit_result.ts", more), []);
  assert.deepEqual(
    movedBy("lib/experiments/studies/speed_limit.ts", replacing("help: ", 'help: "x" + ')),
    [],
  );
  assert.deepEqual(
    movedBy("lib/dynamics/mod.ts", (text) => `${text}export { a } from "./langevin.ts";\n`),
    [],
  );
});

test("what gathers and writes moves the stored results' mark, and no run's key", () => {
  const more = (text: string) => `${text}export const more = 1;\n`;
  const moved = (path: string, edit = more) => {
    assert.deepEqual(movedBy(path, edit), [], path);
    return movedBy(path, edit, STUDIES);
  };
  const ofFlow = ["flow", "residue"]; // residues begin at the warm start of a speed limit study
  assert.deepEqual(
    moved("lib/experiments/studies/warm_start.ts", replacing("+ 1;\n}", "+ 2;\n}")),
    ofFlow,
  );
  assert.deepEqual(
    moved(
      "lib/experiments/studies/speed_limit_result.ts",
      replacing("ORIGINS = 12", "ORIGINS = 11"),
    ),
    ofFlow,
  );
  assert.deepEqual(moved("lib/experiments/studies/speed_limit.ts"), ofFlow);
  assert.deepEqual(moved("lib/experiments/studies/kernels.ts"), ["kernel"]);
  assert.deepEqual(moved("lib/experiments/study/study.ts"), ALL);
  assert.deepEqual(
    moved("lib/experiments/studies/warm_start.ts", (text) => `// A word.\n${text}`),
    [],
  );
  assert.deepEqual(moved("lib/figures/look.ts"), []);
});

test("what moves a run's key moves the mark of what is stored too", () => {
  for (const name of ALL) {
    const more = (text: string) => `${text}export const more = 1;\n`;
    assert.deepEqual(movedBy(COMPUTATIONS[name], more), [name]);
    assert(movedBy(COMPUTATIONS[name], more, STUDIES).includes(name), name);
  }
});

Deno.test("a study's mark is of its own module", () => {
  assert(
    Object.values(studies).every(({ folder, module }) => module.endsWith(`/studies/${folder}.ts`)),
  );
});

test("sources that cannot be read are an error when a key is asked for, and not before", () => {
  for (const root of ["https://example.org/library/", "file:///nowhere/at/all/"]) {
    const sources = readSources(new URL(root));
    assert.throws(
      () => codeFingerprint(`${root}lib/experiments/mod.ts`, { sources }),
      /a kept run is found by the library's sources, and .* has none that can be read: import/,
    );
  }
});

Deno.test("in an npm package the pins are those of its package.json", () => {
  const manifest = { dependencies: { munkres: "^2.0.4" }, optionalDependencies: { x: "1.0.0" } };
  const text = (path: string) => path === "package.json" ? JSON.stringify(manifest) : undefined;
  assert.deepEqual(packagePins(["munkres", "node:fs", "x/deep.js"], { root: "", text }), [
    "npm:munkres@^2.0.4 ",
    "npm:x@1.0.0 ",
  ]);
});
