import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { projectFolder } from "../../../lib/notebook/folders.ts";
import { registerKernel } from "../../../lib/companion/python/kernel.ts";
import { labArguments, labEnvironment } from "../../../lib/companion/notebooks/lab.ts";
import {
  acquirePythonEnvironment,
  pythonOf,
} from "../../../lib/companion/python/python_environment.ts";
import { runTool } from "../../../lib/resources/run_tool.ts";
import { madeWheel, offline, withEnvironment, withFolder } from "../../resources/made_wheel.ts";
import { needs, PROGRAMS } from "../../permissions.ts";

const { test, long } = needs(...PROGRAMS);

/** Requirements of one made package, in a folder where pip and uv find it. */
async function madeRequirements(folder: string): Promise<string> {
  const { wheel } = await madeWheel(folder);
  const requirements = join(folder, "requirements.txt");
  writeFileSync(requirements, `demo==1.0 --hash=sha256:${wheel.sha256}\n`);
  return requirements;
}

const offlineTools = (links: string) => ({
  ...offline(links),
  ...{ UV_NO_INDEX: "1", UV_FIND_LINKS: links, UV_NO_CONFIG: "1", UV_OFFLINE: "1" },
});

long("20 s: three environments; the set-up makes one")(
  "the Python environment is made whole, once, and stands at its final place",
  () =>
    withFolder(async (root) => {
      const requirements = await madeRequirements(root);
      const [folder, workFolder] = [join(root, ".venv"), join(root, "build")];
      mkdirSync(join(workFolder, ".partial-python-environment-killed"), { recursive: true });
      const notes: string[] = [];
      const options = {
        ...{ folder, workFolder, requirements },
        onProgress: ({ note = "" }) => void notes.push(note),
      };
      await withEnvironment(offlineTools(root), async () => {
        const [python] = await Promise.all([
          acquirePythonEnvironment(options),
          acquirePythonEnvironment({ ...options, onProgress: undefined }),
        ]);
        const { success } = await runTool([python], ["-c", "import demo.other"]);
        assert.ok(!success, "its text is no Python");
        const where = await runTool([python], ["-c", "import demo; print(*demo.__path__)"]);
        assert.ok(where.said.startsWith(folder), where.said);
        assert.deepEqual(readdirSync(workFolder), [".python-environment.lock"]);
        const activate = readFileSync(join(folder, "bin", "activate"), "utf8");
        assert.ok(activate.includes(folder) && !activate.includes(workFolder), "scripts are moved");
        assert.notEqual(notes.length, 0);

        notes.length = 0;
        await acquirePythonEnvironment(options);
        assert.deepEqual(notes, [], "nothing to do");

        const stray = join(folder, "stray"); // tells whether it is made anew
        writeFileSync(stray, "");
        writeFileSync(requirements, `${readFileSync(requirements, "utf8")}\n`);
        await acquirePythonEnvironment(options);
        assert.equal(existsSync(stray), false);
      });
    }),
);

test("a package with another checksum leaves the environment as it was", () =>
  withFolder(async (root) => {
    const requirements = await madeRequirements(root);
    const [folder, workFolder] = [join(root, ".venv"), join(root, "build")];
    mkdirSync(folder);
    writeFileSync(join(folder, "kept"), "");
    writeFileSync(requirements, `demo==1.0 --hash=sha256:${"0".repeat(64)}\n`);
    await withEnvironment(
      offlineTools(root),
      () =>
        assert.rejects(acquirePythonEnvironment({ folder, workFolder, requirements }), {
          name: "SetUpError",
          message: /JupyterLab with what it needs arrived with a wrong checksum/,
        }),
    );
    assert.deepEqual(readdirSync(folder), ["kept"]);
    assert.deepEqual(readdirSync(workFolder), [".python-environment.lock"]);
  }));

test("without any Python or uv the message says what to install", () =>
  withFolder(async (root) => {
    const requirements = await madeRequirements(root);
    await withEnvironment({ PATH: root }, () =>
      assert.rejects(
        acquirePythonEnvironment({ folder: join(root, ".venv"), workFolder: root, requirements }),
        {
          name: "SetUpError",
          message: /^no Python 3\.9 or later was found\. Install Python .*apt install python3-venv/,
        },
      ));
  }));

test("a Python that cannot make an environment is named, with what it said", () =>
  withFolder(async (root) => {
    const requirements = await madeRequirements(root);
    const bin = join(root, "bin");
    mkdirSync(bin);
    const script =
      `#!/bin/sh\n[ "$1" = -c ] && echo ${bin}/python3 && exit\necho no ensurepip\nexit 1\n`;
    writeFileSync(join(bin, "python3"), script, { mode: 0o755 });
    await withEnvironment({ PATH: bin }, () =>
      assert.rejects(
        acquirePythonEnvironment({ folder: join(root, ".venv"), workFolder: root, requirements }),
        {
          name: "SetUpError",
          message: /cannot be made\. Install Python [^]*\n {2}python3 -m venv: no ensurepip$/,
        },
      ));
  }));

test("a project folder that cannot be written is named", () =>
  withFolder(async (root) => {
    const requirements = await madeRequirements(root);
    const file = join(root, "file");
    writeFileSync(file, "");
    await assert.rejects(
      acquirePythonEnvironment({ folder: join(file, ".venv"), workFolder: file, requirements }),
      { name: "SetUpError", message: /cannot be written: .*\. Put the project into a folder/ },
    );
  }));

test("the kernel is this Deno, registered anew where the path has changed", () =>
  withFolder(async (folder) => {
    const path = await registerKernel(folder);
    const first = JSON.parse(readFileSync(path, "utf8"));
    assert.equal(first.argv[0], Deno.execPath());
    assert.ok(first.argv.includes("{connection_file}"));
    writeFileSync(path, JSON.stringify({ ...first, argv: ["/gone/deno"] }));
    await registerKernel(folder);
    assert.deepEqual(JSON.parse(readFileSync(path, "utf8")), first);
  }));

test("JupyterLab writes below one folder and finds only the project's kernel", async () => {
  await withFolder(async (folder) => {
    const env = labEnvironment(folder);
    for (const name of ["CONFIG", "DATA", "RUNTIME"]) {
      assert.ok(env[`JUPYTER_${name}_DIR`].startsWith(folder), name);
    }
    const asked = labArguments([]).flatMap((arg) => /=(\w+)\.\w+$/.exec(arg)?.[1] ?? []);
    const own = asked.filter((name) => existsSync(join(env.PYTHONPATH, `${name}.py`)));
    assert.deepEqual(own.sort(), ["orderly_connection", "saved_copy"]);
    if (!existsSync(pythonOf())) return; // not set up
    const list = ["-m", "jupyter", "kernelspec", "list", "--json"];
    const { said } = await runTool([pythonOf()], list, { env: { ...env, HOME: folder } });
    const { kernelspecs } = JSON.parse(said.slice(said.indexOf("{")));
    assert.ok(kernelspecs.deno.resource_dir.startsWith(projectFolder));
  });
});

const main = fileURLToPath(new URL("../../../lib/companion/cli/main.ts", import.meta.url));
const run = (args: string[], env: Record<string, string> = {}) =>
  runTool([Deno.execPath(), "run", "-P", main], args, { env, cwd: projectFolder });

test("an error of the set-up is one message, a status, and no stack trace", () =>
  withFolder(async (folder) => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    const { success, said } = await run(["setup"], { SPEED_LIMITS_CACHE: join(file, "cache") });
    assert.equal(success, false);
    assert.match(said, /The set-up stopped: \S+ cannot be written: part of that path is a file/);
    assert.doesNotMatch(said, /^\s+at /m);
  }));

test("a study where nothing is set up says what to run, and no set-up has stopped", () =>
  withFolder(async (cache) => {
    const args = ["study", "speed-limit", "--architecture", "fully-connected", "--width", "4"];
    const { success, said } = await run([...args, "--n", "10"], { SPEED_LIMITS_CACHE: cache });
    assert.equal(success, false);
    assert.match(said, /is not set up: run `deno task setup`/);
    assert.doesNotMatch(said, /The set-up stopped|^\s+at /m);
  }));

test("wrong use tells what there is", async () => {
  const unknown = await run(["nonsense"]);
  assert.equal(unknown.success, false);
  assert.match(unknown.said, /there is no task nonsense; there are companion, /);
  const help = await run(["setup", "--help"]);
  assert.equal(help.success, true);
  assert.match(help.said, /SPEED_LIMITS_CACHE/);
  const flag = await run(["setup", "--fast"]);
  assert.equal(flag.success, false);
  assert.match(flag.said, /there is no --fast; there are --verify[^]*--help tells what there is/);
  assert.doesNotMatch(flag.said, /^\s+at /m);
  const port = await run(["site", "--serve", "--port", "65536"]);
  assert.match(port.said, /--port 65536: it must be a whole number from 0 to 65535/);
  const set = await run(["companion", "--set", "n"]);
  assert.match(set.said, /-p "n": it must read name=value/);
});
