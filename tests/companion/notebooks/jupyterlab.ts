/**
 * JupyterLab, by the project's own task, used through Chromium as a reader uses it.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import type { ElementHandle } from "puppeteer-core";
import { projectFolder } from "../../../lib/notebook/folders.ts";
import { type Notebook, readNotebook } from "../../../lib/notebook/notebook_file.ts";
import { type Page, watchedPage, withChromium } from "../chromium.ts";

/** A notebook open in JupyterLab. */
export interface OpenNotebook {
  readonly page: Page;
  /** Runs an entry of the menu "Run". */
  run(entry: RegExp): Promise<void>;
  /** Presses a button of the notebook's toolbar, by its command. */
  press(command: string): Promise<void>;
  /** Writes another source into a code cell, by its number from 0 among all cells. */
  edit(cell: number, source: string): Promise<void>;
  /** Waits until no cell runs or waits to be run. */
  idle(): Promise<void>;
  /** Saves the notebook and reads it from its file. */
  saved(): Promise<Notebook>;
  /** What went wrong in the page. */
  readonly errors: readonly string[];
  /** Requests to other machines. */
  readonly outside: readonly string[];
}

/** A JupyterLab that runs. */
export interface Lab {
  open(name: string): Promise<OpenNotebook>;
}

const MAIN = fileURLToPath(new URL("../../../lib/companion/cli/main.ts", import.meta.url));
const PATIENCE = 120_000; // on a busy machine

/**
 * Runs `work` with `deno task lab` on a folder of notebooks, and a Chromium; ends both. Notebooks are
 * saved as working copies are.
 */
export async function withLab<T>(folder: string, work: (lab: Lab) => Promise<T>): Promise<T> {
  const token = crypto.randomUUID();
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-P", "--no-check", MAIN, "lab", "--no-browser"],
      ...[`--ServerApp.root_dir=${folder}`, `--IdentityProvider.token=${token}`],
      "--ContentsManager.pre_save_hook=saved_copy.without_pictures",
    ],
    cwd: projectFolder,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const said: string[] = [];
  const server = Promise.withResolvers<string>();
  const read = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>) => {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      said.push(text);
      const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(said.join(""));
      if (found) server.resolve(found[0]);
    }
  };
  const reading = [read(child.stdout), read(child.stderr)];
  const early = child.status.then(({ code }) => {
    throw new Error(`JupyterLab ended with status ${code}:\n${said.join("")}`);
  });
  try {
    const url = await Promise.race([server.promise, early]);
    return await withChromium((browser) =>
      work({
        async open(name) {
          const watched = await watchedPage(browser, { width: 1280, height: 1000 });
          const { page } = watched;
          page.setDefaultTimeout(PATIENCE);
          await page.goto(
            `${url}lab/workspaces/${crypto.randomUUID()}/tree/${name}.ipynb?token=${token}`,
          );
          const open = controls(page, `${folder}/${name}.ipynb`);
          await open.idle();
          return { ...watched, ...open };
        },
      })
    );
  } finally {
    early.catch(() => {});
    try {
      child.kill("SIGTERM");
    } catch {
      // it has ended by itself
    }
    await Promise.all([child.status, ...reading]);
  }
}

function controls(page: Page, path: string) {
  const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const click = async (selector: string, text: RegExp) => {
    const wanted = await page.waitForFunction(
      (selector, source) =>
        [...document.querySelectorAll<HTMLElement>(selector)].find((element) =>
          new RegExp(source).test(element.textContent ?? "")
        ),
      {},
      selector,
      text.source,
    );
    await (wanted.asElement() as ElementHandle<Element>).click();
  };
  return {
    async run(entry: RegExp) {
      await click(".lm-MenuBar-itemLabel", /^Run$/);
      await click(".lm-Menu-itemLabel", entry);
    },
    async press(command: string) {
      await page.locator(`.jp-NotebookPanel-toolbar [data-command="${command}"]`).click();
    },
    async edit(cell: number, source: string) {
      await page.locator(`.jp-Notebook [data-windowed-list-index="${cell}"] .cm-content`).click();
      await page.keyboard.down("Control");
      await page.keyboard.press("a");
      await page.keyboard.up("Control");
      await page.keyboard.sendCharacter(source);
    },
    async idle() {
      const end = Date.now() + PATIENCE;
      // Between two cells, too, the kernel is idle for a moment.
      for (let since = Infinity; Date.now() - since < 500; await sleep(50)) {
        const idle = await page.evaluate(() =>
          /Deno \| Idle/.test(document.querySelector("#jp-main-statusbar")?.textContent ?? "") &&
          !/\[\*\]/.test(
            [...document.querySelectorAll(".jp-InputPrompt")].map((p) => p.textContent).join(),
          )
        );
        since = idle ? Math.min(since, Date.now()) : Infinity;
        if (Date.now() > end) throw new Error("the kernel is still busy");
      }
    },
    async saved() {
      const before = (await Deno.stat(path)).mtime?.getTime() ?? 0;
      await page.keyboard.down("Control");
      await page.keyboard.press("s");
      await page.keyboard.up("Control");
      for (const end = Date.now() + PATIENCE; Date.now() < end; await sleep(50)) {
        if ((await Deno.stat(path)).mtime!.getTime() <= before) continue;
        const notebook = await readNotebook(path).catch(() => undefined); // it is being written
        if (notebook) return notebook;
      }
      throw new Error(`JupyterLab did not save ${path}`);
    },
  };
}
