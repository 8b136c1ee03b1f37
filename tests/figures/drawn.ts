import type { SKRSContext2D } from "@napi-rs/canvas";
import type { Figure } from "../../lib/figures/figure.ts";
import { drawSvg } from "../../lib/notebook/static.ts";

/** A text of a drawn figure, with its place in pixels from the left and from above. */
export interface DrawnText {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
}

/**
 * The texts of a figure's SVG that a CSS selector finds, from left to right; measured here with the
 * font of the picture, apart from what the library measured for plotly. Unrotated texts only.
 */
export async function drawnTexts(figure: Figure, selector: string): Promise<DrawnText[]> {
  // Loaded here, for they need permissions: the file's other tests run without.
  const { JSDOM } = await import("jsdom");
  const { default: { createCanvas } } = await import("@napi-rs/canvas");
  const { window } = new JSDOM(await drawSvg(figure), { contentType: "image/svg+xml" });
  const elements: Element[] = Array.from(window.document.querySelectorAll(selector));
  const context = createCanvas(1, 1).getContext("2d");
  return elements.map((element) => place(element, context)).sort((a, b) => a.left - b.left);
}

function place(element: Element, context: SKRSContext2D): DrawnText {
  const style = element.getAttribute("style") ?? "";
  const size = parseFloat(/font-size:\s*([\d.]+)px/.exec(style)![1]);
  let width = 0;
  const measure = (node: Node, scale: number) => {
    for (const child of Array.from(node.childNodes)) {
      const small = (child as Element).getAttribute?.("style")?.match(/font-size:\s*(\d+)%/)?.[1];
      if (child.nodeType === 1) measure(child, small ? scale * Number(small) / 100 : scale);
      // An empty glyph carries plotly's shift of what is raised or lowered.
      const text = child.nodeType === 3 ? child.textContent!.replaceAll("\u200b", "") : "";
      context.font = `${size * scale}px "DejaVu Sans"`;
      width += context.measureText(text).width;
    }
  };
  measure(element, 1);
  let [x, y] = ["x", "y"].map((name) => parseFloat(element.getAttribute(name) ?? "0"));
  for (let node: Element | null = element; node; node = node.parentElement) {
    const transform = node.getAttribute("transform") ?? "";
    if (/rotate\((?!0[,)])/.test(transform)) throw new Error(`a rotated text: ${transform}`);
    for (const [, dx, dy = "0"] of transform.matchAll(/translate\(([-\d.e]+)[, ]*([-\d.e]+)?\)/g)) {
      x += parseFloat(dx);
      y += parseFloat(dy);
    }
  }
  const anchor = /text-anchor:\s*(\w+)/.exec(style)?.[1] ?? element.getAttribute("text-anchor");
  const left = x - width * (anchor === "middle" ? 0.5 : anchor === "end" ? 1 : 0);
  const text = element.textContent!.replaceAll("\u200b", "");
  return { text, left, right: left + width, baseline: y };
}
