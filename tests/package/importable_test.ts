// What an importer elsewhere rests on, as far as it is quick: `from_outside.ts` beside this installs
// the packed library in other projects.
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { completed, withPackedNames } from "../../lib/companion/cli/pack.ts";
import { projectFolder } from "../../lib/notebook/folders.ts";
import { withFolder } from "../resources/made_wheel.ts";
import { needs, PROGRAMS } from "../permissions.ts";

const { test, made } = needs(...PROGRAMS);

/** The subjects that run in a browser, and where each begins. */
const { exports } = await made(async () =>
  JSON.parse(await Deno.readTextFile(`${projectFolder}/deno.json`))
);
const PURE = ["./bounds", "./linear", "./recordings", "./statistics"];

/** Modules that only a Deno, or a name of a file, loads; each has one that stands for it in a page. */
const APART = ["lib/numerics/openblas.ts", "lib/recordings/files.ts"];

async function deno(...args: string[]) {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: projectFolder,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const [said, told] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  assert(success, told);
  return { said, told };
}

interface Graph {
  readonly roots: readonly string[];
  readonly redirects: Readonly<Record<string, string>>;
  readonly modules: readonly {
    readonly specifier: string;
    readonly dependencies?: readonly {
      readonly isDynamic?: boolean;
      readonly code?: { readonly specifier?: string };
    }[];
  }[];
}

/** What is loaded with a module, and what is loaded later. */
async function loadedWith(file: string) {
  const { roots: [root], redirects, modules }: Graph = JSON.parse(
    (await deno("info", "--json", file)).said, // of its downloads it tells elsewhere
  );
  const edges = new Map(modules.map(({ specifier, dependencies = [] }) => [
    specifier,
    dependencies,
  ]));
  const loaded = new Set([root]), later = new Set<string>();
  for (const module of loaded) {
    for (const { isDynamic, code } of edges.get(module) ?? []) {
      if (!code?.specifier) continue;
      const target = redirects[code.specifier] ?? code.specifier;
      (isDynamic ? later : loaded).add(target);
    }
  }
  return { loaded: [...loaded], later: [...later].filter((module) => !loaded.has(module)) };
}

/** Without comments and text, so that what remains is code. */
const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*|"[^"\n]*"|`[^`]*`/g, "");

for (const subject of PURE) {
  test(`${subject} loads nothing of Node or Deno`, async () => {
    const { loaded, later } = await loadedWith(exports[subject]);
    assert.deepEqual(loaded.filter((module) => module.startsWith("node:")), []);
    const relative = (url: string) => url.split(`${projectFolder}/`).at(-1)!;
    for (const module of later.map(relative)) {
      assert([...APART, "lib/numerics/no_openblas.ts"].includes(module), module);
    }
    for (const module of loaded.filter((url) => url.startsWith("file:"))) {
      const text = code(await Deno.readTextFile(fileURLToPath(module)));
      // `typeof Deno` asks whether there is one.
      const uses = text.replaceAll("typeof Deno", "").match(/\b(Deno|process|Buffer)\b/g) ?? [];
      assert.deepEqual(uses, [], module);
    }
  });
}

test("one file of these subjects, over HTTP and without a Deno, computes what it must", () =>
  withFolder(async (folder) => {
    const program = await Deno.readTextFile(
      new URL("./programs/pure_subjects.js", import.meta.url),
    );
    const entry = join(folder, "entry.js"), bundle = join(folder, "bundle.js");
    const library = (subject: string) => `file://${projectFolder}/${exports[`./${subject}`]}`;
    await Deno.writeTextFile(
      entry,
      program.replace(/@speed-limits\/companion\/(\w+)/g, (_, subject) => library(subject)),
    );
    const apart = APART.flatMap((name) => ["--external", `*/${name.split("/").at(-1)}`]);
    await deno("bundle", "--quiet", "--platform=browser", ...apart, `--output=${bundle}`, entry);
    const text = await Deno.readTextFile(bundle);
    assert.doesNotMatch(text, /from "node:/);

    const server = Deno.serve(
      { port: 0, hostname: "127.0.0.1", onListen: () => {} },
      () => new Response(text, { headers: { "content-type": "text/javascript" } }),
    );
    try {
      const { port } = server.addr;
      const main = join(folder, "main.js");
      await Deno.writeTextFile(
        main,
        "const { log } = console; delete globalThis.Deno;\n" +
          `log((await import("http://127.0.0.1:${port}/library.js")).verdict());\n`,
      );
      const { said, told } = await deno(
        ...["run", "--no-config", "--no-lock", "--quiet", "--no-prompt"],
        ...[`--allow-import=127.0.0.1:${port}`, main],
      );
      assert.match(said, /^right$/m);
      // Told once, however often it computes.
      assert.equal((said + told).match(/is done by ml-matrix/g)?.length, 1);
    } finally {
      await server.shutdown();
    }
  }));

test("deno publish would take the library, all of it, and nothing else", async () => {
  const { said: first, told } = await deno(
    ...["publish", "--dry-run", "--allow-dirty", "--no-check"],
  );
  const said = first + told;
  assert.match(said, /Success/);
  const taken = [...said.matchAll(/file:\/\/(\S+)/g)].map(([, path]) =>
    decodeURI(path).replace(`${projectFolder}/`, "")
  );
  const own: string[] = ["LICENSE", "README.md", "deno.json"];
  const walk = async (folder: string) => {
    for await (const { name, isDirectory } of Deno.readDir(`${projectFolder}/${folder}`)) {
      const path = `${folder}/${name}`;
      if (path === "lib/companion") continue; // what only a clone has
      if (isDirectory) await walk(path);
      else own.push(path);
    }
  };
  await walk("lib");
  assert.deepEqual([...new Set(taken)].sort(), own.sort());
});

test("the package's manifest and modules name what is in it", () => {
  const { browser } = completed({ dependencies: {} });
  const names = Object.entries(browser as Record<string, string>).flat();
  for (const name of names) {
    const source = name.replace(/\.js$/, ".ts");
    assert(Deno.statSync(join(projectFolder, source)).isFile, source);
  }
  assert.equal(
    withPackedNames('new Worker(new URL("./pixel_worker.ts", import.meta.url), {'),
    'new Worker(new URL("./pixel_worker.js", import.meta.url), {',
  );
});
