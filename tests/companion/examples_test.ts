import assert from "node:assert/strict";
import { writeExamples } from "../../lib/companion/cli/examples.ts";
import { sourceFiles } from "../../lib/companion/library_files.ts";
import { projectFolder } from "../../lib/notebook/folders.ts";
import { needs, PROGRAMS } from "../permissions.ts";

const { test } = needs(...PROGRAMS);

/** The parts that are read of `deno doc --json`. */
interface Documentation {
  readonly nodes: Readonly<Record<string, { readonly symbols: readonly Documented[] }>>;
}
interface Documented {
  readonly name: string;
  readonly declarations: readonly {
    readonly kind: string;
    readonly jsDoc?: { readonly doc?: string; readonly tags?: readonly { kind: string }[] };
  }[];
}

test("every public function says what it does and has an example that can be run", async () => {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--json", "lib/mod.ts"],
    cwd: projectFolder,
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  const { nodes }: Documentation = JSON.parse(new TextDecoder().decode(stdout));
  const functions = Object.values(nodes).flatMap(({ symbols }) => symbols).map((symbol) => ({
    name: symbol.name,
    docs: symbol.declarations.filter(({ kind }) => kind === "function").map(({ jsDoc }) => jsDoc),
  })).filter(({ docs }) => docs.length > 0);
  assert.ok(functions.length > 100, `only ${functions.length} functions were found`);
  const without = (has: (doc: (typeof functions)[0]["docs"][0]) => boolean) =>
    functions.filter(({ docs }) => !docs.some(has)).map(({ name }) => name);
  assert.deepEqual(without((doc) => (doc?.doc ?? "").trim() !== ""), [], "no sentence");
  // The test task runs them all.
  assert.deepEqual(without((doc) => !!doc?.tags?.some(({ kind }) => kind === "example")), []);
});

test("the modules that run the examples hold every one, and no static import", async () => {
  const folder = await Deno.makeTempDir();
  const modules = await writeExamples(folder);
  let held = 0;
  for (const [of, path] of modules) {
    assert.match(of, /^lib\/[\w.]+$/);
    const text = await Deno.readTextFile(path);
    assert.doesNotMatch(text, /^import /m, of);
    held += text.match(/^Deno\.test\("lib\//gm)!.length;
  }
  await Deno.remove(folder, { recursive: true });
  let written = 0;
  for (const file of await sourceFiles(`${projectFolder}/lib`)) {
    const text = await Deno.readTextFile(`${projectFolder}/lib/${file}`);
    written += text.match(/^\s*\* *```[a-z]+.*$/gm)?.length ?? 0;
  }
  assert.ok(written > 700, `only ${written} examples were found`);
  assert.equal(held, written, "`deno test --doc` runs other blocks than these");
});

test("no example or code rests on console.assert, which cannot fail", async () => {
  const folder = `${projectFolder}/lib`;
  const files = await sourceFiles(folder);
  assert.ok(files.length > 200, `only ${files.length} files were found`);
  const found: string[] = [];
  for (const file of files) {
    if ((await Deno.readTextFile(`${folder}/${file}`)).includes("console.assert")) found.push(file);
  }
  assert.deepEqual(found, [], "node:assert throws, console.assert prints");
});
