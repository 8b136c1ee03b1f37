/**
 * What stands for `files.ts` in a browser, by the package's `browser` field: there are no files by name.
 *
 * @module
 */

/** @throws {TypeError} always */
export function named(path: string): Promise<never> {
  return Promise.reject(
    new TypeError(`${path}: a page reads no file by its name; hand over a File`),
  );
}
