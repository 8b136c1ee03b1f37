/**
 * The reference of the public functions and types, from their documentation in the code.
 *
 * @module
 */
import { readdir } from "node:fs/promises";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { writeWhole } from "../../resources/mod.ts";
import { withLock } from "../../resources/lock.ts";
import { buildFolder, projectFolder } from "../folders.ts";
import { libraryHash } from "../freshness.ts";
import { referencePage, sourcePage } from "./reference_page.ts";

/**
 * The folder of the reference, made anew where it is not of the very same code.
 *
 * @throws {Error} with the message of `deno doc`, if it cannot be made.
 */
export async function apiReference(folder: string = `${buildFolder}/api`): Promise<string> {
  const stamp = `${folder}/.made-from`;
  const hash = `deno ${Deno.version.deno}, library ${await libraryHash(() => true)}`;
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
    await finishPages(folder);
    await writeWhole(stamp, hash);
    return folder;
  });
}

/** Makes the pages the site's own, and adds the sources that they lead to. */
async function finishPages(folder: string): Promise<void> {
  const library = `${projectFolder}/lib`;
  const address = pathToFileURL(`${library}/`).href;
  const sources = new Set<string>();
  for (const path of await readdir(folder, { recursive: true })) {
    if (!path.endsWith(".html")) continue;
    const page = referencePage(await Deno.readTextFile(`${folder}/${path}`), path, address);
    page.sources.forEach((source) => sources.add(source));
    await Deno.writeTextFile(`${folder}/${path}`, page.html);
  }
  for (const source of sources) {
    const path = `${folder}/source/${source}.html`;
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeTextFile(
      path,
      sourcePage(source, await Deno.readTextFile(`${library}/${source}`)),
    );
  }
}
