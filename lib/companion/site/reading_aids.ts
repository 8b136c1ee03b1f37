/**
 * What helps to read the site's pages: numbered equations, links from citations and from the paper's
 * equations, what symbols mean, and the paper itself at every page's foot.
 *
 * It works on Sphinx's HTML before formulas are set, and leaves them as they are.
 *
 * @module
 */
// @ts-types="@types/escape-html"
import escapeHtml from "escape-html";
import { citationsIn } from "./citations.ts";
import { ACCOUNTED, equationTag, mentionsIn, notebookNumber, numbered } from "./equations.ts";
import type { NumberedEquation } from "./equations.ts";
import { type Edit, edited } from "./html_walk.ts";
import { type Formula, type PageParts, partsOf } from "./page_parts.ts";
import { addressesOf, PAPER } from "./references.ts";
import { symbolAttributes, symbolEdits, symbolPanel, symbolsOfPage } from "./symbol_panel.ts";

/** The page of references. */
export const REFERENCES_PAGE = "references";
/** The page that explains all symbols needs no notes on them. */
const NOTATION_PAGE = "00_notation";

/** A page that was read. */
interface ReadPage {
  readonly name: string;
  readonly html: string;
  readonly parts: PageParts;
  readonly equations: ReadonlyMap<Formula, NumberedEquation>;
}

/**
 * The site's pages with all of it, by name; those that are no notebooks get the paper's line alone.
 *
 * @param pages by name without `.html`, in the order of the site
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { withReadingAids } from "./reading_aids.ts";
 * const page = '<article class="bd-article"><p>By Eq. 8</p><div class="math">\\[' +
 *   "T_{SL} = \\frac{\\|\\theta_T-\\theta_0\\|^2}{L(\\theta_0)-L(\\theta_T)}\\]</div></article>";
 * const html = withReadingAids(new Map([["02_flow", page]])).get("02_flow")!;
 * assert.match(html, /By <a class="equation-link" href="#eq-02-1">Eq\. 8<\/a>/);
 * assert.match(html, /<div class="equation" id="eq-02-1"/);
 * ```
 */
export function withReadingAids(pages: ReadonlyMap<string, string>): Map<string, string> {
  const names = new Set(pages.keys());
  const read = [...pages].map(([name, html]) => readPage(name, html));
  const homes = new Map<string, string>();
  for (const { name, equations } of read) {
    for (const { id, paper } of equations.values()) {
      if (paper && !homes.has(paper.key)) homes.set(paper.key, `${name}.html#${id}`);
    }
  }
  const backlinks = new Map<string, string[]>();
  const noted = (key: string, link: string) =>
    backlinks.set(key, [...backlinks.get(key) ?? [], link]);
  const done = new Map(
    read.map((page) => [page.name, edited(page.html, editsOf(page, { names, homes, noted }))]),
  );
  const references = done.get(REFERENCES_PAGE);
  if (references) done.set(REFERENCES_PAGE, withBacklinks(references, backlinks));
  return done;
}

function readPage(name: string, html: string): ReadPage {
  const parts = partsOf(html);
  const isNotebook = notebookNumber(name) !== undefined;
  const displayed = isNotebook
    ? parts.formulas.filter((formula) => formula.displayed && formula.prose && !formula.bare)
    : [];
  const equations = numbered(name, displayed.map(({ tex }) => tex));
  return { name, html, parts, equations: new Map(displayed.map((one, i) => [one, equations[i]])) };
}

/** What pages know of each other. */
interface Site {
  readonly names: ReadonlySet<string>;
  /** Where an equation of the paper first stands. */
  readonly homes: ReadonlyMap<string, string>;
  /** Told what the page of references may lead back to. */
  readonly noted: (key: string, link: string) => void;
}

function editsOf({ name, parts, equations }: ReadPage, site: Site): Edit[] {
  const references = site.names.has(REFERENCES_PAGE);
  const foot = parts.foot === undefined
    ? []
    : [{ at: parts.foot, text: paperLine({ references }) }];
  if (notebookNumber(name) === undefined) return foot;
  const { notes, shown } = name === NOTATION_PAGE
    ? { notes: [], shown: new Map() }
    : symbolsOfPage(name, parts.formulas);
  const around = parts.formulas.flatMap((formula): Edit[] => {
    const [equation, symbols] = [equations.get(formula), shown.get(formula)];
    if (!equation) return symbols && !formula.bare ? symbolEdits(formula, symbols) : [];
    const { number, id, paper } = equation;
    if (paper) site.noted(`paper-${paper.key}`, `<a href="${name}.html#${id}">(${number})</a>`);
    const attributes = symbols ? ` ${symbolAttributes(symbols)}` : "";
    return [
      {
        at: formula.start,
        text: `<div class="equation" id="${id}"><div class="${symbols ? "symbols" : "formula"}" ` +
          `role="group" aria-label="Equation ${number}"${attributes}>`,
      },
      { at: formula.end, text: `</div>${equationTag(equation, { references })}</div>` },
    ];
  });
  const panel = parts.introductionEnd === undefined
    ? []
    : [{ at: parts.introductionEnd, text: symbolPanel(notes, site.names) }];
  const code = parts.code.map(({ start }, i): Edit => ({
    ...{ at: start + "<div".length, text: ` id="code-${i + 1}"` },
  }));
  return [...around, ...links(name, parts, equations, site), ...panel, ...code, ...foot];
}

/** Links from what prose names: a work at its first naming on a page, the paper's equations always. */
function links(
  name: string,
  { texts }: PageParts,
  equations: ReadPage["equations"],
  { names, homes, noted }: Site,
): Edit[] {
  const references = names.has(REFERENCES_PAGE);
  const cited = new Set<string>();
  const here = (key: string) => [...equations.values()].find(({ paper }) => paper?.key === key)?.id;
  const addressOf = (key: string): string | undefined => {
    if (key === ACCOUNTED.key) {
      return references ? `${REFERENCES_PAGE}.html#paper-${key}` : undefined;
    }
    const id = here(key);
    return id ? `#${id}` : homes.get(key);
  };
  return texts.flatMap(({ start, text }): Edit[] => {
    const works = !references ? [] : citationsIn(text).filter(({ key }) => !cited.has(key))
      .filter(({ key }, i, all) => all.findIndex((one) => one.key === key) === i)
      .map(({ from, to, key }) => {
        cited.add(key);
        noted(`ref-${key}`, `<a href="${name}.html#cite-${key}">${notebookNumber(name)}</a>`);
        const attributes = `class="citation" id="cite-${key}"`;
        return { from, to, attributes, address: `${REFERENCES_PAGE}.html#ref-${key}` };
      });
    const mentions = mentionsIn(text).flatMap(({ from, to, key }) => {
      const address = addressOf(key);
      return address ? [{ from, to, address, attributes: 'class="equation-link"' }] : [];
    });
    return [...works, ...mentions].map(({ from, to, address, attributes }) => ({
      at: start + from,
      until: start + to,
      text: `<a ${attributes} href="${address}">${text.slice(from, to)}</a>`,
    }));
  });
}

/** The page of references, each entry with where it is cited. */
function withBacklinks(html: string, backlinks: ReadonlyMap<string, readonly string[]>): string {
  const { byId } = partsOf(html);
  return edited(
    html,
    [...backlinks].flatMap(([id, links]) => {
      const place = byId.get(id);
      const text = ` <span class="backlinks">Here: ${[...new Set(links)].join(", ")}.</span>`;
      return place ? [{ at: place.contentEnd, text }] : [];
    }),
  );
}

/**
 * The paper, with its addresses, as a line of HTML.
 *
 * @param up to the site's root, from a page below it: `../`
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { paperLine } from "./reading_aids.ts";
 * assert.match(paperLine(), /href="https:\/\/arxiv\.org\/abs\/2307\.14653"/);
 * assert.match(paperLine({ references: true, up: "../" }), /href="\.\.\/references\.html"/);
 * ```
 */
export function paperLine(
  { references = false, up = "" }: { readonly references?: boolean; readonly up?: string } = {},
): string {
  const { authors = "", title = "", year } = PAPER;
  const out = addressesOf(PAPER)
    .map(({ text, address }) => `<a rel="noopener noreferrer" href="${address}">${text}</a>`);
  const page = references
    ? ` · <a href="${up}${REFERENCES_PAGE}.html">References and related work</a>`
    : "";
  return `<p class="paper-line">A companion to ${escapeHtml(authors)}, ` +
    `<cite>${escapeHtml(title)}</cite> (${year}): ${out.join(", ")}${page}</p>`;
}
