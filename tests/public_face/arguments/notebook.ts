/**
 * What the public functions of a notebook's own take; those that show are with the figures.
 *
 * @module
 */
import { anything, type Arguments, list, maybe, options, record, text } from "../kinds.ts";

export const notebookArguments: Arguments = {
  checkParameters: {
    name: text,
    values: record({}, anything),
    options: maybe(options({ notebooks: maybe(text) })),
  },
  takeawayList: {
    entries: list(record({ name: text })),
    takeaways: list(record({ takeaway: text, notebook: text, claim: maybe(text) })),
  },
  collectConclusions: {
    options: maybe(options({ notebooks: maybe(text), executed: maybe(text) })),
  },
};
