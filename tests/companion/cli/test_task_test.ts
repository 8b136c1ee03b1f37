import assert from "node:assert/strict";
import { projectFolder } from "../../../lib/notebook/folders.ts";
import { closingLine, countTests } from "../../../lib/companion/cli/test.ts";
import { inProject } from "../notebooks/made_notebooks.ts";
import { needs, PROGRAMS } from "../../permissions.ts";

const { test } = needs(...PROGRAMS);

async function testTask(
  source: string,
  ...options: string[]
): Promise<{ status: number; lines: string[] }> {
  return await inProject(async (folder) => {
    await Deno.writeTextFile(`${folder}/made_test.ts`, source);
    const { code, stdout } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "-P",
        "--no-check",
        "lib/companion/cli/main.ts",
        "test",
        `${folder}/made_test.ts`,
        ...options,
      ],
      cwd: projectFolder,
      env: { NO_COLOR: "1" },
      stderr: "null",
    }).output();
    return { status: code, lines: new TextDecoder().decode(stdout).trimEnd().split("\n") };
  });
}

test("the test task counts what passed, failed and was skipped", async () => {
  const source = `
    import { needs } from "${new URL("../../permissions.ts", import.meta.url)}";
    const { long } = needs("read");
    Deno.test("passes <&> > a", () => {});
    Deno.test("has steps", async (t) => { await t.step("one", () => {}); });
    Deno.test("fails", () => { throw new Error("</testcase>"); });
    Deno.test({ name: "is skipped", ignore: true, fn() {} });
    long("an hour")("is long", () => console.log(Deno.args.join()));
  `;
  const { status, lines } = await testTask(source);
  assert.equal(status, 1);
  assert.match(lines.at(-2)!, /^tests: FAILED \(\d+\.\d s\)$/);
  assert.equal(lines.at(-1), "3 passed, 1 failed, 2 skipped"); // the set-up is one of them
  const named = "is long (an hour: deno task test --long) ... ignored";
  assert.ok(lines.some((line) => line.startsWith(named)), lines.join("\n"));

  const all = await testTask(source, "--long");
  assert.deepEqual([all.status, all.lines.at(-1)], [1, "4 passed, 1 failed, 1 skipped"]);
  assert.ok(all.lines.some((line) => line.startsWith("is long ... ")), all.lines.join("\n"));
});

test("what does not load has failed", async () => {
  for (const source of [`import "./nothing.ts";`, `const a: number = "1"; console.log(a);`, ""]) {
    const { status, lines } = await testTask(source);
    assert.deepEqual([status, lines.at(-1)], [1, "1 passed, 1 failed"], source); // the set-up passed
  }
});

Deno.test("the closing line tells of skipped tests only if there are any", () => {
  assert.equal(closingLine({ passed: 3, failed: 0, skipped: 0 }), "3 passed, 0 failed");
  assert.equal(closingLine({ passed: 3, failed: 1, skipped: 2 }), "3 passed, 1 failed, 2 skipped");
  assert.deepEqual(countTests(""), { passed: 0, failed: 0, skipped: 0 });
});
