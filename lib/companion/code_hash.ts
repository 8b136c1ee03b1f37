import { createHash } from "node:crypto";
import { codeCells, hasTag, INJECTED, type Notebook } from "../notebook/notebook_file.ts";

/** SHA-256 of a notebook's code cells, without those that a run put in to set parameters. */
export function codeHash(notebook: Notebook): string {
  const hash = createHash("sha256");
  for (const { cell, source } of codeCells(notebook)) {
    if (!hasTag(cell, INJECTED)) hash.update(source.trim()).update("\0");
  }
  return hash.digest("hex");
}

/** Whether two notebooks run the same code, but for parameters that were set. */
export function sameCode(a: Notebook, b: Notebook): boolean {
  return codeHash(a) === codeHash(b);
}
