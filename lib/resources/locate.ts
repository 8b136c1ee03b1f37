/**
 * Where the fetched libraries and data lie on this machine, once set up.
 *
 * @module
 */
import { basename, join, resolve } from "node:path";
import process from "node:process";
import { cacheFolder } from "./cache_folder.ts";
import { sizeOf, wrongSizes } from "./files.ts";
import {
  cifar10Files,
  type FilePin,
  type LibraryName,
  ownPathVariable,
  type WheelPin,
  wheelPin,
} from "./pins.ts";
import { SetUpError } from "./set_up_error.ts";

/** The members of a wheel as they are kept: side by side, without the wheel's folders. */
export function keptMembers(pin: WheelPin): FilePin[] {
  return pin.members.map((member) => ({ ...member, path: basename(member.path) }));
}

/**
 * The absolute path of a native library's primary shared library: the user's own where
 * `SPEED_LIMITS_TENSORFLOW` or `SPEED_LIMITS_OPENBLAS` names one, otherwise the one in the cache.
 *
 * @throws {SetUpError} if it is not set up, or none is known for this platform.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { locate } from "./locate.ts";
 * assert(locate("openblas").includes("openblas"));
 * ```
 */
export function locate(library: LibraryName): string {
  const own = process.env[ownPathVariable[library]];
  if (own) {
    if (sizeOf(own) >= 0) return resolve(own);
    throw new SetUpError(`${ownPathVariable[library]} is ${own}; it must be a library's file`);
  }
  const pin = wheelPin(library);
  const folder = join(cacheFolder(), `${pin.package}-${pin.version}`);
  const [wrong] = wrongSizes(folder, keptMembers(pin));
  if (wrong) throw notSetUp(library, folder, wrong);
  return resolve(folder, basename(pin.members[0].path));
}

/**
 * The folder of CIFAR-10's original binary batches: the user's own where `SPEED_LIMITS_CIFAR10`
 * names one, otherwise the one in the cache.
 *
 * @throws {SetUpError} naming the first file that is missing or has another size.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { locateCifar10 } from "./locate.ts";
 * const bytes = Deno.statSync(`${locateCifar10()}/test_batch.bin`).size;
 * assert(bytes === 10000 * 3073);
 * ```
 */
export function locateCifar10(): string {
  const own = process.env[ownPathVariable.cifar10];
  const folder = own || join(cacheFolder(), "cifar-10-batches-bin");
  const [wrong] = wrongSizes(folder, cifar10Files);
  if (wrong) throw own ? wrongOwnCifar10(own, [wrong]) : notSetUp("CIFAR-10", folder, wrong);
  return resolve(folder);
}

/** The error for a user's own folder of CIFAR-10 that is not the original one. */
export function wrongOwnCifar10(folder: string, wrong: readonly string[]): SetUpError {
  return new SetUpError(
    `${ownPathVariable.cifar10} is ${folder}: ${wrong.join("; ")}. It must be a folder with the ` +
      `six files of CIFAR-10's binary version (${cifar10Files[0].path}, …); mend it, or unset ` +
      `${ownPathVariable.cifar10} to have the set-up fetch them`,
  );
}

function notSetUp(what: string, folder: string, wrong: string): SetUpError {
  return new SetUpError(`${what} is not set up: run \`deno task setup\` (${folder}: ${wrong})`);
}
