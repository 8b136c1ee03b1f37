/**
 * What the theme's pages lack for those who listen, use the keyboard, or let no scripts run.
 *
 * @module
 */

/** The theme's names that are none, or that hide what stands there. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  // What is read aloud is what is seen: "Show the code", "Search".
  [/<summary aria-label="Toggle hidden content">/g, "<summary>"],
  [/(<button class="btn search-button-field[^>]*?) aria-label="Search"/g, "$1"],
  [
    /<summary>(?=<span class="toctree-toggle")/g,
    '<summary aria-label="Show or hide the pages below">',
  ],
  [/<div(?= class="bd-sidebar-primary )/g, '<div role="complementary" aria-label="Site"'],
];

const NO_SCRIPTS =
  '<noscript><p class="no-script">No scripts run here: the text is all there, the ' +
  "figures stand as pictures, and there is no search.</p></noscript>\n";

/**
 * A page with the names that the theme left out, and a word for readers without scripts.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { accessible } from "./accessible.ts";
 * const page = accessible('<article class="bd-article"></article>');
 * assert.match(page, /^<noscript>.*<\/noscript>\n<article/);
 * ```
 */
export function accessible(html: string): string {
  return NAMES.reduce((page, [from, to]) => page.replace(from, to), html)
    .replace(/<article class="bd-article"/, `${NO_SCRIPTS}$&`);
}
