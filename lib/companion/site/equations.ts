/**
 * Displayed equations: their numbers, and which of them the paper has.
 *
 * The paper's text was not at hand: an equation stands here only as this project was told of it, and
 * has a number only where it was told one.
 *
 * @module
 */
// @ts-types="@types/escape-html"
import escapeHtml from "escape-html";

/** An equation of the paper. */
export interface PaperEquation {
  /** Its anchor on the page of references, `paper-<key>`. */
  readonly key: string;
  /** The paper's number of it, where that is known. */
  readonly number?: string;
  /** What is said beside it where it stands in a notebook. */
  readonly label: string;
  /** The part by which it is known, in TeX; spaces do not count. */
  readonly tex: string;
  /** What it says, for the page of references. */
  readonly says: string;
}

/** Those that are known. */
export const PAPER_EQUATIONS: readonly PaperEquation[] = [
  {
    key: "limit",
    label: "the paper’s limit",
    tex: "T_{SL} = \\frac{W_2^2(p_0, p_T)}{\\beta^{-1} R}",
    says: "the limit of any dynamics (its number in the paper is not known here; the published " +
      "text drops the square of $W_2$ in two places)",
  },
  {
    key: "eq-6",
    number: "6",
    label: "Eq. 6 of the paper",
    tex:
      "\\beta^{-1}R = \\beta^{-1}\\ln Z_\\infty - \\beta^{-1}\\ln Z_0 + \\langle L(\\theta_0)\\rangle",
    says: "what is dissipated on the way from the prior to the Boltzmann law; $L$ without $V$",
  },
  {
    key: "eq-8",
    number: "8",
    label: "Eq. 8 of the paper",
    tex: "T_{SL} = \\frac{\\|\\theta_T-\\theta_0\\|^2}{L(\\theta_0)-L(\\theta_T)}",
    says: "the limit of a gradient flow from one point",
  },
];

/** Numbers that are known by a reader's account alone: no equation here is said to be theirs. */
export const ACCOUNTED: { readonly key: string; readonly numbers: readonly string[] } = {
  key: "eqs-10-12",
  numbers: ["10", "11", "12"],
};

const spaceless = (tex: string) => tex.replace(/\\[ ,;:!]|\\q?quad(?![a-z])|\s/gi, "");

/**
 * The equation of the paper that a formula holds, if it is one of those that are known.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { paperEquationOf } from "./equations.ts";
 * const tex = "T \\ \\ge\\ T_{SL} = \\frac{W_2^2(p_0,p_T)}{\\beta^{-1}R}";
 * assert.equal(paperEquationOf(tex)?.key, "limit");
 * assert.equal(paperEquationOf("T_{SL} = \\frac{W_2(p_0,p_T)}{\\beta^{-1}R}"), undefined);
 * ```
 */
export function paperEquationOf(tex: string): PaperEquation | undefined {
  const written = spaceless(tex);
  return PAPER_EQUATIONS.find((known) => written.includes(spaceless(known.tex)));
}

/**
 * The number that a page's things begin with: that of the notebook, as in 04 of 04_kernel_regime.
 *
 * @returns undefined where the page's name has none
 */
export function notebookNumber(page: string): string | undefined {
  return /^\d+/.exec(page)?.[0];
}

/** An equation's number, as in 04.3, and its anchor on its page. */
export interface NumberedEquation {
  readonly number: string;
  readonly id: string;
  readonly paper?: PaperEquation;
}

/**
 * The numbers of a page's displayed equations, in their order.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { numbered } from "./equations.ts";
 * assert.deepEqual(numbered("04_kernel_regime", ["a", "b"])[1], {
 *   ...{ number: "04.2", id: "eq-04-2", paper: undefined },
 * });
 * ```
 */
export function numbered(page: string, formulas: readonly string[]): readonly NumberedEquation[] {
  const notebook = notebookNumber(page);
  return formulas.map((tex, i) => {
    const number = notebook === undefined ? `${i + 1}` : `${notebook}.${i + 1}`;
    return { number, id: `eq-${number.replace(".", "-")}`, paper: paperEquationOf(tex) };
  });
}

/** The address of a number that the paper gives an equation, in a text. */
const MENTIONED = /\bEqs?\.\s*(\d+)(?:[–-](\d+))?/gu;

/** A mention of one of the paper's equations in a text, and which one. */
export interface Mention {
  readonly from: number;
  readonly to: number;
  /** Of {@link PAPER_EQUATIONS}, or of {@link ACCOUNTED}. */
  readonly key: string;
}

/**
 * Where a text names the paper's equations by their numbers.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mentionsIn } from "./equations.ts";
 * assert.deepEqual(mentionsIn("With Eq. 6, and Eqs. 10–12; not Eq. 7").map(({ key }) => key), [
 *   "eq-6",
 *   "eqs-10-12",
 * ]);
 * ```
 */
export function mentionsIn(text: string): readonly Mention[] {
  return [...text.matchAll(MENTIONED)].flatMap((match) => {
    const [whole, first] = match;
    const known = PAPER_EQUATIONS.find(({ number }) => number === first)?.key ??
      (ACCOUNTED.numbers.includes(first) ? ACCOUNTED.key : undefined);
    return known ? [{ from: match.index, to: match.index + whole.length, key: known }] : [];
  });
}

/** What stands beside a numbered equation: its permalink, and whose it is. */
export function equationTag(
  { number, id, paper }: NumberedEquation,
  { references }: { readonly references: boolean },
): string {
  const title = `Permalink to equation ${number}`;
  const label = paper && escapeHtml(paper.label);
  const whose = !paper
    ? ""
    : references
    ? `<a class="equation-paper" href="references.html#paper-${paper.key}">${label}</a>`
    : `<span class="equation-paper">${label}</span>`;
  return `<div class="equation-tag"><a href="#${id}" title="${title}">(${number})</a>${whose}</div>`;
}
