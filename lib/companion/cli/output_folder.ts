import { realpathSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { notebooksFolder } from "../../notebook/folders.ts";
import { UsageError } from "./options.ts";

/**
 * Makes the folder that `--output` names.
 *
 * @throws {UsageError} if it cannot be made or written to, or holds the companion's own notebooks.
 */
export async function outputFolder(given: string): Promise<string> {
  const folder = resolve(given);
  try {
    await mkdir(folder, { recursive: true });
    const probe = `${folder}/.${Deno.pid}.partial`;
    await Deno.writeTextFile(probe, "");
    await Deno.remove(probe);
  } catch (error) {
    throw new UsageError(
      `--output ${given}: nothing can be written there: ${(error as Error).message}`,
    );
  }
  if (realpathSync(folder) === realpathSync(notebooksFolder)) {
    throw new UsageError(
      `--output ${given}: the notebooks themselves are there and would be written over; ` +
        "take another folder (companion --write puts executed notebooks back)",
    );
  }
  return folder;
}
