/**
 * The theme's style sheets without the rules for what no page has: nine tenths of some.
 *
 * @module
 */

/**
 * Style sheets that keep what pages and scripts can use, by the names they came with.
 *
 * @param pages in HTML: their elements, classes and ids are what is used
 * @param scripts whose words may become classes
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lightStyles } from "./light_styles.ts";
 * const styles = { "a.css": ".a[title=x]{color:red}.gone{color:red}.c.d{color:red}p{margin:0}" };
 * const pages = ['<p class="a">', '<b class="d"></b>'];
 * assert.deepEqual(await lightStyles(styles, pages, ['add("c")']), {
 *   "a.css": ".a[title=x]{color:red}.c.d{color:red}p{margin:0}",
 * });
 * ```
 */
export async function lightStyles(
  styles: Readonly<Record<string, string>>,
  pages: readonly string[],
  scripts: readonly string[] = [],
): Promise<Record<string, string>> {
  const used = new Set<string>();
  for (const page of pages) {
    for (const [, tag] of page.matchAll(/<([a-z][a-z0-9-]*)/g)) used.add(tag);
    for (const [, names] of page.matchAll(/\b(?:class|id)="([^"]*)"/g)) {
      for (const name of names.split(/\s+/)) used.add(name);
    }
  }
  const names = Object.keys(styles);
  // Attributes change while a page is read: the theme's colours, what is open.
  const attributes = new Set(
    Object.values(styles).flatMap((css) =>
      [...css.matchAll(/\[([\w-]+)/g)].map(([, name]) => name)
    ),
  );
  const { PurgeCSS } = await import("purgecss"); // it asks for the machine as it is loaded
  const purged = await new PurgeCSS().purge({
    content: [
      { raw: [...used].join(" "), extension: "html" },
      { raw: scripts.join("\n"), extension: "js" },
    ],
    css: names.map((name) => ({ raw: styles[name], name })),
    dynamicAttributes: [...attributes],
  });
  return Object.fromEntries(purged.map(({ css }, i) => [names[i], css]));
}
