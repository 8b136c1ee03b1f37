import assert from "node:assert/strict";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PNG } from "pngjs";
import { acquireCifar10, binaryBatch } from "../../lib/resources/cifar10.ts";
import { wrongFiles } from "../../lib/resources/files.ts";
import { locateCifar10 } from "../../lib/resources/locate.ts";
import { cifar10Files } from "../../lib/resources/pins.ts";
import { withEnvironment, withFolder } from "./made_wheel.ts";
import { needs } from "../permissions.ts";

const { test } = needs("env", "read", "sys", "write");

test("the files are the pinned ones, and the pins those of CIFAR-10", async () => {
  const folder = locateCifar10();
  assert.deepEqual(await wrongFiles(folder, cifar10Files), []);
  const batches = cifar10Files.map(({ path }) => readFileSync(join(folder, path)));
  const labels = (batch: Uint8Array) => Array.from({ length: 10 }, (_, row) => batch[row * 3073]);
  assert.deepEqual(labels(batches[0]), [6, 9, 9, 4, 1, 1, 2, 7, 8, 3]);
  assert.deepEqual(labels(batches[5]), [3, 8, 8, 0, 6, 6, 1, 6, 3, 1]);
  const sums = [0, 0, 0];
  for (const batch of batches.slice(0, 5)) {
    for (let at = 0; at < batch.length; at++) {
      const byte = at % 3073;
      if (byte > 0) sums[(byte - 1) >> 10] += batch[at];
    }
  }
  const means = sums.map((sum) => (sum / (50000 * 1024 * 255)).toFixed(4));
  assert.deepEqual(means, ["0.4914", "0.4822", "0.4465"]);
});

Deno.test("a batch has its label, then red, green and blue, for each row of the picture", () => {
  const picture = new PNG({ width: 1024, height: 2, colorType: 2 });
  for (let at = 0; at < 2048; at++) {
    picture.data.set([at % 251, at % 241, at % 239, 255], 4 * at);
  }
  const batch = binaryBatch(PNG.sync.write(picture, { colorType: 2 }), [7, 3]);
  const expected = [7, 3].flatMap((label, row) => [
    label,
    ...[251, 241, 239].flatMap((n) => Array.from({ length: 1024 }, (_, k) => (1024 * row + k) % n)),
  ]);
  assert.deepEqual([...batch], expected);
  assert.throws(
    () => binaryBatch(PNG.sync.write(picture), [7]),
    /1024 x 2 pixels; it must have 1024 x 1/,
  );
});

/** A folder of one's own: links to the real files but for one. */
async function ownFolder(folder: string, name: string): Promise<void> {
  const real = await withEnvironment(
    { SPEED_LIMITS_CIFAR10: undefined },
    () => Promise.resolve(locateCifar10()),
  );
  for (const { path } of cifar10Files) {
    if (path !== name) symlinkSync(join(real, path), join(folder, path));
  }
}

test("a folder of one's own is verified; a missing or damaged file is named", () =>
  withFolder(async (folder) => {
    const name = "data_batch_4.bin";
    const real = join(locateCifar10(), name);
    await ownFolder(folder, name);
    await withEnvironment({ SPEED_LIMITS_CIFAR10: folder }, async () => {
      const refused = (message: RegExp) =>
        assert.rejects(acquireCifar10(), { name: "SetUpError", message });
      await refused(
        /SPEED_LIMITS_CIFAR10 is .*: data_batch_4\.bin is missing\. It must be a folder/,
      );
      assert.throws(() => locateCifar10(), /data_batch_4\.bin is missing/);
      const bytes = readFileSync(real);
      writeFileSync(join(folder, name), bytes.subarray(0, 3073));
      await refused(/data_batch_4\.bin has 3073 bytes, not 30730000/);
      bytes[5000] ^= 1;
      writeFileSync(join(folder, name), bytes);
      await refused(/data_batch_4\.bin is damaged \(SHA-256 /);
      bytes[5000] ^= 1;
      writeFileSync(join(folder, name), bytes);
      assert.equal(await acquireCifar10(), folder);
    });
  }));
