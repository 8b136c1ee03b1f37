/**
 * Formulas set when the site is built, by KaTeX: HTML for the eye and MathML for whoever listens, so
 * that a page needs a style sheet and no program for them.
 *
 * @module
 */
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
// @ts-types="@types/escape-html"
import escapeHtml from "escape-html";
import katex from "katex";

/**
 * A formula as HTML. Commands that would make links, load pictures or write attributes are refused;
 * what is no formula stays as its text, in an element of class `math-error`.
 *
 * @param formula in TeX
 * @param display whether it stands on a line of its own
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mathHtml } from "./math_html.ts";
 * assert.match(mathHtml("a<b"), /<math.*<mo>&lt;<\/mo>/);
 * assert.equal(mathHtml("\\frac{<b>"), '<code class="math-error">\\frac{&lt;b&gt;</code>');
 * ```
 */
export function mathHtml(formula: string, display = false): string {
  try {
    // Of own commands none, of size and length no more than a formula has.
    const settings = { strict: "ignore", trust: false, maxExpand: 200, maxSize: 20 } as const;
    return katex.renderToString(formula, { ...settings, displayMode: display });
  } catch (error) {
    if (!(error instanceof katex.ParseError)) throw error;
    return `<code class="math-error">${escapeHtml(formula)}</code>`;
  }
}

const SIGNS: Readonly<Record<string, string>> = {
  ...{ amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", "#x27": "'", "#34": '"' },
};

/** Formulas as Sphinx and `markdownHtml` leave them to be set. */
const LEFT = /<(span|div)\b([^>]*\bclass="math notranslate nohighlight[^>]*)>([\s\S]*?)<\/\1>/g;

/**
 * A page whose formulas are set.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { withFormulas } from "./math_html.ts";
 * const page = withFormulas('<span class="math notranslate nohighlight">\\(a&lt;b\\)</span>');
 * assert.match(page, /^<span class="math notranslate nohighlight"><span class="katex">/);
 * ```
 */
export function withFormulas(html: string): string {
  return html.replace(LEFT, (whole, tag: string, attributes: string, content: string) => {
    const text = content.replace(/&(amp|lt|gt|quot|#39|#x27|#34);/g, (_, name) => SIGNS[name]);
    // A number of Sphinx's own stands before the formula.
    const parts = /^(\s*(?:<span class="eqno">[\s\S]*?<\/span>)?\s*)\\([([])([\s\S]*)\\[)\]]\s*$/
      .exec(text);
    if (!parts) return whole;
    const [, before, bracket, formula] = parts;
    return `<${tag}${attributes}>${before}${mathHtml(formula, bracket === "[")}</${tag}>`;
  });
}

/** What KaTeX's formulas need beside the pages, by path from the site's root. */
export async function mathFiles(): Promise<Record<string, string | Uint8Array>> {
  const { default: css } = await import("katex/dist/katex.min.css", { with: { type: "text" } });
  const fonts = [...(css as string).matchAll(/url\(fonts\/([\w-]+\.woff2)\)/g)].map(([, x]) => x);
  const files = await Promise.all([...new Set(fonts)].map(async (name) => {
    const path = fileURLToPath(import.meta.resolve(`katex/dist/fonts/${name}`));
    return [`_static/katex/fonts/${basename(name)}`, await Deno.readFile(path)] as const;
  }));
  // Every browser that shows the site reads woff2.
  const style = (css as string).replace(/,url\(fonts\/[^)]*\) format\("(?:woff|truetype)"\)/g, "");
  return { "_static/katex/katex.css": style, ...Object.fromEntries(files) };
}
