import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "../../lib/resources/write_whole.ts";
import { withFolder } from "./made_wheel.ts";
import { needs } from "../permissions.ts";

const { test } = needs("read", "write");

/** A process that writes a file again and again, each time 4 MB of one letter. */
function writer(folder: string, file: string, letter: string) {
  const script = join(folder, `${letter}.ts`);
  const module = new URL("../../lib/resources/write_whole.ts", import.meta.url).href;
  writeFileSync(
    script,
    `import { writeWhole } from ${JSON.stringify(module)};
     const [file, letter] = Deno.args;
     for (let n = 0;; n++) {
       await writeWhole(file, letter.repeat(4e6));
       if (n === 0) console.log("written");
     }`,
  );
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--no-config", "--no-lock", script, file, letter],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
}

test("a reader sees whole files alone, of two writers at once that are killed in the midst", () =>
  withFolder(async (folder) => {
    const file = join(folder, "out", "file");
    const writers = ["a", "b"].map((letter) => writer(folder, file, letter));
    const readers = writers.map(({ stdout }) => stdout.getReader());
    await Promise.all(readers.map((reader) => reader.read()));
    const isWhole = () => /^(a{4000000}|b{4000000})$/.test(readFileSync(file, "latin1"));
    const seen = new Set<string>();
    for (let read = 0; read < 30 || seen.size < 2 && read < 3000; read++) {
      assert(isWhole());
      seen.add(readFileSync(file, "latin1")[0]);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    writers.forEach((one) => one.kill("SIGKILL"));
    await Promise.all(writers.map(({ status }) => status));
    await Promise.all(readers.map((reader) => reader.cancel()));
    assert(isWhole());
    assert.equal(seen.size, 2, "only one of the two was seen writing");
  }));

test("a full disk is named, and leaves what was there before and nothing beside it", () =>
  withFolder(async (folder) => {
    const file = join(folder, "file");
    await writeWhole(file, Uint8Array.of(104, 105));
    const full = Object.assign(new Error("write failed"), { code: "ENOSPC" });
    const write = async (aside: string) => {
      await Deno.writeTextFile(aside, "hal");
      throw full;
    };
    await assert.rejects(writeWhole(file, "half", { write }), {
      message: `there is no space left on the disk for ${file}; free some and run again`,
      code: "ENOSPC",
      cause: full,
    });
    await assert.rejects(writeWhole(join(file, "below"), ""), /below cannot be written: /);
    assert.equal(readFileSync(file, "utf8"), "hi");
    assert.deepEqual(readdirSync(folder), ["file"]);
  }));
