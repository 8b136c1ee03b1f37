/**
 * What the symbols of a page mean, on the page: a list that anyone can open, and beside formulas what
 * `reading.js` shows of it where a formula is pointed at or has the focus.
 *
 * @module
 */
// @ts-types="@types/escape-html"
import escapeHtml from "escape-html";
import type { Edit } from "./html_walk.ts";
import type { Formula } from "./page_parts.ts";
import { type SymbolNote, symbolsIn } from "./symbols_used.ts";

/** The symbols of a page's formulas. */
export interface PageSymbols {
  /** Each once, in the page's order. */
  readonly notes: readonly SymbolNote[];
  /** By formula: what it shows, and whether one of that is the first in its section. */
  readonly shown: ReadonlyMap<Formula, ShownSymbols>;
}

/** What a formula shows. */
export interface ShownSymbols {
  readonly keys: readonly string[];
  /** Whether a symbol is met here first since a heading: these can have the focus. */
  readonly first: boolean;
}

/** The symbols of a page; derivations, which have letters of their own, are left out. */
export function symbolsOfPage(page: string, formulas: readonly Formula[]): PageSymbols {
  const notes = new Map<string, SymbolNote>();
  const shown = new Map<Formula, ShownSymbols>();
  const met = new Set<string>();
  for (const formula of formulas) {
    if (formula.tex.includes("\\begin{aligned}")) continue;
    const found = symbolsIn(formula.tex, page);
    if (found.length === 0) continue;
    const inSection = found.map(({ key }) => `${formula.section} ${key}`);
    const first = !formula.bare && inSection.some((key) => !met.has(key));
    shown.set(formula, { keys: found.map(({ key }) => key), first });
    for (const note of found) notes.set(note.key, note);
    if (!formula.bare) inSection.forEach((key) => met.add(key));
  }
  return { notes: [...notes.values()], shown };
}

/** The attributes of what stands around a formula that shows symbols. */
export function symbolAttributes({ keys, first }: ShownSymbols): string {
  const list = `data-symbols="${keys.join(" ")}"`;
  if (!first) return list;
  return `${list} tabindex="0" aria-describedby="${keys.map((key) => `symbol-${key}`).join(" ")}"`;
}

/** Around an inline formula, or a displayed one without a number. */
export function symbolEdits({ start, end, displayed }: Formula, shown: ShownSymbols): Edit[] {
  const tag = displayed ? "div" : shown.first ? "dfn" : "span";
  const role = displayed && shown.first ? ' role="group" aria-label="Formula"' : "";
  return [
    { at: start, text: `<${tag} class="symbols"${role} ${symbolAttributes(shown)}>` },
    { at: end, text: `</${tag}>` },
  ];
}

/**
 * The list of a page's symbols, closed at first.
 *
 * @param pages there are: only these are linked
 */
export function symbolPanel(notes: readonly SymbolNote[], pages: ReadonlySet<string>): string {
  if (notes.length === 0) return "";
  const whole = pages.has("00_notation")
    ? ' <a href="00_notation.html">All symbols of the companion</a>.'
    : "";
  return `<details class="symbols-here" id="symbols-here"><summary>Symbols on this page</summary>` +
    `<dl>${notes.map((note) => row(note, pages)).join("")}</dl>` +
    `<p>Point at a formula, or tap it, to see what its symbols mean.${whole}</p></details>\n`;
}

function row(
  { key, formula, spoken, meaning, unit, notebook }: SymbolNote,
  pages: ReadonlySet<string>,
): string {
  const text = escapeHtml(meaning);
  const where = unit === undefined
    ? " (in this notebook)"
    : pages.has(notebook)
    ? ` (<a href="${notebook}.html">${notebook.slice(0, 2)}</a>)`
    : "";
  const measured = unit === undefined || unit === "1" ? "" : `; in ${escapeHtml(unit)}`;
  return `<div><dt><span class="math notranslate nohighlight">\\(${escapeHtml(formula)}\\)</span>` +
    `</dt><dd id="symbol-${key}"><span class="symbol-name">${escapeHtml(spoken)}: </span>` +
    `${text}${measured}${where}</dd></div>`;
}
