/**
 * The reference of the public functions and types, from their documentation in the code.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { withLock } from "../../resources/lock.ts";
import { buildFolder, projectFolder, writeWhole } from "../folders.ts";
import { sourceFiles } from "../freshness.ts";

/**
 * The folder of the reference, made anew where it is not of the very same code.
 *
 * @throws {Error} with the message of `deno doc`, if it cannot be made.
 */
export async function apiReference(folder: string = `${buildFolder}/api`): Promise<string> {
  const stamp = `${folder}/.made-from`;
  const hash = await hashOfLibrary();
  return await withLock(`${folder}.lock`, async () => {
    if (await Deno.readTextFile(stamp).catch(() => "") === hash) return folder;
    await Deno.remove(folder, { recursive: true }).catch(() => {});
    const name = "Speed Limits for Deep Learning";
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["doc", "--html", `--name=${name}`, `--output=${folder}`, "lib/mod.ts"],
      cwd: projectFolder,
      env: { NO_COLOR: "1" },
      stdout: "null",
    }).output();
    if (!success) {
      throw new Error(`the reference was not made:\n${new TextDecoder().decode(stderr)}`);
    }
    for (const path of await readdir(folder, { recursive: true })) {
      if (!path.endsWith(".html")) continue;
      const file = `${folder}/${path}`;
      await Deno.writeTextFile(file, withWayBack(await Deno.readTextFile(file), path));
    }
    await writeWhole(stamp, hash);
    return folder;
  });
}

/**
 * A page of the reference with a link to the site's first page before its own.
 *
 * @param path of the page in the reference's folder, which lies in the site's
 */
export function withWayBack(html: string, path: string): string {
  const up = "../".repeat(path.split(/[/\\]/).length);
  const link = `<a href="${up}index.html" class="contextLink" style="margin-right: 1rem">` +
    "← Notebooks</a>";
  return html.replace('<ul class="breadcrumbs">', `${link}$&`);
}

/** A hash over the library's files and Deno's version. */
async function hashOfLibrary(): Promise<string> {
  const hash = createHash("sha256").update(Deno.version.deno);
  const folder = `${projectFolder}/lib`;
  for (const path of (await sourceFiles(folder)).sort()) {
    hash.update(path).update(await Deno.readFile(`${folder}/${path}`));
  }
  return hash.digest("hex");
}
