/**
 * Members of a gzipped tar archive (an npm package is one), one after another, by modern-tar.
 *
 * @module
 */
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { createTarDecoder } from "modern-tar";

/** A file in an archive. */
export interface ArchivedFile {
  readonly name: string;
  readonly data: Uint8Array;
}

/**
 * The plain files of a gzipped tar archive whose names `wanted` accepts, in the archive's order,
 * each held in memory while it is looked at.
 *
 * @throws {Error} naming the archive, if it is none or ends before its end.
 */
export async function* filesOfTar(
  archive: string,
  wanted: (name: string) => boolean,
): AsyncGenerator<ArchivedFile> {
  const packed = createReadStream(archive, { highWaterMark: 1 << 20 });
  const gunzip = createGunzip({ chunkSize: 1 << 20 });
  packed.on("error", (error) => gunzip.destroy(error));
  const tar = Readable.toWeb(packed.pipe(gunzip)) as ReadableStream<Uint8Array<ArrayBuffer>>;
  try {
    for await (const { header, body } of tar.pipeThrough(createTarDecoder({ strict: true }))) {
      if (header.type === "file" && wanted(header.name)) {
        yield { name: header.name, data: await new Response(body).bytes() };
      } else {
        await body.pipeTo(new WritableStream()); // of a body that is cancelled the decoder waits for ever
      }
    }
  } catch (error) {
    throw new Error(`${archive} is not a whole tar archive: ${(error as Error).message}`, {
      cause: error,
    });
  } finally {
    packed.destroy();
    gunzip.destroy();
  }
}
