import { fileURLToPath } from "node:url";

const root = new URL("../../", import.meta.url);

/**
 * The project's root folder, without a slash at the end. A library that is read over HTTP has none:
 * the current folder stands for it.
 */
export const projectFolder: string = root.protocol === "file:"
  ? fileURLToPath(root).replace(/[\\/]+$/, "")
  : ".";

/** Where the companion's notebooks live. */
export const notebooksFolder = `${projectFolder}/notebooks`;

/** Where executed notebooks and what the tasks make are put; not tracked. */
export const buildFolder = `${projectFolder}/build`;
