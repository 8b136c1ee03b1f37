import { projectFolder } from "../notebook/folders.ts";

/** Where JupyterLab has its working copies of the notebooks; not tracked, and a reader's own. */
export const workingFolder = `${projectFolder}/lab`;

/** The project's own Python environment. */
export const pythonEnvironmentFolder = `${projectFolder}/.venv`;

/** The environment of the engine that runs sweeps. */
export const sweepEnvironmentFolder = `${projectFolder}/.venv-sweep`;
