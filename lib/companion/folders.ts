import { fileURLToPath } from "node:url";

/** The project's root folder, without a slash at the end. */
export const projectFolder: string = fileURLToPath(new URL("../../", import.meta.url))
  .replace(/[\\/]+$/, "");

/** Where the companion's notebooks live. */
export const notebooksFolder = `${projectFolder}/notebooks`;

/** Where JupyterLab has its working copies of them; not tracked, and a reader's own. */
export const workingFolder = `${projectFolder}/lab`;

/** Where the tasks write; not tracked. */
export const buildFolder = `${projectFolder}/build`;

/** The project's own Python environment. */
export const pythonEnvironmentFolder = `${projectFolder}/.venv`;
