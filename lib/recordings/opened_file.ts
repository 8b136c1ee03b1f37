/**
 * Files and folders that are read from, wherever they lie: in the file system or in a page.
 *
 * @module
 */
import { checkText, checkThat } from "../numerics/checks.ts";
import type { Bytes, NpyArray } from "./npy.ts";

/** A file that is handed over, as a `File` of a page, or any `Blob` with a name. */
export interface RecordedFile {
  readonly name: string;
  readonly size: number;
  slice(from: number, to: number): { arrayBuffer(): Promise<ArrayBuffer> };
  stream(): ReadableStream<Uint8Array<ArrayBuffer>>;
}

/** A file that is read from. */
export interface OpenedFile extends Bytes {
  readonly name: string;
  text(): ReadableStream<Uint8Array<ArrayBuffer>>;
  /** The wanted arrays of an .npz. */
  arrays(wanted: (name: string) => boolean): Promise<Readonly<Record<string, NpyArray>>>;
}

/** A folder whose files are read from. */
export interface OpenedFolder {
  readonly name: string;
  /** What is in it. */
  readonly members: readonly string[];
  /** A file in it. */
  file(member: string): Promise<OpenedFile>;
}

export const isFolder = (opened: OpenedFile | OpenedFolder): opened is OpenedFolder =>
  "members" in opened;

/** @throws {TypeError} if it is neither the name of a file nor one that is handed over */
export function checkFile<T extends string | RecordedFile>(
  name: string,
  value: T,
  what?: string,
): T {
  if (typeof value !== "object" || value === null) checkText(name, value as string, what);
  else checkThat(name, value, isFile(value), "a file, or its name");
  return value;
}

const isFile = ({ name, size, slice, stream }: Partial<RecordedFile>): boolean =>
  typeof name === "string" && typeof size === "number" && typeof slice === "function" &&
  typeof stream === "function";

/** What is read from a file that is handed over. */
export function handedOver(file: RecordedFile): OpenedFile {
  return {
    ...{ name: file.name, size: file.size, text: () => file.stream() },
    read: async (at, length) => new Uint8Array(await file.slice(at, at + length).arrayBuffer()),
    arrays: () =>
      Promise.reject(
        new TypeError(`${file.name} is an .npz, which is read by its name alone; give .npy or CSV`),
      ),
  };
}

/** The last part of a path, of whichever system. */
export const lastName = (path: string): string => /[^/\\]*$/.exec(path)![0] || path;
