/**
 * What numbers are worth: means with their errors over realizations.
 *
 * @module
 */
export { type MeanAndError, meanAndError } from "./mean.ts";
