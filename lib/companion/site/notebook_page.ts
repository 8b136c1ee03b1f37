/**
 * An executed notebook as the site shows it: plots in place of plotly's records, plumbing folded,
 * nothing in its outputs that a browser would run.
 *
 * @module
 */
import { altText } from "../../figures/alt_text.ts";
import type { Figure } from "../../figures/figure.ts";
import { type Cell, hasTag, joined, type Notebook, type Output } from "../notebook.ts";
import { type Picture, pictureHtml, plotHtml } from "./plot_html.ts";

/** A notebook made ready for the site, and the pictures that it shows. */
export interface NotebookPage {
  readonly notebook: Notebook;
  /** By file name, below the site's folder `pictures`. */
  readonly pictures: ReadonlyMap<string, Uint8Array>;
}

/** The tags by which a notebook says itself what is folded. */
const FOLDED = "hide-input";
const OPEN = "show-input";

/**
 * A notebook for the site.
 *
 * @param name the notebook's, for the names of its pictures
 * @param names of all notebooks: where a cell of a table is one of these, it becomes a link
 * @throws {Error} if a picture in its outputs is not a PNG.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { notebookPage } from "./notebook_page.ts";
 * const cell = { cell_type: "code", source: 'import { a } from "./a.ts";', metadata: {}, outputs: [] };
 * const made = { cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 };
 * assert(notebookPage("01_made", made).notebook.cells[0].metadata.tags?.[0] === "hide-input");
 * ```
 */
export function notebookPage(
  name: string,
  notebook: Notebook,
  names: readonly string[] = [],
): NotebookPage {
  const pictures = new Map<string, Uint8Array>();
  const keep = (png: string): Picture => {
    const file = `${name}-${pictures.size + 1}.png`;
    const bytes = Uint8Array.fromBase64(png);
    pictures.set(file, bytes);
    return { path: `pictures/${file}`, ...sizeOfPng(bytes, file) };
  };
  const cells = notebook.cells.map((cell) => {
    if (cell.cell_type !== "code") return cell;
    const outputs = (cell.outputs ?? []).map((output) => shown(output, keep, names));
    return folded({ ...cell, outputs });
  });
  return { notebook: { ...notebook, cells }, pictures };
}

/** The cell, folded if it is plumbing: imports, the drawing of a plot, the wording of a verdict. */
function folded(cell: Cell): Cell {
  if (hasTag(cell, FOLDED) || hasTag(cell, OPEN) || !isPlumbing(joined(cell.source))) return cell;
  return { ...cell, metadata: { ...cell.metadata, tags: [...cell.metadata.tags ?? [], FOLDED] } };
}

/**
 * Whether a cell's code is beside the point: it only imports, it words the conclusion, or most of its
 * lines draw a plot.
 */
export function isPlumbing(source: string): boolean {
  const withoutImports = source.replace(/^import\s[\s\S]*?from\s+["'][^"']+["'];?\s*$/gm, "");
  if (source.trim() !== "" && withoutImports.trim() === "") return true;
  if (/^await conclude\(/m.test(source)) return true;
  const lines = source.trimEnd().split("\n");
  const shows = lines.findIndex((line) => /^await show\(/.test(line));
  return shows >= 0 && lines.length - shows > lines.length / 2 && lines.length > 4;
}

function shown(
  output: Output,
  keep: (png: string) => Picture,
  names: readonly string[],
): Output {
  const data = output.data;
  if (!data) return output;
  const text = joined(data["text/plain"] as string | string[] | undefined);
  const png = joined(data["image/png"] as string | string[] | undefined).replace(/\s/g, "");
  const figure = data["application/vnd.plotly.v1+json"] as Figure | undefined;
  const html = (value: string) => ({ ...output, data: { "text/html": value } });
  if (figure && png) return html(plotHtml(figure, keep(png), altText(figure)));
  if (png) return html(pictureHtml(keep(png), text || "a picture"));
  const markdown = data["text/markdown"] as string | string[] | undefined;
  if (markdown !== undefined) {
    return { ...output, data: { "text/markdown": linked(harmless(joined(markdown)), names) } };
  }
  return { ...output, data: { "text/plain": text } }; // no HTML, no script of a notebook's own
}

/** Markdown without tags and directives; formulas and code keep their signs. */
export function harmless(markdown: string): string {
  return markdown
    .replace(/^(\s*(?:`{3,}|~{3,}|:{3,}))\s*\{/gm, "$1 \\{")
    .replace(
      /(\$\$[\s\S]*?\$\$|\$[^$\n]*\$|`[^`\n]*`)|<(?=[a-z/!?])/gi,
      (_, kept?: string) => kept ?? "&lt;",
    );
}

function linked(markdown: string, names: readonly string[]): string {
  return markdown.replace(
    /(?<=\| )(\w+)(?= \|)/g,
    (word) => names.includes(word) ? `[${word}](${word}.ipynb)` : word,
  );
}

function sizeOfPng(bytes: Uint8Array, name: string): { width: number; height: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 24 || view.getUint32(0) !== 0x89504e47) {
    throw new Error(`${name} is not a PNG`);
  }
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
