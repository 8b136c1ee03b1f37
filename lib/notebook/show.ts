/**
 * Shows figures, tables and images in a notebook's cell.
 *
 * @module
 */
import { PNG } from "pngjs";
import {
  checkEntries,
  checkInteger,
  checkList,
  checkOptions,
  checkText,
  checkThat,
  maybe,
  must,
} from "../numerics/checks.ts";
import { checkFigure, describe, type Figure } from "../figures/figure.ts";
import { display } from "./display.ts";
import { type MimeBundle, wantsPictures } from "./kernel.ts";
import { EITHER, recolored, SETTINGS } from "../figures/look.ts";
import { base64 } from "../figures/marks.ts";
import { type TableRows, tableText } from "../figures/tables/table_text.ts";
import { sliderOf, still } from "../figures/slider.ts";
import { checkStatic, drawPng } from "./static.ts";

/**
 * Shows a figure: interactive where the viewer draws plotly, a PNG elsewhere, words in a terminal.
 * Outside a notebook it only gives the bundle. In JupyterLab there is no PNG, which would be seen in
 * place of the figure; `deno task run` and papermill, by a variable, have it made.
 *
 * @throws {TypeError} if a trace has no static form.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { figure } from "../figures/figure.ts";
 * import { line } from "../figures/marks.ts";
 * import { show } from "./show.ts";
 * const bundle = await show(figure([line([1, 2], [3, 4])], { x: "t", y: "L" }));
 * assert(bundle !== undefined && "image/png" in bundle);
 * ```
 */
export async function show(figure: Figure): Promise<MimeBundle | undefined> {
  checkFigure("figure", figure);
  return await display(await figureBundle(figure, wantsPictures()));
}

/** A figure's type among those of a bundle. */
export const PLOTLY = "application/vnd.plotly.v1+json";

/** What a figure is sent as: with a picture, or alone and then for a page of any theme. */
export async function figureBundle(figure: Figure, pictured: boolean): Promise<MimeBundle> {
  checkStatic(figure); // also where no picture is made: what runs here runs everywhere
  const picture = still(figure);
  const slider = sliderOf(figure);
  const words = slider
    ? `; slider: ${slider.label} from ${slider.values[0]} to ${slider.values.at(-1)}`
    : "";
  return {
    [PLOTLY]: { ...pictured ? figure : forEitherTheme(figure), config: SETTINGS },
    ...pictured ? { "image/png": base64(await drawPng(picture)) } : {},
    "text/plain": describe(picture) + words.replace(/<[^>]+>/g, ""),
  };
}

/** The figure on transparent paper, to be read on a light and on a dark page. */
export function forEitherTheme<F extends Figure>(figure: F): F {
  const modebar = { bgcolor: "rgba(0,0,0,0)", color: "#9aa3ad", activecolor: "#6f7b8a" };
  const { data, layout } = recolored({ data: figure.data, layout: figure.layout }, EITHER);
  return { ...figure, data, layout: { ...layout, modebar } };
}

const checkCell = (name: string, cell: string | number): unknown =>
  checkThat(name, cell, ["string", "number"].includes(typeof cell), "text or a number");

/**
 * Shows rows as a table, numbers to 4 significant digits and with minus signs.
 *
 * @throws {RangeError} if there is no row.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { table } from "./show.ts";
 * const bundle = await table([{ seed: 0, "T/T_SL": 5.9031 }]);
 * assert(String(bundle?.["text/markdown"]).includes("| 0 | 5.903 |"));
 * ```
 */
export async function table(rows: TableRows): Promise<MimeBundle | undefined> {
  checkList("rows", rows, must(checkEntries, checkCell), 1);
  return await markdown(tableText(rows));
}

/**
 * Shows Markdown text.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { markdown } from "./show.ts";
 * const bundle = await markdown("**bold**");
 * assert.equal(bundle?.["text/markdown"], "**bold**");
 * ```
 */
export async function markdown(text: string): Promise<MimeBundle | undefined> {
  checkText("text", text);
  return await display({ "text/markdown": text, "text/plain": text });
}

/**
 * Shows square RGB images side by side, enlarged, as one PNG.
 *
 * @param bytes red, green, blue for each pixel, image after image, as `pixels(images)` gives
 * @param captions a line of words for each image, for those who read and do not see
 * @throws {RangeError} if the bytes are not whole images of `size` × `size` pixels.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { showImages } from "./show.ts";
 * const grey = new Uint8Array(3 * 32 * 32).fill(128);
 * const bundle = await showImages(grey, ["a grey image"]);
 * assert.equal(bundle?.["text/plain"], "a grey image");
 * ```
 */
export async function showImages(
  bytes: Uint8Array | Uint8ClampedArray,
  captions: readonly string[],
  options: {
    readonly size?: number;
    readonly columns?: number;
    readonly scale?: number;
  } = {},
): Promise<MimeBundle | undefined> {
  checkList("captions", captions, checkText);
  const { size = 32, columns = 8, scale = 2 } = checkOptions("options", options, {
    ...{ size: maybe(checkInteger), columns: maybe(checkInteger), scale: maybe(checkInteger) },
  });
  const isBytes = bytes instanceof Uint8Array || bytes instanceof Uint8ClampedArray;
  checkThat("bytes", bytes, isBytes, "an array of bytes");
  const count = bytes.length / (3 * size * size);
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(
      `there are ${bytes.length} bytes; an image of ${size} × ${size} has ${3 * size * size}`,
    );
  }
  const cell = size * scale + 2;
  const png = new PNG({
    width: cell * Math.min(columns, count),
    height: cell * Math.ceil(count / columns),
  });
  for (let image = 0; image < count; image++) {
    const [left, top] = [cell * (image % columns) + 1, cell * Math.floor(image / columns) + 1];
    for (let y = 0; y < size * scale; y++) {
      for (let x = 0; x < size * scale; x++) {
        const pixel = Math.floor(y / scale) * size + Math.floor(x / scale);
        const from = 3 * (image * size * size + pixel);
        const to = 4 * ((top + y) * png.width + left + x);
        png.data.set([bytes[from], bytes[from + 1], bytes[from + 2], 255], to);
      }
    }
  }
  return await display({
    "image/png": base64(PNG.sync.write(png)),
    "text/plain": captions.join(", "),
  });
}
