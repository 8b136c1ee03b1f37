import assert from "node:assert/strict";
import { writeSources } from "../../../lib/companion/site/sources.ts";
import { needs } from "../../permissions.ts";
import { markdown, notebookOf } from "../notebooks/made_notebooks.ts";

const { test } = needs("env", "read", "sys", "write");

test("a page that is as it was is left, unless the navigation that it shows has changed", async () => {
  const folder = await Deno.makeTempDir();
  const file = `${folder}/01_one.ipynb`;
  const long = new Date(1e12);
  /** Whether the first page is written anew for notebooks of these titles. */
  const writesFirst = async (...titles: string[]) => {
    await Deno.utime(file, long, long).catch(() => {});
    const notebooks = titles.map((title, i) =>
      [`0${i + 1}_${i === 0 ? "one" : "more"}`, notebookOf(markdown(`# ${title}`))] as const
    );
    await writeSources(folder, new Map(notebooks), []);
    return (await Deno.stat(file)).mtime!.getTime() !== long.getTime();
  };
  try {
    assert.equal(await writesFirst("One"), true);
    assert.equal(await writesFirst("One"), false, "nothing is new");
    assert.equal(await writesFirst("One", "Two"), true, "another notebook");
    assert.equal(await writesFirst("One", "Two"), false);
    assert.equal(await writesFirst("One", "2"), true, "another title");
    assert.equal(await writesFirst("One"), true, "one less");
    assert.deepEqual([...Deno.readDirSync(folder)].filter(({ name }) => /02/.test(name)), []);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
