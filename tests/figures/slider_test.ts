import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { PNG } from "pngjs";
import { figure, line, panels, show, withSlider } from "../../lib/mod.ts";
import { SETTINGS } from "../../lib/figures/look.ts";
import { still } from "../../lib/figures/slider.ts";
import { drawSvg } from "../../lib/notebook/static.ts";
import { needs, PROGRAMS } from "../permissions.ts";

const { test } = needs(...PROGRAMS);

const t = Array.from({ length: 20 }, (_, i) => 10 ** (i / 5));
const framesOf = (rates: readonly number[]) =>
  rates.map((rate) => ({
    value: rate,
    figure: figure([
      line(t, t.map((t) => rate * t), { name: "moving", color: "#d55e00" }),
      line(t, t, { name: "fixed", color: "#0072b2" }),
    ], { x: "t", y: "y", log: "xy" }),
  }));

type Axis = { readonly range: readonly number[] };
type Steps = readonly {
  readonly label: string;
  readonly args: readonly [{ visible: boolean[] }];
}[];

Deno.test("a slider shows one frame at a time, and stores what frames share once", () => {
  const { data, layout } = withSlider(framesOf([1, 10, 100]), { label: "rate", start: 1 });
  // rate 1 is the fixed line in another colour: three moving and one fixed trace
  assert.deepEqual(data.map(({ name }) => name), ["moving", "moving", "moving", "fixed"]);
  assert.deepEqual(data.map(({ visible }) => visible), [false, true, false, true]);
  const [slider] = layout.sliders as readonly { readonly active: number; readonly steps: Steps }[];
  assert.equal(slider.active, 1);
  assert.deepEqual(slider.steps.map(({ label }) => label), ["1", "10", "100"]);
  assert.deepEqual(slider.steps.map(({ args }) => args[0].visible), [
    [true, false, false, true],
    [false, true, false, true],
    [false, false, true, true],
  ]);
});

Deno.test("axes hold every frame, so that what moves is the data alone", () => {
  const { layout } = withSlider(framesOf([1, 1e6]), { label: "rate" });
  const { range } = layout.yaxis as Axis; // of a log axis: exponents
  const largest = Math.log10(1e6 * t.at(-1)!);
  assert.ok(
    range[0] < 0 && range[0] > -1 && range[1] > largest && range[1] < largest + 1,
    `${range}`,
  );
  const given = (range: [number, number]) => ({
    value: "a",
    figure: figure([line(t, t)], { y: { label: "y", range } }),
  });
  const kept = withSlider([given([0, 5]), given([0, 5])], { label: "rate" });
  assert.deepEqual((kept.layout.yaxis as Axis).range, [0, 5]);
});

test("plotly draws the slider with its value, the picture says it in words", async () => {
  const slid = withSlider(framesOf([1, 10, 100]), { label: "rate λ_{0}", start: 1 });
  const { JSDOM } = await import("jsdom"); // it needs permissions as it is loaded
  const texts = async (figure: typeof slid) => {
    const { window } = new JSDOM(await drawSvg(figure), { contentType: "image/svg+xml" });
    return [...window.document.querySelectorAll("text")].map(({ textContent }) =>
      (textContent ?? "").replaceAll("\u200b", "")
    );
  };
  assert.ok((await texts(slid)).some((text) => /^rate λ0 = 10$/.test(text)));
  const picture = await texts(still(slid));
  assert.ok(
    picture.some((text) => /^rate λ0 = 10, one of 3 from 1 to 100$/.test(text)),
    `${picture}`,
  );

  const bundle = await show(slid);
  assert.deepEqual(bundle?.["application/vnd.plotly.v1+json"], { ...slid, config: SETTINGS });
  assert.match(String(bundle?.["text/plain"]), /moving, fixed; slider: rate λ0 from 1 to 100$/);
  const png = PNG.sync.read(Buffer.from(String(bundle?.["image/png"]), "base64"));
  assert.equal(png.width, 700);
  assert.ok(png.height < Number(slid.layout.height), "no empty room for a slider");
});

Deno.test("panels slide too; frames that do not fit together are refused", () => {
  const pair = (y: number) => ({
    value: y,
    figure: panels([{ marks: [line([1, 2], [0, y])] }, { marks: [line([1, 2], [0, 1])] }]),
  });
  const { data } = withSlider([pair(1), pair(2), pair(3)], { label: "y" });
  assert.equal(data.length, 4);
  const frames = framesOf([1, 2]);
  assert.throws(
    () => withSlider(frames.slice(1), { label: "rate" }),
    /frames has 1 entries; .* two/,
  );
  assert.throws(() => withSlider(frames, { label: "rate", start: 2 }), /start is 2; .* 0 to 1/);
  assert.throws(() => withSlider([frames[0], pair(1)], { label: "rate" }), /frame 1 has the axes/);
  const long = Array.from({ length: 40_000 }, (_, i) => i + 0.5);
  const heavy = (value: number) => ({
    value,
    figure: figure([line(long, long.map((x) => x * value))]),
  });
  assert.throws(() => withSlider([1, 2, 3].map(heavy), { label: "x" }), /MB; at most 1.2 MB/);
});
