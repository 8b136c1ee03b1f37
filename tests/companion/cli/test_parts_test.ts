import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { testParts } from "../../../lib/companion/cli/test_parts.ts";
import { projectFolder } from "../../../lib/notebook/folders.ts";
import { needs, PROGRAMS } from "../../permissions.ts";

const { test } = needs(...PROGRAMS);

for (const long of [false, true]) {
  test(`each test file is in one part, with its room's examples${long ? ", long" : ""}`, async () => {
    const parts = await testParts({ long });
    const files = (await readdir(`${projectFolder}/tests`, { recursive: true }))
      .filter((file) => file.endsWith("_test.ts")).map((file) => `tests/${file}`);
    const isTest = (path: string) => path.startsWith("tests/");
    assert.deepEqual(parts.flat().filter(isTest).toSorted(), files.toSorted());
    const examples = parts.flat().filter((path) => !isTest(path));
    const rooms = Array.from(Deno.readDirSync(`${projectFolder}/lib`), ({ name }) => name);
    if (long) assert.deepEqual(examples.toSorted(), rooms.map((name) => `lib/${name}`).toSorted());
    const numerics = parts.find((part) => part.includes("tests/numerics/sums_test.ts"))!;
    assert.equal(numerics.filter((path) => !isTest(path) && /numerics/.test(path)).length, 1);
    assert.ok(parts.every((part) => part.some(isTest) || /companion|experiments/.test(part[0])));
  });
}
