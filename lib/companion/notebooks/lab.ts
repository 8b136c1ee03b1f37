/**
 * JupyterLab on working copies of the notebooks, with the Deno kernel, on this machine alone.
 *
 * @module
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { EITHER, INK } from "../../figures/look.ts";
import { buildFolder } from "../../notebook/folders.ts";
import { pythonEnvironmentFolder, workingFolder } from "../folders.ts";
import { KERNEL_NAME } from "../python/kernel.ts";
import { pythonOf } from "../python/python_environment.ts";
import { describeCopies, updateCopies } from "./working_copies.ts";

/** Where the modules lie that JupyterLab is told to use: orderly_connection.py, saved_copy.py. */
const PYTHON_MODULES = fileURLToPath(new URL("../python", import.meta.url));

/**
 * The variables under which Jupyter writes below one folder only, and finds kernels only in the
 * project's environment.
 */
export function labEnvironment(folder: string): Record<string, string> {
  return {
    JUPYTER_CONFIG_DIR: join(folder, "config"),
    JUPYTER_DATA_DIR: join(folder, "data"),
    JUPYTER_RUNTIME_DIR: join(folder, "runtime"),
    JUPYTER_PATH: join(pythonEnvironmentFolder, "share", "jupyter"),
    JUPYTER_PREFER_ENV_PATH: "1",
    JUPYTERLAB_SETTINGS_DIR: join(folder, "settings"),
    JUPYTERLAB_WORKSPACES_DIR: join(folder, "workspaces"),
    IPYTHONDIR: join(folder, "ipython"),
    PYTHONPATH: PYTHON_MODULES,
    PYTHONUTF8: "1",
  };
}

/** Answers JupyterLab's question for news from outside with no, unless it was answered before. */
function declineNews(settings: string) {
  const file = join(
    settings,
    "@jupyterlab",
    "apputils-extension",
    "notification.jupyterlab-settings",
  );
  if (existsSync(file)) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ fetchNews: "false", checkForUpdates: false }));
}

/**
 * JupyterLab knows its theme, and a figure does not: its ink, which is to be read on any, takes the
 * colour of the page's text.
 */
function colorInk(config: string) {
  const file = join(config, "custom", "custom.css");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    `.jp-RenderedPlotly text[style*="${inkOfEither()}"] {
  fill: var(--jp-content-font-color1) !important;
}
`,
  );
}

/** As plotly writes it into a text's style. */
function inkOfEither(): string {
  const parts = EITHER[INK].match(/[0-9a-f]{2}/g)!.map((part) => parseInt(part, 16));
  return `fill: rgb(${parts.join(", ")})`;
}

/** JupyterLab's short names of what is set here. */
const SHORT: Readonly<Record<string, string>> = {
  "--ip": "--ServerApp.ip",
  "--notebook-dir": "--ServerApp.root_dir",
};

const namesOf = (args: readonly string[]) =>
  args.map((arg) => arg.split("=")[0]).map((name) => SHORT[name] ?? name);

const ROOT = "--ServerApp.root_dir";

/** Whether a folder of the reader's own is to be opened, as it is: no copies then. */
export function hasOwnFolder(args: readonly string[]): boolean {
  return namesOf(args).includes(ROOT);
}

/**
 * The project's settings of JupyterLab, without those that the reader gives, and then the reader's:
 * JupyterLab refuses a setting that is given twice.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { labArguments } from "./lab.ts";
 * const ip = labArguments(["--ip=0.0.0.0", "--no-browser"]).filter((arg) => /ip=/.test(arg));
 * assert(ip.join() === "--ip=0.0.0.0");
 * ```
 */
export function labArguments(args: readonly string[]): string[] {
  const given = namesOf(args);
  const onCopies = [
    `${ROOT}=${workingFolder}`,
    "--LabApp.default_url=/lab/tree/00_contents.ipynb",
    "--ContentsManager.pre_save_hook=saved_copy.without_pictures",
  ];
  const own = [
    ...(hasOwnFolder(args) ? [] : onCopies),
    "--ServerApp.ip=127.0.0.1",
    "--ServerApp.answer_yes=True", // Ctrl-C once is enough
    "--ServerApp.kernel_websocket_connection_class=orderly_connection.OrderlyConnection",
    // By default outputs beyond 1000 messages or 1 MB a second are thrown away.
    "--ZMQChannelsWebsocketConnection.iopub_msg_rate_limit=1e5",
    "--ZMQChannelsWebsocketConnection.iopub_data_rate_limit=1e9",
    `--KernelSpecManager.allowed_kernelspecs=${KERNEL_NAME}`,
    "--KernelSpecManager.ensure_native_kernel=False",
    `--MultiKernelManager.default_kernel_name=${KERNEL_NAME}`,
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.news_url=None",
    "--LabApp.custom_css=True",
    ...(process.getuid?.() === 0 ? ["--allow-root"] : []),
  ];
  return [...own.filter((arg) => !given.includes(arg.split("=")[0])), ...args];
}

/**
 * Opens JupyterLab on the working copies and stays until it ends, by Ctrl-C or its own menu; gives its
 * exit status. `args` go to JupyterLab, and override the project's own.
 *
 * @throws {SetUpError} if the copies cannot be written
 */
export async function runLab(args: readonly string[] = []): Promise<number> {
  if (!hasOwnFolder(args)) {
    describeCopies(await updateCopies()).forEach((line) => console.log(line));
  }
  const env = labEnvironment(join(buildFolder, "jupyter"));
  declineNews(env.JUPYTERLAB_SETTINGS_DIR);
  colorInk(env.JUPYTER_CONFIG_DIR);
  const lab = new Deno.Command(pythonOf(), {
    args: ["-m", "jupyterlab", ...labArguments(args)],
    env,
  }).spawn();
  // A terminal's Ctrl-C reaches JupyterLab by itself; a `kill` of this process is passed on.
  const stay = () => {};
  const pass = () => lab.kill("SIGTERM");
  Deno.addSignalListener("SIGINT", stay);
  Deno.addSignalListener("SIGTERM", pass);
  Deno.addSignalListener("SIGHUP", pass);
  try {
    const { code } = await lab.status;
    return code;
  } finally {
    Deno.removeSignalListener("SIGINT", stay);
    Deno.removeSignalListener("SIGTERM", pass);
    Deno.removeSignalListener("SIGHUP", pass);
  }
}
