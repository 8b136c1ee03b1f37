import assert from "node:assert/strict";
import { join } from "node:path";
import { projectFolder } from "../../lib/notebook/folders.ts";
import { needs, PROGRAMS } from "../permissions.ts";

const { test } = needs(...PROGRAMS);

// On the stack that it found, a handler broke the heap within a few of these.
test("interrupts while TensorFlow multiplies are heard, and do no harm", async () => {
  const program = join(projectFolder, "tests/notebook/interrupted_products.ts");
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "-P", "--no-check", program],
    ...{ cwd: projectFolder, stdin: "piped", stdout: "piped", stderr: "null" },
  }).spawn();
  let said = "";
  let timer: ReturnType<typeof setInterval> | undefined;
  for await (const text of process.stdout.pipeThrough(new TextDecoderStream())) {
    said += text;
    timer ??= setInterval(() => interrupt(process), 40);
    if (!said.includes("heard")) continue;
    clearInterval(timer);
    await process.stdin.close();
  }
  clearInterval(timer);
  const { code, signal } = await process.status;
  assert.deepEqual([code, signal, said], [0, null, "begins\nheard\n"]);
});

function interrupt(process: Deno.ChildProcess): void {
  try {
    process.kill("SIGINT");
  } catch {
    // It has ended, which its status tells.
  }
}
