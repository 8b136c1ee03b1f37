/**
 * Studies: what the notebooks run that is made of several trajectories.
 *
 * @module
 */
export { type ObservedRun, warmStart } from "./warm_start.ts";
