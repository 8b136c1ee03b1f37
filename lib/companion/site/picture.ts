/**
 * The picture that README and the site's first page show: Figure 1 of the stored studies, on light and
 * on dark paper, at twice its size.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { HE, type ResidueStudy, type SpeedLimitStudy, studiesWith } from "../../experiments/mod.ts";
import { storedResult, storedResults } from "../../experiments/mod.ts";
import type { Figure } from "../../figures/figure.ts";
import { DARK, recolored } from "../../figures/look.ts";
import { speedLimitFigure } from "../../figures/speed_limit_figure.ts";
import { drawPng } from "../../notebook/static.ts";
import { writeWhole } from "../../resources/mod.ts";
import { projectFolder } from "../../notebook/folders.ts";

/** Where the pictures lie. */
export const picturesFolder = `${projectFolder}/data/pictures`;

/** A theme, and its paper: GitHub's own, so that the picture has no edges there. */
export const PAPERS = { light: "#ffffff", dark: "#0d1117" } as const;

export type Theme = keyof typeof PAPERS;

/** The pixels of the file for each of the figure's. */
export const PICTURE_SCALE = 2;

/** The channels of the network that is shown: those that are stored at most sizes. */
const CHANNELS = 32;

/** The name of a theme's file. */
export const pictureFile = (theme: Theme): string => `figure_1_${theme}.png`;

/**
 * Figure 1 of what is stored.
 *
 * @throws {Error} if the studies it shows are not stored
 */
export async function pictureFigure(): Promise<Figure> {
  const stored = await storedResults<SpeedLimitStudy>("speed_limit");
  const studies = studiesWith(stored.map(({ result }) => result), {
    ...{ ...HE, architecture: "myrtle-5", width: CHANNELS },
  });
  const residues = await storedResult<ResidueStudy>(`residues/myrtle_5_${CHANNELS}_n500`);
  if (studies.length === 0 || !residues) {
    throw new Error(`data/ has no studies of ${CHANNELS} channels to draw Figure 1 from`);
  }
  return speedLimitFigure(studies, { residues: residues.result });
}

/**
 * A figure on a theme's paper.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { figure, line } from "../../mod.ts";
 * import { onPaper, PAPERS } from "./picture.ts";
 * const { layout } = onPaper(figure([line([1, 2], [3, 4])]), "dark");
 * assert.equal(layout.paper_bgcolor, PAPERS.dark);
 * assert.notDeepEqual(layout.font, figure([line([1, 2], [3, 4])]).layout.font);
 * ```
 */
export function onPaper(figure: Figure, theme: Theme): Figure {
  const { data, layout } = theme === "dark" ? recolored(figure, DARK) : figure;
  const paper = { paper_bgcolor: PAPERS[theme], plot_bgcolor: PAPERS[theme] };
  return { data, layout: { ...layout, ...paper } };
}

/** The picture on both papers, as PNG files by their names. */
export async function drawPictures(): Promise<ReadonlyMap<string, Uint8Array>> {
  const figure = await pictureFigure();
  const drawn = new Map<string, Uint8Array>();
  for (const theme of ["light", "dark"] as const) {
    drawn.set(pictureFile(theme), await drawPng(onPaper(figure, theme), PICTURE_SCALE));
  }
  return drawn;
}

/** What says which figure the pictures are of. */
const RECORD = `${picturesFolder}/figure_1.json`;

/** The pictures' record: what makes them, and the figure's hash. */
export async function pictureRecord(): Promise<string> {
  const figure = createHash("sha256").update(JSON.stringify(await pictureFigure())).digest("hex");
  return `${JSON.stringify({ command: "deno task readme", figure }, undefined, 1)}\n`;
}

/** Draws the pictures anew, if the figure is another than the one they are of. */
export async function renewPictures(): Promise<void> {
  const record = await pictureRecord();
  if (await Deno.readTextFile(RECORD).catch(() => "") === record) return;
  for (const [file, bytes] of await drawPictures()) {
    await writeWhole(`${picturesFolder}/${file}`, bytes);
  }
  await writeWhole(RECORD, record);
}
