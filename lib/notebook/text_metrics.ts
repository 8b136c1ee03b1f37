/**
 * Sizes of text for plotly under jsdom, which lays nothing out: measured on a canvas with the very
 * fonts that the picture is drawn with, so that legends and margins are wide enough.
 *
 * @module
 */

interface Context {
  font: string;
  measureText(text: string): { width: number };
}
interface Canvas {
  getContext(kind: "2d"): Context;
  toDataURL(type: "image/png"): string;
}
type CreateCanvas = (width: number, height: number) => unknown;

interface PageNode {
  readonly nodeType: number;
  readonly textContent: string | null;
}

/** As much of the DOM's Element as is read here: whoever imports this may have no types of the DOM. */
export interface PageElement extends PageNode {
  readonly localName: string;
  readonly children: ArrayLike<PageElement>;
  readonly childNodes: ArrayLike<PageNode>;
  readonly parentElement: PageElement | null;
  readonly classList: { contains(name: string): boolean };
  readonly style?: { getPropertyValue(property: string): string };
  getAttribute(name: string): string | null;
  hasAttribute(name: string): boolean;
}

interface CanvasElement {
  readonly width: number;
  readonly height: number;
}

interface Page {
  readonly Element: { prototype: object };
  readonly SVGElement: { prototype: object };
  readonly HTMLCanvasElement: { prototype: object };
  readonly URL: object;
}

/** x, y, width, height. */
type Box = readonly [number, number, number, number];
/** a, b, c, d, e, f as in SVG: x' = ax + cy + e, y' = bx + dy + f. */
type Matrix = readonly [number, number, number, number, number, number];
type TextStyle = { readonly size: number; readonly weight: string; readonly style: string };

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];
const ASCENT = 0.928; // of DejaVu Sans, in em
const DESCENT = 0.236;

/** Gives a jsdom window what plotly asks of a browser: sizes of text, and canvases. */
export function withTextMetrics(page: Page, createCanvas: CreateCanvas): void {
  const canvases = new WeakMap<CanvasElement, Canvas>();
  const canvasOf = (element: CanvasElement) => {
    const found = canvases.get(element) ??
      createCanvas(element.width, element.height) as Canvas;
    canvases.set(element, found);
    return found;
  };
  const context = (createCanvas(1, 1) as Canvas).getContext("2d");
  const widthOf = (text: string, { size, weight, style }: TextStyle) => {
    context.font = `${style} ${weight} ${size}px "DejaVu Sans"`;
    return context.measureText(text).width;
  };
  const define = (prototype: object, name: string, value: unknown) =>
    Object.defineProperty(prototype, name, { value, configurable: true, writable: true });

  // Heat maps are drawn on a canvas and put into the SVG as a picture.
  define(page.HTMLCanvasElement.prototype, "getContext", function (this: CanvasElement) {
    return canvasOf(this).getContext("2d");
  });
  define(page.HTMLCanvasElement.prototype, "toDataURL", function (this: CanvasElement) {
    return canvasOf(this).toDataURL("image/png");
  });
  define(page.URL, "createObjectURL", () => "");
  define(page.Element.prototype, "getBoundingClientRect", function (this: PageElement) {
    return rectangle(boxOnScreen(this, screenMatrix(this.parentElement), widthOf) ?? [0, 0, 0, 0]);
  });
  define(page.SVGElement.prototype, "getBBox", function (this: PageElement) {
    return rectangle(boxInside(this, IDENTITY, widthOf) ?? [0, 0, 0, 0]);
  });
  define(page.SVGElement.prototype, "getComputedTextLength", function (this: PageElement) {
    return (boxInside(this, IDENTITY, widthOf) ?? [0, 0, 0, 0])[2];
  });
}

type WidthOf = (text: string, style: TextStyle) => number;

function boxOnScreen(node: PageElement, outer: Matrix, widthOf: WidthOf): Box | undefined {
  return boxInside(node, times(outer, transformOf(node)), widthOf);
}

/** The box around what a node holds; the node's own transform is already in `matrix`. */
function boxInside(node: PageElement, matrix: Matrix, widthOf: WidthOf): Box | undefined {
  const number = (name: string) => parseFloat(node.getAttribute(name) ?? "0") || 0;
  if (node.localName === "text" || node.localName === "tspan") {
    return moved(textBox(node, widthOf), matrix);
  }
  if (node.localName === "rect" || node.localName === "image") {
    return moved([number("x"), number("y"), number("width"), number("height")], matrix);
  }
  const boxes = Array.from(node.children)
    .map((child) => boxOnScreen(child, matrix, widthOf))
    .filter((box) => box !== undefined);
  return boxes.length ? union(boxes) : undefined;
}

/** Text and its lines: plotly makes each line a tspan of class "line", shifted by dy. */
function textBox(node: PageElement, widthOf: WidthOf): Box {
  const style = styleOf(node);
  const lines = Array.from(node.children).filter((child) => child.classList.contains("line"));
  const anchor = inherited(node, "text-anchor") ?? "start";
  const share = anchor === "middle" ? 0.5 : anchor === "end" ? 1 : 0;
  const at = (element: PageElement, name: string) => length(element.getAttribute(name), style.size);
  const boxes = (lines.length ? lines : [node]).map((line): Box => {
    const width = run(line, style, widthOf);
    const own = line !== node;
    const x = own && line.hasAttribute("x") ? at(line, "x") : at(node, "x");
    const y = at(node, "y") + at(line, "dy");
    return [x - share * width, y - ASCENT * style.size, width, (ASCENT + DESCENT) * style.size];
  });
  return union(boxes);
}

function run(node: PageElement, outer: TextStyle, widthOf: WidthOf): number {
  const style = { ...outer, ...ownStyle(node, outer.size) };
  let width = 0;
  for (const child of Array.from(node.childNodes)) {
    if (child.nodeType === 3) width += widthOf(child.textContent ?? "", style);
    else if (child.nodeType === 1) width += run(child as PageElement, style, widthOf);
  }
  return width;
}

function styleOf(node: PageElement): TextStyle {
  const outer = node.parentElement;
  const inheritedStyle = outer ? styleOf(outer) : { size: 12, weight: "normal", style: "normal" };
  return { ...inheritedStyle, ...ownStyle(node, inheritedStyle.size) };
}

function ownStyle(node: PageElement, outerSize: number): Partial<TextStyle> {
  const size = own(node, "font-size");
  const weight = own(node, "font-weight");
  const style = own(node, "font-style");
  return {
    ...(size ? { size: length(size, outerSize) } : {}),
    ...(weight ? { weight } : {}),
    ...(style ? { style } : {}),
  };
}

function own(node: PageElement, property: string): string | undefined {
  const css = node.style?.getPropertyValue(property);
  return css || node.getAttribute(property) || undefined;
}

function inherited(node: PageElement | null, property: string): string | undefined {
  return node ? own(node, property) ?? inherited(node.parentElement, property) : undefined;
}

function length(text: string | null, em: number): number {
  const value = parseFloat(text ?? "0") || 0;
  return text?.endsWith("em") ? value * em : text?.endsWith("%") ? value * em / 100 : value;
}

function screenMatrix(node: PageElement | null): Matrix {
  return node ? times(screenMatrix(node.parentElement), transformOf(node)) : IDENTITY;
}

function transformOf(node: PageElement): Matrix {
  let matrix = IDENTITY;
  const text = node.getAttribute("transform") ?? "";
  for (const [, name, list] of text.matchAll(/(translate|rotate|scale)\(([^)]*)\)/g)) {
    const [a = 0, b, c] = list.split(/[\s,]+/).filter((s) => s !== "").map(Number);
    if (name === "translate") matrix = times(matrix, [1, 0, 0, 1, a, b ?? 0]);
    else if (name === "scale") matrix = times(matrix, [a, 0, 0, b ?? a, 0, 0]);
    else {
      const [cos, sin] = [Math.cos(a * Math.PI / 180), Math.sin(a * Math.PI / 180)];
      const [x, y] = [b ?? 0, c ?? 0];
      matrix = times(matrix, [cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y]);
    }
  }
  return matrix;
}

function times(m: Matrix, n: Matrix): Matrix {
  return [
    m[0] * n[0] + m[2] * n[1],
    m[1] * n[0] + m[3] * n[1],
    m[0] * n[2] + m[2] * n[3],
    m[1] * n[2] + m[3] * n[3],
    m[0] * n[4] + m[2] * n[5] + m[4],
    m[1] * n[4] + m[3] * n[5] + m[5],
  ];
}

function moved([x, y, width, height]: Box, [a, b, c, d, e, f]: Matrix): Box {
  const corners = [[x, y], [x + width, y], [x, y + height], [x + width, y + height]];
  return union(corners.map(([u, v]): Box => [a * u + c * v + e, b * u + d * v + f, 0, 0]));
}

function union(boxes: readonly Box[]): Box {
  const left = Math.min(...boxes.map(([x]) => x));
  const top = Math.min(...boxes.map(([, y]) => y));
  const right = Math.max(...boxes.map(([x, , width]) => x + width));
  const bottom = Math.max(...boxes.map(([, y, , height]) => y + height));
  return [left, top, right - left, bottom - top];
}

/** A DOMRect. */
function rectangle([x, y, width, height]: Box) {
  const box = { x, y, width, height, left: x, top: y, right: x + width, bottom: y + height };
  return { ...box, toJSON: () => box };
}
