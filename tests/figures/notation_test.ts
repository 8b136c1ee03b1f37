import assert from "node:assert/strict";
import katex from "katex";
import * as library from "../../lib/mod.ts";
import { notationRows, openChoices, QUANTITIES } from "../../lib/mod.ts";
import { readNotebook } from "../../lib/notebook/notebook_file.ts";
import { OWN_LETTERS } from "../../lib/figures/symbols/letters.ts";
import { needs } from "../permissions.ts";

const { test, made } = needs("read");

const notebooks = new URL("../../notebooks/", import.meta.url);
const names = made(() =>
  Deno.readDirSync(notebooks).map(({ name }) => name.replace(/\.ipynb$/, "")).toArray()
);
const quantities = Object.entries(QUANTITIES);

Deno.test("a symbol means one thing, and a thing has one symbol", () => {
  for (const field of ["symbol", "formula", "meaning"] as const) {
    const all = quantities.map(([, quantity]) => quantity[field]);
    assert.equal(new Set(all).size, all.length, field);
  }
  const own = OWN_LETTERS.flatMap(({ notebook, formula }) =>
    formula.split(",\\ ").map((letter) => `${notebook} ${letter}`)
  );
  assert.equal(new Set(own).size, own.length);
});

test("all symbols are in the tables, with a unit, a notebook that is there and code that is public", () => {
  const groups = ["laws", "paths", "networks"] as const;
  const rows = groups.flatMap((group) => notationRows(group));
  assert.equal(rows.length, quantities.length);
  for (const [name, { formula, unit, notebook, code }] of quantities) {
    assert(rows.some(({ symbol }) => symbol === `$${formula}$`), name);
    assert(names.includes(notebook), `${name}: there is no ${notebook}`);
    assert(code === undefined || Object.hasOwn(library, code), `${name}: there is no ${code}`);
    assert.match(unit, /^(1\/)?(1|√?loss|weight(²|\^d)?)(\/(loss|weight²?))?$/, name);
  }
  for (const { notebook } of OWN_LETTERS) assert(names.includes(notebook), notebook);
  assert.throws(
    () => notationRows("dynamics" as "laws"),
    /^RangeError: group is "dynamics"; it must be "laws", "paths" or "networks"$/,
  );
});

Deno.test("every formula is TeX that can be set", () => {
  const wrong = (formula: string) => {
    try {
      katex.renderToString(formula, { throwOnError: true, strict: "error" });
      return false;
    } catch {
      return true;
    }
  };
  assert(wrong("T_{SL") && wrong("\\nothing"));
  for (const { formula } of [...Object.values(QUANTITIES), ...OWN_LETTERS]) {
    assert(!wrong(formula), formula);
    assert.doesNotMatch(formula, /[|<]/, formula); // they would end a cell, or begin a tag
  }
});

test("choices say where they are shown, by a heading that is there", async () => {
  const choices = openChoices([]);
  assert.equal(new Set(choices.map(({ open }) => open)).size, choices.length);
  for (const { notebook, part } of choices) {
    const { cells } = await readNotebook(new URL(`${notebook}.ipynb`, notebooks).pathname);
    const headings = cells.filter(({ cell_type }) => cell_type === "markdown")
      .flatMap(({ source }) => [source].flat().join("").split("\n"))
      .filter((line) => /^##+ /.test(line))
      .map((line) => line.replace(/^#+ /, ""));
    assert(headings.includes(part), `${notebook} has no "${part}": ${headings.join(" · ")}`);
  }
});

test("every notebook's first cell links to the notation", async () => {
  for (const name of names.filter((name) => /^\d/.test(name) && name !== "00_notation")) {
    const { cells: [first] } = await readNotebook(new URL(`${name}.ipynb`, notebooks).pathname);
    assert.match([first.source].flat().join(""), /\]\(00_notation\.ipynb\)/, name);
  }
});
