/**
 * Finished HTML read once from left to right: what stands where, so that other modules can put
 * something in between and leave every other byte as it is.
 *
 * @module
 */
import { Parser } from "htmlparser2";

/** An element that is open: its name and what its start says. */
export interface OpenElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Where its start tag begins and, exclusively, ends. */
  readonly start: number;
  readonly startEnd: number;
}

/** What a walk tells. */
export interface Walker {
  /** An element begins; `around` are those that it stands in, the outermost first. */
  readonly open?: (element: OpenElement, around: readonly OpenElement[]) => void;
  /** Text as it stands in the source, entities unread. */
  readonly text?: (
    text: string,
    start: number,
    around: readonly OpenElement[],
  ) => void;
  /** An element has ended: its content at `contentEnd`, itself at `end`, exclusively. */
  readonly close?: (
    element: OpenElement,
    ends: { readonly contentEnd: number; readonly end: number },
    around: readonly OpenElement[],
  ) => void;
}

/**
 * Walks through HTML as a browser would read it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { walkHtml } from "./html_walk.ts";
 * const html = '<p>a<b class="c">d &lt;</b></p>';
 * const seen: string[] = [];
 * walkHtml(html, {
 *   text: (text, start, around) => {
 *     assert.equal(html.slice(start, start + text.length), text);
 *     seen.push(`${around.map(({ name }) => name).join("/")}: ${text}`);
 *   },
 * });
 * assert.deepEqual(seen, ["p: a", "p/b: d &lt;"]);
 * ```
 */
export function walkHtml(html: string, walker: Walker): void {
  const around: OpenElement[] = [];
  // Pieces of one text come one by one.
  let text = { from: 0, to: 0 };
  const endText = () => {
    if (text.to > text.from) walker.text?.(html.slice(text.from, text.to), text.from, around);
    text = { from: 0, to: 0 };
  };
  const parser = new Parser({
    onopentag(name, attributes) {
      endText();
      const start = parser.startIndex;
      const element = { name, attributes, start, startEnd: parser.endIndex + 1 };
      walker.open?.(element, around);
      around.push(element);
    },
    ontext() {
      const [from, to] = [parser.startIndex, parser.endIndex + 1];
      if (text.to !== from) endText();
      text = { from: text.to === from ? text.from : from, to };
    },
    onclosetag(_, implied) {
      endText();
      const element = around.pop();
      if (!element) return;
      const contentEnd = Math.max(parser.startIndex, element.startEnd);
      const end = implied ? contentEnd : parser.endIndex + 1;
      walker.close?.(element, { contentEnd, end }, around);
    },
    oncomment: endText,
    onprocessinginstruction: endText,
  }, { decodeEntities: false, lowerCaseTags: true });
  parser.end(html);
  endText();
}

/** Whether an element has a class. */
export function hasClass({ attributes }: OpenElement, name: string): boolean {
  return (attributes.class ?? "").split(/\s+/).includes(name);
}

/** Text that is put into HTML at a place, in the place of what stands there up to `until`. */
export interface Edit {
  readonly at: number;
  readonly until?: number;
  readonly text: string;
}

/**
 * HTML with the edits made; of several at one place, those that come first in the list stand first.
 *
 * @throws {RangeError} if two edits take the same text away.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { edited } from "./html_walk.ts";
 * assert.equal(edited("abcd", [{ at: 3, text: "-" }, { at: 1, until: 2, text: "B" }]), "aBc-d");
 * ```
 */
export function edited(html: string, edits: readonly Edit[]): string {
  const sorted = edits.toSorted((a, b) => a.at - b.at);
  let from = 0;
  const parts: string[] = [];
  for (const { at, until = at, text } of sorted) {
    if (at < from) throw new RangeError(`an edit at ${at} lies in one that goes to ${from}`);
    parts.push(html.slice(from, at), text);
    from = until;
  }
  return parts.join("") + html.slice(from);
}

/**
 * Text of HTML as it is read: the five entities that Sphinx and the escaping here write.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { unescaped } from "./html_walk.ts";
 * assert.equal(unescaped("a &lt; b &amp;lt; &#39;"), "a < b &lt; '");
 * ```
 */
export function unescaped(html: string): string {
  const signs: Record<string, string> = { lt: "<", gt: ">", quot: '"', "#34": '"', "#39": "'" };
  return html.replace(/&(lt|gt|quot|#34|#39);/g, (_, name: string) => signs[name])
    .replaceAll("&amp;", "&");
}
