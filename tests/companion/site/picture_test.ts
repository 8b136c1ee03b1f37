import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { PNG } from "pngjs";
import {
  onPaper,
  PAPERS,
  PICTURE_SCALE,
  pictureFigure,
  pictureFile,
  pictureRecord,
  picturesFolder,
} from "../../../lib/companion/site/picture.ts";
import { INK } from "../../../lib/figures/look.ts";
import { needs, PROGRAMS } from "../../permissions.ts";

const { test } = needs(...PROGRAMS);

test("README's pictures are of the stored studies, at twice the size, on their papers", async () => {
  assert.equal(
    await Deno.readTextFile(`${picturesFolder}/figure_1.json`),
    await pictureRecord(),
    "`npx -y deno task readme` draws them again",
  );
  const { layout } = await pictureFigure();
  const others = { light: [] as number[], dark: [] as number[] };
  for (const theme of ["light", "dark"] as const) {
    const file = await Deno.readFile(`${picturesFolder}/${pictureFile(theme)}`);
    const { width, height, data } = PNG.sync.read(Buffer.from(file));
    assert.equal(width, PICTURE_SCALE * Number(layout.width));
    assert.equal(height, PICTURE_SCALE * Number(layout.height));
    const paper = [1, 3, 5].map((at) => parseInt(PAPERS[theme].slice(at, at + 2), 16));
    assert.deepEqual([...data.subarray(0, 3)], paper, theme);
    for (let i = 0; i < data.length; i += 4 * 61) others[theme].push(data[i]);
  }
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  assert.ok(mean(others.light) > 200 && mean(others.dark) < 60, "a theme's picture is not in it");
});

test("a dark paper has light ink", async () => {
  const figure = await pictureFigure();
  const ink = (theme: "light" | "dark") =>
    (onPaper(figure, theme).layout.font as { color: string }).color;
  assert.notEqual(ink("dark"), INK);
  assert.ok(parseInt(ink("dark").slice(1, 3), 16) > 160, ink("dark"));
  assert.ok(parseInt(ink("light").slice(1, 3), 16) < 130, ink("light"));
});
