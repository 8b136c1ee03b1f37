/**
 * JupyterLab on the notebooks, with the Deno kernel, on this machine alone.
 *
 * @module
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { buildFolder, notebooksFolder, pythonEnvironmentFolder } from "./folders.ts";
import { KERNEL_NAME } from "./kernel.ts";
import { pythonOf } from "./python_environment.ts";

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
 * Opens JupyterLab and stays until it ends, by Ctrl-C or its own menu; gives its exit status.
 * `args` go to JupyterLab after the project's own, and override them.
 */
export async function runLab(args: readonly string[] = []): Promise<number> {
  const env = labEnvironment(join(buildFolder, "jupyter"));
  declineNews(env.JUPYTERLAB_SETTINGS_DIR);
  const lab = new Deno.Command(pythonOf(), {
    args: [
      ...["-m", "jupyterlab"],
      `--ServerApp.root_dir=${notebooksFolder}`,
      "--ServerApp.ip=127.0.0.1",
      "--ServerApp.answer_yes=True", // Ctrl-C once is enough
      `--KernelSpecManager.allowed_kernelspecs=${KERNEL_NAME}`,
      "--KernelSpecManager.ensure_native_kernel=False",
      `--MultiKernelManager.default_kernel_name=${KERNEL_NAME}`,
      "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
      "--LabApp.news_url=None",
      ...(process.getuid?.() === 0 ? ["--allow-root"] : []),
      ...args,
    ],
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
