/**
 * What the claims on finite widths have in common: an estimate as text, and a case that is not judged.
 *
 * @module
 */
import { type SizeEstimate, withInterval } from "../../statistics/mod.ts";
import type { Case } from "./judged.ts";

/** An estimate with its interval, as text. */
export const estimateText = ({ value, interval }: SizeEstimate, digits: number) =>
  withInterval({ mean: value, interval }, { digits }).replaceAll("-", "−");

/** A place that too few widths come to. */
export const notReached = (where: string): Case => ({
  where,
  judgement: "not reached",
  value: "too few widths come so far",
});
