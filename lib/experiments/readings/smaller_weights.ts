/**
 * Networks from smaller weights beside those from the usual ones, seed by seed.
 *
 * @module
 */
import type { InitialWeightsStudy } from "../studies/initial_weights.ts";
import { flowFrom, startPoint } from "./initial_weights.ts";

/** A seed that comes to a loss from smaller weights and from the usual: T/T_SL and time of both. */
export interface SmallerWeights {
  readonly seed: number;
  readonly small: number;
  readonly usual: number;
  readonly smallTime: number;
  readonly usualTime: number;
}

/** T/T_SL and time of the seeds that come to a loss from smaller weights and from the usual. */
export function smallerWeightsAt(
  { realizations, configuration: { n } }: InitialWeightsStudy,
  { factor, left }: { readonly factor: number; readonly left: number },
): SmallerWeights[] {
  const loss = left * 0.45 * n;
  return realizations.flatMap((one) => {
    const [small, usual] = [flowFrom(one, "weights", factor), flowFrom(one, "function", 1)]
      .map((flow) => flow && startPoint(flow, { loss }));
    return small && usual
      ? [{
        ...{ seed: one.seed, small: small.inefficiency, usual: usual.inefficiency },
        ...{ smallTime: small.time, usualTime: usual.time },
      }]
      : [];
  });
}
