import { fileURLToPath } from "node:url";
import { pythonOfProject } from "./execute_notebook.ts";
import { pythonEnvironmentFolder, writeWhole } from "./folders.ts";
import { readNotebook, titleOf } from "./notebook.ts";

/**
 * Writes `<output>/<name>.html` for executed notebooks, through nbconvert: text and pictures in
 * the page itself, formulas by a MathJax file beside the pages, nothing from outside.
 *
 * @throws {Error} with nbconvert's message, if a page cannot be made.
 */
export async function makePages(
  { executed, names, output }: {
    /** The folder of the executed notebooks. */
    readonly executed: string;
    /** The notebooks, in the order of the pages; names without `.ipynb`. */
    readonly names: readonly string[];
    readonly output: string;
  },
): Promise<void> {
  if (names.length === 0) return;
  const pages = await Promise.all(names.map(async (name) => {
    const path = `${executed}/${name}.ipynb`;
    return { name, title: titleOf(await readNotebook(path), name), path };
  }));
  await Deno.mkdir(output, { recursive: true });
  const folder = fileURLToPath(new URL(".", import.meta.url));
  const python = new Deno.Command(await pythonOfProject(), {
    args: [fileURLToPath(new URL("./make_pages.py", import.meta.url)), folder, output],
    env: {
      JUPYTER_PATH: `${pythonEnvironmentFolder}/share/jupyter`,
      JUPYTER_PREFER_ENV_PATH: "1",
      PYTHONUTF8: "1",
    },
    stdin: "piped",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const stdin = python.stdin.getWriter();
  const written = stdin.write(new TextEncoder().encode(JSON.stringify(pages)))
    .then(() => stdin.close()).catch(() => {}); // its status tells why it stopped reading
  const { success, stderr } = await python.output();
  await written;
  if (!success) throw new Error(`the pages were not made:\n${new TextDecoder().decode(stderr)}`);
  await copyMathJax(`${output}/mathjax/tex-svg-full.js`);
}

// One file with every extension and no fonts, read only by a page that has formulas.
async function copyMathJax(path: string): Promise<void> {
  if (await Deno.stat(path).then(() => true, () => false)) return;
  const { default: source } = await import("mathjax/es5/tex-svg-full.js", {
    with: { type: "text" },
  });
  await writeWhole(path, source);
}
