/**
 * Where fetched libraries and data live: one folder that several clones share.
 *
 * @module
 */
import { homedir } from "node:os";
import { join } from "node:path";
import process from "node:process";

/**
 * The folder that holds fetched libraries and data. `SPEED_LIMITS_CACHE` moves it; otherwise it is
 * `speed-limits` in the user's cache folder (`XDG_CACHE_HOME`, `~/.cache`, or `~/Library/Caches`
 * on macOS).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { cacheFolder } from "./cache_folder.ts";
 * assert(cacheFolder().length > 0);
 * ```
 */
export function cacheFolder(): string {
  const moved = process.env.SPEED_LIMITS_CACHE;
  if (moved) return moved;
  const xdg = process.env.XDG_CACHE_HOME;
  if (xdg) return join(xdg, "speed-limits");
  return process.platform === "darwin"
    ? join(homedir(), "Library", "Caches", "speed-limits")
    : join(homedir(), ".cache", "speed-limits");
}
