/**
 * What stands for `files.ts` in a browser, by the package's `browser` field: there are no files by name.
 *
 * @module
 */

/** @throws {TypeError} always */
export function namedFile(path: string): Promise<never> {
  return Promise.reject(
    new TypeError(`${path}: a page reads no file by its name; hand over a File`),
  );
}

export { namedFile as isThere, namedFile as namedSnapshots };
