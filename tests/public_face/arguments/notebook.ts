/**
 * What the public functions of a notebook's own take; those that show are with the figures.
 *
 * @module
 */
import { anything, type Arguments, maybe, options, record, text } from "../kinds.ts";

export const notebookArguments: Arguments = {
  checkParameters: {
    name: text,
    values: record({}, anything),
    options: maybe(options({ notebooks: maybe(text) })),
  },
  collectConclusions: {
    options: maybe(options({ notebooks: maybe(text), executed: maybe(text) })),
  },
};
