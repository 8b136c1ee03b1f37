import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { needs, PROGRAMS } from "./permissions.ts";

const { test } = needs(...PROGRAMS);

/** `deno test` as one types it, on one room's tests, with what it says. */
async function plain(room: string) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["test", "--no-check", `tests/${room}`],
    cwd: fileURLToPath(new URL("../", import.meta.url)),
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const [said, told] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, said: said + told };
}

test("without permissions a room's tests pass, and those that need some are named with these", async () => {
  const { code, said } = await plain("recordings");
  assert.equal(code, 0, said);
  const [, passed, failed, ignored] = said.match(
    /ok \| (\d+) passed \| (\d+) failed \| (\d+) ignored/,
  )!.map(Number);
  assert(passed >= 8 && failed === 0 && ignored >= 11, said);
  const left = said.match(/^.* \(needs [a-z, ]+: deno test -P\) \.\.\. ignored/gm) ?? [];
  assert.equal(left.length, ignored, said);
  assert.match(
    said,
    /what else an archive holds is left alone \(needs read, write: deno test -P\)/,
  );
  assert.doesNotMatch(said, /Allow\?|Did you mean/);
});
