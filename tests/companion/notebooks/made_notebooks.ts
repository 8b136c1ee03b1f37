import { CONCLUSION_TYPE } from "../../../lib/notebook/concluded.ts";
import { buildFolder } from "../../../lib/notebook/folders.ts";
import { type Cell, type Notebook, writeNotebook } from "../../../lib/notebook/notebook_file.ts";

/** A code cell, with tags. */
export function code(source: string, ...tags: string[]): Cell {
  const metadata = tags.length > 0 ? { tags } : {};
  return { cell_type: "code", source, metadata, outputs: [], execution_count: null };
}

export function markdown(source: string): Cell {
  return { cell_type: "markdown", source, metadata: {} };
}

export function notebookOf(...cells: Cell[]): Notebook {
  return { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 };
}

/** A cell's code that shows any value as the notebook's conclusion. */
export function conclusionCell(conclusion: string): Cell {
  return code(`await Deno.jupyter.broadcast("display_data", {
  data: { ${JSON.stringify(CONCLUSION_TYPE)}: ${conclusion}, "text/plain": "concluded" },
  metadata: {},
  transient: {},
});
await new Promise((resolve) => setTimeout(resolve, 15));`);
}

/** A folder inside the project, where the kernel finds the deno.json; removed in the end. */
export async function inProject<T>(work: (folder: string) => Promise<T>): Promise<T> {
  await Deno.mkdir(`${buildFolder}/tmp`, { recursive: true });
  const folder = await Deno.makeTempDir({ dir: `${buildFolder}/tmp` });
  try {
    return await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Writes notebooks into `<folder>/notebooks` and gives that folder. */
export async function writeNotebooks(
  folder: string,
  notebooks: Readonly<Record<string, Notebook>>,
): Promise<string> {
  for (const [name, notebook] of Object.entries(notebooks)) {
    await writeNotebook(`${folder}/notebooks/${name}.ipynb`, notebook);
  }
  return `${folder}/notebooks`;
}
