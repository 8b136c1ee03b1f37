/** A new folder for the tests of a file, gone when they are through. */
export function temporaryFolder(prefix?: string): string {
  const folder = Deno.makeTempDirSync({ prefix });
  globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
  return folder;
}
