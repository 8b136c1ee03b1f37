/**
 * Where the fetched libraries and data lie on this machine, once set up.
 *
 * @module
 */
import { basename, dirname, join, resolve } from "node:path";
import process from "node:process";
import { checkLibrary, checkWords } from "./arguments.ts";
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
import { fileSha256, forgetVerified, isStamped, stamp, wrongContents } from "./verified.ts";

/** CIFAR-10's folder in the cache. */
export const CIFAR10 = "cifar-10-batches-bin";

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
  checkLibrary("library", library);
  const variable = ownPathVariable[library];
  const own = process.env[variable];
  if (own) {
    if (sizeOf(own) >= 0) return resolve(own);
    throw new SetUpError(
      `${variable} is ${own}; it must be a library's file: name one that is there, or unset ` +
        `${variable} to use what the set-up fetches`,
    );
  }
  const pin = wheelPin(library);
  const folder = join(cacheFolder(), `${pin.package}-${pin.version}`);
  const [wrong] = wrongSizes(folder, keptMembers(pin));
  if (wrong) throw notSetUp(library, folder, wrong);
  return resolve(folder, basename(pin.members[0].path));
}

/**
 * The path that {@linkcode locate} gives, after a check that it is the pinned one to the bit: a
 * damaged one would end the process, or compute something else.
 *
 * OpenBLAS (25 MB) is hashed once a process, in 0.04 s. TensorFlow (850 MB, 1 s) is taken by the
 * stamps (inode, size and times of each file) that the set-up writes when it has verified it, and
 * hashed only where these differ.
 *
 * @throws {SetUpError} if it is not set up or damaged; the next set-up mends it
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { locate, verifiedLibrary } from "./locate.ts";
 * assert.equal(verifiedLibrary("openblas"), locate("openblas"));
 * ```
 */
export function verifiedLibrary(library: LibraryName): string {
  const path = locate(library);
  if (process.env[ownPathVariable[library]]) return path; // there is nothing to check it by
  const pin = wheelPin(library);
  const [folder, files] = [dirname(path), keptMembers(pin)];
  if (library !== "tensorflow" || !isStamped(folder, files)) {
    const [wrong] = wrongContents(folder, files);
    if (wrong) throw damagedInCache(folder, wrong);
    if (!isStamped(folder, files)) stamp(folder, files);
  }
  return path;
}

/** The SHA-256 of one's own libraries, by their paths. */
const ownBuilds = new Map<string, string>();

/**
 * Which library it is that {@linkcode locate} finds: package and version of the pinned one, which
 * are known without it; of one's own its SHA-256, computed once a process (2 s for a TensorFlow).
 *
 * @throws {SetUpError} if one's own is not there, or none is known for this platform
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { buildOf } from "./locate.ts";
 * assert.match(buildOf("openblas"), /^scipy-openblas32 \d|^SHA-256 /);
 * ```
 */
export function buildOf(library: LibraryName): string {
  checkLibrary("library", library);
  if (!process.env[ownPathVariable[library]]) {
    const pin = wheelPin(library);
    return `${pin.package} ${pin.version}`;
  }
  const path = locate(library);
  const build = ownBuilds.get(path) ?? `SHA-256 ${fileSha256(path)}`;
  ownBuilds.set(path, build);
  return build;
}

/**
 * The error for a damaged file of the cache; the next set-up reads its folder again and mends it.
 */
export function damagedInCache(folder: string, wrong: string): SetUpError {
  forgetVerified(folder);
  return new SetUpError(`${join(folder, wrong)}; run \`deno task setup\`, which makes it again`);
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
  const folder = own || join(cacheFolder(), CIFAR10);
  const [wrong] = wrongSizes(folder, cifar10Files);
  if (wrong) throw own ? wrongOwnCifar10(own, [wrong]) : notSetUp("CIFAR-10", folder, wrong);
  return resolve(folder);
}

/**
 * The error for a damaged batch in a folder: where it comes from decides what is to be done.
 *
 * @param wrong what is wrong with it, beginning with its name
 */
export function damagedBatch(folder: string, wrong: string): SetUpError {
  checkWords("folder", folder);
  checkWords("wrong", wrong);
  const own = process.env[ownPathVariable.cifar10];
  if (own && resolve(own) === resolve(folder)) return wrongOwnCifar10(own, [wrong]);
  if (resolve(folder) === resolve(cacheFolder(), CIFAR10)) return damagedInCache(folder, wrong);
  return new SetUpError(
    `${join(folder, wrong)}; put the original batch of CIFAR-10's binary version there, or leave ` +
      "the folder out to use what the set-up fetches",
  );
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
  const call = what === "CIFAR-10" ? "acquireCifar10()" : `acquireLibrary("${what}")`;
  const remedy = setUpAdvice(call, import.meta.url);
  return new SetUpError(`${what} is not set up: run ${remedy} (${folder}: ${wrong})`);
}

/**
 * What sets something up: the task in a clone, the call where a project has installed the package,
 * which has no tasks.
 *
 * @param here the address of a module of the library
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { setUpAdvice } from "./locate.ts";
 * assert.equal(setUpAdvice("acquireCifar10()", import.meta.url), "`deno task setup`");
 * const installed = "file:///project/node_modules/@speed-limits/companion/lib/resources/locate.js";
 * assert.match(setUpAdvice("acquireCifar10()", installed), /^`await acquireCifar10\(\)` of "@speed/);
 * ```
 */
export function setUpAdvice(call: string, here: string): string {
  return here.includes("/node_modules/")
    ? `\`await ${call}\` of "@speed-limits/companion/resources" once`
    : "`deno task setup`";
}
