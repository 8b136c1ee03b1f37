/**
 * An npm package's archive, fetched for what lies in it, without installing anything.
 *
 * @module
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { OnProgress } from "./files.ts";
import type { NpmPackagePin } from "./pins.ts";
import { firstTool, runTool } from "./run_tool.ts";
import { fetchError } from "./set_up_error.ts";

/**
 * Puts a package's archive into a folder: by npm itself, with its settings and proxy; where there is
 * none, Deno runs it.
 *
 * @throws {SetUpError} with npm's message, if it cannot be had.
 */
export async function npmPack(
  { package: name, version, archive }: NpmPackagePin,
  folder: string,
  onProgress?: OnProgress,
): Promise<void> {
  const npm = await firstTool([["npm"]]) ??
    [Deno.execPath(), "run", "--allow-all", "--no-config", "--no-lock", "npm:npm@11.6.2"];
  const cache = join(folder, "npm"); // of its own: what it downloads is watched there
  await mkdir(cache);
  const { success, said } = await runTool(npm, [
    "pack",
    `${name}@${version}`,
    ...["--pack-destination", folder],
    ...["--cache", cache],
    ...["--fetch-retries", "1"],
    "--ignore-scripts",
  ], {
    cwd: folder,
    watch: cache,
    onBytes: (bytes) => onProgress?.({ done: bytes, total: archive.bytes, note: "downloading" }),
  });
  if (!success) throw fetchError(`${name} ${version}`, "npm", said);
}
