/**
 * Downloading one pinned file into the cache: it is there whole and verified, or not at all.
 *
 * @module
 */
import { mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { flushToDisk, type OnProgress, removeIfPossible, sha256, sizeOf } from "./files.ts";
import type { FilePin } from "./pins.ts";
import { fetchError, SetUpError } from "./set_up_error.ts";

/**
 * The path of the downloaded file, kept in the cache's folder `downloads` until what it is for is
 * in place, so that an interrupted set-up does not download it again.
 *
 * `fetch` puts it, under its name, into a new folder in the work folder.
 *
 * @throws {SetUpError} if the file that came is cut off or has another SHA-256; it is thrown away.
 */
export async function download(
  cache: string,
  pin: FilePin,
  workFolder: string,
  fetch: (folder: string) => Promise<void>,
  onProgress?: OnProgress,
): Promise<string> {
  const path = join(cache, "downloads", pin.path);
  if (sizeOf(path) === pin.bytes && await check(path) === pin.sha256) return path;
  rmSync(path, { force: true });
  const folder = join(workFolder, "download");
  try {
    mkdirSync(folder);
    await fetch(folder);
    const fetched = join(folder, pin.path);
    const size = sizeOf(fetched);
    if (size < 0) throw new Error(`nothing named ${pin.path} was downloaded`);
    if (size < pin.bytes) {
      throw new SetUpError(
        `the download of ${pin.path} was cut off: ${size} of ${pin.bytes} bytes came. ` +
          "Run the set-up again: what was fetched already is kept",
      );
    }
    if (await check(fetched) !== pin.sha256) throw fetchError(pin.path, "the tool", "EINTEGRITY");
    flushToDisk(fetched);
    mkdirSync(dirname(path), { recursive: true });
    renameSync(fetched, path);
    return path;
  } finally {
    removeIfPossible(folder);
  }

  function check(file: string): Promise<string> {
    let done = 0;
    return sha256(file, (bytes) => {
      onProgress?.({ done: done += bytes, total: pin.bytes, note: "checking" });
    });
  }
}

/** Removes a download, once what it is for is in place. */
export function dropDownload(cache: string, pin: FilePin): void {
  removeIfPossible(join(cache, "downloads", pin.path));
}
