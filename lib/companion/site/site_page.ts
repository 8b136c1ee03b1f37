/**
 * A page of the site that is no notebook, and its source for jupyter-book.
 *
 * @module
 */

/** A page beside the notebooks. */
export interface SitePage {
  /** The page's file without `.html`; letters, digits, `_` and `-`. */
  readonly name: string;
  readonly title: string;
  /** Whether the site opens with it, before the notebooks. */
  readonly first?: boolean;
  /** The page's text under its title, in Markdown. */
  readonly markdown?: string;
  /** HTML that comes after it as it is; addresses in it are seen from the site's root. */
  readonly html?: string;
  /** What the page needs beside it, by path from the site's root. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** What could not be shown on it, and what to do, for who builds the site. */
  readonly warnings?: readonly string[];
  /** The pages below it in the navigation; they follow it in the order of pages. */
  readonly pages?: readonly SitePage[];
}

/** Pages and those below them, in the navigation's order. */
export function allPages(pages: readonly SitePage[]): SitePage[] {
  return pages.flatMap((page) => [page, ...allPages(page.pages ?? [])]);
}

/**
 * The source of a page for jupyter-book.
 *
 * @throws {RangeError} if the name is not one of a file.
 */
export function pageSource({ name, title, markdown = "", html }: SitePage): string {
  if (!/^[\w-]+$/.test(name)) {
    throw new RangeError(`the page's name is ${name}; it must be letters, digits, _ and -`);
  }
  // A blank line would end a block of HTML; a directive holds it all.
  const raw = html === undefined ? "" : `\n:::::{raw} html\n${html}\n:::::\n`;
  return `# ${title}\n\n${markdown.trim()}\n${raw}`;
}
