/**
 * Which symbols of the companion's one list a formula shows, and what they mean there.
 *
 * @module
 */
import { QUANTITIES, type Quantity, type QuantityName } from "../../figures/quantities.ts";
import { OWN_LETTERS } from "../../figures/symbols/letters.ts";
import { type Atom, atomsOf } from "./tex_atoms.ts";

/** A symbol and what it means. */
export interface SymbolNote {
  /** Letters, digits and hyphens: part of an anchor. */
  readonly key: string;
  /** In TeX, without dollars. */
  readonly formula: string;
  /** The same as plain text, for those who hear it. */
  readonly spoken: string;
  readonly meaning: string;
  /** In powers of weight and loss; left out for letters of one notebook. */
  readonly unit?: string;
  /** The notebook that defines it. */
  readonly notebook: string;
}

/** One way to write a symbol: a letter with one of these indices, or with any but those of others. */
interface Form {
  readonly note: SymbolNote;
  readonly base: string;
  /** The indices that name it; undefined where it may have any. */
  readonly subs?: readonly string[];
}

/** Indices that count, and what they are counted by. */
const INDICES = ["t", "i", "k", "o", "0", "1", "2", "T", "n"];

/** How the prose writes a quantity, where that is more than its formula: letters and indices. */
const WRITTEN: Readonly<Partial<Record<QuantityName, readonly Omit<Form, "note">[]>>> = {
  law: [{ base: "p", subs: ["t", "0", "T", ""] }],
  currentVelocity: [{ base: "v", subs: ["t", "T", "0", ""] }],
  freeEnergy: [{ base: "F", subs: [""] }],
  wasserstein: [{ base: "W", subs: ["2"] }],
  partition: [{ base: "Z" }],
  weights: [{ base: "\\theta" }],
  eigenvalue: [{ base: "\\lambda" }],
  residue: [{ base: "\\Delta", subs: ["k", "j"] }],
  kernel: [{ base: "K" }],
  outputs: [{ base: "f" }],
  targets: [{ base: "y" }],
  horizon: [{ base: "T", subs: [""] }],
  inefficiency: [{ base: "\\iota", subs: ["", "f", "y"] }],
  loss: [{ base: "L", subs: ["", "0", "k"] }],
};

/** Quantities that are written by several letters: they are found by {@link composed}. */
const COMPOSED: ReadonlySet<string> = new Set<QuantityName>([
  ...["lossDrop", "meanTime", "schedule", "inefficiency", "speedSpread", "tortuosity"] as const,
]);

const noteOf = (name: string): SymbolNote => {
  const { formula, symbol, meaning, unit, notebook } = QUANTITIES[name as QuantityName];
  return { key: name, formula, spoken: symbol.replace(/[{}]/g, ""), meaning, unit, notebook };
};

const NOTES = new Map(Object.keys(QUANTITIES).map((name) => [name, noteOf(name)]));

const QUANTITY_FORMS: readonly Form[] = Object.entries(QUANTITIES).flatMap(
  ([name, { formula }]: [string, Quantity]) => {
    const note = NOTES.get(name)!;
    const written = WRITTEN[name as QuantityName];
    if (written) return written.map((form) => ({ note, ...form }));
    const atoms = atomsOf(formula);
    if (COMPOSED.has(name) || atoms.length !== 1) return [];
    const [{ base, sub }] = atoms;
    return [{ note, base, subs: [sub] }];
  },
);

/** The forms of the letters that a notebook takes for things of its own. */
function ownForms(notebook: string): readonly Form[] {
  return OWN_LETTERS.filter((own) => own.notebook === notebook).flatMap((own, i) =>
    own.formula.split(/,\s*\\\s*/).flatMap((formula) => {
      const [atom, more] = atomsOf(formula);
      if (!atom || more) return [];
      const note = {
        key: `own-${i + 1}`,
        formula: own.formula,
        spoken: own.formula.replace(/\\(?=[A-Za-z])|\\\s/g, ""),
        ...{ meaning: own.meaning, notebook },
      };
      const base = atom.sup === "*" ? `${atom.base}*` : atom.base;
      const subs = atom.sub === ""
        ? undefined
        : INDICES.includes(atom.sub)
        ? [atom.sub, "", ...INDICES]
        : [atom.sub];
      return [{ note, base, subs }];
    })
  );
}

/**
 * What a formula's symbols mean in a notebook, each once, in the order of the formula. Letters that
 * the notebook takes for things of its own come before those of the list.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { symbolsIn } from "./symbols_used.ts";
 * const keys = (tex: string, notebook = "06_fully_connected") =>
 *   symbolsIn(tex, notebook).map(({ key }) => key);
 * assert.deepEqual(keys("T/T_{SL} \\ge 1"), ["inefficiency", "speedLimit"]);
 * assert.deepEqual(keys("\\Delta L = \\int|v|^2dt"), ["lossDrop", "currentVelocity"]);
 * assert.deepEqual(symbolsIn("x", "02_gradient_flow")[0].meaning, "place in the valley: two weights");
 * ```
 */
export function symbolsIn(tex: string, notebook: string): readonly SymbolNote[] {
  const own = ownForms(notebook);
  const atoms = atomsOf(tex);
  const found = new Map<string, SymbolNote>();
  for (let i = 0; i < atoms.length; i++) {
    if (isDifferential(atoms, i)) continue;
    const [names, taken] = composed(atoms, i);
    const notes = names.length > 0
      ? names.map((name) => NOTES.get(name)!)
      : [lookedUp(atoms[i], own)].filter((note) => note !== undefined);
    for (const note of notes) found.set(note.key, note);
    i += taken;
  }
  return [...found.values()];
}

/** A letter's own meaning before the list's, but for an index that the list names and it does not. */
function lookedUp({ base, sub, sup }: Atom, own: readonly Form[]): SymbolNote | undefined {
  const written = sup.startsWith("*") ? `${base}*` : base; // with a star it is another thing
  const [owned, listed] = [own, QUANTITY_FORMS].map((forms) =>
    forms.filter((form) => form.base === written)
  );
  const named = ({ subs }: Form) => subs === undefined ? sub === "" : subs[0] === sub;
  return (owned.find(named) ?? listed.find(({ subs }) => subs?.includes(sub)) ??
    owned.find(({ subs }) => subs === undefined || subs.includes(sub)) ??
    listed.find(({ subs }) => subs === undefined))?.note;
}

/** Quantities of several letters that begin at an atom, and how many atoms beyond it they take. */
function composed(atoms: readonly Atom[], i: number): readonly [readonly QuantityName[], number] {
  const is = (at: number, base: string, sub?: string) =>
    atoms[at]?.base === base && (sub === undefined || atoms[at].sub === sub);
  const over = is(i + 1, "/") ? 1 : 0; // a quotient, or the two parts of a fraction
  if (is(i, "T", "") && is(i + 1 + over, "T", "SL")) {
    return [["inefficiency", "speedLimit"], 1 + over];
  }
  if (is(i, "l", "\\gamma") && is(i + 1 + over, "l", "geo")) {
    return [["tortuosity", "pathLength", "displacement"], 1 + over];
  }
  if (is(i, "\\Delta", "") && is(i + 1, "L")) return [["lossDrop"], 1];
  if (is(i, "\\Delta", "") && is(i + 1, "\\theta")) return [["displacement"], 1];
  if (is(i, "n", "") && is(i + 1, "\\tau", "")) return [["meanTime"], 1];
  if (is(i, "\\eta", "") && is(i + 1, "(") && is(i + 2, "t")) return [["schedule"], 2];
  if (is(i, "\\iota", "\\infty")) return [["plateau"], 0];
  return [[], 0];
}

/** Whether a `d` belongs to what comes next, as in `dt`, `d\lambda`. */
function isDifferential(atoms: readonly Atom[], i: number): boolean {
  return atoms[i].base === "d" && atoms[i].sub === "" &&
    /^(?:[txukWL]|\\lambda|\\tau|\\theta)$/.test(atoms[i + 1]?.base ?? "");
}
