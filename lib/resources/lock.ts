/**
 * One set-up at a time: a lock that the system itself releases when its holder ends, however it
 * ends, so that none is ever left behind.
 *
 * @module
 */
import { mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileError } from "./set_up_error.ts";

/**
 * Runs `work` while holding the lock on a file, made if it is missing; waits while another process
 * holds it, and tells `onWait` which one. `work` is told whether the lock is truly held: on a file
 * system without locks it runs unguarded.
 *
 * @param advice what to do where the file cannot be written; as for the cache, by default
 * @throws {SetUpError} if the file cannot be written.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { withLock } from "./lock.ts";
 * const path = await Deno.makeTempFile();
 * const sum = await withLock(path, () => Promise.resolve(1 + 1));
 * assert(sum === 2);
 * await Deno.remove(path);
 * ```
 */
export async function withLock<T>(
  path: string,
  work: (held: boolean) => Promise<T>,
  onWait?: (holder: string) => void,
  advice?: string,
): Promise<T> {
  const file = open(path, advice);
  try {
    const held = await hold(file, path, onWait);
    return await work(held);
  } finally {
    file.close();
  }
}

function open(path: string, advice?: string): Deno.FsFile {
  try {
    mkdirSync(dirname(path), { recursive: true });
    return Deno.openSync(path, { create: true, read: true, write: true });
  } catch (error) {
    throw fileError(error, dirname(path), advice);
  }
}

async function hold(
  file: Deno.FsFile,
  path: string,
  onWait?: (holder: string) => void,
): Promise<boolean> {
  try {
    if (!file.tryLockSync(true)) {
      onWait?.(holderOf(path));
      await file.lock(true);
    }
  } catch {
    return false; // some network file systems have no locks
  }
  try {
    file.truncateSync();
    file.writeSync(new TextEncoder().encode(`${Deno.pid}\n`));
  } catch {
    // The number only makes another's waiting message clearer; a full disk is told of later.
  }
  return true;
}

function holderOf(path: string): string {
  try {
    const pid = readFileSync(path, "utf8").trim();
    return pid ? `process ${pid}` : "another process";
  } catch {
    return "another process";
  }
}
