/**
 * "Speed Limits for Deep Learning" for a notebook: the library, and what a cell asks of the other
 * notebooks and of its own parameters.
 *
 * @module
 */
export { checkParameters } from "./companion/check_parameters.ts";
export { collectConclusions } from "./companion/conclusions.ts";
export * from "./library.ts";
