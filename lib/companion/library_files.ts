import { createHash } from "node:crypto";
import { projectFolder } from "../notebook/folders.ts";

/**
 * SHA-256 of the library's files: of what notebooks can import, which is all but what runs the
 * tasks, unless other paths are wanted.
 */
export async function libraryHash(
  wanted: (path: string) => boolean = (path) => !path.startsWith("companion/"),
): Promise<string> {
  const folder = `${projectFolder}/lib`;
  const hash = createHash("sha256");
  for (const path of (await sourceFiles(folder)).filter(wanted).sort()) {
    hash.update(path).update(await Deno.readFile(`${folder}/${path}`));
  }
  return hash.digest("hex");
}

/** The TypeScript files below a folder, as paths from it. */
export async function sourceFiles(folder: string, below = ""): Promise<string[]> {
  const files: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(`${folder}/${below}`)) {
    if (isDirectory) files.push(...await sourceFiles(folder, `${below}${name}/`));
    else if (name.endsWith(".ts")) files.push(`${below}${name}`);
  }
  return files;
}
