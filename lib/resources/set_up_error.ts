/**
 * Errors of fetching that a user can mend: one message that says what happened and what to do.
 *
 * @module
 */

/** An error whose message says all that its reader needs; its stack trace says nothing more. */
export class SetUpError extends Error {
  override readonly name = "SetUpError";
}

/**
 * The error to show for a file or folder that could not be read or written: full disk, missing
 * rights and the like become a {@linkcode SetUpError} with `advice`; others are given back as they
 * are.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fileError } from "./set_up_error.ts";
 * const full = Object.assign(new Error("write failed"), { code: "ENOSPC" });
 * assert.match((fileError(full, "/cache") as Error).message, /disk .* is full/);
 * ```
 */
export function fileError(error: unknown, path: string, advice = MOVE): unknown {
  if (error instanceof SetUpError) return error;
  const code = (error as { code?: string } | undefined)?.code ?? "";
  const why = {
    ENOSPC: "the disk it lies on is full",
    EDQUOT: "your share of the disk is used up",
    EACCES: "you may not write there",
    EPERM: "you may not write there",
    EROFS: "it can only be read",
    ENOTDIR: "part of that path is a file, not a folder",
    EEXIST: "a file lies where a folder is needed",
    ENOENT: "it cannot be made",
    EIO: "the disk does not work",
  }[code];
  if (!why) return error;
  return new SetUpError(
    code === "ENOSPC" || code === "EDQUOT"
      ? `${path} cannot be written: ${why}. ${ROOM}`
      : `${path} cannot be written: ${why}. ${advice}`,
    { cause: error },
  );
}

/**
 * The error to show for a package that a tool (pip, npm) could not fetch, by what the tool said.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fetchError } from "./set_up_error.ts";
 * const error = fetchError("a-package 1.0", "pip", "OSError: [Errno 28] No space left on device");
 * assert.match(error.message, /disk is full/);
 * ```
 */
export function fetchError(what: string, tool: string, said: string): SetUpError {
  const kind = kinds.find(([pattern]) => pattern.test(said));
  const message = kind?.[1](what, tool) ??
    `${tool} could not fetch ${what}. It said:\n${lastLines(said)}`;
  return new SetUpError(message);
}

const MOVE = "Set SPEED_LIMITS_CACHE to a folder that you can write to, and run the set-up again";
const ROOM = "Free about 1.5 GB, or set SPEED_LIMITS_CACHE to a folder with more room, " +
  "and run the set-up again: what was fetched already is kept";

type Kind = readonly [RegExp, (what: string, tool: string) => string];

// In this order: a tool that retries tells of the network first and of a missing package last.
const kinds: readonly Kind[] = [
  [
    /No space left on device|ENOSPC|os error 28|Disk quota exceeded|EDQUOT/i,
    (what) => `${what} could not be fetched: the disk is full. ${ROOM}`,
  ],
  [
    /DO NOT MATCH THE HASHES|EINTEGRITY|hash mismatch|checksum failed/i,
    (what, tool) =>
      `${what} arrived with a wrong checksum and was thrown away. Run the set-up again; ` +
      `if it stays so, the index or proxy that ${tool} uses serves something else than was pinned`,
  ],
  [
    /IncompleteRead|incomplete-download|Incomplete download|not enough bytes|ended prematurely|unexpected end of file|Z_BUF_ERROR|TAR_BAD_ARCHIVE|zlib: /i,
    (what) =>
      `the download of ${what} was cut off. Run the set-up again: what was fetched already is kept`,
  ],
  [
    /NewConnectionError|ConnectionError|Failed to establish|Name or service not known|name resolution|nodename nor servname|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|Network is unreachable|Connection refused|timed out|ConnectTimeout|ProxyError|SSLError|CERTIFICATE|error sending request|dns error|failed to lookup|tcp connect error/i,
    (what, tool) =>
      `${what} could not be fetched: the package index cannot be reached. Check the network ` +
      `(and the proxy or index set for ${tool}) and run the set-up again`,
  ],
  [
    /No matching distribution|E404|ETARGET|was not found in the package registry|No solution found/i,
    (what, tool) =>
      `the package index that ${tool} uses does not have ${what}. Point ${tool} to an index that does ` +
      "(PyPI for pip, npmjs for npm) and run the set-up again",
  ],
];

function lastLines(text: string): string {
  return text.trim().split("\n").slice(-8).map((line) => `  ${line}`).join("\n");
}
