import { didYouMean } from "../../numerics/checks.ts";
import { isContents, listNotebooks } from "../../notebook/conclusions.ts";
import { normalize, type Notebook, readNotebook } from "../../notebook/notebook_file.ts";
import {
  type Parameter,
  parametersOf,
  setParameters,
  shownName,
  unknownParameter,
  type Values,
} from "../../notebook/parameters.ts";

/** A notebook ready to be run: its parameters set, no outputs. */
export interface PlannedNotebook {
  readonly name: string;
  readonly notebook: Notebook;
}

/** The key of parameters that go to whichever notebook has them. */
export const ANYWHERE = "*";

/**
 * Reads the notebooks that are meant, by number with the contents last, and sets their parameters.
 *
 * @throws {RangeError} if a notebook or a parameter that is named is not there, a value is outside of
 * its parameter's range, or values are given to what is to be written back.
 * @throws {TypeError} if a parameter's value is of another kind than the declared one.
 * @throws {Error} if a notebook cannot be read.
 */
export async function planRun(
  folder: string,
  { only, parameters = {}, write = false }: {
    readonly only?: readonly string[];
    readonly parameters?: Readonly<Record<string, Values>>;
    readonly write?: boolean;
  },
): Promise<PlannedNotebook[]> {
  if (write && Object.keys(parameters).length > 0) {
    throw new RangeError(
      "write and parameters do not go together: a committed notebook shows its own values",
    );
  }
  const all = await listNotebooks(folder);
  if (all.length === 0) throw new RangeError(`there are no notebooks in ${folder}`);
  const names = selectNotebooks(all, only);
  const blank = await Promise.all(names.map(async (name) => ({
    name,
    notebook: withoutOutputs(normalize(await readNotebook(`${folder}/${name}.ipynb`))),
  })));
  const values = valuesByNotebook(blank, parameters);
  return blank.map(({ name, notebook }) => ({
    name,
    notebook: setParameters(notebook, values.get(name) ?? {}, name),
  }));
}

/**
 * The notebooks that are meant, in the order in which they run: by number, the contents last,
 * because they collect what the others conclude.
 *
 * @throws {RangeError} if a name fits no notebook.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { selectNotebooks } from "./plan_run.ts";
 * const names = ["00_contents", "01_speed_limits", "06_fully_connected"];
 * assert(selectNotebooks(names).join() === "01_speed_limits,06_fully_connected,00_contents");
 * assert(selectNotebooks(names, ["6"]).join() === "06_fully_connected");
 * assert(selectNotebooks(names, ["fully_connected"]).join() === "06_fully_connected");
 * assert.throws(() => selectNotebooks(names, ["06_fuly_conected"]), /did you mean 06_fully_connected\?/);
 * ```
 */
export function selectNotebooks(names: readonly string[], only?: readonly string[]): string[] {
  const ordered = [...names.filter((name) => !isContents(name)), ...names.filter(isContents)];
  if (!only || only.length === 0) return ordered;
  const wanted = new Set(only.flatMap((which) => matching(names, which)));
  return ordered.filter((name) => wanted.has(name));
}

function matching(names: readonly string[], which: string): string[] {
  const bare = which.replace(/^.*[\\/]/, "").replace(/\.ipynb$/, "");
  const number = /^\d+$/.test(bare) ? Number(bare) : NaN;
  const unnumbered = (name: string) => name.replace(/^\d+_/, "");
  const found = names.filter((name) =>
    name === bare || unnumbered(name) === bare || parseInt(name) === number
  );
  if (found.length > 0) return found;
  const near = didYouMean(bare, /^\d/.test(bare) ? names : names.map(unnumbered));
  throw new RangeError(
    `${shownName(which)} is not a notebook here${near}; there are ${names.join(", ")}`,
  );
}

function withoutOutputs(notebook: Notebook): Notebook {
  const cells = notebook.cells.map((cell) =>
    cell.cell_type === "code" ? { ...cell, outputs: [], execution_count: null } : cell
  );
  return { ...notebook, cells };
}

function valuesByNotebook(
  planned: readonly PlannedNotebook[],
  parameters: Readonly<Record<string, Values>>,
): Map<string, Values> {
  const { [ANYWHERE]: anywhere = {}, ...named } = parameters;
  const declared = planned.map(({ name, notebook }) => ({
    name,
    parameters: parametersOf(notebook),
  }));
  const has = (parameters: readonly Parameter[], key: string) =>
    parameters.some(({ name }) => name === key);
  for (const key of Object.keys(anywhere)) {
    if (declared.some(({ parameters }) => has(parameters, key))) continue;
    if (declared.length === 1) {
      throw unknownParameter(key, declared[0].parameters, declared[0].name);
    }
    const near = didYouMean(
      key,
      declared.flatMap(({ parameters }) => parameters.map(({ name }) => name)),
    );
    const there = declared.map(({ name, parameters }) =>
      `${name}: ${parameters.map(({ name }) => name).join(", ") || "none"}`
    );
    throw new RangeError(
      `${shownName(key)} is not a parameter of what is run${near}; there are\n  ${
        there.join("\n  ")
      }`,
    );
  }
  const values = new Map<string, Values>(declared.map(({ name, parameters }) => [
    name,
    Object.fromEntries(Object.entries(anywhere).filter(([key]) => has(parameters, key))),
  ]));
  const names = [...values.keys()];
  for (const [which, given] of Object.entries(named)) {
    for (const name of matching(names, which)) values.set(name, { ...values.get(name), ...given });
  }
  return values;
}
