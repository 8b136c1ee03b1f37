import assert from "node:assert/strict";
import { dirname, join, relative } from "node:path";
import { helpOf, helpOfAll } from "../../../lib/companion/cli/command.ts";
import { commands } from "../../../lib/companion/cli/commands.ts";
import { task } from "../../../lib/companion/cli/main.ts";
import { studies } from "../../../lib/experiments/mod.ts";
import { fieldsOf } from "../../../lib/experiments/study/configuration.ts";
import { readRecord } from "../../../lib/experiments/study/record_file.ts";
import { readStoredFile } from "../../../lib/experiments/study/stored_files.ts";
import { projectFolder } from "../../../lib/notebook/folders.ts";
import { needs } from "../../permissions.ts";

const { test } = needs("read", "write");

const table = Object.entries(commands);

/** What a task prints, in this process, with its exit status. */
async function told(...args: string[]) {
  const { log, error } = console;
  const [out, said]: [string[], string[]] = [[], []];
  console.log = (...words) => void out.push(words.join(" "));
  console.error = (...words) => void said.push(words.join(" "));
  try {
    return { status: await task(args), out: out.join("\n"), said: said.join("\n") };
  } finally {
    Object.assign(console, { log, error });
  }
}

async function refused(args: string[], ...parts: (string | RegExp)[]) {
  const { status, out, said } = await told(...args);
  assert.deepEqual([status, out], [2, ""], args.join(" "));
  for (const part of parts) {
    assert.ok(typeof part === "string" ? said.includes(part) : part.test(said), `${args}: ${said}`);
  }
}

test("deno.json's tasks are those of the table, with its summaries", async () => {
  const { tasks } = JSON.parse(await Deno.readTextFile(`${projectFolder}/deno.json`));
  const run = (name: string) => `deno run -P lib/companion/cli/main.ts ${name}`;
  const expected = table.map(([name, { summary }]) =>
    [name, { description: summary, command: run(name) }] as const
  );
  assert.deepEqual(tasks, Object.fromEntries(expected));
});

Deno.test("the help shows every option, of all tasks and of each", async () => {
  const whole = helpOfAll(commands);
  for (const [name, command] of table) {
    assert.ok(
      whole.includes(`deno task ${name}`) && whole.split("\n").every((l) => l.length <= 100),
    );
    const own = command.handsOn ? await helpOf(name, command) : (await told(name, "--help")).out;
    for (const [option, { help, short = "" }] of Object.entries(command.options)) {
      for (const text of [whole, own]) {
        assert.match(text, new RegExp(`--${option}\\b`), `${name}: ${option}`);
        assert.ok(text.includes(short && `-${short}, `) && help.length > 10, `${name}: ${option}`);
      }
    }
  }
  const { out } = await told("study");
  for (const [name, { fields }] of Object.entries(studies)) {
    const { out: own, status } = await told("study", name, "--help");
    assert.equal(status, 0);
    assert.ok(out.includes(own), name);
    for (const { name, help, alone } of fieldsOf(fields)) {
      const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      assert.match(own, new RegExp(`^  ${alone ? name.toUpperCase() : `--${flag} `}`, "m"));
      assert.ok(own.includes(help.split(" ")[0]), help);
    }
  }
  assert.equal((await told("help", "lab")).out, await helpOf("lab", commands.lab));
  assert.match((await told("--help")).out, /SPEED_LIMITS_CACHE/);
});

Deno.test("a wrong option of any task is refused by its name", async () => {
  for (const [name, { options, handsOn }] of table) {
    if (handsOn) continue; // the other program tells
    await refused([name, "--no-such"], "there is no --no-such", /deno task \w+ --help tells what/);
    for (const [option, { value, many }] of Object.entries(options)) {
      if (value === undefined) await refused([name, `--${option}=1`], `--${option} takes no value`);
      else await refused([name, `--${option}`], `--${option} needs a value`);
      // What is there several times is read later: parameters, by the notebooks that have them.
      if (value && !many) await refused([name, `--${option}=`], `--${option} "": it must be`);
    }
  }
  for (const [name, { fields }] of Object.entries(studies)) {
    for (const { name: field, alone } of fieldsOf(fields)) {
      const flag = `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
      if (!alone) await refused(["study", name, flag, "?"], `${flag} "?": it must be `);
    }
  }
});

Deno.test("what may have been meant is named", async () => {
  await refused(["compnaion"], "no task compnaion (did you mean companion?); there are companion,");
  await refused(
    ["setup", "--verfy"],
    "no --verfy (did you mean --verify?); there are --verify, --sweep\n",
  );
  await refused(["study", "kernel"], /"kernel" \(did you mean kernels\?\)/);
  await refused(["kernels", "--widht", "8"], "(did you mean --width?)");
  await refused(["help", "pakc"], "(did you mean pack?)");
  await refused(["\x1b[2J"], "\ufffd[2J");
  await refused(["study", "--stored", "all"], '"all" stands alone');
  await refused(["site", "--port", "80"], "--port 80 needs --serve");
  await refused(["help", "a", "b"], '"b" is one name too much');
});

test("a study that is not stored is told with those that are", async () => {
  await refused(["study", "residues", "none"], /study is "none", which is not stored; there are\n/);
});

test("a damaged file ends a task with one message and no trace", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.mkdir(`${folder}/speed_limit`);
  await Deno.writeTextFile(`${folder}/speed_limit/one.json`, "{");
  await Deno.writeTextFile(`${folder}/run.result`, "cut");
  const table = commands as Record<string, typeof commands.study>;
  const reads = {
    "a study": () => readStoredFile("speed_limit/one", folder),
    "a run": () => readRecord(`${folder}/run.result`),
  };
  for (const [what, read] of Object.entries(reads)) {
    table.damaged = { summary: what, options: {}, run: async () => (await read(), 0) };
    const { status, out, said } = await told("damaged");
    delete table.damaged;
    assert.deepEqual([status, out], [1, ""]);
    assert.match(
      said,
      /^\S+(one\.json cannot be read: .*restore it|run\.result is damaged: .*delete)/,
    );
    assert.doesNotMatch(said, /^\s+at /m);
  }
  await Deno.remove(folder, { recursive: true });
});

test("help waits for nothing that a task needs only when it runs", async () => {
  const folder = `${projectFolder}/lib`;
  const loaded = new Set<string>();
  const load = async (file: string): Promise<void> => {
    if (loaded.has(file)) return;
    loaded.add(file);
    const code = (await Deno.readTextFile(`${folder}/${file}`)).replace(/^\s*\*.*$/gm, "");
    for (const [, name] of code.matchAll(/^(?:import|export|\}).* from "(\.[^"]+)";$/gm)) {
      await load(relative(folder, join(folder, dirname(file), name)));
    }
  };
  await load("companion/cli/main.ts");
  assert.ok(loaded.has("companion/cli/commands.ts") && loaded.size < 20, [...loaded].join(" "));
});
