/**
 * What stands on a page of the site, as Sphinx wrote it: formulas, prose, code, where notes may go.
 *
 * @module
 */
import { hasClass, type OpenElement, unescaped, walkHtml } from "./html_walk.ts";

/** A formula in the page's text. */
export interface Formula {
  /** Where its element begins and, exclusively, ends. */
  readonly start: number;
  readonly end: number;
  /** TeX, without what sets it apart. */
  readonly tex: string;
  readonly displayed: boolean;
  /** Whether it is the notebook's own prose, not an output of its code. */
  readonly prose: boolean;
  /** It may have nothing around it: it stands in a heading or in a link. */
  readonly bare: boolean;
  /** How many headings come before it. */
  readonly section: number;
}

/** A piece of the prose that is no formula, no code, no link and no heading. */
export interface ProseText {
  readonly start: number;
  /** As it stands in the source. */
  readonly text: string;
}

/** A page's parts, each in the page's order. */
export interface PageParts {
  readonly formulas: readonly Formula[];
  readonly texts: readonly ProseText[];
  /** The code of cells, by the element that holds it. */
  readonly code: readonly OpenElement[];
  /** Elements that have an id, by it. */
  readonly byId: ReadonlyMap<string, { readonly start: number; readonly contentEnd: number }>;
  /** Where the introduction ends: before the second heading's section, or at the article's end. */
  readonly introductionEnd?: number;
  /** Within the page's foot. */
  readonly foot?: number;
}

const BARE = new Set(["a", "button", "summary", "h1", "h2", "h3", "h4", "h5", "h6"]);
const NO_PROSE = new Set([...BARE, "code", "pre", "script", "style", "svg", "figcaption"]);

/**
 * Reads a page.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { partsOf } from "./page_parts.ts";
 * const html = '<article class="bd-article"><p>of <code>a</code></p>' +
 *   '<div class="math notranslate nohighlight">\n\\[a &lt; b\\]</div></article>';
 * const { formulas: [formula], texts } = partsOf(html);
 * assert.equal(formula.tex, "a < b");
 * assert(formula.displayed && html.slice(formula.start, formula.end).endsWith("</div>"));
 * assert.deepEqual(texts.map(({ text }) => text), ["of "]);
 * ```
 */
export function partsOf(html: string): PageParts {
  const formulas: Formula[] = [];
  const texts: ProseText[] = [];
  const code: OpenElement[] = [];
  const byId = new Map<string, { start: number; contentEnd: number }>();
  let [section, introductionEnd, foot]: [number, number?, number?] = [0];
  const inArticle = (around: readonly OpenElement[]) =>
    around.some((element) => element.name === "article");
  const inOutput = (around: readonly OpenElement[]) =>
    around.some((element) => hasClass(element, "cell_output"));
  walkHtml(html, {
    open(element, around) {
      if (hasClass(element, "bd-footer-content__inner")) foot = element.startEnd;
      if (!inArticle(around)) return;
      if (/^h[1-6]$/.test(element.name)) section++;
      if (hasClass(element, "cell_input")) code.push(element);
      const sections = around.filter(({ name }) => name === "section").length;
      if (element.name === "section" && sections === 1) introductionEnd ??= element.start;
    },
    text(text, start, around) {
      const formula = around.findLast((element) => hasClass(element, "math"));
      if (!inArticle(around) || formula || inOutput(around) || text.trim() === "") return;
      if (!around.some(({ name }) => NO_PROSE.has(name))) texts.push({ start, text });
    },
    close(element, { contentEnd, end }, around) {
      if (element.name === "article") introductionEnd ??= contentEnd;
      const { id } = element.attributes;
      if (id && !byId.has(id)) byId.set(id, { start: element.start, contentEnd });
      if (!hasClass(element, "math") || !inArticle(around)) return;
      const source = unescaped(html.slice(element.startEnd, contentEnd)).trim();
      formulas.push({
        ...{ start: element.start, end, tex: source.replace(/^\\[([]|\\[)\]]$/g, "").trim() },
        ...{ displayed: element.name === "div", prose: !inOutput(around), section },
        bare: around.some(({ name }) => BARE.has(name)),
      });
    },
  });
  return { formulas, texts, code, byId, introductionEnd, foot };
}
