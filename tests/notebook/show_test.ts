import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { PNG } from "pngjs";
import { conclude, CONCLUSION_TYPE, figure, line, show, showImages, table } from "../../lib/mod.ts";
import { display } from "../../lib/notebook/display.ts";
import { PICTURES, wantsPictures } from "../../lib/notebook/kernel.ts";
import { SETTINGS } from "../../lib/figures/look.ts";
import { figureBundle, PLOTLY } from "../../lib/notebook/show.ts";
import { needs, PROGRAMS } from "../permissions.ts";

const { test } = needs(...PROGRAMS);

const decoded = (bundle: Readonly<Record<string, unknown>> | undefined) =>
  PNG.sync.read(Buffer.from(String(bundle?.["image/png"]), "base64"));

/** How many pixels have nearly the colour `#rrggbb`. */
function count(png: PNG, color: string): number {
  const wanted = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  let pixels = 0;
  for (let i = 0; i < png.data.length; i += 4) {
    if (wanted.every((value, channel) => Math.abs(png.data[i + channel] - value) < 12)) pixels++;
  }
  return pixels;
}

test("a shown figure carries plotly's record, words, and a PNG in which its line is drawn", async () => {
  const options = { name: "loss", color: "#d55e00", width: 4 };
  const spec = figure([line([1, 10, 100], [3, 2, 1], options)], { x: "t", y: "L", log: "x" });
  const bundle = await show(spec);
  assert.deepEqual(bundle?.["application/vnd.plotly.v1+json"], { ...spec, config: SETTINGS });
  assert.equal(bundle?.["text/plain"], "[figure] L against t; loss");
  assert.ok(!("text/html" in bundle!));
  const png = decoded(bundle);
  assert.deepEqual([png.width, png.height], [700, 420]);
  assert.ok(count(png, "#d55e00") > 1000, "the line is there");
  assert.ok(count(png, "#0072b2") === 0, "and no other");
});

Deno.test("a figure goes to JupyterLab without a picture, on no paper of its own", async () => {
  const spec = figure([line([1, 2], [3, 2], { name: "loss" })]);
  const bundle = await figureBundle(spec, false);
  assert.deepEqual(Object.keys(bundle), [PLOTLY, "text/plain"]);
  const { data, layout, config } = bundle[PLOTLY] as typeof spec & { config: unknown };
  assert.deepEqual([data, config], [spec.data, SETTINGS]);
  assert.equal(layout.paper_bgcolor, "rgba(0,0,0,0)");
  assert.equal(spec.layout.paper_bgcolor, "#ffffff", "the figure itself is as it was");
  const surface = { data: [{ type: "surface" }], layout: {} };
  await assert.rejects(() => figureBundle(surface, false), /surface, which has no static form/);
});

test("pictures are made outside a notebook, and where whoever runs it asks for them", () => {
  const before = Deno.env.get(PICTURES);
  try {
    Deno.env.delete(PICTURES);
    assert.deepEqual([wantsPictures(false), wantsPictures(true)], [true, false]);
    Deno.env.set(PICTURES, "1");
    assert.equal(wantsPictures(true), true);
  } finally {
    if (before === undefined) Deno.env.delete(PICTURES);
    else Deno.env.set(PICTURES, before);
  }
});

Deno.test("images are shown upright with their colours", async () => {
  // A 2×2 image: red, green / blue, white.
  const bytes = new Uint8Array([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]);
  const png = decoded(await showImages(bytes, ["corners"], { size: 2, scale: 10 }));
  const at = (
    x: number,
    y: number,
  ) => [...png.data.subarray(4 * (y * png.width + x)).subarray(0, 3)];
  assert.deepEqual([at(3, 3), at(18, 3)], [[255, 0, 0], [0, 255, 0]]);
  assert.deepEqual([at(3, 18), at(18, 18)], [[0, 0, 255], [255, 255, 255]]);
  await assert.rejects(() => showImages(new Uint8Array(13), [], { size: 2 }), /13 bytes/);
});

Deno.test("a table keeps its columns' order and four digits, and guards its bars", async () => {
  const bundle = await table([{ b: 1.23456, a: "x|y" }, { b: 2, a: "z" }]);
  assert.equal(
    bundle?.["text/markdown"],
    "| b | a |\n| --- | --- |\n| 1.235 | x\\|y |\n| 2 | z |",
  );
  const signed = await table([{
    ...{ number: -2.99812e-15, whole: -3, interval: "-0.06 [-0.07, -0.00]", error: "-1.5 ± 0.2 %" },
    ...{ date: "2026-11-26", rate: "1e-5", command: "`task run -p n=-1`", zero: "-0.000" },
  }]);
  assert.match(
    String(signed?.["text/markdown"]),
    /\| −2\.998e-15 \| −3 \| −0\.06 \[−0\.07, 0\.00\] \| −1\.5 ± 0\.2 % \| 2026-11-26 \| 1e-5 \| `task run -p n=-1` \| 0\.000 \|$/,
  );
  await assert.rejects(() => table([]), RangeError);
});

Deno.test("in a notebook a display is sent once and leaves no result to be shown again", async () => {
  const sent: unknown[] = [];
  const result = await display({ "text/plain": "hello" }, (type, content) => {
    sent.push([type, content]);
    return Promise.resolve();
  });
  assert.equal(result, undefined);
  assert.deepEqual(sent, [[
    "display_data",
    { data: { "text/plain": "hello" }, metadata: {}, transient: {} },
  ]]);
});

Deno.test("a conclusion carries its record; a verdict that is none is refused", async () => {
  const claim = { claim: "T ≥ T_SL", verdict: "confirmed", evidence: "least 1.0" } as const;
  const conclusion = { notebook: "06", headline: "T/T_SL = 5", claims: [claim] };
  const bundle = await conclude(conclusion);
  assert.deepEqual(bundle?.[CONCLUSION_TYPE], conclusion);
  assert.match(
    String(bundle?.["text/markdown"]),
    /^\*\*\$T\/T_\{SL\} = 5\$\*\*\n\n- \*\*✓ \$T \\ge T_\{SL\}\$\*\*/,
  );
  // deno-lint-ignore no-explicit-any
  const bad = { ...conclusion, claims: [{ ...claim, verdict: "maybe" as any }] };
  await assert.rejects(() => conclude(bad), /verdict is "maybe"; it must be "confirmed"/);
  await assert.rejects(() => conclude({ ...conclusion, headline: "" }), /headline is empty/);
});

Deno.test("a card says whose each claim is, and a mark that is none is refused", async () => {
  const claim = { claim: "T ≥ T_SL", verdict: "confirmed", evidence: "least 1.0" } as const;
  const marks = ["printed", "reviewer", "derived", undefined] as const;
  const claims = marks.map((mark) => ({ ...claim, mark }));
  const bundle = await conclude({ notebook: "06", headline: "T/T_SL = 5", claims });
  const lines = String(bundle?.["text/markdown"]).split("\n");
  assert.deepEqual(lines.filter((text) => text.startsWith("  Confirmed")), [
    "  Confirmed · printed in the paper",
    "  Confirmed · a reviewer's reading",
    "  Confirmed · derived here",
    "  Confirmed",
  ]);
  // deno-lint-ignore no-explicit-any
  const bad = [{ ...claim, mark: "ours" as any }];
  const conclusion = { notebook: "06", headline: "T/T_SL = 5", claims: bad };
  await assert.rejects(() => conclude(conclusion), /mark is "ours"; it must be "printed"/);
});

Deno.test("hostile text in a table or a headline is text: no tag, link or picture", async () => {
  const text = `<img src=x onerror=alert(1)>\\<script>1</script> ![a](http://b) [c](javascript:d)`;
  const rows = await table([{ [text]: text, interval: "[0.84, 0.87]; 1 < 2" }]);
  const claims = [{ claim: text, verdict: "confirmed", evidence: text }] as const;
  const concluded = await conclude({ notebook: "01", headline: text, claims });
  for (const bundle of [rows, concluded]) {
    assert.doesNotMatch(String(bundle?.["text/markdown"]), /<[a-z/]|\[[^\]]*\]\(/i);
  }
  assert.match(String(rows?.["text/markdown"]), /\| \[0\.84, 0\.87\]; 1 < 2 \|/);
});
