/**
 * The reference's pages: public names by subject, in the order in which the code tells of them.
 *
 * @module
 */
// @ts-types="@types/escape-html"
import escapeHtml from "escape-html";
import type { SitePage } from "../site_page.ts";
import { type AddressOf, docHtml, docLine, firstSentence } from "./doc_html.ts";
import type { PublicSymbol } from "./documentation.ts";

/** The reference: its pages, the index that leads to them, and where each name is explained. */
export interface Reference {
  readonly pages: readonly SitePage[];
  /** The index in HTML, a subject after the other. */
  readonly index: string;
  readonly addresses: ReadonlyMap<string, string>;
  /** The files that the pages lead to, from lib/. */
  readonly sources: readonly string[];
}

/** What a `mod.ts` or a file says of itself, by path from lib/. */
export type ModuleTexts = ReadonlyMap<string, string>;

/** A folder with fewer public names shares the page of the one above it. */
const LEAST_OF_A_PAGE = 12;

/**
 * The reference of some names.
 *
 * @param texts the `@module` comments of files, by path from lib/
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { referenceOf } from "./reference.ts";
 * const { pages, addresses } = referenceOf([{
 *   ...{ name: "a", kind: "function" as const, file: "bounds/a.ts", line: 3, text: "Is a." },
 *   ...{ tags: [], declarations: ["function a()"] },
 * }], new Map());
 * assert.equal(pages[0].name, "api_bounds");
 * assert.equal(addresses.get("a"), "api_bounds.html#api-a");
 * ```
 */
export function referenceOf(symbols: readonly PublicSymbol[], texts: ModuleTexts): Reference {
  const subjects = subjectsOf(symbols);
  const addresses = new Map(
    [...subjects].flatMap(([subject, names]) =>
      names.map(({ name }) => [name, `${pageName(subject)}.html#api-${name}`] as const)
    ),
  );
  const addressOf: AddressOf = (name) => addresses.get(name);
  const pages = [...subjects].map(([subject, symbols]) => ({
    name: pageName(subject),
    title: subject,
    markdown: pageText(subject, symbols, texts, addressOf),
  }));
  const index = [...subjects].map(([subject, symbols]) =>
    indexOf(subject, symbols, texts, addressOf)
  ).join("\n");
  const sources = [...new Set(symbols.map(({ file }) => file))];
  return { pages, index, addresses, sources };
}

/** The names by subject: a folder of lib/, or one within it that has many. */
function subjectsOf(symbols: readonly PublicSymbol[]): Map<string, PublicSymbol[]> {
  const counts = new Map<string, number>();
  const folderOf = ({ file }: PublicSymbol) => file.split("/").slice(0, -1).join("/");
  for (const symbol of symbols) {
    counts.set(folderOf(symbol), (counts.get(folderOf(symbol)) ?? 0) + 1);
  }
  const subjectOf = (folder: string): string =>
    !folder.includes("/") || counts.get(folder)! >= LEAST_OF_A_PAGE
      ? folder
      : subjectOf(folder.split("/").slice(0, -1).join("/"));
  const found = Map.groupBy(symbols, (symbol) => subjectOf(folderOf(symbol)));
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const pageName = (subject: string) => `api_${subject.replaceAll("/", "_")}`;

const isType = ({ kind }: PublicSymbol) => kind === "interface" || kind === "typeAlias";

/** Functions first; within each, by name. */
function ordered(symbols: readonly PublicSymbol[]): PublicSymbol[] {
  return symbols.toSorted((a, b) =>
    Number(isType(a)) - Number(isType(b)) || a.name.localeCompare(b.name)
  );
}

function pageText(
  subject: string,
  symbols: readonly PublicSymbol[],
  texts: ModuleTexts,
  addressOf: AddressOf,
): string {
  // One idea a file: its first sentence heads what it declares.
  const files = [...Map.groupBy(symbols, ({ file }) => file)].sort(([a], [b]) => a < b ? -1 : 1);
  const parts = files.map(([file, declared]) =>
    [
      `## ${headingOf(file, texts)}`,
      ...ordered(declared).map((symbol) => symbolText(symbol, addressOf)),
    ].join("\n\n")
  );
  const about = docHtml(texts.get(`${subject}/mod.ts`) ?? "", addressOf);
  const names = (wanted: readonly PublicSymbol[]) =>
    wanted.map(({ name }) => `<a href="#api-${name}"><code>${name}</code></a>`).join(" ");
  const [types, values] = [true, false].map((type) =>
    ordered(symbols).filter((symbol) => isType(symbol) === type)
  );
  const all = (values.length > 0 ? `<p class="api-names">${names(values)}</p>` : "") +
    (types.length > 0 ? `<p class="api-names">Types: ${names(types)}</p>` : "");
  return [raw(`${about}${all}`), ...parts].join("\n\n");
}

/** A heading of plain text, for the navigation and the search. */
function headingOf(file: string, texts: ModuleTexts): string {
  const text = firstSentence(texts.get(file) ?? "").replace(/[.:]$/, "") || file;
  return text.replace(/\{@link(?:code)? (\w+)\}/g, "$1").replace(/([\\`*_{}[\]<>$#|~^])/g, "\\$1");
}

function symbolText(symbol: PublicSymbol, addressOf: AddressOf): string {
  const { name, kind, file, line, text, tags, declarations } = symbol;
  const what = { typeAlias: "type", variable: "constant" }[kind as string] ?? kind;
  const address = `source/${file}.html#L${line}`;
  const about = `<p class="api-kind" id="api-${name}">${what} · ` +
    `<a href="${escapeHtml(address)}">lib/${escapeHtml(file)}</a></p>`;
  const examples = tags.filter((tag) => tag.kind === "example");
  return [
    `### ${name}`,
    raw(about),
    fenced(declarations.join(";\n")),
    raw(`${docHtml(text, addressOf)}${fieldsHtml(tags, addressOf)}`),
    ...examples.flatMap((tag) => exampleText(tag.text)),
  ].join("\n\n");
}

/** Parameters, results and errors, each with its description. */
function fieldsHtml(tags: PublicSymbol["tags"], addressOf: AddressOf): string {
  const rows = tags.flatMap(({ kind, name, type, text }) => {
    const heads: Record<string, string | undefined> = {
      param: name && `<code>${escapeHtml(name)}</code>`,
      template: name && `<code>${escapeHtml(name)}</code>`,
      return: "returns",
      throws: `throws <code>${escapeHtml(type ?? "Error")}</code>`,
    };
    const head = heads[kind];
    return head ? [`<dt>${head}</dt><dd>${docLine(text, addressOf)}</dd>`] : [];
  });
  return rows.length === 0 ? "" : `<dl class="api-fields">${rows.join("")}</dl>`;
}

function exampleText(text: string): string[] {
  const [, code] = /```\w*\n([\s\S]*?)\n```/.exec(text) ?? [];
  if (code === undefined) return [];
  return [
    raw('<details class="api-example"><summary>Example</summary>'),
    fenced(code),
    raw("</details>"),
  ];
}

function indexOf(
  subject: string,
  symbols: readonly PublicSymbol[],
  texts: ModuleTexts,
  addressOf: AddressOf,
): string {
  const link = ({ name }: PublicSymbol) =>
    `<a href="${addressOf(name)}"><code>${escapeHtml(name)}</code></a>`;
  const [types, values] = [true, false].map((type) =>
    ordered(symbols).filter((symbol) => isType(symbol) === type)
  );
  const rows = values.map((symbol) =>
    `<dt>${link(symbol)}</dt><dd>${docLine(firstSentence(symbol.text), addressOf)}</dd>`
  ).join("");
  return [
    `## ${subject}`,
    raw(
      docHtml(texts.get(`${subject}/mod.ts`) ?? "", addressOf) +
        `<p><a href="${pageName(subject)}.html">All of ${escapeHtml(subject)}</a></p>` +
        (rows ? `<dl class="api-index">${rows}</dl>` : "") +
        (types.length > 0 ? `<p class="api-names">Types: ${types.map(link).join(" ")}</p>` : ""),
    ),
  ].join("\n\n");
}

/** HTML that no rule of Markdown reads. */
function raw(html: string): string {
  return `::::{raw} html\n${html}\n::::`;
}

function fenced(code: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}ts\n${code}\n${fence}`;
}
