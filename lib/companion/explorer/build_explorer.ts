/**
 * Builds the explorer as a page of the site: its script in one file, for any browser, with nothing
 * from outside.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { projectFolder } from "../../notebook/folders.ts";

const here = (name: string) => fileURLToPath(new URL(`./${name}`, import.meta.url));

const INTRODUCTION = `A model that is linear in its weights has a fixed kernel. Its eigenvalues
$\\lambda_k$ and the residue $\\Delta_k$ (target minus initial prediction, along eigenvector $k$)
decide all that the speed limit says of its gradient flow. This page sums it exactly, here in your
browser: nothing is sent anywhere.`;

/** The page as a site takes it. */
export interface ExplorerPage {
  readonly name: string;
  readonly title: string;
  readonly markdown: string;
  readonly html: string;
  /** Files beside the page. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * The explorer's page, which wants plotly.js where `plotly` says.
 *
 * @param plotly address of plotly.min.js, as seen from the page
 * @throws {RangeError} if the address is none of this site's
 * @throws {Error} with the bundler's message, if the script cannot be made
 */
export async function explorerPage(
  { plotly = "vendor/plotly.min.js" }: { readonly plotly?: string } = {},
): Promise<ExplorerPage> {
  if (!/^[\w./-]+$/.test(plotly) || plotly.startsWith("//")) {
    throw new RangeError(
      `plotly is ${plotly}; it must be a file of the site, such as ./plotly.min.js`,
    );
  }
  const html = await Deno.readTextFile(here("explorer.html"));
  return {
    name: "your_spectrum",
    title: "The speed limit of your own spectrum",
    markdown: INTRODUCTION,
    html: html.replace("PLOTLY", plotly),
    files: {
      "explorer.js": await bundled(),
      "explorer.css": await Deno.readTextFile(here("explorer.css")),
    },
  };
}

async function bundled(): Promise<string> {
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
  return new TextDecoder().decode(stdout);
}
