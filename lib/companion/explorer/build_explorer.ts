/**
 * Builds the explorer's page: its script in one file, for any browser, with nothing from outside.
 *
 * @module
 */
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { projectFolder, writeWhole } from "../folders.ts";

const here = (name: string) => fileURLToPath(new URL(`./${name}`, import.meta.url));

/**
 * Writes explorer.html and explorer.js into a folder. The page wants plotly.js where `plotly` says.
 *
 * @param plotly address of plotly.min.js, as seen from the page
 * @throws {RangeError} if the address is none of this site's
 * @throws {Error} with the bundler's message, if the script cannot be made
 */
export async function buildExplorer(
  { output, plotly = "./plotly.min.js" }: { readonly output: string; readonly plotly?: string },
): Promise<void> {
  if (!/^[\w./-]+$/.test(plotly) || plotly.startsWith("//")) {
    throw new RangeError(
      `plotly is ${plotly}; it must be a file of the site, such as ./plotly.min.js`,
    );
  }
  await mkdir(output, { recursive: true });
  const script = join(output, "explorer.js"), aside = `${script}.${Deno.pid}.partial.js`;
  const bundler = new Deno.Command(Deno.execPath(), {
    args: [
      ...["bundle", "--platform", "browser", "--minify", "--output", aside],
      here("explorer.ts"),
    ],
    cwd: projectFolder,
    env: { NO_COLOR: "1" },
    stdout: "null",
    stderr: "piped",
  });
  try {
    const { success, stderr } = await bundler.output();
    if (!success) {
      throw new Error(`the explorer's script was not made:\n${new TextDecoder().decode(stderr)}`);
    }
    await rename(aside, script);
  } finally {
    await rm(aside, { force: true });
  }
  const page = await Deno.readTextFile(here("explorer.html"));
  await writeWhole(join(output, "explorer.html"), page.replace("PLOTLY", plotly));
}
