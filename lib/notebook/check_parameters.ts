/**
 * Checks a notebook's parameters while it runs: whoever edits the cell in JupyterLab, or has papermill
 * put in another one, hears of a bad value at once and by its name.
 *
 * @module
 */
import { checkOptions, checkRecord, checkText, maybe } from "../numerics/checks.ts";
import { listNotebooks } from "./conclusions.ts";
import { notebooksFolder } from "./folders.ts";
import { readNotebook } from "./notebook_file.ts";
import { checkValue } from "./parameter_range.ts";
import { parametersOf, unknownParameter, type Values } from "./parameters.ts";

/**
 * Checks values against the ranges that the comments in the notebook's parameter cell state; see
 * {@linkcode parseComment} for their form.
 *
 * @param name the notebook's file without `.ipynb`, as `06_fully_connected`
 * @param values the parameters as they are now: `{ n, seeds }`
 * @throws {TypeError} naming the parameter, its value and its range, if it is of another type.
 * @throws {RangeError} the same, if it is outside of its range; or if there is no such notebook or
 * parameter.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { checkParameters } from "./check_parameters.ts";
 * await checkParameters("02_gradient_flow", { along: 2 });
 * await assert.rejects(() => checkParameters("02_gradient_flow", { along: 0 }), /along is 0/);
 * ```
 */
export async function checkParameters(
  name: string,
  values: Values,
  options: { readonly notebooks?: string } = {},
): Promise<void> {
  checkText("name", name);
  checkRecord("values", values, {}, "an object of parameters");
  const { notebooks = notebooksFolder } = checkOptions("options", options, {
    notebooks: maybe(checkText),
  });
  const names = await listNotebooks(notebooks);
  if (!names.includes(name)) {
    throw new RangeError(`${name} is not a notebook here; there are ${names.join(", ")}`);
  }
  const declared = parametersOf(await readNotebook(`${notebooks}/${name}.ipynb`));
  for (const [key, value] of Object.entries(values)) {
    const parameter = declared.find((parameter) => parameter.name === key);
    if (!parameter) {
      const { message } = unknownParameter(key, declared, name);
      throw new RangeError(`${message}. (The notebook is read as it was last saved.)`);
    }
    if (parameter.range) checkValue(key, value, parameter.range);
  }
}
