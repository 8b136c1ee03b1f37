/**
 * A figure drawn without a browser, for where no script runs: plotly under jsdom gives SVG, resvg
 * gives PNG, with fonts that come along, so that the picture is the same on every machine.
 *
 * The heavy packages load at the first call, in about a second.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { fileURLToPath } from "node:url";
import { PNG } from "pngjs";
import { checkPositive } from "../numerics/mod.ts";
import { checkFigure, type Figure } from "../figures/figure.ts";
import { type PageElement, withTextMetrics } from "./text_metrics.ts";

interface Drawer {
  svg(figure: Figure): Promise<string>;
  png(svg: string, scale: number): Uint8Array;
}

interface PlotlyWindow {
  readonly document: {
    createElement(name: string): PageElement & { remove(): void };
    readonly body: { append(node: PageElement): void };
  };
  readonly Plotly: {
    newPlot(node: PageElement, data: unknown, layout: unknown, config: unknown): Promise<unknown>;
    purge(node: PageElement): void;
    Snapshot: { toSVG(node: PageElement, format: string, scale: number): string };
  };
  eval(source: string): void;
}

/** Of a picture's pixels. */
const MOST_BYTES = 2 ** 28;

const WITHOUT_STATIC_FORM = /(gl|3d)$|^(surface|cone|streamtube|volume|isosurface)$/;

/**
 * The figure as SVG text.
 *
 * @throws {TypeError} if a trace has no static form (3D and WebGL traces).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { figure } from "../figures/figure.ts";
 * import { line } from "../figures/marks.ts";
 * import { drawSvg } from "./static.ts";
 * assert.match(await drawSvg(figure([line([1, 2], [3, 4])])), /^<svg/);
 * ```
 */
export async function drawSvg(figure: Figure): Promise<string> {
  checkStatic(figure);
  return await (await drawer()).svg(figure);
}

/** @throws {TypeError} if a trace has no static form (3D and WebGL traces). */
export function checkStatic({ data }: Figure): void {
  const bad = data.find(({ type }) => WITHOUT_STATIC_FORM.test(String(type)));
  if (bad) throw new TypeError(`a trace has the type ${bad.type}, which has no static form`);
}

/**
 * The figure as a PNG file's bytes, `scale` times its size in pixels. JupyterLab shows it in its
 * own size until the reader points at it, so twice the size would overflow the cell there.
 *
 * @throws {TypeError} if a trace has no static form (3D and WebGL traces).
 * @throws {RangeError} if the scale is not positive, or its pixels take more than 256 MB
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { figure } from "../figures/figure.ts";
 * import { line } from "../figures/marks.ts";
 * import { drawPng } from "./static.ts";
 * const png = await drawPng(figure([line([1, 2], [3, 4])]));
 * assert.deepEqual([...png.subarray(1, 4)], [..."PNG"].map((c) => c.charCodeAt(0)));
 * ```
 */
export async function drawPng(figure: Figure, scale = 1): Promise<Uint8Array> {
  checkFigure("figure", figure);
  checkPositive("scale", scale);
  const svg = await drawSvg(figure);
  checkSize(svg, scale);
  return (await drawer()).png(svg, scale);
}

/** Before anything is drawn: a picture of 2²⁶ pixels takes 256 MB here, and as much again to pack. */
function checkSize(svg: string, scale: number) {
  const [width, height] = ["width", "height"].map((side) =>
    Number(new RegExp(`^<svg[^>]*\\s${side}="([\\d.]+)"`).exec(svg)?.[1])
  );
  const bytes = 4 * width * height * scale ** 2;
  if (bytes <= MOST_BYTES) return;
  const most = Math.floor(Math.sqrt(MOST_BYTES / (4 * width * height)));
  throw new RangeError(
    `scale is ${scale}; ${width} × ${height} pixels so enlarged take ${bytes} bytes, ` +
      `and at most ${MOST_BYTES} are allowed: a scale up to ${most} for this figure`,
  );
}

let loading: Promise<Drawer> | undefined;

function drawer(): Promise<Drawer> {
  return loading ??= loadDrawer();
}

async function loadDrawer(): Promise<Drawer> {
  const [{ JSDOM, VirtualConsole }, canvas, { Resvg }, plotly] = await Promise.all([
    import("jsdom"),
    import("@napi-rs/canvas"),
    import("@resvg/resvg-js"),
    import("plotly.js-dist-min/plotly.min.js", { with: { type: "text" } }),
    // Importing one file of the package brings its fonts to this machine.
    import("dejavu-fonts-ttf/package.json", { with: { type: "json" } }),
  ]);
  const fontFiles = [
    import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf"),
    import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf"),
    import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSans-Oblique.ttf"),
  ].map((address) => fileURLToPath(address));
  for (const file of fontFiles) canvas.GlobalFonts.registerFromPath(file, "DejaVu Sans");

  const { window } = new JSDOM("<!DOCTYPE html><body></body>", {
    runScripts: "outside-only",
    virtualConsole: new VirtualConsole(), // silent
  });
  withTextMetrics(window as unknown as Parameters<typeof withTextMetrics>[0], canvas.createCanvas);
  const page = window as unknown as PlotlyWindow;
  page.eval(plotly.default as unknown as string);

  return {
    async svg({ data, layout }) {
      const node = page.document.createElement("div");
      page.document.body.append(node);
      try {
        // Plotly writes into what it is given.
        const copy = structuredClone({ data, layout });
        await page.Plotly.newPlot(node, copy.data, copy.layout, { staticPlot: true });
        // resvg reads url(#x) only without quotes.
        return page.Plotly.Snapshot.toSVG(node, "svg", 1)
          .replace(/url\((?:&quot;|'|")[^#)]*(#[^)]*?)(?:&quot;|'|")\)/g, "url($1)");
      } finally {
        page.Plotly.purge(node);
        node.remove();
      }
    },
    png(svg, scale) {
      const font = { loadSystemFonts: false, fontFiles, defaultFontFamily: "DejaVu Sans" };
      const resvg = new Resvg(svg, { font, fitTo: { mode: "zoom", value: scale } });
      // Half the size of what resvg writes.
      const png = PNG.sync.read(Buffer.from(resvg.render().asPng()));
      return new Uint8Array(PNG.sync.write(png, { colorType: 2, deflateLevel: 9, filterType: 4 }));
    },
  };
}
