import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { needs, PROGRAMS } from "../../permissions.ts";

const { test, long } = needs(...PROGRAMS);

const program = fileURLToPath(import.meta.resolve("./programs/flow_to_kill.ts"));

/** The lines a run prints; killed with SIGKILL after `steps` of them. */
async function run(solver: string, checkpoint: string, steps = Infinity) {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-P", program, solver, checkpoint],
    stdout: "piped",
  }).spawn();
  const lines: string[] = [];
  let rest = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + text).split("\n");
    rest = parts.pop()!;
    lines.push(...parts);
    if (lines.length >= steps) {
      child.kill("SIGKILL");
      break;
    }
  }
  const { signal } = await child.status;
  return { lines, signal };
}

for (const solver of ["exponential-midpoint", "deflated-chebyshev"]) {
  const soon = solver === "exponential-midpoint" ? test : long("5 s, as the other");
  soon(`a flow by ${solver} goes on after kill -9 as if nothing had been`, async () => {
    const folder = await Deno.makeTempDir();
    try {
      const whole = await run(solver, join(folder, "whole"));
      const result = whole.lines.at(-1)!;
      assert(result.startsWith('{"weights"'), result);

      const file = join(folder, "killed");
      const killed = await run(solver, file, 3);
      assert.equal(killed.signal, "SIGKILL");
      assert(existsSync(file));
      const { lines } = await run(solver, file);
      assert(lines.length < whole.lines.length, "it did not begin again");
      assert.equal(lines.at(-1), result);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}
