/**
 * The page of references: works by group, and the paper's equations in this companion.
 *
 * @module
 */
import { ACCOUNTED, PAPER_EQUATIONS } from "./equations.ts";
import type { SitePage } from "./site_page.ts";
import { addressesOf, type Reference, type ReferenceGroup, REFERENCES } from "./references.ts";
import { REFERENCES_PAGE } from "./reading_aids.ts";

const GROUPS: readonly (readonly [ReferenceGroup, string, string])[] = [
  ["paper", "The paper", ""],
  ["theory", "Transport, dissipation, random matrices", ""],
  ["networks", "Networks, their kernels and the data", ""],
  ["methods", "Methods", ""],
  ["related", "Related work", "Work that belongs beside the paper; its abstracts were read."],
];

const INTRODUCTION =
  `What the notebooks rest on, and what belongs beside the paper. Identifiers stand
here only where they are sure. The links lead out; the pages themselves ask nothing of other machines.
`;

/** The page. */
export function referencesPage(): SitePage {
  const groups = GROUPS.map(([group, heading, words]) => {
    const works = REFERENCES.filter((reference) => reference.group === group);
    return `## ${heading}\n\n${words && `${words}\n\n`}${works.map(entry).join("\n\n")}`;
  });
  return {
    name: REFERENCES_PAGE,
    title: "References and related work",
    markdown: [INTRODUCTION, ...groups, equations()].join("\n\n"),
  };
}

/**
 * A work as a paragraph of Markdown, with its anchor.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { PAPER } from "./references.ts";
 * import { entry } from "./references_page.ts";
 * assert.match(entry(PAPER), /^\(ref-paper\)=\nInbar Seroussi, .* Helias/);
 * ```
 */
export function entry({ key, authors, title, year, where, use, ...ids }: Reference): string {
  const links = addressesOf(ids).map(({ text, address }) => `[${text}](${address})`);
  const work = [
    authors ?? "Authors not at hand",
    title ? `*${title}*` : "title not at hand",
    ...where ? [where] : [],
    `${year}`,
    ...links,
  ];
  return `(ref-${key})=\n${work.join(", ")}.\\\n${use[0].toUpperCase()}${use.slice(1)}.`;
}

function equations(): string {
  const known = PAPER_EQUATIONS.map(({ key, label, tex, says }) =>
    `(paper-${key})=\n**${label[0].toUpperCase()}${label.slice(1)}**, $${tex}$: ${says}.`
  );
  const [first, last] = [ACCOUNTED.numbers[0], ACCOUNTED.numbers.at(-1)];
  return `## The paper's equations here

Equations are numbered by notebook, as (04.3). The paper's full text was not at hand: its numbers are
those that this project was told, and only these are said to be the paper's.

${known.join("\n\n")}

(paper-${ACCOUNTED.key})=
**Eqs. ${first}–${last} of the paper**, by a reader's account of its part on linear regression: the
stationary end, many samples, many dimensions. Notebook 03 derives these cases itself, under R1 to R4;
no equation of it is said to be the paper's.`;
}
