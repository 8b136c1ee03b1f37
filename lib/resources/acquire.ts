/**
 * Making a folder of pinned files appear in the cache: whole, verified and only once, whatever
 * happens in between.
 *
 * @module
 */
import { mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import {
  flushToDisk,
  makePartial,
  type OnProgress,
  putInPlace,
  removeIfPossible,
  removePartials,
  wrongFiles,
  wrongSizes,
} from "./files.ts";
import { withLock } from "./lock.ts";
import type { FilePin } from "./pins.ts";
import { fileError, SetUpError } from "./set_up_error.ts";
import { isStamped, MANIFEST, stamp } from "./verified.ts";
import { writeWhole } from "./write_whole.ts";

/** A folder of files in the cache, and how it is filled. */
export interface Resource {
  /** The folder's name in the cache. */
  readonly name: string;
  readonly files: readonly FilePin[];
  /** Writes the files into an empty folder; another is for what it needs on the way. */
  readonly fill: (folder: string, workFolder: string) => Promise<void>;
  /** Removes what `fill` kept for a later try. */
  readonly tidy: () => void;
}

/** How something is acquired. */
export interface AcquireOptions {
  /** The cache folder. */
  readonly cache: string;
  readonly onProgress?: OnProgress;
  /** Reads and checks again what is there already. */
  readonly verify?: boolean;
}

/**
 * Sees to it that a resource is in the cache, and gives its folder.
 *
 * What is there, was verified once and not touched since is taken by its stamps. What else is there
 * is verified and, if whole, kept: what a run found damaged is not. Everything else is made in a
 * folder aside and put in place at once.
 *
 * @throws {SetUpError} if it cannot be made, with what to do.
 */
export async function acquire(resource: Resource, options: AcquireOptions): Promise<string> {
  const { name, files, fill, tidy } = resource;
  const { cache, onProgress, verify = false } = options;
  const folder = join(cache, name);
  if (!verify && isVerified(folder, files)) return folder;
  const work = async (held: boolean) => {
    if (held) removePartials(cache, name); // of tries that were killed: none other holds the lock
    if (!verify && isVerified(folder, files)) return folder;
    const whole = statSync(folder, { throwIfNoEntry: false }) &&
      (await wrongFiles(folder, files, onProgress)).length === 0;
    if (whole) {
      await writeWhole(join(folder, MANIFEST), manifest(files));
      stamp(folder, files);
    } else {
      const partial = makePartial(cache, name);
      try {
        const made = join(partial, "made");
        mkdirSync(made);
        await fill(made, partial);
        const wrong = await wrongFiles(made, files, onProgress);
        if (wrong.length > 0) {
          throw new SetUpError(
            `${name} was not made as pinned: ${wrong.join("; ")}. Nothing of it is kept`,
          );
        }
        for (const { path } of files) flushToDisk(join(made, path));
        await writeWhole(join(made, MANIFEST), manifest(files));
        stamp(made, files);
        putInPlace(made, folder);
      } finally {
        removeIfPossible(partial);
      }
    }
    tidy();
    return folder;
  };
  try {
    return await withLock(
      join(cache, `.${name}.lock`),
      work,
      (holder) => onProgress?.({ done: 0, note: `waiting for ${holder}, which is at it too` }),
    );
  } catch (error) {
    throw fileError(error, cache);
  }
}

/** Whether a folder has the pinned files, as its manifest and their stamps tell. */
function isVerified(folder: string, files: readonly FilePin[]): boolean {
  try {
    return readFileSync(join(folder, MANIFEST), "utf8") === manifest(files) &&
      wrongSizes(folder, files).length === 0 && isStamped(folder, files);
  } catch {
    return false;
  }
}

function manifest(files: readonly FilePin[]): string {
  return `${JSON.stringify({ verified: files }, null, 2)}\n`;
}
