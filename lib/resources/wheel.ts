/**
 * The native libraries, out of the wheels that carry them: pip fetches the wheel, with the user's
 * own index, proxy and cache; only the members that are needed are kept.
 *
 * @module
 */
import { writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import process from "node:process";
import { acquire, type AcquireOptions } from "./acquire.ts";
import { checkLibrary, checkOptions } from "./arguments.ts";
import { cacheFolder } from "./cache_folder.ts";
import { download, dropDownload } from "./download.ts";
import { type LibraryName, ownPathVariable, type WheelPin, wheelPin } from "./pins.ts";
import { keptMembers, locate } from "./locate.ts";
import { firstTool, runTool, type Tool } from "./run_tool.ts";
import { fetchError, SetUpError } from "./set_up_error.ts";

/** How a wheel is acquired. */
export interface WheelOptions extends Partial<AcquireOptions> {
  /** The pip to use, as a command; otherwise the one of `python3`, or one that uv runs. */
  readonly pip?: Tool;
}

/**
 * Sees to it that a native library is there, and gives its path: the user's own where
 * `SPEED_LIMITS_TENSORFLOW` or `SPEED_LIMITS_OPENBLAS` names one, otherwise the pinned one, fetched
 * into the cache if it is missing or damaged.
 *
 * @throws {SetUpError} if it cannot be had, with what to do.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { locate } from "./locate.ts";
 * import { acquireLibrary } from "./wheel.ts";
 * const path = await acquireLibrary("openblas");
 * assert(path === locate("openblas"));
 * ```
 */
export async function acquireLibrary(
  library: LibraryName,
  options: WheelOptions = {},
): Promise<string> {
  checkLibrary("library", library);
  checkOptions(options, ["cache", "onProgress", "verify", "pip"]);
  if (process.env[ownPathVariable[library]]) return locate(library);
  const pin = wheelPin(library);
  return join(await acquireWheel(pin, options), basename(pin.members[0].path));
}

/**
 * Sees to it that the members of a wheel are in the cache, and gives their folder.
 *
 * @throws {SetUpError} if they cannot be had, with what to do.
 */
export async function acquireWheel(pin: WheelPin, options: WheelOptions = {}): Promise<string> {
  const { cache = cacheFolder(), onProgress, pip } = options;
  const files = keptMembers(pin);
  const fill = async (folder: string, workFolder: string) => {
    const wheel = await download(
      cache,
      pin.wheel,
      workFolder,
      (into) => pipDownload(pin, into, { pip, onProgress }),
      onProgress,
    );
    const { extractMember } = await import("./zip.ts"); // no notebook's start waits for it
    const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    let done = 0;
    for (const { path } of pin.members) {
      await extractMember(wheel, path, join(folder, basename(path)), (bytes) => {
        onProgress?.({ done: done += bytes, total, note: "unpacking" });
      });
    }
  };
  const tidy = () => dropDownload(cache, pin.wheel);
  const name = `${pin.package}-${pin.version}`;
  return await acquire({ name, files, fill, tidy }, { ...options, cache });
}

async function pipDownload(
  pin: WheelPin,
  folder: string,
  { pip, onProgress }: WheelOptions,
): Promise<void> {
  const tool = pip ?? await firstTool([["python3", "-m", "pip"], ["uv", "tool", "run", "pip"]]);
  if (!tool) {
    throw new SetUpError(
      "neither pip nor uv runs here, and one of them is needed to fetch the libraries: install " +
        "Python 3 with pip (Debian, Ubuntu: apt install python3-pip) or uv, and run the set-up again",
    );
  }
  const what = `${pin.package} ${pin.version}`;
  const requirements = join(folder, "requirements.txt");
  const temporary = join(folder, "tmp"); // pip's temporary files are watched, and on the same disk
  await mkdir(temporary);
  writeFileSync(requirements, `${pin.package}==${pin.version} --hash=sha256:${pin.wheel.sha256}\n`);
  const { success, said } = await runTool(tool, [
    "download",
    "--no-deps",
    "--only-binary=:all:",
    "--require-hashes",
    ...["--requirement", requirements],
    ...["--dest", folder],
    ...["--implementation", "cp"],
    ...["--python-version", pin.python],
    ...["--abi", pin.abi],
    ...["--platform", pin.platform],
    ...["--retries", "2"],
    ...["--progress-bar", "off"],
    "--no-input",
    "--disable-pip-version-check",
  ], {
    env: { ...indexOfUv(), TMPDIR: temporary },
    watch: temporary,
    onBytes: (bytes) => onProgress?.({ done: bytes, total: pin.wheel.bytes, note: "downloading" }),
  });
  if (!success) throw fetchError(what, "pip", said);
}

// Who has set an index for uv alone means it for pip too.
function indexOfUv(): Record<string, string> {
  const { UV_DEFAULT_INDEX, UV_INDEX_URL, PIP_INDEX_URL } = process.env;
  const index = UV_DEFAULT_INDEX ?? UV_INDEX_URL;
  return index && !PIP_INDEX_URL ? { PIP_INDEX_URL: index } : {};
}
