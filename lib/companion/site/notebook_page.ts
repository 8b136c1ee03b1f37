/**
 * An executed notebook as the site shows it: plots in place of plotly's records, plumbing folded,
 * nothing in it that a browser would run or that jupyter-book would take orders from.
 *
 * @module
 */
import { altText } from "../../figures/alt_text.ts";
import type { Figure } from "../../figures/figure.ts";
import { CELL_ID } from "../../notebook/concluded.ts";
import {
  type Cell,
  hasTag,
  joined,
  normalize,
  type Notebook,
  onlyImports,
  type Output,
} from "../../notebook/notebook_file.ts";
import { captionOf, captionOfWords, figureNumber, withCaption } from "./figure_caption.ts";
import { markdownHtml } from "./markdown_html.ts";
import { withCards } from "./claim_cards_html.ts";
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
  let codeCells = 0;
  const keep: Keep = (png) => {
    const file = `${name}-${pictures.size + 1}.png`;
    const bytes = Uint8Array.fromBase64(png);
    pictures.set(file, bytes);
    const picture = { path: `pictures/${file}`, ...sizeOfPng(bytes, file) };
    const number = figureNumber(name, pictures.size);
    const code = codeCells;
    return {
      picture,
      captioned: (html, caption) =>
        withCaption(html, { ...number, caption, code, picture: picture.path }),
    };
  };
  const cells = notebook.cells.flatMap((cell, i): Cell[] => {
    const id = `cell-${i + 1}`; // and nothing else of its own: jupyter-book takes orders from there
    const metadata = { tags: cell.metadata.tags?.filter((tag) => [FOLDED, OPEN].includes(tag)) };
    const kept = { id, cell_type: cell.cell_type, source: joined(cell.source), metadata };
    if (cell.cell_type === "markdown") return [{ ...kept, source: prose(kept.source) }];
    if (cell.cell_type !== "code") return []; // a raw cell, which is for other programs
    codeCells++;
    const outputs = (cell.outputs ?? []).map((output) => shown(output, keep, names));
    return [folded({ ...kept, outputs: anchored(outputs, cell.id), execution_count: null })];
  });
  const { metadata } = normalize({ ...notebook, metadata: {}, cells: [] });
  return { notebook: { ...notebook, metadata: { ...metadata, ...PLAIN }, cells }, pictures };
}

/** For the parser of a notebook's prose: tags are text, and there are no roles. */
const PLAIN = { myst: { disable_syntax: ["html_inline", "html_block", "myst_role"] } };

/** Prose whose directives are code blocks: they take files of this machine into the page. */
function prose(markdown: string): string {
  return markdown.replace(/(`{3,}|~{3,}|:{3,})([^\S\n]*)\{/g, "$1$2");
}

/** The cell, folded if it is plumbing: imports, the drawing of a plot, the wording of a verdict. */
function folded(cell: Cell): Cell {
  if (hasTag(cell, FOLDED) || hasTag(cell, OPEN) || !isPlumbing(joined(cell.source))) return cell;
  return { ...cell, metadata: { ...cell.metadata, tags: [...cell.metadata.tags ?? [], FOLDED] } };
}

/**
 * Whether a cell's code is beside the point: it only imports or checks parameters, it words the
 * conclusion, or most of its lines draw a plot.
 */
export function isPlumbing(source: string): boolean {
  // Beside imports, a check of the parameters is plumbing too.
  const rest = source.replace(/^await checkParameters\([^;]*\);?\s*$/gm, "");
  if (onlyImports(rest) || (rest.trim() === "" && source.trim() !== "")) return true;
  if (/^await conclude\(/m.test(source)) return true;
  const lines = source.trimEnd().split("\n");
  const shows = lines.findIndex((line) => /^await show\(/.test(line));
  return shows >= 0 && lines.length - shows > lines.length / 2 && lines.length > 4;
}

/** Keeps a picture for the page, and gives a figure its number and caption there. */
type Keep = (png: string) => {
  readonly picture: Picture;
  readonly captioned: (html: string, caption: string) => string;
};

function shown(
  output: Output,
  keep: Keep,
  names: readonly string[],
): Output {
  if (output.output_type === "stream") {
    const name = output.name === "stderr" ? "stderr" : "stdout";
    return { output_type: "stream", name, text: joined(output.text) };
  }
  if (output.output_type === "error") {
    const { ename = "", evalue = "", traceback = [] } = output;
    return { output_type: "error", ename, evalue, traceback };
  }
  const { data = {} } = output;
  const as = (type: string, value: string): Output => ({
    ...{ output_type: "display_data", data: { [type]: value }, metadata: {} },
  });
  const given = (type: string) => joined(data[type] as string | string[] | undefined);
  const text = given("text/plain");
  const png = given("image/png").replace(/\s/g, "");
  const figure = data["application/vnd.plotly.v1+json"] as Figure | undefined;
  if (png) {
    const { picture, captioned } = keep(png);
    const [html, caption] = figure
      ? [plotHtml(figure, picture, altText(figure)), captionOf(figure)]
      : [pictureHtml(picture, text || "a picture"), captionOfWords(text || "a picture")];
    return as("text/html", captioned(html, caption));
  }
  if (data["text/markdown"] !== undefined) {
    return as("text/html", linked(withCards(markdownHtml(given("text/markdown"))), names));
  }
  return as("text/plain", text); // no HTML, no script of a notebook's own
}

/** The outputs, the first HTML among which bears the cell's id, so that a link leads to it. */
function anchored(outputs: readonly Output[], id: string | undefined): Output[] {
  const first = outputs.find(({ data }) => data?.["text/html"] !== undefined);
  if (!first || id === undefined || !CELL_ID.test(id)) return [...outputs];
  const html = `<div id="cell-id=${id}" class="place"></div>${first.data!["text/html"]}`;
  return outputs.map((output) =>
    output === first ? { ...output, data: { "text/html": html } } : output
  );
}

/** Links to other notebooks as the site has them: names in tables, and what leads to a file or a cell. */
function linked(html: string, names: readonly string[]): string {
  return html.replace(
    /(?<=<td(?: style="[^"]*")?>)(\w+)(?=<\/td>)/g,
    (word) => names.includes(word) ? `<a href="${word}.html">${word}</a>` : word,
  ).replace(
    /(?<=<a href=")([^"#/]+)\.ipynb(?=[#"])/g,
    (link, name) => names.map(encodeURIComponent).includes(name) ? `${name}.html` : link,
  );
}

function sizeOfPng(bytes: Uint8Array, name: string): { width: number; height: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 24 || view.getUint32(0) !== 0x89504e47) {
    throw new Error(`${name} is not a PNG`);
  }
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
