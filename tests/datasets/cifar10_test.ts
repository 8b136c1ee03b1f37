import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  cifar10,
  cifar10Channels,
  cifar10Classes,
  type LabelledImages,
  pixels,
  targets,
} from "../../lib/datasets/cifar10.ts";
import { randomStream } from "../../lib/numerics/random.ts";
import { locateCifar10 } from "../../lib/resources/mod.ts";
import { withEnvironment, withFolder } from "../resources/made_wheel.ts";
import { needs } from "../permissions.ts";

const { test } = needs("env", "read", "sys", "write");

const perImage = 3072;
const imageOf = ({ images }: LabelledImages, at: number) =>
  images.data.subarray(at * perImage, (at + 1) * perImage);

/** Bytes alike; a failing deepEqual of a million numbers would take all memory for its message. */
function assertSame(a: LabelledImages, b: LabelledImages, what: string): void {
  const bytes = ({ data }: LabelledImages["images"]) =>
    Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  assert.deepEqual(a.images.shape, b.images.shape, what);
  assert.ok(bytes(a.images).equals(bytes(b.images)), `${what}: other images`);
  assert.ok(Buffer.from(a.labels).equals(Buffer.from(b.labels)), `${what}: other labels`);
}

/** The first so many images. */
const first = (count: number, { images, labels }: LabelledImages): LabelledImages => ({
  images: { shape: [count, 32, 32, 3], data: images.data.subarray(0, count * perImage) },
  labels: labels.subarray(0, count),
});

test("all of CIFAR-10 has the published statistics, a tenth of the images in each class", async () => {
  const { train, test } = await cifar10({ train: 50000, test: 10000 });
  assert.deepEqual(train.images.shape, [50000, 32, 32, 3]);
  assert.deepEqual(test.images.shape, [10000, 32, 32, 3]);
  for (const [labels, each] of [[train.labels, 5000], [test.labels, 1000]] as const) {
    const counts = new Array(10).fill(0);
    labels.forEach((label) => counts[label]++);
    assert.deepEqual(counts, new Array(10).fill(each));
  }
  const { data } = train.images;
  for (let channel = 0; channel < 3; channel++) {
    let sum = 0, squares = 0;
    for (let at = channel; at < data.length; at += 3) {
      sum += data[at];
      squares += data[at] * data[at];
    }
    // Standardized by means and deviations of four digits: 0 and 1 to half of the last one.
    const count = data.length / 3, mean = sum / count;
    const deviation = Math.sqrt(squares / count - mean * mean);
    const scale = cifar10Channels.deviations[channel];
    assert.ok(Math.abs(mean * scale) < 5e-5, `mean of channel ${channel}: ${mean * scale}`);
    assert.ok(
      Math.abs((deviation - 1) * scale) < 5e-5,
      `deviation ${channel}: ${deviation * scale}`,
    );
  }
});

test("without a seed the images come in dataset order, across the files' bounds", async () => {
  const { train, test } = await cifar10({ train: 10010, test: 10 });
  assert.deepEqual([...train.labels.subarray(0, 10)], [6, 9, 9, 4, 1, 1, 2, 7, 8, 3]);
  assert.deepEqual([...test.labels], [3, 8, 8, 0, 6, 6, 1, 6, 3, 1]);
  const folder = locateCifar10();
  const batches = [1, 2].map((k) => readFileSync(join(folder, `data_batch_${k}.bin`)));
  const bytes = pixels(train.images);
  for (const at of [0, 1, 255, 256, 9999, 10000, 10009]) {
    const row = batches[Math.floor(at / 10000)].subarray(at % 10000 * 3073);
    assert.equal(train.labels[at], row[0]);
    for (let place = 0; place < perImage; place++) {
      const pixel = Math.floor(place / 3), channel = place % 3;
      assert.equal(bytes[at * perImage + place], row[1 + channel * 1024 + pixel]);
    }
  }
});

test("values are standardized bytes, and pixels gives every byte back", async () => {
  const { train } = await cifar10({ train: 1 });
  [59, 62, 63].forEach((byte, channel) => {
    const { means, deviations } = cifar10Channels;
    const value = (byte / 255 - means[channel]) / deviations[channel];
    assert.equal(train.images.data[channel], Math.fround(value));
  });
  const every = Float32Array.from({ length: perImage }, (_, at) => {
    const byte = Math.floor(at / 3) % 256, channel = at % 3;
    return (byte / 255 - cifar10Channels.means[channel]) / cifar10Channels.deviations[channel];
  });
  pixels({ shape: [1, 32, 32, 3], data: every })
    .forEach((byte, at) => assert.equal(byte, Math.floor(at / 3) % 256));
});

test("the first image is the frog: brown, darkest at the top left", async () => {
  // Mean red, green, blue of the quarters (top left, top right, bottom left, bottom right) of the
  // picture that was looked at and found a frog, upright and in its colours.
  const { train } = await cifar10({ train: 1 });
  assert.equal(cifar10Classes[train.labels[0]], "frog");
  const bytes = pixels(train.images);
  const quarters = [[0, 0], [0, 16], [16, 0], [16, 16]].map(([top, left]) =>
    [0, 1, 2].map((channel) => {
      let sum = 0;
      for (let y = top; y < top + 16; y++) {
        for (let x = left; x < left + 16; x++) sum += bytes[(y * 32 + x) * 3 + channel];
      }
      return Math.round(sum / 256);
    })
  );
  assert.deepEqual(quarters, [[121, 85, 51], [137, 99, 64], [162, 123, 76], [144, 114, 66]]);
});

test("a seed draws without replacement, smaller subsets first, test apart from train", async () => {
  const large = await cifar10({ train: 3000, test: 300, seed: 4 });
  const small = await cifar10({ train: 500, test: 20, seed: 4 });
  const again = await cifar10({ train: 500, seed: 4 });
  const other = await cifar10({ train: 500, seed: 5 });
  assertSame(small.train, first(500, large.train), "train");
  assertSame(small.test, first(20, large.test), "test");
  assertSame(again.train, small.train, "again");
  assert.ok(!Buffer.from(other.train.labels).equals(Buffer.from(small.train.labels)));

  // The rows are those of the permutation, each image with its own label.
  const all = await cifar10({ train: 50000 });
  const rows = randomStream(4, "cifar10/train").permutation(50000).subarray(0, 3000);
  assert.equal(new Set(rows).size, 3000);
  rows.forEach((row, at) => {
    assert.equal(large.train.labels[at], all.train.labels[row]);
    if (at % 100 === 0) assert.deepEqual(imageOf(large.train, at), imageOf(all.train, row));
  });
});

test("test images are none unless asked for", async () => {
  const { test } = await cifar10({ train: 1 });
  assert.deepEqual(test.images.shape, [0, 32, 32, 3]);
  assert.equal(test.images.data.length + test.labels.length, 0);
});

Deno.test("bad counts and seeds are named", async () => {
  for (const train of [0, -1, 1.5, NaN, 50001]) {
    await assert.rejects(cifar10({ train }), {
      name: "RangeError",
      message: `train is ${train}; it must be an integer from 1 to 50000`,
    });
  }
  for (const test of [-1, 0.5, 10001]) {
    await assert.rejects(cifar10({ train: 1, test }), {
      name: "RangeError",
      message: `test is ${test}; it must be an integer from 0 to 10000`,
    });
  }
  await assert.rejects(cifar10({ train: 1, seed: -3 }), {
    name: "RangeError",
    message: /^seed is -3;/,
  });
  // @ts-expect-error train is needed
  await assert.rejects(cifar10({}), { name: "RangeError", message: /^train is undefined;/ });
});

test("a missing, short or damaged file is named, with what to do", async () => {
  const folder = mkdtempSync(join(tmpdir(), "cifar10-"));
  const path = join(folder, "data_batch_1.bin");
  try {
    await assert.rejects(
      cifar10({ train: 1, folder }),
      (error: Error) =>
        error.message.startsWith(`${path} cannot be read`) && /deno task setup/.test(error.message),
    );
    writeFileSync(path, "short");
    await assert.rejects(cifar10({ train: 1, folder }), {
      message: /data_batch_1\.bin has 5 bytes, not 30730000; put the original batch/,
    });
    copyFileSync(join(locateCifar10(), "data_batch_1.bin"), path);
    // Files that are not needed are not asked for.
    assert.equal((await cifar10({ train: 7, folder })).train.labels[6], 2);
    truncateSync(path, 30730000 - 1);
    await assert.rejects(cifar10({ train: 7, folder }), { message: /has 30729999 bytes/ });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** The cache's CIFAR-10 in another cache or folder: links, but for a batch of its own. */
function copyOf(folder: string, batch: string): string {
  mkdirSync(folder, { recursive: true });
  const names = [...[1, 2, 3, 4, 5].map((k) => `data_batch_${k}.bin`), "test_batch.bin"];
  for (const name of names) {
    if (name !== batch) symlinkSync(join(locateCifar10(), name), join(folder, name));
  }
  const path = join(folder, batch);
  copyFileSync(join(locateCifar10(), batch), path);
  return path;
}

/** Turns a bit of a file over. */
function flip(path: string, at: number): void {
  const file = openSync(path, "r+");
  const byte = new Uint8Array(1);
  readSync(file, byte, 0, 1, at);
  byte[0] ^= 1;
  writeSync(file, byte, 0, 1, at);
  closeSync(file);
}

test("a flipped bit is found, wherever it is, and by which batch", () =>
  withFolder(async (folder) => {
    const path = copyOf(folder, "data_batch_1.bin");
    assert.equal((await cifar10({ train: 7, folder })).train.labels[6], 2);
    // A label, a pixel, the last byte; of an image that is asked for and of others.
    for (const at of [0, 3073, 1000, 7 * 3073, 15_000_000, 30_729_999]) {
      flip(path, at);
      await assert.rejects(cifar10({ train: 7, folder }), {
        name: "SetUpError",
        message: /data_batch_1\.bin is damaged \(SHA-256 .*put the original batch of CIFAR-10/,
      });
      flip(path, at);
    }
    assert.equal((await cifar10({ train: 7, folder })).train.labels[6], 2);
  }));

test("a damaged folder of one's own is named by its variable", () =>
  withFolder(async (folder) => {
    flip(copyOf(folder, "data_batch_2.bin"), 5000);
    await withEnvironment({ SPEED_LIMITS_CIFAR10: folder }, async () => {
      assert.equal((await cifar10({ train: 10_000 })).train.labels.length, 10_000);
      await assert.rejects(cifar10({ train: 10_001 }), {
        name: "SetUpError",
        message: /SPEED_LIMITS_CIFAR10 is .*: data_batch_2\.bin is damaged .*mend it, or unset/,
      });
    });
  }));

test("a damaged batch of the cache is told to the next set-up", () =>
  withFolder(async (cache) => {
    const folder = join(cache, "cifar-10-batches-bin");
    flip(copyOf(folder, "test_batch.bin"), 5000);
    const manifest = join(folder, "manifest.json");
    writeFileSync(manifest, "verified once");
    const variables = { SPEED_LIMITS_CACHE: cache, SPEED_LIMITS_CIFAR10: undefined };
    await withEnvironment(variables, () =>
      assert.rejects(cifar10({ train: 1, test: 1 }), {
        name: "SetUpError",
        message: /test_batch\.bin is damaged .*; run `deno task setup`, which makes it again/,
      }));
    assert.equal(existsSync(manifest), false);
  }));

Deno.test("targets are one-hot − 1/10", () => {
  const { shape, data } = targets(Uint8Array.of(3, 0, 9));
  assert.deepEqual(shape, [3, 10]);
  data.forEach((value, at) => {
    const hot = [3, 0, 9][Math.floor(at / 10)] === at % 10;
    assert.equal(value, Math.fround(hot ? 0.9 : -0.1));
  });
  assert.deepEqual(targets([]).shape, [0, 10]);
  assert.deepEqual(targets(Int32Array.of(5)), targets([5]));
  for (
    const [bad, message] of [[[1, 10], /labels\[1\] is 10;/], [[-1], /labels\[0\] is -1;/], [
      [0.5],
      /labels\[0\] is 0.5;/,
    ]] as const
  ) {
    assert.throws(() => targets([...bad]), { name: "RangeError", message });
  }
});

Deno.test("pixels refuses what is not such images", () => {
  const data = new Float32Array(perImage);
  assert.throws(() => pixels({ shape: [1, 3, 32, 32], data }), {
    name: "RangeError",
    message: /\[1,3,32,32\].*\[n, 32, 32, 3\]/,
  });
  assert.throws(() => pixels({ shape: [2, 32, 32, 3], data }), { name: "RangeError" });
});
