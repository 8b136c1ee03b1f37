import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { packTar } from "modern-tar";
import { filesOfTar } from "../../lib/resources/tar.ts";
import { needs } from "../permissions.ts";

const { test } = needs("read", "write");

const member = (name: string, body: string | Uint8Array<ArrayBuffer>) => ({
  header: { name, size: body.length, type: "file" as const },
  body,
});

async function archived(members: Parameters<typeof packTar>[0]) {
  const file = await Deno.makeTempFile({ suffix: ".tgz" });
  await Deno.writeFile(file, gzipSync(await packTar(members)));
  return file;
}

test("the members that are wanted are read, and those between them passed over", async () => {
  const large = new Uint8Array(3_000_001).fill(7);
  const file = await archived([
    member("package/one.png", large),
    member("package/index.js", "passed over"),
    member("package/large.bin", large),
    member("package/README.md", "passed over as well"),
    member("package/two.png", "2"),
    member("package/last.md", "the end"),
  ]);
  const found: [string, number][] = [];
  for await (const { name, data } of filesOfTar(file, (name) => name.endsWith(".png"))) {
    found.push([name, data.length]);
  }
  assert.deepEqual(found, [["package/one.png", large.length], ["package/two.png", 1]]);
  await Deno.remove(file);
});

test("an archive that ends early, or is none, is named", async () => {
  const file = await archived([member("package/one.png", new Uint8Array(100_000).fill(7))]);
  const whole = await Deno.readFile(file);
  const read = async () => {
    for await (const _ of filesOfTar(file, () => true));
  };
  for (const bytes of [whole.subarray(0, whole.length - 20), new Uint8Array(1000).fill(1)]) {
    await Deno.writeFile(file, bytes);
    await assert.rejects(read, (error: Error) => error.message.includes(file));
  }
  await Deno.remove(file);
});
