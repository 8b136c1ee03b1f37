/**
 * Rows of CIFAR-10's original binary batches, of files that are what they are pinned as.
 *
 * @module
 */
import { closeSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { damagedBatch, type FilePin, wrongContent } from "../resources/mod.ts";

/** Images in a batch. */
export const perBatch = 10_000;

// The original binary format: rows of a label, then the red, the green and the blue plane.
const plane = 32 * 32;
const bytesPerRow = 1 + 3 * plane;
const rowsAtOnce = 256;

const advice = "run `deno task setup`, or name a folder with the original binary batches";

/**
 * Reads rows, numbered through the batches, in the order of `rows`: labels, and images with their
 * channels interleaved, each byte by its channel's table.
 *
 * @param tables of red, green and blue, 256 values each
 * @throws {Error} if a batch is missing or is not the original one, with what to do
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { cifar10Files, locateCifar10 } from "../resources/mod.ts";
 * import { readBatches } from "./cifar10_batches.ts";
 * const bytes = Float32Array.from({ length: 256 }, (_, byte) => byte);
 * const tables = [bytes, bytes, bytes];
 * const { data, labels } = readBatches(locateCifar10(), cifar10Files, Uint32Array.of(9, 0), tables);
 * assert.deepEqual([...labels], [3, 6]);
 * assert.deepEqual([...data.subarray(3072, 3075)], [59, 62, 63]);
 * ```
 */
export function readBatches(
  folder: string,
  files: readonly FilePin[],
  rows: Uint32Array,
  tables: readonly Float32Array[],
): { readonly data: Float32Array<ArrayBuffer>; readonly labels: Uint8Array<ArrayBuffer> } {
  const images = new Float32Array(rows.length * 3 * plane);
  const labels = new Uint8Array(rows.length);
  const bytes = new Uint8Array(rowsAtOnce * bytesPerRow);
  // The files are gone through once, from the front; order[k] is where the k-th row met goes.
  const order = Uint32Array.from(rows.keys()).sort((a, b) => rows[a] - rows[b]);
  let met = 0;
  files.forEach((file, number) => {
    const begin = number * perBatch, end = begin + perBatch;
    if (met === order.length || rows[order[met]] >= end) return;
    withBatch(folder, file, (readRows) => {
      while (met < order.length && rows[order[met]] < end) {
        const first = rows[order[met]];
        const count = neighbours(rows, order, met, Math.min(rowsAtOnce, end - first));
        readRows(first - begin, count, bytes);
        for (let row = 0; row < count; row++) {
          const place = order[met++];
          labels[place] = bytes[row * bytesPerRow];
          interleave(bytes, row * bytesPerRow + 1, images, place * 3 * plane, tables);
        }
      }
    });
  });
  return { data: images, labels };
}

/** How many rows that follow one another in the file begin at order[met], up to `most`. */
function neighbours(rows: Uint32Array, order: Uint32Array, met: number, most: number): number {
  let count = 1;
  while (count < most && rows[order[met + count]] === rows[order[met]] + count) count++;
  return count;
}

/** Opens a batch, checks that it is the original one, and hands over a function that reads rows. */
function withBatch(
  folder: string,
  pin: FilePin,
  work: (readRows: (first: number, count: number, into: Uint8Array) => void) => void,
): void {
  const path = join(folder, pin.path);
  const file = open(path);
  const check = () => {
    const wrong = wrongContent(file, pin);
    if (wrong) throw damagedBatch(folder, wrong);
  };
  try {
    check();
    work((first, count, into) => {
      const length = count * bytesPerRow;
      for (let got = 0; got < length;) {
        const more = readSync(file, into, got, length - got, first * bytesPerRow + got);
        if (more === 0) throw new Error(`${path} ends early; ${advice}`);
        got += more;
      }
    });
    check(); // by its stamp: it was not written to meanwhile
  } finally {
    closeSync(file);
  }
}

function open(path: string): number {
  try {
    return openSync(path, "r");
  } catch (cause) {
    throw new Error(`${path} cannot be read (${(cause as Error).message}); ${advice}`, { cause });
  }
}

/** Planes of bytes from `from` on, into interleaved channels from `at` on. */
function interleave(
  bytes: Uint8Array,
  from: number,
  images: Float32Array,
  at: number,
  tables: readonly Float32Array[],
): void {
  for (const [channel, table] of tables.entries()) {
    const start = from + channel * plane;
    for (let pixel = 0; pixel < plane; pixel++) {
      images[at + 3 * pixel + channel] = table[bytes[start + pixel]];
    }
  }
}
