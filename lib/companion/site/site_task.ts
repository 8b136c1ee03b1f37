/**
 * The `site` task: builds the site from the committed notebooks, and serves it if asked to.
 *
 * @module
 */
import { stripVTControlCharacters } from "node:util";
import { progressBar } from "../../notebook/progress.ts";
import { buildSite, type Site, type SiteOptions } from "./build_site.ts";
import { PortError, serveFolder } from "./serve.ts";

/** Builds the site under a progress bar, and says what is amiss in it. */
export async function buildShown(options: SiteOptions = {}): Promise<Site> {
  const bar = progressBar("Site", { total: 100, unit: "%" });
  const site = await buildSite({
    ...options,
    onProgress: (share) => bar.update(Math.round(100 * share)),
  });
  await bar.finish(`${site.pages.length} pages`);
  for (const warning of site.warnings) console.error(stripVTControlCharacters(warning));
  return site;
}

/**
 * Builds and, with `serve`, stays until it is stopped.
 *
 * @returns the exit status: 1 if the port cannot be had
 * @throws {RangeError} if the port is none.
 */
export async function runSiteTask(
  { serve = false, port }: { readonly serve?: boolean; readonly port?: number } = {},
): Promise<number> {
  const { folder } = await buildShown();
  console.log(`Site: ${folder}/index.html`);
  if (!serve) return 0;
  try {
    const { url, close } = await serveFolder(folder, port);
    console.log(`Serving it at ${url} (Ctrl-C ends it)`);
    await new Promise<void>((stop) => {
      for (const name of ["SIGINT", "SIGTERM"] as const) {
        Deno.addSignalListener(name, () => stop());
      }
    });
    await close();
    return 0;
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    console.error(error.message);
    return 1;
  }
}
