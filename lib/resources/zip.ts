/**
 * Members of a zip archive (a wheel is one), taken out one by one without holding them in memory.
 *
 * @module
 */
import { createReadStream, createWriteStream, fstatSync, readSync } from "node:fs";
import { closeSync, openSync } from "node:fs";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createInflateRaw } from "node:zlib";

/** A member as the archive's directory tells of it; sizes in bytes. */
interface Member {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly bytes: number;
  /** Where its local header begins. */
  readonly at: number;
}

const END = 0x06054b50;
const END_BYTES = 22;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;

/**
 * Writes one member of a zip archive to a file; `onBytes` is told of each piece's size.
 *
 * Archives of 4 GB and more, and members packed otherwise than by deflate, are not read.
 *
 * @throws {Error} naming the archive, if it is not a whole zip archive or lacks the member.
 */
export async function extractMember(
  archive: string,
  name: string,
  target: string,
  onBytes?: (bytes: number) => void,
): Promise<void> {
  const member = memberOf(archive, name);
  const written = createWriteStream(target);
  const counted = new Transform({
    transform(piece, _encoding, done) {
      onBytes?.(piece.length);
      done(null, piece);
    },
  });
  if (member.bytes === 0) return await pipeline([], written);
  const start = member.at;
  const packed = createReadStream(archive, {
    start,
    end: start + member.packed - 1,
    highWaterMark: 1 << 20,
  });
  if (member.method === STORED) await pipeline(packed, counted, written);
  else await pipeline(packed, createInflateRaw({ chunkSize: 1 << 20 }), counted, written);
  if (written.bytesWritten !== member.bytes) {
    throw new Error(`${archive}: ${name} has ${written.bytesWritten} bytes, not ${member.bytes}`);
  }
}

function memberOf(archive: string, name: string): Member {
  const file = openSync(archive, "r");
  try {
    const member = directory(file, archive).find((member) => member.name === name);
    if (!member) throw new Error(`${archive} has no member ${name}`);
    if (member.method !== STORED && member.method !== DEFLATED) {
      throw new Error(`${archive}: ${name} is packed by method ${member.method}, not by deflate`);
    }
    const local = read(file, member.at, LOCAL_BYTES);
    if (local.getUint32(0, true) !== LOCAL) throw new Error(`${archive} is damaged at ${name}`);
    const skip = LOCAL_BYTES + local.getUint16(26, true) + local.getUint16(28, true);
    return { ...member, at: member.at + skip };
  } finally {
    closeSync(file);
  }
}

function directory(file: number, archive: string): Member[] {
  const whole = fstatSync(file).size;
  // A comment of up to 65535 bytes may follow the end record.
  const tail = read(file, Math.max(0, whole - END_BYTES - 0xffff), END_BYTES + 0xffff);
  let end = tail.byteLength - END_BYTES;
  while (end >= 0 && tail.getUint32(end, true) !== END) end--;
  if (end < 0) throw new Error(`${archive} is not a whole zip archive`);
  const entries = read(file, tail.getUint32(end + 16, true), tail.getUint32(end + 12, true));
  const members: Member[] = [];
  const decoder = new TextDecoder();
  for (let at = 0; at + ENTRY_BYTES <= entries.byteLength;) {
    if (entries.getUint32(at, true) !== ENTRY) throw new Error(`${archive} is damaged`);
    const nameBytes = entries.getUint16(at + 28, true);
    const skip = nameBytes + entries.getUint16(at + 30, true) + entries.getUint16(at + 32, true);
    members.push({
      name: decoder.decode(new Uint8Array(entries.buffer, at + ENTRY_BYTES, nameBytes)),
      method: entries.getUint16(at + 10, true),
      packed: entries.getUint32(at + 20, true),
      bytes: entries.getUint32(at + 24, true),
      at: entries.getUint32(at + 42, true),
    });
    at += ENTRY_BYTES + skip;
  }
  return members;
}

function read(file: number, position: number, length: number): DataView {
  const buffer = new Uint8Array(length);
  let got = 0;
  while (got < length) {
    const more = readSync(file, buffer, got, length - got, position + got);
    if (more === 0) break;
    got += more;
  }
  return new DataView(buffer.buffer, 0, got);
}
