/**
 * Builds the explorer's page: its script in one file, for any browser, with nothing from outside.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeWhole } from "../../resources/mod.ts";
import { projectFolder } from "../folders.ts";

const here = (name: string) => fileURLToPath(new URL(`./${name}`, import.meta.url));

/** The explorer's page and its script, by file name. */
export type ExplorerFiles = Readonly<Record<"explorer.html" | "explorer.js", string>>;

/**
 * Makes the explorer's page and script. The page wants plotly.js where `plotly` says.
 *
 * @param plotly address of plotly.min.js, as seen from the page
 * @throws {RangeError} if the address is none of this site's
 * @throws {Error} with the bundler's message, if the script cannot be made
 */
export async function explorerFiles(
  { plotly = "./plotly.min.js" }: { readonly plotly?: string } = {},
): Promise<ExplorerFiles> {
  if (!/^[\w./-]+$/.test(plotly) || plotly.startsWith("//")) {
    throw new RangeError(
      `plotly is ${plotly}; it must be a file of the site, such as ./plotly.min.js`,
    );
  }
  const bundler = new Deno.Command(Deno.execPath(), {
    // No module: a browser loads none from a file that is opened from the disk.
    args: [
      ...["bundle", "--quiet", "--platform", "browser", "--format", "iife", "--minify"],
      here("explorer.ts"),
    ],
    cwd: projectFolder,
    env: { NO_COLOR: "1" },
    stdout: "piped",
    stderr: "piped",
  });
  const { success, stdout, stderr } = await bundler.output();
  if (!success) {
    throw new Error(`the explorer's script was not made:\n${new TextDecoder().decode(stderr)}`);
  }
  const page = await Deno.readTextFile(here("explorer.html"));
  return {
    "explorer.html": page.replace("PLOTLY", plotly),
    "explorer.js": new TextDecoder().decode(stdout),
  };
}

/** Writes what {@link explorerFiles} makes into a folder, each file whole or not at all. */
export async function buildExplorer(
  { output, plotly }: { readonly output: string; readonly plotly?: string },
): Promise<void> {
  for (const [name, text] of Object.entries(await explorerFiles({ plotly }))) {
    await writeWhole(join(output, name), text);
  }
}
