/**
 * Members of a zip archive (a wheel is one), taken out one by one without holding them in memory, by
 * yauzl: it reads the directory alone and unpacks with the system's zlib, where fflate would go
 * through the whole archive in JavaScript.
 *
 * @module
 */
import { createWriteStream } from "node:fs";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createInflateRaw } from "node:zlib";
// @ts-types="@types/yauzl"
import yauzl from "yauzl";

const STORED = 0;

/**
 * Writes one member of a zip archive to a file; `onBytes` is told of each piece's size.
 *
 * @throws {Error} naming the archive, if it is not a whole zip archive or lacks the member.
 */
export async function extractMember(
  archive: string,
  name: string,
  target: string,
  onBytes?: (bytes: number) => void,
): Promise<void> {
  const counted = new Transform({
    transform(piece, _encoding, done) {
      onBytes?.(piece.length);
      done(null, piece);
    },
  });
  let found = false;
  try {
    const zip = await yauzl.openPromise(archive);
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName !== name) continue;
      found = true;
      const written = createWriteStream(target);
      // Inflated here, in large pieces: yauzl's own are of 16 kB, and half as fast.
      const packed = await zip.openReadStreamPromise(entry, { decodeFileData: false });
      if (entry.compressionMethod === STORED) await pipeline(packed, counted, written);
      else await pipeline(packed, createInflateRaw({ chunkSize: 1 << 20 }), counted, written);
      if (written.bytesWritten !== entry.uncompressedSize) {
        throw new Error(`${name} has ${written.bytesWritten} bytes, not ${entry.uncompressedSize}`);
      }
      break;
    }
  } catch (error) {
    throw new Error(`${archive} is not a whole zip archive: ${(error as Error).message}`, {
      cause: error,
    });
  }
  if (!found) throw new Error(`${archive} has no member ${name}`);
}
