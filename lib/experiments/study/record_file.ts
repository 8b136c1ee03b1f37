/**
 * Files of plain values with typed arrays, whole or not at all, and told apart from damaged ones.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { deserialize, serialize } from "node:v8";
import { writeWhole } from "../../resources/mod.ts";
import { DamagedFileError } from "./damaged_file.ts";

const MAGIC = "speed-limits record 1\n";
const HASH_BYTES = 32;

/**
 * Writes plain values (objects, maps, typed arrays) to a file: aside first, then renamed, so that
 * neither a kill nor a second process leaves half a file.
 *
 * @throws {Error} if it cannot be written, naming file and reason; what was there before stays.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readRecord, writeRecord } from "./record_file.ts";
 * const file = `${Deno.makeTempDirSync()}/record`;
 * await writeRecord(file, { weights: Float64Array.of(1, 2) });
 * assert.deepEqual(await readRecord(file), { weights: Float64Array.of(1, 2) });
 * ```
 */
export async function writeRecord(
  file: string,
  value: unknown,
  { write }: { readonly write?: (file: string, bytes: Buffer) => Promise<void> } = {},
): Promise<void> {
  // Serialized before the first await: the caller's arrays may change afterwards.
  const body = serialize(value);
  const hash = createHash("sha256").update(body).digest();
  const bytes = Buffer.concat([Buffer.from(MAGIC), hash, body]);
  await writeWhole(file, bytes, write && { write: (aside) => write(aside, bytes) });
}

/**
 * What {@link writeRecord} wrote, or `undefined` if the file is not there.
 *
 * @throws {Error} if the file is damaged or is no such file, saying what to do.
 */
export async function readRecord(file: string): Promise<unknown> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  const start = MAGIC.length + HASH_BYTES;
  const body = bytes.subarray(start);
  const whole = bytes.subarray(0, MAGIC.length).toString() === MAGIC &&
    createHash("sha256").update(body).digest().equals(bytes.subarray(MAGIC.length, start));
  if (!whole) {
    throw new DamagedFileError(
      `${file} is damaged: its checksum does not match; delete it to start again`,
    );
  }
  return deserialize(body);
}
