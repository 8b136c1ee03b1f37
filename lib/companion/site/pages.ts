/**
 * The site's pages that are no notebooks.
 *
 * @module
 */
import { explorerFiles } from "../explorer/build_explorer.ts";
import { projectFolder } from "../folders.ts";
import { libraryText } from "./library_page.ts";
import { referencesPage } from "./references_page.ts";

/** A page beside the notebooks. */
export interface SitePage {
  /** The page's file without `.html`; letters, digits, `_` and `-`. */
  readonly name: string;
  readonly title: string;
  /** The page's text under its title, in Markdown. */
  readonly markdown?: string;
  /** HTML that comes after it as it is; addresses in it are seen from the site's root. */
  readonly html?: string;
  /** What the page needs beside it, by path from the site's root. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

/** The pages that every site has after the notebooks, in the order of the navigation. */
export async function standingPages(): Promise<SitePage[]> {
  const contributing = await Deno.readTextFile(`${projectFolder}/CONTRIBUTING.md`);
  return [
    {
      name: "your_spectrum",
      title: "Your own spectrum",
      markdown:
        `The exact flow of a linear model, in this browser: paste eigenvalues and residues, or drop a
CSV, and read T/T_SL, the ratio of lengths and the exponents with their intervals. Nothing leaves the
machine.

<a href="explorer.html">Open the explorer</a>`,
      files: await explorerFiles({ plotly: "vendor/plotly.min.js" }),
    },
    { name: "library", title: "The library", markdown: await libraryText() },
    referencesPage(),
    {
      name: "contributing",
      title: /^# (.+)$/m.exec(contributing)?.[1] ?? "Contributing",
      markdown: contributing.replace(/^# .+\n/, ""),
    },
  ];
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
