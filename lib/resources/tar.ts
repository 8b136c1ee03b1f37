/**
 * Members of a gzipped tar archive (an npm package is one), one after another.
 *
 * @module
 */
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";

/** A file in an archive. */
export interface ArchivedFile {
  readonly name: string;
  readonly data: Uint8Array;
}

const BLOCK = 512;

/**
 * The plain files of a gzipped tar archive whose names `wanted` accepts, in the archive's order,
 * each held in memory while it is looked at.
 *
 * Names longer than 100 bytes are not read.
 *
 * @throws {Error} if the archive ends in the middle of a file.
 */
export async function* filesOfTar(
  archive: string,
  wanted: (name: string) => boolean,
): AsyncGenerator<ArchivedFile> {
  const packed = createReadStream(archive, { highWaterMark: 1 << 20 });
  const pieces = packed.pipe(createGunzip({ chunkSize: 1 << 20 }));
  const next = exactly(pieces);
  try {
    while (true) {
      const header = await next(BLOCK);
      if (!header || header.every((byte) => byte === 0)) return;
      const name = text(header.subarray(0, 100));
      const size = parseInt(text(header.subarray(124, 136)), 8);
      const plain = header[156] === 0x30 || header[156] === 0;
      if (!(size >= 0)) throw new Error(`${archive} is not a tar archive`);
      const data = await next(Math.ceil(size / BLOCK) * BLOCK);
      if (!data) throw new Error(`${archive} ends in the middle of ${name}`);
      if (plain && wanted(name)) yield { name, data: data.subarray(0, size) };
    }
  } finally {
    packed.destroy();
    pieces.destroy();
  }
}

// A function that gives the next so many bytes of a stream, or undefined past its end.
function exactly(
  pieces: AsyncIterable<Uint8Array>,
): (bytes: number) => Promise<Uint8Array | undefined> {
  const iterator = pieces[Symbol.asyncIterator]();
  let rest = new Uint8Array(0);
  return async (bytes) => {
    const out = new Uint8Array(bytes);
    let filled = 0;
    while (filled < bytes) {
      if (rest.length === 0) {
        const next = await iterator.next();
        if (next.done) return undefined;
        rest = new Uint8Array(next.value);
      }
      const take = Math.min(rest.length, bytes - filled);
      out.set(rest.subarray(0, take), filled);
      rest = rest.subarray(take);
      filled += take;
    }
    return out;
  };
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes).replace(/\0[\s\S]*$/, "").trim();
}
