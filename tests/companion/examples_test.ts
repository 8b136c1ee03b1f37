import assert from "node:assert/strict";
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
  // `deno test --doc` runs them all, in the stage of all tests.
  assert.deepEqual(without((doc) => !!doc?.tags?.some(({ kind }) => kind === "example")), []);
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
